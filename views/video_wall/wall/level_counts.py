"""How many alarms of each level wait, for a screen on which the top bar is not seen."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.levels import WarningLevel
from desktop.stores.alarms import AlarmStore
from widgets.level_badge import paint_level
from widgets.theme import KPI_PX, colour, font

_BADGE_PX, _GAP_PX, _FIGURE_PX = 32, 8, 52
_LEVELS = (WarningLevel.RED, WarningLevel.ORANGE, WarningLevel.YELLOW)


class LevelCounts(QWidget):
    """Unacknowledged red, orange and yellow ones: shape, word and figure."""

    def __init__(self, alarms: AlarmStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._alarms = alarms
        self._figures: tuple[int, ...] = ()
        self.setFixedSize(self.sizeHint())
        alarms.changed.connect(self._tell)
        self._tell()

    def sizeHint(self) -> QSize:
        return QSize(len(_LEVELS) * (_BADGE_PX + _GAP_PX + _FIGURE_PX), 40)

    def _tell(self, _delta: object = None) -> None:
        waiting = self._alarms.unacknowledged_by_level()
        figures = tuple(waiting[level] for level in _LEVELS)
        if figures != self._figures:
            self._figures = figures
            self.setAccessibleName(self.tr("未确认：红 {0}，橙 {1}，黄 {2}").format(*figures))
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font(KPI_PX, bold=True))
        high = QFontMetrics(painter.font()).height()
        left, top = 0, (self.height() - _BADGE_PX) / 2
        for level, figure in zip(_LEVELS, self._figures, strict=True):
            paint_level(painter, QRectF(left, top, _BADGE_PX, _BADGE_PX), level)
            painter.setPen(colour("text" if figure else "text2"))
            place = QRectF(left + _BADGE_PX + _GAP_PX, (self.height() - high) / 2, _FIGURE_PX, high)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, str(figure))
            left += _BADGE_PX + _GAP_PX + _FIGURE_PX
