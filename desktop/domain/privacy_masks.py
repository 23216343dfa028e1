"""Parts of a camera's picture that nobody at this desk may see.

Source: `privacy_masks.json` in the profile, written by the administrator by hand: the camera's id
and polygons of corners, as fractions of the picture from its upper left corner:
`{"cam-0001": [[[0.1, 0.2], [0.4, 0.2], [0.4, 0.6]]]}`. The source of the stream is the right
place for a mask; this one covers what this station paints itself.
"""

from typing import Annotated

import msgspec

FILE = "privacy_masks.json"
_Fraction = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
Mask = Annotated[tuple[tuple[_Fraction, _Fraction], ...], msgspec.Meta(min_length=3, max_length=64)]
Masks = dict[str, tuple[Mask, ...]]
"""Polygons by camera_id."""

decode = msgspec.json.Decoder(Masks).decode
"""Raises msgspec.DecodeError."""
