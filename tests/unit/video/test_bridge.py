"""What the bridge takes for news, and what frees it."""

import threading
from dataclasses import dataclass
from fractions import Fraction

import pytest

from desktop.domain.cameras import Protocol
from desktop.video import bridge
from desktop.video.bridge import RemuxFeed


def test_that_a_packet_after_the_time_limit_is_not_taken_for_news(monkeypatch):
    """libav gives up after its limit and hands out what its parser still held."""
    now_s = [0.0]
    monkeypatch.setattr(bridge.time, "monotonic", lambda: now_s[0])

    def packets():
        yield "first"
        now_s[0] += 2.9
        yield "late but live"
        now_s[0] += bridge.READ_TIMEOUT_S
        yield "left over"

    taken: list[str] = []
    with pytest.raises(TimeoutError):
        for packet in bridge.in_time(packets()):
            taken.append(packet)
    assert taken == ["first", "late but live"]


def test_that_the_time_that_the_reader_takes_is_not_the_servers(monkeypatch):
    now_s = [0.0]
    monkeypatch.setattr(bridge.time, "monotonic", lambda: now_s[0])
    for _ in bridge.in_time(range(3)):
        now_s[0] += bridge.READ_TIMEOUT_S + 1


@dataclass
class Packet:
    pts: int | None
    dts: int | None
    size: int = 100
    time_base: Fraction = Fraction(1, 90000)


def test_that_the_first_packets_get_the_time_that_libav_cannot_tell():
    """Among them is the key frame; times count back from the first that is known."""
    packets = [Packet(None, None), Packet(90, None), Packet(400, 400), Packet(4000, 4000)]
    found = [(one.pts, one.dts) for one in bridge.dated(packets)]
    assert found == [(220, 220), (310, 310), (400, 400), (4000, 4000)]


def test_that_a_picture_that_is_shown_later_than_decoded_stays_so():
    packets = [Packet(None, None), Packet(9000, None), Packet(400, 400)]
    assert [(one.pts, one.dts) for one in bridge.dated(packets)][1] == (9000, 310)


def test_that_of_a_running_stream_a_packet_without_a_time_is_left_out():
    packets = [Packet(0, 0), Packet(None, None), Packet(7200, 7200)]
    assert [one.dts for one in bridge.dated(packets)] == [0, 7200]


def test_that_a_stream_that_never_has_a_time_is_not_kept_for_ever():
    assert list(bridge.dated(Packet(None, None) for _ in range(1000))) == []
    last = [*(Packet(None, None) for _ in range(1000)), Packet(1 << 20, 1 << 20)]
    assert len(list(bridge.dated(last))) <= 60


def test_that_the_empty_packet_at_the_end_is_no_picture():
    assert list(bridge.dated([Packet(None, None, size=0)])) == []
    packets = [Packet(None, None, size=0), Packet(400, 400)]
    assert [one.dts for one in bridge.dated(packets)] == [400]


@pytest.fixture
def feed(monkeypatch):
    """A bridge whose session writes without end."""

    def write_on(self: RemuxFeed) -> None:
        while True:
            self.write(b"x" * 65536)

    monkeypatch.setattr(RemuxFeed, "_remux", write_on)
    made = RemuxFeed("rtsp://127.0.0.1:9/x", Protocol.RTSP, lambda: None)
    yield made
    made.close()


def until_ended(feed: RemuxFeed) -> bool:
    for thread in threading.enumerate():
        if thread.name == "bridge":
            thread.join(3)
    return feed.ended


def test_that_a_bridge_whose_reader_has_gone_ends(feed):
    assert feed.read(4) == b"xxxx"
    assert not feed.ended
    feed.close()
    assert until_ended(feed)
