"""One value against its limits, along a straight scale: lengths compare, angles do not."""

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from desktop.domain.cockpit.cockpit_file import Panel, Threshold
from desktop.domain.cockpit.metrics import Metric
from views.cockpit.courses import Course, Remembered
from views.cockpit.line_chart import Chart, chart_frames
from views.cockpit.line_painting import PastPicture, paint_chart
from views.cockpit.lines import Line, line_of
from views.cockpit.painting import (
    digits_high,
    figure_size,
    first_fitting,
    ink,
    paint_figure,
    paint_nothing,
    paint_spark,
    paint_title,
    paint_veil,
    paint_words,
    title_row,
    width_of,
)
from views.cockpit.panel import CockpitPanel, PanelContext
from views.cockpit.words import threshold_words, translate, until_words
from widgets.level_badge import LevelLook, level_word, paint_level
from widgets.theme import colour, level_colour

_STEPS = 400.0


class GaugeState(NamedTuple):
    """`lowest`, `highest`: the ends of the scale. `words`: what is reached, or how far it is to
    the next limit. `window_s`: of the course."""

    title: str
    note: str
    value: float | None
    line: Line
    lowest: float
    highest: float
    thresholds: tuple[Threshold, ...]
    words: str
    window_s: tuple[float, float]


class GaugePanel(CockpitPanel):
    def __init__(self, panel: Panel, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(panel, context, parent)
        self._courses = Remembered(Course)
        self._past = PastPicture()

    def state_now(self) -> GaugeState | None:
        values = self.values()
        if not values:
            return None
        value, panel = values[0], self.panel
        sample = None if value.series is None else value.series.present
        step_s = panel.hours * 3600.0 / _STEPS
        end_s = (self.context.now().timestamp() // step_s + 1.0) * step_s
        lowest, highest = ends_of(panel, value.metric, value.value)
        return GaugeState(
            title=panel.title or value.name,
            note=until_words(sample, self.context.now()),
            value=value.value,
            line=line_of(panel, value, 0, self._courses, self.context.room.metrics.error),
            lowest=lowest,
            highest=highest,
            thresholds=panel.thresholds,
            words=limit_sentence(panel, value.metric, value.value),
            window_s=(end_s - panel.hours * 3600.0, end_s),
        )

    def spoken(self, state: object) -> str:
        if not isinstance(state, GaugeState):
            return self.panel.title
        line = state.line
        parts = (f"{state.title} {line.value.text}", line.standing.words, state.words, state.note)
        return translate("cockpit", "，").join(one for one in parts if one)

    def least(self) -> tuple[float, float]:
        return 10.0, 7.0

    def paint(self, painter: QPainter, body: QRect, state: object) -> None:
        assert isinstance(state, GaugeState)
        scale, standing = self.scale, state.line.standing
        row, rest = title_row(body, scale)
        paint_title(painter, row, state.title, state.note, scale,
                    standing if standing.is_known else None)  # fmt: skip
        if state.value is None:
            paint_nothing(painter, rest, scale, standing.words, standing.why)
            return
        if standing.is_stale:
            paint_veil(painter, rest, scale)
        self._paint_known(painter, rest, state)

    def _paint_known(self, painter: QPainter, rest: QRect, state: GaugeState) -> None:
        """Value, scale and, where there is room, the course behind it."""
        scale, px = self.scale, self.scale.body_px
        has_figures = rest.height() >= scale.value_px * 0.7 + px * 3.4
        scale_high = round(px * (3.4 if has_figures else 2.3))
        value_high = max(min(round(scale.value_px * 1.05), rest.height() - scale_high), 1)
        spare = rest.height() - value_high - scale_high
        air = round(min(spare, px * 1.2) * 0.4)
        top = QRect(rest.left(), rest.top(), rest.width(), value_high)
        _paint_value(painter, top, state, self)
        middle = QRect(rest.left(), rest.top() + value_high + air, rest.width(), scale_high)
        _paint_scale(painter, middle, state, self, has_figures)
        below = QRect(rest.left(), middle.bottom() + 1 + air, rest.width(), spare - 2 * air)
        if below.height() > px * 4.5:
            self._paint_course(painter, below, state)
        elif below.height() > px * 1.4:
            edge = round(px * 0.6)
            area = QRectF(below.adjusted(edge, 0, -edge, 0))
            paint_spark(painter, area, state.line.runs, stale=state.line.standing.is_stale)

    def _paint_course(self, painter: QPainter, area: QRect, state: GaugeState) -> None:
        chart = Chart(
            state.line.unit, (state.line,), state.thresholds, *state.window_s, has_labels=False
        )
        for frame in chart_frames([chart], area, self.scale):
            paint_chart(painter, frame, self.scale, self._past)


def ends_of(panel: Panel, metric: Metric, value: float | None) -> tuple[float, float]:
    """Those of the file; else from 0 to beyond the last limit, of a rate to 100."""
    points = [one.at for one in panel.thresholds] + ([] if value is None else [value])
    lowest = panel.lowest if panel.lowest is not None else min(0.0, *points, 0.0)
    highest = panel.highest
    if highest is None:
        highest = 100.0 if metric.unit == "%" else max([*points, lowest + 1.0]) * 1.2
    return lowest, highest


def limit_sentence(panel: Panel, metric: Metric, value: float | None) -> str:
    """已过 较重 ≥0.27 m, or how far the first limit is."""
    if value is None or not panel.thresholds:
        return ""
    reached = [one for one in panel.thresholds if one.is_reached(value)]
    if reached:
        gravest = min(reached, key=lambda one: one.level.rank)
        said = gravest.text or f"{threshold_words(gravest)} {metric.unit}".strip()
        return f"{level_word(gravest.level)} {said}"
    near = min(panel.thresholds, key=lambda one: abs(one.at - value))
    far = f"{metric.text(abs(near.at - value))} {metric.unit}".strip()
    return translate("cockpit", "距{0}线 {1}").format(level_word(near.level).split()[-1], far)


def _paint_value(painter: QPainter, row: QRect, state: GaugeState, panel: CockpitPanel) -> None:
    """Level, value, and at the right what is reached or how far it is."""
    scale, line, x = panel.scale, state.line, float(row.left())
    if line.level is not None:
        side = min(row.height() * 0.7, scale.value_px * 0.75)
        box = QRectF(x + side * 0.08, row.center().y() - side / 2, side, side)
        paint_level(painter, box, line.level)
        x += side * 1.25
    room = row.right() - x
    size = figure_size(*line.value, room, row.height() * 0.75, scale.value_px)
    base = row.center().y() + digits_high(size.value_px) / 2
    paint_figure(painter, x, base, *line.value, size, ink(line.standing, "text"))
    left = room - size.width - scale.body_px
    shorter = level_word(line.level) if line.level is not None else ""
    words = first_fitting([state.words, shorter], scale.body_px, left)
    token = "text" if line.level is not None else "text2"
    paint_words(painter, row.right() + 1, base, words, scale.body_px, ink(line.standing, token),
                align="right")  # fmt: skip


def _paint_scale(
    painter: QPainter, area: QRect, state: GaugeState, panel: CockpitPanel, has_figures: bool
) -> None:
    """Shapes of the levels, the bar with the value, figures of the limits below."""
    px = panel.scale.body_px
    edge = px * 0.6
    bar = QRectF(area.left() + edge, area.top() + px * 1.3, area.width() - 2 * edge, px * 0.75)

    def x(value: float) -> float:
        part = (value - state.lowest) / max(state.highest - state.lowest, 1e-9)
        return bar.left() + min(max(part, 0.0), 1.0) * bar.width()

    painter.fillRect(bar, colour("bg3"))
    assert state.value is not None
    stale = state.line.standing.is_stale
    level = None if stale else state.line.level
    fill = level_colour(level) if level is not None else colour("border" if stale else "text2")
    painter.fillRect(QRectF(bar.left(), bar.top(), x(state.value) - bar.left(), bar.height()), fill)
    _paint_limits(painter, bar, state, px, x)
    _paint_pointer(painter, bar, x(state.value), state, px)
    if has_figures:
        _paint_figures(painter, bar, area, state, panel.scale.digits_px, x)


def _paint_limits(
    painter: QPainter, bar: QRectF, state: GaugeState, px: int, x: Callable[[float], float]
) -> None:
    places = sorted(x(one.at) for one in state.thresholds)
    gaps = [after - before for before, after in pairwise(places)]
    side = max(min([px * 1.05, *(gap * 0.85 for gap in gaps)]), 10.0)
    for one in state.thresholds:
        at = x(one.at)
        painter.setPen(QPen(colour("bg1"), max(px / 10, 2.0)))
        painter.drawLine(QPointF(at, bar.top()), QPointF(at, bar.bottom()))
        painter.setPen(QPen(colour("border"), max(px / 20, 1.0)))
        painter.drawLine(QPointF(at, bar.bottom()), QPointF(at, bar.bottom() + px * 0.2))
        reached = state.value is not None and one.is_reached(state.value)
        look = LevelLook.FILLED if reached and not state.line.standing.is_stale else (
            LevelLook.OUTLINE
        )  # fmt: skip
        box = QRectF(at - side / 2, bar.top() - px * 0.2 - side, side, side)
        paint_level(painter, box, one.level, look, colour("bg1"))


def _paint_pointer(painter: QPainter, bar: QRectF, at: float, state: GaugeState, px: int) -> None:
    """A white line at the value; an arrow where the value is beyond the scale."""
    assert state.value is not None
    stale = state.line.standing.is_stale
    wide = max(px / 9, 2.0)
    ink_ = colour("border" if stale else "focus")
    painter.fillRect(QRectF(at - wide / 2, bar.top() - px * 0.12, wide, bar.height() + px * 0.24),
                     ink_)  # fmt: skip
    side = 1 if state.value > state.highest else -1 if state.value < state.lowest else 0
    if side:
        middle, step = bar.center().y(), px * 0.35 * side
        foot = at + side * wide
        corners = [
            QPointF(foot, middle - px * 0.3),
            QPointF(foot, middle + px * 0.3),
            QPointF(at + step, middle),
        ]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink_)
        painter.drawPolygon(QPolygonF(corners))


def _paint_figures(
    painter: QPainter,
    bar: QRectF,
    area: QRect,
    state: GaugeState,
    px: int,
    x: Callable[[float], float],
) -> None:
    """Of limits and ends, the gravest first; one that would touch another is left out."""
    order = sorted(state.thresholds, key=lambda one: one.level.rank)
    points = [one.at for one in order if state.lowest <= one.at <= state.highest]
    taken: list[tuple[float, float]] = []
    base = bar.bottom() + px * 0.35 + digits_high(px) + px * 0.15
    for value in dict.fromkeys([*points, state.lowest, state.highest]):
        text = f"{value:,g}"
        wide = width_of(text, px)
        left = min(max(x(value) - wide / 2, area.left()), area.right() + 1 - wide)
        if all(left > right + px * 0.4 or left + wide < begin - px * 0.4 for begin, right in taken):
            paint_words(painter, left, base, text, px, "text2")
            taken.append((left, left + wide))
