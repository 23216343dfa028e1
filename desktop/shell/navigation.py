"""The column at the left: the modes of the workstation, and pages of their own."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QVBoxLayout, QWidget

from widgets.icons import pixmap
from widgets.theme import NOTE_PX, colour, font

WIDTH_PX, ITEM_PX = 56, 64
_ICON_PX = 24


class NavigationItem(QAbstractButton):
    """Icon above a word; the chosen one has a white bar, `count` a small number."""

    def __init__(self, title: str, icon: str, key_hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icon
        self._count = 0
        self.setText(title)
        self.setCheckable(True)
        self.setAccessibleName(title)
        self.setToolTip(f"{title}  {key_hint}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(WIDTH_PX, ITEM_PX)

    def show_count(self, count: int) -> None:
        if count != self._count:
            self._count = count
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH_PX, ITEM_PX)

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
        painter.drawPixmap((WIDTH_PX - _ICON_PX) // 2, 10, image)
        painter.setFont(font(NOTE_PX))
        painter.setPen(colour(token))
        painter.drawText(QRectF(0, 38, WIDTH_PX, 16), Qt.AlignmentFlag.AlignCenter, self.text())
        if self._count:
            self._paint_count(painter)
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_count(self, painter: QPainter) -> None:
        text = str(self._count) if self._count < 1000 else "999+"
        painter.setFont(font(NOTE_PX, bold=True))
        width = max(20, painter.fontMetrics().horizontalAdvance(text) + 6)
        box = QRectF(WIDTH_PX - 4 - width, 4, width, 16)
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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for number, (view_id, title, icon) in enumerate(items, start=1):
            item = NavigationItem(title, icon, f"Ctrl+{number}", self)
            item.setObjectName(view_id)
            item.clicked.connect(self._press)
            group.addButton(item)
            column.addWidget(item)
            self._items[view_id] = item
        column.addStretch(1)

    def choose(self, view_id: str) -> None:
        """Shows which one is on; tells nobody."""
        if view_id in self._items:
            self._items[view_id].setChecked(True)

    def show_count(self, view_id: str, count: int) -> None:
        if view_id in self._items:
            self._items[view_id].show_count(count)

    def _press(self) -> None:
        self.chosen.emit(self.sender().objectName())
