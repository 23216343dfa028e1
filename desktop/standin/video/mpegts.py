"""H.264 access units as an MPEG transport stream.

Source: ISO/IEC 13818-1: 2.4.3.2 packet, 2.4.3.4 adaptation field, 2.4.3.6 PES, 2.4.4 tables.
"""

from collections.abc import Sequence

from desktop.standin.video.access_unit import AccessUnit

_VIDEO_PID, _PMT_PID = 0x100, 0x1000
_DELAY_90K = 3600  # from clock reference to presentation: one picture
_BURST_STEP_90K = 90  # pictures that a joiner is given at once follow each other by 1 ms
_FIRST_ROOM, _ROOM = 176, 184
_PES_HEADER = 14


def _crc32(data: bytes) -> bytes:
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ (0x04C11DB7 if crc & 0x80000000 else 0)) & 0xFFFFFFFF
    return crc.to_bytes(4, "big")


def _section(pid: int, table: bytes) -> tuple[bytes, bytes]:
    """What stands before and after the byte with the continuity counter."""
    body = b"\x00" + table + _crc32(table)
    return (0x4000 | pid).to_bytes(2, "big"), body.ljust(_ROOM, b"\xff")


_PAT = _section(0, bytes.fromhex("00b00d0001c10000") + b"\x00\x01\xf0\x00")
_PMT = _section(
    _PMT_PID, bytes.fromhex("02b0120001c10000") + b"\xe1\x00\xf0\x00" + b"\x1b\xe1\x00\xf0\x00"
)
_STARTS = [b"\x47\x41\x00" + bytes([0x30 | count]) for count in range(16)]
_MIDDLES = [b"\x47\x01\x00" + bytes([0x10 | count]) for count in range(16)]
_ENDS = [b"\x47\x01\x00" + bytes([0x30 | count]) for count in range(16)]


def _packet_count(unit: AccessUnit) -> int:
    rest = len(unit.data) + _PES_HEADER - _FIRST_ROOM
    return 1 + max(0, -(-rest // _ROOM))


def _filler(unit: AccessUnit, packets: int) -> bytes:
    """Filler data (ISO/IEC 14496-10 7.3.2.7) that makes the picture `packets` packets longer."""
    used = len(unit.data) + _PES_HEADER - _FIRST_ROOM
    room = -(-max(used, 0) // _ROOM) * _ROOM - used  # left in the last packet
    return b"\x00\x00\x00\x01\x0c" + b"\xff" * (room + packets * _ROOM - 6) + b"\x80"


class TsMuxer:
    """One programme with one video stream; counters go on from unit to unit."""

    def __init__(self, table_count: int = 0) -> None:
        self._video_count = 0
        self._table_count = table_count & 15

    def mux(self, unit: AccessUnit) -> bytes:
        """Packets of one picture; tables stand before each IDR picture."""
        return self._mux(unit, unit.number * 3600)

    def mux_at(self, unit: AccessUnit, clock_90k: int, is_last: bool = False) -> bytes:
        """Packets of one picture that is due at `clock_90k`.

        The last picture of a part is filled up until the counter is back at 0, where the next
        part begins.
        """
        if is_last and (extra := -(self._video_count + _packet_count(unit)) & 15):
            unit = AccessUnit(unit.number, unit.is_idr, unit.data + _filler(unit, extra))
        return self._mux(unit, clock_90k)

    def burst(self, units: Sequence[AccessUnit]) -> bytes:
        """The pictures so far for a joiner, squeezed to just before the newest.

        Counters end where the running stream's stand now, so that its next packet fits.
        """
        muxer = TsMuxer()
        muxer._video_count = self._video_count - sum(map(_packet_count, units))
        muxer._table_count = self._table_count - sum(unit.is_idr for unit in units)
        newest = units[-1].number * 3600
        steps = range(len(units) - 1, -1, -1)
        return b"".join(
            muxer._mux(unit, newest - step * _BURST_STEP_90K)
            for unit, step in zip(units, steps, strict=True)
        )

    def _mux(self, unit: AccessUnit, clock_90k: int) -> bytes:
        parts = self._tables() if unit.is_idr else []
        data = _pes_header(clock_90k + _DELAY_90K) + unit.data
        self._first_packet(parts, data[:_FIRST_ROOM], clock_90k, unit.is_idr)
        count, place, end = self._video_count, _FIRST_ROOM, len(data)
        while end - place >= _ROOM:
            parts += (_MIDDLES[count & 15], data[place : place + _ROOM])
            count += 1
            place += _ROOM
        if place < end:
            spare = _ROOM - 1 - (end - place)
            stuffing = b"\x00" + b"\xff" * (spare - 1) if spare else b""
            parts += (_ENDS[count & 15], bytes([spare]), stuffing, data[place:])
            count += 1
        self._video_count = count & 15
        return b"".join(parts)

    def _first_packet(self, parts: list[bytes], data: bytes, clock_90k: int, is_idr: bool) -> None:
        spare = _FIRST_ROOM - len(data)
        reference = (clock_90k & (1 << 33) - 1) << 15 | 0x3F << 9  # extension 0
        flags = 0x50 if is_idr else 0x10  # random access, clock reference
        parts += (
            _STARTS[self._video_count & 15],
            bytes([7 + spare, flags]) + reference.to_bytes(6, "big") + b"\xff" * spare,
            data,
        )
        self._video_count = self._video_count + 1 & 15

    def _tables(self) -> list[bytes]:
        count = bytes([0x10 | self._table_count & 15])
        self._table_count = self._table_count + 1 & 15
        return [b"\x47" + pid + count + body for pid, body in (_PAT, _PMT)]


def _pes_header(stamp_90k: int) -> bytes:
    stamp = stamp_90k & (1 << 33) - 1
    coded = (
        0x21 << 32 | stamp >> 30 << 33 | (stamp >> 15 & 0x7FFF) << 17 | 1 << 16
        | (stamp & 0x7FFF) << 1 | 1
    )  # fmt: skip
    return b"\x00\x00\x01\xe0\x00\x00\x80\x80\x05" + coded.to_bytes(5, "big")
