"""In which 街道 a camera stands: the rows of the register have none, the area layer has outlines.

A camera at the edge of a road may lie a few metres outside of its district: then the nearest
outline of the district counts.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from desktop.domain.camera_tree import NOWHERE

LAYER = "subdistricts"
_ID, _PARENT = "subdistrict_id", "district_id"
_NEAR_DEG = 0.01  # about 1 km
_AT_ONCE = 200_000  # comparisons in one go: a few ms of a worker thread
_BAND = 64  # places of neighbouring latitude that are looked at together

Floats = NDArray[np.float64]


class Street(NamedTuple):
    street_id: str
    name: str
    district_id: str
    rings: tuple[Floats, ...]  # closed, holes too: a point inside crosses them an odd time


class _Geometry(msgspec.Struct):
    type: str = ""
    coordinates: Any = None


class _Feature(msgspec.Struct):
    properties: dict[str, Any] = {}
    geometry: _Geometry | None = None


class _Collection(msgspec.Struct):
    features: list[_Feature] = []


def read_streets(body: bytes | None) -> list[Street]:
    """Empty where the layer is not mirrored or cannot be read."""
    try:
        features = msgspec.json.decode(body, type=_Collection).features if body else []
    except msgspec.MsgspecError:
        return []
    made: list[Street] = []
    for feature in features:
        facts, rings = feature.properties, _rings(feature.geometry)
        street_id, name = facts.get(_ID), facts.get("name")
        if isinstance(street_id, str) and street_id and rings:
            parent = facts.get(_PARENT)
            named = name if isinstance(name, str) and name else street_id
            made.append(Street(street_id, named, parent if isinstance(parent, str) else "", rings))
    return made


def _rings(geometry: _Geometry | None) -> tuple[Floats, ...]:
    if geometry is None or geometry.type not in ("Polygon", "MultiPolygon"):
        return ()
    try:
        polygons = geometry.coordinates
        polygons = [polygons] if geometry.type == "Polygon" else polygons
        rings = [np.asarray(ring, dtype=np.float64)[:, :2] for one in polygons for ring in one]
    except (TypeError, ValueError, IndexError):
        return ()
    return tuple(ring for ring in rings if len(ring) >= 4)


def streets_at(
    streets: Sequence[Street], lon_deg: Floats, lat_deg: Floats, district: NDArray[np.object_]
) -> NDArray[np.int64]:
    """Of each place the number of its street, -1 where none is near."""
    found = np.full(len(lon_deg), -1)
    for number, street in enumerate(streets):
        low = np.min([ring.min(axis=0) for ring in street.rings], axis=0)
        high = np.max([ring.max(axis=0) for ring in street.rings], axis=0)
        boxed = (lon_deg >= low[0]) & (lon_deg <= high[0])
        boxed &= (lat_deg >= low[1]) & (lat_deg <= high[1]) & (found < 0)
        boxed &= (district == street.district_id) | (district == NOWHERE)
        places = np.flatnonzero(boxed)
        inside = _inside(street.rings, lon_deg[places], lat_deg[places])
        found[places[inside]] = number
    _nearest(streets, lon_deg, lat_deg, district, found)
    return found


def _inside(rings: tuple[Floats, ...], lon: Floats, lat: Floats) -> NDArray[np.bool_]:
    """Even-odd rule over all rings of an area; by bands of latitude, few edges cross one."""
    edges = np.concatenate([np.hstack([ring[:-1], ring[1:]]) for ring in rings])
    edges = edges[edges[:, 1] != edges[:, 3]]  # along a band: never crossed
    low, high = edges[:, [1, 3]].min(axis=1), edges[:, [1, 3]].max(axis=1)
    inside = np.zeros(len(lon), dtype=bool)
    order = np.argsort(lat)
    for first in range(0, len(order), _BAND):
        some = order[first : first + _BAND]
        at_lon, at_lat = lon[some, None], lat[some, None]
        x, y, next_x, next_y = edges[(low <= at_lat[-1]) & (high > at_lat[0])].T
        spans = (y <= at_lat) != (next_y <= at_lat)
        left = at_lon < x + (next_x - x) / (next_y - y) * (at_lat - y)
        inside[some] = np.sum(spans & left, axis=1) % 2 == 1
    return inside


def _nearest(
    streets: Sequence[Street], lon: Floats, lat: Floats, district: NDArray[np.object_], found: Any
) -> None:
    """Of what is inside none: the nearest outline of its district, if it is near."""
    for name in {street.district_id for street in streets}:
        left = np.flatnonzero((found < 0) & (district == name))
        if not len(left):
            continue
        mine = [(k, street) for k, street in enumerate(streets) if street.district_id == name]
        rings = [(k, ring) for k, street in mine for ring in street.rings]
        edges = np.concatenate([np.hstack([ring[:-1], ring[1:]]) for _, ring in rings])
        owner = np.concatenate([np.full(len(ring) - 1, k) for k, ring in rings])
        step = max(1, _AT_ONCE // len(edges))
        for first in range(0, len(left), step):
            some = left[first : first + step]
            away = _away(edges, lon[some, None], lat[some, None])
            best = away.argmin(axis=1)
            near = away[np.arange(len(some)), best] <= _NEAR_DEG
            found[some[near]] = owner[best[near]]


def _away(edges: Floats, lon: Floats, lat: Floats) -> Floats:
    """Degrees from each place to each edge."""
    x, y, next_x, next_y = edges.T
    step_x, step_y = next_x - x, next_y - y
    length = step_x**2 + step_y**2
    along = ((lon - x) * step_x + (lat - y) * step_y) / np.where(length == 0, 1.0, length)
    along = np.clip(along, 0.0, 1.0)
    return np.hypot(x + along * step_x - lon, y + along * step_y - lat)
