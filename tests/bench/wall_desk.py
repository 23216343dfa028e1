"""The station's part of the `wall` bench: a plain Qt window of native windows and a VideoPool.

`python -m tests.bench.wall_desk TILES COLUMNS KIND`: orders as JSON lines on stdin, words as JSON
lines on stdout. `open` starts the pictures of these addresses and ends all others, in `columns`
if it says so, `measure` begins the lateness anew, `tell` gives it with the video processes,
`close` ends everything as the station does. KIND is `wall`, or `focus` for a picture that this
window paints. Times are of the machine's monotonic clock.
"""

import asyncio
import json
import os
import sys
import time
from typing import Any

import qasync
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.clock import SystemClock
from desktop.domain.cameras import (
    FIRST_WALL_TILE,
    Camera,
    LiveAnswer,
    Protocol,
    Stream,
    TileStatus,
)
from desktop.lifeline import die_with_parent
from desktop.settings import Settings
from desktop.shell.lateness import Lateness
from desktop.video.places import FIRST_FOCUS_TILE
from desktop.video.pool import VideoPool
from widgets.focus_picture import FocusPicture

WIDTH_PX, HEIGHT_PX = 1920, 1080


class _Addresses:
    """Answers `live` as the platform does."""

    def __init__(self) -> None:
        self.protocol = Protocol.HTTP_TS
        self.urls: list[str] = []

    async def live(self, camera_id: str, profile: str) -> LiveAnswer:
        return LiveAnswer((Stream(self.urls[int(camera_id) - 1], self.protocol),))


class _Desk:
    def __init__(self, tiles: int, columns: int, kind: str) -> None:
        self.window = QWidget()
        self.window.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
        self.window.setGeometry(0, 0, WIDTH_PX, HEIGHT_PX)
        self._addresses = _Addresses()
        self.pool = VideoPool(self._addresses, SystemClock(), Settings())
        self._first = FIRST_FOCUS_TILE if kind == "focus" else FIRST_WALL_TILE
        make = self._focus if kind == "focus" else self._cell
        self._cells = [make() for _ in range(tiles)]
        self._lay_out(columns)
        self.window.show()
        self._states: dict[int, str] = {}
        for tile in self._tiles():
            self.pool.player(tile).status_changed.connect(self._tell_state)
        self._lateness = self._new_lateness()

    def _cell(self) -> QWidget:
        cell = QWidget(self.window)
        cell.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
        cell.setAttribute(Qt.WidgetAttribute.WA_DontCreateNativeAncestors)
        cell.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        return cell

    def _focus(self) -> QWidget:
        picture, canvas = FocusPicture(self.window), self.pool.canvas(FIRST_FOCUS_TILE)
        canvas.pictured.connect(
            lambda frame: picture.show_frame(
                frame.pixels, frame.size, frame.stride, frame.source, frame.part
            )
        )
        picture.window_resized.connect(canvas.resize)
        picture.show()
        return picture

    def _lay_out(self, columns: int) -> None:
        width, height = WIDTH_PX // columns, HEIGHT_PX // columns
        for number, cell in enumerate(self._cells):
            row, column = divmod(number, columns)
            cell.setGeometry(column * width, row * height, width, height)

    def _new_lateness(self) -> Lateness:
        lateness = Lateness(self.window)
        lateness.start()
        return lateness

    def _tiles(self) -> range:
        """Their numbers say which of them share a video process, as on the wall (places)."""
        return range(self._first, self._first + len(self._cells))

    def is_warm(self) -> bool:
        """Every tile has a video process that can play."""
        return all(self.pool.ready(tile) is not None for tile in self._tiles())

    def take(self, order: dict[str, Any]) -> None:
        if "open" in order:
            self._open(order)
        if "measure" in order:
            self._lateness.deleteLater()
            self._lateness = self._new_lateness()
        if "tell" in order:
            say({"lateness": self._lateness.figures(), "pids": self.pool.pids()})

    def _open(self, order: dict[str, Any]) -> None:
        self._addresses.urls = order["open"]
        self._addresses.protocol = Protocol(order["protocol"])
        if "columns" in order:
            self._lay_out(order["columns"])
        say({"opened_at_s": time.monotonic()})
        for number, (tile, cell) in enumerate(zip(self._tiles(), self._cells, strict=True), 1):
            player = self.pool.player(tile)
            if number <= len(order["open"]):
                player.show(Camera(camera_id=str(number), name=str(number)), int(cell.winId()))
            else:
                player.clear()

    def _tell_state(self, status: TileStatus) -> None:
        if self._states.get(status.tile) != status.state.value:
            self._states[status.tile] = status.state.value
            say({"tile": status.tile, "state": status.state.value, "at_s": time.monotonic()})

    async def close(self) -> None:
        """Says how long all pictures took to stop, and how long the loop stood still for it."""
        self._lateness.deleteLater()
        self._lateness = self._new_lateness()
        await asyncio.sleep(0.1)
        began_s = time.monotonic()
        await self.pool.close()
        took_s = time.monotonic() - began_s
        await asyncio.sleep(0.05)
        say({"closed_s": took_s, "late_max_ms": self._lateness.figures()["max"]})


def say(words: dict[str, Any]) -> None:
    print(json.dumps(words), flush=True)


async def _serve(tiles: int, columns: int, kind: str) -> None:
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    desk = _Desk(tiles, columns, kind)
    while not desk.is_warm():
        await asyncio.sleep(0.05)
    say({"warm": True})
    rest = b""

    def read() -> None:
        nonlocal rest
        data = os.read(0, 1 << 16)
        *lines, rest = (rest + data).split(b"\n")
        for line in lines:
            order = json.loads(line)
            if "close" in order:
                ended.set()
            desk.take(order)
        if not data:
            loop.remove_reader(0)
            ended.set()

    loop.add_reader(0, read)
    await ended.wait()
    loop.remove_reader(0)
    await desk.close()


def main() -> None:
    die_with_parent()
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontCreateNativeWidgetSiblings)
    with qasync.QEventLoop(QApplication(sys.argv[:1])) as loop:
        loop.run_until_complete(_serve(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
    os._exit(0)


if __name__ == "__main__":
    main()
