"""Rows of text of panels that list things: headings with notes, rows that fit, what is left out."""

from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from views.cockpit import painting
from views.cockpit.painting import Align, line_px, paint_cut, paint_mark
from views.cockpit.panels import told
from views.cockpit.type_scale import TypeScale
from views.cockpit.words import DOWN, UP
from widgets.hatch import paint_hatch
from widgets.theme import colour

_LEAST_PX = 8  # narrower, not even the dots would fit


class Heading(NamedTuple):
    """`note`: of what the values are; `old`: how old, where they are too old to be true."""

    title: str
    note: str = ""
    old: str = ""


def width_of(text: str, px: int, bold: bool = False) -> int:
    return ceil(painting.width_of(text, px, bold)) if text else 0


def write(
    painter: QPainter, box: QRect, text: str, px: int, token: str, bold: bool = False,
    align: Align = "left",
) -> None:  # fmt: skip
    """One line in the middle of the height of `box`, cut where that ends."""
    if text and box.width() >= _LEAST_PX:
        # A width that was rounded up to a pixel may be a part of one too small.
        paint_cut(painter, QRectF(box).adjusted(-0.5, 0, 0.5, 0), text, px, token, bold, align)


def write_heading(painter: QPainter, body: QRect, head: Heading, scale: TypeScale) -> QRect:
    """What it is and of when; gives the room below. A note without room beside the title goes
    below it."""
    if not (head.title or head.note or head.old):
        return body
    px, small, gap = scale.title_px, scale.body_px, scale.gap_px
    line = QRect(body.left(), body.top(), body.width(), line_px(px))
    old = width_of(head.old, scale.body_px, True) + 2 * scale.body_px if head.old else 0
    title = width_of(head.title, px, True)
    beside = not head.title or title + gap + width_of(head.note, small) + old <= line.width()
    end = line
    if head.old:
        painting.paint_doubt(painter, line, head.old, scale)
    first = line.adjusted(0, 0, -old, 0)
    write(painter, first, head.title, px, "text", True)
    if head.note and beside:
        write(painter, first, head.note, small, "text2", align="right")
    elif head.note:
        end = QRect(line.left(), line.bottom() + 1, line.width(), line_px(small))
        write(painter, end, head.note, small, "text2")
    top = end.bottom() + 1 + gap // 2
    return QRect(body.left(), top, body.width(), body.bottom() - top + 1)


def write_nothing(painter: QPainter, area: QRect, scale: TypeScale, why: str) -> None:
    """Nothing is known, and why where somebody knows that."""
    words = told.nothing()
    painting.paint_nothing(painter, area, scale, words, "" if why == words else why)


def write_calm(painter: QPainter, box: QRect, words: str, scale: TypeScale) -> None:
    """Where nothing is the matter."""
    write(painter, box, words, scale.body_px, "text2", align="centre")


def write_unknown(painter: QPainter, line: QRect, words: str, px: int) -> None:
    """Who is not known, apart from the others, behind a hatched square."""
    side = round(px * 0.8)
    box = QRectF(line.left(), line.center().y() - side / 2, side, side)
    paint_hatch(painter, box, alpha=1.0)
    painter.setPen(QPen(colour("stale"), max(side / 16, 1.0)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    write(painter, line.adjusted(side + px // 3, 0, 0, 0), words, px, "text2")


def fits(box: QRect, count: int, least_px: int, foot_px: int = 0) -> int:
    """How many rows there is room for; where not all, `foot_px` stay for the word of the rest."""
    if count * least_px <= box.height():
        return count
    return max((box.height() - foot_px) // least_px, 0)


def rows_of(box: QRect, count: int, least_px: int, most_px: int) -> list[QRect]:
    """`count` rows from the top, as high as they may become."""
    if count <= 0:
        return []
    high = min(max(box.height() // count, least_px), most_px)
    return [QRect(box.left(), box.top() + n * high, box.width(), high) for n in range(count)]


class Rows(NamedTuple):
    """`boxes` of the rows that there is room for, column by column; `hidden`: how many there is
    none for; `foot`: the line for the word of the rest."""

    boxes: list[QRect]
    hidden: int
    foot: QRect


def lay_rows(
    box: QRect, count: int, least_px: int, most_px: int, foot_px: int, narrow_px: int, gap_px: int,
    more: int = 0,
) -> Rows:  # fmt: skip
    """Rows below each other; in two columns where one has no room for all of them and each is at
    least `narrow_px` wide. `more`: so many are known to be left out."""
    wide = (box.width() - 2 * gap_px) // 2
    columns = 2 if count * least_px > box.height() and wide >= narrow_px else 1
    room = box.height() // least_px
    if more or columns * room < count:
        room = max((box.height() - foot_px) // least_px, 0)
    shown = min(count, columns * room)
    deep = -(-shown // columns)
    width = wide if columns == 2 else box.width()
    high = min(max((box.height() - (foot_px if shown < count or more else 0)) // max(deep, 1),
                   least_px), most_px)  # fmt: skip
    boxes = [
        QRect(box.left() + n // deep * (width + 2 * gap_px), box.top() + n % deep * high,
              width, high)
        for n in range(shown)
    ]  # fmt: skip
    foot = QRect(box.left(), box.top() + deep * high, box.width(), foot_px)
    return Rows(boxes, count - shown, foot)


def paint_triangle(painter: QPainter, box: QRect, down: bool, token: str) -> None:
    """▼ worse, ▲ better, in the middle of `box`: a shape, so that it reads in grey."""
    px = round(box.width() / 0.62)
    base = box.center().y() + 1 + px * 0.36
    paint_mark(painter, box.left(), base, DOWN if down else UP, px, token)
