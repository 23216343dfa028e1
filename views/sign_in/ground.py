"""The quiet ground of the sign-in page: a river and its streets, drawn in the panel's greys."""

import math

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from widgets.theme import colour

_STREET_PX = 96


class CityGround(QWidget):
    """No picture file, no motion; the same at every size."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("bg0"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_streets(painter)
        self._paint_river(painter)

    def _bank(self, x: float) -> float:
        """y of the river's middle."""
        height = self.height()
        share = x / max(1, self.width())
        return height * (0.74 - 0.30 * share) + math.sin(share * 5.2) * height * 0.07

    def _paint_streets(self, painter: QPainter) -> None:
        width, height = self.width(), self.height()
        for number, offset in enumerate(range(-height, width + height, _STREET_PX)):
            major = number % 4 == 0
            painter.setPen(QPen(colour("bg2" if major else "bg1"), 3 if major else 1.5))
            lean = 0.34
            painter.drawLine(QPointF(offset, 0), QPointF(offset + height * lean, height))
        for number, offset in enumerate(range(-width, height + width, _STREET_PX)):
            major = number % 3 == 0
            painter.setPen(QPen(colour("bg2" if major else "bg1"), 3 if major else 1.5))
            painter.drawLine(QPointF(0, offset), QPointF(width, offset - width * 0.30))

    def _paint_river(self, painter: QPainter) -> None:
        path = QPainterPath(QPointF(-60, self._bank(-60)))
        for x in range(-30, self.width() + 61, 30):
            path.lineTo(x, self._bank(x))
        for token, thick in (("bg2", 0.135), ("bg0", 0.125)):
            pen = QPen(colour(token), self.height() * thick)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.strokePath(path, pen)
        for share in (0.18, 0.46, 0.79):
            x = self.width() * share
            reach = self.height() * 0.075
            painter.setPen(QPen(colour("bg3"), 4))
            painter.drawLine(
                QPointF(x - reach * 0.4, self._bank(x) - reach),
                QPointF(x + reach * 0.4, self._bank(x) + reach),
            )
