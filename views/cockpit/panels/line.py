"""Up to six metrics over time. Metrics of different units are drawn one above the other, each
with its own axis: two axes over one picture make lines meet that have nothing in common."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QRectF
from PySide6.QtGui import QMouseEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.cockpit.cockpit_file import Panel, Threshold
from views.cockpit.courses import Course, Remembered
from views.cockpit.line_chart import Chart, Frame, chart_frames
from views.cockpit.line_painting import PastPicture, paint_chart
from views.cockpit.lines import Line, line_of
from views.cockpit.painting import paint_nothing, paint_title, paint_veil, title_row
from views.cockpit.panel import CockpitPanel, PanelContext
from views.cockpit.pointing import paint_pointer, sample_near
from views.cockpit.words import Standing, oldest_of, translate, until_words
from widgets.level_badge import level_word
from widgets.theme import colour

_STEPS = 400.0
"""The window moves on in so many steps of its length: less could not be seen."""


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
    HAS_TIP = False

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
        error = self.context.room.metrics.error
        lines = tuple(
            line_of(self.panel, value, number, self._courses, error)
            for number, value in enumerate(values)
        )
        standing = _standing_of_all(one.standing for one in lines)
        if standing.is_known and standing.is_stale:  # said once, beside the title
            lines = tuple(one._replace(standing=one.standing._replace(words="")) for one in lines)
        step_s = self.panel.hours * 3600.0 / _STEPS
        end_s = (self.context.now().timestamp() // step_s + 1.0) * step_s
        return LineState(
            title=self.panel.title or translate("cockpit", "、").join(one.name for one in values),
            note=until_words(oldest_of(values), self.context.now()),
            lines=lines,
            start_s=end_s - self.panel.hours * 3600.0,
            end_s=end_s,
            thresholds=self.panel.thresholds,
            standing=standing,
            lowest=self.panel.lowest,
            highest=self.panel.highest,
        )

    def spoken(self, state: object) -> str:
        if not isinstance(state, LineState):
            return self.panel.title
        doubt = state.standing.words if state.standing.is_known else ""
        parts = [" ".join(one for one in (state.title, state.note, doubt) if one)]
        for one in state.lines:
            level = level_word(one.level) if one.level is not None else ""
            parts.append(f"{one.name} {one.value.text} {one.standing.words} {level}".strip())
        return translate("cockpit", "，").join(parts)

    def least(self) -> tuple[float, float]:
        state = self._state
        charts = len(state.charts()) if isinstance(state, LineState) else 1
        return 14.0, 3.5 + 4.0 * charts

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
        paint_pointer(painter, body, self._frames, self._pointed_s, self.scale)

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
        scale = self.scale
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
        self._pointed_s = sample_near(self._frames, self._frames[-1].moment(x)) if inside else None
        if self._pointed_s != before:
            self.update()

    @property
    def frames(self) -> list[Frame]:
        """The charts as they were painted last, from the top."""
        return self._frames

    @property
    def pointed_s(self) -> float | None:
        """Unix seconds of the sample under the pointer; None off the plot and on a wall."""
        return self._pointed_s


def _standing_of_all(standings: Iterable[Standing]) -> Standing:
    """Doubt about all of them is the panel's; about some, theirs."""
    every = list(standings)
    unknown = [one for one in every if not one.is_known]
    if len(unknown) == len(every):
        return every[0]
    known = [one for one in every if one.is_known]
    return known[0] if all(one.is_stale for one in known) else Standing(True, False, "")
