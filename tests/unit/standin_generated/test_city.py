"""The generated city at small scale: the same code as the whole one."""

from collections import Counter
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from desktop.domain.cameras import Camera, CameraKind
from desktop.domain.points import Point
from desktop.standin import catalogue
from desktop.standin.basemap.frame import distance_to_line, inside, signed_area_m2
from desktop.standin.basemap.streets import main_streets
from desktop.standin.generated import GeneratedCity, load_city
from desktop.standin.generated.areas import LEVELS
from desktop.standin.generated.build import build_city
from desktop.standin.generated.cache import cache_file
from desktop.standin.generated.kinds import CAMERA_GROUPS, ITEM_CLASSES
from desktop.standin.generated.scale import FULL, SMALL

SEED = 3


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("city")


@pytest.fixture(scope="module")
def city(cache: Path) -> GeneratedCity:
    return load_city(cache, SEED, "small")


def rings_of(layer: dict[str, Any], key: str) -> dict[str, list[np.ndarray]]:
    found: dict[str, list[np.ndarray]] = {}
    for feature in layer["features"]:
        shape = feature["geometry"]
        parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        found[feature["properties"][key]] = [np.array(ring[:-1]) for part in parts for ring in part]
    return found


def lies_in(rings: list[np.ndarray], places: np.ndarray) -> np.ndarray:
    return np.logical_xor.reduce([inside(places, ring) for ring in rings])


def test_that_a_second_build_from_the_same_seed_is_equal(city: GeneratedCity) -> None:
    arrays, words = build_city(SEED, SMALL)
    assert words == city.words
    assert arrays.keys() == city.arrays.keys()
    for name, values in arrays.items():
        assert np.array_equal(values, city.arrays[name], equal_nan=values.dtype.kind == "f"), name


