"""One thread that carries the bodies of all HTTP streams of a process into their pipes."""

import contextlib
import logging
import os
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Protocol, runtime_checkable

from desktop.video.http_body import BadAnswer, Chunks, Plain

log = logging.getLogger(__name__)

_READ_BYTES = 64 << 10  # of one stream in one turn, so that none keeps the others waiting
_PAUSE_S = 0.02
"""What comes within it is taken in one go: it costs less than it delays an ordinary tile."""


@runtime_checkable
class Tls(Protocol):
    """ssl.SSLSocket, whose module is not loaded where nobody needs it."""

    def pending(self) -> int: ...


class Flow:
    """One connection and its pipe. Whoever reads too slowly makes the server wait."""

    def __init__(
        self,
        source: socket.socket,
        body: Chunks | Plain,
        first: bytes,
        sink_fd: int,
        received: Callable[[bytes], None],
        ended: Callable[[], None],
    ) -> None:
        """`first` is what was read of the body already; `ended` is called once."""
        self.source, self.sink_fd = source, sink_fd
        self._body, self._first = body, first
        self._received, self._ended = received, ended
        self._waiting: deque[bytes] = deque()

    def pull(self) -> bool:
        """From the socket to the pipe. False at the end. Raises BadAnswer, OSError."""
        first, self._first = self._first, b""
        if first and not self._put(first):
            return False
        taken = 0
        while not self.is_waiting and taken < _READ_BYTES:
            try:
                data = self.source.recv(_READ_BYTES)
            except BlockingIOError:
                return True
            except OSError as error:
                if type(error).__name__ == "SSLWantReadError":  # the rest of a TLS record is due
                    return True
                raise
            if not data or not self._put(data):
                return False
            if not isinstance(self.source, Tls):
                return True
            taken += len(data)  # a record of TLS is a quarter of what a turn may take
        return True

    def _put(self, data: bytes) -> bool:
        part = b"".join(self._body.take(data))  # one write: each wakes a thread of libVLC
        if part:
            self._received(part)
            self._waiting.append(part)
            self.push()
        return not self._body.ended

    def push(self) -> None:
        """As much into the pipe as it takes. Raises OSError."""
        while self._waiting:
            part = self._waiting.popleft()
            try:
                written = os.write(self.sink_fd, part)
            except BlockingIOError:
                written = 0
            if written < len(part):
                self._waiting.appendleft(part[written:])
                return

    @property
    def is_waiting(self) -> bool:
        return bool(self._waiting)

    def end(self) -> None:
        with contextlib.suppress(OSError):
            self.source.close()
        self._ended()


class Relay:
    """All methods may be called from any thread; the flows live on the relay's own."""

    def __init__(self, pause_s: float = _PAUSE_S) -> None:
        self._pause_s = pause_s
        self._selector = selectors.DefaultSelector()
        self._orders: deque[tuple[bool, Flow]] = deque()
        self._awake, self._wake = socket.socketpair()
        self._awake.setblocking(False)
        self._wake.setblocking(False)
        self._selector.register(self._awake, selectors.EVENT_READ)
        self._files: dict[Flow, int] = {}  # what is waited for: the socket or the pipe
        threading.Thread(target=self._run, name="relay", daemon=True).start()

    def carry(self, flow: Flow) -> None:
        """From now on, until its source ends or `drop`."""
        self._order(True, flow)

    def drop(self, flow: Flow) -> None:
        self._order(False, flow)

    def _order(self, wanted: bool, flow: Flow) -> None:
        self._orders.append((wanted, flow))
        with contextlib.suppress(BlockingIOError):  # full: it is awake anyway
            self._wake.send(b"w")

    def _run(self) -> None:
        while True:
            for key, _ in self._selector.select():
                if key.data is None:
                    self._take_orders()
                elif key.data in self._files:
                    self._turn(key.data)
            time.sleep(self._pause_s)

    def _take_orders(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._awake.recv(4096)
        while self._orders:
            wanted, flow = self._orders.popleft()
            if not wanted:
                self._end(flow)
                continue
            os.set_blocking(flow.sink_fd, False)
            flow.source.setblocking(False)
            self._wait_for(flow, flow.source.fileno(), selectors.EVENT_READ)
            self._turn(flow)  # what the dialling has read already, and what TLS holds

    def _turn(self, flow: Flow) -> None:
        try:
            goes_on = True
            if flow.is_waiting:
                flow.push()
            if not flow.is_waiting:
                goes_on = flow.pull()
        except (OSError, BadAnswer):
            goes_on = False
        except Exception as error:  # one stream's fault must not take the pictures of all
            log.error("relay: %s", type(error).__name__)
            goes_on = False
        if not goes_on:
            self._end(flow)
        elif flow.is_waiting:
            self._wait_for(flow, flow.sink_fd, selectors.EVENT_WRITE)
        else:
            self._wait_for(flow, flow.source.fileno(), selectors.EVENT_READ)

    def _wait_for(self, flow: Flow, file: int, event: int) -> None:
        known = self._files.get(flow)
        if known == file:
            return
        if known is not None:
            self._selector.unregister(known)
        self._files[flow] = file
        self._selector.register(file, event, flow)

    def _end(self, flow: Flow) -> None:
        file = self._files.pop(flow, None)
        if file is not None:
            self._selector.unregister(file)
            flow.end()
