"""Several metrics, or one by unit, as a ranking: place, name, value before, value, thin bar."""

from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from desktop.domain.cockpit.metrics import Metric, ScopeKind
from desktop.domain.cockpit.series import MetricSeries, change
from desktop.domain.levels import WarningLevel
from views.cockpit.panel import CockpitPanel
from views.cockpit.panels import told
from views.cockpit.panels.writing import (
    Heading,
    lay_rows,
    paint_triangle,
    width_of,
    write,
    write_heading,
    write_nothing,
    write_unknown,
)
from views.cockpit.words import stale_words
from widgets.hatch import paint_hatch
from widgets.level_badge import LevelLook, paint_level
from widgets.theme import colour

_LEAST, _MOST = 1.85, 2.5  # of a row, in heights of the body type
_NARROW = 11  # of a column, in heights of the body type
_BAR_SHARE = 0.17


class _Known(NamedTuple):
    """A value before it has a place."""

    key: str
    name: str
    metric: Metric
    value: float
    before: float | None
    is_stale: bool


class BarRow(NamedTuple):
    """`moved`: places won since the time before; `share`: of the bar, 0 to 1; `is_short`: misses
    what is aimed at."""

    key: str
    place: int
    name: str
    value: str
    before: str
    moved: int
    share: float
    is_short: bool
    level: WarningLevel | None
    is_stale: bool


class BarsState(NamedTuple):
    """`unit`: of all values, in the heading; `aim`: where on the bars the target is, 0 to 1;
    `more`: so many stand below the limit; `unknown`: by name; `why`: in place of rows."""

    head: Heading
    rows: tuple[BarRow, ...]
    aim: float | None = None
    more: int = 0
    unknown: tuple[str, ...] = ()
    why: str = ""


