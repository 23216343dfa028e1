"""What the bridge keeps of a session that has ended: nothing."""

import pytest

from desktop.video import bridge
from desktop.video.bridge import ByteQueue


def test_that_what_was_not_read_is_dropped_when_the_session_ends():
    queue = ByteQueue()
    queue.write(b"past")
    queue.close()
    assert queue.read(100) == b""
    with pytest.raises(BrokenPipeError):
        queue.write(b"more")


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
