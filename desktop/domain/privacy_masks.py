"""Parts of a camera's picture that nobody at this desk may see.

Source: `privacy_masks.json` in the profile, drawn by the administrator at the wall or written by
hand: the camera's id and polygons of corners, as fractions of the picture from its upper left
corner:
`{"cam-0001": [[[0.1, 0.2], [0.4, 0.2], [0.4, 0.6]]]}`. The source of the stream is the right
place for a mask; this one covers what is seen at this station.
"""

from typing import Annotated

import msgspec

FILE = "privacy_masks.json"
_Fraction = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
Mask = Annotated[tuple[tuple[_Fraction, _Fraction], ...], msgspec.Meta(min_length=3, max_length=64)]
Masks = dict[str, tuple[Mask, ...]]
"""Polygons by camera_id."""

SMALLEST = 0.01
MOST_PER_CAMERA = 32

decode = msgspec.json.Decoder(Masks).decode
"""Raises msgspec.DecodeError."""


def box(first: tuple[float, float], second: tuple[float, float]) -> Mask | None:
    """The rectangle between two corners, cut at the edges of the picture; None for one that is
    narrower than a slip of the hand."""
    left, right = sorted(min(max(one[0], 0.0), 1.0) for one in (first, second))
    top, bottom = sorted(min(max(one[1], 0.0), 1.0) for one in (first, second))
    if right - left < SMALLEST or bottom - top < SMALLEST:
        return None
    return (left, top), (right, top), (right, bottom), (left, bottom)


def with_camera(masks: Masks, camera_id: str, own: tuple[Mask, ...]) -> Masks:
    """Of one camera another set; none leaves no trace of it."""
    rest = {one: polygons for one, polygons in masks.items() if one != camera_id}
    return rest | {camera_id: own[:MOST_PER_CAMERA]} if own else rest


def holds(mask: Mask, point: tuple[float, float]) -> bool:
    """Whether the point lies within the polygon (even-odd rule)."""
    inside = False
    for (x1, y1), (x2, y2) in zip(mask, (*mask[1:], mask[0]), strict=True):
        if (y1 > point[1]) != (y2 > point[1]):
            inside ^= point[0] < x1 + (point[1] - y1) * (x2 - x1) / (y2 - y1)
    return inside
