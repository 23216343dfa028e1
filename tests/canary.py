"""A file that nobody may open and a port that nobody may call, named in hostile texts."""

import ctypes
import os
import socket
import struct
from pathlib import Path
from typing import Self

from PySide6.QtGui import QColor, QImage

_OPENED, _READ = 0x20, 0x01  # IN_OPEN, IN_ACCESS
_libc = ctypes.CDLL(None, use_errno=True)


class Canary:
    """`touched()`: what was opened or called since the last question."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "canary.png"
        picture = QImage(8, 8, QImage.Format.Format_RGB32)
        picture.fill(QColor("red"))
        picture.save(str(self.path))
        self._port = socket.create_server(("127.0.0.1", 0))
        self._port.setblocking(False)
        self.url = f"http://127.0.0.1:{self._port.getsockname()[1]}/canary.png"
        self._watch = _libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        assert self._watch >= 0, os.strerror(ctypes.get_errno())
        wanted = _OPENED | _READ
        assert _libc.inotify_add_watch(self._watch, os.fsencode(self.path), wanted) > 0

    def touched(self) -> list[str]:
        found = []
        try:
            events = os.read(self._watch, 64 * 1024)
        except BlockingIOError:
            events = b""
        if events:
            _, mask, _, _ = struct.unpack_from("iIII", events)
            found.append(f"file opened (mask {mask:#x})")
        try:
            _, caller = self._port.accept()
            found.append(f"called by {caller}")
        except BlockingIOError:
            pass
        return found

    def markup(self) -> str:
        """Every way by which a text has made a program load something."""
        return (
            f'<b>红</b><img src="{self.path}"><img src="file://{self.path}">'
            f'<img src="{self.url}" onerror="window.hacked=1"><a href="javascript:hack()">点</a>'
            f"<style>@import url({self.url})</style><script>window.hacked=1</script>"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._port.close()
        os.close(self._watch)
