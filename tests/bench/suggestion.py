"""Plan, level and area from 500 open alarms, each with five minutes of readings, by all plans.

The floor is the work that nobody can spare: the rise of each gauge, once.
"""

import random
import statistics
import time
from datetime import UTC, datetime, timedelta

from desktop.domain.alarms import Alarm, Condition
from desktop.domain.emergency.evidence import Facts
from desktop.domain.emergency.gathering import Surroundings
from desktop.domain.emergency.plans import Plan
from desktop.domain.emergency.suggestion import suggest
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point, Reading, Threshold
from desktop.domain.water_levels import level_course, rise_cm_per_min
from desktop.domain.weather import Weather
from desktop.standin.plans import city_plans

ALARMS, READINGS, EVERY_S, ROUNDS = 500, 150, 2.0, 7
NOW = datetime(2026, 7, 18, 3, 15, tzinfo=UTC)
_CLASSES = ("underpass_water", "water_level", "water_level", "pump", "manhole")


def measure() -> dict[str, object]:
    """Milliseconds, the median of ROUNDS; each round begins with nothing computed."""
    plans, alarms, around = city_plans(), _alarms(), _around()
    weather = Weather(at=NOW, signal=WarningLevel.ORANGE, rain_1h_mm=31.0, rain_3h_mm=64.0)

    def facts_of(plan: Plan) -> Facts:
        return Facts(plan, alarms, around, weather, 2)

    whole_ms: list[float] = []
    rises_ms: list[float] = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        found = suggest(plans, facts_of)
        whole_ms.append((time.perf_counter() - start) * 1000)
        assert found is not None and found.level is not None
        start = time.perf_counter()
        for course in around.courses.values():
            rise_cm_per_min(level_course(course, "level_m"))
        rises_ms.append((time.perf_counter() - start) * 1000)
    return {
        "whole_ms": round(statistics.median(whole_ms), 1),
        "worst_ms": round(max(whole_ms), 1),
        "rises_ms": round(statistics.median(rises_ms), 1),
        "alarms": ALARMS,
        "readings": ALARMS * READINGS,
        "plans": len(plans),
    }


def _alarms() -> list[Alarm]:
    chance = random.Random(1)
    return [
        Alarm(
            alarm_id=f"a{n}", revision=1, epoch="e", seq=n, class_id=_CLASSES[n % len(_CLASSES)],
            level=chance.choice(tuple(WarningLevel)), condition=Condition.ACTIVE, title="积水",
            raised_at=NOW - timedelta(minutes=n % 40), updated_at=NOW, point_id=f"p{n}",
            lon_deg=116.5 + chance.random() / 5, lat_deg=28.8 + chance.random() / 5,
        )
        for n in range(ALARMS)
    ]  # fmt: skip


def _around() -> Surroundings:
    points = {
        f"p{n}": Point(
            point_id=f"p{n}", class_id="water_level", name=f"点{n}", lon_deg=116.6, lat_deg=28.9,
            unit="m", metric="level_m", thresholds=(Threshold(WarningLevel.RED, 0.5),),
        )
        for n in range(ALARMS)
    }  # fmt: skip
    courses = {name: _course(name, number) for number, name in enumerate(points)}
    return Surroundings(now=NOW, points=points, courses=courses, units=(), positions={})


def _course(point_id: str, number: int) -> list[Reading]:
    """A rise with a little noise, the last reading three seconds ago."""
    chance = random.Random(number)
    rise_m_s = chance.uniform(0, 0.04) / 60
    last = NOW - timedelta(seconds=3)
    return [
        Reading(
            at=last - timedelta(seconds=EVERY_S * back),
            metrics={"level_m": 0.3 - rise_m_s * EVERY_S * back + chance.uniform(-0.004, 0.004)},
            point_id=point_id,
        )
        for back in range(READINGS - 1, -1, -1)
    ]
