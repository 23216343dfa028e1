"""What the palette finds by itself, and in which order."""

import pytest

from desktop.shell.palette_sources import (
    ELSEWHERE,
    EXACT,
    HEAD,
    INSIDE,
    SHOWN_OF_A_GROUP,
    Found,
    Kind,
    find_alarms,
    grouped,
    match,
)
from tests.gui.fake_room import B, R, Y, acked, alarm


@pytest.mark.parametrize(
    ("query", "title", "more", "rank"),
    [
        ("地图", "地图", (), EXACT),
        ("MAP", "map view", (), HEAD),
        ("积水", "道路积水", (), INSIDE),
        ("道路 积水", "道路积水 0.28 m", (), HEAD),
        ("东门", "道路积水", ("东门路口",), ELSEWHERE),
        ("积水 东门", "道路积水", ("东门路口",), ELSEWHERE),
        ("西门", "道路积水", ("东门路口",), None),
        (".*", "道路积水", (), None),
        ("", "道路积水", (), INSIDE),
    ],
)
def test_that_a_match_has_a_rank(query, title, more, rank):
    assert match(query, title, *more) == rank


def test_that_the_gravest_alarm_that_waits_comes_first():
    alarms = [
        alarm("old", Y, 900, title="积水"),
        alarm("acked", R, 10, title="积水", ack=acked("张敏")),
        alarm("blue", B, 5, title="积水"),
        alarm("red", R, 60, title="积水"),
        alarm("other", R, 1, title="井盖"),
    ]
    assert [one.key for one in find_alarms(alarms, "积水", {})] == ["red", "acked", "old", "blue"]


def test_that_an_alarm_is_found_by_the_name_of_its_point():
    found = find_alarms([alarm("a", Y, title="积水", point_id="p1")], "东门", {"p1": "东门路口"})
    assert [(one.key, one.note, one.rank) for one in found] == [("a", "东门路口", ELSEWHERE)]


def test_that_the_group_with_the_best_match_comes_first_and_equal_ones_keep_their_order():
    found = [
        Found(Kind.PLACE, "p", "滨江", rank=EXACT),
        Found(Kind.VIEW, "v", "滨江 x", rank=INSIDE),
        Found(Kind.CAMERA, "c", "滨江 y", rank=INSIDE),
        Found(Kind.ALARM, "a", "滨江 z", rank=INSIDE),
    ]
    kinds = [kind for kind, _ in grouped(found)]
    assert kinds == [Kind.PLACE, Kind.VIEW, Kind.ALARM, Kind.CAMERA]


def test_that_a_group_shows_a_few_with_the_best_first():
    found = [Found(Kind.ALARM, str(n), "x", rank=INSIDE) for n in range(40)]
    found.append(Found(Kind.ALARM, "best", "x", rank=EXACT))
    [(_, shown)] = grouped(found)
    assert len(shown) == SHOWN_OF_A_GROUP and shown[0].key == "best" and shown[1].key == "0"
