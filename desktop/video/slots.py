"""Pictures in memory that two processes share: two slots by turns, and one for a still.

The reader holds one slot for as long as it paints from it. The writer fills the other one and
says so; it writes nothing more until the reader has said which slot it holds now. So nothing is
ever written where somebody reads, however late either of them is, and what becomes old while
the writer waits is never copied.
"""

import mmap
import struct

from desktop.domain.picture_part import Size

MOST = Size(3840, 2160)
PIXEL_BYTES = 4
SLOTS = 2
STILL = SLOTS
"""The place of a still picture, behind those of the two slots."""

_PAGE = 4096
_ROW_SPARE = 256  # rows are padded
SLOT_BYTES = (MOST.width + _ROW_SPARE) * MOST.height * PIXEL_BYTES // _PAGE * _PAGE
TOTAL_BYTES = _PAGE + (SLOTS + 1) * SLOT_BYTES
"""Of addresses; memory is taken only for what was written."""

_NUMBER = struct.Struct("<Q")


class Slots:
    """Each slot carries the number of its picture, 0 while it is being written."""

    def __init__(self, memory: mmap.mmap) -> None:
        """Raises ValueError for a memory of another size."""
        if len(memory) != TOTAL_BYTES:
            raise ValueError(len(memory))
        self._memory = memory
        self._view = memoryview(memory)

    def number(self, slot: int) -> int:
        return _NUMBER.unpack_from(self._view, slot * _NUMBER.size)[0]

    def write(self, slot: int, number: int, pixels: memoryview) -> None:
        """Raises ValueError when they do not fit."""
        if pixels.nbytes > SLOT_BYTES:
            raise ValueError(pixels.nbytes)
        _NUMBER.pack_into(self._view, slot * _NUMBER.size, 0)
        start = _PAGE + slot * SLOT_BYTES
        self._view[start : start + pixels.nbytes] = pixels.cast("B")
        _NUMBER.pack_into(self._view, slot * _NUMBER.size, number)

    def read(self, slot: int, number: int, stride: int, height: int) -> memoryview | None:
        """The pixels themselves, not a copy; None unless this very picture stands there."""
        if not 0 <= slot <= STILL or not 0 < stride * height <= SLOT_BYTES or stride <= 0:
            return None
        if not number or self.number(slot) != number:
            return None
        start = _PAGE + slot * SLOT_BYTES
        return self._view[start : start + stride * height]

    def give_back(self, slot: int) -> None:
        """The memory of a slot that nobody needs any more; it reads as zeros then."""
        _NUMBER.pack_into(self._view, slot * _NUMBER.size, 0)
        self._memory.madvise(mmap.MADV_REMOVE, _PAGE + slot * SLOT_BYTES, SLOT_BYTES)


class Turns:
    """The writer's memory of whose turn it is."""

    def __init__(self) -> None:
        self._held = -1  # of the reader
        self._told = 0  # number of the picture that it has not answered yet
        self._last = 0

    @property
    def is_free(self) -> bool:
        """Whether a slot may be written now."""
        return not self._told

    def begin(self) -> tuple[int, int]:
        """The slot to write, and the number to write there."""
        assert self.is_free
        self._last += 1
        self._told = self._last
        return (0 if self._held == 1 else 1), self._told

    def give_up(self) -> None:
        """Nothing was said of what was begun."""
        self._told = 0

    def take(self, number: int, slot: int) -> None:
        """The reader's word: the last picture that it was told of, 0 for none, and what it holds.

        A word that crossed ours on its way changes nothing.
        """
        if number == self._told:
            self._told, self._held = 0, slot
