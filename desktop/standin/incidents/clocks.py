"""T1, T3, T4 and T5: by who acknowledged, what crews said and what the points measure. Pure."""

from collections.abc import Callable, Sequence
from datetime import datetime

from desktop.domain.alarms import Alarm, Condition
from desktop.domain.emergency.incidents import Incident, IncidentOrder, IncidentState, OrderState
from desktop.domain.outreach import Receipt, ReceiptState

Receipts = Callable[[str], Sequence[Receipt]]
Alarms = Callable[[str], Alarm | None]
WORDS = {
    "T1": "告警已确认",
    "T3": "全部队伍已接受",
    "T4": "首支队伍到场",
    "T5": "险情受控：各点均已回落到警戒线下",
}
_TAKEN = (ReceiptState.ACCEPTED, ReceiptState.ON_SCENE, ReceiptState.DONE)
_GONE = (OrderState.RECALLING, OrderState.RECALLED, OrderState.RECALL_UNREAD)


def moved(incident: Incident, receipts: Receipts, alarms: Alarms, now: datetime
          ) -> dict[str, datetime]:  # fmt: skip
    """The clocks that can be set now and were not yet."""
    if incident.state is not IncidentState.ACTIVE:
        return {}
    found = {
        "T1": confirmed_at(incident, alarms),
        "T3": all_accepted_at(incident, receipts),
        "T4": first_on_scene_at(incident, receipts),
        "T5": now if is_under_the_line(incident, alarms) else None,
    }
    return {
        name: at for name, at in found.items() if at is not None and name not in incident.clocks
    }


def confirmed_at(incident: Incident, alarms: Alarms) -> datetime | None:
    """When the alarm that it was begun for was acknowledged, which may be after its activation.
    An acknowledgement of an earlier occurrence is none."""
    first = alarms(incident.alarm_ids[0]) if incident.alarm_ids else None
    at = first.ack.at if first is not None and first.ack is not None else None
    began = incident.clocks.get("T0")
    return at if at is not None and began is not None and at >= began else None


def all_accepted_at(incident: Incident, receipts: Receipts) -> datetime | None:
    """When the last of those that count accepted. Who declined counts until replaced."""
    replaced = {order.replaces for order in incident.orders if order.replaces}
    counting = [
        order for order in incident.orders
        if order.order_id not in replaced and order.state not in _GONE
    ]  # fmt: skip
    taken = [_first(order, receipts, _TAKEN) for order in counting]
    if not taken or None in taken:
        return None
    return max(at for at in taken if at is not None)


def first_on_scene_at(incident: Incident, receipts: Receipts) -> datetime | None:
    there = [_first(one, receipts, (ReceiptState.ON_SCENE,)) for one in incident.orders]
    return min((at for at in there if at is not None), default=None)


def is_under_the_line(incident: Incident, alarms: Alarms) -> bool:
    """Every alarm of it has returned to normal. One that is not known decides nothing."""
    found = [alarms(alarm_id) for alarm_id in incident.alarm_ids]
    return bool(found) and all(
        one is not None and (one.condition is Condition.RTN or not one.is_open) for one in found
    )


def _first(
    order: IncidentOrder, receipts: Receipts, states: Sequence[ReceiptState]
) -> datetime | None:
    return min((one.at for one in receipts(order.order_id) if one.state in states), default=None)
