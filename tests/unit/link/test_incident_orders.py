"""Orders on incidents in the outbox: one activation once, or visibly not; never late."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.commands.incidents import MOST_BYTES, incident_order
from desktop.domain.emergency.incidents import (
    ACTIVATE,
    ADD_ORDERS,
    APPROVE,
    MOST_ORDERS,
    NOTE,
    RECALL,
    STAND_DOWN,
    Incident,
    IncidentState,
    MessageDraft,
)
from desktop.domain.emergency.plans import ResponseLevel
from desktop.domain.link_messages import Order, OrderCondition, OrderState, User
from desktop.domain.outreach import Channel
from desktop.errors import PlatformError
from desktop.link.incident_orders import IncidentOrders, refusal_words
from desktop.link.incidents import Incidents
from desktop.link.outbox import Outbox
from desktop.link.rest import Problem, Refused, Response, Unreachable
from local_db.incidents import IncidentLog
from tests.incident_samples import draft, incident, signature
from tests.unit.link.fakes import MovedClock, ScriptedRest, make_ingest

MADE = Response(202, msgspec.json.encode(incident()))
LOST = Unreachable("连接中断")
DOWN = Unreachable("连接被拒绝", untouched=True)
UNKNOWN_KEY = Refused("没有这个命令", 404, Problem(code="no_such_command"))


class Desk:
    """Outbox, ways of incidents and a scripted platform; `run` plays one scene in a loop."""

    def __init__(self, path: Path, *answers: Response | Exception, offset_s: float = 0.0) -> None:
        self.path, self.rest, self.offset_s = path, ScriptedRest(*answers), offset_s
        self.clock = MovedClock()
        self.user: User | None = User(user_id="u1", name="陈建华")
        self.told: list[OrderState] = []
        self.kept: dict[str, Incident] = {}
        self.audited: list[str] = []
        self.watched: tuple[str, ...] = ("in-1",)

    def run(self, scene: Callable[[Outbox], Coroutine[Any, Any, None]]) -> list[OrderCondition]:
        asyncio.run(self._run(scene))
        return [state.condition for state in self.told]

    async def _run(self, scene: Callable[[Outbox], Coroutine[Any, Any, None]]) -> None:
        journal, ingest = make_ingest(self.path)
        ingest.start()
        incidents = Incidents(self.rest, ingest, self.clock, lambda: True, lambda m: None)  # pyright: ignore
        ways = IncidentOrders(self.rest, ingest, incidents, self.clock, lambda: self.offset_s)  # pyright: ignore

        def tell(state: OrderState) -> None:
            self.told.append(state)
            self.audited.append(ways.about(state))

        try:
            async with asyncio.TaskGroup() as group:
                outbox = Outbox(
                    self.rest,
                    ingest,
                    lambda: self.user,
                    self.clock,
                    tell,
                    group.create_task,
                    ways,  # pyright: ignore
                )
                await scene(outbox)
            self.kept = IncidentLog(journal).present(self.watched)
        finally:
            await asyncio.to_thread(ingest.stop)
            journal.close()

    @property
    def posts(self) -> list[tuple[str, dict[str, Any]]]:
        return [(path, more) for method, path, more in self.rest.calls if method == "POST"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


def activation(**facts: Any) -> Order:
    return incident_order(ACTIVATE, "", draft(**facts), None)


def test_that_an_activation_of_200_crews_goes_whole_with_its_key_and_is_told_as_incident(path):
    desk = Desk(path, MADE, offset_s=60.0)
    order = activation(orders=200)
    assert desk.run(lambda outbox: outbox.take(order))[-1] is OrderCondition.ACCEPTED
    ((address, more),) = desk.posts
    assert address == "/incidents" and len(msgspec.json.decode(more["body"])["orders"]) == 200
    assert more["headers"] == {
        "Idempotency-Key": order.order_id,
        "Order-Expires": "2026-07-14T08:01:30.000+00:00",  # 30 s, by the platform's clock
    }
    assert desk.told[-1].result_id == "in-1" and desk.audited[-1] == "in-1"
    assert desk.kept["in-1"].title == "滨江大道积水"


@pytest.mark.parametrize(
    ("verb", "body", "address"),
    [
        (APPROVE, {}, "/incidents/in-1/approve"),
        (ADD_ORDERS, {"orders": []}, "/incidents/in-1/orders"),
        (RECALL, {"order_id": "or/1"}, "/incidents/in-1/orders/or%2F1/recall"),
        (STAND_DOWN, {"reason": "水已退"}, "/incidents/in-1/stand-down"),
        (NOTE, {"text": "到场"}, "/incidents/in-1/note"),
    ],
)
def test_that_each_verb_has_its_path_and_the_revision_where_it_matters(path, verb, body, address):
    desk = Desk(path, Response(200, msgspec.json.encode(incident())))
    order = incident_order(verb, "in-1", body, incident(revision=7))
    desk.run(lambda outbox: outbox.take(order))
    ((found, more),) = desk.posts
    assert found == address
    assert more["headers"].get("If-Match") == (None if verb == NOTE else "7")


def test_that_an_activation_that_found_no_way_ends_unsent_and_never_goes_later(path):
    desk = Desk(path, DOWN)
    conditions = desk.run(lambda outbox: outbox.take(activation()))
    assert conditions[-1] is OrderCondition.EXPIRED and desk.clock.passed_s == pytest.approx(30, 1)
    assert desk.told[-1].text == (
        "30 秒内没有送到平台，启动响应已作废，未执行，也不会自动补发；"
        "草案还在，请核对现场后重新启动"
    )
    sent = len(desk.posts)
    desk.rest._answers = [MADE]

    async def later(outbox: Outbox) -> None:
        await outbox.resume()

    desk.run(later)
    assert len(desk.posts) == sent


def test_that_a_lost_answer_is_asked_for_by_the_same_key_within_its_time(path):
    desk = Desk(path, LOST, MADE)
    order = activation()
    assert desk.run(lambda outbox: outbox.take(order))[-1] is OrderCondition.ACCEPTED
    assert {more["headers"]["Idempotency-Key"] for _, more in desk.posts} == {order.order_id}


def _after_its_time(*answers: Response | Exception) -> list[Response | Exception]:
    """The platform is away for 40 s after it got the order."""
    return [*[LOST] * 20, *answers]


def _reads(desk: Desk) -> list[str]:
    return [path for method, path, _ in desk.rest.calls if method == "GET"]


def test_that_after_its_time_it_is_only_read_what_became_of_it(path):
    done = {"key": "K", "status": 202, "answer": incident()}

    class Away(ScriptedRest):
        async def call(self, method: str, path: str, **more: Any) -> Response:
            self.calls.append((method, path, more))
            if desk.clock.passed_s < 40:
                raise LOST
            assert method == "GET", "an order went out after its time"
            return Response(200, msgspec.json.encode(done))

    desk = Desk(path)
    desk.rest = Away()
    order = activation()
    assert desk.run(lambda outbox: outbox.take(order))[-1] is OrderCondition.ACCEPTED
    assert _reads(desk)[-1] == f"/commands/{order.order_id}" and desk.kept["in-1"]
    texts = [state.text for state in desk.told if state.condition is OrderCondition.SENT]
    assert "结果未知" in texts[-1]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (UNKNOWN_KEY, "启动响应已作废，未执行"),
        (Refused("平台上没有这一项", 404, Problem()), "确认没有执行后再重新下达"),
    ],
)
def test_that_what_was_not_done_or_cannot_be_known_ends_with_words(path, answer, words):
    class Away(ScriptedRest):
        async def call(self, method: str, path: str, **more: Any) -> Response:
            if method == "POST":
                raise LOST
            raise answer

    desk = Desk(path)
    desk.rest = Away()
    assert desk.run(lambda outbox: outbox.take(activation()))[-1] is OrderCondition.EXPIRED
    assert words in desk.told[-1].text


def test_that_a_clock_that_jumps_neither_kills_an_order_nor_gives_it_a_second_life(path):
    class Jumps(ScriptedRest):
        async def call(self, method: str, path: str, **more: Any) -> Response:
            desk.clock.wall_shift_s += 3600.0 if len(self.calls) % 2 else -3600.0
            return await super().call(method, path, **more)

    desk = Desk(path)
    desk.rest = Jumps(DOWN, DOWN, DOWN, MADE)
    assert desk.run(lambda outbox: outbox.take(activation()))[-1] is OrderCondition.ACCEPTED
    other = Desk(path.with_name("other.db"))
    desk = other
    other.rest = Jumps(DOWN)
    assert other.run(lambda outbox: outbox.take(activation()))[-1] is OrderCondition.EXPIRED
    assert other.clock.passed_s == pytest.approx(30, 1)


def test_that_the_platform_that_saw_it_too_late_ends_it_unsent(path):
    desk = Desk(path, Refused("命令已过期", 410, Problem(code="order_expired")))
    assert desk.run(lambda outbox: outbox.take(activation()))[-1] is OrderCondition.EXPIRED
    assert "未执行" in desk.told[-1].text


def test_that_a_drill_is_named_in_the_audit_trail(path):
    made = Response(202, msgspec.json.encode(incident(drill=True)))
    desk = Desk(path, made)
    desk.run(lambda outbox: outbox.take(activation(drill=True)))
    assert (desk.audited[0], desk.audited[-1]) == ("flood 演练", "in-1 演练")


def _problem(code: str = "", current: Incident | None = None) -> Problem:
    return Problem(code=code, current=msgspec.Raw(msgspec.json.encode(current)))


@pytest.mark.parametrize(
    ("verb", "status", "problem", "words"),
    [
        (ACTIVATE, 409, _problem("incident_running", incident(begun=signature("u2", "李卫东"))),
         "这些告警已由李卫东于 03:00:00 启动响应“滨江大道积水”（响应中），"
         "本次未执行；请并入那次响应"),
        (APPROVE, 409, _problem("stale_revision", incident(revision=4)),
         "未执行复核：这次响应刚有更新（第 4 版，响应中）；请看过再操作"),
        (ACTIVATE, 409, _problem("unit_locked"), "未执行启动响应：USUAL；请看过再操作"),
        (APPROVE, 410, Problem(),
         "复核已超时：响应没有启动，什么也没有发出；请发起人核对后重新启动"),
        (APPROVE, 409, _problem("stale_revision", incident(state=IncidentState.EXPIRED)),
         "复核已超时：响应没有启动，什么也没有发出；请发起人核对后重新启动"),
        (NOTE, 410, Problem(), "未执行记录：这次响应已经结束；请看最新状态"),
        (STAND_DOWN, 428, Problem(), "未执行解除响应：命令缺少版本号；请等本页更新后再试一次"),
        (ACTIVATE, 422, Problem(), "未执行启动响应：平台认为内容不对（USUAL）；请核对后重新下达"),
        (ACTIVATE, 404, Problem(),
         "平台没有应急响应接口，命令未执行；请按纸质预案下达，并报告管理员"),
        (APPROVE, 403, _problem("same_person"), "复核未成：USUAL"),
    ],
)  # fmt: skip
def test_that_each_refusal_is_said_in_chinese(verb, status, problem, words):
    assert refusal_words(verb, status, problem, "USUAL") == words


def test_that_what_no_platform_takes_is_refused_at_the_desk():
    with pytest.raises(PlatformError, match="最多下达 500 道"):
        activation(orders=MOST_ORDERS + 1)
    long = MessageDraft(to=("a",), channel=Channel.SMS, text="水" * MOST_BYTES)
    with pytest.raises(PlatformError, match="内容太多"):
        activation(messages=(long,))


def test_that_who_commands_people_has_half_a_minute_and_who_notes_has_two():
    ttl = {verb: incident_order(verb, "in-1", {}, None).ttl_s for verb in (APPROVE, NOTE, RECALL)}
    assert ttl == {APPROVE: 30.0, NOTE: 120.0, RECALL: 120.0}
    assert activation(level=ResponseLevel.I).target_id == "flood"
