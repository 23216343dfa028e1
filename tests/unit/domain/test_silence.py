"""Which points count as silent, and how many reports that makes."""

from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.levels import WarningLevel
from desktop.domain.silence import Heard, findings, silent_points, unknown_to

NOW = datetime(2026, 7, 18, 3, 0, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=1)


def ago(seconds_s: float) -> datetime:
    return NOW - timedelta(seconds=seconds_s)


def many(count: int) -> dict[tuple[str, str], float]:
    return {("flow", f"FL-{number}"): 300.0 for number in range(count)}


@pytest.mark.parametrize(
    ("interval_s", "age_s", "is_silent"),
    [(30, 89, False), (30, 91, True), (60, 179, False), (60, 181, True), (600, 1700, False)],
)
def test_that_a_point_is_silent_after_three_of_its_own_intervals(interval_s, age_s, is_silent):
    heard = {("flow", "FL-1"): Heard(ago(age_s), interval_s)}
    assert bool(silent_points(heard, NOW, LONG_AGO)) is is_silent


def test_that_time_without_a_line_is_nobodys_silence():
    heard = {("flow", "FL-1"): Heard(ago(3600), 30)}
    assert silent_points(heard, NOW, ago(60)) == {}
    assert silent_points(heard, NOW, ago(100)) == {("flow", "FL-1"): 100.0}


def test_that_a_longer_interval_is_learned_at_once_and_a_shorter_one_slowly():
    slow = Heard(ago(700), 30).then(ago(100))
    assert slow.interval_s == 600
    quick = slow.then(ago(70))
    assert quick.interval_s == 540


def test_that_an_older_reading_teaches_nothing():
    last = Heard(ago(10), 30)
    assert last.then(ago(20)) is last


def test_that_a_few_silent_points_are_named_one_by_one():
    found = findings(many(2), {"FL-0": "滨江大道流量计"}, {"flow": "流量"})
    assert [f.title for f in found] == ["设备静默 滨江大道流量计", "设备静默 FL-1"]
    assert found[0].level is WarningLevel.BLUE
    assert "5 min 没有数据" in found[0].detail


def test_that_many_silent_points_of_a_class_are_one_report():
    found = findings(many(40) | {("gas", "GS-1"): 100.0}, {}, {"flow": "流量"})
    assert [f.title for f in found] == ["流量测点成片静默 40 台", "设备静默 GS-1"]
    assert found[0].level is WarningLevel.YELLOW
    assert len(found[0].point_ids) == 40


def test_that_what_the_platform_knows_is_not_reported_again():
    found = findings(many(2), {}, {})
    assert unknown_to(["FL-0"], found) == [found[1]]
    assert unknown_to(["FL-0", "FL-1"], found) == []
    group = findings(many(5), {}, {})
    assert unknown_to(["FL-0"], group) == group
