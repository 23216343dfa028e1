"""Incidents at the station: what the link tells reaches the store, what is ordered reaches it."""

import asyncio
from pathlib import Path

import msgspec
import pytest

from desktop.domain.emergency.incidents import ACTIVATE, APPROVE, IncidentDraft, IncidentState
from desktop.domain.link_messages import (
    Answer,
    IncidentReceiptsTold,
    IncidentsTold,
    Order,
    OrderCondition,
    OrderState,
    Question,
)
from desktop.errors import PlatformError
from tests.incident_samples import draft, incident, receipt
from tests.integration.frame.test_link_client import desk, eventually, run

__all__ = ["run"]


def test_that_incidents_and_their_receipts_reach_the_store(run, tmp_path: Path) -> None:
    async def work() -> None:
        async with desk(tmp_path) as d:
            heard: list[frozenset[str]] = []
            d.stores.incidents.receipts_changed.connect(heard.append)
            many = tuple(receipt("me-1", f"owner:{n}") for n in range(1000))
            d.link.say(
                IncidentsTold(items=(incident(), incident("in-2", 2)), whole=True),
                IncidentsTold(items=(incident(seq=3, state=IncidentState.CLOSED),)),
                IncidentReceiptsTold(receipts=many),
                IncidentReceiptsTold(receipts=many),
            )
            await eventually(lambda: len(d.stores.incidents.receipts("me-1")) == 1000)
            assert [one.incident_id for one in d.stores.incidents.open()] == ["in-2"]
            assert len(heard) == 4  # some hundred at a time, and a second time nothing
            assert d.stores.incidents.is_told
            d.link.say(IncidentsTold(items=(), offered=False, listed=False))
            await eventually(lambda: not d.stores.incidents.offered)
            assert not d.stores.incidents.is_told
            assert len(d.stores.incidents) == 2

    run(work)


def test_that_an_activation_goes_whole_and_gives_its_id_once_accepted(run, tmp_path: Path) -> None:
    async def work() -> None:
        async with desk(tmp_path) as d:
            given = asyncio.create_task(d.orders.incident(ACTIVATE, "", draft(orders=200)))
            order = await d.link.hear()
            assert isinstance(order, Order) and order.ttl_s == 30.0
            found = msgspec.json.decode(order.body["json"], type=IncidentDraft)
            assert found == draft(orders=200)
            accepted = OrderState(
                order_id=order.order_id, verb=order.verb, target_id=order.target_id,
                condition=OrderCondition.ACCEPTED, result_id="in-1",
            )  # fmt: skip
            d.link.say(IncidentsTold(items=(incident(),)), accepted)
            assert await given == order.order_id
            assert d.stores.incidents.get("in-1") is not None

    run(work)


def test_that_a_noted_id_goes_with_the_act_and_the_link_is_asked_by_it(run, tmp_path: Path) -> None:
    async def work() -> None:
        async with desk(tmp_path) as d:
            order_id = "01KA0000000000000000000001"
            given = asyncio.create_task(d.orders.incident(ACTIVATE, "", draft(), order_id))
            order = await d.link.hear()
            assert isinstance(order, Order) and order.order_id == order_id
            state = OrderState(
                order_id=order_id, verb=ACTIVATE, target_id="flood",
                condition=OrderCondition.ACCEPTED, result_id="in-1",
            )  # fmt: skip
            d.link.say(state)
            assert await given == order_id
            for known in ([state], []):
                asked = asyncio.create_task(d.questions.order_state(order_id))
                question = await d.link.hear()
                assert isinstance(question, Question)
                assert (question.name, question.params) == ("order_state", {"order_id": order_id})
                body = msgspec.json.encode(known)
                d.link.say(Answer(request_id=question.request_id, body=body))
                assert await asked == (state if known else None)

    run(work)


def test_that_a_signature_names_the_revision_that_was_seen(run, tmp_path: Path) -> None:
    async def work() -> None:
        async with desk(tmp_path) as d:
            d.link.say(IncidentsTold(items=(incident(revision=7),)))
            await eventually(lambda: d.stores.incidents.get("in-1"))
            given = asyncio.create_task(d.orders.incident(APPROVE, "in-1", {}))
            order = await d.link.hear()
            assert isinstance(order, Order) and order.body["revision"] == "7"
            d.link.say(
                OrderState(
                    order_id=order.order_id,
                    verb=APPROVE,
                    target_id="in-1",
                    condition=OrderCondition.REFUSED,
                    text="复核已超时",
                )
            )
            with pytest.raises(PlatformError, match="复核已超时"):
                await given

    run(work)


def test_that_the_timeline_is_asked_of_the_link(run, tmp_path: Path) -> None:
    async def work() -> None:
        async with desk(tmp_path) as d:
            asked = asyncio.create_task(d.questions.incident_timeline("in-1"))
            question = await d.link.hear()
            assert isinstance(question, Question)
            assert (question.name, question.params) == (
                "incident_timeline", {"incident_id": "in-1"}
            )  # fmt: skip
            entry = {"number": 1, "at": "2026-11-22T03:00:00Z", "kind": "activated", "text": "启动"}
            body = msgspec.json.encode([entry])
            d.link.say(Answer(request_id=question.request_id, body=body))
            (found,) = await asked
            assert (found.number, found.text) == (1, "启动")

    run(work)
