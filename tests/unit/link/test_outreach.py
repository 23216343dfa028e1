"""Messages to people through a real outbox and journal, with a scripted platform."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.domain.link_messages import Order, OrderState, User
from desktop.domain.order_state import OrderCondition
from desktop.domain.outreach import CALL, HANG_UP, SEND, Draft, Outreach, Person, body_of
from desktop.feeds import receipts as feed
from desktop.link.ingest import Arrived, Batch
from desktop.link.outbox import Outbox
from desktop.link.outreach import Outreaches
from desktop.link.rest import Problem, Refused, Response
from tests.unit.link.fakes import START, MovedClock, ScriptedRest, make_ingest

OWNER = Person("owner:MH-7", "赵福磊")
BODY = body_of(Draft(people=(OWNER,), text="请到场", about="MH-7"), "李卫东")
MESSAGE = Order(order_id="O1", verb=SEND, target_id="owner:MH-7", body=BODY)
OK = Response(200, b'{"message_id":"M1"}')


def receipt(state: str, of: str = "M1") -> Arrived:
    facts = {"unit_id": "owner:MH-7", "state": state, "at": START}
    payload = msgspec.json.encode(facts)
    return Arrived(feed.FEED, f"city/990100/receipt/{of}", payload, lambda: None)


class Link:
    """Outbox, journal and outreaches of one start of the link."""

    def __init__(self, path: Path, rest: ScriptedRest) -> None:
        self.path, self.rest, self.clock = path, rest, MovedClock()
        self.told: list[Outreach] = []
        self.orders: list[OrderState] = []

    def run(self, play: Callable[["Link"], Coroutine[Any, Any, None]]) -> None:
        asyncio.run(asyncio.wait_for(self._run(play), 10))

    async def _run(self, play: Callable[["Link"], Coroutine[Any, Any, None]]) -> None:
        journal, self.ingest = make_ingest(self.path, self._on_batch)
        self.ingest.start()
        self.outreach = Outreaches(self.rest, self.ingest, self.clock, self.told.append)  # type: ignore[arg-type]
        try:
            async with asyncio.TaskGroup() as group:
                self.outbox = Outbox(
                    self.rest,  # type: ignore[arg-type]
                    self.ingest,
                    lambda: User("u1", "李卫东"),
                    self.clock,
                    self._on_order,
                    group.create_task,
                    self.outreach,
                )
                await self.outreach.resume()
                await play(self)
        finally:
            await asyncio.to_thread(self.ingest.stop)
            journal.close()

    def _on_order(self, state: OrderState) -> None:
        self.outreach.order(state)
        self.orders.append(state)

    def _on_batch(self, batch: Batch) -> None:
        self.outreach.take(batch.receipts)

    async def settled(self) -> None:
        """Everything that was put is committed and told."""
        await self.ingest.run(lambda journal: None)
        await asyncio.sleep(0)

    async def send(self, order: Order = MESSAGE) -> None:
        await self.outbox.take(order)
        while self.outbox.state.pending:
            await asyncio.sleep(0.001)


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "journal.db"


def states(one: Outreach) -> list[str]:
    return [receipt.state.value for receipt in one.receipts]


def test_that_a_message_goes_to_its_place_with_the_body_of_the_contract(path):
    link = Link(path, ScriptedRest(OK))
    link.run(lambda link: link.send())
    method, address, more = link.rest.calls[0]
    assert (method, address) == ("POST", "/messages")
    assert more["body"] == {"to": ["owner:MH-7"], "channel": "handset", "text": "请到场",
                            "drill": False}  # fmt: skip
    assert more["headers"] == {"Idempotency-Key": "O1"}
    last = link.told[-1]
    assert (last.condition, last.platform_id) == (OrderCondition.ACCEPTED, "M1")


def test_that_receipts_are_told_step_by_step_and_come_back_after_a_restart(path):
    async def play(link: Link) -> None:
        await link.send()
        for state in ("delivered", "read", "accepted"):
            link.ingest.put(receipt(state))
            await link.settled()

    link = Link(path, ScriptedRest(OK))
    link.run(play)
    assert states(link.told[-1]) == ["delivered", "read", "accepted"]

    async def nothing(link: Link) -> None: ...

    again = Link(path, ScriptedRest(OK))
    again.run(nothing)
    (kept,) = again.outreach.recent
    assert states(kept) == ["delivered", "read", "accepted"]
    assert kept.people == (OWNER,) and kept.by == "李卫东" and kept.platform_id == "M1"


def test_that_a_receipt_that_is_faster_than_the_answer_is_not_lost(path):
    async def play(link: Link) -> None:
        link.ingest.put(receipt("delivered"))
        await link.settled()
        await link.send()

    link = Link(path, ScriptedRest(OK))
    link.run(play)
    assert states(link.told[-1]) == ["delivered"]


def test_that_receipts_missed_by_mqtt_are_asked_for(path):
    told = {"receipts": [{"unit_id": "owner:MH-7", "state": "accepted", "at": START}]}
    rest = ScriptedRest(OK, Response(200, msgspec.json.encode(told)))
    rest.get = lambda path, **more: rest.call("GET", path, **more)  # type: ignore[attr-defined]

    async def play(link: Link) -> None:
        await link.send()
        asking = asyncio.create_task(link.outreach.run())
        while not link.outreach.recent[0].receipts:
            await asyncio.sleep(0.001)
        asking.cancel()

    link = Link(path, rest)
    link.run(play)
    assert ("GET", "/messages/M1") in [(m, p) for m, p, _ in rest.calls]
    assert states(link.outreach.recent[0]) == ["accepted"]


def test_that_a_refusal_is_told_with_the_platforms_words(path):
    refused = Refused("无权限：值班员无权发送通知", 403, Problem())
    link = Link(path, ScriptedRest(refused))
    link.run(lambda link: link.send())
    last = link.told[-1]
    assert last.condition is OrderCondition.REFUSED and "无权" in last.refusal


def test_that_hanging_up_names_the_platforms_call(path):
    call = Order(order_id="O2", verb=CALL, target_id="R-1", body=BODY)
    end = Order(order_id="O3", verb=HANG_UP, target_id="O2")

    async def play(link: Link) -> None:
        await link.send(call)
        await link.send(end)

    link = Link(path, ScriptedRest(Response(200, b'{"call_id":"C9"}')))
    link.run(play)
    assert [address for _, address, _ in link.rest.calls] == ["/calls", "/calls/C9/end"]
    assert len(link.outreach.recent) == 1


def test_that_receipts_of_other_desks_are_nobodys_here(path):
    async def play(link: Link) -> None:
        await link.send()
        link.ingest.put(receipt("accepted", of="M2"))
        await link.settled()

    link = Link(path, ScriptedRest(OK))
    link.run(play)
    assert link.told[-1].receipts == ()
