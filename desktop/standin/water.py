"""Water on roads, in underpasses, pipes and the river: levels that rise and fall with the rain.

Rates follow measured street floods (2,256 of them): from 15 to 27 cm in 23 min at the median
and 5 min in the fastest tenth; a third reaches 27 cm of those that reach 15. An underpass
with one pump out rises 1.2 cm/min in a red rainstorm.
"""

import math
import random
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import NormalDist

from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point
from desktop.standin.floodnet import Flood

DEAD_BAND_M = 0.03
FAST_RISE_CM_MIN = 1.0  # an underpass over its third line that rises faster is Ⅰ
FLOOD_CLASSES = ("underpass_water", "water_level")
RED_STORM_MM_H = 70.0
# Up to here the drains take all, from here on what falls stands, at the rate of the place.
_DRAINED_MM_H, _FULL_MM_H = 14.0, 30.0
_FALLS_MM_H = 8.0  # below this standing water runs off
_MEDIAN_CM_MIN, _SPREAD = 12 / 23, 1.145  # lognormal; its fastest tenth is 12 cm in 5.3 min
_FASTEST_CM_MIN, _SLOWEST_CM_MIN = 4.7, 0.12
# (share of the flood points, lowest and highest ceiling in m)
_CEILINGS = ((0.30, 0.07, 0.145), (0.43, 0.16, 0.26), (0.22, 0.29, 0.48), (0.05, 0.52, 0.60))
_RISE_WINDOW_S = 120.0
_KEEP_EVERY_S = 4.9  # denser than telemetry is of no use
_KEPT = 6_000


@dataclass
class Gauge:
    """One measured level. gain_cm_min: rise in full rain; drain_cm_min: fall without."""

    point: Point
    level_m: float
    floor_m: float
    ceiling_m: float
    gain_cm_min: float
    drain_cm_min: float
    course: deque[tuple[datetime, float]] = field(default_factory=lambda: deque(maxlen=_KEPT))
    held: bool = False  # set by hand: the model leaves it alone
    flood: Flood | None = None  # a measured flood that this gauge shows
    flood_at_s: float = 0.0  # where in it; negative: it has not begun
    _measured_m: float | None = None

    def step(self, seconds_s: float, rain_mm_h: float, at: datetime, chance: random.Random) -> None:
        if self.held:
            self.measure(at, self.level_m)
            return
        if self.flood is not None:
            self.flood_at_s += seconds_s
            self.level_m = max(self.flood.depth_m(self.flood_at_s), self.floor_m)
            if self.flood_at_s > self.flood.times_s[-1]:
                self.flood = None
        else:
            rise = self.gain_cm_min * _wetness(rain_mm_h)
            rise -= self.drain_cm_min if rain_mm_h < _FALLS_MM_H else 0.0
            moved = self.level_m + rise / 100 * seconds_s / 60
            self.level_m = min(max(moved, self.floor_m), max(self.ceiling_m, self.level_m))
        self.measure(at, max(self.level_m + chance.gauss(0, 0.0012), 0.0))

    def measure(self, at: datetime, level_m: float) -> None:
        """The present value; the course keeps one each five seconds."""
        self._measured_m = round(level_m, 4)
        course = self.course
        if not course or (at - course[-1][0]).total_seconds() >= _KEEP_EVERY_S:
            course.append((at, self._measured_m))

    def record(self, at: datetime, level_m: float) -> None:
        """The present value, kept in the course whatever stands there."""
        self._measured_m = round(level_m, 4)
        self.course.append((at, self._measured_m))

    @property
    def measured_m(self) -> float:
        return self.level_m if self._measured_m is None else self._measured_m

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


def _wetness(rain_mm_h: float) -> float:
    """0 to 1: the part of its full rate at which water rises in such rain."""
    return min(max((rain_mm_h - _DRAINED_MM_H) / (_FULL_MM_H - _DRAINED_MM_H), 0.0), 1.0)


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


