"""Where the tiles stand: in a column, or one large above three, or in a grid."""

from PySide6.QtCore import QRect

from widgets.tile_header import HEADER_PX
from widgets.video_tile import FRAME_PX

COLUMN_WIDTH_PX = 412
COLUMN_STEP_PX = 268
GAP_PX = 8
_WIDE_PX = 640
_EXTRA_PX = HEADER_PX + 2 * FRAME_PX


def tile_rects(width_px: int, height_px: int, count: int) -> list[QRect]:
    """Positions of `count` tiles in an area of this size; no tile is higher than 16:9 needs."""
    if width_px < _WIDE_PX or count == 1:
        return _grid(width_px, height_px, count, 1)
    choices = [_grid(width_px, height_px, count, 2)]
    if count == 4:
        choices.append(_one_above_three(width_px, height_px))
    return max(choices, key=_picture_area)


def _grid(width_px: int, height_px: int, count: int, columns: int) -> list[QRect]:
    rows = -(-count // columns)
    width = (width_px - GAP_PX * (columns - 1)) // columns
    step = min((height_px + GAP_PX) // rows, _tile_height(width) + GAP_PX)
    return [
        QRect(i % columns * (width + GAP_PX), i // columns * step, width, step - GAP_PX)
        for i in range(count)
    ]


def _one_above_three(width_px: int, height_px: int) -> list[QRect]:
    """The first camera of an alarm large, the others below it."""
    small = (width_px - 2 * GAP_PX) // 3
    low = _tile_height(small)
    high = min(height_px - GAP_PX - low, _tile_height(width_px))
    rects = [QRect(0, 0, width_px, high)]
    rects += [QRect(i * (small + GAP_PX), high + GAP_PX, small, low) for i in range(3)]
    return rects


def _tile_height(width_px: int) -> int:
    return _EXTRA_PX + (width_px - 2 * FRAME_PX) * 9 // 16


def _picture_area(rects: list[QRect]) -> float:
    """Pixels of the pictures themselves, which keep 16:9 inside their tiles."""
    heights = [min(r.height() - _EXTRA_PX, (r.width() - 2 * FRAME_PX) * 9 / 16) for r in rects]
    return sum(max(0.0, height) ** 2 * 16 / 9 for height in heights)
