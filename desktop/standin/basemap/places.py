"""Where cameras, gauges and teams of the demo city stand: places on the hand-laid streets.

They do not depend on the seed of the base map.
"""

import math
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np

from desktop.standin.basemap.frame import Line, LonLat, lengths_along, points_along, to_lon_lat
from desktop.standin.basemap.plan import (
    LAKE_NAME,
    UNDERPASS_STREET,
    banks,
    lake_ring,
)
from desktop.standin.basemap.streets import crossing_of, main_streets

_DISTRICT_X_M, _DISTRICT_Y_M = 3000.0, 2250.0


@dataclass(frozen=True)
class Place:
    """A named place; heading_deg of the street there, clockwise from north."""

    name: str
    lon_deg: float
    lat_deg: float
    heading_deg: float = 0.0


@dataclass(frozen=True)
class Underpass:
    """The place under the bridge, and the two mouths with the way that leads down."""

    place: Place
    approaches: tuple[Place, Place]


def _place(name: str, line: Line, at_m: float) -> Place:
    (x, y), (x2, y2) = points_along(line, [at_m, at_m + 5])
    lon, lat = to_lon_lat(x, y)
    return Place(name, lon, lat, round(math.degrees(math.atan2(x2 - x, y2 - y)) % 360, 1))


@cache
def underpass() -> Underpass:
    street = next(s for s in main_streets() if s.name == UNDERPASS_STREET)
    assert street.tunnel_m is not None
    north_m, south_m = street.tunnel_m
    name = f"{UNDERPASS_STREET}下穿通道"
    return Underpass(
        _place(name, street.line, (north_m + south_m) / 2),
        (
            _place(f"{name} 北引道", street.line, north_m - 60),
            _place(f"{name} 南引道", street.line, south_m + 60),
        ),
    )


@cache
def crossings() -> tuple[tuple[str, float, float], ...]:
    """(name, lon_deg, lat_deg) of crossings of known streets inside the district."""
    found: list[tuple[str, float, float]] = []
    streets = [s for s in main_streets() if s.road_class > 1]
    for a, b in combinations(streets, 2):
        at = crossing_of(a.line, b.line)
        if at is not None and abs(at[0]) < _DISTRICT_X_M and abs(at[1]) < _DISTRICT_Y_M:
            ending = "口" if b.name.endswith("路") else "路口"
            found.append((f"{a.name}/{b.name}{ending}", *to_lon_lat(*at)))
    return tuple(found)


@cache
def street_samples(step_m: float = 120.0) -> tuple[tuple[str, tuple[LonLat, ...]], ...]:
    """(name, points every `step_m`) of each known street inside the district."""
    samples: list[tuple[str, tuple[LonLat, ...]]] = []
    for street in main_streets():
        points = _within(_every(street.line, step_m))
        if points:
            samples.append((street.name, points))
    return tuple(samples)


@cache
def river_axis_points(step_m: float = 200.0) -> tuple[LonLat, ...]:
    """Points along the south bank, from west to east: gauges and bank cameras stand there."""
    return _within(_every(banks()[1], step_m))


@cache
def lake_shore() -> tuple[str, tuple[LonLat, ...]]:
    return LAKE_NAME, _within(_every(lake_ring(), 120.0))


def _every(line: Line, step_m: float) -> Line:
    return points_along(line, np.arange(step_m / 2, lengths_along(line)[-1], step_m))


def _within(points: Line) -> tuple[LonLat, ...]:
    return tuple(
        to_lon_lat(x, y) for x, y in points if abs(x) <= _DISTRICT_X_M and abs(y) <= _DISTRICT_Y_M
    )
