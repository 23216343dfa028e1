"""Trees that are none, rosters with holes: found and told."""

from datetime import UTC, datetime, timedelta

from desktop.domain.duty import CITY_ZONE, Duty, holes, on_duty, roster_findings, shift_start
from desktop.domain.orgs import Org, below, path_of, rings, tree_findings

START = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)


def tree(**parents: str | None) -> dict[str, Org]:
    return {
        org_id: Org(org_id=org_id, name=f"机构{org_id}", parent_id=parent)
        for org_id, parent in parents.items()
    }


def duty(name: str, from_h: float, to_h: float, org_id: str = "a", role: str = "operator") -> Duty:
    start, end = START + timedelta(hours=from_h), START + timedelta(hours=to_h)
    return Duty(org_id=org_id, role=role, role_name="值班员", name=name, start=start, end=end)


def test_that_a_sound_tree_has_no_findings():
    orgs = tree(a=None, b="a", c="b")
    assert tree_findings(orgs) == ()
    assert [org.org_id for org in path_of(orgs, "c")] == ["a", "b", "c"]
    assert below(orgs.values(), "b") == {"b", "c"}


def test_that_a_ring_is_told_once_and_every_walk_over_it_ends():
    orgs = tree(a=None, b="d", c="b", d="c", e="c")
    assert len(rings(orgs)) == 1
    (line,) = tree_findings(orgs)
    assert "成环" in line and "机构b" in line
    assert {org.org_id for org in path_of(orgs, "e")} == {"b", "c", "d", "e"}
    assert below(orgs.values(), "b") == {"b", "c", "d", "e"}


def test_that_a_unit_whose_parent_is_missing_is_told():
    assert "上级不在名册内" in tree_findings(tree(a=None, b="x"))[0]


def test_that_a_covered_roster_has_no_findings():
    rows = [duty("甲", 0, 12), duty("乙", 12, 24)]
    assert roster_findings(rows, {"a": "中心"}, START, START + timedelta(hours=12)) == ()
    assert [row.name for row in on_duty(rows, START + timedelta(hours=12))] == ["乙"]


def test_that_a_hole_between_two_shifts_is_told_with_its_beginning():
    rows = [duty("甲", 0, 8), duty("乙", 10, 20)]
    assert holes(rows, START, START + timedelta(hours=12)) == [
        (rows[0], START + timedelta(hours=8))
    ]
    (line,) = roster_findings(rows, {"a": "中心"}, START, START + timedelta(hours=12))
    assert line == "值班空缺：中心 值班员 11-22 16:00 起无人"


def test_that_an_empty_roster_and_an_unknown_unit_are_told():
    assert "无人值班" in roster_findings([], {}, START, START)[0]
    lines = roster_findings([duty("甲", 0, 12)], {}, START, START + timedelta(hours=1))
    assert "不在名册内" in lines[-1]


def test_that_a_shift_begins_at_eight_and_at_twenty_and_midnight_is_in_the_middle_of_one():
    day, night = datetime(2026, 11, 22, 8, 0, tzinfo=CITY_ZONE), timedelta(hours=12)
    assert shift_start(day) == shift_start(day + night - timedelta(seconds=1)) == day
    assert shift_start(day + night) == shift_start(day + 1.5 * night) == day + night
    assert shift_start(day - timedelta(seconds=1)) == day - night
    assert shift_start(START) == day  # 0 o'clock UTC
