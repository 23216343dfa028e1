"""Building footprints for each use of a block, on free ground only."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from desktop.standin.basemap.blocks import Block, centre_of, long_axis, split
from desktop.standin.basemap.frame import Line, inside, signed_area_m2
from desktop.standin.basemap.ground import Ground

_CORNERS = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) / 2.0
_SHRINKS = np.array([1.0, 0.86, 0.72, 0.58])
_EDGE = (  # corners, the middles of the sides, and the centre
    np.array([(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)]) / 2.0
)


@dataclass(frozen=True)
class Building:
    ring: Line
    height_m: int


def buildings_on(block: Block, ground: Ground, rng: random.Random) -> list[Building]:
    """Nothing on green and farm; the order of the result is the order of building."""
    plans = {
        "home": _estate,
        "office": _offices,
        "old": _old_town,
        "works": _sheds,
        "school": _school,
    }
    plan = plans.get(block.use)
    return [] if plan is None else list(plan(block, ground, rng))


def _boxes(
    block: Block, ground: Ground, centres: Line, size_m: tuple[float, float], axis: Line
) -> list[Line]:
    """Rectangles at those of the centres where they fit wholly into the block."""
    if not len(centres):
        return []
    across = np.array([-axis[1], axis[0]])
    frame = np.vstack([axis * size_m[0], across * size_m[1]])
    probes = centres[:, None] + _EDGE[None] @ frame
    fits = ground.is_free(probes).all(axis=1)
    within = inside(probes.reshape(-1, 2), block.ring).reshape(len(centres), -1).all(axis=1)
    return [centre + _CORNERS @ frame for centre in centres[fits & within]]


def _grid(
    block: Block, axis: Line, pitch_m: tuple[float, float], shift: tuple[float, float]
) -> Line:
    across = np.array([-axis[1], axis[0]])
    spans = []
    for direction, pitch, offset in ((axis, pitch_m[0], shift[0]), (across, pitch_m[1], shift[1])):
        along = block.ring @ direction
        spans.append(np.arange(along.min() + offset * pitch, along.max(), pitch))
    u, v = np.meshgrid(*spans)
    return u.reshape(-1, 1) * axis + v.reshape(-1, 1) * across


def _east_west(block: Block) -> Line:
    """The direction of the block nearest to east-west, so that flats look south."""
    along, across, _, _ = long_axis(block.ring)
    axis = along if abs(along[0]) >= abs(across[0]) else across
    return axis if axis[0] > 0 else -axis


def _estate(block: Block, ground: Ground, rng: random.Random) -> Iterator[Building]:
    """Parallel slabs, or point towers with a school-sized court between them."""
    axis = _east_west(block)
    towers = rng.random() < 0.3
    length = rng.choice((26.0, 30.0)) if towers else rng.choice((42.0, 50.0, 58.0))
    depth = rng.choice((20.0, 24.0)) if towers else 13.0
    gap = (24.0, 34.0) if towers else (11.0, rng.choice((24.0, 28.0)))
    height = rng.choice((54, 78, 96)) if towers else rng.choice((18, 18, 21, 33, 36))
    rows = _grid(block, axis, (length + gap[0], depth + gap[1]), (0.5, 0.45))
    for box in _boxes(block, ground, rows, (length, depth), axis):
        if rng.random() < 0.93:
            ring = box if towers else _notched(box, rng)
            yield Building(ring, height + rng.choice((0, 0, 3)))


def _notched(box: Line, rng: random.Random) -> Line:
    """Every third slab steps back by half of its depth for a part of its length."""
    if rng.random() > 0.3:
        return box
    a, b, c, d = box
    part = rng.uniform(0.35, 0.65)
    inner_top, inner_low = d + (c - d) * part, d + (c - d) * part + (a - d) * 0.4
    return np.vstack([a, b, b + (c - b) * 0.6, inner_low, inner_top, d])


def _lots(ring: Line, target_m2: float, rng: random.Random, depth: int = 0) -> Iterator[Line]:
    area = signed_area_m2(ring)
    if area < target_m2 * rng.uniform(0.8, 1.5) or depth > 9:
        yield ring
        return
    along, across, wide, _ = long_axis(ring)
    parts = split(ring, centre_of(ring) + along * wide * rng.uniform(-0.1, 0.1), across)
    if parts is None:
        yield ring
        return
    for part in parts[:2]:
        yield from _lots(part, target_m2, rng, depth + 1)


def _on_lot(
    lot: Line, block: Block, ground: Ground, cover: tuple[float, float]
) -> tuple[Line, Line] | None:
    """The largest of a few boxes that stands free on the lot, with its axis."""
    along, across, wide, deep = long_axis(lot)
    centre = centre_of(lot)
    frame = np.array([along * wide * cover[0], across * deep * cover[1]])
    probes = centre + _SHRINKS[:, None, None] * (_EDGE @ frame)
    fits = ground.is_free(probes).all(axis=1)
    fits &= inside(probes.reshape(-1, 2), block.ring).reshape(len(_SHRINKS), -1).all(axis=1)
    if not fits.any():
        return None
    shrink = float(_SHRINKS[int(np.argmax(fits))])
    if min(wide * cover[0], deep * cover[1]) * shrink < 7:
        return None
    return centre + shrink * (_CORNERS @ frame), along


def _offices(block: Block, ground: Ground, rng: random.Random) -> Iterator[Building]:
    for lot in _lots(block.ring, 5_600.0, rng):
        if rng.random() < 0.10:
            continue  # a square
        cover = rng.uniform(0.52, 0.78)
        placed = _on_lot(lot, block, ground, (cover, cover))
        if placed is None:
            continue
        box, _ = placed
        height = int(min(260, max(36, rng.lognormvariate(4.35, 0.45))))
        kind = rng.random()
        if kind < 0.22:
            box = _chamfered(box, 0.28)
        elif kind < 0.30:
            box = _chamfered(box, 0.42)
        if height > 70 and signed_area_m2(box) > 1_100:
            yield Building(box, 18)
            yield Building(_scaled(box, rng.uniform(0.5, 0.66)), height)
        else:
            yield Building(box, height)


def _chamfered(box: Line, part: float) -> Line:
    after = np.roll(box, -1, axis=0)
    corners = np.stack([box + (after - box) * part, after + (box - after) * part], axis=1)
    return corners.reshape(-1, 2)


def _scaled(ring: Line, factor: float) -> Line:
    centre = ring.mean(axis=0)
    return centre + (ring - centre) * factor


def _old_town(block: Block, ground: Ground, rng: random.Random) -> Iterator[Building]:
    for lot in _lots(block.ring, 2_300.0, rng):
        if rng.random() < 0.12:
            continue
        placed = _on_lot(lot, block, ground, (rng.uniform(0.7, 0.92), rng.uniform(0.6, 0.88)))
        if placed is None:
            continue
        box, _ = placed
        if signed_area_m2(box) > 420 and rng.random() < 0.5:
            box = _angle(box)
        yield Building(box, rng.choice((6, 6, 9, 9, 12, 15, 18)))


def _angle(box: Line) -> Line:
    """An L around a yard."""
    a, b, c, d = box
    return np.vstack([a, b, b + (c - b) * 0.45, a + (b - a) * 0.45 + (d - a) * 0.45,
                      d + (c - d) * 0.45, d])  # fmt: skip


def _sheds(block: Block, ground: Ground, rng: random.Random) -> Iterator[Building]:
    for lot in _lots(block.ring, 8_500.0, rng):
        placed = _on_lot(lot, block, ground, (rng.uniform(0.7, 0.86), rng.uniform(0.55, 0.8)))
        if placed is not None and rng.random() < 0.9:
            yield Building(placed[0], rng.choice((9, 9, 12, 15)))


def sports_ground(block: Block) -> Line:
    """The oval of a school."""
    along, across, wide, deep = long_axis(block.ring)
    half = min(46.0, deep * 0.22)
    angle = np.linspace(0, 2 * np.pi, 24, endpoint=False)[:, None]
    centre = block.centre - along * wide * 0.17
    straight = np.sign(np.cos(angle)) * half * 0.75
    return centre + along * (np.cos(angle) * half + straight) + across * np.sin(angle) * half


def _school(block: Block, ground: Ground, rng: random.Random) -> Iterator[Building]:
    ground.lay_area(_scaled(sports_ground(block), 1.15))
    along, _, _, _ = long_axis(block.ring)
    for box in _boxes(block, ground, _grid(block, along, (64, 38), (0.5, 0.5)), (50, 15), along):
        if rng.random() < 0.8:
            yield Building(_angle(box) if rng.random() < 0.2 else box, rng.choice((12, 15, 18)))
