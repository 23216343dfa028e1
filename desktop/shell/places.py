"""Where the parts of the workstation stand. Pure geometry in logical pixels."""

from enum import StrEnum
from typing import NamedTuple

GAP_PX = 4
STRIP_PX = 80
TILES = 4
TILE_HEAD_PX, TILE_GAP_PX = 28, 8
TILE_FRAME_PX = 2
_PICTURE_ASPECT = 16 / 9
_REFERENCE_WIDTH_PX, _REFERENCE_HEIGHT_PX = 1864, 1040


class Mode(StrEnum):
    """What has the middle of the workstation; the view_ids of the three modes."""

    ALARMS = "alarms"
    MAP = "map"
    VIDEO = "video"


_PAGES = ("wall", "emergency", "scoreboard", "cockpit", "registers", "health", "settings")
VIEW_IDS = (*(mode.value for mode in Mode), *_PAGES)
"""Every view of `view_table`, for those who must not load Qt to know its name."""


class Rect(NamedTuple):
    x: int
    y: int
    width: int
    height: int


class Places(NamedTuple):
    """None where a part is not shown in this mode."""

    alarms: Rect
    map: Rect | None
    video: Rect | None
    strip: Rect | None
    detail: Rect


def places(width: int, height: int, mode: Mode) -> Places:
    """Columns of the reference, wider on a larger ground, narrower on a small one; 4 px grid."""
    scale = width / _REFERENCE_WIDTH_PX
    list_px = _grid(min(max(360 * scale, 284), 480))
    detail_px = _grid(min(max(316 * scale, 304), 420))
    strip_px = STRIP_PX
    detail_x = width - detail_px
    middle_x, middle_px = list_px + GAP_PX, detail_x - GAP_PX - list_px - GAP_PX
    work_px = height - GAP_PX - GAP_PX - strip_px
    strip = Rect(middle_x, GAP_PX + work_px + GAP_PX, middle_px, strip_px)
    alarms, detail = Rect(0, 0, list_px, height), Rect(detail_x, 0, detail_px, height)
    whole = Rect(middle_x, GAP_PX, middle_px, work_px)
    if mode is Mode.MAP:
        return Places(alarms, whole, None, strip, detail)
    if mode is Mode.VIDEO:
        return Places(alarms, None, whole, strip, detail)
    video_px = _video_width(height - GAP_PX, middle_px)
    map_px = middle_px - GAP_PX - video_px
    return Places(
        alarms,
        Rect(middle_x, GAP_PX, map_px, work_px),
        Rect(middle_x + map_px + GAP_PX, GAP_PX, video_px, height - GAP_PX),
        Rect(middle_x, strip.y, map_px, strip_px),
        detail,
    )


def _video_width(column_px: int, middle_px: int) -> int:
    """As wide as four pictures below each other have height, at most 45 % of the middle."""
    tile_px = (column_px - (TILES - 1) * TILE_GAP_PX) / TILES
    picture_px = tile_px - TILE_HEAD_PX - 2 * TILE_FRAME_PX
    wanted = picture_px * _PICTURE_ASPECT + 2 * TILE_FRAME_PX
    return _grid(min(max(wanted, 200), middle_px * 0.45))


def _grid(length: float) -> int:
    return int(length // 4 * 4)
