"""Bytes from a socket into a pipe, on one thread for all."""

import contextlib
import fcntl
import os
import select
import socket
import threading
import time

import pytest

from desktop.video.http_body import Chunks, Plain
from desktop.video.relay import Flow, Relay

LIMIT_S = 5.0


class Line:
    """A server's end, a relay's flow and libVLC's end of the pipe."""

    def __init__(self, relay: Relay, body: Chunks | Plain, first: bytes = b"") -> None:
        self.server, client = socket.socketpair()
        self.read_fd, self._write_fd = os.pipe()
        self.seen, self.ended = 0, threading.Event()
        self.flow = Flow(client, body, first, self._write_fd, self._see, self._end)
        relay.carry(self.flow)

    def _see(self, part: bytes) -> None:
        self.seen += len(part)

    def _end(self) -> None:
        os.close(self._write_fd)
        self.ended.set()

    def read(self, count: int) -> bytes:
        data = b""
        while len(data) < count and select.select([self.read_fd], [], [], LIMIT_S)[0]:
            if not (part := os.read(self.read_fd, 65536)):
                break
            data += part
        return data

    def close(self) -> None:
        self.server.close()
        assert self.ended.wait(LIMIT_S)
        os.close(self.read_fd)


@pytest.fixture(scope="module")
def relay():
    return Relay()


def test_that_what_was_read_before_comes_first_and_chunks_lose_their_frames(relay):
    line = Line(relay, Chunks(), b"3\r\nabc\r\n4\r")
    line.server.sendall(b"\ndefg\r\n0\r\n\r\n")
    assert line.read(7) == b"abcdefg"
    assert line.ended.wait(LIMIT_S)  # by the last chunk, though the server holds on
    line.close()


def test_that_a_reader_that_waits_loses_nothing_and_holds_up_nobody(relay):
    slow, other = Line(relay, Plain()), Line(relay, Plain())
    data = os.urandom(3 << 20)
    sender = threading.Thread(target=slow.server.sendall, args=(data,))
    sender.start()
    other.server.sendall(b"on time")
    assert other.read(7) == b"on time"
    assert slow.seen < len(data)  # it waits in the server, not in our memory
    assert slow.read(len(data)) == data
    sender.join(LIMIT_S)
    slow.close()
    other.close()


def test_that_a_flow_that_is_dropped_or_not_read_any_more_ends(relay):
    dropped, deserted = Line(relay, Plain()), Line(relay, Plain())
    relay.drop(dropped.flow)
    assert dropped.ended.wait(LIMIT_S)
    deserted.server.sendall(b"x")
    deserted.read(1)
    os.close(deserted.read_fd)
    deserted.server.sendall(b"x")
    assert deserted.ended.wait(LIMIT_S)
    deserted.server.close()
    dropped.close()


class Records:
    """A source that gives a record of TLS at a time."""

    def __init__(self, count: int) -> None:
        self.left = count

    def recv(self, _: int) -> bytes:
        self.left -= 1
        return bytes(16 << 10)

    def pending(self) -> int:
        return 0


def test_that_a_turn_takes_as_much_of_tls_as_of_others_and_no_more():
    """By one record a turn a main stream would come at 6 Mbit/s."""
    read_fd, write_fd = os.pipe()
    sink = fcntl.fcntl(write_fd, fcntl.F_SETPIPE_SZ, 1 << 20)
    os.set_blocking(write_fd, False)
    source = Records(100)
    flow = Flow(source, Plain(), b"", write_fd, lambda _: None, lambda: None)
    assert sink and flow.pull()
    assert 100 - source.left == 4
    os.close(read_fd)
    os.close(write_fd)


def test_that_a_fault_of_one_stream_ends_it_alone(relay):
    def fail(_: bytes) -> None:
        raise KeyError("http://secret")

    faulty, other = Line(relay, Plain()), Line(relay, Plain())
    faulty.flow._received = fail
    faulty.server.sendall(b"x")
    assert faulty.ended.wait(LIMIT_S)
    other.server.sendall(b"on time")
    assert other.read(7) == b"on time"
    faulty.close()
    other.close()


def test_that_one_that_floods_leaves_the_other_twenty_four_their_time(relay):
    flooding = Line(relay, Plain())
    others = [Line(relay, Plain()) for _ in range(24)]
    over = threading.Event()

    def flood() -> None:
        with contextlib.suppress(OSError):
            while not over.is_set():
                flooding.server.sendall(bytes(1 << 20))

    def drain() -> None:
        while os.read(flooding.read_fd, 1 << 20):
            pass

    threads = [threading.Thread(target=work) for work in (flood, drain)]
    for thread in threads:
        thread.start()
    begun_s = time.monotonic()
    for turn in range(10):
        for line in others:
            line.server.sendall(b"%d" % turn)
        assert [line.read(1) for line in others] == [b"%d" % turn] * 24
    took_s = time.monotonic() - begun_s
    over.set()
    flooding.server.shutdown(socket.SHUT_RDWR)
    for thread in threads:
        thread.join(LIMIT_S)
    for line in (flooding, *others):
        line.close()
    assert flooding.seen > 0 and took_s < LIMIT_S
