import pytest

from desktop.domain.cameras import Protocol, Stream
from desktop.domain.tile_policy import (
    OPENING_LIMIT_S,
    backoff_s,
    choose_stream,
    refused_retry_s,
)

ALL = tuple(
    Stream("rtsp://x" if p is Protocol.RTSP else "https://x", p) for p in reversed(Protocol)
)


def test_that_waits_grow_to_fifteen_seconds_and_stay_there():
    assert [backoff_s(n, 0.5) for n in range(1, 9)] == [0.5, 1, 2, 4, 8, 10, 10, 10]


@pytest.mark.parametrize("chance, factor", [(0.0, 0.8), (0.999, 1.2)])
def test_that_chance_spreads_a_wait_by_a_fifth(chance: float, factor: float):
    assert backoff_s(4, chance) == pytest.approx(4 * factor, rel=0.01)


def test_that_a_refusal_is_asked_again_each_30_s_after_two_quicker_tries():
    assert [refused_retry_s(n) for n in (1, 2, 3, 4)] == [5, 10, 30, 30]


def test_that_a_stream_that_is_gone_is_asked_for_more_often_than_a_password_is_tried():
    assert [refused_retry_s(n, 404) for n in (1, 2, 3, 4)] == [5, 10, 10, 10]
    assert [refused_retry_s(n, 401) for n in (1, 2, 3, 4)] == [5, 10, 30, 30]


def test_that_no_wait_for_a_lost_stream_is_longer_than_its_return_may_take():
    assert max(backoff_s(n, 0.999) for n in range(1, 20)) + OPENING_LIMIT_S / 2 < 15


@pytest.mark.parametrize(
    "playable, chosen",
    [
        (tuple(Protocol), Protocol.HTTP_TS),
        ((Protocol.RTSP, Protocol.HLS, Protocol.HTTP_FLV), Protocol.HTTP_FLV),
        ((Protocol.RTSP, Protocol.HLS), Protocol.HLS),
        ((Protocol.RTSP,), Protocol.RTSP),
    ],
)
def test_that_the_first_playable_stream_by_preference_is_chosen(playable, chosen):
    stream = choose_stream(ALL, playable)
    assert stream is not None and stream.protocol is chosen


def test_that_nothing_is_chosen_where_nothing_can_be_played():
    assert choose_stream(ALL, ()) is None
    assert choose_stream((), tuple(Protocol)) is None


@pytest.mark.parametrize("url", ["file:///etc/passwd", "v4l2:///dev/video0", "/etc/passwd", ""])
def test_that_an_address_of_a_foreign_scheme_is_never_opened(url):
    streams = tuple(Stream(url, protocol) for protocol in Protocol)
    assert choose_stream(streams, tuple(Protocol)) is None
