"""How fast water rises and how long until it reaches a line. Pure."""

import statistics
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from desktop.domain.alarms import Alarm
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point, Reading, Threshold

SHORTEST_WINDOW_S, LONGEST_WINDOW_S = 120.0, 300.0
FEWEST_READINGS, SHORTEST_SPAN_S = 3, 60.0
ENOUGH_READINGS = 5
# Readings come dense while the level moves and thin while it stands: one value each ten seconds
# keeps a steep minute from outvoting a long calm one.
BIN_S = 10.0
# Below this a gauge only trembles (its resolution is 1 cm).
SMALLEST_RISE_CM_MIN = 0.1
STALE_AFTER_S = 90.0  # three missed readings

Course = Sequence[tuple[datetime, float]]  # oldest first; level in metres


class Forecast(NamedTuple):
    """When the water reaches `line` if it keeps rising as now; minutes is 0 above the line."""

    line: Threshold
    minutes: float


def metric_of(point: Point | None, reading: Reading | None) -> str:
    """The metric to show: the point's own, else the first that came."""
    if point is not None and point.metric:
        return point.metric
    return next(iter(reading.metrics), "") if reading is not None else ""


def level_course(readings: Sequence[Reading], metric: str) -> list[tuple[datetime, float]]:
    return [(r.at, r.metrics[metric]) for r in readings if metric in r.metrics]


def recent(course: Course) -> Course:
    """The last 2 min, or up to 5 min until there are enough readings; one value per 10 s.

    A value is the median of the readings in its 10 s, counted back from the newest.
    """
    if not course:
        return course
    newest = course[-1][0]
    bins: dict[int, list[tuple[datetime, float]]] = {}
    for reading in reversed(course):
        age_s = (newest - reading[0]).total_seconds()
        if age_s > LONGEST_WINDOW_S:
            break
        number = int(age_s // BIN_S)
        if age_s > SHORTEST_WINDOW_S and number not in bins and len(bins) >= ENOUGH_READINGS:
            break
        bins.setdefault(number, []).append(reading)
    return [_middle(bins[number]) for number in sorted(bins, reverse=True)]


def _middle(readings: Course) -> tuple[datetime, float]:
    """The reading with the median level: with its own time, so that a rise keeps its slope."""
    return sorted(readings, key=lambda reading: reading[1])[(len(readings) - 1) // 2]


def rise_cm_per_min(course: Course) -> float | None:
    """Median of the slopes of all pairs (Theil-Sen): one wrong reading does not move it.

    None with fewer than three readings or less than a minute of them. Negative: it falls.
    """
    window = recent(course)
    if len(window) < FEWEST_READINGS:
        return None
    if (window[-1][0] - window[0][0]).total_seconds() < SHORTEST_SPAN_S:
        return None
    slopes = [
        (later - earlier) * 100 / ((at_later - at_earlier).total_seconds() / 60)
        for index, (at_earlier, earlier) in enumerate(window)
        for at_later, later in window[index + 1 :]
        if at_later > at_earlier
    ]
    return statistics.median(slopes) if slopes else None


def minutes_to(level_m: float, rise_cm_min: float | None, line_m: float) -> float | None:
    """0 at or above the line; None when it is not known or does not rise."""
    if level_m >= line_m:
        return 0.0
    if rise_cm_min is None or rise_cm_min < SMALLEST_RISE_CM_MIN:
        return None
    return (line_m - level_m) * 100 / rise_cm_min


def red_line(thresholds: Sequence[Threshold]) -> Threshold | None:
    """The lowest red line."""
    red = [line for line in thresholds if line.level is WarningLevel.RED]
    return min(red, key=lambda line: line.value) if red else None


def next_line(level_m: float, thresholds: Sequence[Threshold]) -> Threshold | None:
    above = [line for line in thresholds if line.value > level_m]
    return min(above, key=lambda line: line.value) if above else None


def forecast(level_m: float, rise_cm_min: float | None, line: Threshold | None) -> Forecast | None:
    if line is None:
        return None
    minutes = minutes_to(level_m, rise_cm_min, line.value)
    return None if minutes is None else Forecast(line, minutes)


class WaterSituation(NamedTuple):
    """What the readings of one gauge say now."""

    course: Course
    rise_cm_min: float | None
    forecast: Forecast | None
    level: WarningLevel | None
    age_s: float | None

    @property
    def stale(self) -> bool:
        return self.age_s is None or self.age_s > STALE_AFTER_S


def is_water(alarm: Alarm, point: Point | None, reading: Reading | None) -> bool:
    """A level in metres: by its metric, by its unit, or by its class."""
    metric = metric_of(point, reading)
    return metric.startswith("level") or alarm.class_id in (
        "water_level",
        "underpass_water",
        "river_level",
    )


def water_situation(
    point: Point | None, readings: tuple[Reading, ...], now: datetime
) -> WaterSituation:
    newest = readings[-1] if readings else None
    course = level_course(readings, metric_of(point, newest))
    if not course:
        return WaterSituation((), None, None, None, None)
    rise = rise_cm_per_min(course)
    at, level_m = course[-1]
    lines = point.thresholds if point is not None else ()
    line = red_line(lines) or next_line(level_m, lines)
    reached = [one for one in lines if one.value <= level_m]
    level = max(reached, key=lambda one: one.value).level if reached else None
    return WaterSituation(
        course, rise, forecast(level_m, rise, line), level, (now - at).total_seconds()
    )
