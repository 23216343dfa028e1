"""Which pictures really stand on the screen: the burnt-in numbers of all tiles.

One row of pixels is read from the X server for each row of tiles, where the strips of numbers
stand; what was read is looked at afterwards, so that looking costs the wall nothing meanwhile.
"""

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from Xlib import X
from Xlib.display import Display

from desktop.standin.video.frame_number import read_number
from tests.bench.cameras import age_s
from tests.bench.moving_clip import COUNT, FPS

RATE_PER_S = 62.5  # no multiple of the cameras' 25
_STRIP_AT = 0.052  # of a tile's height
_Sample = tuple[float, list[bytes]]


@dataclass(frozen=True)
class Grid:
    """Tiles of the same size that fill the screen; `tiles` of them are used."""

    tiles: int
    columns: int
    width: int = 1920
    height: int = 1080

    @property
    def tile(self) -> tuple[int, int]:
        return self.width // self.columns, self.height // self.columns


@dataclass(frozen=True)
class Course:
    """What one tile showed: moments (s, monotonic) at which a number stood there first."""

    camera_id: str
    seen: list[tuple[float, int]]

    def shown(self) -> int:
        return len({number for _, number in self.seen})

    def ages_ms(self) -> list[float]:
        return [age_s(self.camera_id, number, at) * 1000 for at, number in self.seen]


class ScreenNumbers:
    def __init__(self, display: str, grid: Grid) -> None:
        self._display = Display(display)
        self._root = self._display.screen().root
        self._grid = grid

    def close(self) -> None:
        self._display.close()

    def watch(self, span_s: float) -> list[Course]:
        """All that each tile showed; the first sight of the first number does not count."""
        return self.courses(self.record(span_s))

    def record(self, span_s: float) -> list[_Sample]:
        """What stood on the screen meanwhile, for `courses` to be read from."""
        samples: list[_Sample] = []
        began_s = due_s = time.monotonic()
        while due_s < began_s + span_s:
            samples.append(self._sample())
            due_s = max(due_s + 1 / RATE_PER_S, time.monotonic())
            time.sleep(max(0.0, due_s - time.monotonic()))
        return samples

    def courses(self, samples: list[_Sample]) -> list[Course]:
        return [self._course(tile, samples) for tile in range(self._grid.tiles)]

    def now(self) -> tuple[float, list[int | None]]:
        """The moment, and the number of each tile; None where none can be read."""
        at_s, rows = self._sample()
        return at_s, [self._number(tile, rows) for tile in range(self._grid.tiles)]

    def _sample(self) -> _Sample:
        _, high = self._grid.tile
        rows = -(-self._grid.tiles // self._grid.columns)
        tops = [row * high + round(high * _STRIP_AT) for row in range(rows)]
        words = (self._grid.width, 1, X.ZPixmap, 0xFFFFFFFF)
        lines = [self._root.get_image(0, top, *words).data for top in tops]
        return time.monotonic(), lines

    def _number(self, tile: int, rows: list[bytes]) -> int | None:
        wide, _ = self._grid.tile
        row, column = divmod(tile, self._grid.columns)
        return _read(np.frombuffer(rows[row], np.uint8).reshape(-1, 4)[:, 1], column, wide)

    def _course(self, tile: int, samples: list[_Sample]) -> Course:
        seen: list[tuple[float, int]] = []
        for at_s, rows in samples:
            number = self._number(tile, rows)
            if number is not None and (not seen or number != seen[-1][1]):
                seen.append((at_s, number))
        return Course(camera_of(tile), seen[1:])


def _read(line: NDArray[np.uint8], column: int, wide: int) -> int | None:
    number = read_number(line[column * wide : (column + 1) * wide][None, :])
    return None if number is None or number >= COUNT else number


def camera_of(tile: int) -> str:
    return f"cam-{tile + 1}"


def due(tiles: int, span_s: float) -> float:
    """Pictures that were due."""
    return tiles * FPS * span_s
