"""The street graph and what is shut of it, of the small city."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import msgspec
import numpy as np
import pytest

from desktop.standin.catalogue import CityCatalogue
from desktop.standin.city import City
from desktop.standin.street_layers import Closures, closing_line_m, edge_id, streets_geojson

BEGIN = datetime(2026, 7, 18, 3, 0, tzinfo=UTC)
MOST_BYTES = 8_000_000
UNDERPASS = "SW-0417"  # of the hand-laid district, below its expressway


@pytest.fixture
def city(whole: CityCatalogue) -> City:
    now = [BEGIN]
    made = City(1, now=lambda: now[0], places=whole)
    made.tick = lambda seconds_s: now.__setitem__(0, now[0] + timedelta(seconds=seconds_s))  # type: ignore[attr-defined]
    return made


@pytest.fixture
def closures(city: City, whole: CityCatalogue) -> Closures:
    return Closures(city, whole.city)


def test_that_the_streets_are_one_connected_graph_whose_ends_are_equal(whole: CityCatalogue):
    body = streets_geojson(whole.city)
    lines = [feature["geometry"]["coordinates"] for feature in body["features"]]
    assert len(lines) == len(whole.city.arrays["edge_class"])
    meets: dict[tuple[float, float], list[int]] = {}
    for number, line in enumerate(lines):
        for end in (line[0], line[-1]):
            meets.setdefault(tuple(end), []).append(number)
    assert len(meets) == len(np.unique(np.concatenate([
        whole.city.arrays["edge_start"], whole.city.arrays["edge_end"]])))  # fmt: skip
    reached, waiting = set[int](), [0]
    while waiting:
        number = waiting.pop()
        if number not in reached:
            reached.add(number)
            for end in (lines[number][0], lines[number][-1]):
                waiting += meets[tuple(end)]
    assert len(reached) == len(lines)


def test_that_every_edge_says_what_a_driver_needs_and_the_layer_stays_small(whole: CityCatalogue):
    body = streets_geojson(whole.city)
    facts = [feature["properties"] for feature in body["features"]]
    assert len({fact["edge_id"] for fact in facts}) == len(facts)
    by_class = {fact["class"]: fact["speed_kmh"] for fact in facts}
    assert list(dict(sorted(by_class.items())).values()) == sorted(by_class.values(), reverse=True)
    assert {fact["name"] for fact in facts} == set(whole.city.words["street"])
    tunnels = Counter(fact["name"] for fact in facts if fact["tunnel"])
    assert set(tunnels) == {"望湖路"} and all(fact["kind"] == "road" for fact in facts)
    a_full_city = 7.2  # times as many edges
    assert len(msgspec.json.encode(body)) * a_full_city < MOST_BYTES


def test_that_water_over_the_closing_line_shuts_its_street_and_says_since_when(
    city: City, closures: Closures
):
    gauge = next(g for g in city.water.flood_gauges() if g.point.point_id.startswith("SW-1"))
    line_m = closing_line_m(gauge.point)
    assert line_m == 0.25
    city.set_level(gauge.point.point_id, line_m - 0.01)
    assert msgspec.json.decode(closures.geojson())["features"] == []
    city.set_level(gauge.point.point_id, line_m)
    city.tick(40)
    (feature,) = msgspec.json.decode(closures.geojson())["features"]
    facts = feature["properties"]
    assert facts["point_id"] == gauge.point.point_id and "25 cm" in facts["reason"]
    assert datetime.fromisoformat(facts["since"]) == BEGIN
    assert len(feature["geometry"]["coordinates"]) >= 2


def test_that_a_shut_street_opens_only_below_the_dead_band(city: City, closures: Closures):
    gauge = next(g for g in city.water.flood_gauges() if g.point.class_id == "water_level")
    for level_m, shut in ((0.27, True), (0.25, True), (0.23, False), (0.26, False)):
        city.set_level(gauge.point.point_id, level_m)
        closures.look()
        assert bool(closures.known) is shut, level_m


def test_that_the_underpass_shuts_its_tunnel_and_not_the_expressway_above(
    city: City, closures: Closures, whole: CityCatalogue
):
    city.set_level(UNDERPASS, 0.4)
    closures.look()
    names = {int(whole.city.arrays["edge_street"][one.number]) for one in closures.known}
    assert [whole.city.words["street"][n] for n in names] == ["望湖路"]


def test_that_a_hand_shuts_and_opens_any_street(closures: Closures):
    number = closures.number_of(edge_id(7))
    closures.shut(number, "塌陷抢修")
    closures.shut(number, "塌陷抢修")
    assert [(one.number, one.reason) for one in closures.known] == [(7, "塌陷抢修")]
    closures.open(number)
    closures.open(number)
    assert closures.known == []


@pytest.mark.parametrize("wrong", ["", "7", "E-0", "E-00000", "E-99999", "E-８", "e-00008"])
def test_that_what_is_no_edge_is_a_key_error(closures: Closures, wrong: str):
    with pytest.raises(KeyError):
        closures.number_of(wrong)
