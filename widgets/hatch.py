"""The diagonal hatch: this is not the present (stale, gap, not known)."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QTransform

from widgets.theme import colour, drawn_once

_PITCH_PX = 8


@drawn_once
def _brush(token: str, alpha: float) -> QBrush:
    tile = QPixmap(_PITCH_PX, _PITCH_PX)
    tile.fill(Qt.GlobalColor.transparent)
    hue = QColor(colour(token))  # a copy: the cached colour is everybody's
    hue.setAlphaF(alpha)
    painter = QPainter(tile)
    painter.setPen(QPen(hue, 2.0))
    painter.drawLine(0, -1, 0, _PITCH_PX + 1)
    painter.end()
    brush = QBrush(tile)
    brush.setTransform(QTransform().rotate(45))
    return brush


def paint_hatch(painter: QPainter, rect: QRectF, token: str = "stale", alpha: float = 0.35) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.fillRect(rect, _brush(token, alpha))
    painter.restore()
