"""Which part of a picture stands where in its window. Pure; the one who scales and the one who
paints reckon with the same numbers, so that a place of the picture stays under the pointer."""

from typing import NamedTuple

Part = tuple[float, float, float, float]
"""Left, top, width, height as fractions of the picture."""

WHOLE: Part = (0.0, 0.0, 1.0, 1.0)


class Size(NamedTuple):
    width: int
    height: int


class Rect(NamedTuple):
    """In device pixels of the window; may reach beyond it."""

    left: float
    top: float
    width: float
    height: float


class Cut(NamedTuple):
    """Whole, even pixels of the source, and how large they are to become."""

    x: int
    y: int
    width: int
    height: int
    to: Size

    def part(self, source: Size) -> Part:
        return (
            self.x / source.width,
            self.y / source.height,
            self.width / source.width,
            self.height / source.height,
        )


def standing(source: Size, window: Size, part: Part, fills: bool) -> Rect:
    """Where `part` stands in the window: centred and whole, or filling it, its edges outside."""
    wide, high = part[2] * source.width, part[3] * source.height
    if min(wide, high, window.width, window.height) <= 0:
        return Rect(0.0, 0.0, 0.0, 0.0)
    choose = max if fills else min
    scale = choose(window.width / wide, window.height / high)
    width, height = wide * scale, high * scale
    return Rect((window.width - width) / 2, (window.height - height) / 2, width, height)


def cut(source: Size, window: Size, part: Part, fills: bool, most: Size) -> Cut:
    """What of the source is needed for the window, on even pixels: colours of two share one."""
    rect = standing(source, window, part, fills)
    if rect.width < 1 or rect.height < 1:
        return Cut(0, 0, source.width, source.height, Size(2, 2))
    per_x = part[2] * source.width / rect.width  # source pixels a window pixel
    per_y = part[3] * source.height / rect.height
    left = part[0] * source.width + max(0.0, -rect.left) * per_x
    top = part[1] * source.height + max(0.0, -rect.top) * per_y
    right = left + min(rect.width, window.width) * per_x
    bottom = top + min(rect.height, window.height) * per_y
    x, width = _even(left, right, source.width)
    y, height = _even(top, bottom, source.height)
    to = Size(
        min(max(2, round(width / per_x)), most.width),
        min(max(2, round(height / per_y)), most.height),
    )
    return Cut(x, y, width, height, to)


def _even(low: float, high: float, most: int) -> tuple[int, int]:
    """Start and length of the even pixels around it."""
    start = max(0, int(low + 1e-6) // 2 * 2)
    end = min(most, -(-int(high + 1 - 1e-6) // 2) * 2)
    if end - start < 2:
        start = max(0, min(start, most - 2))
        end = min(most, start + 2)
    return start, end - start


def place(shown: Part, part: Part, standing_at: Rect) -> Rect:
    """Where a picture of `shown` belongs while `part` stands at `standing_at`."""
    per_x, per_y = standing_at.width / part[2], standing_at.height / part[3]
    return Rect(
        standing_at.left + (shown[0] - part[0]) * per_x,
        standing_at.top + (shown[1] - part[1]) * per_y,
        shown[2] * per_x,
        shown[3] * per_y,
    )
