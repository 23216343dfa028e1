"""Water on roads, in underpasses and in the river: levels that rise and fall with the rain.

Rates follow measured street floods: from 15 to 27 cm in 23 min at the median and 5 min in the
fastest tenth; an underpass with one pump out rises 1.2 cm/min in a red rainstorm.
"""

import math
import random
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point

DEAD_BAND_M = 0.03
FAST_RISE_CM_MIN = 1.0  # an underpass over its third line that rises faster is Ⅰ
_RISE_WINDOW_S = 120.0
_KEPT = 20_000
RED_STORM_MM_H = 70.0


@dataclass
class Gauge:
    """One measured level. gain_cm_min: rise at 70 mm/h of rain; drain_cm_min: fall without."""

    point: Point
    level_m: float
    floor_m: float
    ceiling_m: float
    gain_cm_min: float
    drain_cm_min: float
    course: deque[tuple[datetime, float]] = field(default_factory=lambda: deque(maxlen=_KEPT))
    held: bool = False  # set by hand: the model leaves it alone

    def step(self, seconds_s: float, rain_mm_h: float, at: datetime, chance: random.Random) -> None:
        if not self.held:
            rise = self.gain_cm_min * rain_mm_h / RED_STORM_MM_H
            rise -= self.drain_cm_min if rain_mm_h < 5 else 0.0
            noise_m = chance.gauss(0, 0.0012)
            moved = self.level_m + rise / 100 * seconds_s / 60
            self.level_m = min(max(moved, self.floor_m), self.ceiling_m)
            self.record(at, max(self.level_m + noise_m, 0.0))
        else:
            self.record(at, self.level_m)

    def record(self, at: datetime, level_m: float) -> None:
        self.course.append((at, round(level_m, 4)))

    @property
    def measured_m(self) -> float:
        return self.course[-1][1] if self.course else self.level_m

    def rise_cm_min(self) -> float:
        """Over the last two minutes; 0 with too little of a past."""
        if len(self.course) < 2:
            return 0.0
        now, newest = self.course[-1]
        for at, level in reversed(self.course):
            seconds = (now - at).total_seconds()
            if seconds >= _RISE_WINDOW_S * 0.75:
                return (newest - level) * 100 / (seconds / 60)
        return 0.0


def line_reached(gauge: Gauge, before: WarningLevel | None) -> WarningLevel | None:
    """The gravest line that the level stands over; a line is left only below its dead-band."""
    level = gauge.measured_m
    band = DEAD_BAND_M
    reached: WarningLevel | None = None
    for line in gauge.point.thresholds:
        held = before is not None and line.level.rank >= before.rank
        if level >= line.value - (min(band, line.value * 0.6) if held else 0.0):
            reached = line.level
    if (
        gauge.point.class_id == "underpass_water"
        and reached is WarningLevel.ORANGE
        and (gauge.rise_cm_min() >= FAST_RISE_CM_MIN or before is WarningLevel.RED)
    ):
        return WarningLevel.RED
    return reached


class Water:
    """All gauges under one sky. `rain_mm_h` is set by the scenario."""

    def __init__(self, points: tuple[Point, ...], chance: random.Random) -> None:
        self._chance = chance
        self.rain_mm_h = 0.0
        self.gauges = {p.point_id: self._gauge(p) for p in points if p.metric == "level_m"}

    def _gauge(self, point: Point) -> Gauge:
        uniform = self._chance.uniform
        match point.class_id:
            case "underpass_water":
                return Gauge(point, 0.02, 0.02, 0.62, 0.55, 0.8)
            case "river_level":
                base = uniform(3.45, 3.65)
                return Gauge(point, base, base, 4.7, uniform(0.5, 0.9), 0.2)
            case _:
                return Gauge(point, 0.0, 0.0, uniform(0.18, 0.42), uniform(0.25, 1.1), 0.9)

    def step(self, seconds_s: float, at: datetime) -> None:
        for gauge in self.gauges.values():
            gauge.step(seconds_s, self.rain_mm_h, at, self._chance)

    def make_past(self, now: datetime, hours_h: float = 3.0, every_s: float = 30.0) -> None:
        """Fills the courses up to `now` with the same model, under a slow drizzle."""
        count = int(hours_h * 3600 / every_s)
        for index in range(count, 0, -1):
            at = now - timedelta(seconds=index * every_s)
            for gauge in self.gauges.values():
                swell = 0.004 * (1 + math.sin(index / 40 + gauge.floor_m * 9))
                gauge.record(at, gauge.floor_m + swell + self._chance.gauss(0, 0.0008))

    def rising_past(self, point_id: str, now: datetime, to_m: float, rate_cm_min: float) -> None:
        """Replaces the last stretch of one course by a steady rise that ends at `to_m` now."""
        gauge = self.gauges[point_id]
        course = gauge.course
        minutes = (to_m - gauge.floor_m) * 100 / rate_cm_min
        start = now - timedelta(minutes=minutes)
        kept = [(at, level) for at, level in course if at < start]
        course.clear()
        course.extend(kept)
        for index in range(int(minutes * 4) + 1):
            at = start + timedelta(seconds=index * 15)
            level = gauge.floor_m + rate_cm_min / 100 * index / 4
            gauge.record(at, level + self._chance.gauss(0, 0.0015))
        gauge.level_m = to_m
