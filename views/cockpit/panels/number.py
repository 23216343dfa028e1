"""One value, readable from four metres: with target, n, time, course and change."""

from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from desktop.domain.cockpit.cockpit_file import Panel
from desktop.domain.cockpit.series import Against, change
from desktop.domain.levels import WarningLevel
from views.cockpit.courses import Remembered, Runs, spark_of, with_now
from views.cockpit.painting import (
    baseline,
    change_width,
    cut,
    digits_high,
    figure_size,
    first_fitting,
    ink,
    line_px,
    paint_change,
    paint_doubt,
    paint_figure,
    paint_mark,
    paint_plate,
    paint_spark,
    paint_veil,
    paint_words,
    plate_width,
    width_of,
)
from views.cockpit.panel import CockpitPanel, MetricValue, PanelContext
from views.cockpit.words import (
    ChangeWords,
    Figures,
    Standing,
    Verdict,
    change_words,
    count_text,
    figures,
    goal_words,
    limit_words,
    period_word,
    standing_of,
    target_of,
    translate,
    until_words,
    verdict_of,
)
from widgets.level_badge import level_word, paint_level

_LARGEST, _TALL = 1.6, 2.2
"""How far beyond its usual size the value grows in a tall panel."""
_SMALLEST_HEAD = 0.7
_OF_ITS_ROW = 0.78
"""Height of the figures for the height that is there."""


class NumberState(NamedTuple):
    """`limit`: the threshold that is reached, or the first that would be, in words."""

    name: str
    period: str
    until: str
    value: Figures
    goal: str
    n: str
    limit: str
    verdict: Verdict | None
    change: ChangeWords | None
    is_compared: bool
    level: WarningLevel | None
    standing: Standing
    course: Runs
    target: float | None


