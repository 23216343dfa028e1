"""Paints line charts: axes, limits, courses told apart by pattern, the words at their ends."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from desktop.domain.cockpit.cockpit_file import Side, Threshold
from views.cockpit.axes import time_ticks
from views.cockpit.courses import Run, dashed, in_parts, thinned
from views.cockpit.line_chart import Frame, Label, labels_of, value_text
from views.cockpit.lines import Line
from views.cockpit.painting import (
    baseline,
    cut,
    digits_high,
    first_fitting,
    line_px,
    paint_words,
    width_of,
)
from views.cockpit.type_scale import TypeScale
from views.cockpit.words import threshold_words, translate
from widgets.level_badge import LevelLook, paint_level
from widgets.theme import colour, in_force, level_colour

_PATTERNS: tuple[tuple[str, tuple[float, ...]], ...] = (
    ("text", ()),
    ("text2", (5.0, 2.5)),
    ("text", (1.2, 2.0)),
    ("text2", (7.0, 2.0, 1.2, 2.0)),
    ("border", ()),
    ("border", (3.0, 3.0)),
)
"""Ink and dashes in widths of the pen, by the order of the line."""
_TINT = 0.11
_LEAST_BADGE_PX = 21
"""Smaller, a level has no glyph."""


def line_px_wide(scale: TypeScale) -> float:
    return max(scale.body_px / 13, 1.6)


def line_pen(order: int, scale: TypeScale, stale: bool = False) -> tuple[QPen, tuple[float, ...]]:
    """(a plain pen, lengths on and off in pixels; empty for an unbroken line)."""
    token, dashes = _PATTERNS[order % len(_PATTERNS)]
    wide = line_px_wide(scale)
    pen = QPen(colour("border" if stale else token), wide)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if dashes else Qt.PenCapStyle.RoundCap)
    return pen, tuple(one * wide for one in dashes)


class PastPicture:
    """The courses of one chart without the present, painted again only when they or their frame
    are others: the present comes every few seconds, hours once in an hour."""

    def __init__(self) -> None:
        self._key: object = None
        self._picture = QPixmap()

    def paint(self, painter: QPainter, frame: Frame, scale: TypeScale) -> None:
        edge = line_px_wide(scale) * 2
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        if min(frame.plot.width(), frame.plot.height()) < 2:
            return
        box = frame.plot.adjusted(-edge, -edge, edge, edge).toAlignedRect()
        lines = frame.chart.lines
        key = (
            tuple((one.order, one.standing.is_stale) for one in lines),
            tuple(one.past for one in lines), frame.plot.getRect(), frame.low, frame.high,
            frame.chart.start_s, frame.chart.end_s, ratio, in_force(), scale,
        )  # fmt: skip
        if key != self._key:
            self._key, self._picture = key, self._painted(frame, scale, box, ratio)
        painter.drawPixmap(box.topLeft(), self._picture)

    def _painted(self, frame: Frame, scale: TypeScale, box: QRect, ratio: float) -> QPixmap:
        made = QPixmap(round(box.width() * ratio), round(box.height() * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        try:
            painter.translate(-box.topLeft())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for line in reversed(frame.chart.lines):
                _paint_past(painter, frame, line, scale)
        finally:
            painter.end()
        return made


def paint_chart(painter: QPainter, frame: Frame, scale: TypeScale, past: PastPicture) -> None:
    _paint_axes(painter, frame, scale)
    _paint_limits(painter, frame, scale)
    past.paint(painter, frame, scale)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for line in reversed(frame.chart.lines):
        _paint_tail(painter, frame, line, scale)
    painter.restore()
    _paint_limit_words(painter, frame, scale)
    for label in labels_of(frame, scale) if frame.chart.has_labels else ():
        _paint_label(painter, frame, label, scale)


# ---- axes and limits --------------------------------------------------------------------------


def _paint_axes(painter: QPainter, frame: Frame, scale: TypeScale) -> None:
    px, plot = scale.digits_px, frame.plot
    top = QRectF(frame.area.left(), frame.area.top(), plot.right() - frame.area.left(),
                 line_px(px) - px * 0.2)  # fmt: skip
    wide = paint_words(painter, top.left(), baseline(top, px), frame.chart.unit, px, "text2")
    far = _outside_words(frame.outside)
    text = first_fitting([far], px, top.width() - wide - px)
    paint_words(painter, top.right(), baseline(top, px), text, px, "border", align="right")
    hair = max(scale.body_px / 24, 1.0)
    for tick in frame.ticks(scale):
        y = round(frame.y(tick.at))
        painter.setPen(QPen(colour("bg3"), hair))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        base = y + digits_high(px) / 2
        right = plot.left() - px * 0.4
        paint_words(painter, right, base, tick.text, px, "text2", align="right")
    painter.setPen(QPen(colour("line"), hair))
    painter.drawLine(plot.bottomLeft(), plot.bottomRight())
    if frame.has_times:
        _paint_times(painter, frame, scale, hair)


def _paint_times(painter: QPainter, frame: Frame, scale: TypeScale, hair: float) -> None:
    px, plot, chart = scale.digits_px, frame.plot, frame.chart
    each = width_of("00-00", px) + px * 1.2
    ticks = time_ticks(chart.start_s, chart.end_s, int(plot.width() / each))
    base = plot.bottom() + line_px(px) / 2 + digits_high(px) / 2 + px * 0.15
    free = frame.area.left()
    for tick in ticks:
        x = frame.x(tick.at)
        painter.setPen(QPen(colour("line"), hair))
        painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + px * 0.2))
        half = width_of(tick.text, px) / 2
        left = min(max(x - half, frame.area.left()), frame.area.right() - half * 2)
        if left >= free:
            paint_words(painter, left, base, tick.text, px, "text2")
            free = left + half * 2 + px * 0.6


def _outside_words(outside: tuple[Threshold, ...]) -> str:
    texts = [threshold_words(one) for one in outside]
    return translate("cockpit", "限 {0} 在图外").format(" ".join(texts)) if texts else ""


def _paint_limits(painter: QPainter, frame: Frame, scale: TypeScale) -> None:
    """A band is grey until somebody is in it; its limit is dashed, with the level's shape."""
    reached = {line.level for line in frame.chart.lines if line.level is not None}
    drawn = [one for one in frame.chart.thresholds if frame.low < one.at < frame.high]
    for one in sorted(drawn, key=lambda one: -one.level.rank):
        _paint_band(painter, frame, one, drawn, one.level in reached)
    for one in drawn:
        _paint_dashed(painter, frame, one.at, "border", scale)
    for line in frame.chart.lines:
        if line.target is not None and frame.low <= line.target <= frame.high:
            _paint_dashed(painter, frame, line.target, "text2", scale)


