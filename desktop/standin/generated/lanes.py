"""Lanes: blocks that are too large to walk round are cut on."""

import math
import random

import numpy as np

from desktop.standin.basemap.blocks import centre_of, long_axis, split
from desktop.standin.basemap.frame import Line, curve, normals, signed_area_m2

_LEAST_DEPTH_M = 85.0
_LEAST_PART_M2 = 5_500.0
_OVER_M = 1.0  # so that the ends cross the streets that they meet


def lanes_in(ring: Line, largest_m2: float, rng: random.Random, depth: int = 0) -> list[Line]:
    """The lanes that cut the block into parts of about `largest_m2` or less."""
    area = signed_area_m2(ring)
    along, across, wide, deep = long_axis(ring)
    if area < largest_m2 * rng.uniform(0.8, 1.9) or deep < _LEAST_DEPTH_M or depth > 6:
        return []
    for shift in (rng.uniform(-0.08, 0.08), -0.2, 0.2):
        tilt = rng.gauss(0, 0.035)
        direction = across * math.cos(tilt) + along * math.sin(tilt)
        parts = split(ring, centre_of(ring) + along * wide * shift, direction)
        if parts and min(signed_area_m2(parts[0]), signed_area_m2(parts[1])) > _LEAST_PART_M2:
            lane = _bent(parts[2], rng)
            return [
                lane,
                *lanes_in(parts[0], largest_m2, rng, depth + 1),
                *lanes_in(parts[1], largest_m2, rng, depth + 1),
            ]
    return []


def _bent(chord: Line, rng: random.Random) -> Line:
    length = math.dist(*chord)
    outward = (chord[1] - chord[0]) / max(length, 1e-9) * _OVER_M
    third = chord[0] + (chord[1] - chord[0]) * np.array([[0.33], [0.67]])
    bow = normals(chord)[0] * length * 0.012
    third[0] += bow * rng.uniform(-1, 1)
    third[1] += bow * rng.uniform(-1, 1)
    knots = np.vstack([chord[0] - outward, third, chord[1] + outward])
    return curve(knots, step_m=max(40.0, length / 4))


def without_spikes(ring: Line) -> Line:
    """A walk round a face goes up and down every dead end; the ring leaves them out."""
    kept: list[tuple[float, float]] = []
    for place in map(tuple, ring.tolist()):
        if len(kept) > 1 and kept[-2] == place:
            kept.pop()
        elif not kept or kept[-1] != place:
            kept.append(place)
    while len(kept) > 3 and kept[0] == kept[-2]:
        kept = kept[:-2]
    while len(kept) > 3 and kept[1] == kept[-1]:
        kept = kept[2:]
    return np.array(kept)
