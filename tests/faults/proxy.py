"""A TCP proxy of this process that behaves badly when told to, in the spirit of Toxiproxy.

    with ChaosProxy(port) as proxy:
        proxy.add(Latency(2.0, jitter_s=1.0))         # both directions
        proxy.add(LimitData(100), Way.DOWN)           # from the server to the client
        proxy.clear()

Toxics take effect on data that is on its way at that moment. One thread with its own loop per
proxy; leaving the context closes every socket and ends the thread.
"""

import asyncio
import contextlib
import random
import socket
import struct
import threading
from collections.abc import AsyncIterator, Callable
from enum import Flag
from typing import NamedTuple, TypeVar

from tests.faults.loop_thread import LoopThread, end

CHUNK_BYTES = 16 * 1024
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: close sends RST


class Way(Flag):
    """UP: from the client to the server. DOWN: its answers."""

    UP = 1
    DOWN = 2
    BOTH = UP | DOWN


class Latency(NamedTuple):
    """Each piece of data comes later; the order stays."""

    delay_s: float
    jitter_s: float = 0.0


class Slicer(NamedTuple):
    """Data comes in pieces of this size, each written alone."""

    size_bytes: int = 1
    pause_s: float = 0.0


class LimitData(NamedTuple):
    """Each connection is closed after so many bytes more in this direction."""

    left_bytes: int


class Blackhole(NamedTuple):
    """Nothing comes through while it is set; what was sent comes after it, as TCP does.

    With `close_after_s` the connection is closed so long after it began to hold something back.
    """

    close_after_s: float | None = None


class ResetPeer(NamedTuple):
    """The first data resets the connection, on both sides."""

    after_s: float = 0.0


class SlowClose(NamedTuple):
    """The end of the one side is told to the other one only later."""

    delay_s: float


class Bandwidth:
    """A pipe of so many bytes a second; the same object in several proxies is one pipe.

    Whoever waits is served in the order of asking, so no connection starves another.
    """

    def __init__(self, bytes_per_s: float, slice_bytes: int = 1024) -> None:
        self.bytes_per_s = bytes_per_s
        self.slice_bytes = slice_bytes
        self._lock = threading.Lock()
        self._free_at_s = 0.0

    def wait_s(self, size_bytes: int, now_s: float) -> float:
        """Takes a place in the pipe; how long the bytes need until they are through."""
        with self._lock:
            self._free_at_s = max(self._free_at_s, now_s) + size_bytes / self.bytes_per_s
            return self._free_at_s - now_s


Toxic = Latency | Slicer | LimitData | Blackhole | ResetPeer | SlowClose | Bandwidth
K = TypeVar("K")


class _Cut(Exception):
    """A toxic ends the connection in order."""


class _Reset(Exception):
    """A toxic resets the connection."""


