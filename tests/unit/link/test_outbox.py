"""States of an order, with a moved clock and a scripted platform; the outbox is a real one."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.link_messages import Order, OrderCondition, OrderState, User
from desktop.link.outbox import Outbox
from desktop.link.rest import Problem, Refused, Response, Unreachable
from local_db import outbox as stored
from tests.unit.link.fakes import MovedClock, ScriptedRest, make_ingest

ORDER = Order(order_id="O1", verb="acknowledge", target_id="a/1", body={"note": "看到"})
OK = Response(200, b"{}")
LOST = Unreachable("连接中断")
SAMPLE = Path(__file__).parents[2] / "wire_samples" / "already_acknowledged.json"


class Desk:
    """An outbox with everything around it; `run` plays one test in a loop."""

    def __init__(self, path: Path, rest: ScriptedRest, user: str | None = "u1") -> None:
        self.path = path
        self.rest = rest
        self.clock = MovedClock()
        self.user = User(user_id=user, name="王敏") if user else None
        self.told: list[OrderState] = []
        self.conditions: list[OrderCondition] = []

    def run(self, play: Callable[[Outbox], Coroutine[Any, Any, None]]) -> None:
        asyncio.run(self._run(play))
        self.conditions = [state.condition for state in self.told]

    async def _run(self, play: Callable[[Outbox], Coroutine[Any, Any, None]]) -> None:
        journal, ingest = make_ingest(self.path)
        ingest.start()
        try:
            async with asyncio.TaskGroup() as group:
                outbox = Outbox(
                    self.rest,  # pyright: ignore[reportArgumentType]
                    ingest,
                    lambda: self.user,
                    self.clock,
                    self.told.append,
                    group.create_task,
                )
                await play(outbox)
            assert outbox.state.pending == 0
            self.left = stored.unsettled(journal)
        finally:
            await asyncio.to_thread(ingest.stop)
            journal.close()


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "journal.db"


def test_that_an_order_is_queued_sent_and_accepted_with_its_id_as_key(path):
    desk = Desk(path, ScriptedRest(OK))
    desk.run(lambda outbox: outbox.take(ORDER))
    assert desk.conditions == [
        OrderCondition.QUEUED,
        OrderCondition.SENT,
        OrderCondition.ACCEPTED,
    ]
    method, address, more = desk.rest.calls[0]
    assert (method, address) == ("POST", "/alarms/a%2F1/acknowledge")
    assert more["headers"] == {"Idempotency-Key": "O1"}
    assert more["body"] == {"note": "看到"}


def test_that_a_lost_answer_is_asked_again_with_the_same_key(path):
    desk = Desk(path, ScriptedRest(LOST, LOST, OK))
    desk.run(lambda outbox: outbox.take(ORDER))
    assert desk.conditions[-1] is OrderCondition.ACCEPTED
    assert {more["headers"]["Idempotency-Key"] for _, _, more in desk.rest.calls} == {"O1"}
    assert len(desk.rest.calls) == 3


def test_that_an_order_without_answer_expires_and_is_not_sent_afterwards(path):
    desk = Desk(path, ScriptedRest(LOST))
    desk.run(lambda outbox: outbox.take(ORDER))
    assert desk.conditions[-1] is OrderCondition.EXPIRED
    assert "结果未知" in desk.told[-1].text
    assert 120.0 <= desk.clock.passed_s < 121.0
    count = len(desk.rest.calls)
    desk.run(lambda outbox: outbox.resume())
    assert len(desk.rest.calls) == count and not desk.left


def test_that_an_order_that_never_left_says_so_when_it_expires(path):
    rest = ScriptedRest(OK)
    rest.obliged_s = 300.0
    desk = Desk(path, rest)
    desk.run(lambda outbox: outbox.take(ORDER))
    assert desk.conditions == [OrderCondition.QUEUED, OrderCondition.EXPIRED]
    assert "未发出" in desk.told[-1].text and not rest.calls


def test_that_a_wall_clock_set_back_gives_no_longer_life(path):
    desk = Desk(path, ScriptedRest(LOST))

    async def play(outbox: Outbox) -> None:
        await outbox.take(ORDER)
        desk.clock.wall_shift_s = -3600.0

    desk.run(play)
    assert desk.conditions[-1] is OrderCondition.EXPIRED
    assert desk.clock.passed_s < 121.0


def test_that_a_restart_resolves_an_order_in_state_sent_by_its_key(path):
    _leave_behind(path, OrderCondition.SENT, age_s=20.0)
    desk = Desk(path, ScriptedRest(OK))
    desk.run(lambda outbox: outbox.resume())
    assert [more["headers"]["Idempotency-Key"] for _, _, more in desk.rest.calls] == ["O1"]
    assert desk.conditions == [OrderCondition.ACCEPTED] and not desk.left


@pytest.mark.parametrize("age_s", [121.0, -60.0])
def test_that_a_restart_too_late_does_not_send(path, age_s):
    _leave_behind(path, OrderCondition.QUEUED, age_s)
    desk = Desk(path, ScriptedRest(OK))
    desk.run(lambda outbox: outbox.resume())
    assert desk.conditions == [OrderCondition.EXPIRED] and not desk.rest.calls


def test_that_nobody_sends_the_order_of_somebody_else(path):
    _leave_behind(path, OrderCondition.QUEUED, age_s=1.0)
    desk = Desk(path, ScriptedRest(OK), user="u2")
    desk.run(lambda outbox: outbox.resume())
    assert desk.conditions == [OrderCondition.EXPIRED] and not desk.rest.calls


def test_that_an_order_whose_giver_signs_out_while_it_is_written_goes_with_no_other_token(path):
    desk = Desk(path, ScriptedRest(OK))

    async def play(outbox: Outbox) -> None:
        await outbox.take(ORDER)
        desk.user = User(user_id="u2", name="李强")  # before it was sent

    desk.run(play)
    assert desk.conditions[-1] is OrderCondition.EXPIRED and not desk.rest.calls
    assert "退出登录" in desk.told[-1].text


def test_that_an_order_after_sign_out_says_why_it_was_not_sent(path):
    desk = Desk(path, ScriptedRest(OK))

    async def play(outbox: Outbox) -> None:
        await outbox.take(ORDER)
        desk.user = None

    desk.run(play)
    assert "退出登录" in desk.told[-1].text and not desk.rest.calls


def test_that_a_refusal_names_who_was_faster(path):
    problem = _problem(SAMPLE.read_bytes())
    desk = Desk(path, ScriptedRest(Refused("alarm is acknowledged", 409, problem)))
    desk.run(lambda outbox: outbox.take(ORDER))
    assert desk.conditions[-1] is OrderCondition.REFUSED
    assert "李强" in desk.told[-1].text and "42:31" in desk.told[-1].text


def test_that_a_refusal_is_not_tried_again(path):
    desk = Desk(path, ScriptedRest(Refused("无权限：领导只读", 403, Problem())))
    desk.run(lambda outbox: outbox.take(ORDER))
    assert (desk.conditions[-1], len(desk.rest.calls)) == (OrderCondition.REFUSED, 1)


def test_that_the_same_order_twice_is_sent_once_and_told_again(path):
    desk = Desk(path, ScriptedRest(OK))

    async def play(outbox: Outbox) -> None:
        await outbox.take(ORDER)
        await outbox.take(ORDER)

    desk.run(play)
    desk.run(lambda outbox: outbox.take(ORDER))
    assert len(desk.rest.calls) == 1
    assert desk.conditions[-1] is OrderCondition.ACCEPTED


@pytest.mark.parametrize(
    ("order", "user"),
    [(ORDER, None), (Order(order_id="O2", verb="delete-all", target_id="a"), "u1")],
)
def test_that_what_may_not_be_ordered_is_refused_unsent(path, order, user):
    desk = Desk(path, ScriptedRest(OK), user)
    desk.run(lambda outbox: outbox.take(order))
    assert desk.conditions == [OrderCondition.REFUSED] and not desk.rest.calls


def _problem(body: bytes) -> Problem:
    import msgspec

    return msgspec.json.decode(body, type=Problem)


def _leave_behind(path: Path, state: OrderCondition, age_s: float) -> None:
    """As a link that was killed leaves it."""
    from local_db.journal import Journal

    journal = Journal(path)
    created = MovedClock().now().timestamp() - age_s
    entry = stored.OutboxEntry("O1", "acknowledge", "a1", {}, "u1", state, created, created + 120.0)
    stored.add(journal, entry)
    journal.close()


NO_WAY = Unreachable("连接被拒绝", untouched=True)


def test_that_an_order_that_never_got_there_waits_and_is_not_called_sent(path):
    desk = Desk(path, ScriptedRest(NO_WAY))
    desk.run(lambda outbox: outbox.take(ORDER))
    assert desk.conditions[:3] == [
        OrderCondition.QUEUED,
        OrderCondition.SENT,
        OrderCondition.QUEUED,
    ]
    assert desk.conditions[-1] is OrderCondition.EXPIRED
    assert desk.told[-1].text.startswith("未发出")


def test_that_a_closed_way_after_a_lost_answer_does_not_make_it_unsent(path):
    desk = Desk(path, ScriptedRest(LOST, NO_WAY))
    desk.run(lambda outbox: outbox.take(ORDER))
    assert OrderCondition.QUEUED not in desk.conditions[1:]
    assert "结果未知" in desk.told[-1].text


def test_that_a_lost_answer_is_said_once_while_it_is_asked_for(path):
    desk = Desk(path, ScriptedRest(LOST, LOST, LOST, OK))
    desk.run(lambda outbox: outbox.take(ORDER))
    asking = [state for state in desk.told if "正在用同一编号向平台查询" in state.text]
    assert [state.condition for state in asking] == [OrderCondition.SENT]
    assert desk.conditions[-1] is OrderCondition.ACCEPTED


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("无权限进行此操作，请联系管理员", "无权限确认告警：请联系管理员"),
        ("无权限：不是本辖区的告警", "无权限确认告警：不是本辖区的告警"),
    ],
)
def test_that_a_403_names_what_is_not_allowed(path, words, text):
    desk = Desk(path, ScriptedRest(Refused(words, 403, Problem())))
    desk.run(lambda outbox: outbox.take(ORDER))
    assert (desk.told[-1].condition, desk.told[-1].text) == (OrderCondition.REFUSED, text)
