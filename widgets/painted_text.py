"""One line of text in a painted row: cut where the room ends, literal whatever it holds."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from widgets.theme import colour, font

_LEAST_PX = 8  # narrower, not even the dots would fit


def paint_text(
    painter: QPainter, box: QRect, text: str, px: int, token: str, bold: bool = False
) -> None:
    """`px`: height of the type; `token`: a colour of the theme."""
    if not text or box.width() < _LEAST_PX:
        return
    face = font(px, bold)
    painter.setFont(face)
    painter.setPen(colour(token))
    line = QFontMetrics(face).elidedText(
        text.replace("\n", " "), Qt.TextElideMode.ElideRight, box.width()
    )
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, line)
