"""Courses of metrics over time as they are drawn: made once per series, open where not known."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import hypot
from typing import Generic, NamedTuple, TypeVar

from desktop.domain.cockpit.series import MetricSeries

T = TypeVar("T")
Run = tuple[tuple[float, float], ...]
Runs = tuple[Run, ...]
_DAY_S = 86_400.0
_DAILY_FROM_S = 4 * _DAY_S
"""Courses longer than this are shown small with one value a day."""


class Remembered(Generic[T]):
    """What is computed from the hours of a series, again only when these are others.

    The present comes every few seconds and leaves the hours behind it as they are.
    """

    def __init__(self, make: Callable[[MetricSeries], T]) -> None:
        self._make = make
        self._made: dict[str, tuple[object, float, T]] = {}

    def of(self, series: MetricSeries) -> T:
        known = self._made.get(series.metric_id)
        begin = series.start.timestamp()
        if known is not None and known[0] is series.values and known[1] == begin:
            return known[2]
        made = self._make(series)
        self._made[series.metric_id] = (series.values, begin, made)
        return made


class Course:
    """Equal only to itself, so that comparing states does not compare every value."""

    __slots__ = ("runs", "step_s")

    def __init__(self, series: MetricSeries) -> None:
        self.runs: Runs = tuple(tuple(run) for run in series.runs())
        self.step_s = series.step_s

    def tail(self, moment: float, value: float) -> Run:
        """From the last of the past to the present, unless something is missing between."""
        if self.runs:
            last = self.runs[-1][-1]
            if moment <= last[0]:
                return ()
            if moment - last[0] <= self.step_s * 1.5:
                return (last, (moment, value))
        return ((moment, value),)


class Spark(NamedTuple):
    """`runs`: (days or seconds, value)."""

    runs: Runs
    next_at: float


def spark_of(series: MetricSeries) -> Spark:
    """Over more than four days one value a day, of the hour that it is now: what has a daily
    rhythm, or counts from midnight on, is compared with itself. Else every value."""
    if (len(series.values) - 1) * series.step_s <= _DAILY_FROM_S or series.step_s > _DAY_S:
        end = series.at(len(series.values)).timestamp()
        return Spark(tuple(tuple(run) for run in series.runs()), end)
    per_day = max(round(_DAY_S / series.step_s), 1)
    days = series.values[::-1][per_day::per_day][::-1]
    return Spark(runs_of(days), float(len(days)))


def with_now(spark: Spark, value: float | None) -> Runs:
    if value is None:
        return spark.runs
    end = (spark.next_at, value)
    if not spark.runs:
        return ((end,),)
    *before, last = spark.runs
    newest, step = max(last)[0], last[1][0] - last[0][0] if len(last) > 1 else 1.0
    if end[0] - newest <= step * 1.01:
        return (*before, (*last, end))
    return (*before, last, (end,))


def runs_of(values: Sequence[float | None]) -> Runs:
    """Unbroken pieces of (index, value)."""
    pieces: list[Run] = []
    piece: list[tuple[float, float]] = []
    for index, value in enumerate(values):
        if value is not None:
            piece.append((float(index), value))
        elif piece:
            pieces.append(tuple(piece))
            piece = []
    return (*pieces, tuple(piece)) if piece else tuple(pieces)


def thinned(run: Run, width_px: float, span: float) -> Run:
    """No more than a lowest and a highest value for each two pixels of `span`."""
    if len(run) < 3 or (run[-1][0] - run[0][0]) / max(span, 1e-9) * width_px >= len(run):
        return run
    column_s = 2.0 * span / max(width_px, 1.0)
    kept: list[tuple[float, float]] = [run[0]]
    column: list[tuple[float, float]] = []
    at = run[0][0]
    for one in run[1:-1]:
        if one[0] - at >= column_s and column:
            kept += _ends(column)
            column, at = [], one[0]
        column.append(one)
    kept += _ends(column) if column else []
    return (*kept, run[-1])


def _ends(column: list[tuple[float, float]]) -> list[tuple[float, float]]:
    low, high = min(column, key=lambda one: one[1]), max(column, key=lambda one: one[1])
    return sorted({low, high})


def dashed(points: Sequence[tuple[float, float]], dashes: Sequence[float]) -> list[Run]:
    """The pieces that are drawn, of a pattern of lengths on and off along the way of (x, y).

    A long stroke in one piece takes the painter many times as long as its parts.
    """
    pieces: list[Run] = []
    piece, left, part = [points[0]], dashes[0], 0
    for before, after in pairwise(points):
        at, rest = before, hypot(after[0] - before[0], after[1] - before[1])
        while rest > left:
            share = left / rest
            at = (at[0] + (after[0] - at[0]) * share, at[1] + (after[1] - at[1]) * share)
            rest -= left
            if part % 2 == 0:
                pieces.append((*piece, at))
            part += 1
            piece, left = [at], dashes[part % len(dashes)]
        left -= rest
        piece.append(after)
    if part % 2 == 0:
        pieces.append(tuple(piece))
    return pieces


def in_parts(points: Sequence[tuple[float, float]], size: int = 8) -> list[Run]:
    """The same way in short pieces, each beginning where the last one ended."""
    last = max(len(points) - 1, 1)
    return [tuple(points[n : n + size + 1]) for n in range(0, last, size)]
