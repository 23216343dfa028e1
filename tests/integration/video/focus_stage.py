"""A focus tile's player, its canvas and its picture on a screen, before the numbered cameras."""

import gc
from collections.abc import Callable, Coroutine
from typing import Any

import numpy as np
import qasync
import shiboken6
from PySide6.QtGui import QImage, QPaintEvent

from desktop.clock import SystemClock
from desktop.domain.cameras import Protocol, TileState, TileStatus
from desktop.settings import Settings
from desktop.standin.video.frame_number import read_number
from desktop.video.focus_canvas import FocusFrame
from desktop.video.live_player import LivePlayer
from desktop.video.places import FIRST_FOCUS_TILE
from desktop.video.pool import VideoPool
from tests.faults.numbered_clip import age_s
from tests.faults.picture_server import PictureServer
from tests.integration.video.room import TablePlatform, make_cameras, until
from widgets.focus_picture import FocusPicture

TILE = FIRST_FOCUS_TILE


class WatchedPicture(FocusPicture):
    """Notes the number of each picture that it paints, and how old it was then."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: list[int | None] = []
        self.ages_s: list[float] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.has_picture:
            return
        number = number_of(self)
        if not self.numbers or number != self.numbers[-1]:
            self.numbers.append(number)
            self.ages_s.append(age_s(number) if number is not None else 99.0)


def number_of(picture: FocusPicture) -> int | None:
    """Burnt into what is painted."""
    image = picture.frame().toImage().convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return read_number(np.ascontiguousarray(rows[:, : image.width(), 1]))


class FocusStage:
    def __init__(self, server: PictureServer, protocol: str) -> None:
        self.server = server
        self.cameras = make_cameras(2)
        self.platform = TablePlatform(
            {c.camera_id: server.url(c.camera_id, protocol) for c in self.cameras},
            Protocol(protocol),
        )
        self.pool = VideoPool(self.platform, SystemClock(), Settings())
        self.canvas = self.pool.canvas(TILE)
        self.picture = WatchedPicture()
        self.picture.resize(640, 360)
        self.canvas.pictured.connect(self._on_frame)
        self.picture.window_resized.connect(self.canvas.resize)
        self.canvas.resize(self.picture.window_size())
        self.seen: list[TileStatus] = []
        self.player: LivePlayer = self.pool.player(TILE)
        self.player.status_changed.connect(self.seen.append)

    def _on_frame(self, frame: FocusFrame) -> None:
        self.picture.show_frame(frame.pixels, frame.size, frame.stride, frame.source, frame.part)

    async def until(self, condition: Callable[[], Any], limit_s: float) -> float:
        return await until(condition, limit_s, self.seen)

    async def live(self, limit_s: float = 12.0) -> None:
        self.picture.show()
        self.player.show(self.cameras[0], 1, "main")
        await self.until(lambda: self.player.status.state is TileState.LIVE, limit_s)

    async def painted(self, count: int, limit_s: float) -> None:
        """So many pictures more."""
        goal = len(self.picture.numbers) + count
        await self.until(lambda: len(self.picture.numbers) >= goal, limit_s)

    async def close(self) -> None:
        await self.pool.close()
        shiboken6.delete(self.picture)
        shiboken6.delete(self.pool)


def play(
    qapp,
    server: PictureServer,
    scene: Callable[[FocusStage], Coroutine[Any, Any, None]],
    protocol: str = "http-ts",
) -> None:
    """Runs a scene in a Qt loop, and closes everything."""

    async def whole() -> None:
        stage = FocusStage(server, protocol)
        try:
            await scene(stage)
        finally:
            await stage.close()

    with qasync.QEventLoop(qapp) as loop:
        loop.run_until_complete(whole())
    del loop
    gc.collect()
