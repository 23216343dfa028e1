"""Ground of the whole city: the river beyond the hand-laid district, lakes, hills, density.

x east, y north in metres from the centre of the hand-laid district, whose river runs on.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desktop.standin.basemap.frame import Line, curve, normals
from desktop.standin.basemap.plan import _CREEK, _CREEK_NORTH, _RIVER, lake_ring
from desktop.standin.generated.raster import Raster

Knot = tuple[float, float, float]
_SHORE_M = 58.0  # the quays run at 64 and 78 m

# The knots next to the district continue its end tangents, so the curve inside does not move.
_WEST: list[Knot] = [
    (-24_000, 3_300, 150), (-21_000, 2_000, 155), (-17_800, 2_500, 160), (-15_000, 1_500, 165),
    (-12_600, -500, 175), (-10_100, -1_300, 190), (-8_000, -900, 210), (-6_100, -260, 225),
]  # fmt: skip
_EAST: list[Knot] = [
    (5_900, -260, 275), (7_700, 900, 280), (9_900, 1_500, 290), (12_300, 700, 300),
    (14_300, -1_300, 320), (16_700, -2_400, 350), (19_500, -1_900, 390), (24_000, -3_000, 460),
]  # fmt: skip
_CREEK_ON: list[tuple[float, float]] = [
    (2_350, -5_300), (1_650, -7_600), (2_700, -10_200), (1_900, -12_800), (2_600, -17_000),
]  # fmt: skip
_CREEK_NORTH_ON: list[tuple[float, float]] = [
    (2_150, 5_000), (1_750, 7_300), (3_100, 9_700), (2_500, 12_500), (3_600, 17_000),
]  # fmt: skip
_CANAL: list[tuple[float, float]] = [
    (-24_000, -6_400), (-17_500, -5_900), (-12_500, -7_200), (-8_300, -6_600),
    (-5_200, -5_500), (-2_200, -5_900), (1_000, -5_400), (2_250, -5_200),
]  # fmt: skip
LAKES: tuple[tuple[str, float, float, float, float, int], ...] = (
    ("南浦湖", 8_600, -7_600, 1_750, 1_150, 3),  # name, x, y, half axes in m, shape
    ("白鹭湖", -7_600, 4_600, 760, 520, 7),
    ("云溪水库", -14_600, 10_300, 1_250, 800, 11),
    ("月牙湖", 7_200, 5_600, 560, 330, 17),
    ("荷叶塘", -4_900, -8_600, 420, 300, 23),
    ("东湾湿地", 15_800, 3_300, 1_050, 560, 29),
)
HILLS: tuple[tuple[str, float, float, float, float, int], ...] = (
    ("云居山森林公园", -15_900, 12_300, 4_300, 2_900, 5),
    ("望江山", -9_900, 8_900, 1_150, 900, 9),
    ("凤栖岭", 16_900, 11_000, 3_000, 2_900, 13),
    ("青屏山", -12_700, -12_300, 3_300, 1_900, 15),
    ("梅岭公园", 4_900, 9_300, 800, 560, 21),
)
_TOWNS = (  # x, y, radius in m, strength
    (0, 300, 8_300, 1.30),
    (-11_300, -4_600, 2_700, 0.95),
    (12_300, -5_600, 2_500, 0.90),
    (11_800, 6_300, 2_500, 0.92),
    (-10_500, 4_600, 2_100, 0.85),
    (-1_500, 10_300, 2_000, 0.85),
    (5_600, -11_600, 1_900, 0.80),
    (-5_400, -11_300, 1_700, 0.80),
    (17_300, -900, 1_500, 0.80),
    (-17_300, -1_700, 1_500, 0.75),
)


def blob(x: float, y: float, half_x: float, half_y: float, shape: int) -> Line:
    """An irregular closed shore, the same for the same `shape`."""
    rng = np.random.default_rng(shape)
    angle = np.linspace(0, 2 * math.pi, 72, endpoint=False)
    radius = np.ones_like(angle)
    for wave in range(2, 8):
        radius += (
            0.55
            / wave**1.1
            * rng.uniform(-0.6, 0.6)
            * np.cos(wave * angle + rng.uniform(0, 2 * math.pi))
        )
    return np.column_stack([x + half_x * radius * np.cos(angle),
                            y + half_y * radius * np.sin(angle)])  # fmt: skip


@dataclass(frozen=True)
class Terrain:
    """What nature gave; `seed` moves villages and the edges of the towns only."""

    half_width_m: float
    half_height_m: float
    seed: int

    @cached_property
    def river(self) -> tuple[Line, Line]:
        """Centre line from west to east, and half of the width (n, 1)."""
        knots = np.array([*_WEST, *_RIVER, *_EAST])
        shape = curve(knots[:, :2])
        return shape, np.interp(shape[:, 0], knots[:, 0], knots[:, 2])[:, None]

    @cached_property
    def banks(self) -> tuple[Line, Line]:
        """The north and the south bank, from west to east."""
        axis, half = self.river
        side = normals(axis) * half
        return axis + side, axis - side

    @cached_property
    def river_ring(self) -> Line:
        north, south = self.banks
        return np.vstack([south, north[::-1]])

    @cached_property
    def creeks(self) -> tuple[tuple[str, Line, float], ...]:
        """(name, centre line, half width in m)."""
        south = curve([*_CREEK, *_CREEK_ON])
        north = curve([*_CREEK_NORTH, *_CREEK_NORTH_ON])
        return ("柳溪", south, 9.0), ("柳溪", north, 9.0), ("永济渠", curve(_CANAL), 14.0)

    @cached_property
    def lakes(self) -> tuple[tuple[str, Line], ...]:
        shores = [(row[0], blob(*row[1:])) for row in LAKES]
        return ("镜湖", lake_ring()), *((n, s) for n, s in shores if self.touches(s))

    @cached_property
    def hills(self) -> tuple[tuple[str, Line], ...]:
        shapes = [(row[0], blob(*row[1:])) for row in HILLS]
        return tuple((n, s) for n, s in shapes if self.touches(s))

    def touches(self, line: Line) -> bool:
        return bool(((np.abs(line) < (self.half_width_m, self.half_height_m)).all(axis=1)).any())

    def raster(self, cell_m: float) -> Raster:
        return Raster(self.half_width_m, self.half_height_m, cell_m)

    @cached_property
    def water(self) -> NDArray[np.bool_]:
        """River and lakes on cells of 20 m; creeks do not stop a street."""
        raster = self.raster(20.0)
        mask = raster.zeros(np.bool_)
        for ring in (self.river_ring, *(shore for _, shore in self.lakes)):
            raster.fill(mask, ring)
        return mask

    @cached_property
    def shore(self) -> NDArray[np.bool_]:
        """River and the green strip along it, on cells of 20 m: no side street, no house."""
        axis, half = self.river
        side = normals(axis) * (half + _SHORE_M)
        raster = self.raster(20.0)
        mask = raster.zeros(np.bool_)
        raster.fill(mask, np.vstack([axis - side, (axis + side)[::-1]]))
        return mask

    @cached_property
    def wild(self) -> NDArray[np.bool_]:
        """Water and hills: where no side street goes."""
        mask = self.water.copy()
        for _, ring in self.hills:
            self.raster(20.0).fill(mask, ring)
        return mask

    @cached_property
    def density(self) -> NDArray[np.float64]:
        """On cells of 100 m: above 1 old town, above 0.5 town, about 0.3 edge, 0 fields."""
        raster = self.raster(100.0)
        x, y = raster.centres()
        rng = np.random.default_rng(self.seed)
        warp = raster.noise(rng, 1_600.0) * 0.55 + raster.noise(rng, 600.0) * 0.25
        total = np.zeros_like(x)
        for tx, ty, radius, strength in (*_TOWNS, *self._villages(rng)):
            away = np.hypot((x - tx) / 1.15, y - ty) / radius
            edge = 0.25 if radius < 600 else 1.0
            total = np.maximum(total, strength * (1.35 - away) + warp * edge * 0.6 * (away > 0.4))
        return np.clip(total, 0.0, 1.6)

    def _villages(self, rng: np.random.Generator) -> list[tuple[float, float, float, float]]:
        count = int(self.half_width_m * self.half_height_m / 2.6e6)
        return [
            (
                rng.uniform(-1, 1) * self.half_width_m,
                rng.uniform(-1, 1) * self.half_height_m,
                rng.uniform(260, 520),
                rng.uniform(0.6, 0.75),
            )
            for _ in range(count)
        ]
