"""Digital zoom: which part of a picture is shown. Pure; fractions of the picture."""

from typing import NamedTuple

MOST = 8.0
STEP = 1.25
_WHOLE_BELOW = 1.05


class Zoom(NamedTuple):
    """How often enlarged, and the upper left corner of what is seen."""

    factor: float = 1.0
    left: float = 0.0
    top: float = 0.0

    @property
    def is_whole(self) -> bool:
        return self.factor <= 1.0

    @property
    def part(self) -> tuple[float, float, float, float]:
        """Left, top, width, height."""
        return self.left, self.top, 1 / self.factor, 1 / self.factor

    def turned(self, steps: float, x: float, y: float) -> "Zoom":
        """`x`, `y`: the place in the window (0 to 1) that stays below the pointer."""
        factor = min(max(self.factor * STEP**steps, 1.0), MOST)
        if factor < _WHOLE_BELOW:
            return Zoom()
        point_x, point_y = self.left + x / self.factor, self.top + y / self.factor
        return Zoom(factor, point_x - x / factor, point_y - y / factor).within()

    def moved(self, x: float, y: float) -> "Zoom":
        """The picture follows the hand, by fractions of the window."""
        moved = self._replace(left=self.left - x / self.factor, top=self.top - y / self.factor)
        return moved.within()

    def within(self) -> "Zoom":
        most = 1 - 1 / self.factor
        return Zoom(self.factor, min(max(self.left, 0.0), most), min(max(self.top, 0.0), most))
