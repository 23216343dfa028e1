"""The profile's local socket: what the link tells stations, and what they order."""

import asyncio
import logging
import os
import socket
from collections.abc import Callable
from pathlib import Path

import msgspec

from desktop.domain.framing import FrameError, FrameSplitter, frame
from desktop.domain.link_messages import Message, ToLink
from desktop.errors import ProfileError

log = logging.getLogger(__name__)

MAX_QUEUED_BYTES = 64 * 1024 * 1024
READ_BYTES = 64 * 1024
UNREAD_S = 10.0  # a station that reads nothing for this long is cut; it comes back by itself

_decode = msgspec.msgpack.Decoder(ToLink).decode
Greeting = Callable[["Client"], None]
OnMessage = Callable[["Client", ToLink], None]


class Client:
    """One station. What is broadcast reaches it only once it is `greeted`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._frames: asyncio.Queue[bytes] = asyncio.Queue()
        self._queued = 0
        self.greeted = False

    def send(self, message: Message) -> None:
        self.send_frame(frame(message))

    def send_frame(self, data: bytes) -> None:
        """Never blocks; a queue that grows too long cuts the client."""
        self._queued += len(data)
        if self._queued > MAX_QUEUED_BYTES:
            self.cut("send queue is full")
        else:
            self._frames.put_nowait(data)

    def cut(self, why: str) -> None:
        log.warning("station cut: %s", why)
        self._writer.transport.abort()

    async def serve(self, on_message: OnMessage) -> None:
        """Until either side ends."""
        async with asyncio.TaskGroup() as group:
            sending = group.create_task(self._send_all())
            try:
                await self._receive_all(on_message)
            finally:
                sending.cancel()

    async def _receive_all(self, on_message: OnMessage) -> None:
        splitter = FrameSplitter()
        while data := await self._reader.read(READ_BYTES):
            for body in splitter.feed(data):
                on_message(self, _decode(body))

    async def _send_all(self) -> None:
        while True:
            data = await self._frames.get()
            self._writer.write(data)
            try:
                async with asyncio.timeout(UNREAD_S):
                    await self._writer.drain()
            except TimeoutError:
                self.cut(f"nothing read for {UNREAD_S:.0f} s")
                return
            self._queued -= len(data)


class StationSocket:
    """Several stations may be connected; one is normal."""

    def __init__(self, path: Path, greet: Greeting, on_message: OnMessage) -> None:
        self._path = path
        self._greet = greet
        self._on_message = on_message
        self._clients: set[Client] = set()
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        """Raises ProfileError when another link serves this profile."""
        if _is_served(self._path):
            raise ProfileError(f"配置目录 {self._path.parent} 已有一个数据链路进程在运行。")
        self._path.unlink(missing_ok=True)
        before = os.umask(0o177)
        try:
            self._server = await asyncio.start_unix_server(self._serve, str(self._path))
        finally:
            os.umask(before)

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            for client in tuple(self._clients):
                client.cut("the link ends")
            self._path.unlink(missing_ok=True)

    def broadcast(self, message: Message) -> None:
        listeners = [client for client in self._clients if client.greeted]
        if listeners:
            data = frame(message)
            for client in listeners:
                client.send_frame(data)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        client = Client(reader, writer)
        self._clients.add(client)
        try:
            self._greet(client)
            await client.serve(self._on_message)
        except* (OSError, FrameError, msgspec.MsgspecError) as group:
            log.warning("station: %r", group.exceptions[0])
        except* asyncio.CancelledError:
            pass  # the link ends
        finally:
            self._clients.discard(client)
            writer.close()


def _is_served(path: Path) -> bool:
    """A socket file that nobody listens on is left from a killed link."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(1.0)
        try:
            probe.connect(str(path))
        except OSError:
            return False
        return True
