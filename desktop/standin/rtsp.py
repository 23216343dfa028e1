"""The stand-in's cameras over RTSP, interleaved in TCP. Source: RFC 2326, RFC 6184."""

import asyncio
import base64
import contextlib
import secrets
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from desktop.standin.video.carry import carry
from desktop.standin.video.hub import Fault, Hub
from desktop.standin.video.rtp import PAYLOAD_TYPE, RtpPacker

_METHODS = "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER"
_LONGEST_REQUEST = 8192


@dataclass(frozen=True)
class _Request:
    method: str
    url: str
    headers: dict[str, str]

    def target(self) -> tuple[str, str, str]:
        """camera_id, profile_id, token; empty strings where the address has none."""
        # Clients put the name of the track behind the query.
        address = urlsplit(self.url.removesuffix("/").removesuffix("/track1"))
        parts = address.path.strip("/").split("/")
        if len(parts) != 3 or parts[0] != "stream":
            return "", "", ""
        return parts[1], parts[2], parse_qs(address.query).get("token", [""])[0]


class RtspServer:
    """One listening socket; a connection plays at most one stream."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    async def start(self, host: str, port: int) -> int:
        """Listens; returns the port."""
        self._server = await asyncio.start_server(self._accept, host, port)
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
        for task in tuple(self._connections):
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, ValueError):
                await _Connection(self._hub, reader, writer).serve()
        except asyncio.CancelledError:
            pass  # the server stops; nobody waits for this task's result
        finally:
            self._connections.discard(task)
            writer.transport.abort()


@dataclass
class _Connection:
    hub: Hub
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    session: str = field(default_factory=lambda: secrets.token_hex(8))
    channel: int = 0
    playing: asyncio.Task[None] | None = None

    async def serve(self) -> None:
        try:
            while (request := await self._read()) is not None:
                if not await self._answer(request):
                    return
        finally:
            if self.playing is not None:
                self.playing.cancel()
                await asyncio.gather(self.playing, return_exceptions=True)

    async def _read(self) -> _Request | None:
        """The next request; receiver reports between requests are skipped."""
        while (first := await self.reader.read(1)) == b"$":
            head = await self.reader.readexactly(3)
            await self.reader.readexactly(int.from_bytes(head[1:], "big"))
        if not first:
            return None
        text = first + await self.reader.readuntil(b"\r\n\r\n")
        if len(text) > _LONGEST_REQUEST:
            raise ValueError("request too long")
        start, *lines = text.decode("latin-1").strip().split("\r\n")
        method, url, _ = start.split(" ", 2)
        headers = {key.strip().lower(): value.strip() for key, _, value in
                   (line.partition(":") for line in lines)}  # fmt: skip
        await self.reader.readexactly(int(headers.get("content-length", "0")))
        return _Request(method, url, headers)

    async def _answer(self, request: _Request) -> bool:
        """False when the connection is to be closed."""
        camera_id, profile_id, token = request.target()
        if self.hub.fault(camera_id) is Fault.SILENT:
            return True
        match request.method:
            case "OPTIONS":
                await self._say(request, 200, {"Public": _METHODS})
            case "DESCRIBE":
                status = self.hub.admits(camera_id, profile_id, token)
                await self._describe(request, status, camera_id, profile_id)
            case "SETUP":
                status = self.hub.admits(camera_id, profile_id, token)
                await self._set_up(request, status)
            case "PLAY" if self.playing is None:
                status = self.hub.admits(camera_id, profile_id, token)
                await self._say(request, status, {"Range": "npt=0.000-"})
                if status == 200:
                    play = self._play(camera_id, profile_id)
                    self.playing = asyncio.create_task(play, name=f"rtsp {camera_id}")
            case "GET_PARAMETER" | "SET_PARAMETER":
                await self._say(request, 200, {})
            case "TEARDOWN":
                await self._say(request, 200, {})
                return False
            case _:
                await self._say(request, 405, {"Allow": _METHODS})
        return True

    async def _say(
        self, request: _Request, status: int, headers: dict[str, str], body: bytes = b""
    ) -> None:
        phrase = "Unsupported Transport" if status == 461 else HTTPStatus(status).phrase
        lines = [f"RTSP/1.0 {status} {phrase}", f"CSeq: {request.headers.get('cseq', '0')}"]
        if request.method not in ("OPTIONS", "DESCRIBE"):
            lines.append(f"Session: {self.session};timeout=60")
        lines += [f"{key}: {value}" for key, value in headers.items()]
        lines.append(f"Content-Length: {len(body)}")
        self.writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        await self.writer.drain()

    async def _describe(
        self, request: _Request, status: int, camera_id: str, profile_id: str
    ) -> None:
        if status == 200 and not await self.hub.ready(camera_id):
            status = 503
        if status != 200:
            await self._say(request, status, {})
            return
        sps, pps = self.hub.source(camera_id, profile_id).parameter_sets
        sets = ",".join(base64.b64encode(data).decode() for data in (sps, pps))
        lines = (
            "v=0", "o=- 0 0 IN IP4 127.0.0.1", "s=camera", "c=IN IP4 0.0.0.0", "t=0 0",
            "a=control:*", f"m=video 0 RTP/AVP {PAYLOAD_TYPE}",
            f"a=rtpmap:{PAYLOAD_TYPE} H264/90000",
            f"a=fmtp:{PAYLOAD_TYPE} packetization-mode=1;profile-level-id={sps[1:4].hex()};"
            f"sprop-parameter-sets={sets}",
            "a=framerate:25", "a=control:track1", "",
        )  # fmt: skip
        headers = {"Content-Type": "application/sdp", "Content-Base": request.url}
        await self._say(request, 200, headers, "\r\n".join(lines).encode())

    async def _set_up(self, request: _Request, status: int) -> None:
        transport = request.headers.get("transport", "")
        if status == 200 and "RTP/AVP/TCP" not in transport:
            status = 461
        if status != 200:
            await self._say(request, status, {})
            return
        wanted = transport.partition("interleaved=")[2].partition("-")[0]
        self.channel = int(wanted) % 256 if wanted.isdigit() else 0
        pair = f"{self.channel}-{self.channel + 1}"
        await self._say(request, 200, {"Transport": f"RTP/AVP/TCP;unicast;interleaved={pair}"})

    async def _play(self, camera_id: str, profile_id: str) -> None:
        async with self.hub.watch(camera_id, profile_id) as viewer:
            packer = RtpPacker(self.channel)
            await carry(
                viewer,
                packer.burst(viewer.backlog),
                lambda unit, _: packer.pack(unit),
                self._send,
                lambda: self.hub.fault(camera_id),
                self.writer.wait_closed(),
            )
        self.writer.transport.abort()

    async def _send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()
