"""Which loops there are, in which order they come, and which stand in for others."""

from desktop.standin.generated.scenes import SCENES as CITY_SCENES
from desktop.standin.video.catalogue import (
    ALL_LOOPS,
    SCENES,
    TAKES,
    LoopId,
    alike,
    in_order,
    scene_of,
    take_of,
    wish_for,
)
from desktop.standin.video.encode import Wishes
from desktop.standin.video.scenes import BUILDS
from desktop.standin.video.scenes.light import Variant


def test_that_every_scene_is_drawn_in_four_lights_and_two_sizes() -> None:
    assert set(SCENES) == set(BUILDS)
    assert len({loop.file_name for loop in ALL_LOOPS}) == len(ALL_LOOPS)
    first = [loop for loop in ALL_LOOPS if loop.take == 0]
    assert len(first) == 16 * 4 * 2 + 5 * 2
    assert len(ALL_LOOPS) - len(first) == sum(takes - 1 for takes in TAKES.values()) * 4 * 2


def test_that_every_scene_of_the_city_is_there() -> None:
    assert {scene_of((scene, "交通")) for scene in CITY_SCENES} == set(SCENES)
    assert scene_of(()) in SCENES and scene_of(("volcano",)) in SCENES


def test_that_small_pictures_of_the_present_light_come_before_all_else() -> None:
    order = in_order(Variant.RAIN)
    assert [loop.scene for loop in order[:16]] == list(SCENES)
    assert {(loop.profile_id, loop.variant) for loop in order[:16]} == {("sub", Variant.RAIN)}
    assert sorted(order, key=str) == sorted(ALL_LOOPS, key=str)


def test_that_the_nearest_light_stands_in() -> None:
    night = LoopId("park", "sub", Variant.NIGHT)
    found = list(alike(night))
    assert found[0] == night and found[-1].variant is Variant.DAY and len(found) == 4


def test_that_water_counts_for_more_than_light() -> None:
    wish = wish_for("underpass", "main", Variant.DAY, 0.31)
    assert wish == LoopId("underpass", "main", Variant.RAIN, 0.27)
    depths = [loop.depth_m for loop in alike(wish)]
    assert depths[:3] == [0.27, 0.15, 0.40] or depths[:3] == [0.27, 0.40, 0.15]
    assert wish_for("street", "main", Variant.DAY, 0.31) == LoopId("street", "main", Variant.DAY)


def test_that_the_newest_wish_is_drawn_next() -> None:
    wishes, first, second = Wishes(), ALL_LOOPS[5], ALL_LOOPS[9]
    for loop in (first, second, first):
        wishes.add(loop.file_name)
    wishes.add("no-such.loop")
    assert [wishes.take(), wishes.take(), wishes.take()] == [first, second, None]


def test_that_cameras_of_one_scene_show_several_places_each_always_the_same() -> None:
    ids = [f"cam-{number:04}" for number in range(200)]
    takes = [take_of(camera_id, "crossing") for camera_id in ids]
    assert set(takes) == set(range(TAKES["crossing"]))
    assert takes == [take_of(camera_id, "crossing") for camera_id in ids]
    assert {take_of(camera_id, "park") for camera_id in ids} == {0}


def test_that_light_counts_for_more_than_the_place() -> None:
    wish = LoopId("street", "sub", Variant.NIGHT, take=2)
    found = list(alike(wish))
    assert found[:2] == [wish, LoopId("street", "sub", Variant.NIGHT)]
    assert len(found) == 8
