"""What is left of a way, by the streets that are open and dry."""

import json

import pytest

from desktop.domain.emergency.driving import Roads, kept_graph, left_of, shut_edges
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point, Threshold
from tests.unit.domain.emergency.test_streets import at, street

# From a street in the west to one in the east, 8 km straight on or 14 over the bow: at 60 km/h a
# kilometre is a minute.
STREETS = json.dumps({"type": "FeatureCollection", "features": [
    street("west", (-1, 0), (0, 0)), street("east", (6, 0), (7, 0)),
    street("short", (0, 0), (6, 0)), street("bow", (0, 0), (0, 3), (6, 3), (6, 0)),
]}).encode()  # fmt: skip
START, GOAL = at(-1, 0), at(7, 0)


def roads(**shut: str) -> Roads:
    return Roads(kept_graph(STREETS), shut)


def test_that_a_way_round_what_is_shut_is_driven_and_told():
    (open_way,) = roads().drives([(START, GOAL)])
    (round_about,) = roads(short="积水").drives([(START, GOAL)])
    assert open_way.minutes == pytest.approx(8, abs=0.05)
    assert round_about.minutes == pytest.approx(14, abs=0.05)
    assert len(round_about.line) > 2 and round_about.line[0] == START
    (shut,) = roads(short="积水").shut
    assert shut.reason == "积水" and shut.line == (at(0, 0), at(6, 0))
    assert roads().minutes_to(GOAL, [START, GOAL]) == [pytest.approx(8, abs=0.05), 0.0]


def test_that_where_every_way_is_shut_there_is_no_time():
    shut = roads(short="积水", bow="施工")
    (drive,) = shut.drives([(START, GOAL)])
    assert drive.minutes is None and drive.line == ()
    assert shut.minutes_to(GOAL, [START]) == [None]


def test_that_the_graph_is_made_once_for_each_edition():
    assert kept_graph(STREETS) is kept_graph(bytes(bytearray(STREETS)))
    with pytest.raises(ValueError, match="no street"):
        kept_graph(b'{"features": []}')


def test_that_closures_and_water_shut_streets_and_an_unreadable_layer_none():
    graph = kept_graph(STREETS)
    lon, lat = at(3, 0)
    point = Point(point_id="p", class_id="water_level", name="望湖路", lon_deg=lon, lat_deg=lat,
                  thresholds=(Threshold(WarningLevel.ORANGE, 0.27),))  # fmt: skip
    closed = json.dumps(
        {"features": [{"properties": {"edge_id": "bow", "reason": "施工"}}]}
    ).encode()
    found = shut_edges(graph, closed, [point], {"p": 0.30})
    assert found["bow"] == "施工" and found["short"].startswith("望湖路积水 30 cm")
    assert shut_edges(graph, b"no layer", [point], {"p": 0.1}) == {}


def test_that_a_crew_that_has_moved_on_has_only_the_rest_before_it():
    line = (at(0, 0), at(1, 0), at(2, 0), at(3, 0))
    assert left_of(line, at(1.2, 0)) == (at(1.2, 0), at(2, 0), at(3, 0))
    assert left_of(line, at(0.1, 0)) == (at(0.1, 0), *line[1:])
    assert left_of((), at(0, 0)) == ()