class ChaosProxy:
    """Listens on a port of 127.0.0.1 of its own; everything goes to 127.0.0.1:`target_port`."""

    def __init__(self, target_port: int, seed: int = 1) -> None:
        self.target_port = target_port  # may be changed: new connections go to the new one
        self.connections = 0  # accepted since the start
        self.bytes = {Way.UP: 0, Way.DOWN: 0}  # let through
        self.chance = random.Random(seed)
        self._toxics: list[tuple[Toxic, Way]] = []
        self._works: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        # Bound for as long as the proxy lives: nobody else gets the port while it is down.
        self._held = socket.socket()
        self._held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._held.bind(("127.0.0.1", 0))
        self.port: int = self._held.getsockname()[1]

    # ---- from the test's thread ---------------------------------------------------------

    def __enter__(self) -> "ChaosProxy":
        self._thread = LoopThread(f"proxy {self.port}")
        self._thread.start()
        self._thread.do(self._begin())
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.do(self._down())
        self._thread.stop()
        self._held.close()

    def add(self, toxic: Toxic, way: Way = Way.BOTH) -> None:
        self._thread.do(self._change(lambda: self._toxics.append((toxic, way))))

    def clear(self) -> None:
        """No toxic any more; what was held back goes on."""
        self._thread.do(self._change(self._toxics.clear))

    def down(self) -> None:
        """Connections are reset, new ones refused, until `up`."""
        self._thread.do(self._down())

    def up(self) -> None:
        self._thread.do(self._up())

    def reset_all(self) -> None:
        """Every connection of this moment is reset; new ones are welcome."""
        self._thread.do(end(self._works))

    # ---- in the loop --------------------------------------------------------------------

    def of(self, kind: type[K], way: Way) -> list[K]:
        """The toxics of one kind that are set for a direction."""
        return [toxic for toxic, ways in self._toxics if isinstance(toxic, kind) and way & ways]

    async def changed(self, limit_s: float | None) -> None:
        """Until toxics are set or cleared, at most so long."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), limit_s)

    async def _change(self, act: Callable[[], object]) -> None:
        act()
        self._changed.set()
        self._changed = asyncio.Event()

    async def _begin(self) -> None:
        self._changed = asyncio.Event()
        await self._up()

    async def _up(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    async def _down(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        await end(self._works)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        work = asyncio.current_task()
        assert work is not None
        self._works.add(work)
        self.connections += 1
        writers, in_order = [writer], False
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target_port)
            writers.append(far_writer)
            async with asyncio.TaskGroup() as group:
                group.create_task(_Pump(self, reader, far_writer, Way.UP).run())
                group.create_task(_Pump(self, far_reader, writer, Way.DOWN).run())
            in_order = True
        except* _Cut:
            in_order = True
        except* (OSError, asyncio.CancelledError, _Reset):
            pass
        finally:
            await asyncio.gather(*(_close(each, in_order) for each in writers))
            self._works.discard(work)


class _Pump:
    """One direction of one connection."""

    def __init__(
        self,
        proxy: ChaosProxy,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        way: Way,
    ) -> None:
        self._proxy, self._reader, self._writer, self._way = proxy, reader, writer, way
        self._queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(maxsize=64)
        self._now_s = asyncio.get_running_loop().time
        self._left: dict[int, int] = {}  # bytes, by the LimitData

    async def run(self) -> None:
        """Until the end of the data. Raises a group of OSError, _Cut or _Reset."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._take())
            group.create_task(self._give())

    def _of(self, kind: type[K]) -> list[K]:
        return self._proxy.of(kind, self._way)

    async def _take(self) -> None:
        data = b"-"
        while data:
            data = await self._reader.read(CHUNK_BYTES)
            delay_s = 0.0
            for toxic in self._of(Latency):
                spread_s = self._proxy.chance.uniform(-toxic.jitter_s, toxic.jitter_s)
                delay_s += max(0.0, toxic.delay_s + spread_s)
            await self._queue.put((self._now_s() + delay_s, data))

    async def _give(self) -> None:
        data = b"-"
        while data:
            due_s, data = await self._queue.get()
            await asyncio.sleep(max(0.0, due_s - self._now_s()))
            await self._wait_for_way()
            if data:
                for toxic in self._of(ResetPeer):
                    await asyncio.sleep(toxic.after_s)
                    raise _Reset
                async for piece in self._pieces(data):
                    await self._write(piece)
        for slow in self._of(SlowClose):
            await asyncio.sleep(slow.delay_s)
        if self._writer.can_write_eof():
            self._writer.write_eof()

    async def _wait_for_way(self) -> None:
        since_s = self._now_s()
        while holes := self._of(Blackhole):
            limits = [hole.close_after_s for hole in holes if hole.close_after_s is not None]
            left_s = min(limits) - (self._now_s() - since_s) if limits else None
            if left_s is not None and left_s <= 0:
                raise _Cut
            await self._proxy.changed(left_s)

    async def _pieces(self, data: bytes) -> AsyncIterator[bytes]:
        while data:
            slicers, pipes = self._of(Slicer), self._of(Bandwidth)
            sizes = [s.size_bytes for s in slicers] + [p.slice_bytes for p in pipes]
            size = min(sizes, default=len(data))
            for pipe in pipes:
                await asyncio.sleep(pipe.wait_s(min(size, len(data)), self._now_s()))
            await self._wait_for_way()
            yield data[:size]
            data = data[size:]
            for slicer in slicers:
                await asyncio.sleep(slicer.pause_s)

    async def _write(self, piece: bytes) -> None:
        limits = self._of(LimitData)
        left = min((self._left.get(id(one), one.left_bytes) for one in limits), default=len(piece))
        through = piece[:left]
        for one in limits:
            self._left[id(one)] = self._left.get(id(one), one.left_bytes) - len(through)
        self._writer.write(through)
        await self._writer.drain()
        self._proxy.bytes[self._way] += len(through)
        if len(through) < len(piece):
            raise _Cut


async def _close(writer: asyncio.StreamWriter, in_order: bool) -> None:
    if in_order:
        writer.close()
    else:
        peer: socket.socket | None = writer.get_extra_info("socket")
        if peer is not None and peer.fileno() >= 0:
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        writer.transport.abort()
    with contextlib.suppress(OSError, TimeoutError):
        await asyncio.wait_for(writer.wait_closed(), 1.0)
