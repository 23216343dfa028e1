"""Scenes of the video wall: their files, when they are offered, and which cameras come."""

from pathlib import Path

import pytest

from desktop.domain import wall_scenes as scenes
from desktop.domain.cameras import Camera, CameraKind
from desktop.domain.levels import WarningLevel
from desktop.domain.scene_text import SceneFault, read_scene, read_scenes
from desktop.domain.wall import CellOrigin, empty_wall, preset
from desktop.domain.wall_scenes import Emergency, Near, Place, Rule, Scene
from tests.gui.fake_room import alarm

R, A, Y, B = WarningLevel
FOLDER = Path(__file__).resolve().parents[3] / "resources" / "wall_scenes"
GOOD = """scene_id = "flood"
name = "防汛"
layout = "16"

[layouts]
red = "25"

[[rules]]
title = "通道"
count = 4
tags = ["underpass"]

[[rules]]
title = "监测点"
count = 4
near = "points"
"""


def camera(name: str, lon: float = 116.6, lat: float = 28.9, **facts) -> Camera:
    return Camera(camera_id=name, name=name, lon_deg=lon, lat_deg=lat, **facts)


def scene(*rules: Rule, **facts) -> Scene:
    return Scene(scene_id="s", name="景", layout=facts.pop("layout", "9"), rules=rules, **facts)


def chosen(one: Scene, cameras, points=(), alarms=(), level=None) -> tuple[str, ...]:
    return scenes.fill(one, level, cameras, points, alarms).camera_ids


# ---- files


def test_that_the_shipped_scenes_are_read_without_a_fault_and_have_keys_of_their_own():
    files = [(path.name, path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))]
    found, faults = read_scenes(files)
    assert not faults
    assert [one.name for one in found] == ["防汛", "交通", "市容", "工地", "河道"]
    assert [one.key for one in found] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("before", "after", "line", "reason"),
    [
        ("count = 4\nnear", 'count = "four"\nnear', 15, "count"),
        ("count = 4\ntags", "count = 99\ntags", 10, "36"),
        ('near = "points"', 'near = "moon"', 16, "moon"),
        ('layout = "16"', 'layout = "17"', 3, "没有 17 画面布局"),
        ('red = "25"', 'red = "7"', 6, "没有 7 画面布局"),
        ('red = "25"', 'purple = "25"', 5, "purple"),
        ('name = "防汛"\n', "", 0, "缺少 name"),
        ('title = "监测点"\n', 'title = "监测点"\ncolour = "red"\n', 15, "没有 colour 这一项"),
        ('tags = ["underpass"]', "tags = [1]", 11, "tags"),
        ('name = "防汛"', "name = 防汛", 2, "TOML"),
        ('scene_id = "flood"', 'scene_id = "../x"', 1, "scene_id"),
    ],
)
def test_that_a_fault_is_told_with_file_line_and_reason(before, after, line, reason):
    assert before in GOOD
    fault = read_scene("flood.toml", GOOD.replace(before, after, 1))
    assert isinstance(fault, SceneFault), fault
    assert fault.line == line and reason in fault.reason
    assert str(fault).startswith("flood.toml")


def test_that_a_bad_file_leaves_the_others_in_use_and_a_key_belongs_to_one():
    keyed = GOOD.replace('layout = "16"', 'layout = "16"\nkey = 1')
    other = keyed.replace('"flood"', '"river"').replace("防汛", "河道")
    found, faults = read_scenes([("a", keyed), ("b", "]"), ("c", other)])
    assert [(one.name, one.key) for one in found] == [("防汛", 1), ("河道", 0)]
    assert [(fault.file, fault.line) for fault in faults] == [("b", 1), ("c", 4)]


def test_that_a_city_s_own_file_replaces_the_shipped_one():
    found, faults = read_scenes([("a", GOOD), ("b", GOOD.replace("防汛", "台风"))])
    assert [one.name for one in found] == ["台风"] and not faults


# ---- which cameras


def test_that_districts_take_turns_and_what_is_offline_is_left_out():
    cameras = [camera(f"{d}{n}", district_id=d, online=n > 0) for d in "ab" for n in range(4)]
    assert chosen(scene(Rule("x", 4)), cameras) == ("a1", "b1", "a2", "b2")


def test_that_a_rule_chooses_by_any_tag_kind_and_district():
    cameras = [
        camera("a", tags=("river",)),
        camera("b", tags=("street", "水务")),
        camera("c", tags=("street",)),
        camera("d", kind=CameraKind.DRONE, district_id="q"),
    ]
    assert chosen(scene(Rule("x", 9, tags=("river", "水务"))), cameras) == ("a", "b")
    assert chosen(scene(Rule("x", 9, kinds=(CameraKind.DRONE,))), cameras) == ("d",)
    assert chosen(scene(Rule("x", 9, districts=("q",))), cameras) == ("d",)


