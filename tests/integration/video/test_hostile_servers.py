"""Servers of streams that lie, drip, flood or hold on: no descriptor, thread or secret is left."""

import asyncio
import contextlib
import logging
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.domain.cameras import Protocol, TileState
from desktop.video import http_feed
from desktop.video.bridge import RemuxFeed
from desktop.video.gates import Gates
from desktop.video.http_feed import HttpFeed
from desktop.video.relay import Relay
from tests.integration.link.certificates import Authority
from tests.integration.video.conftest import Stage

LIMIT_S = 5.0
SECRET = "ge-heim-77"
OK = b"HTTP/1.1 200 OK\r\n\r\n"
Talk = Callable[[socket.socket], None]


class Server:
    """Talks as it is told to whoever comes; `heard` is what they said first."""

    def __init__(self, talk: Talk, pem: Path | None = None) -> None:
        self._talk, self._pem = talk, pem
        self.heard: list[bytes] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listening.getsockname()[1]}"
        self.over = threading.Event()
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                source, _ = self._listening.accept()
                self._threads.append(threading.Thread(target=self._serve, args=(source,)))
                self._threads[-1].start()

    def _serve(self, source: socket.socket) -> None:
        with contextlib.suppress(OSError):
            source.settimeout(LIMIT_S)
            if self._pem is not None:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(self._pem)
                source = context.wrap_socket(source, server_side=True)
            self.heard.append(source.recv(65536))
            self._talk(source)
        source.close()

    def close(self) -> None:
        self.over.set()
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for thread in self._threads:
            thread.join(LIMIT_S)


@pytest.fixture(scope="module")
def relay():
    return Relay()


@pytest.fixture
def serve(relay) -> Iterator[Callable[..., Server]]:
    servers: list[Server] = []
    before = len(os.listdir("/proc/self/fd"))

    def start(talk: Talk, pem: Path | None = None) -> Server:
        servers.append(Server(talk, pem))
        return servers[-1]

    yield start
    for server in servers:
        server.close()
    assert _soon(lambda: len(os.listdir("/proc/self/fd")) == before), "a descriptor is left"
    assert _soon(lambda: not _dialling()), "a thread is left"


def _dialling() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name in ("dial", "bridge")]


def _soon(condition: Callable[[], bool]) -> bool:
    end_s = time.monotonic() + LIMIT_S
    while not condition() and time.monotonic() < end_s:
        time.sleep(0.01)
    return condition()


def _url(server: Server, scheme: str = "http") -> str:
    return f"{scheme}://user:{SECRET}@{server.address}/live.ts?token={SECRET}"


def _ended(url: str, relay: Relay) -> HttpFeed:
    feed = HttpFeed(url, relay, lambda: None)
    assert _soon(lambda: feed.ended)
    feed.close()
    return feed


def _drip(source: socket.socket) -> None:
    while True:
        source.sendall(b"x")
        time.sleep(0.005)


def _flood(source: socket.socket) -> None:
    source.sendall(b"HTTP/1.1 200 OK\r\n" + b"X-Header: y\r\n" * 800_000)


@pytest.mark.parametrize(
    "talk",
    [
        lambda source: (source.sendall(b"HTTP/1.1 200 OK\r\nX: "), _drip(source)),
        _flood,
        lambda source: source.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 20_000),
        lambda source: source.sendall(b"\x16\x03\x01\x02\x00"),
        lambda source: source.sendall(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b"),
        lambda source: source.sendall(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"f" * 40 + b"\r\nabc"
        ),
        lambda source: None,
        lambda source: source.sendall(b"HTTP/1.1 302 x\r\nLocation: file:///etc/passwd\r\n\r\n"),
        lambda source: source.sendall(b"HTTP/1.1 302 x\r\nLocation: http://[::x/\r\n\r\n"),
        lambda source: source.sendall(b"HTTP/1.1 302 x\r\nLocation: /again\r\n\r\n"),
    ],
    ids=[
        "drips", "floods", "interim", "tls", "gzip", "chunk", "nothing", "file", "no address",
        "in circles",
    ],
)  # fmt: skip
def test_that_a_server_that_speaks_no_stream_ends_the_try(serve, relay, caplog, monkeypatch, talk):
    monkeypatch.setattr(http_feed, "_ANSWER_S", 0.4)
    with caplog.at_level(logging.DEBUG):
        feed = _ended(_url(serve(talk)), relay)
    assert not feed.refused and not feed.unreachable and not feed.untrusted
    assert SECRET not in caplog.text


