"""Side streets traced along the field at an even distance from each other.

After Jobard and Lefer: a new street starts one gap away from one that is there, and ends
where it comes nearer than half a gap to a street that runs its way.
"""

import math
from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.standin.basemap.frame import Line, lengths_along, points_along
from desktop.standin.generated.field import Field
from desktop.standin.generated.raster import Raster
from desktop.standin.generated.terrain import Terrain

_STEP_M = 25.0
_CELL_M = 20.0
_SHARPEST_TURN = math.cos(math.radians(22))


@dataclass(frozen=True)
class Rule:
    """How one class of streets is traced. Gaps in m; `gap` holds a gap for each 100 m cell."""

    road_class: int
    gap: NDArray[np.float64]
    least_length_m: float
    longest_m: float


class Tracer:
    """Keeps which ground is near a street, once for each of the two crossing directions."""

    def __init__(self, terrain: Terrain, field: Field, closed: NDArray[np.bool_]) -> None:
        self._field = field
        self._raster = Raster(terrain.half_width_m, terrain.half_height_m, _CELL_M)
        self._closed = closed  # on the same cells: water, hills, finished blocks
        shape = self._closed.shape
        self._near = [np.zeros(shape, np.bool_) for _ in range(2)]  # no street may pass
        self._taken = [np.zeros(shape, np.bool_) for _ in range(2)]  # no street may start
        self._rng = np.random.default_rng(terrain.seed + 11)

    def occupy(self, line: Line, gap: NDArray[np.float64]) -> None:
        """Marks the ground beside a street."""
        length = float(lengths_along(line)[-1])
        at = np.arange(0.0, length + 1e-6, _STEP_M)
        points, ahead = points_along(line, at), points_along(line, at + 5.0)
        step = ahead - points
        step[-1] = step[-2] if len(step) > 1 else (1.0, 0.0)
        rows, columns = self._field.raster.cells(points)
        angle = self._field.angle[rows, columns]
        along = np.abs(step[:, 0] * np.cos(angle) + step[:, 1] * np.sin(angle))
        across = np.abs(step[:, 1] * np.cos(angle) - step[:, 0] * np.sin(angle))
        gaps = gap[rows, columns]
        for family, mine in ((0, along >= across), (1, along < across)):
            mine &= np.isfinite(gaps)
            self._stamp(self._near[family], points[mine], gaps[mine] * 0.52)
            self._stamp(self._taken[family], points[mine], gaps[mine] * 0.78)

    def _stamp(self, mask: NDArray[np.bool_], points: Line, radius_m: NDArray[np.float64]) -> None:
        if not len(points):
            return
        rows, columns = self._raster.cells(points)
        cells = np.maximum(1, np.round(radius_m / _CELL_M)).astype(int)
        for reach in np.unique(cells):
            steps = np.arange(-reach, reach + 1)
            dy, dx = np.meshgrid(steps, steps)
            disc = np.hypot(dy, dx) <= reach + 0.3
            mine = np.flatnonzero(cells == reach)[:: max(1, int(reach) // 4)]  # discs overlap
            row = np.clip(rows[mine, None] + dy[disc], 0, self._raster.rows - 1)
            column = np.clip(columns[mine, None] + dx[disc], 0, self._raster.columns - 1)
            mask[row, column] = True

    def fill(self, roots: list[Line], rule: Rule) -> list[Line]:
        """Traces streets from beside the roots, then from beside each other, until no room."""
        for line in roots:
            self.occupy(line, rule.gap)
        queue = deque(roots)
        found: list[Line] = []
        while queue:
            root = queue.popleft()
            for seed, family in self._seeds(root, rule):
                line = self._trace(seed, family, rule)
                if line is not None:
                    self.occupy(line, rule.gap)
                    found.append(line)
                    queue.append(line)
        return found

    def carry_on(self, start: Line, direction: Line, longest_m: float) -> Line | None:
        """A street that leaves the hand-laid district, on along the field."""
        row, column = self._field.raster.cells(start)
        angle = float(self._field.angle[row, column])
        c, s = math.cos(angle), math.sin(angle)
        along = c * direction[0] + s * direction[1]
        across = -s * direction[0] + c * direction[1]
        family = 0 if abs(along) >= abs(across) else 1
        way = math.copysign(1.0, along if family == 0 else across)
        free = Rule(3, np.zeros_like(self._field.angle), 0.0, longest_m)
        points = self._walk(start, family, way, free, heading=direction)
        return np.array([start, *points]) if len(points) > 3 else None

    def _seeds(self, root: Line, rule: Rule) -> list[tuple[Line, int]]:
        """Starts beside the root, of streets that run with it and of streets that cross it."""
        length = float(lengths_along(root)[-1])
        seeds: list[tuple[Line, int]] = []
        at = 0.3 * float(rule.gap.min())
        while at < length:
            here, ahead = points_along(root, [at, at + 5.0])
            row, column = _cell(self._field.raster, here)
            gap = float(rule.gap[row, column])
            step = ahead - here
            size = math.hypot(*step)
            at += gap * 0.5
            if size < 1 or not math.isfinite(gap):
                continue
            normal = np.array([-step[1], step[0]]) / size
            angle = float(self._field.angle[row, column])
            runs_along = abs(step @ (math.cos(angle), math.sin(angle))) / size > 0.7071
            family = 0 if runs_along else 1
            jitter = self._rng.uniform(0.8, 1.45)
            for side in (-1.0, 1.0):
                seeds.append((here + normal * (gap * jitter * side), family))
                seeds.append((here + normal * (gap * 0.3 * side), 1 - family))
        return seeds

    def _trace(self, seed: Line, family: int, rule: Rule) -> Line | None:
        row, column = _cell(self._raster, seed)
        if self._taken[family][row, column] or self._closed[row, column]:
            return None
        frow, fcolumn = _cell(self._field.raster, seed)
        if not math.isfinite(rule.gap[frow, fcolumn]):
            return None
        back = self._walk(seed, family, -1.0, rule)
        forth = self._walk(seed, family, 1.0, rule)
        points = [*back[::-1], (float(seed[0]), float(seed[1])), *forth]
        if (len(points) - 1) * _STEP_M < rule.least_length_m:
            return None
        return np.array(points)

    def _walk(
        self, seed: Line, family: int, way: float, rule: Rule, heading: Line | None = None
    ) -> list[tuple[float, float]]:
        """Points every 25 m from the seed to where the street has to end."""
        field, raster = self._field, self._raster
        near, closed, gap = self._near[family], self._closed, rule.gap
        fcos, fsin, fcell, fcols, frows = (
            field.cos, field.sin, field.cell_m, field.columns, field.rows,
        )  # fmt: skip
        half_x, half_y = raster.half_width_m, raster.half_height_m
        x, y = float(seed[0]), float(seed[1])
        dx, dy = (float(heading[0]), float(heading[1])) if heading is not None else (0.0, 0.0)
        points: list[tuple[float, float]] = []
        for count in range(int(rule.longest_m / _STEP_M)):
            fc = min(max(int((x + half_x) / fcell), 0), fcols - 1)
            fr = min(max(int((y + half_y) / fcell), 0), frows - 1)
            c, s = fcos[fr * fcols + fc], fsin[fr * fcols + fc]
            if count == 0 and heading is None:
                nx, ny = (c * way, s * way) if family == 0 else (-s * way, c * way)
            else:
                nx, ny = _closest_quarter(c, s, dx, dy)
                nx, ny = 0.65 * dx + 0.35 * nx, 0.65 * dy + 0.35 * ny
                size = math.hypot(nx, ny)
                nx, ny = nx / size, ny / size
                if nx * dx + ny * dy < _SHARPEST_TURN:
                    break
            dx, dy = nx, ny
            x, y = x + dx * _STEP_M, y + dy * _STEP_M
            if abs(x) >= half_x or abs(y) >= half_y:
                points.append((min(max(x, -half_x), half_x), min(max(y, -half_y), half_y)))
                break
            r, k = int((y + half_y) / _CELL_M), int((x + half_x) / _CELL_M)
            if near[r, k] or closed[r, k] or gap[fr, fc] == math.inf:
                break
            points.append((x, y))
        return points


def _cell(raster: Raster, place: Line) -> tuple[int, int]:
    """Row and column of one place; a tenth of the cost of the array form."""
    row = int((float(place[1]) + raster.half_height_m) / raster.cell_m)
    column = int((float(place[0]) + raster.half_width_m) / raster.cell_m)
    return min(max(row, 0), raster.rows - 1), min(max(column, 0), raster.columns - 1)


def _closest_quarter(c: float, s: float, dx: float, dy: float) -> tuple[float, float]:
    """The one of the field's four directions nearest to (dx, dy)."""
    along, across = c * dx + s * dy, -s * dx + c * dy
    if abs(along) >= abs(across):
        return (c, s) if along >= 0 else (-c, -s)
    return (-s, c) if across >= 0 else (s, -c)
