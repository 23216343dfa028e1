"""Bytes from a socket into a pipe, on one thread for all."""

import os
import select
import socket
import threading

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
    dropped.close()
