"""Which cockpit stands on a wall, by the clock, by hand and by what happens."""

import pytest
from msgspec.structs import replace

from desktop.domain.cockpit.rotation import EMERGENCY, HOLD_S, OVERVIEW, Cause, Rotation, causes
from desktop.domain.emergency.incidents import IncidentState
from desktop.domain.emergency.plans import ResponseLevel
from tests.gui.fake_room import R, Y, acked, alarm
from tests.incident_samples import incident

THREE = Rotation(ids=("a", "b", "c"), dwell_s=60, since_s=100.0)
RED = Cause("alarm:1", OVERVIEW, "地道积水")


def test_that_each_stands_its_time_and_the_first_comes_after_the_last():
    assert THREE.ticked(159).shown == "a"
    turned = THREE.ticked(160)
    assert (turned.shown, turned.left_s(170)) == ("b", 50)
    assert turned.ticked(220).ticked(280).shown == "a"


def test_that_a_pause_keeps_what_was_left():
    paused = THREE.toggled(120)
    assert paused.ticked(900).shown == "a"
    assert paused.left_s(900) == 40
    on = paused.toggled(900)
    assert on.left_s(900) == 40
    assert on.ticked(940).shown == "b"


def test_that_a_step_by_hand_begins_a_whole_time():
    stepped = THREE.stepped(-1, 150)
    assert (stepped.shown, stepped.left_s(150)) == ("c", 60)
    assert THREE.toggled(120).stepped(1, 150).left_s(500) == 60


def test_that_one_alone_does_not_turn():
    alone = Rotation(ids=("a",), dwell_s=60)
    assert alone.left_s(1e6) is None
    assert alone.ticked(1e6).shown == "a"


def test_that_what_is_grave_comes_to_the_front_and_goes_a_while_after_its_end():
    told = THREE.told([RED], 130)
    assert (told.shown, told.left_s(130)) == (OVERVIEW, None)
    assert told.ticked(500).shown == OVERVIEW
    ended = told.told([], 500)
    assert ended.ticked(500 + HOLD_S - 1).shown == OVERVIEW
    back = ended.ticked(500 + HOLD_S)
    assert (back.shown, back.left_s(500 + HOLD_S)) == ("a", 60)


def test_that_who_steps_puts_it_aside_until_something_new_happens():
    aside = THREE.told([RED], 130).stepped(1, 140)
    assert aside.shown == "a"
    assert aside.told([RED], 141).shown == "a"
    other = Cause("incident:9", EMERGENCY, "Ⅱ 级响应")
    assert aside.told([other, RED], 142).shown == EMERGENCY
    assert aside.told([], 143).told([RED], 144).shown == OVERVIEW, "it is there anew"


@pytest.fixture
def grave():
    return replace(incident(), level=ResponseLevel.II, state=IncidentState.ACTIVE, drill=False)


def test_that_responses_come_before_red_alarms_and_drills_never(grave):
    found = causes([alarm("r", R), alarm("y", Y)], [grave])
    assert [one.cockpit_id for one in found] == [EMERGENCY, OVERVIEW]
    assert found[0].words.startswith("Ⅱ 级响应：")
    assert not causes([], [replace(grave, drill=True)])
    assert not causes([], [replace(grave, level=ResponseLevel.III)])
    assert not causes([], [replace(grave, state=IncidentState.DRAFT)])
    assert not causes([alarm("r", R, ack=acked("张敏"))], [])
