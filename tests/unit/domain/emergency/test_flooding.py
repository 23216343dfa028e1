"""Streets under water by the desk's own readings."""

import json

import pytest

from desktop.domain.emergency.flooding import flooded_edges
from desktop.domain.emergency.street_text import read_streets
from desktop.domain.emergency.streets import StreetGraph
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point, Threshold

LINES = tuple(Threshold(level, value) for level, value in
              zip(reversed(WarningLevel), (0.05, 0.15, 0.25, 0.4), strict=True))  # fmt: skip


def graph() -> StreetGraph:
    """A street from west to east, over a tunnel from south to north in two halves."""
    lines = {"over": ([116.60, 28.9], [116.61, 28.9]),
             "south": ([116.605, 28.895], [116.605, 28.9]),
             "north": ([116.605, 28.9], [116.605, 28.905])}  # fmt: skip
    rows = [{"properties": {"edge_id": name, "class": 3, "tunnel": name != "over"},
             "geometry": {"type": "LineString", "coordinates": line}}
            for name, line in lines.items()]  # fmt: skip
    return StreetGraph(read_streets(json.dumps({"features": rows}).encode()))


def point(class_id: str, **facts) -> Point:
    facts = {"lon_deg": 116.60505, "lat_deg": 28.90001, "thresholds": LINES} | facts
    return Point(point_id="p", class_id=class_id, name="望湖路", **facts)


def test_that_the_closing_line_shuts_the_street_and_the_tunnel_below_it_in_an_underpass():
    for class_id, edges in (("water_level", {"over"}), ("underpass_water", {"south", "north"})):
        assert flooded_edges(graph(), [point(class_id)], {"p": 0.249}) == {}
        found = flooded_edges(graph(), [point(class_id)], {"p": 0.25})
        assert set(found) == edges
        assert set(found.values()) == {"望湖路积水 25 cm，达到封闭线 25 cm"}


@pytest.mark.parametrize(
    "other",
    [point("river_level"), point("water_level", thresholds=()), point("water_level", lon_deg=None),
     point("water_level", lat_deg=28.95)],
)  # fmt: skip
def test_that_what_lies_at_no_street_or_has_no_line_shuts_nothing(other: Point):
    assert flooded_edges(graph(), [other], {"p": 3.0}) == {}
    assert flooded_edges(graph(), [point("water_level")], {}) == {}
