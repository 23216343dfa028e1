"""How many alarms came in the last ten minutes, beside the line where a flood begins."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.theme import colour

FLOOD_LINE = 10  # new alarms in 10 min at one desk (EEMUA 191)
FLOOD_ENDS_BELOW = 5
_SCALE_END = 12
_WIDTH_PX, _HEIGHT_PX = 96, 16


class RateBar(QWidget):
    """Grey up to the line; above it the bar is white, never a level's colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH_PX, _HEIGHT_PX)

    def show_count(self, count: int) -> None:
        self._count = count
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(QRectF(0, 4, _WIDTH_PX, 8), colour("bg3"))
        share = min(1.0, self._count / _SCALE_END)
        token = "focus" if self._count >= FLOOD_LINE else "text2"
        painter.fillRect(QRectF(0, 4, round(_WIDTH_PX * share), 8), colour(token))
        line = round(_WIDTH_PX * FLOOD_LINE / _SCALE_END)
        covered = self._count >= FLOOD_LINE
        painter.fillRect(QRectF(line, 0, 2, _HEIGHT_PX), colour("border" if covered else "text"))