def test_that_an_account_is_not_told_to_the_host_that_the_stream_moved_to(serve, relay):
    foreign = serve(lambda source: source.sendall(OK))
    moved = f"HTTP/1.1 302 x\r\nLocation: http://{foreign.address}/x\r\n\r\n".encode()
    home = serve(lambda source: source.sendall(moved))
    _ended(_url(home), relay)
    assert b"Authorization: Basic" in home.heard[0]
    assert b"Authorization" not in foreign.heard[0]
    assert SECRET.encode() not in foreign.heard[0]


def test_that_a_certificate_that_nobody_signed_is_named(serve, relay, tmp_path, caplog):
    server = serve(lambda source: source.sendall(OK), Authority(tmp_path, "other").server())
    with caplog.at_level(logging.DEBUG):
        feed = _ended(_url(server, "https"), relay)
    assert (feed.untrusted, feed.received_bytes, server.heard) == (True, 0, [])
    assert SECRET not in caplog.text


def test_that_the_tile_says_that_a_certificate_is_not_trusted(play, tmp_path):
    server = Server(lambda source: source.sendall(OK), Authority(tmp_path, "other").server())

    async def scene(stage: Stage) -> None:
        stage.platform.addresses["c1"] = _url(server, "https")
        player = stage.show()
        await stage.until_state(player, TileState.RETRY, LIMIT_S)
        assert player.status.reason == "视频流中断：视频服务器的证书不受信任"

    play(scene)
    server.close()


def test_that_a_stream_by_tls_comes_whole(serve, relay, tmp_path, monkeypatch):
    authority, data = Authority(tmp_path, "own"), os.urandom(1 << 20)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.ca_file))
    server = serve(lambda source: source.sendall(OK + data), authority.server())
    feed = HttpFeed(_url(server, "https"), relay, lambda: None)
    taken = b""
    while part := os.read(feed._read_fd, 1 << 16):
        taken += part
    feed.close()
    assert taken == data


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_that_a_try_that_is_stopped_lets_go_of_a_server_that_holds_on(serve, relay, scheme):
    held = threading.Event()
    server = serve(lambda source: held.wait(LIMIT_S))
    feed = HttpFeed(_url(server, scheme), relay, lambda: None)
    assert _soon(lambda: bool(server.heard))
    begun_s = time.monotonic()
    feed.close()
    assert _soon(lambda: feed.ended) and time.monotonic() - begun_s < 2
    held.set()


def test_that_a_full_pipe_lets_go_when_the_player_stops(serve, relay):
    server = serve(lambda source: source.sendall(OK + bytes(8 << 20)))
    feed = HttpFeed(_url(server), relay, lambda: None)
    assert _soon(lambda: feed.waiting_bytes() > 60_000)
    feed.close()
    assert _soon(lambda: feed.ended)


def test_that_a_host_that_is_not_there_is_unreachable(serve, relay):
    with socket.create_server(("127.0.0.1", 0)) as one:
        address = f"127.0.0.1:{one.getsockname()[1]}"
    assert _ended(f"http://{address}/", relay).unreachable


@pytest.mark.parametrize(
    "url", [f"http://u:{SECRET}@[::x/", f"http://u:{SECRET}@h:99999/", "", "x"]
)
def test_that_what_is_no_address_costs_a_try_and_no_secret(serve, relay, caplog, url):
    with caplog.at_level(logging.DEBUG):
        assert not _ended(url, relay).refused
        asyncio.run(_pass(url))
    assert SECRET not in caplog.text


async def _pass(url: str) -> None:
    async with Gates().pass_one(url):
        pass


def test_that_the_bridge_says_nothing_of_an_address_that_fails(serve, caplog, capfd):
    server = serve(lambda source: source.sendall(b"HTTP/1.1 404 x\r\n\r\n"))
    with caplog.at_level(logging.DEBUG):
        feed = RemuxFeed(_url(server), Protocol.HTTP_FLV, lambda: None)
        assert _soon(lambda: feed.ended)
        feed.close()
    told = caplog.text + "".join(capfd.readouterr())
    assert feed.refused == 404 and SECRET not in told
