"""A real HTTP server in front of a platform: it passes calls on, or answers them badly.

    with HttpFaults(standin_port) as front:
        front.on("/alarms", Says(429, headers={"Retry-After": "30"}), times=1)
        front.clear()

A path is the part behind /api/v1; a rule for "/alarms" fits "/alarms/…" too, "" fits all.
"""

import asyncio
import contextlib
import json
import ssl
import threading
import time
import zlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

import httpx

from tests.faults.loop_thread import LoopThread, end

BASE = "/api/v1"
PASSED_ON = (
    *("authorization", "accept", "content-type", "idempotency-key", "if-none-match", "range"),
    *("if-match", "order-expires", "x-seat-id"),
)
HANDED_BACK = ("content-type", "etag", "retry-after", "cache-control", "content-range")
MIB = 1024 * 1024


class Request(NamedTuple):
    method: str
    target: str  # path and query
    headers: Mapping[str, str]  # names in lower case
    body: bytes

    @property
    def path(self) -> str:
        return self.target.partition("?")[0].removeprefix(BASE)


@dataclass
class Asked:
    """One line of the front's own ledger, from the arrival of a call on."""

    at_s: float  # monotonic
    method: str
    path: str
    key: str  # Idempotency-Key
    status: int = 0  # what the client was told; 0: nothing yet, or the connection was broken off


