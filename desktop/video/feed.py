"""The bytes of one live picture on their way into libVLC: a pipe that we fill and it reads.

libVLC gets nothing but the number of a file. No address with its secret reaches it, a server that
refuses is heard here, and it keeps 128 KiB of the stream and not the 12 MB that its own way by
HTTP keeps (measured: 24 MB of heap a picture).
"""

import contextlib
import fcntl
import os
import struct
import termios
from collections.abc import Callable

_OWN_FILES = "/proc/self/fd"
_PIPE_BYTES = 256 << 10  # a key frame of a main stream, so that the writer need not wait for it


class Feed:
    """Each end of the pipe is closed by its own side alone: numbers of files are used again."""

    def __init__(self, news: Callable[[], None], in_time: bool = True) -> None:
        """`news` is called on any thread when the first bytes came, and at the end.

        `in_time`: it comes as it happens, and not in parts that are to be played out by and by.
        """
        self._news, self._in_time = news, in_time
        self._read_fd, self._write_fd = os.pipe()
        with contextlib.suppress(OSError):  # of a user who has too many pipes: 64 KiB do as well
            fcntl.fcntl(self._write_fd, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        self._reading = True
        self.refused = 0  # the status with which the server said no
        self.unreachable = False
        self.untrusted = False  # its certificate
        self.ended = False  # what libVLC shows from here on are leftovers of the past
        self.received_bytes = 0
        self.codec = ""  # once it is known

    @property
    def address(self) -> str:
        """What libVLC opens. It reads a copy of the file, so this one must live until then.

        What comes in time is a `stream:` for it. Then it follows the clock of the camera by when
        the bytes come; else it would keep for ever the age that a picture had when it began, a
        second where the machine was busy just then (measured: 25 tiles begun together, median age
        440 to 990 ms; so, 380 to 420). Source: libVLC 3.0, modules/access/file.c and
        src/input/clock.c.
        """
        if self._in_time and os.path.isdir(_OWN_FILES):
            return f"stream://{_OWN_FILES}/{self._read_fd}"
        return f"fd://{self._read_fd}"

    def read(self, most: int) -> bytes:
        """For who plays it here and not in libVLC: waits for bytes; none at the end."""
        return os.read(self._read_fd, most)

    def stop(self) -> None:
        """Ends the connection; does not wait."""

    def close(self) -> None:
        """Once libVLC has let go."""
        self.stop()
        if self._reading:
            self._reading = False
            os.close(self._read_fd)

    def waiting_bytes(self) -> int:
        """That libVLC has not taken yet."""
        if not self._reading:
            return 0
        return struct.unpack("i", fcntl.ioctl(self._read_fd, termios.FIONREAD, bytes(4)))[0]

    def _received(self, count: int) -> None:
        self.received_bytes += count
        if self.received_bytes == count:
            self._news()

    def _end(self, refused: int = 0) -> None:
        """By the writing side, once."""
        self.refused = refused
        self.ended = True
        os.close(self._write_fd)
        self._news()
