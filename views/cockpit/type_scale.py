"""Sizes of type on a cockpit, computed from where its readers stand."""

from typing import NamedTuple

from desktop.domain.wall_type import LINES_OF_A_DESK, wall_sizes

_LEAST_PX = 14
_TINIEST = 7


class TypeScale(NamedTuple):
    """Heights of type in pixels.

    `digits_px`: the smallest for numbers alone; `body_px`: the smallest for Chinese;
    `title_px`: titles of panels; `value_px`: the number of a panel; `headline_px`: the sentence;
    `state_px`: the word of the state.
    """

    digits_px: int
    body_px: int
    title_px: int
    value_px: int
    headline_px: int
    state_px: int

    @property
    def gap_px(self) -> int:
        """Between panels; their inner margin is the same."""
        return max(round(self.body_px / 2 / 4) * 4, 8)

    def within(self, width: float, height: float, columns: float, rows: float) -> "TypeScale":
        """Smaller where so many widths and heights of body type would not fit: what is too small
        to be read from afar is better than what is cut."""
        part = min(width / (columns * self.body_px), height / (rows * self.body_px), 1.0)
        return self if part >= 1.0 else TypeScale(*(max(int(px * part), _TINIEST) for px in self))


def wall_scale(pitch_mm: float, distance_m: float) -> TypeScale:
    """`pitch_mm`: from one pixel of the wall to the next, > 0; `distance_m`: of the readers."""
    return _scale(*wall_sizes(pitch_mm, distance_m))


def desk_scale(height_px: int) -> TypeScale:
    """For a page of this height that is read at arm's length."""
    body = max(height_px / LINES_OF_A_DESK, float(_LEAST_PX))
    return _scale(body * 0.85, body, body * 1.17)


def _scale(digits: float, body: float, title: float) -> TypeScale:
    least = float(_LEAST_PX)
    return TypeScale(
        digits_px=round(max(digits, least)),
        body_px=round(max(body, least)),
        title_px=round(max(title, least)),
        value_px=round(max(body * 3.0, 28.0)),
        headline_px=round(max(body * 1.75, 20.0)),
        state_px=round(max(body * 2.67, 28.0)),
    )


def fitted_scale(pitch_mm: float, distance_m: float, height_px: int) -> TypeScale:
    """As the wall wants it, no larger than what a monitor of this height has room for."""
    wanted, most = wall_scale(pitch_mm, distance_m), desk_scale(height_px)
    return wanted if wanted.body_px <= most.body_px else most
