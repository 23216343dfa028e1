"""Blocks: the faces between the known streets, cut on by side streets, each with its use."""

import math
import random
from dataclasses import dataclass
from functools import cache

import numpy as np

from desktop.standin.basemap.frame import (
    HALF_HEIGHT_M,
    HALF_WIDTH_M,
    Line,
    curve,
    following,
    inside,
    normals,
    signed_area_m2,
)
from desktop.standin.basemap.names import NameBook
from desktop.standin.basemap.plan import Street, banks, lake_ring, river_ring

_SIDE_STREET_ABOVE_M2 = 86_000.0
_LANE_ABOVE_M2 = 50_000.0


@dataclass(frozen=True)
class Block:
    """One block with its use: office, home, old, works, school, green or farm."""

    ring: Line
    use: str
    centre: Line


def border_line() -> Line:
    x, y = HALF_WIDTH_M, HALF_HEIGHT_M
    return np.array([(-x, -y), (x, -y), (x, y), (-x, y), (-x, -y)])


def centre_of(ring: Line) -> Line:
    after = following(ring)
    cross = ring[:, 0] * after[:, 1] - after[:, 0] * ring[:, 1]
    return cross @ (ring + after) / (3 * cross.sum())


def long_axis(ring: Line) -> tuple[Line, Line, float, float]:
    """Directions along and across the smallest box around the ring, and its two sides in m."""
    edges = following(ring) - ring
    lengths = np.hypot(edges[:, 0], edges[:, 1])
    long_enough = lengths > 12
    if not long_enough.any():
        return np.array([1.0, 0.0]), np.array([0.0, 1.0]), 1.0, 1.0
    along = edges[long_enough] / lengths[long_enough, None]
    across = np.column_stack([-along[:, 1], along[:, 0]])
    on_along, on_across = ring @ along.T, ring @ across.T
    wide = on_along.max(axis=0) - on_along.min(axis=0)
    deep = on_across.max(axis=0) - on_across.min(axis=0)
    best = int(np.argmin(wide * deep))
    sides = float(wide[best]), float(deep[best])
    if sides[0] >= sides[1]:
        return along[best], across[best], *sides
    return across[best], -along[best], sides[1], sides[0]


def split(ring: Line, through: Line, direction: Line) -> tuple[Line, Line, Line] | None:
    """Two rings and the chord between them, the inner chord nearest to `through`.

    None where the cut misses the ring.
    """
    side = (ring - through) @ np.array([-direction[1], direction[0]])
    side[np.abs(side) < 1e-9] = 1e-9
    above = side > 0
    turns = np.flatnonzero(above != np.concatenate([above[1:], above[:1]]))
    if len(turns) < 2:
        return None
    after = (turns + 1) % len(ring)
    part = side[turns] / (side[turns] - side[after])
    hits = ring[turns] + part[:, None] * (ring[after] - ring[turns])
    where = (hits - through) @ direction
    order = np.argsort(where)
    low, high = order[::2], order[1::2]  # entering and leaving
    pick = int(np.argmin(np.abs(where[low] + where[high])))
    chord = hits[[low[pick], high[pick]]]
    a, b = sorted((int(low[pick]), int(high[pick])))
    one = np.concatenate([hits[a : a + 1], ring[turns[a] + 1 : turns[b] + 1], hits[b : b + 1]])
    two = np.concatenate(
        [hits[b : b + 1], ring[turns[b] + 1 :], ring[: turns[a] + 1], hits[a : a + 1]]
    )
    return one, two, chord


def cut_blocks(
    faces: list[Line], rng: random.Random, names: NameBook
) -> tuple[list[Block], list[Street]]:
    """Blocks of a walkable size, and the side streets and lanes that were laid for it."""
    blocks: list[Block] = []
    streets: list[Street] = []
    for face in faces:
        centre = centre_of(face)
        if inside(centre[None], river_ring())[0] or _in_lake(face):
            continue
        whole_use = _use_of(centre, abs(signed_area_m2(face)), rng)
        if whole_use in ("farm", "lake park"):
            blocks.append(Block(face, whole_use, centre))
            continue
        for ring in _cut(face, rng, names, streets):
            middle = centre_of(ring)
            use = _use_of(middle, abs(signed_area_m2(ring)), rng)
            blocks.append(Block(ring, use, middle))
    return blocks, streets


def _in_lake(face: Line) -> bool:
    return bool(inside(centre_of(face)[None], lake_ring())[0]) and signed_area_m2(face) < 3e5


def _cut(
    face: Line, rng: random.Random, names: NameBook, streets: list[Street], depth: int = 0
) -> list[Line]:
    area = signed_area_m2(face)
    along, across, wide, deep = long_axis(face)
    limit = _LANE_ABOVE_M2 * rng.uniform(0.75, 1.7)
    if area < limit or deep < 90 or depth > 7:
        return [face]
    parts = _cut_once(face, along, across, wide, rng)
    if parts is None:
        return [face]
    rank = 4 if area > _SIDE_STREET_ABOVE_M2 else 5
    streets.append(Street(names.next(rank, parts[2][1] - parts[2][0]), rank, _bent(parts[2], rng)))
    return [ring for part in parts[:2] for ring in _cut(part, rng, names, streets, depth + 1)]


def _cut_once(
    face: Line, along: Line, across: Line, wide: float, rng: random.Random
) -> tuple[Line, Line, Line] | None:
    """Near the middle first; a crescent is cut where it can be."""
    for shift in (rng.uniform(-0.09, 0.09), -0.22, 0.22):
        tilt = rng.gauss(0, 0.05)
        direction = across * math.cos(tilt) + along * math.sin(tilt)
        parts = split(face, centre_of(face) + along * wide * shift, direction)
        if parts and min(signed_area_m2(parts[0]), signed_area_m2(parts[1])) > 6_000:
            return parts
    return None


def _bent(chord: Line, rng: random.Random) -> Line:
    """Nobody laid a side street with a ruler: a bow of up to 2 % of its length."""
    third = chord[0] + (chord[1] - chord[0]) * np.array([[0.33], [0.67]])
    length = math.dist(*chord)
    bow = normals(chord)[0] * length * 0.012
    third[0] += bow * rng.uniform(-1, 1)
    third[1] += bow * rng.uniform(-1, 1)
    return curve(np.vstack([chord[0], third, chord[1]]), step_m=max(40.0, length / 5))


def _use_of(centre: Line, area_m2: float, rng: random.Random) -> str:
    x, y = centre
    far = math.hypot(x / 1.25, y)
    dice = rng.random()
    if math.hypot(x - 860, (y + 1040) * 1.1) < 430:
        return "lake park"
    if area_m2 < 5_000 or far > 3_050:
        return "green" if far < 3_050 or dice < 0.25 else "farm"
    north_bank = inside(centre[None], _north_side())[0]
    downtown = math.hypot(x + 430, y - 780) < 620 or math.hypot(x - 240, y - 180) < 420
    if downtown:
        return "office" if dice < 0.93 else "green"
    if north_bank:
        return "old" if dice < 0.44 else "home" if dice < 0.86 else _other(dice)
    if x < -2400 or (x > 1900 and y < -1400):
        return "works" if dice < 0.55 else "home" if dice < 0.85 else _other(dice)
    return "home" if dice < 0.70 else "office" if dice < 0.84 else _other(dice)


def _other(dice: float) -> str:
    return "school" if dice * 1000 % 2 < 1.2 else "green"


@cache
def _north_side() -> Line:
    north, _ = banks()
    top = np.array([(north[-1][0], 9e3), (north[0][0], 9e3)])
    return np.vstack([north, top])
