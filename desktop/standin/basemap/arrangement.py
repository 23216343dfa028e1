"""The faces that a set of lines cuts the plane into: the raw blocks between streets."""

import math
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from desktop.standin.basemap.frame import Line, signed_area_m2

_SNAP_M = 0.75
_LEAST_FACE_M2 = 400.0


def faces_of(lines: list[Line]) -> list[Line]:
    """Rings, counter-clockwise, of the bounded faces. Lines that end in the open are pruned."""
    start, end = _segments(lines)
    nodes, links = _graph(start, end)
    _prune(links)
    return [ring for ring in _walk(nodes, links) if signed_area_m2(ring) > _LEAST_FACE_M2]


def _segments(lines: list[Line]) -> tuple[Line, Line]:
    return (
        np.vstack([line[:-1] for line in lines]),
        np.vstack([line[1:] for line in lines]),
    )


def _cuts(start: Line, end: Line) -> list[list[float]]:
    """For each segment where, between 0 and 1, other segments cross it."""
    cuts: list[list[float]] = [[0.0, 1.0] for _ in start]
    low, high = np.minimum(start, end) - _SNAP_M, np.maximum(start, end) + _SNAP_M
    along = end - start
    for i in range(len(start) - 1):
        near = (low[i + 1 :] <= high[i]).all(axis=1) & (high[i + 1 :] >= low[i]).all(axis=1)
        j = np.flatnonzero(near) + i + 1
        if not len(j):
            continue
        gap = start[j] - start[i]
        cross = along[i, 0] * along[j, 1] - along[i, 1] * along[j, 0]
        with np.errstate(divide="ignore", invalid="ignore"):
            t = (gap[:, 0] * along[j, 1] - gap[:, 1] * along[j, 0]) / cross
            u = (gap[:, 0] * along[i, 1] - gap[:, 1] * along[i, 0]) / cross
        hit = (t >= 0) & (t <= 1) & (u >= 0) & (u <= 1)
        cuts[i] += t[hit].tolist()
        for k, at in zip(j[hit], u[hit], strict=True):
            cuts[k].append(float(at))
    return cuts


def _graph(start: Line, end: Line) -> tuple[list[Line], dict[int, set[int]]]:
    nodes: list[Line] = []
    known: dict[tuple[int, int], int] = {}
    links: dict[int, set[int]] = {}

    def node_at(place: Line) -> int:
        cell = (round(place[0] / _SNAP_M), round(place[1] / _SNAP_M))
        if cell not in known:
            known[cell] = len(nodes)
            nodes.append(place)
        return known[cell]

    for s, e, at in zip(start, end, _cuts(start, end), strict=True):
        row = [node_at(s + t * (e - s)) for t in sorted(at)]
        for a, b in pairwise(row):
            if a != b:
                links.setdefault(a, set()).add(b)
                links.setdefault(b, set()).add(a)
    return nodes, links


def _prune(links: dict[int, set[int]]) -> None:
    loose = [node for node, others in links.items() if len(others) == 1]
    while loose:
        node = loose.pop()
        for other in links.pop(node, set()):
            links[other].discard(node)
            if len(links[other]) == 1:
                loose.append(other)


def _walk(nodes: list[Line], links: dict[int, set[int]]) -> list[Line]:
    """Follows each side of each link once, always taking the sharpest turn to the left."""
    turn: dict[int, list[int]] = {}
    for node, others in links.items():
        x, y = nodes[node]
        bearing = {o: math.atan2(nodes[o][1] - y, nodes[o][0] - x) for o in others}
        turn[node] = sorted(others, key=bearing.__getitem__)
    unused = {(a, b): None for a in sorted(links) for b in sorted(links[a])}  # in this order
    rings: list[NDArray[np.float64]] = []
    while unused:
        ring, step = [], next(iter(unused))
        while step in unused:
            del unused[step]
            ring.append(step[0])
            here = step[1]
            around = turn[here]
            step = (here, around[around.index(step[0]) - 1])
        rings.append(np.array([nodes[node] for node in ring]))
    return rings
