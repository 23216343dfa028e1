"""Faces of a plane graph by half-edges: half-edge 2k runs along piece k, 2k + 1 against it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desktop.standin.basemap.frame import Line
from desktop.standin.generated.network import Ints, Plane


def component_of(count: int, links: Ints) -> Ints:
    """The least node number of the connected part of each of `count` nodes."""
    parent = np.arange(count)
    a, b = links[:, 0], links[:, 1]
    while True:
        pa, pb = parent[a], parent[b]
        if (pa == pb).all():
            return parent
        np.minimum.at(parent, np.maximum(pa, pb), np.minimum(pa, pb))
        while not (parent[parent] == parent).all():
            parent = parent[parent]


def largest_part(plane: Plane) -> NDArray[np.bool_]:
    """Which pieces belong to the largest connected part."""
    part = component_of(len(plane.nodes), plane.pieces)[plane.pieces[:, 0]]
    values, counts = np.unique(part, return_counts=True)
    return part == values[np.argmax(counts)]


def keep(plane: Plane, chosen: NDArray[np.bool_]) -> Plane:
    return Plane(plane.nodes, plane.pieces[chosen], plane.line_of[chosen], plane.along_m[chosen])


@dataclass(frozen=True)
class Mesh:
    """`plane` must be one connected part; face 0 is the outside."""

    plane: Plane

    @cached_property
    def origin(self) -> Ints:
        return self.plane.pieces.reshape(-1)

    @cached_property
    def target(self) -> Ints:
        return self.plane.pieces[:, ::-1].reshape(-1)

    @cached_property
    def following(self) -> Ints:
        """The next half-edge round the face on the left."""
        count = len(self.origin)
        step = self.plane.nodes[self.target] - self.plane.nodes[self.origin]
        angle = np.arctan2(step[:, 1], step[:, 0])
        order = np.lexsort((angle, self.origin))
        place = np.empty(count, dtype=np.int64)
        place[order] = np.arange(count)
        first = np.searchsorted(self.origin[order], self.origin, side="left")
        last = np.searchsorted(self.origin[order], self.origin, side="right") - 1
        clockwise = np.where(place == first, last, place - 1)
        turned = order[clockwise]  # of each half-edge, the next clockwise round its origin
        return turned[np.arange(count) ^ 1]

    @cached_property
    def face_of(self) -> Ints:
        """Face number on the left of each half-edge; 0 is the outside."""
        label, jump = np.arange(len(self.origin)), self.following
        for _ in range(int(np.ceil(np.log2(len(label)))) + 1):
            label = np.minimum(label, label[jump])
            jump = jump[jump]
        _, face = np.unique(label, return_inverse=True)
        face = face.reshape(-1)
        outside = int(np.argmin(self._areas(face)))
        return np.where(face == outside, 0, np.where(face < outside, face + 1, face))

    def _areas(self, face: Ints) -> NDArray[np.float64]:
        a, b = self.plane.nodes[self.origin], self.plane.nodes[self.target]
        return np.bincount(face, a[:, 0] * b[:, 1] - b[:, 0] * a[:, 1]) / 2

    @cached_property
    def area_m2(self) -> NDArray[np.float64]:
        return self._areas(self.face_of)

    @cached_property
    def centre(self) -> Line:
        a, b = self.plane.nodes[self.origin], self.plane.nodes[self.target]
        cross = a[:, 0] * b[:, 1] - b[:, 0] * a[:, 1]
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.column_stack(
                [
                    np.bincount(self.face_of, (a[:, axis] + b[:, axis]) * cross)
                    / (6 * self.area_m2)
                    for axis in (0, 1)
                ]
            )

    def outlines(self, label: Ints) -> list[list[Line]]:
        """For each label 0..n-1 of a face the rings round all its faces, the largest first.

        `label` maps each face to its label, -1 for none. Rings are open, left side inside.
        """
        of = label[self.face_of]
        twin = np.arange(len(of)) ^ 1
        border = (of != of[twin]) & (of >= 0)
        after = self.following.copy()
        inner = np.flatnonzero(border)
        step = after[inner]
        while True:  # over half-edges with the same label on both sides
            loose = ~border[step]
            if not loose.any():
                break
            step[loose] = after[step[loose] ^ 1]
        follow = dict(zip(inner.tolist(), step.tolist(), strict=True))
        rings: list[list[Line]] = [[] for _ in range(int(label.max()) + 1)]
        origin = self.origin
        while follow:
            here = next(iter(follow))
            walk: list[int] = []
            first = here
            while here in follow:
                walk.append(here)
                here = follow.pop(here)
            rings[int(of[first])].append(self.plane.nodes[origin[walk]])
        for parts in rings:
            parts.sort(key=_size, reverse=True)
        return rings


def _size(ring: Line) -> float:
    x, y = ring.T
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1)))
