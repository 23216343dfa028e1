"""Takes the pictures of a transport stream out of it, each as soon as its last byte came.

libav's demuxer and its parser each wait for the beginning of the next picture: 80 ms at 25
pictures a second. Here a picture ends where its length says so, or where its last packet was
stuffed up. Source: ISO/IEC 13818-1, 2.4.3.
"""

from typing import NamedTuple

PACKET = 188
_SYNC = 0x47
_NONE = -1
_CODECS = {0x01: "mpeg2video", 0x02: "mpeg2video", 0x10: "mpeg4", 0x1B: "h264", 0x24: "hevc"}
_LOST_BYTES = 128 << 10
_UNIT_BYTES = 16 << 20


class NoTransportStream(Exception):
    """What comes is something else."""


class Unit(NamedTuple):
    """The coded bytes of one picture. pts: in 1/90000 s, modulo 2**33, None where there is none."""

    codec: str  # by libav's name
    data: bytes
    pts: int | None
    is_random: bool  # the stream says that one may begin here


class TsSplitter:
    """Feeds of any length; follows the first video stream of the first programme."""

    def __init__(self) -> None:
        self.codec = ""
        self._rest = b""
        self._lost = 0
        self._table_pid = self._pid = _NONE
        self._parts: list[bytes] = []
        self._open = False  # the first packet of this picture was seen
        self._size = self._due = 0  # bytes that came, and that are to come; 0: not known
        self._pts: int | None = None
        self._is_random = False
        self._count = _NONE
        self._guesses = True  # stuffing ends a picture
        self._guessed = False

    def feed(self, data: bytes) -> list[Unit]:
        """Raises NoTransportStream when nothing in 128 KiB looks like one."""
        data = self._rest + data
        found: list[Unit] = []
        at = 0
        while len(data) - at >= PACKET:
            if data[at] != _SYNC:
                at = self._find(data, at)
                continue
            self._lost = 0
            self._take(data[at : at + PACKET], found)
            at += PACKET
        self._rest = data[at:]
        return found

    def _find(self, data: bytes, at: int) -> int:
        """The next place at which packets may begin."""
        start = at
        while True:
            at = data.find(_SYNC, at + 1)
            if at < 0:
                at = len(data)
                break
            if at + PACKET >= len(data) or data[at + PACKET] == _SYNC:
                break
        self._lost += at - start
        if self._lost > _LOST_BYTES:
            raise NoTransportStream
        self._drop()
        return at

    def _take(self, packet: bytes, found: list[Unit]) -> None:
        pid = (packet[1] & 0x1F) << 8 | packet[2]
        if pid == self._pid:
            self._take_video(packet, found)
        elif pid == 0:
            self._take_programmes(packet)
        elif pid == self._table_pid:
            self._take_streams(packet)

    # -- tables ----------------------------------------------------------------------------

    def _take_programmes(self, packet: bytes) -> None:
        section = _section(packet, 0x00)
        for at in range(8, len(section) - 3, 4):
            if section[at] or section[at + 1]:
                self._table_pid = (section[at + 2] & 0x1F) << 8 | section[at + 3]
                return

    def _take_streams(self, packet: bytes) -> None:
        section = _section(packet, 0x02)
        if len(section) < 12:
            return
        at = 12 + ((section[10] & 0x0F) << 8 | section[11])
        while at + 5 <= len(section):
            if codec := _CODECS.get(section[at]):
                pid = (section[at + 1] & 0x1F) << 8 | section[at + 2]
                if (pid, codec) != (self._pid, self.codec):
                    self._pid, self.codec, self._count = pid, codec, _NONE
                    self._drop()
                return
            at += 5 + ((section[at + 3] & 0x0F) << 8 | section[at + 4])

    # -- pictures --------------------------------------------------------------------------

    def _take_video(self, packet: bytes, found: list[Unit]) -> None:
        flags = packet[3]
        if not flags & 0x10:
            return
        count, known = flags & 0x0F, self._count
        if count == known:
            return  # sent twice
        self._count = count
        if known != _NONE and count != (known + 1) & 0x0F:
            self._drop()
        start, is_stuffed, is_random = _adaptation(packet) if flags & 0x20 else (4, False, False)
        if packet[1] & 0x40:
            self._end(found)
            self._begin(packet[start:], is_random)
        elif self._open:
            self._parts.append(packet[start:])
            self._size += PACKET - start
        elif self._guessed:  # it went on after all: stuffing says nothing here
            self._guesses = self._guessed = False
            return
        if self._open and self._is_whole(is_stuffed):
            self._guessed = not self._due
            self._end(found)

    def _is_whole(self, is_stuffed: bool) -> bool:
        if self._size > _UNIT_BYTES:
            self._drop()
            return False
        return self._size >= self._due if self._due else is_stuffed and self._guesses

    def _begin(self, data: bytes, is_random: bool) -> None:
        self._guessed = False
        if len(data) < 9 or data[:3] != b"\x00\x00\x01":
            return
        length, body = data[4] << 8 | data[5], 9 + data[8]
        self._pts = _stamp(data[9:14]) if data[7] & 0x80 and len(data) >= 14 else None
        self._parts, self._size = [data[body:]], max(0, len(data) - body)
        self._due = max(0, length + 6 - body) if length else 0
        self._open, self._is_random = True, is_random

    def _end(self, found: list[Unit]) -> None:
        if self._open:
            data = b"".join(self._parts)
            if data:
                found.append(Unit(self.codec, data, self._pts, self._is_random))
        self._drop()

    def _drop(self) -> None:
        self._parts, self._open, self._size = [], False, 0


def _section(packet: bytes, kind: int) -> bytes:
    """A table that lies in one packet, without its check sum; empty for any other."""
    start = 4 + (1 + packet[4] if packet[3] & 0x20 else 0)
    if not (packet[1] & 0x40 and packet[3] & 0x10) or start >= PACKET - 8:
        return b""
    start += 1 + packet[start]
    section = packet[start:]
    if len(section) < 8 or section[0] != kind:
        return b""
    return section[: max(0, 3 + ((section[1] & 0x0F) << 8 | section[2]) - 4)]


def _adaptation(packet: bytes) -> tuple[int, bool, bool]:
    """Where the payload begins, whether there is stuffing before it, and the random access bit."""
    length = packet[4]
    if not length:
        return 5, True, False
    flags = packet[5]
    needed = 1 + 6 * bool(flags & 0x10) + 6 * bool(flags & 0x08) + bool(flags & 0x04)
    knows = not flags & 0x03  # private data and extensions have lengths of their own
    return min(5 + length, PACKET), knows and length > needed, bool(flags & 0x40)


def _stamp(data: bytes) -> int:
    return (
        (data[0] >> 1 & 7) << 30 | data[1] << 22 | data[2] >> 1 << 15 | data[3] << 7 | data[4] >> 1
    )