def street_rates_cm_min(count: int) -> list[float]:
    """`count` rates spread as the measured floods are, slowest first; the last is the fastest."""
    normal = NormalDist(math.log(_MEDIAN_CM_MIN), _SPREAD)
    rates = [math.exp(normal.inv_cdf((index + 0.5) / count)) for index in range(count)]
    bounded = [min(max(rate, _SLOWEST_CM_MIN), _FASTEST_CM_MIN) for rate in rates]
    return [*bounded[:-1], _FASTEST_CM_MIN] if bounded else []


class Water:
    """All gauges under one sky.

    `rain_mm_h` is the rain everywhere unless `rain_at` tells it for each point.
    """

    def __init__(self, points: Sequence[Point], chance: random.Random) -> None:
        self._chance = chance
        self.rain_mm_h = 0.0
        self.rain_at: Callable[[Point], float] | None = None
        self.gauges = {p.point_id: self._gauge(p) for p in points if p.metric == "level_m"}
        self._spread_floods()

    def flood_gauges(self) -> list[Gauge]:
        return [g for g in self.gauges.values() if g.point.class_id in FLOOD_CLASSES]

    def step(self, seconds_s: float, at: datetime) -> None:
        rain_at, rain, chance = self.rain_at, self.rain_mm_h, self._chance
        for gauge in self.gauges.values():
            gauge.step(seconds_s, rain_at(gauge.point) if rain_at else rain, at, chance)

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
            gauge.record(at, max(level + self._chance.gauss(0, 0.0015), 0.0))
        gauge.level_m = to_m

    def _gauge(self, point: Point) -> Gauge:
        uniform = self._chance.uniform
        match point.class_id:
            case "river_level":
                base = uniform(3.45, 3.65)
                return Gauge(point, base, base, uniform(4.2, 4.75), uniform(0.5, 0.9), 0.2)
            case "pipe_level":
                base = uniform(0.25, 0.55)
                return Gauge(point, base, base, uniform(1.3, 2.5), uniform(1.5, 4.5), 1.6)
            case _:
                return Gauge(point, 0.0, 0.0, 0.2, 0.5, 0.9)

    def _spread_floods(self) -> None:
        """Gives the flood points their rates and depths.

        The first two of the register stand where the demonstration looks: the underpass, which
        a pump keeps slow until it trips, and the fastest of all.
        """
        gauges = self.flood_gauges()
        for gauge in gauges:
            if gauge.point.class_id == "underpass_water":
                gauge.floor_m = gauge.level_m = 0.02
        for star in gauges[:1]:
            star.ceiling_m, star.gain_cm_min, star.drain_cm_min = 0.62, 0.55, 0.8
        others = gauges[1:]
        self._spread(others)
        for second in others[:1]:
            fast = max(others, key=lambda g: (g.gain_cm_min, g.ceiling_m))
            second.gain_cm_min, fast.gain_cm_min = fast.gain_cm_min, second.gain_cm_min
            second.ceiling_m, fast.ceiling_m = fast.ceiling_m, second.ceiling_m

    def _spread(self, gauges: list[Gauge]) -> None:
        shuffled = gauges[:]
        self._chance.shuffle(shuffled)
        first, share_before = 0, 0.0
        deep: list[Gauge] = []
        shallow: list[Gauge] = []
        for share, low_m, high_m in _CEILINGS:
            share_before += share
            last = round(share_before * len(gauges))
            for gauge in shuffled[first:last]:
                gauge.ceiling_m = self._chance.uniform(low_m, high_m)
            (deep if low_m >= 0.27 else shallow).extend(shuffled[first:last])
            first = last
        # those that reach 27 cm are what was measured: they alone share out the distribution
        for group in (shallow, deep):
            for gauge, rate in zip(group, street_rates_cm_min(len(group)), strict=True):
                gauge.gain_cm_min = rate
