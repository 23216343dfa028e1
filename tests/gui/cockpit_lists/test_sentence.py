"""The state of the city, its reasons, and where each of them leads."""

import pytest
from PySide6.QtCore import QPoint, Qt

from desktop.cockpit_rules import CockpitFiles
from desktop.domain.cockpit.cockpit_file import Drill
from desktop.domain.cockpit.state_rules import CityState, StateFile, StateRule
from tests.gui.cockpit_lists.conftest import saturated

RULES = StateFile(
    calm="各领域平稳", unknown="暂时不能判断",
    rules=(
        StateRule(id="red", field="告警", state=CityState.ABNORMAL, metric="a.red", above=0,
                  needed=True, text="{value} 件特急未结束", weight=9,
                  drill=Drill(view="alarms", filter={"level": "red"})),
        StateRule(id="calls", field="民生", state=CityState.WATCH, metric="c.calls", grown_by=0.5,
                  against="day", text="诉求 {value} 件，昨日 {before}",
                  drill=Drill(view="registers")),
    ),
)  # fmt: skip
SIZE = (1600, 110)


@pytest.fixture
def ready(world):
    world.files = CockpitFiles(world.store.registry, {}, RULES, ())
    return world


def storm(world):
    world.tell("a.red", 2)
    world.tell("c.calls", 90, before=30)


def test_that_the_gravest_reason_makes_the_sentence(ready):
    storm(ready)
    panel = ready.panel("sentence", size=SIZE)
    state = panel.state
    assert (state.state, state.sentence) == (CityState.ABNORMAL, "2 件特急未结束，民生需关注")
    assert [one.text for one in state.reasons] == ["2 件特急未结束", "诉求 90 件，昨日 30"]
    assert panel.accessibleName().startswith("异常；2 件特急未结束")
    assert (state.day, state.time, state.as_of) == ("07-18 周六", "03:12", "截至 03:11:55")


def test_that_each_reason_leads_to_its_list_and_none_on_a_wall(ready, qtbot):
    storm(ready)
    panel = ready.panel("sentence", size=SIZE)
    drills: list[Drill] = []
    panel.drilled.connect(drills.append)
    boxes = [box.center() for box, _ in panel._places]
    for at in boxes:
        qtbot.mouseClick(panel, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseClick(panel, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert [one.view for one in drills] == ["alarms", "registers"]
    wall = ready.panel("sentence", size=SIZE, wall=True)
    wall.drilled.connect(drills.append)
    qtbot.mouseClick(wall, Qt.MouseButton.LeftButton, pos=boxes[0])
    assert len(drills) == 2


def test_that_the_metrics_of_the_rules_are_asked_for_while_it_is_seen(ready):
    panel = ready.panel("sentence", size=SIZE)
    store = ready.store
    keys = {key for one in store._subscriptions for key in one.keys}
    assert keys == {("a.red", "city"), ("c.calls", "city")}
    assert {one.hours for one in store._subscriptions} == {0.0, 25.0}
    panel.stop()
    assert not store._subscriptions


def test_that_new_rules_are_followed_without_a_restart(ready):
    storm(ready)
    panel = ready.panel("sentence", size=SIZE)
    only = StateFile(calm="平稳", unknown="?", rules=RULES.rules[1:])
    ready.files = CockpitFiles(ready.store.registry, {}, only, ())
    panel.refresh()
    assert panel.state.state is CityState.WATCH
    assert {key for one in ready.store._subscriptions for key in one.keys} == {("c.calls", "city")}


def test_that_calm_is_said_only_from_fresh_values(ready):
    ready.tell("a.red", 0)
    ready.tell("c.calls", 31, before=30)
    panel = ready.panel("sentence", size=SIZE)
    assert (panel.state.state, panel.state.sentence) == (CityState.NORMAL, "各领域平稳")
    assert panel.state.rest == "2 条规则均未触发"
    assert saturated(panel.grab().toImage()) == 0
    ready.clock.move(600)
    panel.refresh()
    assert (panel.state.state, panel.state.sentence) == (CityState.UNKNOWN, "暂时不能判断")
    assert panel.state.rest == "没有更新：特急告警"
    assert panel.state.as_of == "截至 03:11:55 · 停滞 10 min"


def test_that_without_rules_nothing_is_called_normal(world):
    panel = world.panel("sentence", size=SIZE)
    assert panel.state.state is None and panel.accessibleName() == "正在读取规则"


def test_that_what_is_being_asked_for_is_not_called_unknown_data(ready):
    panel = ready.panel("sentence", size=SIZE)
    assert (panel.state.state, panel.state.sentence) == (None, "正在取数")
    ready.store.error = "平台没有回答"
    panel.refresh()
    assert panel.state.sentence == "平台没有回答"


def test_that_a_district_hears_only_what_is_told_for_districts(ready):
    ready.tell("a.red", 5)
    ready.tell("c.calls", 90, "d1", before=30)
    ready.scope = "d1"
    panel = ready.panel("sentence", size=SIZE)
    assert panel.state.sentence == "诉求 90 件，昨日 30，其余领域平稳"
    assert {key for one in ready.store._subscriptions for key in one.keys} == {("c.calls", "d1")}


def test_that_the_four_states_differ_without_colour(ready, greys):
    seen = []
    for red, calls, age in ((2, 30, 10), (0, 90, 10), (0, 30, 10), (0, 30, 900)):
        ready.tell("a.red", red, age_s=age)
        ready.tell("c.calls", calls, before=30)
        panel = ready.panel("sentence", size=SIZE)
        seen.append((panel.state.state, greys(panel).copy(0, 0, 110, 110)))
    assert [state for state, _ in seen] == list(
        (CityState.ABNORMAL, CityState.WATCH, CityState.NORMAL, CityState.UNKNOWN)
    )
    assert all(one != other for n, (_, one) in enumerate(seen) for _, other in seen[:n])


def test_that_a_second_paints_nothing_and_a_minute_does(ready):
    storm(ready)
    panel = ready.panel("sentence", size=SIZE)
    before = panel.state
    ready.clock.move(1)
    panel.refresh()
    assert panel.state is before
    ready.clock.move(60)
    panel.refresh()
    assert panel.state.time == "03:13"


def test_that_a_stand_in_is_told(ready):
    assert ready.room.session.platform.standin is ready.panel("sentence", size=SIZE).state.is_demo
