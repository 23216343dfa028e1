"""Texts of the scoreboard's table as small pictures: laid out and drawn once, then only copied.

A table of 200 units has few different figures, many times over, and copying one costs a fifth of
drawing it. On a screen with a fraction of pixels to a point a copy would be blurred: there every
text is drawn where it stands.
"""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPixmap, QPolygonF

from desktop.domain.assessment.board import Shade
from widgets.painted_text import paint_text
from widgets.theme import BODY_PX, NOTE_PX, colour, drawn_lately, font

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
PAD = 8
_GROUND = {1: "bg3", 2: "border", 3: "text2"}  # by Shade
_CELLS, _TEXTS = 1536, 1024  # 11 MB and as much: what some screens of streets need


class Figure(NamedTuple):
    """`is_state`: its text says why there is no figure."""

    text: str
    shade: int
    is_state: bool


class Words(NamedTuple):
    """`token`: a colour of the theme; at the left it is cut where the room ends."""

    text: str
    px: int
    token: str
    side: Qt.AlignmentFlag
    bold: bool = False


def paint_figure(
    painter: QPainter, box: QRect, figure: Figure, ground: str, ratio: float
) -> None:  # fmt: skip
    """A cell of the matrix. `ground`: colour of the row; `ratio`: pixels of the screen to a
    point."""
    if ratio.is_integer():
        tile = _figure(figure, ground, box.width(), box.height(), ratio)
        painter.drawPixmap(box.left(), box.top(), tile)
    else:
        _draw_figure(painter, box, figure)


def paint_words(
    painter: QPainter, box: QRect, words: Words, ground: str, ratio: float
) -> None:  # fmt: skip
    """One line of the ranking."""
    if ratio.is_integer():
        tile = _words(words, ground, box.width(), box.height(), ratio)
        painter.drawPixmap(box.left(), box.top(), tile)
    else:
        _draw_words(painter, box, words)


@drawn_lately(_CELLS)
def _figure(figure: Figure, ground: str, width: int, height: int, ratio: float) -> QPixmap:
    tile = _blank(ground, width, height, ratio)
    painter = QPainter(tile)
    _draw_figure(painter, QRect(0, 0, width, height), figure)
    painter.end()
    return tile


@drawn_lately(_TEXTS)
def _words(words: Words, ground: str, width: int, height: int, ratio: float) -> QPixmap:
    tile = _blank(ground, width, height, ratio)
    painter = QPainter(tile)
    _draw_words(painter, QRect(0, 0, width, height), words)
    painter.end()
    return tile


def _blank(ground: str, width: int, height: int, ratio: float) -> QPixmap:
    """Letters on a ground are drawn better than letters on nothing, and copied faster."""
    tile = QPixmap(round(width * ratio), round(height * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(colour(ground))
    return tile


def _draw_figure(painter: QPainter, box: QRect, figure: Figure) -> None:
    text, shade, is_state = figure
    if shade:
        painter.fillRect(box.adjusted(1, 0, 0, 0), colour(_GROUND[shade]))
    ink = colour("ink" if shade >= Shade.MIDDLE else "border" if is_state else "text")
    painter.setFont(font(NOTE_PX if is_state else BODY_PX, bold=shade == Shade.HEAVY))
    painter.setPen(ink)
    painter.drawText(box, CENTRE, text)
    if shade:  # ▼ in the corner: grey alone must not carry it
        x, y = box.left() + 2, box.bottom() - 5
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPolygon(QPolygonF([QPointF(x, y), QPointF(x + 7, y), QPointF(x + 3.5, y + 5)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)


def _draw_words(painter: QPainter, box: QRect, words: Words) -> None:
    text, px, token, side, bold = words
    if side == LEFT:
        paint_text(painter, box.adjusted(4, 0, -4, 0), text, px, token, bold)
        return
    painter.setFont(font(px, bold))
    painter.setPen(colour(token))
    painter.drawText(box if side == CENTRE else box.adjusted(0, 0, -PAD, 0), side, text)
