"""Every action by every role, against a matrix that was written by hand, role by role."""

import pytest

from desktop.domain.permissions import (
    Action,
    Role,
    action_of_order,
    action_of_question,
    can,
    can_any,
    needs_confirmation,
    who_can,
    why_not,
)
from desktop.link.outbox import ALARM_VERBS

EVERYBODY = """
alarm.view case.view incident.view video.live register.view statistics.view
preferences.change health.view doctor.run screen.lock
"""
ANSWERS_ALARMS = """
alarm.acknowledge alarm.claim alarm.release alarm.assign alarm.note alarm.confirm alarm.reject
alarm.shelve alarm.unshelve alarm.open_case alarm.verify alarm.reset alarm.close alarm.raise
"""
STOPS_DEVICES = "alarm.out_of_service alarm.return_to_service"
COMMANDS = """
case.register case.step case.dispatch case.close case.void incident.draft incident.order
incident.recall incident.note drill.run message.send call.place phone.reveal phone.reveal_bulk
video.playback video.ptz video.snapshot video.export register.export statistics.export wall.push
wall.edit
"""
MATRIX = {
    Role.OPERATOR: f"""{EVERYBODY} {ANSWERS_ALARMS} case.register case.step incident.draft
        incident.note message.send call.place phone.reveal video.playback video.ptz
        video.snapshot""",
    Role.DISPATCHER: f"{EVERYBODY} {ANSWERS_ALARMS} {STOPS_DEVICES} {COMMANDS}",
    Role.DUTY_OFFICER: f"""{EVERYBODY} {ANSWERS_ALARMS} {STOPS_DEVICES} {COMMANDS}
        incident.approve incident.stand_down message.broadcast""",
    Role.LEADER: f"""{EVERYBODY} incident.approve incident.stand_down incident.note call.place
        video.playback statistics.export wall.push audit.view""",
    Role.ADMIN: f"""{EVERYBODY} {ANSWERS_ALARMS} {STOPS_DEVICES} drill.run register.export
        statistics.export wall.edit video.mask settings.change audit.view audit.export""",
}
CONFIRMED = """
case.void incident.approve incident.stand_down message.broadcast phone.reveal_bulk video.export
register.export settings.change audit.export
"""


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_that_a_role_may_what_the_matrix_says_and_nothing_else(role, action):
    assert can(role, action) is (action.value in MATRIX[role].split())


def test_that_the_matrix_names_only_actions_that_exist():
    named = {word for row in (*MATRIX.values(), CONFIRMED) for word in row.split()}
    assert named - {action.value for action in Action} == set()


def test_that_the_password_is_asked_again_where_the_matrix_says_so():
    asked = {action.value for action in Action if needs_confirmation(action)}
    assert asked == set(CONFIRMED.split())


def test_that_a_role_nobody_knows_may_nothing():
    assert not any(can(role, action) for role in ("", "root", "Operator") for action in Action)
    assert "管理员核对账号" in why_not(("root",), Action.SCREEN_LOCK)
    assert why_not((), Action.ALARM_VIEW)


def test_that_one_of_several_roles_is_enough():
    assert can_any(("leader", "operator"), Action.ALARM_ACKNOWLEDGE)
    assert why_not(("leader", "operator"), Action.ALARM_ACKNOWLEDGE) == ""


def test_that_a_refusal_names_the_role_the_action_and_who_may():
    text = why_not(("leader",), Action.ALARM_ACKNOWLEDGE)
    assert text == "领导无权确认告警，请值班员、调度员、应急值班、管理员处理"


def test_that_every_action_is_named_and_can_be_done_by_somebody():
    assert all(who_can(action) for action in Action)
    words = [action.word for action in Action]
    assert len(set(words)) == len(words) and all(words)


@pytest.mark.parametrize("verb", sorted(ALARM_VERBS))
def test_that_every_order_on_an_alarm_has_a_right(verb):
    action = action_of_order(verb)
    assert action is not None and action.value == f"alarm.{verb.replace('-', '_')}"


def test_that_other_orders_are_named_by_their_action_and_unknown_ones_have_no_right():
    assert action_of_order("video.ptz") is Action.VIDEO_PTZ
    assert action_of_order("launch") is None
    assert action_of_question("live") is Action.VIDEO_LIVE
    assert action_of_question("alarm_history") is None
