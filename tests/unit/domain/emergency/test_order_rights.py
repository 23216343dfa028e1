"""Who may give an order on an incident, and when the password is asked again."""

import msgspec
import pytest

from desktop.domain.emergency import incidents as verbs
from desktop.domain.emergency.incidents import LevelAsked
from desktop.domain.emergency.order_rights import needed_for
from desktop.domain.emergency.plans import ResponseLevel
from desktop.domain.permissions import Action, action_of_order
from tests.incident_samples import draft, incident, signature


def test_that_every_verb_has_a_right():
    assert all(action_of_order(verb) is not None for verb in verbs.INCIDENT_VERBS)


@pytest.mark.parametrize(
    ("verb", "action", "password"),
    [
        (verbs.APPROVE, Action.INCIDENT_APPROVE, True),
        (verbs.ADD_ORDERS, Action.INCIDENT_ORDER, False),
        (verbs.RECALL, Action.INCIDENT_RECALL, False),
        (verbs.NOTE, Action.INCIDENT_NOTE, False),
        (verbs.TICK, Action.INCIDENT_NOTE, False),
        (verbs.CLOCK, Action.INCIDENT_NOTE, False),
        (verbs.RAISE_LEVEL, Action.INCIDENT_APPROVE, True),
        (verbs.STAND_DOWN, Action.INCIDENT_STAND_DOWN, True),
        (verbs.WITHDRAW, Action.INCIDENT_APPROVE, False),
    ],
)
def test_that_each_order_needs_its_right(verb, action, password):
    needed = needed_for(verb, b"{}", incident(begun=signature("somebody")), "u1")
    assert needed == (action, password, "")


@pytest.mark.parametrize(
    ("level", "password"),
    [(ResponseLevel.IV, True), (ResponseLevel.III, True), (ResponseLevel.II, False),
     (ResponseLevel.I, False)],
)  # fmt: skip
def test_that_the_password_comes_where_one_signature_starts_everything(level, password):
    needed = needed_for(verbs.ACTIVATE, msgspec.json.encode(draft(level)), None, "u1")
    assert needed == (Action.INCIDENT_DRAFT, password, "")


def test_that_who_began_it_may_take_it_back_and_may_not_sign_it():
    mine = incident(begun=signature("u1"))
    taken_back = needed_for(verbs.WITHDRAW, b"{}", mine, "u1")
    assert taken_back == (Action.INCIDENT_DRAFT, False, "")
    signed = needed_for(verbs.APPROVE, b"{}", mine, "u1")
    assert signed is not None and "另一人" in signed.refusal


def test_that_of_a_level_who_asked_for_it_may_not_sign_and_who_began_it_may():
    asked = LevelAsked(ResponseLevel.I, signature("u2"))
    waits = incident(begun=signature("u1"), asked=asked)
    assert needed_for(verbs.APPROVE, b"{}", waits, "u1") == (Action.INCIDENT_APPROVE, True, "")
    mine = needed_for(verbs.APPROVE, b"{}", waits, "u2")
    assert mine is not None and "自己提出的级别" in mine.refusal
    back = needed_for(verbs.WITHDRAW, b"{}", waits, "u2")
    assert back == (Action.INCIDENT_DRAFT, False, "")


def test_that_an_activation_that_cannot_be_read_is_refused():
    needed = needed_for(verbs.ACTIVATE, b'{"plan_id": "flood"}', None, "u1")
    assert needed is not None and "内容不完整" in needed.refusal


def test_that_a_verb_that_nobody_knows_is_nobodys():
    assert needed_for("incident.explode", b"{}", None, "u1") is None
