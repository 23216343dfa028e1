"""Where words find room on the map: no two boxes over each other. Pure; logical pixels."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

_CELL_PX = 64.0


class Box(NamedTuple):
    left: float
    top: float
    width: float
    height: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.top < other.top + other.height
            and other.top < self.top + self.height
        )

    def within(self, width: float, height: float) -> bool:
        return (
            self.left >= 0
            and self.top >= 0
            and self.left + self.width <= width
            and self.top + self.height <= height
        )


class Places:
    """What is taken, in coarse cells, so that some hundred boxes are placed in milliseconds."""

    def __init__(self, width: float, height: float) -> None:
        self._size = (width, height)
        self._cells: dict[tuple[int, int], list[Box]] = {}

    def take(self, box: Box) -> None:
        for cell in self._touched(box):
            self._cells.setdefault(cell, []).append(box)

    def is_free(self, box: Box) -> bool:
        if not box.within(*self._size):
            return False
        return not any(
            box.meets(one) for cell in self._touched(box) for one in self._cells.get(cell, ())
        )

    def place(self, candidates: Iterable[Box]) -> Box | None:
        """The first that is free, taken at once; None when none is."""
        for box in candidates:
            if self.is_free(box):
                self.take(box)
                return box
        return None

    def _touched(self, box: Box) -> list[tuple[int, int]]:
        first_x, last_x = int(box.left // _CELL_PX), int((box.left + box.width) // _CELL_PX)
        first_y, last_y = int(box.top // _CELL_PX), int((box.top + box.height) // _CELL_PX)
        return [(x, y) for x in range(first_x, last_x + 1) for y in range(first_y, last_y + 1)]


def around(x: float, y: float, width: float, height: float, gap: float) -> Sequence[Box]:
    """Right, left, below, above of a mark whose half side is `gap`, then the corners."""
    right, left = x + gap + 4, x - gap - 4 - width
    middle, centred = y - height / 2, x - width / 2
    below, above = y + gap + 3, y - gap - 3 - height
    return tuple(
        Box(at_x, at_y, width, height)
        for at_x, at_y in (
            (right, middle), (left, middle), (centred, below), (centred, above),
            (right, below), (left, below), (right, above), (left, above),
        )
    )  # fmt: skip
