"""What the bridge takes for news, and what frees it."""

import os
import threading

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
    assert os.read(int(feed.address.removeprefix("fd://")), 4) == b"xxxx"
    assert not feed.ended
    feed.close()
    assert until_ended(feed)
