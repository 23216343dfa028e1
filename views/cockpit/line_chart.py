"""Where everything of a line chart stands: its range, its plot, the labels at the lines' ends."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF

from desktop.domain.cockpit.cockpit_file import Side, Threshold
from views.cockpit.axes import Tick, value_ticks, widened
from views.cockpit.courses import Runs
from views.cockpit.lines import Line
from views.cockpit.painting import bounds, line_px, width_of
from views.cockpit.type_scale import TypeScale

_LABELS_SHARE = 0.4
"""Of the width, at the most, for the labels at the ends of the lines."""
_IN_TWO_ROWS = 3
_FARTHEST = 8.0
"""A limit that would make the picture so many times higher is told in words instead."""


class Chart(NamedTuple):
    """Lines of one unit over one window. `lowest`, `highest`: of the file, before the data's."""

    unit: str
    lines: tuple[Line, ...]
    thresholds: tuple[Threshold, ...]
    start_s: float
    end_s: float
    lowest: float | None = None
    highest: float | None = None
    has_labels: bool = True


class Label(NamedTuple):
    """`top`: of its rows; `rows`: 2 name above value, 1 both in one."""

    line: Line
    top: float
    rows: int


class Frame(NamedTuple):
    chart: Chart
    area: QRectF
    plot: QRectF
    low: float
    high: float
    labels_px: float
    has_times: bool
    outside: tuple[Threshold, ...]

    def at(self, moment_s: float, value: float) -> QPointF:
        return QPointF(self.x(moment_s), self.y(value))

    def x(self, moment_s: float) -> float:
        part = (moment_s - self.chart.start_s) / (self.chart.end_s - self.chart.start_s)
        return self.plot.left() + part * self.plot.width()

    def y(self, value: float) -> float:
        part = (value - self.low) / (self.high - self.low)
        return self.plot.bottom() - part * self.plot.height()

    def moment(self, x: float) -> float:
        part = (x - self.plot.left()) / max(self.plot.width(), 1.0)
        return self.chart.start_s + part * (self.chart.end_s - self.chart.start_s)

    def shown(self, runs: Runs) -> Runs:
        """What lies in the window."""
        start_s, end_s = self.chart.start_s, self.chart.end_s
        if not runs or (runs[0][0][0] >= start_s and runs[-1][-1][0] <= end_s):
            return runs
        kept = (tuple(one for one in run if start_s <= one[0] <= end_s) for run in runs)
        return tuple(run for run in kept if run)

    def ticks(self, scale: TypeScale) -> list[Tick]:
        """Two at the least: one says nothing about the scale."""
        most = min(max(int(self.plot.height() / (line_px(scale.digits_px) * 1.4)), 2), 5)
        tries = (value_ticks(self.low, self.high, more) for more in range(most, most + 4))
        return next((ticks for ticks in tries if len(ticks) > 1), [])


def range_of(chart: Chart) -> tuple[float, float, tuple[Threshold, ...]]:
    """(lowest, highest, limits that lie too far away to be drawn)."""
    window = Frame(chart, QRectF(), QRectF(), 0, 1, 0, False, ())
    runs = [run for line in chart.lines for run in window.shown(line.runs)]
    low, high = bounds(runs, [line.target for line in chart.lines])
    outside: list[Threshold] = []
    for one in _nearest(chart.thresholds, low, high):
        wide = max(high, one.at) - min(low, one.at)
        if wide > _FARTHEST * (high - low):
            outside.append(one)
        else:
            low, high = min(low, one.at), max(high, one.at)
    is_count = all(line.decimals == 0 for line in chart.lines)
    low, high = widened(low, high, is_count)
    low = low if chart.lowest is None else min(chart.lowest, low)
    high = high if chart.highest is None else max(chart.highest, high)
    return low, high, tuple(outside)


