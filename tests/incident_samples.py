"""Incidents, drafts and receipts for tests, made from few words; nothing here is checked."""

from typing import Any

from desktop.domain.emergency.incidents import (
    Incident,
    IncidentDraft,
    IncidentEvent,
    IncidentMessage,
    IncidentOrder,
    IncidentState,
    OrderDraft,
    OrderState,
    Signature,
)
from desktop.domain.emergency.plans import ResponseLevel
from desktop.domain.outreach import Channel, Receipt, ReceiptState
from tests.samples import at


def signature(user_id: str = "u1", name: str = "陈建华", seat_id: str = "s1") -> Signature:
    return Signature(user_id, name, seat_id, at())


def order(number: int, **facts: Any) -> IncidentOrder:
    return IncidentOrder(
        **{
            "order_id": f"or-{number}", "unit_id": f"team-{number}", "unit_name": f"抢险{number}队",
            "task_id": "pump", "task": "抽排积水", "site_id": f"A-{number}", "place": "滨江大道",
            "lon_deg": 116.6, "lat_deg": 28.9, "state": OrderState.SENT,
        } | facts
    )  # fmt: skip


def message(number: int, people: int = 1, **facts: Any) -> IncidentMessage:
    to = tuple(f"owner:{number}-{person}" for person in range(people))
    return IncidentMessage(
        **{
            "order_id": f"me-{number}", "to": to, "names": to, "channel": Channel.SMS,
            "text": "请撤离低洼路段", "state": OrderState.SENT,
        } | facts
    )  # fmt: skip


def incident(incident_id: str = "in-1", seq: int = 1, **facts: Any) -> Incident:
    """An active Ⅲ of one crew, unless `facts` say otherwise."""
    return Incident(
        **{
            "incident_id": incident_id, "revision": 1, "epoch": "e1", "seq": seq,
            "plan_id": "flood", "plan_name": "防汛内涝", "level": ResponseLevel.III,
            "drill": False, "state": IncidentState.ACTIVE, "title": "滨江大道积水",
            "alarm_ids": ("A-1",), "orders": (order(1),), "begun": signature(),
            "clocks": {"T0": at(), "T2": at(60)},
        } | facts
    )  # fmt: skip


def event(of: Incident, kind: str = "activated") -> IncidentEvent:
    return IncidentEvent(of.epoch, of.seq, kind, at(60.0 + of.seq), of)


def receipt(order_id: str = "or-1", unit_id: str = "team-1", **facts: Any) -> Receipt:
    facts = {"state": ReceiptState.DELIVERED, "at": at(61), "by": "张三"} | facts
    return Receipt(unit_id=unit_id, order_id=order_id, **facts)


def draft(level: ResponseLevel = ResponseLevel.III, orders: int = 1, **facts: Any) -> IncidentDraft:
    rows = tuple(
        OrderDraft(
            unit_id=f"team-{n}", task_id="pump", task="抽排积水", site_id=f"A-{n}",
            place="滨江大道", lon_deg=116.6, lat_deg=28.9,
        )
        for n in range(1, orders + 1)
    )  # fmt: skip
    return IncidentDraft(
        **{
            "plan_id": "flood", "level": level, "drill": False, "title": "滨江大道积水",
            "alarm_ids": ("A-1",), "orders": rows, "t0": at(),
        } | facts
    )  # fmt: skip
