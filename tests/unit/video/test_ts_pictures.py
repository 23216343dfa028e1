import pytest

from desktop.video.http_body import BadAnswer
from desktop.video.http_feed import HttpFeed
from desktop.video.ts_pictures import PictureWatch, picture_codec
from tests.unit.video.test_ts_tables import transport_stream

H264, H265 = transport_stream("libx264"), transport_stream("libx265")


@pytest.mark.parametrize(("data", "said"), [(H264, "h264"), (H265, "h265")])
def test_that_the_codec_is_told_from_the_pictures_wherever_the_reader_joins(data, said):
    assert picture_codec(data) == said
    assert picture_codec(b"\x47junk" + data) == said
    assert picture_codec(data[188:]) == said


def packet(*units: str) -> bytes:
    """One picture of these units, given by their first bytes."""
    head = b"\x47\x41\x00\x10\x00\x00\x01\xe0\x00\x00\x80\x00\x00"
    body = b"".join(b"\x00\x00\x00\x01" + bytes.fromhex(unit) + b"\xaa" * 8 for unit in units)
    return (head + body).ljust(188, b"\xff")


@pytest.mark.parametrize(
    ("units", "said"),
    [
        (("41 9a",), "h264"),  # a P slice alone
        (("09 f0", "41 9a"), "h264"),
        (("06 01", "65 88"), "h264"),  # SEI pic_timing looks like a unit of H.265
        (("27 64",), "h264"),
        (("02 01",), "h265"),  # TRAIL_R
        (("46 01", "26 01"), "h265"),
        (("4e 01", "00 01"), "h265"),
        (("09 f0",), ""),  # says nothing yet
    ],
)
def test_that_pictures_between_key_frames_tell_it_too(units, said):
    assert picture_codec(packet(*units)) == said


@pytest.mark.parametrize("noise", [b"", b"\x47" * 1000, bytes(2000), b"\x47\x40\x11\x30\xff" * 300])
def test_that_noise_is_no_picture(noise):
    assert picture_codec(noise) == ""


class Clock:
    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def verdicts(watch: PictureWatch, clock: Clock, told: str, part: bytes, seconds_s: float):
    found = []
    for _ in range(round(seconds_s / 0.25)):
        clock.now_s += 0.25
        found.append(watch.agrees(told, part))
    return found


def test_that_a_change_without_new_tables_is_noticed_within_two_seconds():
    clock = Clock()
    watch = PictureWatch(clock)
    assert all(verdicts(watch, clock, "h264", H264, 2))
    found = verdicts(watch, clock, "h264", H265, 2)
    assert found[0] and not all(found) and watch.other == "h265"


def test_that_new_tables_that_come_a_little_later_are_waited_for():
    clock = Clock()
    watch = PictureWatch(clock)
    assert all(verdicts(watch, clock, "h264", H264, 2))
    assert all(verdicts(watch, clock, "h264", H265, 0.75))
    assert all(verdicts(watch, clock, "h265", H265, 3)) and watch.other == ""


def test_that_a_stream_that_was_never_what_it_says_is_not_waited_for():
    assert not PictureWatch(Clock()).agrees("h264", H265)


class NoRelay:
    """For a feed that nobody dials: its bytes come by hand."""


def test_that_a_feed_follows_new_tables_and_ends_without():
    clock = Clock()
    feed = HttpFeed("none://", NoRelay(), lambda: None)
    feed._pictures = PictureWatch(clock)
    for data, codec in ((H264, "h264"), (H265, "h265")):
        for _ in range(12):
            clock.now_s += 0.25
            feed._take(data)
        assert feed.codec == codec
    with pytest.raises(BadAnswer):
        for _ in range(12):
            clock.now_s += 0.25
            feed._take(packet("09 f0", "41 9a"))
    feed.close()
