"""Measured points that are not level gauges: slow values with the course of a day.

A value is a function of the point and the moment, so any past can be asked for; only what a
scenario sets by hand is remembered.
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from desktop.domain.points import Point

PERIOD_S = 45.0
FIRST_ROUND_S = 6.0
_KEPT = 4_000
_HOLDS_S = 2 * PERIOD_S
_KNOT_S = 900.0
_Floats = NDArray[np.float64]


def _night(hour: _Floats) -> _Floats:
    """1 while the lamps burn (18:40 to 5:50), in a few minutes up and down."""
    return np.clip(np.maximum(hour - 18.6, 5.9 - hour) * 12, 0, 1)


def _warm(hour: _Floats) -> _Floats:
    """-1 at 5, 1 at 15 o'clock."""
    return np.cos((hour - 15) / 24 * 2 * np.pi)


def _taps(hour: _Floats) -> _Floats:
    """Use of water: 1 at 7:30 and 19:30, low at night."""
    morning, evening = (np.exp(-(((hour - peak) / 1.6) ** 2)) for peak in (7.5, 19.5))
    by_day = np.where((hour > 8) & (hour < 22), 0.35, 0.0)
    return np.asarray(np.maximum(morning, evening) + by_day)


def _cycles(hour: _Floats) -> _Floats:
    """1 while a pump runs: some seven minutes of each twenty."""
    return (hour * 3 % 1 < 0.35).astype(np.float64)


def _steady(hour: _Floats) -> _Floats:
    return np.zeros_like(hour)


@dataclass(frozen=True)
class Course:
    """A metric of a class: low to high is the range of the points' own bases.

    value = base + swing * course(hour) + noise * slow noise in [-1, 1], not below `least`.
    """

    metric: str
    low: float
    high: float
    swing: float
    course: Callable[[_Floats], _Floats]
    noise: float
    least: float = 0.0
    decimals: int = 3


COURSES: dict[str, tuple[Course, ...]] = {
    "street_light": (
        Course("current_a", 0.3, 0.6, 38.0, _night, 0.15, decimals=2),
        Course("voltage_v", 228.0, 234.0, -3.0, _night, 1.2, decimals=1),
    ),
    "bridge": (
        Course("strain_ue", 55.0, 120.0, 18.0, _warm, 9.0, decimals=1),
        Course("temperature_c", 24.0, 26.0, 5.0, _warm, 0.6, -20.0, 1),
    ),
    "bridge:deflection_mm": (
        Course("deflection_mm", 2.0, 6.0, 1.6, _warm, 1.1, decimals=2),
        Course("temperature_c", 24.0, 26.0, 5.0, _warm, 0.6, -20.0, 1),
    ),
    "bridge:tilt_deg": (Course("tilt_deg", 0.01, 0.08, 0.02, _warm, 0.015),),
    "bridge:vibration_mms": (Course("vibration_mms", 0.6, 1.8, 0.8, _taps, 0.5, decimals=2),),
    "flow": (Course("flow_m3s", 1.4, 3.6, 0.5, _taps, 0.25),),
    "water_quality": (
        Course("turbidity_ntu", 5.0, 11.0, 1.2, _warm, 1.4, decimals=2),
        Course("ph", 7.1, 7.6, 0.08, _warm, 0.05, decimals=2),
        Course("oxygen_mg_l", 6.2, 7.8, -0.5, _warm, 0.2, decimals=2),
    ),
    "gas": (Course("gas_lel_pct", 0.1, 0.9, 0.3, _taps, 0.3, decimals=2),),
    "heat": (
        Course("pressure_mpa", 0.52, 0.68, -0.03, _taps, 0.012),
        Course("supply_c", 52.0, 60.0, -3.0, _warm, 0.8, decimals=1),
        Course("return_c", 38.0, 43.0, -1.5, _warm, 0.6, decimals=1),
    ),
    "water_pressure": (Course("pressure_mpa", 0.32, 0.39, -0.045, _taps, 0.006),),
    "manhole": (Course("tilt_deg", 0.2, 1.6, 0.0, _steady, 0.15, decimals=1),),
    "pump": (
        Course("current_a", 0.0, 0.0, 46.0, _cycles, 0.2, decimals=1),
        Course("running", 0.0, 0.0, 1.0, _cycles, 0.0, decimals=0),
    ),
    "power": (Course("voltage_v", 228.0, 234.0, -3.0, _warm, 1.2, decimals=1),),
    "ai_video": (Course("online", 1.0, 1.0, 0.0, _steady, 0.0, decimals=0),),
}
_MAINS = (  # without a battery
    "street_light", "heat", "flow", "water_quality", "pump", "power", "ai_video",
)  # fmt: skip


def courses_of(point: Point) -> tuple[Course, ...]:
    """By class, or by class and metric where sensors of one class measure different things."""
    return COURSES.get(f"{point.class_id}:{point.metric}") or COURSES[point.class_id]


