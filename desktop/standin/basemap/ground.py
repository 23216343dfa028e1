"""A raster of what is taken: carriageways, banks and water, where nothing is built."""

import numpy as np
from numpy.typing import NDArray

from desktop.standin.basemap.frame import (
    HALF_HEIGHT_M,
    HALF_WIDTH_M,
    Line,
    inside,
    lengths_along,
    points_along,
)

_CELL_M = 4.0
_ORIGIN = np.array([HALF_WIDTH_M, HALF_HEIGHT_M])
_COLUMNS, _ROWS = int(2 * HALF_WIDTH_M / _CELL_M), int(2 * HALF_HEIGHT_M / _CELL_M)


class Ground:
    """Cells of 4 m, free until something is laid on them."""

    def __init__(self) -> None:
        self._taken = np.zeros((_ROWS, _COLUMNS), dtype=bool)

    def lay_line(self, line: Line, half_width_m: float) -> None:
        length = float(lengths_along(line)[-1])
        points = points_along(line, np.linspace(0, length, max(2, int(length / _CELL_M) + 1)))
        reach = int(np.ceil(half_width_m / _CELL_M))
        steps = np.arange(-reach, reach + 1) * _CELL_M
        disc = np.array([(x, y) for x in steps for y in steps if np.hypot(x, y) <= half_width_m])
        self._mark((points[:, None] + disc[None]).reshape(-1, 2))

    def lay_area(self, ring: Line) -> None:
        low, high = ring.min(axis=0), ring.max(axis=0)
        x, y = (np.arange(low[axis], high[axis] + _CELL_M, _CELL_M) for axis in (0, 1))
        for row in y:  # a row at a time keeps the table of edges small
            points = np.column_stack([x, np.full(len(x), row)])
            self._mark(points[inside(points, ring)])

    def is_free(self, points: Line) -> NDArray[np.bool_]:
        """For an array (..., 2) whether each point lies on the map and on free ground."""
        column, row = self._cells(points)
        on_map = (column >= 0) & (column < _COLUMNS) & (row >= 0) & (row < _ROWS)
        taken = self._taken[np.clip(row, 0, _ROWS - 1), np.clip(column, 0, _COLUMNS - 1)]
        return on_map & ~taken

    def _mark(self, points: Line) -> None:
        column, row = self._cells(points)
        on_map = (column >= 0) & (column < _COLUMNS) & (row >= 0) & (row < _ROWS)
        self._taken[row[on_map], column[on_map]] = True

    @staticmethod
    def _cells(points: Line) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        cell = np.floor((points + _ORIGIN) / _CELL_M).astype(np.int64)
        return cell[..., 0], cell[..., 1]
