"""A ranking says who is first, what was before and who is not known."""

import pytest

from desktop.domain.cockpit.cockpit_file import Threshold
from desktop.domain.levels import WarningLevel
from tests.gui.cockpit_lists.conftest import saturated
from views.cockpit.panels import told

CITY_METRICS = ("c.calls", "c.noise", "c.stall")


def tell(world, **facts):
    world.tell("c.calls", 50, before=20, **facts)
    world.tell("c.noise", 212, before=50, **facts)
    world.tell("c.stall", 148, before=151, **facts)


def test_that_the_greatest_is_first_with_its_value_of_before_and_its_places(world):
    tell(world)
    panel = world.panel("bars", *CITY_METRICS, comparison="day")
    rows = panel.state.rows
    assert [(row.place, row.name, row.value, row.before) for row in rows] == [
        (1, "噪声", "212", "50"), (2, "占道", "148", "151"), (3, "诉求", "50", "20"),
    ]  # fmt: skip
    assert [row.moved for row in rows] == [1, -1, 0]
    assert rows[0].share == 1.0 and rows[1].share == pytest.approx(148 / 212, abs=0.001)
    assert panel.state.head.note == "件 · 此刻 · 至 03:11"


def test_that_places_are_not_compared_where_one_of_then_is_not_known(world):
    tell(world)
    world.tell("c.noise", 212)
    rows = world.panel("bars", *CITY_METRICS, comparison="day").state.rows
    assert [row.before for row in rows] == ["", "151", "20"]
    assert [row.moved for row in rows] == [0, 0, 0]


def test_that_the_same_value_has_the_same_place_and_nobody_has_won_one(world):
    for name, value in (("c.calls", 1), ("c.noise", 1), ("c.stall", 0)):
        world.tell(name, value, before=0)
    rows = world.panel("bars", *CITY_METRICS, comparison="day").state.rows
    assert [row.place for row in rows] == [1, 1, 3]
    assert [row.moved for row in rows] == [0, 0, 0]


def test_that_a_unit_without_a_value_stands_apart_and_is_not_0(world):
    for scope, value in (("d1", 96.0), ("d2", 91.5), ("d3", None)):
        world.tell("c.rate", value, scope)
    state = world.panel("bars", "c.rate", by="district").state
    assert [row.name for row in state.rows] == ["滨江区", "江北区"]
    assert state.unknown == ("东湖区",)
    assert [row.is_short for row in state.rows] == [False, True]
    assert "没有数据 1：东湖区" in world.made[-1].accessibleName()


def test_that_nobody_known_is_told_and_not_painted_as_a_list(world):
    panel = world.panel("bars", *CITY_METRICS)
    assert panel.state.rows == () and panel.state.why == "没有数据"
    assert "没有数据" in panel.accessibleName()


def test_that_what_is_old_is_told_with_its_age(world, greys):
    tell(world)
    panel = world.panel("bars", *CITY_METRICS)
    fresh = greys(panel)
    world.clock.move(25 * 60)
    panel.refresh()
    assert panel.state.head.old == "停滞 25 min"
    assert all(row.is_stale for row in panel.state.rows)
    assert greys(panel) != fresh


def test_that_more_than_the_limit_are_counted(world):
    tell(world)
    state = world.panel("bars", *CITY_METRICS, limit=2).state
    assert (len(state.rows), state.more) == (2, 1)


def test_that_a_threshold_has_its_level_and_nothing_else_has_a_colour(world):
    tell(world)
    quiet = world.panel("bars", *CITY_METRICS)
    assert saturated(quiet.grab().toImage()) == 0
    loud = world.panel("bars", *CITY_METRICS, thresholds=_red_from(200))
    assert [row.level for row in loud.state.rows] == ["red", None, None]
    assert saturated(loud.grab().toImage()) > 20


def _red_from(value: float):
    return (Threshold(at=value, level=WarningLevel.RED),)


def test_that_nothing_is_painted_without_news(world):
    tell(world)
    panel = world.panel("bars", *CITY_METRICS)
    before = panel.state
    world.clock.move(1)
    panel.refresh()
    assert panel.state is before
    world.tell("c.noise", 213)
    panel.refresh()
    assert panel.state is not before


@pytest.mark.parametrize(
    "names, title, short",
    [
        (["诉求 · 排水", "诉求 · 供水"], "民生诉求 Top5", ["排水", "供水"]),
        (["诉求 · 排水", "在办积水"], "民生诉求", ["诉求 · 排水", "在办积水"]),
        (["在岗泵车", "在岗班组"], "可派力量", ["在岗泵车", "在岗班组"]),
        (["今日案件", "今日"], "今日案件", ["今日案件", "今日"]),
        (["诉求 · 排水"], "诉求", ["诉求 · 排水"]),
    ],
)
def test_that_only_what_the_title_says_is_left_out_of_names(names, title, short):
    assert told.short_names(names, title) == short
