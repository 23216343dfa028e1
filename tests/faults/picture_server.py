"""A server of cameras that misbehaves on order: python -m tests.faults.picture_server CLIPS

One process, so that it can be stopped and killed. HTTP-TS and RTSP; every stream carries the
number of its picture (numbered_clip). `GET /control/CAMERA?fault=F` sets a fault of
desktop.standin.video.hub, or `locked` (401) or `busy` (503); `?shape=S` changes the codec or
the size of a running stream.
"""

import asyncio
import contextlib
import io
import json
import math
import os
import select
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from fractions import Fraction
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import av

from desktop.lifeline import die_with_parent
from desktop.standin.rtsp import RtspServer
from desktop.standin.video.access_unit import AccessUnit
from desktop.standin.video.broadcast import Broadcast, Viewer
from desktop.standin.video.carry import carry
from desktop.standin.video.hub import Fault
from tests.faults.numbered_clip import FPS, SECONDS, SHAPES, NumberedSource, clip
from tests.faults.rig import free_ports

ROOT = Path(__file__).resolve().parents[2]
PROTOCOLS = ("http-ts", "rtsp")
_STATUS = {"refuse": 403, "notfound": 404, "locked": 401, "busy": 503}
_START_LIMIT_S = 60.0


class NumberedHub:
    """What RtspServer wants of a hub, with numbered clips for pictures."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # A whole number of clips ago: numbers fit the clock, and time stamps stay small.
        self._epoch_s = math.floor(time.monotonic() / SECONDS) * SECONDS
        self._faults: dict[str, str] = {}
        self._sources: dict[str, NumberedSource] = {}
        self._running: dict[str, tuple[Broadcast, asyncio.Task[None]]] = {}
        self.opened: dict[str, int] = {}

    def fault_word(self, camera_id: str) -> str:
        return self._faults.get(camera_id, "ok")

    def fault(self, camera_id: str) -> Fault:
        word = self.fault_word(camera_id)
        return Fault(word) if word in set(Fault) else Fault.OK

    def admits(self, camera_id: str, _profile_id: str, _token: str) -> int:
        return _STATUS.get(self.fault_word(camera_id), 200)

    async def ready(self, _camera_id: str, _timeout_s: float = 0.0) -> bool:
        return True

    def source(self, camera_id: str, _profile_id: str = "") -> NumberedSource:
        return self._sources.setdefault(camera_id, NumberedSource(self._folder, "h264"))

    def order(self, camera_id: str, words: dict[str, list[str]]) -> None:
        for word in words.get("fault", []):
            self._faults[camera_id] = "ok" if word == "drop" else word
            if word in (*_STATUS, "silent", "drop") and camera_id in self._running:
                self._running[camera_id][0].end()
        for word in words.get("shape", []):
            self.source(camera_id).chosen = word

    @contextlib.asynccontextmanager
    async def watch(self, camera_id: str, _profile_id: str) -> AsyncIterator[Viewer]:
        self.opened[camera_id] = self.opened.get(camera_id, 0) + 1
        if camera_id not in self._running:
            broadcast = Broadcast(self.source(camera_id), self._epoch_s)
            self._running[camera_id] = broadcast, asyncio.create_task(broadcast.run())
        broadcast, task = self._running[camera_id]
        viewer = broadcast.join()
        try:
            yield viewer
        finally:
            broadcast.leave(viewer)
            if not len(broadcast) and self._running.get(camera_id) == (broadcast, task):
                del self._running[camera_id]
                task.cancel()


class HttpServer:
    """`/CAMERA/live.ts` as an endless transport stream, and the control path."""

    def __init__(self, hub: NumberedHub) -> None:
        self._hub = hub

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, ValueError):
                request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                await self._answer(urlsplit(request.split(" ")[1]), reader, writer)
        finally:
            writer.transport.abort()

    async def _answer(self, address, reader, writer) -> None:
        first, camera_id = address.path.removesuffix(".ts").strip("/").split("/")[:2]
        if first == "control":
            self._hub.order(camera_id, parse_qs(address.query))
            body = json.dumps({"opened": self._hub.opened}).encode()
            await _say(writer, 200, body)
            await reader.read()  # until the other side has left
            return
        if self._hub.fault(camera_id) is Fault.SILENT:
            await reader.read()
            return
        status = self._hub.admits(camera_id, "", "")
        if status != 200:
            await _say(writer, status, b"")
            return
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp2t\r\nConnection: close\r\n\r\n")
        await self._stream(camera_id, reader, writer)

    async def _stream(self, camera_id: str, reader, writer) -> None:
        async def send(data: bytes) -> None:
            writer.write(data)
            await writer.drain()

        async with self._hub.watch(camera_id, "sub") as viewer:
            pack = _Remuxer(self._hub.source(camera_id)).pack
            first = b"".join(pack(unit, b"") for unit in viewer.backlog)
            fault = lambda: self._hub.fault(camera_id)  # noqa: E731
            await carry(viewer, first, pack, send, fault, _gone(reader))


async def _gone(reader: asyncio.StreamReader) -> None:
    await reader.read()


class _Remuxer:
    """One connection's transport stream. A change of the codec is a new version of its tables
    (ISO/IEC 13818-1 2.4.4.3): the elementary stream keeps its place and changes its type."""

    def __init__(self, source: NumberedSource) -> None:
        self._source, self._codec, self._buffer = source, "", io.BytesIO()
        self._version = 0

    def pack(self, unit: AccessUnit, _packets: bytes) -> bytes:
        if self._source.codec != self._codec and unit.is_idr:
            self._codec = self._source.codec
            options = {"tables_version": str(self._version)}
            self._version += 1
            self._sink = av.open(self._buffer, "w", format="mpegts", options=options)
            self._stream = self._sink.add_stream_from_template(self._source.template())
        packet = av.Packet(unit.data)
        packet.stream = self._stream
        packet.pts = packet.dts = unit.number * 90000 // FPS
        packet.time_base = Fraction(1, 90000)
        packet.is_keyframe = unit.is_idr
        self._sink.mux(packet)
        data = self._buffer.getvalue()
        self._buffer.seek(0)
        self._buffer.truncate()
        return data


async def _say(writer: asyncio.StreamWriter, status: int, body: bytes) -> None:
    head = f"HTTP/1.1 {status} -\r\nContent-Length: {len(body)}\r\nConnection: close\r\n"
    if status == 401:
        head += 'WWW-Authenticate: Basic realm="camera"\r\n'
    writer.write(head.encode() + b"\r\n" + body)
    await writer.drain()
    writer.write_eof()


async def serve(folder: Path, http_port: int = 0, rtsp_port: int = 0) -> None:
    """Listens on these ports, or on free ones, and prints them as a line of JSON."""
    hub = NumberedHub(folder)
    for shape in SHAPES:
        clip(shape, folder)
    http = await asyncio.start_server(HttpServer(hub).accept, "127.0.0.1", http_port)
    rtsp_port = await RtspServer(hub).start("127.0.0.1", rtsp_port)  # type: ignore[arg-type]
    print(json.dumps([http.sockets[0].getsockname()[1], rtsp_port]), flush=True)
    await asyncio.Event().wait()


class PictureServer:
    """That process, from outside."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.ports = tuple(free_ports(2))
        self._start()

    def _start(self) -> None:
        words = [sys.executable, "-m", "tests.faults.picture_server", str(self._folder)]
        words += [str(port) for port in self.ports]
        self._process = subprocess.Popen(
            words, cwd=ROOT, stdout=subprocess.PIPE, preexec_fn=die_with_parent
        )
        assert self._process.stdout
        readable, _, _ = select.select([self._process.stdout], [], [], _START_LIMIT_S)
        assert readable, "the picture server does not start"
        assert json.loads(self._process.stdout.readline()) == [*self.ports]

    def url(self, camera_id: str, protocol: str) -> str:
        if protocol == "rtsp":
            return f"rtsp://127.0.0.1:{self.ports[1]}/stream/{camera_id}/sub?token=x"
        return f"http://127.0.0.1:{self.ports[0]}/stream/{camera_id}.ts?token=x"

    def urls(self, protocol: str, account: str = "") -> dict[str, str]:
        """Of eight cameras; `account` is what stands before the @ of an address."""
        urls = {f"c{n}": self.url(f"c{n}", protocol) for n in range(1, 9)}
        if account:
            urls = {c: u.replace("://", f"://{account}@") for c, u in urls.items()}
        return urls

    def order(self, camera_id: str, **words: str) -> dict[str, int]:
        """Gives how often each camera was opened."""
        query = "&".join(f"{key}={value}" for key, value in words.items())
        address = f"http://127.0.0.1:{self.ports[0]}/control/{camera_id}?{query}"
        with urllib.request.urlopen(address, timeout=10) as answer:
            return json.load(answer)["opened"]

    def pause(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(10)

    def start_again(self) -> None:
        """On the same ports."""
        self.close()
        self._start()

    def close(self) -> None:
        self.kill()
        assert self._process.stdout
        self._process.stdout.close()


@contextlib.contextmanager
def picture_server() -> Iterator[PictureServer]:
    folder = Path(os.environ["XDG_CACHE_HOME"]) / "picture-server"
    server = PictureServer(folder)
    try:
        yield server
    finally:
        server.close()


if __name__ == "__main__":
    die_with_parent()
    asyncio.run(serve(Path(sys.argv[1]), *map(int, sys.argv[2:])))