def _paint_limit_words(painter: QPainter, frame: Frame, scale: TypeScale) -> None:
    """On their lines at the left, where the course is oldest; over the course."""
    reached = {line.level for line in frame.chart.lines if line.level is not None}
    drawn = [one for one in frame.chart.thresholds if frame.low < one.at < frame.high]
    taken: list[float] = []
    for one in sorted(drawn, key=lambda one: (one.level not in reached, -one.level.rank)):
        y = frame.y(one.at)
        if all(abs(y - other) > scale.digits_px * 1.1 for other in taken):
            _paint_limit(painter, frame, one, scale, one.level in reached)
            taken.append(y)
    for line in frame.chart.lines:
        if line.target is not None and frame.low <= line.target <= frame.high:
            text = translate("cockpit", "目标 {0}").format(line.goal)
            y, px = frame.y(line.target), scale.digits_px
            indent = px * 5.0 if any(abs(y - other) < px * 1.1 for other in taken) else 0.0
            _paint_on_line(painter, frame, line.target, text, scale, indent)


def _paint_band(
    painter: QPainter, frame: Frame, one: Threshold, drawn: list[Threshold], is_reached: bool
) -> None:
    others = [other.at for other in drawn if other.side is one.side]
    if one.side is Side.ABOVE:
        far = min((at for at in others if at > one.at), default=frame.high)
    else:
        far = max((at for at in others if at < one.at), default=frame.low)
    top, bottom = sorted((frame.y(one.at), frame.y(far)))
    tint = QColor(level_colour(one.level)) if is_reached else QColor(colour("bg2"))
    tint.setAlphaF(_TINT if is_reached else 1.0)
    painter.fillRect(QRectF(frame.plot.left(), top, frame.plot.width(), bottom - top), tint)


def _paint_limit(
    painter: QPainter, frame: Frame, one: Threshold, scale: TypeScale, is_reached: bool
) -> None:
    side = max(scale.digits_px, _LEAST_BADGE_PX)
    text = one.text or f"{one.at:,g}"
    _paint_on_line(painter, frame, one.at, text, scale, side * 1.35)
    y = _base_on_line(frame, one.at, scale.digits_px) - digits_high(scale.digits_px) / 2
    box = QRectF(frame.plot.left() + side * 0.2, y - side / 2, side, side)
    look = LevelLook.FILLED if is_reached else LevelLook.OUTLINE
    paint_level(painter, box, one.level, look, colour("bg1"))


def _paint_dashed(
    painter: QPainter, frame: Frame, value: float, token: str, scale: TypeScale
) -> None:
    pen = QPen(colour(token), max(scale.body_px / 20, 1.0))
    pen.setDashPattern((4.0, 4.0))
    painter.setPen(pen)
    y = frame.y(value)
    painter.drawLine(QPointF(frame.plot.left(), y), QPointF(frame.plot.right(), y))


def _base_on_line(frame: Frame, value: float, px: int) -> float:
    """Above the line, or below it where there is no room above."""
    base = frame.y(value) - px * 0.3
    if base - digits_high(px) >= frame.plot.top():
        return base
    return frame.y(value) + px * 0.3 + digits_high(px)


