"""Online rates and silent sensors: unknown is not offline, and offline is not unknown."""

from datetime import UTC, datetime, timedelta

from desktop.domain.cameras import Camera
from desktop.domain.online import Heard, OnlineRate, eyes, limit_s, silent, touch, whole
from desktop.domain.points import Point

NOW = datetime(2026, 7, 14, 8, 0, tzinfo=UTC)


def point(number: int, class_id: str = "water_level") -> Point:
    return Point(point_id=f"P{number}", class_id=class_id, name=f"测点 {number}")


def ago(seconds_s: float) -> datetime:
    return NOW - timedelta(seconds=seconds_s)


def test_that_eyes_are_counted_by_source_platform():
    cameras = [
        Camera(camera_id=f"c{n}", name="", source=source, online=online)
        for n, (source, online) in enumerate([("a", True), ("a", False), ("b", True), ("a", True)])
    ]
    assert eyes(cameras) == [OnlineRate("a", 2, 3), OnlineRate("b", 1, 1)]
    assert whole(eyes(cameras)) == OnlineRate("", 3, 4)


def test_that_a_sensor_is_online_for_three_intervals_and_not_longer():
    points = [point(1), point(2), point(3)]
    newest = {"P1": ago(5), "P2": ago(90), "P3": ago(91)}
    assert touch(points, Heard(newest, NOW)) == [OnlineRate("water_level", 2, 3)]
    assert [one.point.point_id for one in silent(points, Heard(newest, NOW))] == ["P3"]


def test_that_a_class_nobody_ever_heard_of_is_unknown_not_offline():
    points = [point(1), point(2, "gas"), point(3, "gas")]
    rates = touch(points, Heard({"P1": ago(1)}, NOW))
    assert rates == [OnlineRate("gas", None, 2), OnlineRate("water_level", 1, 1)]
    assert rates[0].share is None
    assert whole(rates) == OnlineRate("", 1, 1)
    assert silent(points, Heard({"P1": ago(1)}, NOW)) == []


def test_that_the_longest_silent_stands_first_and_never_heard_before_all():
    points = [point(1), point(2), point(3), point(4)]
    newest = {"P1": ago(200), "P2": ago(3600), "P3": ago(1)}
    found = silent(points, Heard(newest, NOW))
    assert [one.point.point_id for one in found] == ["P4", "P2", "P1"]
    assert found[0].since is None


def test_that_nothing_known_has_no_rate():
    assert whole([]).share is None
    assert whole([OnlineRate("x", None, 5)]).share is None


def test_that_a_class_that_reports_seldom_has_its_own_limit():
    assert limit_s([]) == 90.0
    assert limit_s([5, 5, 5]) == 90.0
    assert limit_s([45, 46, 44]) == 135.0
    points, newest = [point(1)], {"P1": ago(130)}
    assert touch(points, Heard(newest, NOW))[0].online == 0
    assert touch(points, Heard(newest, NOW, {"water_level": 135.0}))[0].online == 1


def test_that_a_desk_that_has_just_begun_to_listen_calls_nobody_silent():
    points, newest = [point(1), point(2)], {"P1": ago(1)}
    assert touch(points, Heard(newest, NOW, listening_s=60)) == [OnlineRate("water_level", 1, 1)]
    assert silent(points, Heard(newest, NOW, listening_s=60)) == []
    assert [one.point.point_id for one in silent(points, Heard(newest, NOW))] == ["P2"]
