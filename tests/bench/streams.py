"""The stand-in's streams on real sockets beside a bench, and tiles that show them."""

import asyncio
import contextlib
import os
import tempfile
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import qasync
import shiboken6
import uvicorn
from fastapi import FastAPI
from PySide6.QtWidgets import QApplication

from desktop.clock import SystemClock
from desktop.domain.cameras import Camera, LiveAnswer, Protocol, Stream
from desktop.settings import Settings
from desktop.standin.streams import StreamService
from desktop.video.live_player import LivePlayer
from desktop.video.pool import VideoPool
from tests.integration.standin_video.loops import make_loops
from tests.integration.video.conftest import Screen

SCENES = ("street", "crossing", "underpass", "river")
CAMERAS = [Camera(camera_id=f"cam-{n}", name=f"机位 {n}") for n in range(1, 5)]
LIMIT_S = 15.0


class Streams:
    """Answers `live` as the platform does; each address is a fresh one."""

    def __init__(self, service: StreamService, base: str) -> None:
        self._service, self._base = service, base

    async def live(self, camera_id: str, profile: str) -> LiveAnswer:
        return LiveAnswer((Stream(self.address(camera_id, profile), Protocol.HTTP_TS),))

    def address(self, camera_id: str, profile: str = "sub") -> str:
        rows = self._service.live_addresses(camera_id, profile, self._base)
        return next(row["url"] for row in rows if row["protocol"] == "http-ts")


@contextlib.contextmanager
def serving() -> Iterator[Streams]:
    """Four cameras, served by a thread with a loop of its own."""
    with tempfile.TemporaryDirectory() as name:
        make_loops(Path(name))
        service, app = StreamService(), FastAPI()
        app.include_router(service.router)
        config = uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        rows = [
            {"camera_id": c.camera_id, "name": c.name, "scene": scene}
            for c, scene in zip(CAMERAS, SCENES, strict=True)
        ]

        async def serve() -> None:
            await service.start(rows, Path(name), lambda _: 0.0)
            await server.serve()
            await service.stop()

        thread = threading.Thread(target=asyncio.run, args=(serve(),))
        thread.start()
        while not server.started:
            time.sleep(0.02)
        try:
            port = server.servers[0].sockets[0].getsockname()[1]
            yield Streams(service, f"http://127.0.0.1:{port}")
        finally:
            server.should_exit = True
            thread.join(LIMIT_S)


class Tiles:
    """A video pool and windows on the present screen."""

    def __init__(self, streams: Streams) -> None:
        self._screen = Screen(os.environ["DISPLAY"])
        self.pool = VideoPool(streams, SystemClock(), Settings())

    def show(self, tile: int) -> LivePlayer:
        player = self.pool.player(tile)
        player.show(CAMERAS[tile - 1], self._screen.window(tile - 1))
        return player

    async def until(self, condition: Callable[[], bool]) -> float:
        """Seconds that it took. Raises TimeoutError."""
        start_s = time.perf_counter()
        async with asyncio.timeout(LIMIT_S):
            while not condition():
                await asyncio.sleep(0.005)
        return time.perf_counter() - start_s

    async def close(self) -> None:
        await self.pool.close()
        shiboken6.delete(self.pool)
        self._screen.close()


def on_screen(streams: Streams, scene: Callable[[Tiles], Coroutine[Any, Any, Any]]) -> Any:
    """Runs `scene(tiles)` in a Qt loop and gives its result."""

    async def whole() -> Any:
        tiles = Tiles(streams)
        try:
            return await scene(tiles)
        finally:
            await tiles.close()

    application = QApplication.instance() or QApplication([])
    with qasync.QEventLoop(application) as loop:
        return loop.run_until_complete(whole())
