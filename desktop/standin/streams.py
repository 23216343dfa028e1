"""Live pictures of the stand-in's cameras: addresses, HTTP-TS, snapshots, faults."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import av
import skia
from fastapi import APIRouter, HTTPException
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from desktop.standin.rtsp import RtspServer
from desktop.standin.video.access_unit import AccessUnit, LiveSource
from desktop.standin.video.addresses import Tokens
from desktop.standin.video.carry import carry
from desktop.standin.video.catalogue import TAKES, scene_of
from desktop.standin.video.hub import City, Fault, Hub, NoPicture, StreamCamera
from desktop.standin.video.loops import Loop
from desktop.standin.video.pictures import Pictures
from desktop.standin.video.profiles import GOP, PROFILES
from desktop.standin.video.unit_state import UnitState
from desktop.standin.video.variant import variant_of

__all__ = ["Fault", "StreamCamera", "StreamService", "UnitState"]

log = logging.getLogger(__name__)
_TITLES = {403: "camera refuses", 404: "no such camera", 503: "no picture yet"}


class _FaultOrder(BaseModel):
    mode: Fault


class StreamService:
    """`router` may be mounted before start(); requests before that get 503."""

    def __init__(self, token_lifetime_s: float = 60.0) -> None:
        self.router = APIRouter()
        self.rtsp_port = 0
        self.tokens = Tokens(token_lifetime_s)
        self._hub: Hub | None = None
        self._pictures: Pictures | None = None
        self._rtsp: RtspServer | None = None
        add = self.router.add_api_route
        add("/stream/{camera_id}/{profile_id}.ts", self._live, methods=["GET"])
        add("/control/streams", self._watched, methods=["GET"])
        add("/control/streams/{camera_id}", self._set_fault, methods=["POST"])

    async def start(
        self,
        cameras: Mapping[str, StreamCamera] | Sequence[StreamCamera | Mapping[str, object]],
        cache_dir: Path,
        water_level_m: Callable[[str], float],
        rtsp_host: str = "127.0.0.1",
        rtsp_port: int = 0,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        rain_mm_h: Callable[[], float] = lambda: 0.0,
        unit_state: Callable[[str], UnitState | None] = lambda _: None,
    ) -> None:
        """Starts drawing what the cache lacks and serves RTSP; `rtsp_port` 0 takes a free one.

        `cameras` finds one by its id, or lists them all; a listed mapping needs the keys
        camera_id, name, scene and may have phase_s (seconds). `water_level_m(camera_id)` is
        metres of water over the road; the city's time and rain decide on the light of all
        pictures; `unit_state(camera_id)` is told in the pictures of drones, cars and officers.
        """
        city = City(_finder(cameras), water_level_m, now, rain_mm_h, unit_state)
        self._pictures = Pictures(cache_dir)
        self._hub = Hub(city, self._pictures, self.tokens)
        self._rtsp = RtspServer(self._hub)
        self.rtsp_port = await self._rtsp.start(rtsp_host, rtsp_port)
        await self._pictures.start(variant_of(now(), rain_mm_h()))

    async def stop(self) -> None:
        """Ends all connections and the worker process."""
        for part in (self._hub, self._rtsp, self._pictures):
            if part is not None:
                await part.stop()

    def live_addresses(
        self, camera_id: str, profile_id: str, base_url: str
    ) -> list[dict[str, str]]:
        """Addresses as in GET /cameras/{id}/live; `base_url` gives scheme, host and port.

        They open for token_lifetime_s. Raises KeyError for an unknown camera or profile.
        """
        hub = self._running()
        if not hub.knows(camera_id) or profile_id not in PROFILES:
            raise KeyError(camera_id, profile_id)
        token = self.tokens.issue(camera_id, profile_id)
        base = urlsplit(base_url)
        path = f"/stream/{camera_id}/{profile_id}"
        return [
            {"url": f"{base.scheme}://{base.netloc}{path}.ts?token={token}",
             "protocol": "http-ts"},
            {"url": f"rtsp://{base.hostname}:{self.rtsp_port}{path}?token={token}",
             "protocol": "rtsp"},
        ]  # fmt: skip

    def snapshot(self, camera_id: str) -> bytes | None:
        """JPEG of the camera's last IDR picture, at most 1 s old; None without a picture.

        Decodes one picture (some 20 ms); from a coroutine call it in a thread.
        """
        hub = self._running()
        if not hub.knows(camera_id):
            return None
        try:
            source = hub.source(camera_id, "main")
        except NoPicture:
            return None
        number = source.first_number(hub.present_number())
        return _jpeg(source.unit(number, time.time() - (hub.present_number() - number) / 25))

    def photo(self, scene: str, caption: str, at_s: float, place: int) -> bytes | None:
        """JPEG of a scene as somebody took it at a time in Unix seconds; None while it is not
        drawn. `place`: any number, one of the places that look different. Blocks as `snapshot`.
        """
        camera = StreamCamera("", caption, scene, 0.0, place % TAKES.get(scene, 1))
        hub = self._running()
        loop = hub.loop_at(camera, "main", at_s) or hub.loop_at(camera, "sub", at_s)
        if loop is None:
            return None
        source = LiveSource(caption, 0.0, lambda: loop)
        return _jpeg(source.unit(source.first_number(place * GOP), at_s))

    def has_picture(self, camera_id: str) -> bool:
        """False while the camera's scene is still being drawn. Raises KeyError."""
        return self._running().has_picture(camera_id)

    def camera(self, camera_id: str) -> StreamCamera:
        """Raises KeyError."""
        return self._running().camera(camera_id)

    def loop_at(self, camera: StreamCamera, profile_id: str, at_s: float) -> Loop | None:
        """The picture of the camera at a time in Unix seconds; None while it is not drawn."""
        return self._running().loop_at(camera, profile_id, at_s)

    def progress(self) -> tuple[int, int]:
        """Loops that are drawn, loops in all."""
        return self._pictures.progress() if self._pictures is not None else (0, 0)

    def set_fault(self, camera_id: str, fault: Fault) -> None:
        self._running().set_fault(camera_id, fault)

    def _running(self) -> Hub:
        if self._hub is None:
            raise HTTPException(503, "the streams are not started")
        return self._hub

    async def _live(self, camera_id: str, profile_id: str, token: str = "") -> Response:
        hub = self._running()
        if hub.fault(camera_id) is Fault.SILENT:
            return _Silence(hub.closing)
        status = hub.admits(camera_id, profile_id, token)
        if status == 200 and not await hub.ready(camera_id):
            status = 503
        if status != 200:
            problem = {"type": "about:blank", "title": _TITLES[status], "status": status}
            return JSONResponse(problem, status, media_type="application/problem+json")
        return _LivePicture(hub, camera_id, profile_id)

    async def _watched(self) -> dict[str, object]:
        """Who watches now, and the progress of drawing."""
        counts = self._running().viewer_counts()
        done, total = self.progress()
        watched = [
            {"camera_id": camera_id, "profile": profile_id, "viewers": count}
            for (camera_id, profile_id), count in counts.items()
        ]
        return {"watched": watched, "loops_done": done, "loops_total": total}

    async def _set_fault(self, camera_id: str, order: _FaultOrder) -> dict[str, str]:
        hub = self._running()
        if not hub.knows(camera_id):
            raise HTTPException(404, f"no camera {camera_id}")
        hub.set_fault(camera_id, order.mode)
        return {"camera_id": camera_id, "mode": hub.fault(camera_id).value}


