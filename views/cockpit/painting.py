"""What the panels of a cockpit paint alike: rows of type, doubt, marks, small courses.

Type is placed by its baseline. Words may be cut at their end; figures never are: a type that is
too wide becomes smaller (`fitting_px`), a sentence with figures becomes a shorter one
(`first_fitting`).
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF, QStaticText

from views.cockpit.courses import in_parts, thinned
from views.cockpit.type_scale import TypeScale
from views.cockpit.words import DOWN, SAME, ChangeWords, Standing
from widgets.hatch import paint_hatch
from widgets.theme import colour, font

Align = Literal["left", "right", "centre"]
Runs = Sequence[Sequence[tuple[float, float]]]
"""Unbroken pieces of (time, value)."""
LINE_SHARE = 1.3
"""Height of a row of type for its size."""
_CAPITALS = 0.733
"""Height of a digit for its size, of the type that is used."""
_VEIL = 0.12
_HATCHED_PX = 22.0


# ---- type -------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def _metrics(px: int, bold: bool) -> QFontMetricsF:
    return QFontMetricsF(font(px, bold))


@lru_cache(maxsize=4096)
def width_of(text: str, px: int, bold: bool = False) -> float:
    return _metrics(px, bold).horizontalAdvance(text)


def line_px(px: int) -> int:
    """Height of a row of this type."""
    return round(px * LINE_SHARE)


def digits_high(px: int) -> float:
    """Height of a figure above its baseline."""
    return px * _CAPITALS


def baseline(box: QRect | QRectF, px: int) -> float:
    """Where type stands so that its figures are in the middle of the box."""
    return QRectF(box).center().y() + digits_high(px) / 2


@lru_cache(maxsize=4096)
def _laid_out(text: str, px: int, bold: bool) -> QStaticText:
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    made.prepare(font=font(px, bold))
    return made


def paint_words(
    painter: QPainter, x: float, base: float, text: str, px: int, token: str,
    bold: bool = False, align: Align = "left",
) -> float:  # fmt: skip
    """One line at a baseline, never cut. Returns its width; `x` is the edge `align` names."""
    if not text:
        return 0.0
    width = width_of(text, px, bold)
    left = x - {"left": 0.0, "right": width, "centre": width / 2}[align]
    painter.setFont(font(px, bold))
    painter.setPen(colour(token))
    top = base - _metrics(px, bold).ascent()
    painter.drawStaticText(QPointF(round(left), round(top)), _laid_out(text, px, bold))
    return width


def paint_cut(
    painter: QPainter, box: QRect | QRectF, text: str, px: int, token: str,
    bold: bool = False, align: Align = "left",
) -> float:  # fmt: skip
    """Words in the middle of a row, cut with dots at its end. Returns the width painted."""
    area = QRectF(box)
    line = cut(text, px, area.width(), bold)
    x = {"left": area.left(), "right": area.right(), "centre": area.center().x()}[align]
    return paint_words(painter, x, baseline(area, px), line, px, token, bold, align)


@lru_cache(maxsize=1024)
def cut(text: str, px: int, width: float, bold: bool = False) -> str:
    """Words that fit, with dots where they were cut; empty where not even those would."""
    line = " ".join(text.split("\n"))
    if width_of(line, px, bold) <= width:
        return line
    made = _metrics(px, bold).elidedText(line, Qt.TextElideMode.ElideRight, width)
    return made if width_of(made, px, bold) <= width else ""


@lru_cache(maxsize=1024)
def fitting_px(text: str, width: float, most: int, least: int = 1, bold: bool = False) -> int:
    """The largest type up to `most` in which the text is no wider; `least` at the least."""
    px = most
    while px > least and (wide := width_of(text, px, bold)) > width:
        px = max(min(int(px * width / wide), px - 1), least)
    return px


def first_fitting(lines: Sequence[str], px: int, width: float, bold: bool = False) -> str:
    """The first that is no wider, from the fullest to the shortest; else empty."""
    return next((one for one in lines if width_of(one, px, bold) <= width), "")


class FigureSize(NamedTuple):
    """`value_px` of the digits, `unit_px` of the unit behind them, `width` of both."""

    value_px: int
    unit_px: int
    width: float


@lru_cache(maxsize=512)
def figure_size(digits: str, unit: str, width: float, height: float, most: int) -> FigureSize:
    """As large as the room allows: the unit at 0.4 of the digits, beside small ones at more."""
    px = max(min(most, int(height / _CAPITALS)), 1)
    while True:
        unit_px = max(round(px * 0.4), min(px, round(most * 0.28)), 1)
        wide = width_of(digits, px, True) + _unit_width(unit, px, unit_px)
        if wide <= width or px <= 1:
            return FigureSize(px, unit_px, wide)
        px = max(min(int(px * width / wide), px - 1), 1)


def _unit_width(unit: str, px: int, unit_px: int) -> float:
    return px * 0.08 + width_of(unit, unit_px) if unit else 0.0


def paint_figure(
    painter: QPainter, x: float, base: float, digits: str, unit: str, size: FigureSize,
    token: str = "text", unit_token: str = "text2", align: Align = "left",
) -> float:  # fmt: skip
    """Digits bold, the unit smaller on the same baseline. Returns the width of both."""
    left = x - {"left": 0.0, "right": size.width, "centre": size.width / 2}[align]
    wide = paint_words(painter, left, base, digits, size.value_px, token, bold=True)
    paint_words(painter, left + wide + size.value_px * 0.08, base, unit, size.unit_px, unit_token)
    return size.width


# ---- rows and doubt ---------------------------------------------------------------------------


def ink(standing: Standing, token: str) -> str:
    """The token as it is, or grey for what is not the present."""
    return "border" if standing.is_stale and token in ("text", "text2") else token


def title_row(body: QRect, scale: TypeScale) -> tuple[QRect, QRect]:
    """(the row of the title, what is left below it)."""
    high = line_px(scale.title_px)
    row = QRect(body.left(), body.top(), body.width(), high)
    return row, body.adjusted(0, high + scale.gap_px // 2, 0, 0)


def paint_title(
    painter: QPainter, row: QRect, title: str, note: str, scale: TypeScale,
    standing: Standing | None = None, px: int = 0, bold: bool = True,
) -> None:  # fmt: skip
    """Title at the left, note at the right; of a stale panel its age stands there instead."""
    px = px or scale.title_px
    doubt = standing is not None and standing.is_stale and bool(standing.words)
    if doubt and standing is not None:
        room = paint_doubt(painter, row, standing.words, scale)
    else:
        least = width_of(title, px, bold) + scale.gap_px
        words = cut(note, scale.body_px, max(row.width() - least, 0.0)) if note else ""
        words = note if words == note else ""
        base = baseline(row, px)
        room = paint_words(painter, row.right() + 1, base, words, scale.body_px, "text2",
                           align="right")  # fmt: skip
    left = row.adjusted(0, 0, -round(room + scale.gap_px) if room else 0, 0)
    paint_cut(painter, left, title, px, "text", bold)


def paint_doubt(painter: QPainter, row: QRect, words: str, scale: TypeScale) -> float:
    """A hatched square and how old the value is, at the right end. Returns the width."""
    px = fitting_px(words, row.width() - scale.body_px * 1.2, scale.body_px, 8, True)
    wide = paint_words(painter, row.right() + 1, baseline(row, px), words, px, "stale", True,
                       "right")  # fmt: skip
    side = px * 0.8
    box = QRectF(row.right() + 1 - wide - px * 1.1, row.center().y() - side / 2, side, side)
    paint_hatch(painter, box, alpha=1.0)
    painter.setPen(QPen(colour("stale"), max(side / 16, 1.0)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    return wide + px * 1.1


def paint_veil(painter: QPainter, area: QRect | QRectF, scale: TypeScale | None = None) -> None:
    """Over what is stale: hatched, still legible; the wider the larger the type."""
    grown = max(scale.body_px / _HATCHED_PX, 1.0) if scale is not None else 1.0
    box = QRectF(area)
    painter.save()
    painter.translate(box.topLeft())
    painter.scale(grown, grown)
    paint_hatch(painter, QRectF(0, 0, box.width() / grown, box.height() / grown), alpha=_VEIL)
    painter.restore()


def paint_nothing(
    painter: QPainter, area: QRect, scale: TypeScale, words: str, why: str = ""
) -> None:
    """Hatched ground and the words on it: never an empty place, never a 0."""
    paint_veil(painter, area, scale)
    px = fitting_px(words, area.width() * 0.9, scale.title_px, 8, True)
    high = line_px(px)
    two = bool(why) and area.height() >= high + line_px(scale.body_px)
    top = area.center().y() - (high + (line_px(scale.body_px) if two else 0)) // 2
    row = QRect(area.left(), top, area.width(), high)
    paint_cut(painter, row, words, px, "text2", True, "centre")
    if two:
        below = QRect(area.left(), top + high, area.width(), line_px(scale.body_px))
        paint_cut(painter, below, why, scale.body_px, "text2", align="centre")


# ---- marks ------------------------------------------------------------------------------------


def mark_px(px: int) -> float:
    """Width of a mark beside type of this size."""
    return px * 0.62


def paint_mark(
    painter: QPainter, x: float, base: float, mark: str, px: int, token: str
) -> float:  # fmt: skip
    """▲, ▼ or ＝ as tall as a small figure. Returns its width."""
    wide, high = mark_px(px), px * 0.52
    top = base - high - px * 0.1
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(token))
    if mark == SAME:
        painter.drawRect(QRectF(x, top + high * 0.2, wide, high * 0.2))
        painter.drawRect(QRectF(x, top + high * 0.65, wide, high * 0.2))
    else:
        flat, tip = (top, top + high) if mark == DOWN else (top + high, top)
        corners = [QPointF(x, flat), QPointF(x + wide, flat), QPointF(x + wide / 2, tip)]
        painter.drawPolygon(QPolygonF(corners))
    painter.restore()
    return wide


def change_width(change: ChangeWords, px: int, with_against: bool = True) -> float:
    parts = [change.amount, change.verdict, change.against if with_against else ""]
    return mark_px(px) + sum(width_of(one, px) + px * 0.25 for one in parts if one)


def paint_change(
    painter: QPainter, x: float, base: float, change: ChangeWords, px: int,
    with_against: bool = True, stale: bool = False, align: Align = "left",
) -> float:  # fmt: skip
    """环比 ▲ 0.8 变好: the mark is the way it went, the word whether that is good."""
    wide = change_width(change, px, with_against)
    at = x - {"left": 0.0, "right": wide, "centre": wide / 2}[align]
    strong = "border" if stale else "text"
    soft = "border" if stale else "text2"
    if with_against and change.against:
        at += paint_words(painter, at, base, change.against, px, soft) + px * 0.25
    at += paint_mark(painter, at, base, change.mark, px, strong)
    for text, token in ((change.amount, strong), (change.verdict, soft)):
        if text:
            is_worse = change.better is False and not stale
            at += px * 0.25
            at += paint_words(painter, at, base, text, px, strong if is_worse else token)
    return wide


def plate_width(text: str, px: int, mark: str = "") -> float:
    return width_of(text, px, True) + px * 0.5 + (mark_px(px) + px * 0.15 if mark else 0.0)


def paint_plate(
    painter: QPainter, right: float, base: float, text: str, px: int, mark: str = "",
    stale: bool = False,
) -> float:  # fmt: skip
    """Ink on a pale plate: a target is missed. Ends at `right`; returns the width."""
    wide = plate_width(text, px, mark)
    box = QRectF(right - wide, base - px * 1.0, wide, px * 1.27)
    painter.fillRect(box, colour("border" if stale else "text"))
    at = box.left() + px * 0.25
    if mark:
        at += paint_mark(painter, at, base, mark, px, "bg0") + px * 0.15
    paint_words(painter, at, base, text, px, "bg0", bold=True)
    return wide


# ---- small courses ----------------------------------------------------------------------------


def bounds(runs: Runs, also: Sequence[float | None] = ()) -> tuple[float, float]:
    """Lowest and highest to draw, with the values of `also` within; never equal."""
    values = [value for run in runs for _, value in run]
    values += [one for one in also if one is not None]
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    least = max(abs(high), abs(low)) * 0.02 or 1.0
    if high - low < least:
        middle = (high + low) / 2
        return middle - least / 2, middle + least / 2
    return low, high


def paint_spark(
    painter: QPainter, area: QRectF, runs: Runs, target: float | None = None,
    token: str = "border", stale: bool = False,
) -> None:  # fmt: skip
    """A grey course of (time, value) with its target dashed and its end as a dot; what is not
    known between is left open."""
    begins = [run[0][0] for run in runs if run]
    if not begins:
        return
    pen = max(area.height() / 40, 1.5)
    inner = area.adjusted(pen, pen * 2, -pen * 3, -pen * 2)
    low, high = bounds(runs, (target,))
    first, last = min(begins), max(run[-1][0] for run in runs if run)

    def at(moment: float, value: float) -> QPointF:
        x = inner.left() + (moment - first) / max(last - first, 1e-9) * inner.width()
        return QPointF(x, inner.bottom() - (value - low) / (high - low) * inner.height())

    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if target is not None:
        painter.setPen(QPen(colour("text2"), pen * 0.8, Qt.PenStyle.DashLine))
        painter.drawLine(at(first, target), at(last, target))
    stroke = QPen(colour(token), pen)
    stroke.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(stroke)
    for run in runs:
        if len(run) > 1:
            for part in in_parts(thinned(tuple(run), inner.width(), last - first)):
                painter.drawPolyline(QPolygonF([at(*one) for one in part]))
        elif run:
            painter.drawPoint(at(*run[0]))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("border" if stale else "text"))
    end = next(run[-1] for run in reversed(runs) if run)
    painter.drawEllipse(at(*end), pen * 2, pen * 2)
    painter.restore()
