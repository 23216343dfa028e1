"""Each toxic does what it says, on real sockets; without one the proxy is not noticed."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from tests.faults.proxy import (
    Bandwidth,
    Blackhole,
    ChaosProxy,
    Latency,
    LimitData,
    ResetPeer,
    Slicer,
    SlowClose,
    Way,
)

LIMIT_S = 10.0


class Echo:
    """Sends everything back; says how each connection ended."""

    def __init__(self) -> None:
        self.ended = threading.Event()
        self.end_s = 0.0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                peer, _ = self._listener.accept()
                self._threads.append(threading.Thread(target=self._serve, args=(peer,)))
                self._threads[-1].start()

    def _serve(self, peer: socket.socket) -> None:
        with peer, contextlib.suppress(OSError):
            while data := peer.recv(65536):
                peer.sendall(data)
        self.end_s = time.monotonic()
        self.ended.set()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in (self._accepting, *self._threads):
            thread.join(LIMIT_S)


@pytest.fixture
def echo() -> Iterator[Echo]:
    echo = Echo()
    yield echo
    echo.close()


@pytest.fixture
def proxy(echo: Echo) -> Iterator[ChaosProxy]:
    with ChaosProxy(echo.port) as proxy:
        yield proxy


@pytest.fixture
def peer(proxy: ChaosProxy) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", proxy.port), LIMIT_S) as peer:
        yield peer


def receive(peer: socket.socket, size: int) -> bytes:
    """So many bytes, or fewer when the connection ends."""
    got = b""
    while len(got) < size and (data := peer.recv(65536)):
        got += data
    return got


def trip_s(peer: socket.socket, data: bytes = b"hello") -> float:
    began_s = time.monotonic()
    peer.sendall(data)
    assert receive(peer, len(data)) == data
    return time.monotonic() - began_s


def silent(peer: socket.socket, for_s: float = 0.3) -> bool:
    peer.settimeout(for_s)
    try:
        return not peer.recv(1)
    except TimeoutError:
        return True
    finally:
        peer.settimeout(LIMIT_S)


def test_that_without_a_toxic_everything_comes_through_whole_and_in_order(proxy, peer):
    data = bytes(range(256)) * 8000
    sending = threading.Thread(target=peer.sendall, args=(data,))
    sending.start()
    assert receive(peer, len(data)) == data
    sending.join()
    assert proxy.connections == 1 and proxy.bytes == {Way.UP: len(data), Way.DOWN: len(data)}


def test_that_latency_delays_the_data_and_ends_with_it(proxy, peer):
    proxy.add(Latency(0.2), Way.DOWN)
    assert 0.2 <= trip_s(peer) < 3.0
    proxy.add(Latency(0.1), Way.UP)
    assert trip_s(peer) >= 0.3
    proxy.clear()
    assert min(trip_s(peer) for _ in range(3)) < 0.2


def test_that_jitter_differs_from_piece_to_piece_and_keeps_their_order(proxy, peer):
    proxy.add(Latency(0.1, jitter_s=0.1), Way.UP)
    trips_s = [trip_s(peer) for _ in range(8)]
    assert max(trips_s) - min(trips_s) > 0.02
    words = b"".join(b"%06d" % n for n in range(3000))
    peer.sendall(words)
    assert receive(peer, len(words)) == words


def test_that_one_pipe_is_shared_by_all_proxies_that_have_it(echo, proxy, peer):
    pipe = Bandwidth(40_000)
    with (
        ChaosProxy(echo.port) as other,
        socket.create_connection(("127.0.0.1", other.port), LIMIT_S) as second,
    ):
        for each in (proxy, other):
            each.add(pipe, Way.DOWN)
        began_s = time.monotonic()
        for one in (peer, second):
            one.sendall(b"x" * 8000)
        assert all(len(receive(one, 8000)) == 8000 for one in (peer, second))
        assert 0.36 <= time.monotonic() - began_s < 3.0


def test_that_slices_are_written_one_by_one(proxy, peer):
    proxy.add(Slicer(1, pause_s=0.002), Way.DOWN)
    peer.sendall(b"abcdefgh")
    pieces = []
    while sum(map(len, pieces)) < 8:
        pieces.append(peer.recv(100))
    assert b"".join(pieces) == b"abcdefgh" and len(pieces) >= 4


def test_that_a_limit_ends_the_connection_behind_the_last_byte_it_allows(proxy, echo, peer):
    proxy.add(LimitData(3), Way.DOWN)
    peer.sendall(b"abcdef")
    assert receive(peer, 6) == b"abc"
    assert echo.ended.wait(LIMIT_S)
    with socket.create_connection(("127.0.0.1", proxy.port), LIMIT_S) as second:
        second.sendall(b"xy")
        assert receive(second, 2) == b"xy"  # the limit counts for each connection anew


def test_that_a_black_hole_holds_everything_back_and_then_lets_it_go(proxy, peer):
    proxy.add(Blackhole())
    peer.sendall(b"kept")
    assert silent(peer)
    proxy.clear()
    assert receive(peer, 4) == b"kept"


def test_that_a_black_hole_with_a_time_closes(proxy, peer):
    proxy.add(Blackhole(close_after_s=0.2), Way.UP)
    peer.sendall(b"lost")
    assert receive(peer, 4) == b""


def test_that_a_reset_is_one(proxy, peer):
    proxy.add(ResetPeer(), Way.DOWN)
    peer.sendall(b"x")
    with pytest.raises(ConnectionResetError):
        receive(peer, 1)


def test_that_a_slow_close_tells_the_end_later(proxy, echo, peer):
    proxy.add(SlowClose(0.3), Way.UP)
    trip_s(peer)
    began_s = time.monotonic()
    peer.shutdown(socket.SHUT_WR)
    assert echo.ended.wait(LIMIT_S) and echo.end_s - began_s >= 0.3


def test_that_a_proxy_that_is_down_refuses_and_is_back_on_the_same_port(proxy, peer):
    trip_s(peer)
    proxy.down()
    with pytest.raises(ConnectionError):
        assert receive(peer, 1) == b"x"
    for _ in range(2):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", proxy.port), LIMIT_S)
    proxy.up()
    with socket.create_connection(("127.0.0.1", proxy.port), LIMIT_S) as again:
        trip_s(again)


def test_that_all_connections_of_a_moment_can_be_reset(proxy, peer):
    trip_s(peer)
    proxy.reset_all()
    with pytest.raises(ConnectionResetError):
        receive(peer, 1)
    with socket.create_connection(("127.0.0.1", proxy.port), LIMIT_S) as again:
        trip_s(again)


def test_that_a_server_that_is_away_resets_its_clients_and_nothing_stays(echo):
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with (
        ChaosProxy(port) as proxy,
        pytest.raises(ConnectionError),
        socket.create_connection(("127.0.0.1", proxy.port), LIMIT_S) as peer,
    ):
        peer.sendall(b"x")
        assert receive(peer, 1)
    names = [thread.name for thread in threading.enumerate()]
    assert not [name for name in names if name.startswith("proxy")]
