"""Who watches what: one broadcast per watched stream, faults and tokens."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from desktop.standin.video.access_unit import LiveSource
from desktop.standin.video.addresses import Tokens
from desktop.standin.video.broadcast import Broadcast, Viewer
from desktop.standin.video.loops import Loop
from desktop.standin.video.pictures import Pictures
from desktop.standin.video.profiles import FPS, PROFILES


class Fault(StrEnum):
    """What a camera can be made to do; `drop` happens once."""

    OK = "ok"
    FROZEN = "frozen"  # the connection stays open, no more data
    SILENT = "silent"  # accepts and never answers
    REFUSE = "refuse"  # 403
    NOTFOUND = "notfound"  # 404
    GARBAGE = "garbage"  # random bytes in place of the stream
    DROP = "drop"  # open connections end


_CUTS = (Fault.SILENT, Fault.REFUSE, Fault.NOTFOUND, Fault.DROP)


@dataclass(frozen=True)
class StreamCamera:
    """`scene` is street, crossing, underpass or river; `phase_s` shifts it in its loop."""

    camera_id: str
    name: str
    scene: str
    phase_s: float = 0.0


class NoPicture(Exception):
    """There is no loop of the scene yet."""


class Hub:
    """`water_level_m` is asked per camera at every IDR picture (metres over the road)."""

    def __init__(
        self,
        cameras: Iterable[StreamCamera],
        pictures: Pictures,
        tokens: Tokens,
        water_level_m: Callable[[str], float],
    ) -> None:
        self.cameras = {camera.camera_id: camera for camera in cameras}
        self.tokens = tokens
        self._pictures = pictures
        self._water_level_m = water_level_m
        self._epoch_s = time.monotonic()
        self.closing = asyncio.Event()
        self._faults: dict[str, Fault] = {}
        self._running: dict[tuple[str, str], tuple[Broadcast, asyncio.Task[None]]] = {}

    def admits(self, camera_id: str, profile_id: str, token: str) -> int:
        """The HTTP or RTSP status that a request gets: 200, 403 or 404."""
        fault = self.fault(camera_id)
        if camera_id not in self.cameras or profile_id not in PROFILES:
            return 404
        if fault is Fault.NOTFOUND:
            return 404
        if fault is Fault.REFUSE or not self.tokens.opens(token, camera_id, profile_id):
            return 403
        return 200

    def fault(self, camera_id: str) -> Fault:
        return self._faults.get(camera_id, Fault.OK)

    def set_fault(self, camera_id: str, fault: Fault) -> None:
        self._faults[camera_id] = Fault.OK if fault is Fault.DROP else fault
        if fault in _CUTS:
            for (watched, _), (broadcast, _) in self._running.items():
                if watched == camera_id:
                    broadcast.end()

    def viewer_counts(self) -> dict[tuple[str, str], int]:
        """Viewers per watched (camera_id, profile_id); unwatched streams are not in it."""
        return {key: len(broadcast) for key, (broadcast, _) in self._running.items()}

    async def ready(self, camera_id: str, timeout_s: float = 20.0) -> bool:
        """Waits for a first picture of the camera's scene."""
        scene = self.cameras[camera_id].scene
        return await self._pictures.wait_for(scene, self._water_level_m(camera_id), timeout_s)

    def has_picture(self, camera_id: str) -> bool:
        """Whether a stream could start now. Raises KeyError."""
        return self._best(self.cameras[camera_id], "sub") is not None

    def source(self, camera_id: str, profile_id: str) -> LiveSource:
        """A new source of the camera's pictures. Raises NoPicture.

        While the main loop is not drawn yet, the sub picture stands in for it, for as long
        as somebody watches: a running stream does not change its size.
        """
        camera = self.cameras[camera_id]
        given = profile_id if self._best(camera, profile_id) is not None else "sub"

        def choose() -> Loop:
            loop = self._best(camera, given)
            if loop is None:
                raise NoPicture(camera.scene)
            return loop

        return LiveSource(camera.name, camera.phase_s, choose)

    def _best(self, camera: StreamCamera, profile_id: str) -> Loop | None:
        depth_m = self._water_level_m(camera.camera_id) if camera.scene == "underpass" else 0.0
        return self._pictures.best(camera.scene, profile_id, depth_m)

    def present_number(self) -> int:
        """The picture that is due now; the same for all streams."""
        return int((time.monotonic() - self._epoch_s) * FPS)

    @contextlib.asynccontextmanager
    async def watch(self, camera_id: str, profile_id: str) -> AsyncIterator[Viewer]:
        """Joins a stream; it is started for the first viewer and stopped after the last."""
        key = (camera_id, profile_id)
        if key not in self._running:
            broadcast = Broadcast(self.source(camera_id, profile_id), self._epoch_s)
            task = asyncio.create_task(broadcast.run(), name=f"stream {camera_id} {profile_id}")
            self._running[key] = broadcast, task
        broadcast, task = self._running[key]
        viewer = broadcast.join()
        try:
            yield viewer
        finally:
            broadcast.leave(viewer)
            if not len(broadcast) and self._running.get(key) == (broadcast, task):
                del self._running[key]
                task.cancel()

    async def stop(self) -> None:
        """Ends all streams; their connections close."""
        self.closing.set()
        tasks = [task for _, task in self._running.values()]
        for broadcast, _ in tuple(self._running.values()):
            broadcast.end()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