def test_that_places_take_turns_named_cameras_before_near_ones_and_far_ones_never():
    cameras = [
        camera("far", 116.61),
        camera("p-near", 116.6001),
        camera("p-nearer", 116.60005),
        camera("q-near", 116.6201),
        camera("q-named", 116.9),
        camera("nowhere", None, None),
    ]
    points = [
        Place("p", 116.6, 28.9, "water_level"),
        Place("q", 116.62, 28.9, "water_level", ("q-named",)),
        Place("other", 116.61, 28.9, "pump"),
    ]
    rule = Rule("x", 9, near=Near.POINTS, class_ids=("water_level",), within_m=100)
    assert chosen(scene(rule), cameras, points) == ("p-nearer", "q-named", "p-near", "q-near")


def test_that_nearness_is_found_across_the_borders_of_its_cells():
    place = Place("p", 116.6000, 28.9, "w")
    around = [camera("w", 116.5985), camera("e", 116.6015), camera("n", 116.6, 28.9013)]
    rule = Rule("x", 9, near=Near.POINTS, within_m=200)
    assert set(chosen(scene(rule), around, [place])) == {"w", "e", "n"}


def test_that_the_gravest_alarm_comes_first_and_a_closed_one_not_at_all():
    known = [
        alarm("y", level=Y, lon_deg=116.6, lat_deg=28.9),
        alarm("r", level=R, lon_deg=116.7, lat_deg=28.9),
        alarm("placeless", level=R),
    ]
    places = scenes.alarm_places(known)
    assert [one.place_id for one in places if one.place_id != "placeless"] == ["r", "y"]


def test_that_no_camera_comes_twice_and_a_rule_that_finds_too_few_leaves_its_cells():
    cameras = [camera(f"u{n}", tags=("underpass",)) for n in range(2)]
    cameras += [camera(f"r{n}", tags=("river", "underpass" if not n else "")) for n in range(8)]
    one = scene(Rule("x", 4, tags=("underpass",)), Rule("y", 3, tags=("river",)))
    found = chosen(one, cameras)
    assert len(found) == len(set(found)) == 7 and set(found[:3]) == {"r0", "u0", "u1"}


def test_that_a_graver_level_has_a_layout_and_rules_of_its_own():
    one = scene(Rule("x", 4), Rule("y", 5, from_level=A), layout="4", layouts={A: "9"})
    cameras = [camera(f"c{n}") for n in range(20)]
    calm, grave = (scenes.fill(one, level, cameras, (), ()) for level in (Y, R))
    assert (calm.layout_id, len(calm.camera_ids)) == ("4", 4)
    assert (grave.layout_id, len(grave.camera_ids)) == ("9", 9)


def test_that_fifty_thousand_cameras_are_chosen_within_a_second():
    import time

    cameras = [
        camera(f"c{n:05}", 116.5 + n % 250 * 0.001, 28.8 + n // 250 * 0.001, district_id=str(n % 9))
        for n in range(50_000)
    ]
    points = [Place(f"p{n}", 116.5 + n * 0.0005, 28.85, "w") for n in range(300)]
    one = scene(Rule("x", 9, near=Near.POINTS, within_m=450), Rule("y", 9), layout="25")
    began = time.process_time()
    assert len(chosen(one, cameras, points)) == 18
    assert time.process_time() - began < 2.0


# ---- when


@pytest.mark.parametrize(
    ("weather", "alarms", "level"),
    [(None, 0, None), (B, 0, None), (Y, 0, Y), (R, 0, R), (None, 1, None), (None, 2, A), (Y, 2, A)],
)
def test_that_weather_or_enough_grave_alarms_speak_for_a_scene(weather, alarms, level):
    rule = Emergency(weather=Y, class_ids=("water_level",), alarms_from=A, alarm_count=2)
    known = [alarm(f"a{n}", level=A, class_id="water_level") for n in range(alarms)]
    known += [alarm("o", level=R, class_id="power"), alarm("y", level=Y, class_id="water_level")]
    opened = scenes.open_alarms(known)
    assert scenes.emergency_level(scene(Rule("x", 1), emergency=rule), weather, opened) is level


# ---- onto the wall


def test_that_held_cells_and_alarms_keep_their_place_and_the_others_are_filled():
    wall = empty_wall(preset("4")).fill_from("abcd").hold(1, True).link(3, "cam", "alarm", 5.0)
    wanted = empty_wall(preset("4")).fill_from("wxyz")
    found = scenes.onto(wall, wanted, CellOrigin.SCENE)
    assert [cell.camera_id for cell in found.cells] == ["w", "b", "y", "cam"]
    assert found.cells[3].link is not None and found.cells[0].origin is CellOrigin.SCENE
    larger = scenes.onto(wall, empty_wall(preset("9")).fill_from("wxyz"), CellOrigin.SCENE)
    assert [cell.camera_id for cell in larger.cells][:6] == ["w", "b", "y", "cam", "x", "z"]


def test_that_a_held_picture_survives_a_smaller_layout():
    wall = empty_wall(preset("9")).fill_from("abcdefghi").hold(8, True)
    found = scenes.onto(wall, empty_wall(preset("4")).fill_from("wxyz"), CellOrigin.SCENE)
    assert "i" in [cell.camera_id for cell in found.cells]
