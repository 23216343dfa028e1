"""Where the tiles stand: one below the other in a column, two by two where there is room."""

from PySide6.QtCore import QRect

from widgets.tile_header import HEADER_PX
from widgets.video_tile import FRAME_PX

COLUMN_WIDTH_PX = 412
COLUMN_STEP_PX = 240
GAP_PX = 8
_WIDE_PX = 640


def tile_rects(width_px: int, height_px: int, count: int) -> list[QRect]:
    """Positions of `count` tiles in an area of this size."""
    columns = 2 if width_px >= _WIDE_PX and count > 1 else 1
    rows = -(-count // columns)
    width = (width_px - GAP_PX * (columns - 1)) // columns
    step = (height_px + GAP_PX) // rows
    if columns == 1:
        step = min(step, round(COLUMN_STEP_PX * max(1.0, width / COLUMN_WIDTH_PX)))
    else:  # no higher than a 16:9 picture below its header needs
        step = min(step, HEADER_PX + 2 * FRAME_PX + (width - 2 * FRAME_PX) * 9 // 16 + GAP_PX)
    return [
        QRect(i % columns * (width + GAP_PX), i // columns * step, width, step - GAP_PX)
        for i in range(count)
    ]
