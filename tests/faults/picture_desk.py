"""The real tiles with their real video processes on a screen of their own, and nothing else.

`python -m tests.faults.picture_desk` is the station's part: the view of four tiles, orders as
JSON lines on stdin, what each tile says as JSON lines on stdout. `PictureDesk` is that process
from outside; what really stands on the screen it reads from the screen.
"""

import asyncio
import contextlib
import json
import logging
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import psutil
import pytest

from desktop.lifeline import die_with_parent
from desktop.standin.video.frame_number import read_number
from tests.faults.numbered_clip import age_s

ROOT = Path(__file__).resolve().parents[2]
CAMERAS = 8
COLUMN = (412, 1072)
WIDE = (1240, 1072)
_START_LIMIT_S = 40.0
_RAW_SESSION = 1_000_000


class Tile:
    """What one tile said last; times are of the machine's monotonic clock."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.at_s: float = said["at_s"]
        self.state: str = said["state"]
        self.header: str = said["header"]
        self.lines: str = " | ".join(filter(None, said["lines"]))
        self.camera_id: str = said["camera_id"]
        self.rect: list[int] = said["rect"]
        self.is_picture: bool = said["is_picture"]
        self.age_ms: int | None = said["age_ms"]
        self.retry_in_s: float | None = said["retry_in_s"]
        self.attempt: int = said["attempt"]

    def __repr__(self) -> str:
        return f"<{self.camera_id} {self.state} {self.header!r} {self.lines!r} age {self.age_ms}>"


class PictureDesk:
    """Every wait reads what the desk says meanwhile; nothing runs beside the test."""

    def __init__(self, display: str, words: Path) -> None:
        from Xlib.display import Display

        self.words = words  # everything that the station and its video processes wrote
        self._screen = Display(display)
        self._errors = words.open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.picture_desk"],
            cwd=ROOT,
            env=os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            preexec_fn=die_with_parent,
        )
        self._rest = b""
        self.tiles: dict[int, Tile] = {}
        self.history: list[tuple[int, Tile]] = []
        self._answers: list[dict[str, Any]] = []
        self.oldest_live_s = 0.0
        """The oldest picture that stood on the screen as a live one."""
        self.until(lambda: self._answers, _START_LIMIT_S)
        self._answers.clear()

    def open(self, urls: dict[str, str], protocol: str) -> None:
        """These addresses of cameras from now on; the first four stand in the tiles."""
        self.order(addresses=urls, protocol=protocol, visible=True)

    @property
    def pid(self) -> int:
        return self._process.pid

    def order(self, **words: Any) -> dict[str, Any]:
        """Gives the desk's answer: its lateness so far and its video processes."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(words).encode() + b"\n")
        self._process.stdin.flush()
        self.until(lambda: self._answers, _START_LIMIT_S)
        return self._answers.pop()

    def helpers(self) -> list[int]:
        return self.order()["helpers"]

    def until(self, condition: Callable[[], Any], limit_s: float) -> float:
        """The moment of the last word of the desk when it was true first. Fails after limit."""
        end_s = time.monotonic() + limit_s
        while not condition():
            if time.monotonic() > end_s:
                pytest.fail(f"not within {limit_s} s: {self.tiles}; so far {self.course()}")
            self._read(0.05)
        return time.monotonic()

    def until_state(self, state: str, limit_s: float, tiles: tuple[int, ...] = (1,)) -> float:
        """The moment at which the last of these tiles came to stand in this state."""
        self.until(lambda: all(self._state(tile) == state for tile in tiles), limit_s)
        return max(self._since_s(tile) for tile in tiles)

    def until_not(self, state: str, limit_s: float, tiles: tuple[int, ...] = (1,)) -> float:
        self.until(lambda: all(self._state(tile) != state for tile in tiles), limit_s)
        return max(self._since_s(tile) for tile in tiles)

    def first_s(self, tile: int, since_s: float, condition: Callable[[Tile], bool]) -> float:
        """When this tile said so for the first time after `since_s`."""
        return next(
            said.at_s
            for number, said in self.history
            if number == tile and said.at_s >= since_s and condition(said)
        )

    def until_live_picture(self, limit_s: float, tile: int = 1, younger_than_s: float = 2.0):
        """Until it says live and the number on the screen is one of now; gives the moment."""

        def is_live() -> bool:
            number = self.shown_number(tile)
            live = self._state(tile) == "live"
            return live and number is not None and age_s(number) < younger_than_s

        return self.until(is_live, limit_s)

    def watch(self, duration_s: float, tile: int = 1) -> None:
        """Looks at the screen all the while: what it calls live is compared with the clock."""
        end_s = time.monotonic() + duration_s
        while time.monotonic() < end_s:
            self.look(tile)

    def look(self, tile: int = 1) -> None:
        number = self.shown_number(tile)
        self._read(0.02)
        before = self.tiles.get(tile)
        if before is None:
            return
        if number is not None and before.is_picture and before.header.startswith("实时"):
            self.oldest_live_s = max(self.oldest_live_s, age_s(number))

    def watch_until(self, condition: Callable[[Tile], Any], limit_s: float, tile: int = 1) -> float:
        """Like `until`, with an eye on the screen."""

        def look() -> Any:
            self.look(tile)
            return condition(self.tiles[tile])

        return self.until(look, limit_s)

    def shown_number(self, tile: int = 1) -> int | None:
        """Of the picture that stands in the tile on the screen; None where there is none."""
        from Xlib import X

        self._read(0.0)
        if tile not in self.tiles:
            return None
        left, top, width, height = self.tiles[tile].rect
        root = self._screen.screen().root
        image = root.get_image(left, top, width, height, X.ZPixmap, 0xFFFFFFFF)
        pixels = np.frombuffer(image.data, np.uint8).reshape(height, width, 4)
        return read_number(pixels[:, :, 1])

    def course(self, tile: int = 1, since_s: float = 0.0) -> list[str]:
        """The states of a tile in their order."""
        states: list[str] = []
        for number, said in self.history:
            if number == tile and said.at_s >= since_s and states[-1:] != [said.state]:
                states.append(said.state)
        return states

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(5)
        self._errors.close()
        self._screen.close()

    def _state(self, tile: int) -> str:
        return self.tiles[tile].state if tile in self.tiles else ""

    def _since_s(self, tile: int) -> float:
        """When the present state of the tile began."""
        state, since_s = self.tiles[tile].state, self.tiles[tile].at_s
        for number, said in reversed(self.history):
            if number == tile:
                if said.state != state:
                    break
                since_s = said.at_s
        return since_s

    def _read(self, wait_s: float) -> None:
        assert self._process.stdout
        end_s = time.monotonic() + wait_s
        while select.select([self._process.stdout], [], [], max(0.0, end_s - time.monotonic()))[0]:
            data = os.read(self._process.stdout.fileno(), 1 << 16)
            if not data:
                pytest.fail(f"the desk is gone: {self.words.read_text()[-2000:]}")
            *lines, self._rest = (self._rest + data).split(b"\n")
            for line in lines:
                said = json.loads(line)
                if "tile" not in said:
                    self._answers.append(said)
                    continue
                tile = Tile(said)
                self.tiles[said["tile"]] = tile
                self.history.append((said["tile"], tile))


