"""Minutes by street from every crew to every site, and the way of one of them on the map.

The graph is made of the layer `streets`; closed and flooded streets are not driven through, but
one may drive up to a site that lies on one. Without the layer there is a plain estimate, marked.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desktop.domain.emergency.dispatch import Crew, Site
from desktop.domain.emergency.scipy_calls import (
    Graph,
    graph,
    least_costs,
    least_costs_and_before,
)
from desktop.domain.emergency.street_graph import Spot, StreetGraph
from desktop.domain.emergency.street_text import Floats, Ints
from desktop.domain.geo import EARTH_RADIUS_M

__all__ = ("OpenStreets", "Reached", "StreetGraph", "Way", "plain_eta_min", "rain_factor")

PLAIN_FACTOR, PLAIN_KMH = 1.3, 25.0
"""Of the plain estimate: streets are so much longer than the straight line, and so fast."""
BESIDE_M = 40.0
"""So near to an end of a closed street one stands at the crossing, not in the street."""
_ACCESS_KMH = 12.0  # from where one stands to the street
_FEW_SHUT = 8  # with more it is quicker to search anew
_SAME_MIN = 1e-6
# Share of the dry speed left in rain of so many mm/h. An assumption, to be fitted to a city's own
# trips: arterials lose 10 to 25 % in rain (FHWA, from memory); steps near the usual hourly grades.
_RAIN = ((0.1, 1.0), (2.5, 0.95), (8.0, 0.9), (16.0, 0.85), (50.0, 0.78))
_RAIN_MOST = 0.7

Bools = NDArray[np.bool_]


def rain_factor(rain_mm_h: float) -> float:
    """1 when dry; 0.7 in a cloudburst."""
    return next((factor for most, factor in _RAIN if rain_mm_h <= most), _RAIN_MOST)


def plain_eta_min(sites: Sequence[Site], crews: Sequence[Crew]) -> Floats:
    """(sites, crews): straight line x 1.3 at 25 km/h; NaN positions are not reached."""
    (lon, lat), (from_lon, from_lat) = (np.radians(_places(rows)).T for rows in (sites, crews))
    half_lat, half_lon = (lat[:, None] - from_lat) / 2, (lon[:, None] - from_lon) / 2
    square = np.sin(half_lat) ** 2 + np.cos(lat)[:, None] * np.cos(from_lat) * np.sin(half_lon) ** 2
    km = 2 * EARTH_RADIUS_M / 1000 * np.arcsin(np.sqrt(np.minimum(square, 1.0)))
    return np.where(np.isfinite(km), km * PLAIN_FACTOR / PLAIN_KMH * 60, np.inf)


@dataclass(frozen=True)
class Way:
    """`line`: lon, lat in degrees from the crew to the site."""

    minutes: float
    line: tuple[tuple[float, float], ...]


class OpenStreets:
    """The graph as it can be driven on now: without `closed` edges, slower in the rain."""

    def __init__(
        self, graph: StreetGraph, closed: Collection[str] = (), rain_mm_h: float = 0.0
    ) -> None:
        self.graph = graph
        self.closed = np.zeros(len(graph), dtype=np.bool_)
        self.closed[graph.numbers(closed)] = True
        self.minutes = graph.minutes / rain_factor(rain_mm_h)

    @cached_property
    def _links(self) -> tuple[Ints, Ints, Floats, Ints]:
        """Node, the node before it on the way, minutes, edge; of parallel ones the fastest."""
        g = self.graph
        forward = np.flatnonzero(~self.closed & (g.start != g.end))
        back = forward[~g.edges.oneway[forward]]
        edge = np.concatenate([forward, back])
        to = np.concatenate([g.end[forward], g.start[back]])
        of = np.concatenate([g.start[forward], g.end[back]])
        order = np.lexsort((self.minutes[edge], of, to))
        to, of, edge = to[order], of[order], edge[order]
        first = np.ones(len(to), dtype=np.bool_)
        first[1:] = (to[1:] != to[:-1]) | (of[1:] != of[:-1])
        return to[first], of[first], self.minutes[edge[first]], edge[first]

    def eta_min(self, sites: Sequence[Site], crews: Sequence[Crew]) -> Floats:
        """(sites, crews) in minutes; inf where no way is open."""
        return self.reach(sites, crews).eta_min

    def reach(self, sites: Sequence[Site], crews: Sequence[Crew]) -> "Reached":
        """The same, to be carried on when a street is shut meanwhile."""
        at, by = self.graph.snap(_places(sites)), self.graph.snap(_places(crews))
        return Reached(self, at, by, self.searched(at, range(len(sites))))

    def searched(self, at: Spot, rows: Sequence[int]) -> dict[int, Floats]:
        """Row → minutes from every node; one search for each, so that other threads may run."""
        if not len(self.graph):
            return {row: np.zeros(0) for row in rows}
        matrix, sources = self._reversed(at)
        return {row: least_costs(matrix, sources[row]) for row in rows}

    def matrix(self, at: Spot, by: Spot, to_sites: Mapping[int, Floats]) -> Floats:
        found = np.full((len(at.edge), len(by.edge)), np.inf)
        if len(self.graph):
            for row, to_site in to_sites.items():
                found[row] = self._from_node(at, row, by, to_site)
        return found

    def into(self, node: int) -> Floats:
        """Minutes from every node to one."""
        g, (to, of, minutes, _) = self.graph, self._links
        return least_costs(graph(np.maximum(minutes, 1e-9), to, of, g.nodes), node)

    def _reversed(self, at: Spot) -> tuple[Graph, list[int]]:
        """The turned graph with a node for each place, from which its edge's ends are left."""
        g, (to, of, minutes, _) = self.graph, self._links
        rows = np.flatnonzero(at.edge >= 0)
        edge = at.edge[rows]
        share = at.along_m[rows] / np.maximum(g.length_m[edge], 1e-9)
        over, oneway = self.minutes[edge], g.edges.oneway[edge]
        over_start, over_end = self._open_ends(edge, at.along_m[rows])
        loop = g.start[edge] == g.end[edge]
        both = over_end & ~oneway & ~loop  # a pair of nodes is named once
        share = np.where(loop & ~oneway, np.minimum(share, 1 - share), share)
        node = g.nodes + np.arange(len(at.edge))
        tails = np.concatenate([to, node[rows[over_start]], node[rows[both]]])
        heads = np.concatenate([of, g.start[edge[over_start]], g.end[edge[both]]])
        there, back = share * over, (1 - share) * over
        costs = np.concatenate([minutes, there[over_start], back[both]])
        size = g.nodes + len(at.edge)
        # Zero would be read as no link at all.
        return graph(np.maximum(costs, 1e-9), tails, heads, size), node.tolist()

    def _open_ends(self, edge: Ints, along_m: Floats) -> tuple[Bools, Bools]:
        """Over which ends, start and end, a place on each edge is come to.

        On a closed one not from the far end to a place beside the near one: that is through it.
        """
        g = self.graph
        near_start, near_end = along_m < BESIDE_M, g.length_m[edge] - along_m < BESIDE_M
        shut = self.closed[edge]
        return ~(shut & near_end & ~near_start), ~(shut & near_start & ~near_end)

    def _from_node(self, at: Spot, row: int, by: Spot, to_site: Floats) -> Floats:
        """Minutes of each crew to the site of `row`."""
        access = (at.away_m[row] + by.away_m) / 1000 / _ACCESS_KMH * 60
        near = (by.edge >= 0) & (at.edge[row] >= 0)
        return np.where(near, self.driven(at, row, by, to_site) + access, np.inf)

    def driven(self, at: Spot, row: int, by: Spot, to_site: Floats) -> Floats:
        """From street to street."""
        ways = *self.leaving(by, to_site), self._along(at, row, by)
        return np.vstack(ways).min(axis=0)

    def leaving(self, by: Spot, to_goal: Floats) -> tuple[Floats, Floats]:
        """Minutes to a goal onward over the end of the crew's edge, and back over its start."""
        g, edge = self.graph, np.maximum(by.edge, 0)
        share = by.along_m / np.maximum(g.length_m[edge], 1e-9)
        oneway, over = g.edges.oneway[edge], self.minutes[edge]
        over_start, over_end = self._open_ends(edge, by.along_m)
        onward = np.where(over_end, (1 - share) * over + to_goal[g.end[edge]], np.inf)
        back = np.where(oneway | ~over_start, np.inf, share * over + to_goal[g.start[edge]])
        return onward, back

    def _along(self, at: Spot, row: int, by: Spot) -> Floats:
        """On one and the same edge."""
        g, edge = self.graph, np.maximum(by.edge, 0)
        ahead = at.along_m[row] - by.along_m
        along = np.abs(ahead) / np.maximum(g.length_m[edge], 1e-9) * self.minutes[edge]
        same = (edge == at.edge[row]) & ((ahead >= 0) | ~g.edges.oneway[edge])
        return np.where(same, along, np.inf)

    def way(self, site: Site, crew: Crew) -> Way | None:
        """None where no way is open."""
        return self.ways([(site, crew)])[0]

    def ways(self, pairs: Sequence[tuple[Site, Crew]]) -> list[Way | None]:
        """Of many at once; one search for each."""
        if not len(self.graph):
            return [None] * len(pairs)
        at = self.graph.snap(_places([site for site, _ in pairs]))
        by = self.graph.snap(_places([crew for _, crew in pairs]))
        matrix, sources = self._reversed(at)
        found: list[Way | None] = []
        for row, (site, crew) in enumerate(pairs):
            here, there = by.only(row), at.only(row)
            to_site, before = least_costs_and_before(matrix, sources[row])
            minutes = float(self._from_node(there, 0, here, to_site)[0])
            line = self._line(there, here, to_site, before, sources[row]) if (
                np.isfinite(minutes)) else None  # fmt: skip
            ends = (crew.lon_deg, crew.lat_deg), (site.lon_deg, site.lat_deg)
            found.append(
                Way(minutes, _without_repeats([ends[0], *line, ends[1]])) if line else None
            )
        return found

    def _line(
        self, at: Spot, by: Spot, to_site: Floats, before: Ints, source: int
    ) -> list[tuple[float, float]]:
        """From street to street, of the only row of `at` and `by`."""
        ways = *self.leaving(by, to_site), self._along(at, 0, by)
        choice = int(np.argmin(np.vstack(ways)[:, 0]))
        g, edge, here = self.graph, int(by.edge[0]), float(by.along_m[0])
        if choice == 2:
            return g.line(edge, here, float(at.along_m[0]))
        node = int((g.end, g.start)[choice][edge])
        line = g.line(edge, here, float(g.length_m[edge]) if choice == 0 else 0.0)
        return line + self._followed(node, source, before, at)

    def _followed(
        self, node: int, source: int, before: Ints, at: Spot
    ) -> list[tuple[float, float]]:
        """From a node to the place of the only row of `at`."""
        g = self.graph
        by_ends = self._edge_of
        line: list[tuple[float, float]] = []
        while (following := int(before[node])) != source:
            edge = by_ends[node, following]
            forward = int(g.start[edge]) == node
            length = float(g.length_m[edge])
            line += g.line(edge, *((0.0, length) if forward else (length, 0.0)))
            node = following
        edge = int(at.edge[0])
        onto = 0.0 if int(g.start[edge]) == node else float(g.length_m[edge])
        return line + g.line(edge, onto, float(at.along_m[0]))

    @cached_property
    def _edge_of(self) -> dict[tuple[int, int], int]:
        """(node, the next one) → the fastest open edge."""
        to, of, _, edge = self._links
        return dict(zip(zip(of.tolist(), to.tolist(), strict=True), edge.tolist(), strict=True))


