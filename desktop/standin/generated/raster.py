"""Even cells over the city's frame, for masks and fields. Arrays are [row, column], row 0 south."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.standin.basemap.frame import Line


@dataclass(frozen=True)
class Raster:
    half_width_m: float
    half_height_m: float
    cell_m: float

    @property
    def columns(self) -> int:
        return int(np.ceil(2 * self.half_width_m / self.cell_m))

    @property
    def rows(self) -> int:
        return int(np.ceil(2 * self.half_height_m / self.cell_m))

    def zeros(self, kind: type[Any] = np.float64) -> NDArray[Any]:
        return np.zeros((self.rows, self.columns), dtype=kind)

    def centres(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        x = (np.arange(self.columns) + 0.5) * self.cell_m - self.half_width_m
        y = (np.arange(self.rows) + 0.5) * self.cell_m - self.half_height_m
        return tuple(np.meshgrid(x, y))  # type: ignore[return-value]

    def cells(self, points: Line) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Row and column, clipped to the frame."""
        column = np.floor((points[..., 0] + self.half_width_m) / self.cell_m).astype(np.int64)
        row = np.floor((points[..., 1] + self.half_height_m) / self.cell_m).astype(np.int64)
        return np.clip(row, 0, self.rows - 1), np.clip(column, 0, self.columns - 1)

    def at(self, values: NDArray[Any], points: Line) -> NDArray[Any]:
        return values[self.cells(points)]

    def fill(self, mask: NDArray[np.bool_], ring: Line) -> None:
        """Marks the cells whose centres lie in the ring: one scan line for each row."""
        start, end = ring, np.roll(ring, -1, axis=0)
        y_of = (np.arange(self.rows) + 0.5) * self.cell_m - self.half_height_m
        low = np.searchsorted(y_of, ring[:, 1].min())
        high = np.searchsorted(y_of, ring[:, 1].max())
        for row in range(int(low), int(high)):
            y = y_of[row]
            crosses = (start[:, 1] > y) != (end[:, 1] > y)
            a, b = start[crosses], end[crosses]
            x = np.sort(a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0]))
            columns = np.round((x + self.half_width_m) / self.cell_m).astype(int)
            columns = np.clip(columns, 0, self.columns)
            for first, last in zip(columns[::2], columns[1::2], strict=False):
                mask[row, first:last] = True

    def blur(self, values: NDArray[np.float64], sigma_m: float) -> NDArray[np.float64]:
        """Gaussian blur over a frame that is mirrored at its edges."""
        pad = int(min(3 * sigma_m / self.cell_m, min(values.shape) - 1))
        padded = np.pad(values, pad, mode="reflect")
        fy = np.fft.fftfreq(padded.shape[0])[:, None]
        fx = np.fft.rfftfreq(padded.shape[1])[None]
        gain = np.exp(-2 * (np.pi * sigma_m / self.cell_m) ** 2 * (fx**2 + fy**2))
        smooth = np.fft.irfft2(np.fft.rfft2(padded) * gain, s=padded.shape)
        return smooth[pad : pad + values.shape[0], pad : pad + values.shape[1]]

    def noise(self, rng: np.random.Generator, size_m: float) -> NDArray[np.float64]:
        """Smooth noise of about -1 to 1 whose hills are about `size_m` wide."""
        rough = self.blur(rng.standard_normal((self.rows, self.columns)), size_m / 2)
        return rough / max(float(rough.std()) * 2, 1e-9)
