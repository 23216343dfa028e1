"""Hand-laid district and generated city as one register."""

from collections import Counter, defaultdict

import msgspec
import numpy as np
import pytest

from desktop.standin import catalogue
from desktop.standin.case_classes import case_classes
from desktop.standin.catalogue import CityCatalogue
from desktop.standin.generated.kinds import CAMERA_GROUPS, POINT_KINDS
from desktop.standin.generated.scale import SMALL
from desktop.standin.generated.scenes import SCENES
from desktop.standin.masks import masked, sees_numbers
from desktop.standin.stream_cameras import StreamCameras
from desktop.standin.video.catalogue import SCENES as DRAWN

INDUSTRIES = {"市容环卫", "市政设施", "应急指挥", "城市水务",
              "燃气监管", "综合执法", "园林绿化", "公园景区"}  # fmt: skip


def test_that_totals_are_the_scale_with_the_hand_laid_first(whole: CityCatalogue) -> None:
    rows = whole.cameras()
    assert len(rows) == len(whole.cameras_by_id) == SMALL.cameras
    assert tuple(rows[: len(catalogue.cameras())]) == catalogue.cameras()
    assert len({row.camera_id for row in rows}) == len(rows)
    count = Counter(point.class_id for point in whole.points)
    assert count["water_level"] + count["underpass_water"] == SMALL.flood_points
    assert count["river_level"] + count["pipe_level"] == SMALL.level_gauges
    assert count["street_light"] == SMALL.lamp_cabinets
    laid = whole.points[: len(catalogue.points())]
    assert tuple(msgspec.structs.replace(p, asset_id=None) for p in laid) == catalogue.points()
    covers = [p for p in laid if p.class_id == "manhole"]
    assert all(whole.item(p.asset_id or "").owner is not None for p in covers)


def test_that_pages_of_cameras_are_the_whole_register(whole: CityCatalogue) -> None:
    paged = [row for first in range(0, SMALL.cameras, 7) for row in whole.cameras(first, first + 7)]
    assert paged == whole.cameras() == list(whole.cameras_by_id.values())


def test_that_every_point_names_cameras_that_are_there(whole: CityCatalogue) -> None:
    named = {camera_id for point in whole.points for camera_id in point.camera_ids}
    assert named and named <= set(whole.cameras_by_id)


@pytest.mark.parametrize("wrong", ["cam-0", "cam-100000", "cam-1000001", "cam-９", "x", ""])
def test_that_an_unknown_camera_is_a_key_error(whole: CityCatalogue, wrong: str) -> None:
    assert wrong not in whole.cameras_by_id
    with pytest.raises(KeyError):
        whole.camera(wrong)


def test_that_each_camera_has_a_scene_that_fits_its_kind(whole: CityCatalogue) -> None:
    rows = whole.cameras()
    assert {row.tags[0] for row in rows} <= set(SCENES)
    for kind in ("drone", "vehicle", "bodycam"):
        assert {row.tags[0] for row in rows if row.kind.value == kind} == {kind}
    city, scenes = whole.city, defaultdict[str, set[str]](set)
    for number, group in enumerate(city.arrays["camera_group"].tolist()):
        scenes[CAMERA_GROUPS[group].place].add(city.scene(number))
    assert scenes["bridge"] and scenes["bridge"] <= {"bridge", "underpass"}
    assert scenes["works"] and scenes["works"] <= {"site", "underpass"}


def test_that_the_sixteen_scenes_all_occur_in_the_city(whole: CityCatalogue) -> None:
    missing = set(SCENES) - {row.tags[0] for row in whole.cameras()}
    assert missing <= {"lamps", "tunnel", "plaza", "sanitation"}  # rare ones, in a small city


