"""Places beside the streets: an edge of the graph, how far along it, on which side."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.standin.basemap.frame import Line

_CLEAR_OF_ENDS_M = 11.0


@dataclass(frozen=True)
class Spots:
    """n places: edge, metres along it, position, and the face they stand in."""

    edge: NDArray[np.int32]
    at_m: NDArray[np.float64]
    left: NDArray[np.bool_]
    place: Line
    face: NDArray[np.int32]
    heading_deg: NDArray[np.float64]

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        return {
            f"{name}_edge": self.edge,
            f"{name}_at": self.at_m.astype(np.float32),
            f"{name}_left": self.left,
            f"{name}_place": self.place,
            f"{name}_face": self.face,
            f"{name}_heading": self.heading_deg.astype(np.float32),
        }


class Kerbs:
    """Finds places beside the streets of the built graph."""

    def __init__(self, arrays: dict[str, NDArray[Any]]) -> None:
        self._a = arrays
        self._vertex = arrays["vertex"]
        step = np.hypot(*np.diff(self._vertex, axis=0).T)
        self._along = np.concatenate([[0.0], np.cumsum(step)])
        self._start = self._along[arrays["edge_first"][:-1]]
        self._fence = Fence(arrays, "district")

    def beside(
        self,
        edge: NDArray[Any],
        at_m: NDArray[np.float64],
        left: NDArray[np.bool_],
        offset_m: NDArray[np.float64] | float,
    ) -> Spots:
        """Places `offset_m` from the middle of the street, clear of its ends where it is long.

        A place that so comes over the border of its district moves onto its own kerb.
        """
        length = self._a["edge_length"][edge]
        clear = np.minimum(_CLEAR_OF_ENDS_M, length / 2)
        at_m = np.clip(at_m, clear, length - clear)
        s = self._start[edge] + at_m
        here, ahead = self._point(s), self._point(s + 0.5)
        behind = self._point(s - 0.5)
        step = ahead - behind
        step /= np.maximum(np.hypot(*step.T), 1e-9)[:, None]
        side = np.where(left, 1.0, -1.0)[:, None]
        normal = np.column_stack([-step[:, 1], step[:, 0]]) * side
        offset = np.broadcast_to(np.asarray(offset_m, float), (len(edge),))[:, None]
        face = np.where(left, self._a["edge_left"][edge], self._a["edge_right"][edge])
        place = here + normal * offset
        district = self._a["face_district"][face]
        astray = self._fence.area_at(place) != district
        place[astray] = here[astray] + normal[astray] * 0.6
        lost = self._fence.area_at(place) != district  # in a sharp corner: to the edge's middle
        if lost.any() and not np.allclose(at_m[lost], length[lost] / 2):
            middle = np.where(lost, length / 2, at_m)
            return self.beside(edge, middle, left, np.where(lost, 0.6, offset[:, 0]))
        heading = np.degrees(np.arctan2(step[:, 0], step[:, 1])) % 360
        return Spots(edge.astype(np.int32), at_m, left, place, face.astype(np.int32), heading)

    def _point(self, s: NDArray[np.float64]) -> Line:
        x, y = (np.interp(s, self._along, self._vertex[:, axis]) for axis in (0, 1))
        return np.column_stack([x, y])

    def along(
        self,
        rng: np.random.Generator,
        weight: NDArray[np.float64],
        count: int,
        offset_m: float,
    ) -> Spots:
        """`count` places, as many on each edge as its weight asks, at even distances."""
        total = np.cumsum(weight)
        at = (np.arange(count) + rng.uniform(0.1, 0.9, count)) * (total[-1] / count)
        last = int(np.flatnonzero(weight)[-1])
        edge = np.minimum(np.searchsorted(total, at, side="right"), last)
        share = (at - (total[edge] - weight[edge])) / np.maximum(weight[edge], 1e-9)
        return self.beside(
            edge, share * self._a["edge_length"][edge], rng.random(count) < 0.5, offset_m
        )


class Fence:
    """Says exactly in which area of a level points lie, by scan lines of 100 m."""

    def __init__(self, arrays: dict[str, NDArray[Any]], level: str) -> None:
        first, ring = arrays[f"{level}_ring_first"], arrays[f"{level}_ring"]
        of = arrays[f"{level}_ring_of"]
        starts, ends, owner = [], [], []
        for number, (a, b) in enumerate(pairwise(first)):
            part = ring[a:b]
            starts.append(part)
            ends.append(np.vstack([part[1:], part[:1]]))
            owner.append(np.full(len(part), of[number]))
        self._start, self._end = np.vstack(starts), np.vstack(ends)
        self._owner = np.concatenate(owner)
        self._areas = int(of.max()) + 1

    def area_at(self, points: Line) -> NDArray[np.int64]:
        """Number of the area of each point, -1 for none."""
        found = np.full(len(points), -1)
        bin_of = np.floor(points[:, 1] / 100.0).astype(int)
        low = np.floor(np.minimum(self._start[:, 1], self._end[:, 1]) / 100.0).astype(int)
        high = np.floor(np.maximum(self._start[:, 1], self._end[:, 1]) / 100.0).astype(int)
        for row in np.unique(bin_of):
            mine = np.flatnonzero(bin_of == row)
            edges = np.flatnonzero((low <= row) & (high >= row))
            y, x = points[mine, 1][:, None], points[mine, 0][:, None]
            (x1, y1), (x2, y2) = self._start[edges].T, self._end[edges].T
            crosses = (y1 > y) != (y2 > y)
            with np.errstate(divide="ignore", invalid="ignore"):
                hit = crosses & (x < x1 + (y - y1) / (y2 - y1) * (x2 - x1))
            for area in np.unique(self._owner[edges]):
                odd = hit[:, self._owner[edges] == area].sum(axis=1) % 2 == 1
                found[mine[odd]] = area
        return found
