"""What the bridge hands on of an RTSP stream of the numbered cameras."""

from desktop.domain.cameras import Protocol
from desktop.video.bridge import RemuxFeed
from desktop.video.ts_split import TsSplitter, Unit
from tests.faults.picture_server import picture_server

KEPT = 4
"""Pictures that must have come before the next key frame may; the group has 50."""


def first_units(feed: RemuxFeed, count: int) -> list[Unit]:
    splitter, units = TsSplitter(), []
    while len(units) < count:
        data = feed.read(65536)
        assert data, "the stream has ended"
        units += splitter.feed(data)
    return units


def test_that_the_key_frame_that_a_server_keeps_for_who_joins_is_handed_on_first():
    """Without it a tile stays black up to the next one, for 2 s with these cameras."""
    with picture_server() as server:
        for camera_id in ("cam-1", "cam-2", "cam-3"):
            feed = RemuxFeed(server.url(camera_id, "rtsp"), Protocol.RTSP, lambda: None)
            try:
                units = first_units(feed, KEPT)
            finally:
                feed.close()
            assert [unit.is_random for unit in units[:KEPT]] == [True, False, False, False]
            stamps = [unit.pts for unit in units]
            assert None not in stamps
            assert stamps == sorted(stamps), "pictures go back in time"
