"""What a chart says about the moment that is pointed at, on a desk."""

from datetime import UTC, datetime
from itertools import pairwise

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter, QPen

from views.cockpit.line_chart import Frame
from views.cockpit.lines import Line
from views.cockpit.painting import baseline, cut, line_px, paint_words, width_of
from views.cockpit.type_scale import TypeScale
from widgets.theme import colour
from widgets.times import local


def sample_near(frames: list[Frame], moment_s: float) -> float:
    """The time of the nearest sample of any line in the window, else the moment itself."""
    points = [
        one[0]
        for frame in frames
        for line in frame.chart.lines
        for run in frame.shown(line.runs)
        for one in run
    ]
    return min(points, key=lambda one: abs(one - moment_s), default=moment_s)


def value_near(line: Line, moment_s: float) -> float | None:
    """Of the sample nearest to a moment, not further than half a step; else None."""
    points = [one for run in line.runs for one in run]
    if not points:
        return None
    near = min(points, key=lambda one: abs(one[0] - moment_s))
    steps = sorted(after[0] - before[0] for before, after in pairwise(points))
    step_s = steps[len(steps) // 2] if steps else 0.0
    return near[1] if abs(near[0] - moment_s) <= step_s * 0.51 else None


def paint_pointer(
    painter: QPainter, body: QRect, frames: list[Frame], moment_s: float, scale: TypeScale
) -> None:
    """A line through all charts and a box of the values there, on the side with more room."""
    if not frames:
        return
    x = frames[-1].x(moment_s)
    painter.setPen(QPen(colour("accent"), 1))
    painter.drawLine(QPointF(x, frames[0].plot.top()), QPointF(x, frames[-1].plot.bottom()))
    px = scale.digits_px
    when = f"{local(datetime.fromtimestamp(moment_s, UTC)):%m-%d %H:%M}"
    rows = [(when, "")]
    for frame in frames:
        for line in frame.chart.lines:
            value = value_near(line, moment_s)
            text = "—" if value is None else f"{value:,.{line.decimals}f} {frame.chart.unit}"
            rows.append((line.name, text.strip()))
    _paint_box(painter, body, x, frames[0].plot, rows, px)


def _paint_box(
    painter: QPainter, body: QRect, x: float, plot: QRectF, rows: list[tuple[str, str]], px: int
) -> None:
    wide = max(width_of(name, px) + width_of(text, px, True) for name, text in rows) + px * 2.5
    high = line_px(px) * len(rows) + px * 0.6
    wide = min(wide, float(body.width()))
    left = x + px * 0.6 if x + px * 0.6 + wide <= body.right() else x - px * 0.6 - wide
    left = max(left, float(body.left()))
    box = QRectF(left, plot.top(), wide, high)
    painter.fillRect(box, colour("bg3"))
    for number, (name, text) in enumerate(rows):
        row = QRectF(left + px * 0.6, box.top() + px * 0.3 + number * line_px(px),
                     wide - px * 1.2, line_px(px))  # fmt: skip
        base = baseline(row, px)
        taken = paint_words(painter, row.right(), base, text, px, "text", True, "right")
        paint_words(painter, row.left(), base, cut(name, px, row.width() - taken), px, "text2")
