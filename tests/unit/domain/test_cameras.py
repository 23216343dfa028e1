from desktop.domain.cameras import LiveAnswer, Protocol, Stream, nearest_cameras
from tests.samples import camera


def test_that_the_nearest_cameras_come_nearest_first():
    cameras = [camera("far", 116.70), camera("near", 116.601), camera("middle", 116.62)]
    found = nearest_cameras(cameras, 116.6, 28.9, 2)
    assert [c.camera_id for c in found] == ["near", "middle"]


def test_that_equally_near_cameras_keep_one_order():
    pair = [camera("B", 116.61), camera("A", 116.59)]
    assert [c.camera_id for c in nearest_cameras(pair, 116.6, 28.9, 2)] == ["A", "B"]
    assert [c.camera_id for c in nearest_cameras(pair[::-1], 116.6, 28.9, 2)] == ["A", "B"]


def test_that_a_camera_without_position_is_near_nothing():
    assert nearest_cameras([camera("lost", None, None)], 116.6, 28.9, 4) == ()


def test_that_a_street_north_counts_more_than_the_same_degrees_east():
    cameras = [camera("north", 116.6, 28.91), camera("east", 116.61, 28.9)]
    assert nearest_cameras(cameras, 116.6, 28.9, 1)[0].camera_id == "east"


def test_that_the_address_of_a_stream_is_never_printed():
    stream = Stream("rtsp://user:hunter2@10.0.0.1/x", Protocol.RTSP)
    for text in (repr(stream), str(stream), f"{LiveAnswer((stream,))}"):
        assert "hunter2" not in text and "rtsp" in text
