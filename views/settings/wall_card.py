"""The size of type on the cockpits' wall: pitch, distance, and a card that shows what comes out."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.context import RoomContext
from desktop.domain.monitors import Monitor
from desktop.domain.wall_type import TypeSizes, fits, wall_sizes
from desktop.stores.cockpit_screen import DISTANCE_KEY, PITCH_KEY
from widgets.painted_text import paint_text
from widgets.plain_label import PlainLabel
from widgets.theme import NOTE_PX, colour

PITCH_MM, DISTANCE_M = (0.2, 10.0), (0.5, 30.0)
_LINES = 6


class WallCard(QWidget):
    """Saved with the operator's preferences; a wall that is up follows at once."""

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self.pitch = self._field(PITCH_KEY, PITCH_MM, 0.01, self.tr(" mm"), self.tr("像素间距"))
        self.distance = self._field(
            DISTANCE_KEY, DISTANCE_M, 0.5, self.tr(" m"), self.tr("观看距离")
        )
        self.told = PlainLabel(px=NOTE_PX, tone="text2")
        self.told.setWordWrap(True)
        self.card: TestCard | None = None
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for column, field in enumerate((self.pitch, self.distance)):
            grid.addWidget(PlainLabel(field.accessibleName()), 0, 2 * column)
            grid.addWidget(field, 0, 2 * column + 1)
        grid.setColumnStretch(4, 1)
        self._screens = QHBoxLayout()
        self._screens.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(grid)
        column.addWidget(self.told)
        column.addLayout(self._screens)
        room.preferences.changed.connect(self._on_preference)
        room.screens.changed.connect(self._offer_screens)
        self._offer_screens()
        self._tell()

    def _field(
        self, key: str, limits: tuple[float, float], step: float, unit: str, name: str
    ) -> QDoubleSpinBox:
        field = QDoubleSpinBox()
        field.setRange(*limits)
        field.setSingleStep(step)
        field.setDecimals(2)
        field.setSuffix(unit)
        field.setAccessibleName(name)
        field.setKeyboardTracking(False)
        field.setValue(float(self._room.preferences.get(key)))
        field.valueChanged.connect(lambda value: self._room.preferences.set(key, value))
        return field

    def sizes(self) -> TypeSizes:
        return wall_sizes(self.pitch.value(), self.distance.value())

    def _on_preference(self, key: str) -> None:
        if key in (PITCH_KEY, DISTANCE_KEY):
            field = self.pitch if key == PITCH_KEY else self.distance
            field.blockSignals(True)
            field.setValue(float(self._room.preferences.get(key)))
            field.blockSignals(False)
            self._tell()

    def _tell(self) -> None:
        sizes = self.sizes()
        text = self.tr("数字 {0} px，中文 {1} px，标题 {2} px（20、25、30 角分）")
        words = text.format(sizes.digits_px, sizes.body_px, sizes.title_px)
        small = [one for one in self._room.screens.others() if not fits(sizes, one.height)]
        if small:
            numbers = "、".join(str(one.number) for one in small)
            words += self.tr("。屏 {0} 放不下这样的字，会按屏高缩小：请走近看或换更密的屏").format(
                numbers
            )
        self.told.setText(words)

    # ---- the card ---------------------------------------------------------------------------

    def _offer_screens(self) -> None:
        while (item := self._screens.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for monitor in self._room.screens.monitors:
            button = QPushButton(self.tr("屏 {0} 显示测试卡").format(monitor.number))
            button.setObjectName(str(monitor.number))
            button.clicked.connect(self._press)
            self._screens.addWidget(button)
        self._screens.addStretch(1)

    def _press(self) -> None:
        number = int(self.sender().objectName())
        known = (one for one in self._room.screens.monitors if one.number == number)
        if (monitor := next(known, None)) is not None:
            self.show_card(monitor)

    def show_card(self, monitor: Monitor) -> None:
        """A press or any key takes it away."""
        if self.card is not None:
            self.card.close()
        self.card = TestCard(self.sizes())
        self.card.closed.connect(self._on_closed)
        self.card.setGeometry(monitor.x, monitor.y, monitor.width, monitor.height)
        self.card.showFullScreen()

    def _on_closed(self) -> None:
        self.card = None


class TestCard(QWidget):
    """Lines of the sizes that were computed: who stands where the readers stand reads them all."""

    __test__ = False  # pytest looks at the name
    closed = Signal()

    def __init__(self, sizes: TypeSizes) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("type_card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._sizes = sizes
        self.setAccessibleName(" ".join(text for text, _ in self.lines()))

    def sizeHint(self) -> QSize:
        return QSize(1920, 1080)

    def lines(self) -> list[tuple[str, int]]:
        """Words and height of their type."""
        digits, body, title = self._sizes
        return [
            (self.tr("标题 {0} px　城市运行总览　下穿通道积水过橙线").format(title), title),
            (self.tr("正文 {0} px　井盖倾斜　暴露垃圾处置　嵩嵊鑫饕餮").format(body), body),
            (self.tr("数字 {0} px　0123456789　6 8 9 3 5　96.3 %　17:04").format(digits), digits),
            (self.tr("站在观看位置，三行都应不费力读出；「嵩嵊鑫饕餮」分得清笔画"), body),
            (self.tr("读不清：加大观看距离的设置，或减小像素间距。按任意键关闭"), body),
        ]

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("bg0"))
        side, row = self.width() // 20, self.height() // _LINES
        for number, (text, px) in enumerate(self.lines()):
            box = QRect(side, row // 2 + number * row, self.width() - 2 * side, row)
            token = "text" if number < 3 else "text2"
            paint_text(painter, box, text, px, token, bold=number == 0)

    def keyPressEvent(self, _event: QKeyEvent) -> None:
        self.close()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.close()

    def closeEvent(self, event: object) -> None:
        self.closed.emit()
        super().closeEvent(event)  # type: ignore[arg-type]