class Instruments:
    """Values of the points whose classes are in COURSES, and when each is told again."""

    def __init__(self, points: Sequence[Point], seed: int = 1) -> None:
        self.points = tuple(p for p in points if p.class_id in COURSES)
        self._numbers = {p.point_id: n for n, p in enumerate(self.points)}
        rng = np.random.default_rng(seed * 13 + 3)
        self._base = rng.random(len(self.points))
        self._size = rng.uniform(0.75, 1.25, len(self.points))
        self._battery = rng.uniform(0.55, 1.0, len(self.points)).round(2)
        self._next_s = rng.permutation(len(self.points)) / max(len(self.points), 1) * FIRST_ROUND_S
        self._clock_s = 0.0
        self._set: dict[str, deque[tuple[datetime, dict[str, float]]]] = {}
        self._rng = rng

    def due(self, seconds_s: float) -> list[Point]:
        """Whose turn it is after so many seconds more: all soon, then each every 45 s."""
        self._clock_s += seconds_s
        turn = np.flatnonzero(self._next_s <= self._clock_s)
        first = self._next_s[turn] < FIRST_ROUND_S  # then spread over the period, and even
        self._next_s[turn] += PERIOD_S * np.where(first, self._rng.random(len(turn)) + 0.15, 1.0)
        return [self.points[n] for n in turn.tolist()]

    def reading(self, point: Point, at: datetime) -> dict[str, object]:
        """What `telemetry/{class_id}/{point_id}` says now."""
        number = self._numbers[point.point_id]
        battery = None if point.class_id in _MAINS else float(self._battery[number])
        metrics = self._values(number, at)
        return {"at": at, "metrics": metrics, "quality": "good", "battery": battery}

    def remember(self, point_id: str, at: datetime, given: Mapping[str, float]) -> None:
        """A value that a scenario set: the past will show it instead of the course."""
        course = self._set.setdefault(point_id, deque(maxlen=_KEPT))
        course.append((at, dict(given)))

    def __contains__(self, point_id: object) -> bool:
        return point_id in self._numbers

    def series(
        self, point_id: str, metric: str, start: datetime, to: datetime, step_s: float
    ) -> list[tuple[datetime, float]]:
        """Oldest first, at least PERIOD_S apart. Raises KeyError for a metric it has not."""
        number = self._numbers[point_id]
        courses = courses_of(self.points[number])
        course = next((c for c in courses if c.metric == metric), None)
        if course is None:
            raise KeyError(metric)
        step_s = max(step_s, PERIOD_S)
        count = max(0, int((to - start).total_seconds() // step_s) + 1)
        moments = [start + timedelta(seconds=step_s * n) for n in range(count)]
        values = self._course(course, number, np.array([m.timestamp() for m in moments]))
        rows = list(zip(moments, values.round(course.decimals).tolist(), strict=True))
        by_hand = self._set.get(point_id, ())
        given = [(at, row[metric]) for at, row in by_hand if metric in row and start <= at <= to]
        return _laid_over(rows, given, step_s)

    def class_of(self, point_id: str) -> str:
        """Empty for a point that is not here."""
        number = self._numbers.get(point_id)
        return "" if number is None else self.points[number].class_id

    def courses(self, class_id: str, metric: str, moments: _Floats, most: int) -> _Floats:
        """A metric of at most so many points of a class, spread over the register: points x
        moments in Unix seconds. What was set by hand is not in it."""
        pairs = [
            (course, number)
            for number, point in enumerate(self.points)
            if point.class_id == class_id
            for course in courses_of(point)
            if course.metric == metric
        ]
        pairs = pairs[:: max(1, -(-len(pairs) // most))]
        if not pairs:
            return np.zeros((0, len(moments)))
        return np.array([self._course(course, number, moments) for course, number in pairs])

    def _values(self, number: int, at: datetime) -> dict[str, float]:
        moment = np.array([at.timestamp()])
        return {
            course.metric: round(float(self._course(course, number, moment)[0]), course.decimals)
            for course in courses_of(self.points[number])
        }

    def _course(self, course: Course, number: int, moment: _Floats) -> _Floats:
        hour = (moment / 3600 + 8) % 24
        base = course.low + (course.high - course.low) * self._base[number]
        swing = course.swing * self._size[number] * course.course(hour)
        slow = _noise(number + len(course.metric) * 7919, moment, _KNOT_S)
        fast = _noise(number + 104_729, moment, PERIOD_S)
        return np.maximum(base + swing + course.noise * (0.7 * slow + 0.3 * fast), course.least)


def _laid_over(
    rows: list[tuple[datetime, float]], given: list[tuple[datetime, float]], step_s: float
) -> list[tuple[datetime, float]]:
    """What was set by hand instead of the course at those times, thinned to the step.

    A value that was set holds until the next is due: the course does not come between them.
    """
    if not given:
        return rows
    kept: list[tuple[datetime, float]] = []
    for at, value in given:
        if not kept or (at - kept[-1][0]).total_seconds() >= step_s:
            kept.append((at, value))
    first, last = given[0][0], given[-1][0] + timedelta(seconds=_HOLDS_S)
    return sorted([row for row in rows if not first <= row[0] <= last] + kept)


def _noise(number: int, moment: _Floats, knot_s: float) -> _Floats:
    """Smooth, in [-1, 1], the same for the same point and moment."""
    knot = np.floor(moment / knot_s)
    part = moment / knot_s - knot
    part = part * part * (3 - 2 * part)
    before, after = (_random(number, knot + shift) for shift in (0, 1))
    return before + (after - before) * part


def _random(number: int, knot: _Floats) -> _Floats:
    x = np.sin(number * 12.9898 + (knot % 100_003) * 78.233) * 43_758.5453
    return (x - np.floor(x)) * 2 - 1
