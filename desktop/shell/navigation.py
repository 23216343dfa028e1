"""The column at the left: the modes of the workstation, and pages of their own."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from widgets.icons import pixmap
from widgets.plain_label import plain_tip
from widgets.theme import NOTE_PX, colour, font

WIDTH_PX, ITEM_PX, SMALLEST_ITEM_PX = 56, 64, 46
_ICON_PX = 24
_NUMBERED = 9  # Ctrl+1 to Ctrl+9


class NavigationItem(QAbstractButton):
    """Icon above a word; the chosen one has a white bar, `count` a small number."""

    def __init__(self, title: str, icon: str, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icon
        self._number = str(number) if number <= _NUMBERED else ""
        self._count = 0
        self.setText(title)
        self.setCheckable(True)
        self.setAccessibleName(title)
        self.setToolTip(plain_tip(f"{title}  Ctrl+{number}" if self._number else title))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.fit(ITEM_PX)

    def fit(self, height_px: int) -> None:
        """As high as the column has room for."""
        self.setFixedSize(WIDTH_PX, height_px)

    def show_count(self, count: int) -> None:
        if count != self._count:
            self._count = count
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH_PX, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        on = self.isChecked()
        if on:
            painter.fillRect(self.rect(), colour("selection"))
            painter.fillRect(0, 0, 3, self.height(), colour("text"))
        elif self.underMouse():
            painter.fillRect(self.rect(), colour("bg2"))
        token = "text" if on else "text2"
        image = pixmap(self._icon, token, _ICON_PX, self.devicePixelRatioF())
        lower_px = 3 if self.height() >= ITEM_PX else 0  # clear of a count of three digits
        top = (self.height() - _ICON_PX - 20) // 2 + lower_px
        painter.drawPixmap((WIDTH_PX - _ICON_PX) // 2, top, image)
        painter.setFont(font(NOTE_PX))
        painter.setPen(colour("text2" if on else "border"))
        painter.drawText(QRectF(6, 3, 12, 16), Qt.AlignmentFlag.AlignLeft, self._number)
        painter.setPen(colour(token))
        words = QRectF(0, top + _ICON_PX + 3, WIDTH_PX, 17)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
        if self._count:
            self._paint_count(painter)
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_count(self, painter: QPainter) -> None:
        text = str(self._count) if self._count < 100 else "99+"  # four signs cover the icon
        painter.setFont(font(NOTE_PX, bold=True))
        width = max(20, painter.fontMetrics().horizontalAdvance(text) + 6)
        box = QRectF(WIDTH_PX - 4 - width, 2, width, 15)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("bg3"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(colour("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class Navigation(QWidget):
    """Ctrl+1.. in the order shown."""

    chosen = Signal(str)  # view_id

    def __init__(
        self, items: Sequence[tuple[str, str, str]], parent: QWidget | None = None
    ) -> None:
        """`items`: view_id, title as shown, icon's file name."""
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setProperty("ground", "1")
        self.setProperty("edge", "right")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH_PX)
        self._items: dict[str, NavigationItem] = {}
        group = QButtonGroup(self)
        inside = QWidget()
        inside.setProperty("ground", "1")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 1, 0)
        whole.addWidget(self._scroll)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for number, (view_id, title, icon) in enumerate(items, start=1):
            item = NavigationItem(title, icon, number, inside)
            item.setObjectName(view_id)
            item.clicked.connect(self._press)
            group.addButton(item)
            column.addWidget(item)
            self._items[view_id] = item
        column.addStretch(1)

    def items(self) -> Mapping[str, NavigationItem]:
        """By view_id, in the order shown."""
        return self._items

    def choose(self, view_id: str) -> None:
        """Shows which one is on; tells nobody."""
        if view_id in self._items:
            self._items[view_id].setChecked(True)
            self._scroll.ensureWidgetVisible(self._items[view_id], 0, 0)

    def show_count(self, view_id: str, count: int) -> None:
        if view_id in self._items:
            self._items[view_id].show_count(count)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lower items before any of them is out of sight; the wheel moves what is left."""
        super().resizeEvent(event)
        share = self.height() // max(1, len(self._items))
        for item in self._items.values():
            item.fit(max(SMALLEST_ITEM_PX, min(ITEM_PX, share)))

    def _press(self) -> None:
        self.chosen.emit(self.sender().objectName())