def _jpeg(unit: AccessUnit) -> bytes:
    """Of a picture that needs no other."""
    decoder = av.CodecContext.create("h264", "r")
    frames = decoder.decode(av.Packet(unit.data)) + decoder.decode(None)
    pixels = frames[0].to_ndarray(format="rgba")
    image = skia.Image.fromarray(pixels, colorType=skia.kRGBA_8888_ColorType)
    return bytes(image.encodeToData(skia.kJPEG, 85))


def _finder(
    cameras: Mapping[str, StreamCamera] | Sequence[StreamCamera | Mapping[str, object]],
) -> Callable[[str], StreamCamera]:
    """Finds a camera by its id; raises KeyError."""
    if isinstance(cameras, Mapping):
        by_id: Mapping[str, StreamCamera] = cameras
        return by_id.__getitem__
    known = [c if isinstance(c, StreamCamera) else _camera(c) for c in cameras]
    return {camera.camera_id: camera for camera in known}.__getitem__


def _camera(row: Mapping[str, object]) -> StreamCamera:
    phase, scene = row.get("phase_s", 0.0), str(row["scene"])
    assert isinstance(phase, int | float)
    return StreamCamera(str(row["camera_id"]), str(row["name"]), scene_of((scene,)), float(phase))


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class _Silence(Response):
    """Accepts the request and never answers."""

    def __init__(self, closing: asyncio.Event) -> None:
        super().__init__()
        self._closing = closing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        waits = [asyncio.ensure_future(w) for w in (_gone(receive), self._closing.wait())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()


class _LivePicture(Response):
    """Sends the stream as it comes; ends when the viewer is dropped."""

    def __init__(self, hub: Hub, camera_id: str, profile_id: str) -> None:
        super().__init__(media_type="video/mp2t", headers={"cache-control": "no-store"})
        del self.headers["content-length"]  # endless
        self._hub, self._camera_id, self._profile_id = hub, camera_id, profile_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_part(data: bytes) -> None:
            await send({"type": "http.response.body", "body": data, "more_body": True})

        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        async with self._hub.watch(self._camera_id, self._profile_id) as viewer:
            await carry(
                viewer,
                viewer.ts_backlog,
                lambda _, packets: packets,
                send_part,
                lambda: self._hub.fault(self._camera_id),
                _gone(receive),
            )
        # A client that reads nothing must not hold the end of its own connection up.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.5):
                await send({"type": "http.response.body", "body": b"", "more_body": False})
