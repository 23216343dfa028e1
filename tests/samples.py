"""Alarms and other values for tests, made from few words; nothing here is checked."""

from datetime import UTC, datetime, timedelta
from typing import Any

from desktop.domain.alarms import Acknowledgement, Alarm, AlarmEvent, Condition
from desktop.domain.cameras import Camera
from desktop.domain.levels import WarningLevel
from desktop.domain.order_state import OrderCondition
from desktop.domain.outreach import SEND, Channel, Outreach, Person, Receipt, ReceiptState
from desktop.domain.points import Reading

START = datetime(2026, 11, 21, 19, 0, tzinfo=UTC)


def at(seconds_s: float = 0.0) -> datetime:
    return START + timedelta(seconds=seconds_s)


def alarm(alarm_id: str = "A-1", seq: int = 1, **facts: Any) -> Alarm:
    """An active, unacknowledged orange alarm of road water, unless `facts` say otherwise."""
    return Alarm(
        **{
            "alarm_id": alarm_id,
            "revision": 1,
            "epoch": "e1",
            "seq": seq,
            "class_id": "water_level",
            "level": WarningLevel.ORANGE,
            "condition": Condition.ACTIVE,
            "title": "道路积水",
            "raised_at": at(),
            "updated_at": at(),
        }
        | facts
    )


def acknowledged(by: str = "张三") -> Acknowledgement:
    return Acknowledgement(by=by, at=at(30))


def event(of: Alarm, kind: str = "updated") -> AlarmEvent:
    return AlarmEvent(epoch=of.epoch, seq=of.seq, kind=kind, at=of.updated_at, alarm=of)


def camera(
    camera_id: str, lon_deg: float | None = 116.6, lat_deg: float | None = 28.9, **facts: Any
) -> Camera:
    return Camera(
        camera_id=camera_id, name=f"摄像机 {camera_id}", lon_deg=lon_deg, lat_deg=lat_deg, **facts
    )


def reading(point_id: str = "P-1", seconds_s: float = 0.0, level_m: float = 0.1) -> Reading:
    return Reading(at=at(seconds_s), metrics={"level_m": level_m}, point_id=point_id)


def outreach(order_id: str = "O-1", *states: str, **facts: Any) -> Outreach:
    """A task to the owner of a cover, with the receipts of `states`, 2 s apart."""
    person = Person("owner:MH-000001", "赵福磊")
    receipts = tuple(
        Receipt(unit_id=person.person_id, state=ReceiptState(state), at=at(2.0 * (n + 1)))
        for n, state in enumerate(states)
    )
    return Outreach(
        **{
            "order_id": order_id, "verb": SEND, "people": (person,), "channel": Channel.HANDSET,
            "text": "【井盖移位】", "about": "MH-000001", "by": "李伟东", "made_at": at(),
            "condition": OrderCondition.ACCEPTED, "receipts": receipts,
        }
        | facts
    )  # fmt: skip
