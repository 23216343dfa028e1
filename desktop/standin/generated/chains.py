"""Pieces of streets between crossings: the edges of the street graph."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.standin.basemap.frame import Line
from desktop.standin.generated.network import Ints, Plane


@dataclass(frozen=True)
class Chains:
    """Edge k runs over pieces `order[first[k]:first[k + 1]]`, all of one line."""

    order: Ints
    first: Ints
    start: Ints
    end: Ints
    line: Ints
    along_m: NDArray[np.float64]
    length_m: NDArray[np.float64]
    of_piece: Ints


def chains_of(plane: Plane) -> Chains:
    degree = np.bincount(plane.pieces.reshape(-1), minlength=len(plane.nodes))
    order = np.lexsort((plane.along_m, plane.line_of))
    a, b = plane.pieces[order].T
    line = plane.line_of[order]
    goes_on = (line[1:] == line[:-1]) & (a[1:] == b[:-1]) & (degree[a[1:]] == 2)
    begins = np.concatenate([[True], ~goes_on])
    first = np.flatnonzero(begins)
    number = np.cumsum(begins) - 1
    length = np.hypot(*(plane.nodes[b] - plane.nodes[a]).T)
    of_piece = np.empty(len(order), dtype=np.int64)
    of_piece[order] = number
    bounds = np.concatenate([first, [len(order)]])
    return Chains(
        order=order,
        first=bounds,
        start=a[first],
        end=b[bounds[1:] - 1],
        line=line[first],
        along_m=plane.along_m[order][first],
        length_m=np.bincount(number, length).astype(np.float64),
        of_piece=of_piece,
    )


def loose_ends(plane: Plane, chains: Chains, fixed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Edges with an end that meets nothing; `fixed` are the nodes that may end so."""
    degree = np.bincount(plane.pieces.reshape(-1), minlength=len(plane.nodes))
    loose = (degree == 1) & ~fixed
    return loose[chains.start] | loose[chains.end]


def end_directions(plane: Plane, chains: Chains, chosen: Ints) -> tuple[Ints, Line, Line]:
    """For the loose ends of the chosen edges: edge, place, outward unit direction."""
    degree = np.bincount(plane.pieces.reshape(-1), minlength=len(plane.nodes))
    rows: list[tuple[int, Line, Line]] = []
    for edge in chosen.tolist():
        pieces = chains.order[chains.first[edge] : chains.first[edge + 1]]
        for node, piece, inner in (
            (chains.start[edge], pieces[0], 1),
            (chains.end[edge], pieces[-1], 0),
        ):
            if degree[node] == 1:
                place = plane.nodes[node]
                step = place - plane.nodes[plane.pieces[piece, inner]]
                rows.append((edge, place, step / max(float(np.hypot(*step)), 1e-9)))
    if not rows:
        return np.zeros(0, np.int64), np.zeros((0, 2)), np.zeros((0, 2))
    return (
        np.array([row[0] for row in rows]),
        np.array([row[1] for row in rows]),
        np.array([row[2] for row in rows]),
    )
