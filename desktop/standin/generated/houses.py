"""Buildings of any block of the city, made when somebody looks closely enough."""

import random

import numpy as np
from numpy.typing import NDArray

from desktop.standin.basemap.blocks import Block, centre_of
from desktop.standin.basemap.buildings import Building, buildings_on
from desktop.standin.basemap.frame import Line, inside
from desktop.standin.basemap.ground import Ground

_SETBACK_M = 11.0


class InsideBlock(Ground):
    """Free is what lies far enough from the streets round the block."""

    def __init__(self, ring: Line) -> None:
        self._start, self._end = ring, np.vstack([ring[1:], ring[:1]])
        self._laid: list[Line] = []

    def lay_area(self, ring: Line) -> None:
        self._laid.append(ring)

    def is_free(self, points: Line) -> NDArray[np.bool_]:
        flat = points.reshape(-1, 1, 2)
        along = self._end - self._start
        square = np.maximum((along**2).sum(axis=1), 1e-9)
        t = np.clip(((flat - self._start) * along).sum(axis=2) / square, 0, 1)
        away = np.hypot(*np.moveaxis(flat - self._start - t[..., None] * along, 2, 0))
        free = away.min(axis=1) > _SETBACK_M
        for ring in self._laid:
            free &= ~inside(flat[:, 0], ring)
        return free.reshape(points.shape[:-1])


def houses_in(ring: Line, use: str, seed: int) -> list[Building]:
    """The same for the same ring and seed; nothing on green, farm and water."""
    if use not in ("home", "office", "old", "works", "school") or len(ring) < 3:
        return []
    block = Block(ring, use, centre_of(ring))
    return buildings_on(block, InsideBlock(ring), random.Random(seed))
