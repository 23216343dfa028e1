"""Layer `streets`: the street graph to drive on; layer `closures`: which of it is shut, and why.

A street is shut while a flood point at it reads at or over its closing line (its orange one:
25 cm in an underpass, 27 cm on a street), and where somebody shut it by hand.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import msgspec
import numpy as np
from fastapi import APIRouter
from fastapi.responses import Response
from numpy.typing import NDArray
from pydantic import BaseModel

from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point
from desktop.standin.basemap.frame import Line, distance_to_line, lon_lat_list, thin
from desktop.standin.city import City
from desktop.standin.fleet import CLASS_KMH
from desktop.standin.generated import GeneratedCity
from desktop.standin.generated.roads import tunnel_mouths
from desktop.standin.water import DEAD_BAND_M, FLOOD_CLASSES, Gauge
from desktop.standin.wire import Problem, answer

_TOLERANCE_M = 2.0
_AT_THE_TUNNEL_M = 8.0
_NEAR_M = 60.0  # a flood point lies at a street no farther away
_WINDOW_M = 400.0  # vertices of a street follow each other more closely
_CLOSING_LEVEL = WarningLevel.ORANGE
_BY_HAND = "人工封闭"


def edge_id(number: int) -> str:
    return f"E-{number + 1:05d}"


def streets_geojson(city: GeneratedCity) -> dict[str, Any]:
    """One LineString for each edge; edges that meet have the same coordinates there.

    `kind`, `name` and `class` as in the base map: streets are found by name in it.
    """
    a, names = city.arrays, city.words["street"]
    tunnels = _tunnels(city)
    rows = zip(a["edge_street"].tolist(), a["edge_class"].tolist(), strict=True)
    features: list[dict[str, Any]] = []
    for number, (street, rank) in enumerate(rows):
        facts = {
            "kind": "road", "edge_id": edge_id(number), "name": names[street], "class": rank,
            "speed_kmh": float(CLASS_KMH[rank]), "oneway": False, "tunnel": number in tunnels,
        }  # fmt: skip
        features.append(_feature(city.edge_line(number), facts))
    return {"type": "FeatureCollection", "features": features}


def _feature(line: Line, facts: dict[str, Any]) -> dict[str, Any]:
    shape = {"type": "LineString", "coordinates": lon_lat_list(thin(line, _TOLERANCE_M))}
    return {"type": "Feature", "properties": facts, "geometry": shape}


def _tunnels(city: GeneratedCity) -> frozenset[int]:
    """Edges of the street of the one tunnel that lie between its mouths for the most part."""
    street, (first, last) = tunnel_mouths()
    span = float(np.hypot(*(last - first)))
    middle = (first + last) / 2
    of_street = np.flatnonzero(
        city.arrays["edge_street"] == city.words["street"].index(street)
        if street in city.words["street"] else np.zeros(len(city.arrays["edge_street"]), bool)
    )  # fmt: skip
    found: set[int] = set()
    for number in of_street.tolist():
        line = city.edge_line(number)
        away, _, _ = distance_to_line(middle, line)
        inner = np.hypot(*(line[len(line) // 2] - middle)) < span / 2
        if away < _AT_THE_TUNNEL_M or inner:
            found.add(number)
    return frozenset(found)


class _Streets:
    """Finds the edge that a place lies at."""

    def __init__(self, city: GeneratedCity) -> None:
        self._city, self._tunnels = city, _tunnels(city)
        vertex, first = city.arrays["vertex"], city.arrays["edge_first"]
        order = np.argsort(vertex[:, 0])
        self._edge = np.repeat(np.arange(len(first) - 1), np.diff(first))[order]
        self._vertex: Line = vertex[order]

    def at(self, place: Line) -> tuple[int, ...]:
        """The nearest edge; the whole tunnel where one is near; none far from all streets.

        `place` in m.
        """
        reach = (place[0] - _WINDOW_M, place[0] + _WINDOW_M)
        low, high = np.searchsorted(self._vertex[:, 0], reach)
        away = np.hypot(*(self._vertex[low:high] - place).T)
        near: NDArray[np.int64] = np.unique(self._edge[low:high][np.argsort(away)[:12]])
        lines = [(distance_to_line(place, self._city.edge_line(e))[0], e) for e in near.tolist()]
        metres, edge = min(lines, default=(np.inf, -1))
        if any(e in self._tunnels and away_m <= _NEAR_M for away_m, e in lines):
            return tuple(sorted(self._tunnels))
        return (edge,) if metres <= _NEAR_M else ()


@dataclass(frozen=True)
class Closure:
    """Of one edge. `point_id`: the gauge that shut it, empty for a hand."""

    number: int
    reason: str
    since: datetime
    point_id: str = ""


class Closures:
    """What is shut now. `look()` follows the water; it is cheap and called each second or two."""

    def __init__(self, city: City, generated: GeneratedCity) -> None:
        self._city, self._generated = city, generated
        self._by_water: dict[str, tuple[Closure, ...]] = {}
        self._by_hand: dict[int, Closure] = {}

    @cached_property
    def _edges(self) -> dict[str, tuple[int, ...]]:
        """point_id of each flood point at a street → its edges."""
        streets = _Streets(self._generated)
        found: dict[str, tuple[int, ...]] = {}
        for gauge in self._city.water.gauges.values():
            point = gauge.point
            if point.class_id in FLOOD_CLASSES and point.lon_deg is not None:
                spot = self._generated.metres(np.array([[point.lon_deg, point.lat_deg]]))[0]
                if edges := streets.at(spot):
                    found[point.point_id] = edges
        return found

    def look(self) -> None:
        """Shuts what the water has reached, opens what it has left by the dead-band."""
        for point_id, edges in self._edges.items():
            gauge = self._city.water.gauges[point_id]
            line_m = closing_line_m(gauge.point)
            if line_m is None:
                continue
            shut = point_id in self._by_water
            if not shut and gauge.measured_m >= line_m:
                reason = f"{gauge.point.name}积水，达到封闭线 {line_m * 100:.0f} cm"
                since = _reached_at(gauge, line_m) or self._city.now()
                self._by_water[point_id] = tuple(
                    Closure(edge, reason, since, point_id) for edge in edges
                )
            elif shut and gauge.measured_m < line_m - DEAD_BAND_M:
                del self._by_water[point_id]

    def shut(self, number: int, reason: str) -> None:
        self._by_hand[number] = Closure(number, reason or _BY_HAND, self._city.now())

    def open(self, number: int) -> None:
        self._by_hand.pop(number, None)

    def number_of(self, name: str) -> int:
        """Raises KeyError for what is no edge of the graph."""
        digits = name.removeprefix("E-")
        number = int(digits) - 1 if digits.isascii() and digits.isdecimal() else -1
        if not 0 <= number < len(self._generated.arrays["edge_class"]) or edge_id(number) != name:
            raise KeyError(name)
        return number

    @property
    def known(self) -> list[Closure]:
        """One for each edge, in the order of the edges; a hand's word goes before the water's."""
        by_edge = {one.number: one for many in self._by_water.values() for one in many}
        by_edge |= self._by_hand
        return [by_edge[number] for number in sorted(by_edge)]

    def geojson(self) -> bytes:
        self.look()
        names, street = self._generated.words["street"], self._generated.arrays["edge_street"]
        features = [
            _feature(
                self._generated.edge_line(one.number),
                {"edge_id": edge_id(one.number), "name": names[int(street[one.number])],
                 "reason": one.reason, "since": one.since.isoformat(timespec="seconds"),
                 "point_id": one.point_id},
            )
            for one in self.known
        ]  # fmt: skip
        return msgspec.json.encode({"type": "FeatureCollection", "features": features})


def closing_line_m(point: Point) -> float | None:
    lines = (line.value for line in point.thresholds if line.level is _CLOSING_LEVEL)
    return next(lines, None)


def _reached_at(gauge: Gauge, line_m: float) -> datetime | None:
    """When the kept course came over the line for the last time."""
    since: datetime | None = None
    for at, level_m in reversed(gauge.course):
        if level_m < line_m:
            break
        since = at
    return since


class ClosureChoice(BaseModel):
    edge_id: str
    closed: bool = True
    reason: str = ""


def closure_router(closures: Closures) -> APIRouter:
    """/control: shut or open a street by hand."""
    router = APIRouter(prefix="/control", tags=["control"])

    @router.get("/closures")
    async def read() -> Response:
        closures.look()
        rows = [{"edge_id": edge_id(one.number), "reason": one.reason, "point_id": one.point_id,
                 "since": one.since} for one in closures.known]  # fmt: skip
        return answer({"items": rows})

    @router.post("/closures", status_code=204)
    async def choose(choice: ClosureChoice) -> Response:
        try:
            number = closures.number_of(choice.edge_id)
        except KeyError:
            raise Problem(404, "no_such_edge", f"没有路段 {choice.edge_id}") from None
        if choice.closed:
            closures.shut(number, choice.reason)
        else:
            closures.open(number)
        return Response(status_code=204)

    return router
