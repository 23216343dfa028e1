"""What stands on the bridges: strain, deflection, tilt and vibration, by bridge.

The generated city gives places and streets; here each becomes a sensor of one bridge.
"""

import re
from collections.abc import Iterable

import msgspec

from desktop.domain.geo import distance_m
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point, Threshold

_LEVELS = (WarningLevel.BLUE, WarningLevel.YELLOW, WarningLevel.ORANGE, WarningLevel.RED)
_STREET = re.compile(r"\s*\d+\s*号.*$")
_GAP_M = 400.0  # a sensor farther from the one before it stands on another bridge
# word, metric, unit, lines; of ten sensors four measure strain
_KINDS: tuple[tuple[str, str, str, tuple[float, ...]], ...] = (
    ("应变", "strain_ue", "με", (180.0, 260.0, 340.0, 420.0)),
    ("挠度", "deflection_mm", "mm", (12.0, 18.0, 24.0, 30.0)),
    ("倾角", "tilt_deg", "°", (0.2, 0.35, 0.5, 0.8)),
    ("振动", "vibration_mms", "mm/s", (5.0, 8.0, 11.0, 15.0)),
)
_ORDER = (0, 1, 0, 2, 3, 0, 1, 3, 0, 2)


def instrumented(points: Iterable[Point]) -> list[Point]:
    """The same points in the same order; those on bridges with kind, bridge and lines."""
    done: list[Point] = []
    bridge, on_bridge, before = 0, 0, None
    counts: dict[int, int] = {}
    for point in points:
        if point.class_id != "bridge":
            done.append(point)
            continue
        if before is None or not _goes_on(before, point):
            bridge, on_bridge, counts = bridge + 1, 0, {}
        kind = _ORDER[on_bridge % len(_ORDER)]
        on_bridge, before = on_bridge + 1, point
        counts[kind] = counts.get(kind, 0) + 1
        done.append(_sensor(point, bridge, kind, counts[kind]))
    return done


def _goes_on(before: Point, point: Point) -> bool:
    if _street(before) != _street(point):
        return False
    away_m = distance_m(before.lon_deg or 0, before.lat_deg or 0, point.lon_deg or 0,
                        point.lat_deg or 0)  # fmt: skip
    return away_m < _GAP_M


def _street(point: Point) -> str:
    return _STREET.sub("", point.name)


def _sensor(point: Point, bridge: int, kind: int, number: int) -> Point:
    word, metric, unit, values = _KINDS[kind]
    lines = tuple(
        Threshold(level, value, f"{value:g} {unit}")
        for level, value in zip(_LEVELS, values, strict=True)
    )
    return msgspec.structs.replace(
        point,
        name=f"{_street(point)}跨河桥 · {word} {number:02d}",
        metric=metric,
        unit=unit,
        thresholds=lines,
        asset_id=f"QL-BR-{bridge:03d}",
    )
