from desktop.domain.cameras import Camera
from desktop.domain.linkage import assign_tiles, default_cameras, linked_cameras
from tests.integration.video.room import make_alarm


def nearest(_lon_deg: float, _lat_deg: float, count: int) -> tuple[str, ...]:
    return ("n1", "n2", "n3", "n4", "n5", "n6")[:count]


def test_that_named_cameras_come_first_and_the_nearest_fill_up():
    assert linked_cameras(make_alarm(camera_ids=("x", "n2")), nearest, 4) == (
        "x",
        "n2",
        "n1",
        "n3",
    )


def test_that_a_camera_named_twice_takes_one_tile():
    alarm = make_alarm(camera_ids=("x", "x", "y"))
    assert linked_cameras(alarm, nearest, 4) == ("x", "y", "n1", "n2")


def test_that_more_named_cameras_than_tiles_leave_no_room_for_others():
    alarm = make_alarm(camera_ids=("a", "b", "c", "d", "e"))
    assert linked_cameras(alarm, nearest, 4) == ("a", "b", "c", "d")


def test_that_an_alarm_without_a_place_shows_only_its_named_cameras():
    alarm = make_alarm(camera_ids=("a",), lon_deg=None, lat_deg=None)
    assert linked_cameras(alarm, nearest, 4) == ("a",)


def test_that_a_camera_already_shown_stays_on_its_tile():
    shown = ("a", "b", "c", "d")
    assert assign_tiles(shown, (), ("x", "c", "y", "a")) == ("a", "x", "c", "y")


def test_that_a_held_tile_is_left_alone_and_its_camera_shown_once():
    shown = ("a", "b", "c", "d")
    assert assign_tiles(shown, {1}, ("b", "x", "y", "z")) == ("x", "b", "y", "z")
    assert assign_tiles(shown, {0}, ("x", "y", "z", "w")) == ("a", "x", "y", "z")


def test_that_a_tile_for_which_nothing_is_wanted_becomes_empty():
    assert assign_tiles(("a", "b", "c"), (), ("b",)) == (None, "b", None)


def test_that_the_defaults_are_the_first_cameras_online():
    cameras = [Camera(camera_id=str(n), name="", online=n % 2 == 0) for n in range(10)]
    assert default_cameras(cameras, 3) == ("0", "2", "4")