class NumberPanel(CockpitPanel):
    def __init__(self, panel: Panel, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(panel, context, parent)
        self._sparks = Remembered(spark_of)

    def state_now(self) -> NumberState | None:
        values = self.values()
        return self._state_of(values[0]) if values else None

    def _state_of(self, value: MetricValue) -> NumberState:
        panel, metric, series = self.panel, value.metric, value.series
        target = target_of(panel, metric)
        sample = None if series is None else series.present
        n = None if sample is None else sample.n
        course: Runs = ()
        if series is not None and series.values:
            course = with_now(self._sparks.of(series), value.value)
        moved = None if series is None else change(metric, series, panel.comparison)
        return NumberState(
            name=panel.title or value.name,
            period=period_word(metric.period),
            until=until_words(sample, self.context.now()),
            value=figures(metric, value.value),
            goal=goal_words(metric, target),
            n="" if n is None else count_text(n),
            limit=limit_words(panel, metric, value.value),
            verdict=verdict_of(metric, value.value, target),
            change=change_words(metric, moved),
            is_compared=panel.comparison is not Against.NONE,
            level=None if value.is_stale else panel.level_of(value.value),
            standing=standing_of(value, self.context.room.metrics.error),
            course=course,
            target=target,
        )

    def spoken(self, state: object) -> str:
        return spoken_number(state) if isinstance(state, NumberState) else self.panel.title

    def paint(self, painter: QPainter, body: QRect, state: object) -> None:
        assert isinstance(state, NumberState)
        NumberPainting(painter, body, state, self).paint()


def spoken_number(state: NumberState) -> str:
    parts = [f"{state.name} {state.value.text}", state.standing.words, state.standing.why]
    if state.level is not None:
        parts.append(f"{level_word(state.level)} {state.limit}")
    if state.goal:
        parts.append(translate("cockpit", "目标 {0}").format(state.goal))
    if state.verdict is not None:
        parts.append(state.verdict.word)
    if state.change is not None:
        one = state.change
        sign = {"up": "+", "down": "-"}.get(one.mark, "")
        parts.append(f"{one.against} {sign}{one.amount} {one.verdict}".strip())
    if state.n:
        parts.append(f"n {state.n}")
    parts.append(f"{state.period} {state.until}".strip())
    return translate("cockpit", "，").join(one for one in parts if one)


class NumberPainting:
    """Rows: name, value with its course, change, goal. In a low panel the lower rows give way
    first; the value never does."""

    def __init__(
        self, painter: QPainter, body: QRect, state: NumberState, panel: CockpitPanel
    ) -> None:
        self._painter, self._body, self._state = painter, body, state
        self._scale = panel.scale
        self._px = self._scale.body_px
        self._line = line_px(self._px)

    def paint(self) -> None:
        body, high = self._body, self._line
        change_row, foot = self._rows()
        top = body.top() + high
        bottom = body.bottom() + 1 - high * (change_row + foot)
        if self._state.standing.is_stale:
            paint_veil(self._painter, body, self._scale)
        self._paint_head(QRect(body.left(), body.top(), body.width(), high))
        self._paint_value(QRect(body.left(), top, body.width(), bottom - top))
        if change_row:
            self._paint_change(QRect(body.left(), bottom, body.width(), high))
        if foot:
            last = QRect(body.left(), body.bottom() + 1 - high, body.width(), high)
            self._paint_foot(last)

    def _rows(self) -> tuple[int, int]:
        """Whether there is a row for the change and for the goal."""
        state, least = self._state, digits_high(self._scale.value_px) * 0.8
        spare = int((self._body.height() - least) / self._line - 1 + 0.12)
        foot = 1 if spare > 0 and (state.goal or state.n or state.limit) else 0
        return (1 if state.is_compared and spare > foot else 0), foot

    # ---- rows -------------------------------------------------------------------------------

    def _paint_head(self, row: QRect) -> None:
        state, painter, px = self._state, self._painter, self._px
        left = row
        if state.level is not None:
            side = px * 1.12
            box = QRectF(row.left() + side * 0.1, row.center().y() - side / 2, side, side)
            paint_level(painter, box, state.level)
            left = row.adjusted(round(side * 1.35), 0, 0, 0)
        if state.standing.is_known and state.standing.is_stale:
            room = paint_doubt(painter, left, state.standing.words, self._scale)
        else:
            note, px = self._note(left.width())
            room = paint_words(painter, row.right() + 1, baseline(row, px), note, px, "text2",
                               align="right")  # fmt: skip
        name = cut(state.name, px, left.width() - room - (px * 0.4 if room else 0))
        paint_words(painter, left.left(), baseline(row, px), name, px, "text")

    def _note(self, width: int) -> tuple[str, int]:
        """Period and time, and the type in which they stand beside the name; of what is too wide
        first the period gives way, then the size of the type."""
        state, px = self._state, self._px
        full = f"{state.period} {state.until}".strip()
        named = width_of(state.name, px) + px * 0.5
        if named + width_of(full, px) <= width:
            return full, px
        note = state.until or full
        wide = named + width_of(note, px)
        return note, max(min(int(px * width / wide), px), round(px * _SMALLEST_HEAD))

    def _paint_value(self, area: QRect) -> None:
        """The course at the right gets what the value leaves, if that is enough for it."""
        state, painter, scale = self._state, self._painter, self._scale
        gap, width = scale.gap_px, float(area.width())
        if not state.standing.is_known:
            self._paint_nothing(area)
            return
        least = self._px * 3.4
        is_tall = area.height() > scale.value_px * _TALL
        most = round(scale.value_px * (_LARGEST if is_tall else 1.0))
        room = area.height() * _OF_ITS_ROW
        alone = figure_size(*state.value, width, room, most)
        beside = figure_size(*state.value, max(width - gap - least, 1.0), room, most)
        has_spark = len(state.course) > 0 and beside.value_px >= alone.value_px * 0.8
        size = beside if has_spark else alone
        base = area.center().y() + digits_high(size.value_px) / 2
        ink_ = ink(state.standing, "text")
        paint_figure(painter, area.left(), base, *state.value, size, ink_,
                     ink(state.standing, "text2"))  # fmt: skip
        if has_spark:
            self._paint_spark(area, size.width, base, size.value_px)

    def _paint_spark(self, area: QRect, taken: float, base: float, value_px: int) -> None:
        state, room = self._state, area.width() - taken - self._scale.gap_px * 1.5
        wide = min(room, area.width() * 0.45)
        high = min(digits_high(value_px) * 1.15, wide * 0.55)
        middle = base - digits_high(value_px) / 2
        box = QRectF(area.right() + 1 - wide, middle - high / 2, wide, high)
        paint_spark(self._painter, box, state.course, state.target, stale=state.standing.is_stale)

    def _paint_nothing(self, area: QRect) -> None:
        state, painter = self._state, self._painter
        if not state.standing.is_stale:
            paint_veil(painter, self._body, self._scale)
        px = min(round(self._scale.title_px * 1.2), max(area.height() - 4, 1))
        words = cut(state.standing.words, px, area.width(), True)
        paint_words(painter, area.left(), baseline(area, px), words, px, "text2", bold=True)

    def _paint_change(self, row: QRect) -> None:
        state, painter, px = self._state, self._painter, self._px
        if state.change is None:
            words = translate("cockpit", "无可比数据") if state.standing.is_known else ""
            text = first_fitting([words], px, row.width())
            paint_words(painter, row.left(), baseline(row, px), text, px, "border")
            return
        stale = state.standing.is_stale
        with_against = change_width(state.change, px) <= row.width()
        if with_against or change_width(state.change, px, False) <= row.width():
            paint_change(painter, row.left(), baseline(row, px), state.change, px, with_against,
                         stale)  # fmt: skip

    def _paint_foot(self, row: QRect) -> None:
        """The verdict at the right says by how much, where there is room for that beside n."""
        state, px = self._state, self._px
        goal = translate("cockpit", "目标 {0}").format(state.goal) if state.goal else ""
        if not goal and state.limit:
            goal = translate("cockpit", "限 {0}").format(state.limit)
        n = f"n {state.n}" if state.n else ""
        full = f"{goal}  {n}".strip()
        base = baseline(row, px)
        room = self._paint_verdict(row, base, row.width() - width_of(full, px))
        lines = [full, goal, state.goal or state.limit, n]
        text = first_fitting(lines, px, row.width() - room)
        paint_words(self._painter, row.left(), base, text, px, ink(state.standing, "text2"))

    def _paint_verdict(self, row: QRect, base: float, free: float) -> float:
        """达标 in grey; what is missed on a plate: how far and to which side."""
        verdict, painter, px = self._state.verdict, self._painter, self._px
        if verdict is None:
            return 0.0
        right, stale = row.right() + 1, self._state.standing.is_stale
        if verdict.met:
            token = ink(self._state.standing, "text2")
            return paint_words(painter, right, base, verdict.word, px, token, align="right") + px
        full = f"{verdict.gap} {verdict.word}"
        has_room = plate_width(full, px, verdict.mark) + px * 0.4 <= free
        for text in [full, verdict.word] if has_room else [verdict.word]:
            if plate_width(text, px, verdict.mark) <= row.width():
                wide = paint_plate(painter, right, base, text, px, verdict.mark, stale)
                return wide + px * 0.4
        wide = paint_mark(painter, right - px, base, verdict.mark, px, "text")
        return wide + px