def test_that_every_point_has_its_areas_and_its_unit(whole: CityCatalogue) -> None:
    districts = set(whole.city.words["district_code"])
    units = {org.org_id for org in whole.orgs}
    for point in whole.points:
        place = whole.place_of(point.point_id)
        assert place.district_id in districts and place.org_id in units
    assert whole.place_of("SW-0417").district_id == catalogue.DISTRICT_ID
    assert whole.place_of("SW-0417").grid_id.startswith(catalogue.DISTRICT_ID)


def test_that_a_place_outside_has_no_district(whole: CityCatalogue) -> None:
    assert whole.district_of(116.6, 28.9) == catalogue.DISTRICT_ID
    assert whole.district_of(110.0, 28.9) is None
    assert whole.district_of(None, 28.9) is None


def test_that_an_item_is_found_by_its_id_only(whole: CityCatalogue) -> None:
    rows = list(whole.items())
    assert whole.item(rows[0].asset_id) == rows[0] and whole.item(rows[-1].asset_id) == rows[-1]
    for wrong in ("JG-000000", "LD-000001", "JG-1", f"JG-{SMALL.items + 1:06d}", "JG-x", ""):
        with pytest.raises(KeyError):
            whole.item(wrong)
    assert sum(whole.item_counts().values()) == SMALL.items


def test_that_every_class_of_a_point_has_words_for_its_alarm() -> None:
    classes = {row.class_id: row for row in catalogue.alarm_classes()}
    assert {kind.class_id for kind in POINT_KINDS} <= set(classes)
    for row in classes.values():
        assert 1 <= len(row.guidance.splitlines()) <= 3 and row.cause and row.consequence
        assert row.industry in INDUSTRIES, row.class_id


def test_that_case_classes_have_unique_codes_and_limits() -> None:
    rows = case_classes()
    assert len({(row.kind, row.class_code) for row in rows}) == len(rows) > 100
    ponding = next(row for row in rows if row.name == "道路积水")
    assert (ponding.class_code, ponding.limit.text) == ("0506", "2 紧急工作时")


def test_that_numbers_are_masked_but_for_who_sends_people() -> None:
    assert masked("13812345678") == "138****5678"
    assert masked("110") == "****"
    roles = ("operator", "dispatcher", "duty_officer", "leader")
    assert [sees_numbers(role) for role in roles] == [False, True, True, False]


def test_that_what_changed_shows_in_the_rows(whole: CityCatalogue) -> None:
    camera = whole.cameras(40, 41)[0]
    whole.changes.camera(camera.camera_id, not camera.online, whole.since)
    try:
        assert whole.camera(camera.camera_id).online is not camera.online
        assert whole.cameras(40, 41)[0].online is not camera.online
        assert np.array_equal(whole.changes.cameras_after(whole.since), [])
    finally:
        whole.changes.camera_online.clear()


def test_that_each_grid_has_who_answers_and_a_collector_of_its_district(
    whole: CityCatalogue,
) -> None:
    units = {unit.unit_id: unit for unit in whole.units}
    orgs = {org.org_id for org in whole.orgs}
    grids = [feature["properties"] for feature in whole.city.grids_geojson()["features"]]
    for grid in grids:
        collector = units[grid["collector"]]
        assert (collector.kind, collector.name) == ("officer", grid["collector_name"])
        assert collector.district_id == grid["district_id"]
        assert grid["owner_name"] and grid["community"] in grid["name"] and grid["org_id"] in orgs
    assert len({grid["owner_name"] for grid in grids}) > 0.9 * len(grids)


def test_that_every_camera_has_pictures_of_a_scene_that_is_drawn(whole: CityCatalogue) -> None:
    watched = StreamCameras(whole.cameras_by_id)
    assert len(watched) == SMALL.cameras and "cam-0001" in watched and "cam-x" not in watched
    for camera_id, camera in watched.items():
        assert camera.camera_id == camera_id and camera.scene in DRAWN
        assert 0 <= camera.phase_s < 12
    with pytest.raises(KeyError):
        watched["cam-x"]
