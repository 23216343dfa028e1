"""Lines become one plane graph: they are cut where they cross, and share their nodes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.standin.basemap.frame import Line

Ints = NDArray[np.int64]
_CELL_M = 64.0
_SNAP_M = 0.5


@dataclass(frozen=True)
class Plane:
    """Nodes (n, 2); straight pieces (m, 2) of node numbers, the line each is of, and how far
    from the start of its line each begins, in m."""

    nodes: Line
    pieces: Ints
    line_of: Ints
    along_m: NDArray[np.float64]


def cut_where_they_cross(lines: list[Line]) -> Plane:
    start, end, line_of, along = _segments(lines)
    i, j, t, u = _crossings(start, end)
    place = start[i] + t[:, None] * (end[i] - start[i])
    count = len(start)
    number = np.arange(count)
    segment = np.concatenate([number, number, i, j])
    share = np.concatenate([np.zeros(count), np.ones(count), t, u])
    points = np.concatenate([start, end, place, place])
    node_of, nodes = _snapped(points)
    order = np.lexsort((share, segment))
    segment, share, node_of = segment[order], share[order], node_of[order]
    same = (segment[1:] == segment[:-1]) & (node_of[1:] != node_of[:-1])
    a, b, of = node_of[:-1][same], node_of[1:][same], segment[:-1][same]
    length = np.hypot(*(end - start).T)
    at = along[of] + share[:-1][same] * length[of]
    key = np.minimum(a, b) * np.int64(len(nodes)) + np.maximum(a, b)
    _, first = np.unique(key, return_index=True)  # where two lines share a piece the first has it
    first.sort()
    return Plane(nodes, np.column_stack([a, b])[first], line_of[of][first], at[first])


def _segments(lines: list[Line]) -> tuple[Line, Line, Ints, NDArray[np.float64]]:
    start = np.vstack([line[:-1] for line in lines])
    end = np.vstack([line[1:] for line in lines])
    line_of = np.repeat(np.arange(len(lines)), [len(line) - 1 for line in lines])
    lengths = np.hypot(*(end - start).T)
    total = np.concatenate([[0.0], np.cumsum(lengths)])
    firsts = np.concatenate([[0], np.cumsum([len(line) - 1 for line in lines])[:-1]])
    along = total[:-1] - total[firsts][line_of]
    return start, end, line_of, along


def _snapped(points: Line) -> tuple[Ints, Line]:
    cell = np.round(points / _SNAP_M).astype(np.int64)
    key = cell[:, 0] * np.int64(1_000_003) + cell[:, 1]
    _, first, number = np.unique(key, return_index=True, return_inverse=True)
    return number.reshape(-1), points[first]


def _crossings(start: Line, end: Line) -> tuple[Ints, Ints, Line, Line]:
    """Pairs i < j of segments that meet, and where on each, 0 to 1."""
    i, j = candidate_pairs(start, end)
    low, high = np.minimum(start, end), np.maximum(start, end)
    touch = ((low[i] <= high[j]) & (low[j] <= high[i])).all(axis=1)
    i, j = i[touch], j[touch]
    di, dj, gap = end[i] - start[i], end[j] - start[j], start[j] - start[i]
    cross = di[:, 0] * dj[:, 1] - di[:, 1] * dj[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        t = (gap[:, 0] * dj[:, 1] - gap[:, 1] * dj[:, 0]) / cross
        u = (gap[:, 0] * di[:, 1] - gap[:, 1] * di[:, 0]) / cross
        hit = (t >= 0) & (t <= 1) & (u >= 0) & (u <= 1)
    return i[hit], j[hit], t[hit], u[hit]


def candidate_pairs(start: Line, end: Line) -> tuple[Ints, Ints]:
    """Pairs of segments that share a cell of 64 m, each once."""
    length = np.hypot(*(end - start).T)
    steps = np.ceil(length / (_CELL_M / 4)).astype(int) + 1
    number = np.repeat(np.arange(len(start)), steps + 1)
    first = np.concatenate([[0], np.cumsum(steps + 1)[:-1]])
    share = (np.arange(len(number)) - first[number]) / steps[number]
    points = start[number] + share[:, None] * (end - start)[number]
    keys = []
    for dx in (-2.0, 2.0):  # a piece along the side of a cell is in both
        for dy in (-2.0, 2.0):
            cell = np.floor((points + np.array([dx, dy])) / _CELL_M).astype(np.int64) + 100_000
            keys.append((cell[:, 0] * 1_000_000 + cell[:, 1]) * 4_000_000 + number)
    members = np.unique(np.concatenate(keys))
    cell, number = members // 4_000_000, members % 4_000_000
    pairs: list[Ints] = []
    shift = 1
    while True:
        same = cell[shift:] == cell[:-shift]
        if not same.any():
            break
        a, b = number[:-shift][same], number[shift:][same]
        pairs.append(np.minimum(a, b) * 4_000_000 + np.maximum(a, b))
        shift += 1
    every = np.unique(np.concatenate(pairs))
    return every // 4_000_000, every % 4_000_000
