"""The generated district: the same every time, named, and of a size that travels."""

import json
import time
from collections import Counter
from functools import cache

import numpy as np
import pytest

from desktop.domain.geo import distance_m
from desktop.standin.basemap import CROSSINGS, RIVER_AXIS, STREETS, UNDERPASS, build_basemap
from desktop.standin.basemap.arrangement import faces_of
from desktop.standin.basemap.blocks import split
from desktop.standin.basemap.frame import inside, signed_area_m2

SQUARE = np.array([(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)])


@cache
def wire(seed: int) -> bytes:
    text = json.dumps(build_basemap(seed), ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def features(kind: str) -> list[dict]:
    return [f for f in json.loads(wire(1))["features"] if f["properties"]["kind"] == kind]


def test_that_the_same_seed_gives_the_same_bytes_in_two_seconds_of_work():
    first = wire(1)
    start = time.process_time()
    assert wire.__wrapped__(1) == first
    assert time.process_time() - start < 6.0  # 2 s on a core of its own; shared ones count more


def test_that_another_seed_gives_another_city():
    assert wire(2) != wire(1)


def test_that_every_road_has_a_chinese_name_and_a_class():
    roads = features("road")
    assert len(roads) > 300
    for road in roads:
        assert road["properties"]["class"] in (1, 2, 3, 4, 5)
        name = road["properties"]["name"]
        assert name[-1] in "路街道巷里弄", name
        assert len(name) >= 3


def test_that_one_stretch_of_road_is_a_tunnel_under_the_express_road():
    tunnels = [f for f in features("road") if f["properties"]["tunnel"]]
    assert [t["properties"]["name"] for t in tunnels] == ["望湖路"]
    place = UNDERPASS.place
    ends = (tunnels[0]["geometry"]["coordinates"][0], tunnels[0]["geometry"]["coordinates"][-1])
    for lon_deg, lat_deg in ends:
        assert 100 < distance_m(place.lon_deg, place.lat_deg, lon_deg, lat_deg) < 200
    north, south = UNDERPASS.approaches
    assert north.lat_deg > place.lat_deg > south.lat_deg


def test_that_the_city_has_every_kind_and_fits_the_wire():
    kinds = Counter(f["properties"]["kind"] for f in json.loads(wire(1))["features"])
    assert {"road", "water", "green", "block", "building", "bridge"} <= set(kinds)
    assert kinds["building"] > 2500
    assert len(wire(1)) <= 1_500_000
    assert {"澄江", "镜湖"} <= {f["properties"]["name"] for f in features("water")}


def test_that_no_building_stands_in_the_river():
    river = next(f for f in features("water") if f["properties"]["name"] == "澄江")
    ring = np.array(river["geometry"]["coordinates"][0])
    corners = np.array([f["geometry"]["coordinates"][0][0] for f in features("building")])
    assert not inside(corners, ring).any()
    assert all(3 <= f["properties"]["height_m"] <= 300 for f in features("building"))


def test_that_places_lie_in_the_district_and_stay_when_the_seed_changes():
    names = [name for name, _, _ in CROSSINGS]
    assert len(names) > 40
    assert len(set(names)) == len(names)
    assert "望湖路/建设路口" in names
    points = [point for _, line in STREETS for point in line] + list(RIVER_AXIS)
    points += [(lon, lat) for _, lon, lat in CROSSINGS]
    assert all(abs(lon - 116.60) < 0.031 and abs(lat - 28.90) < 0.0205 for lon, lat in points)
    roads = {s for s, _ in STREETS}
    for seed in (1, 2):
        known = {
            f["properties"]["name"]
            for f in json.loads(wire(seed))["features"]
            if f["properties"]["kind"] == "road"
        }
        assert roads <= known


def test_that_lines_cut_the_plane_into_faces_and_loose_ends_into_none():
    closed = np.vstack([SQUARE, SQUARE[:1]])
    middle = np.array([(50.0, -5.0), (50.0, 105.0)])
    loose = np.array([(20.0, 50.0), (30.0, 50.0)])
    areas = sorted(round(signed_area_m2(ring)) for ring in faces_of([closed, middle, loose]))
    assert areas == [5000, 5000]


@pytest.mark.parametrize(("through", "parts"), [((50, 50), (5000, 5000)), ((20, 50), (2000, 8000))])
def test_that_a_cut_divides_a_block_without_losing_ground(through, parts):
    cut = split(SQUARE, np.array(through, dtype=float), np.array([0.0, 1.0]))
    assert cut is not None
    assert sorted(round(abs(signed_area_m2(ring))) for ring in cut[:2]) == sorted(parts)


def test_that_a_cut_beside_a_block_is_refused():
    assert split(SQUARE, np.array([300.0, 0.0]), np.array([0.0, 1.0])) is None