class Reached:
    """Minutes between places that stay, under streets that change. (sites, crews)"""

    def __init__(
        self, streets: OpenStreets, at: Spot, by: Spot, to_sites: dict[int, Floats]
    ) -> None:
        self.streets = streets
        self._at, self._by, self._to_sites = at, by, to_sites
        self.eta_min = streets.matrix(at, by, to_sites)

    def after(self, streets: OpenStreets) -> "Reached":
        """Under other streets; where only a few more are shut, only what led over them is
        searched again.
        """
        before, rows = self.streets, list(self._to_sites)
        shut = np.flatnonzero(streets.closed & ~before.closed).tolist()
        few = len(shut) <= _FEW_SHUT and not (before.closed & ~streets.closed).any()
        alike = streets.graph is before.graph and np.array_equal(streets.minutes, before.minutes)
        if few and alike and not set(shut) & set(self._by.edge.tolist()):
            over = [way for edge in shut for way in self._both_ways(edge)]
            rows = [row for row in rows if self._leads_over(row, shut, over)]
        fresh = streets.searched(self._at, rows) if rows else {}
        return Reached(streets, self._at, self._by, self._to_sites | fresh)

    def _both_ways(self, edge: int) -> Iterator[tuple[Floats, int]]:
        """(minutes of each crew to behind the edge, the node there)."""
        g, over = self.streets.graph, float(self.streets.minutes[edge])
        start, end = int(g.start[edge]), int(g.end[edge])
        for tail, head in ((start, end), (end, start)):
            ways = self.streets.leaving(self._by, self.streets.into(tail))
            yield np.minimum(*ways) + over, head

    def _leads_over(self, row: int, shut: list[int], over: list[tuple[Floats, int]]) -> bool:
        """Whether any crew's way to the site of a row goes over a shut edge, or ends on one."""
        if int(self._at.edge[row]) in shut:
            return True
        to_site = self._to_sites[row]
        driven = self.streets.driven(self._at, row, self._by, to_site) + _SAME_MIN
        return any(bool((there + to_site[head] <= driven).any()) for there, head in over)


def _places(rows: Sequence[Site] | Sequence[Crew]) -> Floats:
    return np.array([(row.lon_deg, row.lat_deg) for row in rows], dtype=np.float64).reshape(-1, 2)


def _without_repeats(line: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    return tuple(place for n, place in enumerate(line) if n == 0 or place != line[n - 1])
