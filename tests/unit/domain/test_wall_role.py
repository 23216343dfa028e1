"""What a screen that nobody sits at may do: look."""

import pytest

from desktop.domain.permissions import WALL, Action, action_of_order, can, why_not


@pytest.mark.parametrize("action", list(Action))
def test_that_it_may_look_and_nothing_else(action):
    looks = action.value.endswith((".view", ".live")) and action is not Action.AUDIT_VIEW
    assert can(WALL, action) is (looks or action is Action.WALL_PUSH)


def test_that_a_refusal_names_it():
    assert why_not([WALL], Action.ALARM_ACKNOWLEDGE).startswith("大屏无权确认告警")
    assert action_of_order("acknowledge") is Action.ALARM_ACKNOWLEDGE
