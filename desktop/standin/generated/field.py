"""Which way streets run: the directions of trunk roads and banks, spread over the city."""

import numpy as np
from numpy.typing import NDArray

from desktop.standin.basemap.frame import Line, lengths_along, points_along
from desktop.standin.generated.raster import Raster
from desktop.standin.generated.terrain import Terrain
from desktop.standin.generated.trunk import Road

_CELL_M = 100.0
_SPREADS_M = ((260.0, 3.0), (800.0, 1.0), (2_200.0, 0.35))
_SWAY_RAD = 0.16
_QUARTER_M = 2_600.0  # away from every trunk road a quarter has a direction of its own


class Field:
    """Unit directions modulo a quarter turn: streets and their cross streets share one field."""

    def __init__(self, terrain: Terrain, roads: list[Road]) -> None:
        self.raster = Raster(terrain.half_width_m, terrain.half_height_m, _CELL_M)
        self.cell_m = _CELL_M
        cos4, sin4 = self._spread(terrain, roads)
        rng = np.random.default_rng(terrain.seed + 8)
        sway = self.raster.noise(rng, 1_300.0) * _SWAY_RAD  # no quarter is laid with a ruler
        angle = np.arctan2(sin4, cos4) / 4 + sway
        self.columns = self.raster.columns
        self.rows = self.raster.rows
        self.cos: list[float] = np.cos(angle).ravel().tolist()
        self.sin: list[float] = np.sin(angle).ravel().tolist()
        self.angle = angle

    def _spread(
        self, terrain: Terrain, roads: list[Road]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Angles times four, so that a street and its cross street agree."""
        cos4, sin4 = self.raster.zeros(), self.raster.zeros()
        sources = [(r.line, {1: 1.3, 2: 1.2}.get(r.road_class, 1.0)) for r in roads]
        sources += [(bank, 0.9) for bank in terrain.banks]
        sources += [(np.vstack([s, s[:1]]), 0.6) for _, s in terrain.lakes]
        for line, weight in sources:
            self._lay(line, weight, cos4, sin4)
        rng = np.random.default_rng(terrain.seed + 7)
        quarter = self.raster.noise(rng, _QUARTER_M * 2) * 0.9
        total_c = 0.004 * np.cos(4 * quarter)
        total_s = 0.004 * np.sin(4 * quarter)
        for sigma, weight in _SPREADS_M:
            total_c = total_c + weight * self.raster.blur(cos4, sigma)
            total_s = total_s + weight * self.raster.blur(sin4, sigma)
        return total_c, total_s

    def _lay(
        self, line: Line, weight: float, cos4: NDArray[np.float64], sin4: NDArray[np.float64]
    ) -> None:
        length = float(lengths_along(line)[-1])
        at = np.arange(0.0, length, _CELL_M / 2)
        points, ahead = points_along(line, at), points_along(line, at + 30.0)
        step = ahead - points
        keep = np.hypot(*step.T) > 1
        keep &= (np.abs(points) < (self.raster.half_width_m, self.raster.half_height_m)).all(1)
        angle = 4 * np.arctan2(step[keep, 1], step[keep, 0])
        cells = self.raster.cells(points[keep])
        np.add.at(cos4, cells, weight * np.cos(angle))
        np.add.at(sin4, cells, weight * np.sin(angle))
