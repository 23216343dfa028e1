"""The station's end of a focus picture: the memory it is written into, and whose turn it is."""

import mmap
import os
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop.domain.picture_part import Part, Size
from desktop.video import wire
from desktop.video.slots import PIXEL_BYTES, STILL, TOTAL_BYTES, Slots


@dataclass(frozen=True)
class FocusFrame:
    """A picture of 32 bit pixels (blue, green, red, 255), `stride` bytes a row.

    `pixels` are no copy: they hold until the canvas says that there is another picture; of a
    still they are a copy. came_s: of the machine's monotonic clock.
    """

    pixels: memoryview | bytes
    size: Size
    stride: int
    source: Size
    part: Part
    came_s: float


class FocusCanvas(QObject):
    """A picture that was announced is shown, or another comes: none is copied, none is torn."""

    pictured = Signal(object)  # FocusFrame
    still_taken = Signal(object)  # FocusFrame

    def __init__(
        self, player: int, send: Callable[[wire.ToVideo], None], parent: QObject | None = None
    ) -> None:
        """Raises OSError where the system has no memory of this kind."""
        super().__init__(parent)
        self._player, self._send = player, send
        if not hasattr(os, "memfd_create"):
            raise OSError("no memory without a name")
        self.memory_fd = os.memfd_create("picture", os.MFD_CLOEXEC)
        os.ftruncate(self.memory_fd, TOTAL_BYTES)
        self._slots = Slots(mmap.mmap(self.memory_fd, TOTAL_BYTES))
        self._held = -1
        self._session = 0
        self._window = Size(0, 0)
        self.destroyed.connect(_Closing(self.memory_fd))

    @property
    def session(self) -> int:
        """Whose pictures are shown."""
        return self._session

    def resize(self, window: Size) -> None:
        """In device pixels: what the pictures are scaled to."""
        if window != self._window:
            self._window = window
            self._send(wire.Frame(self._player, *window))

    def ask_still(self) -> None:
        """`still_taken` brings it; nothing does where there is no picture."""
        self._send(wire.Still(self._player))

    def introduce(self, session: int) -> None:
        """Before a stream is opened: the process may be a new one, which knows nothing."""
        self._session = session
        self._send(wire.Taken(self._player, 0, self._held))
        self._send(wire.Frame(self._player, *self._window))

    def take(self, picture: wire.Picture) -> None:
        """What the process says; of a picture that is not there nothing comes of it."""
        is_wanted = picture.session == self._session
        pixels = None
        if 0 < PIXEL_BYTES * picture.width <= picture.stride:
            pixels = self._slots.read(picture.slot, picture.number, picture.stride, picture.height)
        if picture.slot == STILL:
            if pixels is not None and is_wanted:
                self.still_taken.emit(_frame(picture, bytes(pixels)))
            if pixels is not None:
                self._slots.give_back(STILL)
            return
        if pixels is not None and is_wanted:
            self._held = picture.slot
            self.pictured.emit(_frame(picture, pixels))
        self._send(wire.Taken(self._player, picture.number, self._held))


class _Closing:
    """Outlives the canvas: the memory itself goes with its last picture."""

    def __init__(self, fd: int) -> None:
        self._fd = fd

    def __call__(self, _gone: QObject | None = None) -> None:
        os.close(self._fd)


def _frame(picture: wire.Picture, pixels: memoryview | bytes) -> FocusFrame:
    return FocusFrame(
        pixels,
        Size(picture.width, picture.height),
        picture.stride,
        Size(picture.source_width, picture.source_height),
        picture.part,
        picture.came_s,
    )
