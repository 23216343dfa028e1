"""How large type must be for who reads a wall from afar. Pure."""

from math import radians, tan
from typing import NamedTuple

BODY_ARCMIN, CJK_ARCMIN, HEADLINE_ARCMIN = 20.0, 25.0, 30.0
LINES_OF_A_DESK = 46.0
"""At arm's length a window holds so many lines of body type; a wall of cockpits never more."""


class TypeSizes(NamedTuple):
    """Heights in pixels: of digits alone, of Chinese, of titles."""

    digits_px: int
    body_px: int
    title_px: int


def wall_sizes(pitch_mm: float, distance_m: float) -> TypeSizes:
    """`pitch_mm`: from one pixel to the next, > 0; `distance_m`: of the readers.

    Source: angles of 20, 25 and 30 minutes of arc for digits, Chinese and titles, after ISO
    9241-303; px = 2 d tan(a / 2) / pitch.
    """

    def px(arcmin: float) -> int:
        return round(2.0 * distance_m * 1000.0 * tan(radians(arcmin / 60.0) / 2.0) / pitch_mm)

    return TypeSizes(px(BODY_ARCMIN), px(CJK_ARCMIN), px(HEADLINE_ARCMIN))


def fits(sizes: TypeSizes, height_px: int) -> bool:
    """Whether a monitor of this height has room for a cockpit in this type."""
    return sizes.body_px <= round(height_px / LINES_OF_A_DESK)