class Reply(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


Forward = Callable[[], Awaitable[Reply]]


class Fault(Protocol):
    async def play(self, forward: Forward, writer: asyncio.StreamWriter) -> int:
        """Answers, or does not. Gives the status that the client has seen, 0 for none."""
        ...


# ---- faults ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Says:
    """Answers so without asking the platform."""

    status: int
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/problem+json"

    async def play(self, forward: Forward, writer: asyncio.StreamWriter) -> int:
        headers = {"content-type": self.content_type, **self.headers}
        writer.write(packed(Reply(self.status, headers, self.body)))
        return self.status


@dataclass(frozen=True)
class Changes:
    """What the platform says, changed on its way: cut, of another type, another body."""

    change: Callable[[Reply], Reply]

    async def play(self, forward: Forward, writer: asyncio.StreamWriter) -> int:
        reply = self.change(await forward())
        writer.write(packed(reply))
        return reply.status


@dataclass(frozen=True)
class Drips:
    """One byte each `pause_s`, for ever: of the head, or of the body behind a whole head."""

    of_head: bool = False
    pause_s: float = 0.1

    async def play(self, forward: Forward, writer: asyncio.StreamWriter) -> int:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n"
        writer.write(b"HTTP/1.1 200 OK\r\nX-Drip: " if self.of_head else head + b"\r\n")
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(self.pause_s)


@dataclass(frozen=True)
class Pours:
    """A body of so many bytes; `packs`: as a small gzip bomb."""

    size_bytes: int
    packs: bool = False

    async def play(self, forward: Forward, writer: asyncio.StreamWriter) -> int:
        head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
        if self.packs:
            head += "Content-Encoding: gzip\r\n"
        writer.write(head.encode() + b"\r\n")
        zeros = bytes(MIB)
        pack = zlib.compressobj(1, wbits=31)
        for _ in range(self.size_bytes // MIB):
            writer.write(pack.compress(zeros) if self.packs else zeros)
            await writer.drain()
            await asyncio.sleep(0)  # other connections live
        if self.packs:
            writer.write(pack.flush())
        return 200


@dataclass(frozen=True)
class LosesReply:
    """The platform does it; its answer never arrives."""

    async def play(self, forward: Forward, writer: asyncio.StreamWriter) -> int:
        await forward()
        writer.transport.abort()
        return 0


class HoldsReply:
    """The platform does it; its answer waits until `release`."""

    def __init__(self) -> None:
        self.done = threading.Event()  # the platform has answered
        self._go = threading.Event()

    def release(self) -> None:
        self._go.set()

    async def play(self, forward: Forward, writer: asyncio.StreamWriter) -> int:
        reply = await forward()
        self.done.set()
        while not self._go.is_set():
            await asyncio.sleep(0.02)
        writer.write(packed(reply))
        return reply.status


class HoldsRequest:
    """The request has arrived here and never reaches the platform."""

    def __init__(self) -> None:
        self.arrived = threading.Event()

    async def play(self, forward: Forward, writer: asyncio.StreamWriter) -> int:
        self.arrived.set()
        await asyncio.Event().wait()
        return 0


def packed(reply: Reply, is_last: bool = True) -> bytes:
    """`is_last`: the connection ends behind it, as behind every fault."""
    body = b"" if reply.status in (204, 304) else reply.body
    lines = [f"HTTP/1.1 {reply.status} X"]
    lines += [f"{name}: {value}" for name, value in reply.headers.items()]
    if reply.status not in (204, 304):
        lines.append(f"content-length: {len(body)}")
    if is_last:
        lines.append("connection: close")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


# ---- the server --------------------------------------------------------------------------


@dataclass
class _Rule:
    path: str
    fault: Fault
    method: str
    left: int | None


class HttpFaults:
    """Listens on a port of its own; `target_port` is the platform's."""

    def __init__(self, target_port: int, certificate: Path | None = None) -> None:
        """With a certificate (PEM with its key) it speaks TLS."""
        self.target_port = target_port
        self.mqtt_port = 0  # what sign-ins name instead of the real one
        self.video_ports: dict[int, int] = {}  # what live addresses name, by the real one
        self.calls: list[Asked] = []
        self.port = 0
        self._certificate = certificate
        self._rules: list[_Rule] = []
        self._works: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        scheme = "https" if self._certificate else "http"
        return f"{scheme}://127.0.0.1:{self.port}{BASE}"

    def __enter__(self) -> "HttpFaults":
        self._thread = LoopThread("http faults")
        self._thread.start()
        self._thread.do(self._begin())
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.do(self._finish())
        self._thread.stop()

    def on(self, path: str, fault: Fault, method: str = "", times: int | None = None) -> None:
        """The newest rule that fits is played, `times` times."""
        self._rules.insert(0, _Rule(path, fault, method, times))

    def clear(self) -> None:
        self._rules.clear()

    def asked(self, path: str = "", method: str = "", since_s: float = 0.0) -> list[Asked]:
        """The calls that arrived."""
        return [
            one
            for one in list(self.calls)
            if _fits(path, one.path) and method in ("", one.method) and one.at_s >= since_s
        ]

    async def _begin(self) -> None:
        context = None
        if self._certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self._certificate)
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda *_: None)  # a client that does not trust us
        self._client = httpx.AsyncClient(trust_env=False, timeout=60.0)
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=context)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _finish(self) -> None:
        self._server.close()
        await end(self._works)
        await self._client.aclose()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        work = asyncio.current_task()
        assert work is not None
        self._works.add(work)
        try:
            while (request := await _request(reader)) is not None:
                status = await self._answer(request, writer)
                if status == 0:
                    return
        except (OSError, asyncio.CancelledError, httpx.HTTPError):
            pass
        finally:
            writer.close()
            with contextlib.suppress(OSError, TimeoutError):
                await asyncio.wait_for(writer.wait_closed(), 1.0)
            self._works.discard(work)

    async def _answer(self, request: Request, writer: asyncio.StreamWriter) -> int:
        """The status, 0 when the connection is to be closed."""
        rule = self._rule(request)
        key = request.headers.get("idempotency-key", "")
        asked = Asked(time.monotonic(), request.method, request.path, key)
        self.calls.append(asked)
        if rule is None:
            reply = await self._forward(request)
            asked.status = reply.status
            writer.write(packed(reply, is_last=False))
        else:
            asked.status = await rule.fault.play(lambda: self._forward(request), writer)
        await writer.drain()
        return asked.status if rule is None else 0

    def _rule(self, request: Request) -> _Rule | None:
        for rule in list(self._rules):
            fits = _fits(rule.path, request.path) and rule.method in ("", request.method)
            if fits and rule.left != 0:
                if rule.left is not None:
                    rule.left -= 1
                return rule
        return None

    async def _forward(self, request: Request) -> Reply:
        sent = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
        sent["host"] = request.headers.get("host", "")  # live addresses are made of it
        sent["accept-encoding"] = "identity"
        answer = await self._client.request(
            request.method,
            f"http://127.0.0.1:{self.target_port}{request.target}",
            headers=sent,
            content=request.body,
        )
        headers = {name: answer.headers[name] for name in HANDED_BACK if name in answer.headers}
        return Reply(answer.status_code, headers, self._rewritten(request, answer.content))

    def _rewritten(self, request: Request, body: bytes) -> bytes:
        if request.path.startswith("/auth/") and self.mqtt_port and b'"mqtt"' in body:
            said = json.loads(body)
            if said.get("mqtt"):
                said["mqtt"]["port"] = self.mqtt_port
            return json.dumps(said, ensure_ascii=False).encode()
        if request.path.endswith("/live"):
            for real, ours in {self.port: self.target_port, **self.video_ports}.items():
                body = body.replace(b":%d/" % real, b":%d/" % self.video_ports.get(ours, ours))
        return body


def _fits(rule: str, path: str) -> bool:
    return path == rule or path.startswith(f"{rule}/")


async def _request(reader: asyncio.StreamReader) -> Request | None:
    """None at the end of the connection."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = head[0].split(" ")
        named = (line.partition(":") for line in head[1:] if line)
        headers = {name.lower(): value.strip() for name, _, value in named}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
    except (asyncio.IncompleteReadError, ValueError):
        return None
    return Request(method, target, headers, body)