class Cost:
    """What the station and its video processes hold of the machine."""

    def __init__(self, desk: PictureDesk) -> None:
        self.helpers = desk.helpers()
        parts = {"station": [desk.pid], "helper": self.helpers}
        self.figures = {
            f"{name}_{unit}": round(sum(map(count, pids)), 1)
            for name, pids in parts.items()
            for unit, count in _COUNTS.items()
        }


_COUNTS: dict[str, Callable[[int], float]] = {
    "threads": lambda pid: psutil.Process(pid).num_threads(),
    "fds": lambda pid: psutil.Process(pid).num_fds(),
    # What is its own: a share of the libraries grows when a neighbour ends.
    "mb": lambda pid: psutil.Process(pid).memory_full_info().uss / 1e6,
}


# -- the process ------------------------------------------------------------------------------


class _Desk:
    """The view of the tiles, moved by orders."""

    def __init__(self, out: TextIO) -> None:
        from desktop.clock import SystemClock
        from desktop.settings import Settings
        from desktop.video import helper_process
        from desktop.video.pool import VideoPool
        from tests.integration.video.room import TablePlatform, make_cameras, make_room, put_cameras
        from views.video_wall import build_nearest
        from widgets.video_tile import VideoTile

        helper_process.PROGRAM = "tests.faults.hanging_helper"
        self._out = out
        self._platform = TablePlatform()
        self.pool = VideoPool(self._platform, SystemClock(), Settings())
        self._room = make_room(self._platform, self.pool)
        put_cameras(self._room, make_cameras(CAMERAS))
        self.view: Any = build_nearest(self._room)
        self.view.setGeometry(0, 0, *COLUMN)
        self._lateness = self._new_lateness()
        self._tiles = {tile.number: tile for tile in self.view.findChildren(VideoTile)}
        for number in self._tiles:  # behind the tile itself, which has shown it by then
            self.pool.player(number).status_changed.connect(self._tell)

    def _new_lateness(self) -> Any:
        from desktop.shell.lateness import Lateness

        lateness = Lateness(self.view)
        lateness.start()
        return lateness

    def _tell(self, status: Any) -> None:
        from widgets.tile_words import header_text
        from widgets.video_tile import NativePicture

        tile = self._tiles[status.tile]
        picture = tile.findChild(NativePicture)
        corner = picture.mapToGlobal(picture.rect().topLeft())
        self._say(
            {
                "tile": status.tile,
                "at_s": time.monotonic(),
                "state": status.state.value,
                "header": header_text(status),
                "lines": tile.page_lines(),
                "camera_id": status.camera_id,
                "rect": [corner.x(), corner.y(), picture.width(), picture.height()],
                "is_picture": picture.isVisible(),
                "age_ms": status.age_ms,
                "retry_in_s": status.retry_in_s,
                "attempt": status.attempt,
            }
        )

    def take(self, line: str) -> None:
        from desktop.domain.cameras import Protocol

        order = json.loads(line)
        if "addresses" in order:
            self._platform.addresses = order["addresses"]
            self._platform.protocol = Protocol(order["protocol"])
        if "show" in order:
            self._room.selection.ask_camera(order["show"])
        if "size" in order:
            self.view.resize(*order["size"])
        if "large" in order:
            self.view._on_focus(order["large"])
        if "visible" in order:
            self.view.setVisible(order["visible"])
        if "raw_stop" in order:  # past the rules of the tiles, as a future fault of theirs might
            self.pool.send_stop(4, _RAW_SESSION)
        if "measure" in order:
            self._lateness.deleteLater()
            self._lateness = self._new_lateness()
        self.answer()

    def answer(self) -> None:
        self._say({"lateness": self._lateness.figures(), "helpers": self.pool.pids()})

    def _say(self, said: dict[str, Any]) -> None:
        self._out.write(json.dumps(said) + "\n")
        self._out.flush()


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    desk = _Desk(sys.stdout)
    rest = ""

    def read() -> None:
        nonlocal rest
        data = os.read(0, 1 << 16)
        if not data:
            loop.remove_reader(0)
            ended.set()
        *lines, rest = (rest + data.decode()).split("\n")
        for line in lines:
            desk.take(line)

    loop.add_reader(0, read)
    desk.answer()
    await ended.wait()
    await desk.pool.close()
    desk.view.close()


def main() -> None:
    import qasync
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from widgets.demo import demo_application

    die_with_parent()
    logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontCreateNativeWidgetSiblings)
    with qasync.QEventLoop(demo_application()) as loop:
        loop.run_until_complete(_serve())
    os._exit(0)


if __name__ == "__main__":
    main()