def _nearest(thresholds: Sequence[Threshold], low: float, high: float) -> list[Threshold]:
    """To each side the first limit that is not passed yet."""
    above = [one for one in thresholds if one.side is Side.ABOVE and one.at > high]
    below = [one for one in thresholds if one.side is Side.BELOW and one.at < low]
    found = [min(above, key=lambda one: one.at)] if above else []
    return found + ([max(below, key=lambda one: one.at)] if below else [])


def chart_frames(charts: list[Chart], area: QRect, scale: TypeScale) -> list[Frame]:
    """One above the other, all with the same left and right edge."""
    head, foot = line_px(scale.digits_px), line_px(scale.digits_px) + scale.gap_px / 4
    each = (area.height() - foot) / max(len(charts), 1)
    labels_px = _labels_px(charts, area.width(), scale)
    frames: list[Frame] = []
    for number, chart in enumerate(charts):
        top = area.top() + number * each
        low, high, outside = range_of(chart)
        inner = QRectF(area.left(), top, area.width(), each - (scale.gap_px if number + 1 <
                       len(charts) else 0))  # fmt: skip
        plot = inner.adjusted(0, head if chart.unit or outside else scale.gap_px, -labels_px, 0)
        frames.append(Frame(chart, inner, plot, low, high, labels_px, number + 1 == len(charts),
                            outside))  # fmt: skip
    gutter = max((_gutter_px(frame, scale) for frame in frames), default=0.0)
    return [one._replace(plot=one.plot.adjusted(gutter, 0, 0, 0)) for one in frames]


def _gutter_px(frame: Frame, scale: TypeScale) -> float:
    texts = [tick.text for tick in frame.ticks(scale)]
    wide = max((width_of(text, scale.digits_px) for text in texts), default=0.0)
    return wide + scale.digits_px * 0.5


def _labels_px(charts: list[Chart], width: int, scale: TypeScale) -> float:
    px = scale.body_px
    wide = 0.0
    if not any(chart.has_labels for chart in charts):
        return px * 0.6
    for chart in charts:
        for line in chart.lines:
            name = width_of(line.name, px) + px * 1.6 if line.name else 0.0
            value = value_width(line, chart.unit, px)
            wide = max(wide, max(name, value) if len(chart.lines) <= _IN_TWO_ROWS else name + value)
    return min(wide, width * _LABELS_SHARE) + px * 0.6


def value_text(line: Line, unit: str) -> str:
    """The unit stands above the axis, unless it is another (万)."""
    return line.value.digits if line.value.unit == unit else line.value.text


def value_width(line: Line, unit: str, px: int) -> float:
    badge = px * 1.3 if line.level is not None else 0.0
    doubt = width_of(line.standing.words, px) + px * 0.4 if line.standing.words else 0.0
    return width_of(value_text(line, unit), px, True) + badge + doubt


def labels_of(frame: Frame, scale: TypeScale) -> list[Label]:
    """Beside the ends of their lines, moved apart where they would lie on each other."""
    high = line_px(scale.body_px)
    lines = [one for one in frame.chart.lines]
    room = frame.area.height() if frame.has_times else frame.plot.bottom() - frame.area.top()
    rows = 2 if len(lines) * high * 2 <= room + high * 0.3 else 1
    wanted = sorted(((_end_y(frame, one), one) for one in lines), key=lambda pair: pair[0])
    tops: list[float] = []
    for y, _ in wanted:
        top = y - high * rows / 2
        tops.append(max(top, tops[-1] + high * rows) if tops else max(top, frame.area.top()))
    last = frame.area.top() + room
    for number in range(len(tops) - 1, -1, -1):
        last = tops[number] = min(tops[number], last - high * rows)
    return [Label(one, top, rows) for (_, one), top in zip(wanted, tops, strict=True)]


def _end_y(frame: Frame, line: Line) -> float:
    runs = frame.shown(line.runs)
    return frame.y(runs[-1][-1][1]) if runs else frame.plot.bottom()
