"""The served base map: overview without detail, cells that fit each other."""

from collections import Counter
from typing import Any

import msgspec
import numpy as np
import pytest

from desktop.standin.basemap import UNDERPASS
from desktop.standin.basemap.frame import lengths_along, lon_lat_list, points_along
from desktop.standin.catalogue import CityCatalogue
from desktop.standin.generated.city_map import CityMap, tile_of


@pytest.fixture(scope="module")
def served(whole: CityCatalogue) -> CityMap:
    return CityMap(whole.city)


def features(body: bytes) -> list[dict[str, Any]]:
    return msgspec.json.decode(body)["features"]


def test_that_the_overview_leaves_lanes_and_houses_to_the_cells(served: CityMap) -> None:
    rows = features(served.overview())
    kinds = Counter(row["properties"]["kind"] for row in rows)
    assert {"road", "water", "green", "block", "bridge", "label"} == set(kinds)
    assert max(row["properties"].get("class", 0) for row in rows) == 4


def test_that_no_street_is_drawn_twice_in_the_overview(served: CityMap) -> None:
    ends = Counter(
        (str(row["geometry"]["coordinates"][0]), str(row["geometry"]["coordinates"][-1]))
        for row in features(served.overview())
        if row["properties"]["kind"] == "road" and not row["properties"]["tunnel"]
    )
    assert max(ends.values()) == 1


def test_that_the_underpass_is_the_one_tunnel(served: CityMap) -> None:
    tunnels = [r for r in features(served.overview()) if r["properties"].get("tunnel")]
    assert len(tunnels) == 1
    line = np.array(tunnels[0]["geometry"]["coordinates"])
    place = UNDERPASS.place
    assert (np.abs(line - (place.lon_deg, place.lat_deg)) < 0.004).all()


def test_that_labels_of_the_hand_laid_centre_come_once(served: CityMap) -> None:
    names = Counter(
        row["properties"]["name"]
        for row in features(served.overview())
        if row["properties"]["kind"] == "label"
    )
    assert names["镜湖"] == 1


def test_that_neighbouring_cells_carry_the_same_feature_alike(served: CityMap) -> None:
    x, y = tile_of(116.6, 28.9)
    here, beside = (
        {row["properties"]["id"]: row for row in features(served.cell(x + k, y))} for k in (0, 1)
    )
    both = here.keys() & beside.keys()
    assert both and all(here[name] == beside[name] for name in both)
    assert {row["properties"]["kind"] for row in here.values()} >= {"road", "building", "block"}
    assert len(here) == len(features(served.cell(x, y)))  # no id twice


def test_that_a_cell_out_of_the_city_is_empty(served: CityMap) -> None:
    assert features(served.cell(*tile_of(110.0, 20.0))) == []


def dead_ends(whole: CityCatalogue) -> list[tuple[int, np.ndarray]]:
    """Culs-de-sac outside the hand-laid district: there houses and streets are made apart."""
    a = whole.city.arrays
    degree = np.bincount(np.concatenate([a["edge_start"], a["edge_end"]]))
    loose = (degree[a["edge_start"]] == 1) | (degree[a["edge_end"]] == 1)
    lines = [(edge, whole.city.edge_line(edge)) for edge in np.flatnonzero(loose).tolist()]
    return [(edge, line) for edge, line in lines if np.abs(line).max() > 4_400]


def test_that_no_house_stands_in_a_cul_de_sac(served: CityMap, whole: CityCatalogue) -> None:
    checked = 0
    for _, line in dead_ends(whole)[:60]:
        lon, lat = lon_lat_list(line.mean(axis=0)[None])[0]
        lane = points_along(line, np.arange(0.0, lengths_along(line)[-1], 3.0))
        for row in features(served.cell(*tile_of(lon, lat))):
            if row["properties"]["kind"] == "building":
                ring = whole.city.metres(np.array(row["geometry"]["coordinates"][0]))
                low, high = ring.min(axis=0), ring.max(axis=0)
                assert not ((lane > low) & (lane < high)).all(axis=1).any()
                checked += 1
    assert checked > 100
