"""How an order stands, for a window that was killed between the act and its answer."""

from pathlib import Path

import msgspec
import pytest

from desktop.domain.emergency.incidents import APPROVE, LevelAsked
from desktop.domain.emergency.plans import ResponseLevel
from desktop.domain.link_messages import OrderCondition, OrderState
from desktop.errors import PlatformAway
from desktop.link.incident_orders import refusal_words
from desktop.link.outbox import Outbox
from desktop.link.rest import Problem, Refused, Response
from tests.incident_samples import incident, signature
from tests.unit.link.test_incident_orders import LOST, MADE, UNKNOWN_KEY, Desk, activation

DONE = Response(
    200, msgspec.json.encode({"key": "k", "status": 202, "answer": msgspec.to_builtins(incident())})
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


def asked(desk: Desk, order_id: str) -> OrderState | None:
    """By a new link on the same journal, which remembers nothing but the journal."""
    found: list[OrderState | PlatformAway | None] = []

    async def ask(outbox: Outbox) -> None:
        try:
            found.append(await outbox.found(order_id))
        except PlatformAway as error:
            found.append(error)

    desk.run(ask)
    if isinstance(found[0], PlatformAway):
        raise found[0]
    return found[0]


def test_that_a_link_that_was_killed_after_the_answer_reads_the_incident_by_the_key(path):
    first, order = Desk(path, MADE), activation()
    first.run(lambda outbox: outbox.take(order))
    assert first.told[-1].result_id == "in-1"
    again = Desk(path, DONE)
    state = asked(again, order.order_id)
    assert state is not None
    assert (state.condition, state.result_id) == (OrderCondition.ACCEPTED, "in-1")
    assert [call[:2] for call in again.rest.calls] == [("GET", f"/commands/{order.order_id}")]
    assert again.posts == [] and "in-1" in again.kept


def test_that_the_platform_away_says_nothing_and_neither_does_the_link(path):
    first, order = Desk(path, MADE), activation()
    first.run(lambda outbox: outbox.take(order))
    with pytest.raises(PlatformAway, match="不会重复执行"):
        asked(Desk(path, LOST), order.order_id)


def test_that_an_order_that_never_came_is_told_as_none_and_a_refused_one_with_its_reason(path):
    refused = Refused("队伍已被占用", 409, Problem(code="unit_locked"))
    desk, order = Desk(path, refused), activation()
    assert asked(desk, order.order_id) is None
    desk.run(lambda outbox: outbox.take(order))
    state = asked(Desk(path, DONE), order.order_id)
    assert state is not None and state.condition is OrderCondition.REFUSED
    assert "队伍已被占用" in state.text and state.result_id == ""


def test_that_what_the_platform_has_forgotten_is_accepted_without_a_result(path):
    first, order = Desk(path, MADE), activation()
    first.run(lambda outbox: outbox.take(order))
    state = asked(Desk(path, UNKNOWN_KEY), order.order_id)
    assert state is not None and state.condition is OrderCondition.ACCEPTED
    assert state.result_id == ""


def test_that_who_was_faster_is_known_at_once_whether_mqtt_is_up_or_not(path):
    other = incident("in-7", begun=signature("u2", "李卫东"))
    current = msgspec.Raw(msgspec.json.encode(other))
    refused = Refused("已启动", 409, Problem(code="incident_running", current=current))
    desk = Desk(path, refused)
    desk.watched = ("in-7",)
    desk.run(lambda outbox: outbox.take(activation()))
    assert desk.told[-1].condition is OrderCondition.REFUSED
    assert "李卫东" in desk.told[-1].text
    assert desk.kept["in-7"].begun.name == "李卫东"


def test_that_a_level_that_is_signed_late_is_told_as_what_it_is():
    running = incident(asked=LevelAsked(ResponseLevel.I, signature("u2")))
    problem = Problem(code="second_late", current=msgspec.Raw(msgspec.json.encode(running)))
    assert refusal_words(APPROVE, 409, problem, "USUAL") == (
        "复核已超时：级别没有变更，响应照原级别执行；如仍需要，请重新提出"
    )
