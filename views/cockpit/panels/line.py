"""Up to six metrics over time. Metrics of different units are drawn one above the other, each
with its own axis: two axes over one picture make lines meet that have nothing in common."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QRectF
from PySide6.QtGui import QMouseEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.cockpit.cockpit_file import Panel, Threshold
from desktop.domain.levels import WarningLevel
from views.cockpit.courses import Course, Remembered, Run, Runs
from views.cockpit.line_chart import Chart, Frame, chart_frames
from views.cockpit.line_painting import PastPicture, paint_chart, paint_pointer
from views.cockpit.painting import paint_nothing, paint_title, paint_veil, title_row
from views.cockpit.panel import CockpitPanel, MetricValue, PanelContext
from views.cockpit.words import (
    Figures,
    Standing,
    figures,
    goal_words,
    standing_of,
    target_of,
    translate,
    until_words,
)
from widgets.level_badge import level_word
from widgets.theme import colour

_STEPS = 400.0
"""The window moves on in so many steps of its length: less could not be seen."""


class Line(NamedTuple):
    """`order`: its pattern. `present`: (Unix seconds, value), None where it is not known."""

    metric_id: str
    name: str
    unit: str
    decimals: int
    order: int
    value: Figures
    course: Course | None
    present: tuple[float, float] | None
    target: float | None
    goal: str
    level: WarningLevel | None
    standing: Standing

    @property
    def past(self) -> Runs:
        return () if self.course is None else self.course.runs

    @property
    def tail(self) -> Run:
        """What the present adds to the past."""
        if self.present is None:
            return ()
        return (self.present,) if self.course is None else self.course.tail(*self.present)

    @property
    def runs(self) -> Runs:
        past, tail = self.past, self.tail
        if len(tail) > 1:
            return (*past[:-1], (*past[-1], tail[-1]))
        return (*past, tail) if tail else past


class LineState(NamedTuple):
    title: str
    note: str
    lines: tuple[Line, ...]
    start_s: float
    end_s: float
    thresholds: tuple[Threshold, ...]
    standing: Standing
    lowest: float | None = None
    highest: float | None = None

    def charts(self) -> list[Chart]:
        """One for each unit, in the order of the file. Limits belong to the first."""
        units = list(dict.fromkeys(one.unit for one in self.lines))
        return [
            Chart(
                unit, tuple(one for one in self.lines if one.unit == unit),
                () if number else self.thresholds, self.start_s, self.end_s,
                None if number else self.lowest, None if number else self.highest,
            )
            for number, unit in enumerate(units)
        ]  # fmt: skip


class LinePanel(CockpitPanel):
    def __init__(self, panel: Panel, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(panel, context, parent)
        self._courses = Remembered(Course)
        self._pointed_s: float | None = None
        self._frames: list[Frame] = []
        self._pasts: dict[int, PastPicture] = {}
        self._still: QPixmap | None = None
        """The picture below the pointer: moving it paints no course again."""
        self.setMouseTracking(not context.is_wall)

    # ---- state ------------------------------------------------------------------------------

    def state_now(self) -> LineState | None:
        values = self.values()
        if not values:
            return None
        lines = tuple(self._line(number, value) for number, value in enumerate(values))
        standing = _standing_of_all(one.standing for one in lines)
        if standing.is_stale:  # said once, beside the title
            lines = tuple(one._replace(standing=one.standing._replace(words="")) for one in lines)
        step_s = self.panel.hours * 3600.0 / _STEPS
        end_s = (self.context.now().timestamp() // step_s + 1.0) * step_s
        known = [one.series.present for one in values if one.series is not None]
        oldest = min((one for one in known if one.as_of), key=lambda one: one.as_of, default=None)
        return LineState(
            title=self.panel.title or values[0].name,
            note=until_words(oldest, self.context.now()),
            lines=lines,
            start_s=end_s - self.panel.hours * 3600.0,
            end_s=end_s,
            thresholds=self.panel.thresholds,
            standing=standing,
            lowest=self.panel.lowest,
            highest=self.panel.highest,
        )

    def _line(self, number: int, value: MetricValue) -> Line:
        metric, series = value.metric, value.series
        present, target = None, target_of(self.panel, metric) if number == 0 else None
        if series is not None and value.value is not None:
            moment = series.present.as_of or series.present.at
            present = (moment.timestamp(), value.value)
        return Line(
            metric_id=metric.metric_id, unit=metric.unit, decimals=metric.decimals,
            name=value.name if len(self.panel.metrics) > 1 else "",
            order=number, value=figures(metric, value.value),
            course=self._courses.of(series) if series is not None and series.values else None,
            present=present, target=target, goal=goal_words(metric, target),
            level=None if value.is_stale else self.panel.level_of(value.value),
            standing=standing_of(value, self.context.room.metrics.error),
        )  # fmt: skip

    def spoken(self, state: object) -> str:
        if not isinstance(state, LineState):
            return self.panel.title
        parts = [f"{state.title} {state.note}".strip()]
        for one in state.lines:
            level = level_word(one.level) if one.level is not None else ""
            parts.append(f"{one.name} {one.value.text} {one.standing.words} {level}".strip())
        return translate("cockpit", "，").join(parts)

    # ---- painting ---------------------------------------------------------------------------

    def refresh(self) -> None:
        before = self._state
        super().refresh()
        if self._state is not before:
            self._still = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._still = None
        super().resizeEvent(event)

    def paint(self, painter: QPainter, body: QRect, state: object) -> None:
        assert isinstance(state, LineState)
        if self._pointed_s is None:
            self._paint_still(painter, body, state)
            return
        ratio = self.devicePixelRatioF()
        if self._still is None or self._still.devicePixelRatio() != ratio:
            self._still = self._still_of(body, state, ratio)
        painter.drawPixmap(body.topLeft(), self._still)
        paint_pointer(painter, body, self._frames, self._pointed_s, self.context.scale)

    def _still_of(self, body: QRect, state: LineState, ratio: float) -> QPixmap:
        made = QPixmap(round(body.width() * ratio), round(body.height() * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(colour("bg1"))
        painter = QPainter(made)
        try:
            painter.translate(-body.topLeft())
            self._paint_still(painter, body, state)
        finally:
            painter.end()
        return made

    def _paint_still(self, painter: QPainter, body: QRect, state: LineState) -> None:
        scale = self.context.scale
        row, rest = title_row(body, scale)
        standing = state.standing if state.standing.is_known else None
        paint_title(painter, row, state.title, state.note, scale, standing)
        if not any(one.runs for one in state.lines):
            self._frames = []
            words = state.standing.words or translate("cockpit", "没有数据")
            paint_nothing(painter, rest, scale, words, state.standing.why)
            return
        if state.standing.is_stale:
            paint_veil(painter, rest, scale)
        self._frames = chart_frames(state.charts(), rest, scale)
        for number, frame in enumerate(self._frames):
            paint_chart(painter, frame, scale, self._pasts.setdefault(number, PastPicture()))

    # ---- pointing, on a desk ----------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.context.is_wall:
            self._point(event.position().x())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        if self._pointed_s is not None:
            self._pointed_s = None
            self.update()
        super().leaveEvent(event)

    def _point(self, x: float) -> None:
        before = self._pointed_s
        plot = self._frames[-1].plot if self._frames else QRectF()
        inside = bool(self._frames) and plot.left() <= x <= plot.right()
        self._pointed_s = self._frames[-1].moment(x) if inside else None
        if self._pointed_s != before:
            self.update()

    @property
    def pointed_s(self) -> float | None:
        """Unix seconds under the pointer; None off the plot and on a wall."""
        return self._pointed_s


def _standing_of_all(standings: Iterable[Standing]) -> Standing:
    """Doubt about all of them is the panel's; about some, theirs."""
    every = list(standings)
    unknown = [one for one in every if not one.is_known]
    if len(unknown) == len(every):
        return every[0]
    known = [one for one in every if one.is_known]
    return known[0] if all(one.is_stale for one in known) else Standing(True, False, "")
