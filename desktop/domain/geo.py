"""Geometry on the ground. Coordinates are lon_deg, lat_deg in this order, CGCS2000."""

import math
from typing import Annotated

import msgspec

EARTH_RADIUS_M = 6_371_008.8
CELL_DEG = 0.005
CELLS_PER_ROW = 72_000

Longitude = Annotated[float, msgspec.Meta(ge=-180, le=180)]
Latitude = Annotated[float, msgspec.Meta(ge=-90, le=90)]


def distance_m(lon_a_deg: float, lat_a_deg: float, lon_b_deg: float, lat_b_deg: float) -> float:
    """Great-circle distance (haversine on the mean radius), error below 0.6 %."""
    lat_a, lat_b = math.radians(lat_a_deg), math.radians(lat_b_deg)
    half_lat = (lat_b - lat_a) / 2
    half_lon = math.radians(lon_b_deg - lon_a_deg) / 2
    h = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(h)))


def cell_of(lon_deg: float, lat_deg: float) -> int:
    """Number of the 0.005 degree cell of a place (about 500 m); a row of cells is contiguous."""
    row = math.floor((lat_deg + 90.0) / CELL_DEG)
    return row * CELLS_PER_ROW + math.floor((lon_deg + 180.0) / CELL_DEG)


def cell_runs(
    west_deg: float, south_deg: float, east_deg: float, north_deg: float
) -> list[tuple[int, int]]:
    """First and last cell of each row of a box, from the south."""
    first, last = cell_of(west_deg, south_deg), cell_of(east_deg, south_deg)
    rows = cell_of(west_deg, north_deg) // CELLS_PER_ROW - first // CELLS_PER_ROW + 1
    return [(first + k * CELLS_PER_ROW, last + k * CELLS_PER_ROW) for k in range(max(0, rows))]
