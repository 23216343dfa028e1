"""The layer `streets` as arrays, and the edges that the layer `closures` shuts.

What cannot be driven on (no line, no length, no number where a number must be) is left out and
counted; a place is a pair of degrees, rounded to seven decimals for being the same.
"""

from typing import Any

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from desktop.domain.geo import EARTH_RADIUS_M

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CLASS_KMH = {1: 58.0, 2: 40.0, 3: 32.0, 4: 24.0, 5: 14.0}
"""Where the layer gives no speed: what vehicles of a city service drive through crossings."""
_SLOWEST_KMH, _FASTEST_KMH = 3.0, 130.0
_MOST_VERTICES = 100_000


class _Facts(Struct):
    edge_id: str = ""
    road_class: Any = msgspec.field(default=5, name="class")
    speed_kmh: Any = None
    oneway: Any = False
    tunnel: Any = False


class _Shape(Struct):
    type: str = ""
    coordinates: list[tuple[float, ...]] = []


class _Feature(Struct):
    properties: _Facts
    geometry: _Shape


class _Collection(Struct):
    features: list[msgspec.Raw] = []


class _ClosedFacts(Struct):
    edge_id: str = ""
    reason: str = ""
    since: str = ""


class _Closed(Struct):
    properties: _ClosedFacts


class Edges(Struct, frozen=True):
    """`vertex` (n, 2) lon, lat in degrees; edge k has `vertex[first[k]:first[k + 1]]`."""

    edge_ids: tuple[str, ...]
    vertex: Floats
    first: Ints
    speed_kmh: Floats
    oneway: NDArray[np.bool_]
    tunnel: NDArray[np.bool_]
    left_out: int = 0


def read_streets(body: bytes) -> Edges:
    """Raises msgspec.DecodeError for what is no GeoJSON collection, and ValueError where nothing
    in it can be driven on: no street graph is not a city without ways.
    """
    decode = msgspec.json.Decoder(_Feature).decode
    rows: list[_Feature] = []
    raws = msgspec.json.decode(body, type=_Collection).features
    for raw in raws:
        try:
            row = decode(raw)
        except msgspec.DecodeError:
            continue
        if _is_usable(row):
            rows.append(row)
    if not rows:
        raise ValueError("no street that can be driven on")
    return _edges(rows, len(raws) - len(rows))


def _is_usable(row: _Feature) -> bool:
    """An own name, and a line of places on the globe that goes somewhere."""
    line = row.geometry.coordinates
    if not row.properties.edge_id or row.geometry.type != "LineString":
        return False
    if not 2 <= len(line) <= _MOST_VERTICES or any(len(place) < 2 for place in line):
        return False
    inside = all(abs(place[0]) <= 180 and abs(place[1]) <= 89 for place in line)
    return inside and any(place[:2] != line[0][:2] for place in line)


def _edges(rows: list[_Feature], left_out: int) -> Edges:
    counts = [len(row.geometry.coordinates) for row in rows]
    flat = [place[:2] for row in rows for place in row.geometry.coordinates]
    facts = [row.properties for row in rows]
    return Edges(
        tuple(fact.edge_id for fact in facts),
        np.round(np.array(flat, dtype=np.float64).reshape(-1, 2), 7),
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        np.array([_speed_kmh(fact) for fact in facts], dtype=np.float64),
        np.array([fact.oneway is True for fact in facts], dtype=np.bool_),
        np.array([fact.tunnel is True for fact in facts], dtype=np.bool_),
        left_out,
    )


def _speed_kmh(fact: _Facts) -> float:
    given = fact.speed_kmh
    if isinstance(given, int | float) and _SLOWEST_KMH <= given <= _FASTEST_KMH:
        return float(given)
    rank = fact.road_class
    return CLASS_KMH.get(rank if isinstance(rank, int) else 5, CLASS_KMH[5])


class Closure(Struct, frozen=True):
    """One shut edge; `reason` and `since` as the platform words them."""

    edge_id: str
    reason: str
    since: str


def read_closures(body: bytes | None) -> tuple[Closure, ...]:
    """Empty without the layer. Raises msgspec.DecodeError for what is no collection."""
    if not body:
        return ()
    found: dict[str, Closure] = {}
    for raw in msgspec.json.decode(body, type=_Collection).features:
        try:
            facts = msgspec.json.decode(raw, type=_Closed).properties
        except msgspec.DecodeError:
            continue
        if facts.edge_id:
            found[facts.edge_id] = Closure(facts.edge_id, facts.reason, facts.since)
    return tuple(found.values())


def metres(places: Floats, origin: Floats) -> Floats:
    """x east, y north of `origin` (lon, lat); good for a city: 1 part in 1,000 over 100 km."""
    scale = np.radians(1.0) * EARTH_RADIUS_M * np.array([np.cos(np.radians(origin[1])), 1.0])
    return (places - origin) * scale
