"""A server of numbered cameras beside a bench: python -m tests.bench.cameras FOLDER HTTP RTSP

A process of its own, so that nobody counts its work as ours. Every camera that is asked for is
there, over HTTP-TS and RTSP; a joiner gets the pictures since the last key frame at once. The
pictures are encoded (moving_clip) and packed once, in PHASES courses that do not have their key
frames together; cam-7 runs in course 7 modulo PHASES.
"""

import asyncio
import contextlib
import json
import math
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from desktop.lifeline import die_with_parent
from desktop.settings import cache_folder
from desktop.standin.rtsp import RtspServer
from desktop.standin.video.broadcast import Broadcast, Viewer
from desktop.standin.video.carry import carry
from desktop.standin.video.hub import Fault
from tests.bench.moving_clip import COUNT, FPS, SECONDS, MovingSource, units
from tests.faults.processes import free_ports, gone, own, read_line

ROOT = Path(__file__).resolve().parents[2]
PROTOCOLS = ("http-ts", "rtsp")
PHASES = 5
PHASE_S = 0.408  # a fifth of a GOP and 8 ms: neither key frames nor pictures come together
_START_LIMIT_S = 90.0  # the very first time the pictures are encoded
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: video/mp2t\r\nConnection: close\r\n\r\n"


def phase(camera_id: str) -> int:
    return int(re.sub(r"\D", "", camera_id) or 0) % PHASES


def age_s(camera_id: str, number: int, at_s: float) -> float:
    """Seconds from when this picture was due at the server until `at_s` (monotonic)."""
    return (at_s - phase(camera_id) * PHASE_S - (number % COUNT) / FPS) % SECONDS


class _Hub:
    """What RtspServer wants of a hub; one broadcast for each phase, which runs for ever."""

    def __init__(self, folder: Path) -> None:
        source = MovingSource(folder)
        began_s = math.floor(time.monotonic() / SECONDS) * SECONDS
        self._courses = [Broadcast(source, began_s + n * PHASE_S) for n in range(PHASES)]
        self._source = source

    async def run(self) -> None:
        await asyncio.gather(*(course.run() for course in self._courses))

    def fault(self, _camera_id: str) -> Fault:
        return Fault.OK

    def admits(self, _camera_id: str, _profile_id: str, _token: str) -> int:
        return 200

    async def ready(self, _camera_id: str, _timeout_s: float = 0.0) -> bool:
        return True

    def source(self, _camera_id: str, _profile_id: str = "") -> MovingSource:
        return self._source

    @contextlib.asynccontextmanager
    async def watch(self, camera_id: str, _profile_id: str) -> AsyncIterator[Viewer]:
        course = self._courses[phase(camera_id)]
        viewer = course.join()
        try:
            yield viewer
        finally:
            course.leave(viewer)


async def _answer(hub: _Hub, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    async def send(data: bytes) -> None:
        writer.write(data)
        await writer.drain()

    async def left() -> None:
        await reader.read()

    try:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, ValueError, IndexError):
            request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            camera_id = urlsplit(request.split(" ")[1]).path.split("/")[2].removesuffix(".ts")
            writer.write(_HEAD)
            async with hub.watch(camera_id, "sub") as viewer:
                await carry(viewer, viewer.ts_backlog, lambda _, packets: packets, send,
                            lambda: Fault.OK, left())  # fmt: skip
    finally:
        writer.transport.abort()


async def serve(folder: Path, http_port: int, rtsp_port: int) -> None:
    hub = _Hub(folder)
    server = await asyncio.start_server(
        lambda reader, writer: _answer(hub, reader, writer), "127.0.0.1", http_port
    )
    await RtspServer(hub).start("127.0.0.1", rtsp_port)  # type: ignore[arg-type]
    print(json.dumps([http_port, rtsp_port]), flush=True)
    async with server:
        await hub.run()


class CameraServer:
    """That process, from outside."""

    def __init__(self, ports: tuple[int, int] | None = None) -> None:
        folder = cache_folder() / "bench"
        units(folder)
        self._http, self._rtsp = ports or free_ports(2)
        words = [sys.executable, "-m", "tests.bench.cameras", str(folder)]
        words += [str(self._http), str(self._rtsp)]
        self.process = own(
            subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, preexec_fn=die_with_parent)
        )
        assert read_line(self.process.stdout, _START_LIMIT_S), "the camera server does not start"

    def url(self, camera_id: str, protocol: str) -> str:
        if protocol == "rtsp":
            return f"rtsp://127.0.0.1:{self._rtsp}/stream/{camera_id}/sub?token=x"
        return f"http://127.0.0.1:{self._http}/stream/{camera_id}.ts?token=x"

    def close(self) -> None:
        self.process.kill()
        gone(self.process)

    def anew(self) -> "CameraServer":
        """It dies, and another one stands in its place."""
        self.close()
        return CameraServer((self._http, self._rtsp))


@contextlib.contextmanager
def camera_server() -> Iterator[CameraServer]:
    server = CameraServer()
    try:
        yield server
    finally:
        server.close()


if __name__ == "__main__":
    die_with_parent()
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