def test_that_the_cache_gives_the_same_rows_without_building(
    city: GeneratedCity, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("built again")

    monkeypatch.setattr("desktop.standin.generated.cache.build_city", refuse)
    again = load_city(cache, SEED, "small")
    for rows in ("cameras", "items", "points", "units", "depots"):
        assert list(getattr(again, rows)()) == list(getattr(city, rows)()), rows


@pytest.mark.parametrize("harm", ["cut", "flip", "empty"])
def test_that_a_broken_cache_file_is_built_again(
    city: GeneratedCity, cache: Path, tmp_path: Path, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = cache_file(cache, SEED, SMALL).read_bytes()
    middle = len(whole) // 2
    flipped = bytes(255 - b for b in whole[middle : middle + 4096])
    broken = {
        "cut": whole[:middle],
        "flip": whole[:middle] + flipped + whole[middle + 4096 :],
        "empty": b"",
    }
    path = cache_file(tmp_path, SEED, SMALL)
    path.write_bytes(broken[harm])
    built: list[int] = []

    def build(seed: int, _: object) -> tuple[Any, Any]:
        built.append(seed)
        return city.arrays, city.words

    monkeypatch.setattr("desktop.standin.generated.cache.build_city", build)
    load_city(tmp_path, SEED, "small")
    assert built == [SEED]
    load_city(tmp_path, SEED, "small")
    assert built == [SEED]
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_that_the_counts_are_those_of_the_scale(city: GeneratedCity) -> None:
    assert FULL.manholes == 108_549
    cameras, items = list(city.cameras()), list(city.items())
    assert (len(cameras), len(items)) == (SMALL.cameras, SMALL.items)
    classes = Counter(item.class_id for item in items)
    assert classes["manhole"] == SMALL.manholes == 1_085
    assert set(classes) == {c.class_id for c in ITEM_CLASSES}
    assert len(classes) == 12
    points = Counter(point.class_id for point in city.points())
    assert points["water_level"] + points["underpass_water"] == SMALL.flood_points == 88
    assert points["river_level"] + points["pipe_level"] == SMALL.level_gauges == 51
    assert (points["flow"], points["water_quality"]) == (17, 22)
    assert (points["bridge"], points["street_light"]) == (40, 64)
    assert len(list(city.units())) == SMALL.units
    for level, count in zip(LEVELS[1:], (18, 45, 240), strict=True):
        assert len(city.words[f"{level}_code"]) == count


def test_that_cameras_come_in_five_kinds_from_eight_platforms(city: GeneratedCity) -> None:
    cameras = list(city.cameras())
    assert {camera.kind for camera in cameras} == set(CameraKind)
    assert len({camera.source for camera in cameras}) == 8
    assert sum(not camera.online for camera in cameras) == round(SMALL.cameras * 0.02)
    still = [c for c in cameras if c.kind in (CameraKind.FIXED, CameraKind.PTZ)]
    assert 0 < sum(c.lon_deg is None for c in still) < len(still) * 0.03
    assert len({c.camera_id for c in cameras}) == len(cameras)


def test_that_rows_pass_the_shapes_of_the_contract(city: GeneratedCity) -> None:
    cameras, points = list(city.cameras()), list(city.points())
    assert msgspec.json.decode(msgspec.json.encode(cameras), type=list[Camera]) == cameras
    assert msgspec.json.decode(msgspec.json.encode(points), type=list[Point]) == points


def test_that_every_cover_has_an_owner_with_a_phone(city: GeneratedCity) -> None:
    covers = list(city.items("manhole"))
    assert len(covers) == SMALL.manholes
    assert all(c.owner and len(c.owner.name) >= 2 and len(c.owner.phone) == 11 for c in covers)
    assert city.item(17) == covers[17]


def test_that_cameras_and_points_lie_in_their_district(city: GeneratedCity) -> None:
    districts = rings_of(city.districts_geojson(), "district_id")
    rows = [(c.district_id, c.lon_deg, c.lat_deg) for c in city.cameras() if c.lon_deg]
    areas = city.point_areas()
    rows += [(a[0], p.lon_deg, p.lat_deg) for a, p in zip(areas, city.points(), strict=True)]
    assert len(districts) == 9
    for code, rings in districts.items():
        mine = np.array([(lon, lat) for of, lon, lat in rows if of == code])
        assert len(mine)
        assert lies_in(rings, mine).all(), code


def test_that_the_districts_cover_the_frame_without_overlap(city: GeneratedCity) -> None:
    rng = np.random.default_rng(5)
    half = np.array([SMALL.half_width_m, SMALL.half_height_m]) - 30
    places = rng.uniform(-1, 1, (400, 2)) * half
    a = city.arrays
    hits = np.zeros(len(places), int)
    for number in range(len(a["district_ring_of"])):
        first, last = a["district_ring_first"][number : number + 2]
        ring = a["district_ring"][first:last]
        hits += inside(places, ring) * int(np.sign(signed_area_m2(ring)))  # holes take away
    assert (hits == 1).all()


def test_that_the_hand_laid_places_are_in_their_district(city: GeneratedCity) -> None:
    rings = rings_of(city.districts_geojson(), "district_id")[catalogue.DISTRICT_ID]
    rows = [*catalogue.cameras(), *catalogue.points()]
    places = np.array([(row.lon_deg, row.lat_deg) for row in rows])
    assert lies_in(rings, places).all()


def test_that_hand_laid_streets_keep_name_and_position(city: GeneratedCity) -> None:
    streets = city.words["street"]
    of_edge = city.arrays["edge_street"]
    for street in main_streets():
        number = streets.index(street.name)
        edges = [city.edge_line(int(e)) for e in np.flatnonzero(of_edge == number)]
        within = street.line[(np.abs(street.line) < (2_900, 2_150)).all(axis=1)][::4]
        for place in within:
            assert min(distance_to_line(place, line)[0] for line in edges) < 1.5, street.name


def test_that_every_street_can_be_reached_from_every_other(city: GeneratedCity) -> None:
    starts, ends = city.arrays["edge_start"].tolist(), city.arrays["edge_end"].tolist()
    links: dict[int, list[int]] = {}
    for a, b in zip(starts, ends, strict=True):
        links.setdefault(a, []).append(b)
        links.setdefault(b, []).append(a)
    seen, open_nodes = {starts[0]}, [starts[0]]
    while open_nodes:
        for other in links[open_nodes.pop()]:
            if other not in seen:
                seen.add(other)
                open_nodes.append(other)
    assert len(seen) == len(city.arrays["node"])
    for edge in range(0, len(starts), 7):
        line = city.edge_line(edge)
        assert np.array_equal(line[0], city.arrays["node"][starts[edge]])
        assert np.array_equal(line[-1], city.arrays["node"][ends[edge]])


def test_that_names_tell_things_apart(city: GeneratedCity) -> None:
    streets = city.words["street"]
    assert len(set(streets)) == len(streets) > 300
    for level in ("district", "subdistrict", "community"):
        assert len(set(city.words[level])) == len(city.words[level])
    names = Counter(camera.name for camera in city.cameras())
    assert len(names) > 0.9 * SMALL.cameras
    owners = {c.owner.name for c in city.items("manhole") if c.owner}
    assert len(owners) > 150


def test_that_codes_carry_the_area_they_belong_to(city: GeneratedCity) -> None:
    grids = {f["properties"]["grid_id"]: f["properties"] for f in city.grids_geojson()["features"]}
    assert len(grids) == SMALL.grids
    assert all(len(code) == 16 for code in grids)
    assert all(code.startswith(facts["parent_id"]) for code, facts in grids.items())
    for item in city.items():
        assert item.grid_id in grids
        assert item.grid_id.startswith(item.district_id)


def test_that_points_name_near_cameras_that_exist(city: GeneratedCity) -> None:
    known = {camera.camera_id for camera in city.cameras() if camera.lon_deg is not None}
    for point in city.points():
        assert len(set(point.camera_ids)) == 3
        assert set(point.camera_ids) <= known


def test_that_mobile_cameras_are_carried_by_one_unit_each(city: GeneratedCity) -> None:
    mobile = {c.camera_id for c in city.cameras() if c.kind not in ("fixed", "ptz")}
    carried = [u.camera_id for u in city.units() if u.camera_id]
    assert len(carried) == len(set(carried))
    assert set(carried) <= mobile
    assert len(carried) >= min(len(mobile), sum(g.place == "" for g in CAMERA_GROUPS))


def test_that_the_org_tree_has_69_units_in_three_levels(city: GeneratedCity) -> None:
    orgs = {org.org_id: org for org in city.orgs()}
    assert len(orgs) == 69
    assert Counter(org.level for org in orgs.values()) == {1: 1, 2: 26, 3: 42}
    below = [org for org in orgs.values() if org.parent_id is not None]
    assert len(below) == 68
    assert all(orgs[org.parent_id or ""].level == org.level - 1 for org in below)
    used = {c.org_id for c in city.cameras()} | {i.org_id for i in city.items()}
    used |= {u.org_id for u in city.units()} | {row[2] for row in city.point_areas()}
    assert used <= set(orgs)


def test_that_every_unit_has_somebody_on_duty_through_the_month(city: GeneratedCity) -> None:
    china = timezone(timedelta(hours=8))
    first = datetime(2026, 7, 1, 9, tzinfo=china)
    for hours in (0, 10, 11, 14, 23, 400):
        at = first + timedelta(hours=hours)
        rows = city.duty(at)
        assert {row.org_id for row in rows} == {org.org_id for org in city.orgs()}
        assert all(row.start <= at < row.end for row in rows)
    month = list(city.duty_month(first))
    ends = sorted({row.end for row in month})
    assert len(ends) == 62
    assert ends[-1] - ends[0] == timedelta(hours=12 * 61)


def test_that_the_base_map_grows_with_the_zoom_and_keeps_its_kinds(city: GeneratedCity) -> None:
    far, near = city.basemap_geojson(None, 10), city.basemap_geojson(None, 14)
    kinds = {f["properties"]["kind"] for f in near["features"]}
    assert kinds == {"road", "bridge", "water", "green", "block", "label"}
    assert {f["properties"].get("class", 1) for f in far["features"]} == {1, 2}
    assert len(msgspec.json.encode(far)) < len(msgspec.json.encode(near)) < 3_000_000
    close = city.basemap_geojson((116.615, 28.925, 116.622, 28.931), 17)
    assert any(f["properties"]["kind"] == "building" for f in close["features"])
