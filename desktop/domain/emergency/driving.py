"""The way of a crew that is under way: by the streets that are open and not under water now."""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from desktop.domain.emergency.dispatch import Crew, Site
from desktop.domain.emergency.flooding import flooded_edges
from desktop.domain.emergency.street_graph import StreetGraph
from desktop.domain.emergency.street_text import read_closures, read_streets
from desktop.domain.emergency.streets import OpenStreets
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point

Place = tuple[float, float]  # lon_deg, lat_deg
Line = tuple[Place, ...]


class Drive(NamedTuple):
    """`minutes` None: every way there is shut. `line` from the crew to the site."""

    minutes: float | None
    line: Line = ()


class Shut(NamedTuple):
    """A street that nobody drives through now; `reason` in the operator's words."""

    line: Line
    reason: str


@lru_cache(maxsize=1)
def kept_graph(streets: bytes) -> StreetGraph:
    """One for the whole process, made anew for another edition of the layer. Blocks for a second.

    Raises msgspec.DecodeError and ValueError as read_streets does.
    """
    graph = StreetGraph(read_streets(streets))
    graph.make_ready()
    return graph


class Roads:
    """The graph under the closures of a moment. Everything here blocks: beside the GUI loop."""

    def __init__(self, graph: StreetGraph, shut: Mapping[str, str]) -> None:
        """`shut`: edge_id → why."""
        self.graph, self.reasons = graph, dict(shut)
        self._streets = OpenStreets(graph, shut)
        self.shut = tuple(
            Shut(_whole(graph, number), shut[graph.edges.edge_ids[number]])
            for number in graph.numbers(shut).tolist()
        )

    def drives(self, pairs: Iterable[tuple[Place, Place]]) -> list[Drive]:
        """From the first place of each pair to the second; one search for each, so that other
        threads may run between them."""
        return [self._drive(start, goal) for start, goal in pairs]

    def minutes_to(self, goal: Place, starts: Sequence[Place]) -> list[float | None]:
        """From many places to one; None where every way is shut."""
        if not starts:
            return []
        found = self._streets.eta_min([_site(goal)], [_crew(one) for one in starts])[0].tolist()
        return [one if math.isfinite(one) else None for one in found]

    def _drive(self, start: Place, goal: Place) -> Drive:
        way = self._streets.way(_site(goal), _crew(start))
        return Drive(way.minutes, way.line) if way is not None else Drive(None)


def shut_edges(
    graph: StreetGraph,
    closures: bytes | None,
    points: Sequence[Point],
    level_m: Mapping[str, float],
) -> dict[str, str]:
    """edge_id → why: what the platform has shut, and what is under water by this desk's readings.

    `level_m`: point_id → m, only readings that are fresh. A layer that cannot be read shuts
    nothing.
    """
    flooded = flooded_edges(graph, points, level_m)
    try:
        closed = {one.edge_id: one.reason for one in read_closures(closures)}
    except msgspec.DecodeError:
        closed = dict[str, str]()
    return flooded | closed


def left_of(line: Line, here: Place) -> Line:
    """What is still before a crew that has moved on since its way was found."""
    if len(line) < 2:
        return line
    lon_scale = math.cos(math.radians(here[1]))

    def square(number: int) -> float:
        lon, lat = line[number]
        return ((lon - here[0]) * lon_scale) ** 2 + (lat - here[1]) ** 2

    near = min(range(len(line) - 1), key=square)
    return (here, *line[near + 1 :])


def _whole(graph: StreetGraph, edge: int) -> Line:
    return tuple(graph.line(edge, 0.0, float(graph.length_m[edge])))


def _site(place: Place) -> Site:
    return Site(site_id="", name="", level=WarningLevel.RED, lon_deg=place[0], lat_deg=place[1])


def _crew(place: Place) -> Crew:
    return Crew(unit_id="", name="", skills=(), lon_deg=place[0], lat_deg=place[1])
