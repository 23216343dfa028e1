"""The streets as a graph of nodes and edges, and what street lies at a place."""

from collections.abc import Collection
from functools import cached_property
from typing import NamedTuple

import numpy as np

from desktop.domain.emergency.scipy_calls import Nearest
from desktop.domain.emergency.street_text import Edges, Floats, Ints, metres

NEAR_STREET_M = 1_500.0
_SAMPLE_M = 25.0
_CANDIDATES = 8


class Spot(NamedTuple):
    """Places on the graph: edge (-1: none near), metres along it, metres away from it."""

    edge: Ints
    along_m: Floats
    away_m: Floats

    def only(self, row: int) -> "Spot":
        part = slice(row, row + 1)
        return Spot(self.edge[part], self.along_m[part], self.away_m[part])


class StreetGraph:
    """Nodes are the ends of edges, shared by equal coordinates. Build it beside the GUI loop."""

    def __init__(self, edges: Edges) -> None:
        self.edges = edges
        first, last = edges.first[:-1], edges.first[1:] - 1
        self.origin = edges.vertex.mean(axis=0) if len(edges.vertex) else np.zeros(2)
        self._vertex = metres(edges.vertex, self.origin)
        ends = edges.vertex[np.concatenate([first, last])]
        _, node = np.unique(ends, axis=0, return_inverse=True)
        self.start, self.end = np.split(node.reshape(-1).astype(np.int64), 2)
        self.nodes = int(node.max()) + 1 if len(node) else 0
        step = np.hypot(*np.diff(self._vertex, axis=0).T) if len(self._vertex) else np.zeros(0)
        along = np.concatenate([[0.0], np.cumsum(step)])
        self._along = along - np.repeat(along[first], np.diff(edges.first)) if len(first) else along
        self.length_m = self._along[last] if len(first) else np.zeros(0)
        self.minutes = self.length_m / 1000 / np.maximum(edges.speed_kmh, 1.0) * 60
        self._numbers = {name: number for number, name in enumerate(edges.edge_ids)}

    def __len__(self) -> int:
        return len(self.edges.edge_ids)

    def make_ready(self) -> None:
        """What the first search needs is made now, not then."""
        if len(self):
            _ = self._tree

    def numbers(self, edge_ids: Collection[str]) -> Ints:
        """Of those that the graph has."""
        known = (self._numbers.get(edge_id) for edge_id in edge_ids)
        return np.array(sorted({n for n in known if n is not None}), dtype=np.int64)

    @cached_property
    def _segments(self) -> tuple[Floats, Floats, Ints, Floats]:
        """Start and step of each straight piece, its edge, and where along that it begins."""
        inner = np.ones(len(self._vertex), dtype=np.bool_)
        inner[self.edges.first[1:] - 1] = False
        at = np.flatnonzero(inner)
        edge = np.repeat(np.arange(len(self)), np.diff(self.edges.first) - 1)
        return self._vertex[at], self._vertex[at + 1] - self._vertex[at], edge, self._along[at]

    @cached_property
    def _tree(self) -> tuple[Nearest, Ints]:
        """A place each 25 m of every piece, and which piece it is of."""
        start, step, _, _ = self._segments
        counts = (np.hypot(*step.T) // _SAMPLE_M).astype(np.int64) + 2
        piece = np.repeat(np.arange(len(start)), counts)
        turn = np.arange(len(piece)) - np.repeat(np.cumsum(counts) - counts, counts)
        share = turn / (counts[piece] - 1)
        return Nearest(start[piece] + share[:, None] * step[piece]), piece

    def snap(self, places: Floats) -> Spot:
        """The nearest street to each place (lon, lat in degrees); NaN has none."""
        count = len(places)
        none = Spot(np.full(count, -1), np.zeros(count), np.full(count, np.inf))
        known = np.flatnonzero(np.isfinite(places).all(axis=1))
        if not len(self) or not len(known):
            return none
        spots = metres(places[known], self.origin)
        tree, piece_of = self._tree
        piece = piece_of[tree.of(spots, _CANDIDATES)]
        start, step, edge, along = self._segments
        square = np.maximum((step[piece] ** 2).sum(axis=2), 1e-9)
        share = np.clip(((spots[:, None] - start[piece]) * step[piece]).sum(axis=2) / square, 0, 1)
        foot = start[piece] + share[..., None] * step[piece]
        away = np.hypot(*np.moveaxis(spots[:, None] - foot, 2, 0))
        best, rows = away.argmin(axis=1), np.arange(len(spots))
        chosen = piece[rows, best]
        metres_along = along[chosen] + share[rows, best] * np.sqrt(square[rows, best])
        inside = away[rows, best] <= NEAR_STREET_M
        none.edge[known] = np.where(inside, edge[chosen], -1)
        none.along_m[known] = metres_along
        none.away_m[known] = away[rows, best]
        return none

    def near(self, place: Floats, most_m: float, prefer_tunnels: bool = False) -> tuple[int, ...]:
        """The edge at a place (lon, lat in degrees), or the tunnels in reach; none beyond."""
        if not len(self):
            return ()
        spot = metres(place[None], self.origin)[0]
        if prefer_tunnels:
            found = [e for e in np.flatnonzero(self.edges.tunnel).tolist()
                     if self._away_m(e, spot) <= most_m]  # fmt: skip
            if found:
                return tuple(found)
        snapped = self.snap(place[None])
        edge = int(snapped.edge[0])
        return (edge,) if edge >= 0 and snapped.away_m[0] <= most_m else ()

    def _away_m(self, edge: int, spot: Floats) -> float:
        line = self._vertex[int(self.edges.first[edge]) : int(self.edges.first[edge + 1])]
        step = np.diff(line, axis=0)
        square = np.maximum((step**2).sum(axis=1), 1e-9)
        share = np.clip(((spot - line[:-1]) * step).sum(axis=1) / square, 0, 1)
        return float(np.hypot(*(line[:-1] + share[:, None] * step - spot).T).min())

    def line(self, edge: int, from_m: float, to_m: float) -> list[tuple[float, float]]:
        """Places of an edge between two distances from its start, in the order asked for."""
        first, last = int(self.edges.first[edge]), int(self.edges.first[edge + 1])
        along, places = self._along[first:last], self.edges.vertex[first:last]
        low, high = min(from_m, to_m), max(from_m, to_m)
        inner = places[(along > low) & (along < high)]
        ends = [[np.interp(at, along, places[:, axis]) for axis in (0, 1)] for at in (low, high)]
        whole = np.vstack([ends[:1], inner, ends[1:]])
        whole = np.round(whole if from_m <= to_m else whole[::-1], 7)
        return [(float(lon), float(lat)) for lon, lat in whole]