class BarsPanel(CockpitPanel):
    """The greatest first. Who is not known stands apart, without a place and without a bar."""

    def state_now(self) -> BarsState:
        known, unknown, series, age_s = self._gathered()
        metrics = [one.metric for one in known]
        until = told.until(series, self.context.now())
        note = told.note_of(told.common_unit(metrics), told.common_period(metrics), until)
        all_old = bool(known) and all(one.is_stale for one in known)
        head = Heading(self.panel.title, note, stale_words(age_s) if all_old else "")
        if not known:
            why = told.why_nothing(self.context.room, self.panel.metrics)
            return BarsState(head, (), unknown=tuple(unknown), why=why)
        rows, aim = self._ranked(known)
        limit = self.panel.limit
        return BarsState(head, tuple(rows[:limit]), aim, max(len(rows) - limit, 0), tuple(unknown))

    def _gathered(self) -> tuple[list[_Known], list[str], list[MetricSeries], float | None]:
        """Those with a value, the names of those without, and the oldest age."""
        known: list[_Known] = []
        unknown: list[str] = []
        used: list[MetricSeries] = []
        now = self.context.now()
        for key, name, metric, series, is_stale in self._asked():
            value = None if series is None else series.present.value
            if series is None or value is None:
                unknown.append(name)
                continue
            compared = change(metric, series, self.panel.comparison)
            before = compared.before if compared is not None else None
            known.append(_Known(key, name, metric, value, before, is_stale))
            used.append(series)
        ages = [age for one in used if (age := one.age_s(now)) is not None]
        return known, unknown, used, max(ages, default=None)

    def _asked(self) -> list[tuple[str, str, Metric, MetricSeries | None, bool]]:
        """Key, name, metric, series and whether it is stale."""
        if self.panel.by is ScopeKind.CITY:
            values = self.values()
            names = told.short_names([one.name for one in values], self.panel.title)
            return [
                (one.metric.metric_id, name, one.metric, one.series, one.is_stale)
                for one, name in zip(values, names, strict=True)
            ]
        store, name = self.context.room.metrics, self.panel.metrics[0]
        metric = store.registry.get(name)
        if metric is None:
            return []
        return [
            (scope, store.unit_name(scope), metric, series, store.is_stale(name, scope))
            for scope, series in self.units_of(name).items()
        ]

    def _ranked(self, known: list[_Known]) -> tuple[list[BarRow], float | None]:
        order = sorted(known, key=lambda one: (-one.value, one.name))
        places, moved = _places([one.value for one in order]), _places_won(order)
        low = self.panel.lowest or 0.0
        target = self._target(known)
        high = self.panel.highest
        if high is None:
            high = max(order[0].value, target if target is not None else order[0].value)
        span = (high - low) or 1.0

        def share(value: float) -> float:
            return round(min(max((value - low) / span, 0.0), 1.0), 3)

        mixed = len({one.metric.unit for one in known}) > 1
        rows = [
            BarRow(
                one.key, place, one.name,
                one.metric.text(one.value) + (f" {one.metric.unit}" if mixed else ""),
                "" if one.before is None else one.metric.text(one.before),
                won, share(one.value),
                one.metric.meets(one.value, self.panel.target) is False,
                self.panel.level_of(one.value), one.is_stale,
            )
            for one, place, won in zip(order, places, moved, strict=True)
        ]  # fmt: skip
        return rows, None if target is None else share(target)

    def _target(self, known: list[_Known]) -> float | None:
        """One for all bars, or none."""
        if self.panel.target is not None:
            return self.panel.target
        aims = {one.metric.target for one in known}
        return aims.pop() if len(aims) == 1 else None

    def spoken(self, state: object) -> str:
        assert isinstance(state, BarsState)
        rows = [f"{one.place} {one.name} {one.value}" for one in state.rows]
        rest = [self._unknown_words(state)] if state.unknown else []
        return "；".join([self.panel.title, *(rows or [state.why]), *rest])

    def _unknown_words(self, state: BarsState) -> str:
        names = "、".join(state.unknown)
        return self.tr("没有数据 {0}：{1}").format(len(state.unknown), names)

    # ---- painting ---------------------------------------------------------------------------

    def paint(self, painter: QPainter, body: QRect, state: object) -> None:
        assert isinstance(state, BarsState)
        scale = self.context.scale
        room = write_heading(painter, body, state.head, scale)
        if not state.rows:
            write_nothing(painter, room, scale, state.why)
            return
        foot = round(scale.body_px * 1.45)
        if state.unknown:
            line = QRect(room.left(), room.bottom() - foot + 1, room.width(), foot)
            self._paint_unknown(painter, line, state)
            room = room.adjusted(0, 0, 0, -foot)
        laid = lay_rows(
            room, len(state.rows), round(scale.body_px * _LEAST), round(scale.body_px * _MOST),
            foot, scale.body_px * _NARROW, scale.gap_px, state.more,
        )  # fmt: skip
        rows = state.rows[: len(laid.boxes)]
        columns = _Columns(self, rows, laid.boxes[0].width() if laid.boxes else 0)
        for row, box in zip(rows, laid.boxes, strict=True):
            self._paint_row(painter, box, row, columns, state.aim)
        if more := state.more + laid.hidden:
            words = self.tr("另有 {0} 项").format(more)
            write(painter, laid.foot, words, scale.body_px, "text2")

    def _paint_unknown(self, painter: QPainter, line: QRect, state: BarsState) -> None:
        px = self.context.scale.body_px
        write_unknown(painter, line, self._unknown_words(state), px)

    def _paint_row(
        self, painter: QPainter, box: QRect, row: BarRow, at: "_Columns", aim: float | None
    ) -> None:
        scale, is_first = self.context.scale, row.place == 1
        bar_px = max(round(scale.body_px * _BAR_SHARE), 3)
        words = box.adjusted(0, 0, 0, -bar_px - max(bar_px // 2, 2))
        tone = "text2" if row.is_stale else "text"
        place = QRect(words.left(), words.top(), at.place, words.height())
        write(painter, place, str(row.place), scale.body_px, "text2", True)
        left = words.left() + at.place
        right = words.right() + 1
        value = QRect(right - at.value, words.top(), at.value, words.height())
        write(painter, value, row.value, at.value_px, tone, True, "right")
        self._paint_mark(painter, QRect(value.left() - at.mark, words.top(), at.mark,
                                        words.height()), row)  # fmt: skip
        right = value.left() - at.mark
        if at.before:
            gone = QRect(right - at.before, words.top(), at.before - scale.gap_px, words.height())
            write(painter, gone, at.before_words(row), scale.body_px, "text2", align="right")
            right -= at.before
        if at.moved:
            step = QRect(right - at.moved, words.top(), at.moved - scale.gap_px, words.height())
            self._paint_moved(painter, step, row.moved)
            right -= at.moved
        name = QRect(left, words.top(), right - left - scale.gap_px // 2, words.height())
        write(painter, name, row.name, scale.body_px, tone)
        track = QRect(left, box.bottom() - bar_px, box.right() + 1 - left, bar_px)
        self._paint_bar(painter, track, row, aim, is_first)

    def _paint_bar(
        self, painter: QPainter, track: QRect, row: BarRow, aim: float | None, is_first: bool
    ) -> None:
        painter.fillRect(track, colour("bg2"))
        filled = QRect(track)
        filled.setWidth(round(track.width() * row.share))
        if row.is_stale:
            paint_hatch(painter, QRectF(filled), "border", 0.8)
        else:
            painter.fillRect(filled, colour("text" if is_first else "border"))
        if aim is not None:
            wide = max(track.height() // 2, 2)
            x = min(track.left() + round(track.width() * aim), track.right() - wide + 1)
            edge = QRect(x - 1, track.top() - track.height() // 2, wide + 2, track.height() * 2)
            painter.fillRect(edge, colour("bg1"))
            painter.fillRect(edge.adjusted(1, 0, -1, 0), colour("focus"))

    def _paint_mark(self, painter: QPainter, box: QRect, row: BarRow) -> None:
        """Its level, or that it misses what is aimed at."""
        side = round(self.context.scale.body_px * 0.95)
        at = QRect(box.left(), box.center().y() - side // 2, side, side)
        if row.level is not None and box.width():
            look = LevelLook.OUTLINE if row.is_stale else LevelLook.FILLED
            paint_level(painter, QRectF(at), row.level, look)
        elif row.is_short and box.width():
            small = round(side * 0.6)
            mark = QRect(0, 0, small, small)
            mark.moveCenter(at.center())
            paint_triangle(painter, mark, True, "text2" if row.is_stale else "focus")

    def _paint_moved(self, painter: QPainter, box: QRect, moved: int) -> None:
        if not moved:
            return
        px = self.context.scale.digits_px
        words = str(abs(moved))
        write(painter, box, words, px, "text2", align="right")
        side = round(px * 0.6)
        x = box.right() - width_of(words, px) - side - 2
        paint_triangle(painter, QRect(x, box.center().y() - side // 2, side, side), moved < 0,
                       "text2")  # fmt: skip


def _places(values: list[float]) -> list[int]:
    """Of each; the same value has the same place."""
    order = sorted(values, reverse=True)
    return [order.index(value) + 1 for value in values]


def _places_won(order: list[_Known]) -> list[int]:
    """0 where not everybody's value before is known, or where a place was or is shared."""
    now, then = [one.value for one in order], [one.before for one in order]
    known = [value for value in then if value is not None]
    if len(known) < len(order):
        return [0] * len(order)
    return [
        was - place if now.count(value) == 1 == known.count(before) else 0
        for value, before, place, was in zip(now, known, _places(now), _places(known), strict=True)
    ]


class _Columns:
    """Widths in pixels, the same for all rows; what has no room is left out: first how places
    have changed, then the values before."""

    def __init__(self, panel: BarsPanel, rows: tuple[BarRow, ...], width: int) -> None:
        scale = panel.context.scale
        gap = scale.gap_px
        self._word = told.before_word(panel.panel.comparison)
        self.value_px = round(scale.body_px * 1.12)
        last = str(max((one.place for one in rows), default=1))
        self.place = max(width_of(last, scale.body_px, True), scale.body_px // 2) + gap
        self.value = max((width_of(one.value, self.value_px, True) for one in rows), default=0)
        marked = any(one.level is not None or one.is_short for one in rows)
        self.mark = scale.body_px + gap // 2 if marked else 0
        before = [width_of(self.before_words(one), scale.body_px) for one in rows if one.before]
        self.before = max(before, default=-gap) + gap
        steps = [width_of(str(abs(one.moved)), scale.digits_px) for one in rows if one.moved]
        self.moved = max(steps) + scale.digits_px + gap if steps else 0
        names = max((width_of(one.name, scale.body_px) for one in rows), default=0)
        room = width - self.place - self.value - self.mark - gap
        if names + self.before + self.moved > room:
            self.moved = 0
        if names + self.before > room:
            self.before = 0

    def before_words(self, row: BarRow) -> str:
        return f"{self._word} {row.before}" if row.before else ""
