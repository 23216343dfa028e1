"""The street graph as arrays to move on: where an edge leads, and which edges leave a node."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.standin.basemap.frame import Line

_LIKED = np.array([0.0, 2.0, 3.0, 3.0, 2.0, 0.6])  # how readily a unit turns into a class


class Tracks:
    """Edges by number; half edges leave a node forward (even) or backward (odd)."""

    def __init__(self, arrays: dict[str, NDArray[Any]]) -> None:
        self.rank = arrays["edge_class"].astype(np.int64)
        self.length_m = arrays["edge_length"].astype(np.float64)
        self._start, self._end = arrays["edge_start"], arrays["edge_end"]
        self._vertex = arrays["vertex"]
        self._edge_first = arrays["edge_first"]
        step = np.hypot(*np.diff(self._vertex, axis=0).T)
        self._along = np.concatenate([[0.0], np.cumsum(step)])
        self._first = self._along[arrays["edge_first"][:-1]]
        edges = np.arange(len(self.rank))
        node = np.concatenate([self._start, self._end])
        half = np.concatenate([edges * 2, edges * 2 + 1])
        order = np.argsort(node, kind="stable")
        self._half = half[order]
        self._first_half = np.searchsorted(node[order], np.arange(len(arrays["node"]) + 1))

    def ends(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Start and end node of every edge."""
        return self._start, self._end

    def nearest(self, spot: tuple[float, float]) -> tuple[int, float]:
        """The edge whose vertex is nearest to x, y, and how far along it that is, in m."""
        away = np.hypot(*(self._vertex - spot).T)
        vertex = int(np.argmin(away))
        edge = int(np.searchsorted(self._edge_first, vertex, side="right")) - 1
        return edge, float(self._along[vertex] - self._first[edge])

    def end_node(self, edge: NDArray[Any], forward: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Where each unit arrives."""
        return np.where(forward, self._end[edge], self._start[edge])

    def leave(
        self, node: NDArray[np.int64], came: NDArray[Any], rng: np.random.Generator
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """An edge out of each node and whether it is driven forward; back only in a dead end."""
        first, last = self._first_half[node], self._first_half[node + 1]
        count = int((last - first).max())
        choice = np.minimum(first[:, None] + np.arange(count), len(self._half) - 1)
        half = self._half[choice]
        weight = _LIKED[self.rank[half // 2]]
        weight = np.where(half // 2 == came[:, None], 1e-6, weight)
        weight = np.where(first[:, None] + np.arange(count) < last[:, None], weight, 0.0)
        total = weight.cumsum(axis=1)
        pick = (rng.random(len(node))[:, None] * total[:, -1:] >= total).sum(axis=1)
        taken = half[np.arange(len(node)), np.minimum(pick, count - 1)]
        return taken // 2, taken % 2 == 0

    def place(self, edge: NDArray[Any], at_m: NDArray[np.float64]) -> tuple[Line, Line]:
        """x, y on the middle of the street, and the unit direction of the edge there."""
        inner = np.clip(at_m, 0.3, np.maximum(self.length_m[edge] - 0.3, 0.3))
        s = self._first[edge] + inner
        here, ahead, behind = (self._point(s + shift) for shift in (0.0, 0.25, -0.25))
        step = ahead - behind
        return here, step / np.maximum(np.hypot(*step.T), 1e-9)[:, None]

    def _point(self, s: NDArray[np.float64]) -> Line:
        x, y = (np.interp(s, self._along, self._vertex[:, axis]) for axis in (0, 1))
        return np.column_stack([x, y])
