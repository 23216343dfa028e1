"""Access units as RTP packets inside an RTSP connection.

Source: RFC 6184 (single NAL unit packets and FU-A), RFC 2326 10.12 (interleaving).
"""

import secrets
from collections.abc import Sequence

from desktop.standin.video.access_unit import AccessUnit
from desktop.standin.video.bitstream import START_CODE

PAYLOAD_TYPE = 96
_ROOM = 1400
_BURST_STEP_90K = 90


class RtpPacker:
    """Sequence numbers and time stamps of one receiver; `channel` is its interleaved channel."""

    def __init__(self, channel: int) -> None:
        self._channel = channel
        self._sequence = secrets.randbits(15)
        self._ssrc = secrets.token_bytes(4)

    def pack(self, unit: AccessUnit) -> bytes:
        return self._pack(unit, unit.number * 3600)

    def burst(self, units: Sequence[AccessUnit]) -> bytes:
        """The pictures so far, squeezed to just before the newest."""
        newest = units[-1].number * 3600
        return b"".join(
            self._pack(unit, newest - (len(units) - 1 - place) * _BURST_STEP_90K)
            for place, unit in enumerate(units)
        )

    def _pack(self, unit: AccessUnit, stamp_90k: int) -> bytes:
        payloads = [
            part
            for nal in unit.data.split(START_CODE)[1:]
            if nal[0] & 31 != 9  # the delimiter has no place in RTP
            for part in _payloads(nal)
        ]
        tail = (stamp_90k & 0xFFFFFFFF).to_bytes(4, "big") + self._ssrc
        parts: list[bytes] = []
        for place, payload in enumerate(payloads, start=1):
            marker = 0x80 if place == len(payloads) else 0
            frame = b"$" + bytes([self._channel]) + (len(payload) + 12).to_bytes(2, "big")
            kind = bytes([0x80, marker | PAYLOAD_TYPE])
            parts += (frame, kind, self._sequence.to_bytes(2, "big"), tail, payload)
            self._sequence = self._sequence + 1 & 0xFFFF
        return b"".join(parts)


def _payloads(nal: bytes) -> list[bytes]:
    if len(nal) <= _ROOM:
        return [nal]
    indicator, kind = nal[0] & 0xE0 | 28, nal[0] & 31
    starts = range(1, len(nal), _ROOM - 2)
    last = starts[-1]
    return [
        bytes([indicator, (0x80 if x == 1 else 0) | (0x40 if x == last else 0) | kind])
        + nal[x : x + _ROOM - 2]
        for x in starts
    ]
