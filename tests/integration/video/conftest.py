"""A screen of our own, windows on it, and a video pool in a Qt loop."""

import asyncio
import contextlib
import gc
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest
import qasync
import shiboken6
from Xlib import X
from Xlib.display import Display

from desktop.clock import SystemClock
from desktop.domain.cameras import Camera, TileState, TileStatus
from desktop.settings import Settings
from desktop.video.live_player import LivePlayer
from desktop.video.pool import VideoPool
from tests.integration.video.live_source import LiveSource
from tests.integration.video.room import TablePlatform, make_cameras, until
from tests.x_server import x_server

WIDTH, HEIGHT = 363, 204


def has_bar(pixels: bytes) -> bool:
    """The bright bar of the test picture, within what scaling and YUV do to its colour."""
    row = WIDTH * 4
    return any(
        pixels[i] < 90 and pixels[i + 1] > 180 and pixels[i + 2] > 220  # blue, green, red
        for start in range(0, len(pixels), row * 20)
        for i in range(start, min(start + row, len(pixels)), 4)
    )


class Screen:
    """A virtual screen; grabs what really stands on it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._display = Display(name)
        self._windows: dict[int, Any] = {}

    def window(self, place: int = 0) -> int:
        screen = self._display.screen()
        left, top = 10 + place % 2 * 400, 10 + place // 2 * 240
        made = screen.root.create_window(
            left, top, WIDTH, HEIGHT, 0, screen.root_depth, background_pixel=0
        )
        made.map()
        self._display.sync()
        self._windows[made.id] = made
        return made.id

    def grab(self, window_id: int) -> bytes:
        window = self._windows[window_id]
        return window.get_image(0, 0, WIDTH, HEIGHT, X.ZPixmap, 0xFFFFFFFF).data

    def cover_for_a_moment(self, window_id: int, pixel: int) -> None:
        """By another window of one colour, as by the picture that stood in front until now."""
        place = self._windows[window_id].get_geometry()
        screen = self._display.screen()
        cover = screen.root.create_window(
            place.x, place.y, WIDTH, HEIGHT, 0, screen.root_depth, background_pixel=pixel
        )
        cover.map()
        self._display.sync()
        cover.destroy()
        self._display.sync()

    def close(self) -> None:
        self._display.close()


@pytest.fixture(scope="package")
def screen() -> Iterator[Screen]:
    with x_server(900, 600) as server:
        screen = Screen(server.display)
        yield screen
        screen.close()


class Stage:
    """One pool and its tiles; waits for states and notes how long that took."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.source = LiveSource()
        self.cameras: tuple[Camera, ...] = make_cameras(4)
        addresses = {c.camera_id: self.source.url(c.camera_id) for c in self.cameras}
        self.platform = TablePlatform(addresses)
        self.pool = VideoPool(self.platform, SystemClock(), Settings())
        self.seen: list[TileStatus] = []
        self.windows: dict[int, int] = {}

    def show(self, tile: int = 1) -> LivePlayer:
        player = self.pool.player(tile)
        player.status_changed.connect(self.seen.append)
        self.windows[tile] = self.screen.window(tile - 1)
        player.show(self.cameras[tile - 1], self.windows[tile])
        return player

    async def until(self, condition: Callable[[], bool], limit_s: float) -> float:
        return await until(condition, limit_s, self.seen)

    async def until_state(self, player: LivePlayer, state: TileState, limit_s: float) -> float:
        return await self.until(lambda: player.status.state is state, limit_s)

    async def close(self) -> None:
        await self.pool.close()
        with contextlib.suppress(TimeoutError):  # a busy machine takes longer than a window waits
            async with asyncio.timeout(10):
                while self.pool._running():
                    await asyncio.sleep(0.02)
        self.source.close()
        # Here and now: left to the collector, it might be destroyed on a thread of the source.
        shiboken6.delete(self.pool)


@pytest.fixture
def play(qapp, screen: Screen, monkeypatch: pytest.MonkeyPatch):
    """Runs a scene, `async def scene(stage)`, in a Qt loop, and closes everything."""
    monkeypatch.setenv("DISPLAY", screen.name)

    def run(scene: Callable[[Stage], Coroutine[Any, Any, None]]) -> None:
        async def whole() -> None:
            stage = Stage(screen)
            try:
                await scene(stage)
            finally:
                await stage.close()

        with qasync.QEventLoop(qapp) as loop:
            loop.run_until_complete(whole())
        # The loop's timers are Qt objects: collected on a thread of the source, they crash.
        del loop
        gc.collect()

    return run
