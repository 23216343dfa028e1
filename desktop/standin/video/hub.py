"""Who watches what: one broadcast per watched stream, faults and tokens."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from desktop.standin.video.access_unit import LiveSource
from desktop.standin.video.addresses import Tokens
from desktop.standin.video.broadcast import Broadcast, Viewer
from desktop.standin.video.catalogue import LoopId, wish_for
from desktop.standin.video.loops import Loop
from desktop.standin.video.pictures import Pictures
from desktop.standin.video.profiles import FPS, PROFILES
from desktop.standin.video.unit_state import UnitState, own_course
from desktop.standin.video.variant import variant_of


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
    """`scene` is one of catalogue.SCENES, `take` a place of it; `phase_s` shifts the camera in
    its loop."""

    camera_id: str
    name: str
    scene: str
    phase_s: float = 0.0
    take: int = 0


@dataclass(frozen=True)
class City:
    """What the pictures show of the city; all may be asked at any time.

    `camera` raises KeyError. `water_level_m` is metres of water over a camera's road.
    `unit_state` is what carries the camera, None where nobody knows.
    """

    camera: Callable[[str], StreamCamera]
    water_level_m: Callable[[str], float]
    now: Callable[[], datetime]
    rain_mm_h: Callable[[], float]
    unit_state: Callable[[str], UnitState | None]


class NoPicture(Exception):
    """There is no loop of the scene yet."""


class Hub:
    """Holds state of the watched streams only; a camera is looked up when it is asked for."""

    def __init__(self, city: City, pictures: Pictures, tokens: Tokens) -> None:
        self.tokens = tokens
        self._city, self._pictures = city, pictures
        self._epoch_s = time.monotonic()
        self.closing = asyncio.Event()
        self._faults: dict[str, Fault] = {}
        self._running: dict[tuple[str, str], tuple[Broadcast, asyncio.Task[None]]] = {}

    def camera(self, camera_id: str) -> StreamCamera:
        """Raises KeyError."""
        return self._city.camera(camera_id)

    def knows(self, camera_id: str) -> bool:
        try:
            self._city.camera(camera_id)
        except KeyError:
            return False
        return True

    def admits(self, camera_id: str, profile_id: str, token: str) -> int:
        """The HTTP or RTSP status that a request gets: 200, 403 or 404."""
        fault = self.fault(camera_id)
        if not self.knows(camera_id) or profile_id not in PROFILES:
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
        wish = self._wish(self.camera(camera_id), "sub", self._city.now())
        return await self._pictures.wait_for(wish, timeout_s)

    def has_picture(self, camera_id: str) -> bool:
        """Whether a stream could start now. Raises KeyError."""
        return self.loop_at(self.camera(camera_id), "sub") is not None

    def source(self, camera_id: str, profile_id: str) -> LiveSource:
        """A new source of the camera's pictures. Raises NoPicture and KeyError.

        While the main loop is not drawn yet, the sub picture stands in for it, for as long
        as somebody watches: a running stream does not change its size.
        """
        camera = self.camera(camera_id)
        given = profile_id if self.loop_at(camera, profile_id) is not None else "sub"

        def choose() -> Loop:
            loop = self.loop_at(camera, given)
            if loop is None:
                raise NoPicture(camera.scene)
            return loop

        def state(at_s: float) -> str:
            own = own_course(camera.scene, camera_id, at_s)
            known = self._city.unit_state(camera_id)
            return (known.completed(own) if known else own).line()

        return LiveSource(camera.name, camera.phase_s, choose, state)

    def loop_at(
        self, camera: StreamCamera, profile_id: str, at_s: float | None = None
    ) -> Loop | None:
        """The picture of now, or of a time in the past (Unix seconds), that comes nearest to
        what the camera sees; None while nothing of its scene is drawn."""
        at = self._city.now() if at_s is None else datetime.fromtimestamp(at_s, UTC)
        return self._pictures.best(self._wish(camera, profile_id, at, is_past=at_s is not None))

    def _wish(
        self, camera: StreamCamera, profile_id: str, at: datetime, is_past: bool = False
    ) -> LoopId:
        """What fell and how deep the water stood in the past is not kept: it counts as dry."""
        variant = variant_of(at, 0.0 if is_past else self._city.rain_mm_h())
        is_deep = camera.scene == "underpass" and not is_past
        depth_m = self._city.water_level_m(camera.camera_id) if is_deep else 0.0
        return wish_for(camera.scene, profile_id, variant, depth_m, camera.take)

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