def _paint_on_line(
    painter: QPainter, frame: Frame, value: float, text: str, scale: TypeScale, indent: float
) -> None:
    """On the ground, at the left where the course is oldest."""
    px = scale.digits_px
    base = _base_on_line(frame, value, px)
    left = frame.plot.left() + px * 0.2 + indent
    wide = width_of(text, px)
    ground = QRectF(left - px * 0.1, base - px * 0.85, wide + px * 0.2, px * 1.0)
    veil = QColor(colour("bg1"))
    veil.setAlphaF(0.85)
    painter.fillRect(ground, veil)
    paint_words(painter, left, base, text, px, "text2")


# ---- lines and their words --------------------------------------------------------------------


def _paint_past(painter: QPainter, frame: Frame, line: Line, scale: TypeScale) -> None:
    pen, dashes = line_pen(line.order, scale, line.standing.is_stale)
    span = frame.chart.end_s - frame.chart.start_s
    for run in frame.shown(line.past):
        _paint_run(painter, frame, thinned(run, frame.plot.width(), span), pen, dashes)


def _paint_tail(painter: QPainter, frame: Frame, line: Line, scale: TypeScale) -> None:
    """The present and its end as a dot; where nothing is known now, no dot."""
    tail = line.tail or (line.past[-1][-1:] if line.past and line.present else ())
    shown = frame.shown((tail,)) if tail else ()
    if not shown:
        return
    stale = line.standing.is_stale
    pen, dashes = line_pen(line.order, scale, stale)
    _paint_run(painter, frame, shown[0], pen, dashes)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("border" if stale else "text"))
    radius = pen.widthF() * 1.6
    painter.drawEllipse(frame.at(*shown[-1][-1]), radius, radius)


def _paint_run(
    painter: QPainter, frame: Frame, run: Run, pen: QPen, dashes: tuple[float, ...]
) -> None:
    if len(run) > 1:
        painter.setPen(pen)
        points = [frame.at(*one).toTuple() for one in run]
        for piece in dashed(points, dashes) if dashes else in_parts(points):
            painter.drawPolyline(QPolygonF([QPointF(*one) for one in piece]))
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pen.color())
    for one in run:
        painter.drawEllipse(frame.at(*one), pen.widthF() * 0.8, pen.widthF() * 0.8)


def _swatch(
    painter: QPainter, left: float, middle: float, line: Line, scale: TypeScale
) -> float:  # fmt: skip
    """A piece of the line's pattern. Returns its width with the gap behind it."""
    wide = scale.body_px * 1.1
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen, dashes = line_pen(line.order, scale, line.standing.is_stale)
    painter.setPen(pen)
    ends = ((left, middle), (left + wide, middle))
    for piece in dashed(ends, dashes) if dashes else [ends]:
        painter.drawLine(QPointF(*piece[0]), QPointF(*piece[-1]))
    painter.restore()
    return wide + scale.body_px * 0.35


def _paint_label(painter: QPainter, frame: Frame, label: Label, scale: TypeScale) -> None:
    line, px, high = label.line, scale.body_px, line_px(scale.body_px)
    left = frame.plot.right() + px * 0.6
    room = frame.area.right() - left
    first = QRectF(left, label.top, room, high)
    if not line.name:
        middle = QRectF(left, label.top + high * (label.rows - 1) / 2, room, high)
        _paint_value(painter, frame, line, middle, px)
        return
    taken = _swatch(painter, left, first.center().y(), line, scale)
    if label.rows == 2:
        name = cut(line.name, px, room - taken)
        paint_words(painter, left + taken, baseline(first, px), name, px, "text2")
        _paint_value(painter, frame, line, first.translated(0, high), px)
        return
    text = value_text(line, frame.chart.unit)
    wide = width_of(text, px, True)
    name = cut(line.name, px, room - taken - wide - px * 0.4)
    paint_words(painter, left + taken, baseline(first, px), name, px, "text2")
    ink = "border" if line.standing.is_stale else "text"
    paint_words(painter, first.right(), baseline(first, px), text, px, ink, True, "right")


def _paint_value(
    painter: QPainter, frame: Frame, line: Line, row: QRectF, px: int
) -> None:  # fmt: skip
    x, base = row.left(), baseline(row, px)
    if line.level is not None:
        side = px * 1.0
        paint_level(painter, QRectF(x + 2, row.center().y() - side / 2, side, side), line.level)
        x += px * 1.3
    if line.standing.is_known:
        ink = "border" if line.standing.is_stale else "text"
        text = value_text(line, frame.chart.unit)
        x += paint_words(painter, x, base, text, px, ink, bold=True) + px * 0.4
    if line.standing.words:
        words = cut(line.standing.words, px, row.right() - x)
        paint_words(painter, x, base, words, px, "stale")
