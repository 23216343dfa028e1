"""What the pictures of a transport stream are coded in, whatever its tables say.

A camera that is set to another codec goes on in the stream that runs, and some platforms do not
tell: libVLC's decoder then makes pictures out of the wrong bytes, and counts them as shown
(measured: for ever). Source: ISO/IEC 13818-1 2.4.3; H.264 7.3.1 and H.265 7.3.1.2, the headers of
their units.
"""

import time
from collections.abc import Callable

_PACKET, _SYNC = 188, 0x47
_START_CODE = b"\x00\x00\x01"
_CHECK_S, _PATIENCE_S = 0.4, 1.3
"""New tables may come after the first new picture, and libVLC follows them by itself."""

# First bytes of H.265 units of the base layer (slices, key frames, parameter sets, delimiter, SEI)
# that no H.264 stream has before a 1.
_H265_FIRST = frozenset((0x00, 0x02, 0x26, 0x28, 0x2A, 0x40, 0x42, 0x44, 0x46, 0x4E))
_H264_SPS, _H264_SLICES = 7, (1, 5)
_CODECS = ("h264", "h265")


def picture_codec(data: bytes) -> str:
    """`h264` or `h265` by the first picture that begins here; empty where none does."""
    at = data.find(_SYNC)
    while at >= 0 and at + _PACKET < len(data) and data[at + _PACKET] != _SYNC:
        at = data.find(_SYNC, at + 1)
    while 0 <= at <= len(data) - _PACKET and data[at] == _SYNC:
        if found := _codec_of(data[at : at + _PACKET]):
            return found
        at += _PACKET
    return ""


def _codec_of(packet: bytes) -> str:
    begins, has_more, has_payload = packet[1] & 0x40, packet[3] & 0x20, packet[3] & 0x10
    start = 4 + (1 + packet[4] if has_more else 0)
    if not (begins and has_payload) or start > _PACKET - 9:
        return ""
    if packet[start : start + 3] != _START_CODE or packet[start + 3] & 0xF0 != 0xE0:
        return ""
    at = packet.find(_START_CODE, start + 9 + packet[start + 8])
    while 0 <= at < _PACKET - 5:
        first, second = packet[at + 3], packet[at + 4]
        if second == 1 and first in _H265_FIRST:
            return "h265"
        kind = first & 0x1F
        if kind == _H264_SPS or (kind in _H264_SLICES and second & 0x80):
            return "h264"
        at = packet.find(_START_CODE, at + 3)
    return ""


class PictureWatch:
    """Compares the pictures with the tables, twice a second: more would cost what it is worth."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._next_s = 0.0
        self._right_s: float | None = None
        self.other = ""  # what the pictures are, where the tables say something else

    def agrees(self, told: str, part: bytes) -> bool:
        """False once the pictures have been something else than `told` for longer than new tables
        may take, or from the beginning on. Holds for h264 and h265 alone."""
        now_s = self._clock()
        if now_s < self._next_s or told not in _CODECS:
            return True
        found = picture_codec(part)
        if not found:
            return True
        self._next_s = now_s + _CHECK_S
        if found == told:
            self._right_s, self.other = now_s, ""
            return True
        self.other = found
        return self._right_s is not None and now_s - self._right_s < _PATIENCE_S
