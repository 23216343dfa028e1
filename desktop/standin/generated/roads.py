"""Streets of the graph as lines to draw: edges of one street that follow each other, together."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from desktop.standin.basemap.frame import (
    Line,
    distance_to_line,
    lengths_along,
    lon_lat_list,
    points_along,
    stretch,
    thin,
)
from desktop.standin.basemap.plan import BRIDGE_NAMES, UNDERPASS_STREET
from desktop.standin.basemap.streets import main_streets

if TYPE_CHECKING:
    from desktop.standin.generated.city import GeneratedCity

_NAMED_BRIDGE_M = 150.0
_AT_THE_TUNNEL_M = 8.0
_WAYS = ("快速路", "高速", "大道", "公路", "乡道", "路", "街")


@dataclass(frozen=True)
class Run:
    """Edges of one street and class, dry or over water, end to end."""

    name: str
    rank: int
    wet: bool
    edges: tuple[int, ...]

    def line(self, city: "GeneratedCity") -> Line:
        first = city.edge_line(self.edges[0])
        return np.vstack([first, *(city.edge_line(edge)[1:] for edge in self.edges[1:])])


def runs(city: "GeneratedCity", longest_m: float = math.inf) -> Iterator[Run]:
    """All streets, the small ones first; a run is ended behind the edge that makes it `longest_m`.

    Few runs are few joints to draw; short ones can be picked by where they lie.
    """
    a = city.arrays
    street, wet = a["edge_street"].tolist(), a["edge_wet"].tolist()
    start, end, long_m = (a[f"edge_{n}"].tolist() for n in ("start", "end", "length"))
    for rank in range(5, 0, -1):
        edges = np.flatnonzero(a["edge_class"] == rank)
        order = edges[np.lexsort((a["edge_along"][edges], a["edge_street"][edges]))].tolist()
        run: list[int] = order[:1]
        length = long_m[order[0]] if order else 0.0
        for before, edge in pairwise(order):
            goes_on = street[edge] == street[before] and wet[edge] == wet[before]
            if goes_on and start[edge] == end[before] and (wet[edge] or length < longest_m):
                run.append(edge)
                length += long_m[edge]
                continue
            yield _run(city, rank, run)
            run, length = [edge], long_m[edge]
        if run:
            yield _run(city, rank, run)


def _run(city: "GeneratedCity", rank: int, edges: list[int]) -> Run:
    first = edges[0]
    name = city.words["street"][int(city.arrays["edge_street"][first])]
    return Run(name, rank, bool(city.arrays["edge_wet"][first]), tuple(edges))


def features(run: Run, line: Line, tolerance_m: float) -> Iterator[dict[str, Any]]:
    """The street; where it is over water a bridge as well, under a bridge a tunnel."""
    facts = {"kind": "road", "name": run.name, "class": run.rank, "tunnel": False,
             "id": f"road-{run.edges[0]}-{len(run.edges)}"}  # fmt: skip
    for number, (part, tunnel) in enumerate(_open_and_tunnel(run, line)):
        shape = lon_lat_list(thin(part, tolerance_m))
        own = facts | {"tunnel": True, "id": f"{facts['id']}-{number}"} if tunnel else facts
        yield _line(shape, own | ({"id": f"{facts['id']}-{number}"} if number else {}))
    if run.wet:
        shape = lon_lat_list(thin(line, tolerance_m))
        named = facts | {"kind": "bridge", "name": _bridge_name(run, line)}
        yield _line(shape, named | {"id": named["id"].replace("road", "bridge")})


def _line(coordinates: list[list[float]], properties: dict[str, Any]) -> dict[str, Any]:
    geometry = {"type": "LineString", "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


@cache
def tunnel_mouths() -> tuple[str, Line]:
    """The street of the one tunnel, and where it goes in and comes out, in m."""
    street = next(s for s in main_streets() if s.name == UNDERPASS_STREET)
    assert street.tunnel_m is not None
    return street.name, points_along(street.line, list(street.tunnel_m))


def _open_and_tunnel(run: Run, line: Line) -> list[tuple[Line, bool]]:
    """The line, or its parts before, in and behind the one tunnel of the hand-laid district."""
    if run.name != UNDERPASS_STREET:
        return [(line, False)]
    at: list[float] = []
    for mouth in tunnel_mouths()[1]:
        away, segment, place = distance_to_line(mouth, line)
        if away < _AT_THE_TUNNEL_M:
            at.append(float(lengths_along(line)[segment] + math.dist(line[segment], place)))
    if len(at) < 2:
        return [(line, False)]
    cuts = [0.0, min(at), max(at), float(lengths_along(line)[-1])]
    parts = [(stretch(line, a, b), n == 1) for n, (a, b) in enumerate(pairwise(cuts)) if b - a > 1]
    return parts


def _bridge_name(run: Run, line: Line) -> str:
    """As in the hand-laid district; else after a great street, by where its bridge lies."""
    if run.name in BRIDGE_NAMES and bool((np.abs(line) < 4_300).all()):
        return BRIDGE_NAMES[run.name]
    if run.rank > 3 or float(lengths_along(line)[-1]) < _NAMED_BRIDGE_M:
        return ""
    stem = run.name
    for way in _WAYS:
        stem = stem.removesuffix(way)
    return f"{stem}{'东' if line[:, 0].mean() > 0 else '西'}大桥"
