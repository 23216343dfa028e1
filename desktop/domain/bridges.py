"""One bridge out of its sensors: which belong together, and how each of them stands."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from desktop.domain.geo import distance_m
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point, Reading

BRIDGE = "bridge"
"""class_id of points on bridges."""
SAME_BRIDGE_M = 1_500.0
STALE_AFTER_S = 180.0  # four missed rounds
_NUMBER = re.compile(r"[\s·\-]*\d.*$")
_SEPARATOR = " · "


class SensorKind(StrEnum):
    """In the order of the card."""

    STRAIN = "strain"
    DEFLECTION = "deflection"
    TILT = "tilt"
    VIBRATION = "vibration"
    OTHER = "other"


# The beginning of a metric's name says what it measures, its end the unit.
_KINDS = (
    (("strain",), SensorKind.STRAIN),
    (("deflection", "displacement"), SensorKind.DEFLECTION),
    (("tilt", "inclination"), SensorKind.TILT),
    (("vibration", "acceleration"), SensorKind.VIBRATION),
)


class SensorState(StrEnum):
    NORMAL = "normal"
    REACHED = "reached"  # a warning line
    STALE = "stale"
    SILENT = "silent"  # nothing since the desk listens


class Standing(NamedTuple):
    """`value` in the point's unit; `level` of the highest line reached."""

    state: SensorState
    value: float | None = None
    at: datetime | None = None
    level: WarningLevel | None = None


class Bridge(NamedTuple):
    """`groups` in the order of SensorKind, without empty ones; cameras nearest to most first."""

    name: str
    groups: tuple[tuple[SensorKind, tuple[Point, ...]], ...]
    camera_ids: tuple[str, ...]

    @property
    def sensors(self) -> tuple[Point, ...]:
        return tuple(point for _, points in self.groups for point in points)


def kind_of(point: Point) -> SensorKind:
    for starts, kind in _KINDS:
        if point.metric.startswith(starts):
            return kind
    return SensorKind.OTHER


def bridge_name(point: Point) -> str:
    """`跨河桥 · 应变 3` and `人民路 1353 号监测点`: what stands before the sensor's own part."""
    head, separator, _ = point.name.partition(_SEPARATOR)
    return head if separator else _NUMBER.sub("", point.name) or point.name


def sensor_name(point: Point) -> str:
    """The sensor's own part."""
    return point.name.partition(_SEPARATOR)[2] or point.name


def bridge_of(point: Point, points: Iterable[Point]) -> Bridge | None:
    """The bridge that a sensor is on; None for a point that is on none."""
    if point.class_id != BRIDGE:
        return None
    mine = [one for one in points if one.class_id == BRIDGE and _same_bridge(one, point)]
    if point not in mine:
        mine.append(point)
    mine.sort(key=lambda one: one.point_id)
    groups = tuple(
        (kind, found)
        for kind in SensorKind
        if (found := tuple(one for one in mine if kind_of(one) is kind))
    )
    seen = Counter(camera_id for one in mine for camera_id in one.camera_ids)
    return Bridge(bridge_name(point), groups, tuple(name for name, _ in seen.most_common()))


def _same_bridge(one: Point, other: Point) -> bool:
    if one.asset_id or other.asset_id:
        return one.asset_id == other.asset_id
    if bridge_name(one) != bridge_name(other):
        return False
    places = (one.lon_deg, one.lat_deg, other.lon_deg, other.lat_deg)
    if any(part is None for part in places):
        return True
    return distance_m(*places) <= SAME_BRIDGE_M  # type: ignore[arg-type]


def standing_of(point: Point, reading: Reading | None, now: datetime) -> Standing:
    """`now`: the platform's time. A deviation counts in both directions."""
    if reading is None:
        return Standing(SensorState.SILENT)
    value = reading.metrics.get(point.metric)
    if value is None and reading.metrics and not point.metric:
        value = next(iter(reading.metrics.values()))
    if value is None:
        return Standing(SensorState.SILENT, None, reading.at)
    reached = [line for line in point.thresholds if abs(value) >= line.value]
    level = max(reached, key=lambda line: line.value).level if reached else None
    if (now - reading.at).total_seconds() > STALE_AFTER_S:
        return Standing(SensorState.STALE, value, reading.at, level)
    state = SensorState.REACHED if level is not None else SensorState.NORMAL
    return Standing(state, value, reading.at, level)


def worst(standings: Sequence[Standing]) -> WarningLevel | None:
    """The gravest level that is reached now."""
    levels = [s.level for s in standings if s.state is SensorState.REACHED and s.level]
    return min(levels, key=lambda level: level.rank, default=None)
