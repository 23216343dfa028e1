"""The quickest way along the streets from where a unit is to a place."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from desktop.standin.tracks import Tracks

_SHUT_S = 3600.0  # through a shut street only where there is no other way
Leg = tuple[int, bool]
"""An edge, and whether it is driven forward."""


@dataclass
class Route:
    """`legs` after the present edge; the last one ends `stop_m` along it from its start."""

    legs: list[Leg]
    stop_m: float


class Routes:
    """`speed_m_s` by class of street; both ways everywhere, as with the blue light."""

    def __init__(self, tracks: Tracks, nodes: int, speed_m_s: NDArray[np.float64]) -> None:
        self._tracks, self._nodes = tracks, nodes
        self.time_s = tracks.length_m / np.maximum(speed_m_s[tracks.rank], 1.0)
        self._shut: frozenset[int] = frozenset()
        self._graph, self._edge_of = self._joined()
        self._tree = lru_cache(maxsize=256)(self._tree_to)

    def shut(self, edges: frozenset[int]) -> bool:
        """The streets that are shut from now on; False where they are the same as before."""
        if edges == self._shut:
            return False
        self._shut = edges
        self._graph, self._edge_of = self._joined()
        self._tree.cache_clear()
        return True

    def _joined(self) -> tuple[csr_array, dict[tuple[int, int], int]]:
        """Of parallel streets the quicker one."""
        start, end = self._tracks.ends()
        time_s = self.time_s.copy()
        time_s[list(self._shut)] += _SHUT_S
        edge_of: dict[tuple[int, int], int] = {}
        for edge, (a, b) in enumerate(zip(start.tolist(), end.tolist(), strict=True)):
            pair = (min(a, b), max(a, b))
            known = edge_of.get(pair)
            if a != b and (known is None or time_s[edge] < time_s[known]):
                edge_of[pair] = edge
        pairs = np.array(list(edge_of), dtype=np.int64)
        cost = time_s[list(edge_of.values())] + 0.1
        rows, columns = np.concatenate([pairs, pairs[:, ::-1]]).T
        return csr_array((np.tile(cost, 2), (rows, columns)), (self._nodes,) * 2), edge_of

    def _tree_to(self, node: int) -> tuple[NDArray[Any], NDArray[Any]]:
        """Seconds from every node to this one, and the next node on the way."""
        return dijkstra(self._graph, indices=node, return_predecessors=True)

    def route(self, edge: int, along_m: float, goal: tuple[float, float]) -> tuple[bool, Route]:
        """Whether the present edge is left forward, and what follows.

        `goal`: x, y in m. An island that the streets do not reach: it stays where it is.
        """
        last, stop_m = self._tracks.nearest(goal)
        if last == edge:
            return stop_m >= along_m, Route([], stop_m)
        start, end = (int(side[last]) for side in self._tracks.ends())
        half = stop_m < self._tracks.length_m[last] / 2
        target = start if half else end
        seconds, following = self._tree(target)
        a, b = (int(side[edge]) for side in self._tracks.ends())
        share = along_m / max(float(self._tracks.length_m[edge]), 1e-9)
        back_s = seconds[a] + share * self.time_s[edge]
        ahead_s = seconds[b] + (1 - share) * self.time_s[edge]
        if not np.isfinite(min(back_s, ahead_s)):
            return True, Route([], along_m)
        forward = bool(ahead_s <= back_s)
        legs = self._legs(b if forward else a, target, following)
        if not legs or legs[-1][0] != last:
            legs.append((last, target == start))
        return forward, Route(legs, stop_m)

    def _legs(self, node: int, target: int, following: NDArray[Any]) -> list[Leg]:
        start, _ = self._tracks.ends()
        legs: list[Leg] = []
        while node != target:
            ahead = int(following[node])
            edge = self._edge_of[min(node, ahead), max(node, ahead)]
            legs.append((edge, int(start[edge]) == node))
            node = ahead
        return legs
