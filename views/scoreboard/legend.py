"""What the greys of the matrix mean."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.domain.levels import WarningLevel
from widgets.level_badge import LevelLook, paint_level
from widgets.painted_text import paint_text
from widgets.theme import NOTE_PX, colour, font

_HEIGHT_PX, _SWATCH_PX, _GAP_PX = 28, 20, 14


class Legend(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT_PX)
        self.setAccessibleName(self.tr("图例"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("bg1"))
        left = 12
        left = self._word(painter, left, self.tr("达标不着底；未达标 ▼"))
        for token, word in (("bg3", self.tr("轻")), ("border", self.tr("中")),
                            ("text2", self.tr("重"))):  # fmt: skip
            painter.fillRect(left, 8, _SWATCH_PX, 12, colour(token))
            left = self._word(painter, left + _SWATCH_PX + 4, word)
        painter.setPen(QPen(colour("p3"), 2))
        painter.drawRect(left + 1, 7, _SWATCH_PX, 14)
        badge = QRectF(left + _SWATCH_PX - 10, 8, 11, 11)
        paint_level(painter, badge, WarningLevel.YELLOW, LevelLook.FILLED)
        left = self._word(painter, left + _SWATCH_PX + 8, self.tr("连续 3 期重度未达"))
        self._word(painter, left, self.tr("单位 %，时长 h 或 min，←→ 看其余指标"))

    def _word(self, painter: QPainter, left: int, text: str) -> int:
        """Where the next may begin."""
        width = QFontMetrics(font(NOTE_PX)).horizontalAdvance(text) + 4
        box = QRect(left, 0, min(width, self.width() - left - 8), _HEIGHT_PX)
        paint_text(painter, box, text, NOTE_PX, "text2")
        return left + width + _GAP_PX
