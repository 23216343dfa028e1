"""What one act brings with it: orders, messages, wall, bookmarks, a line of history each. Pure."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from msgspec.structs import replace

from desktop.domain.emergency.incidents import (
    Incident,
    IncidentDraft,
    IncidentMessage,
    IncidentOrder,
    IncidentState,
    MessageDraft,
    OrderDraft,
    OrderState,
    Signature,
)
from desktop.domain.emergency.plans import Plan
from desktop.domain.outreach import Channel
from desktop.ids import ulid
from desktop.standin.incidents.chain import Line
from desktop.standin.incidents.journal import Effect
from desktop.standin.incidents.signing import level_word
from desktop.standin.incidents.surroundings import Surroundings

TTL_S = 1800
WALL_TOPIC = "wall/main/scene"
_CHANNELS = {
    Channel.HANDSET: "手持终端", Channel.SMS: "短信", Channel.VOICE: "电话",
    Channel.RADIO: "电台", Channel.GROUP: "群组呼叫",
}  # fmt: skip


class Act(NamedTuple):
    """An incident with what follows from the change; nothing of it has happened yet."""

    incident: Incident
    lines: tuple[Line, ...] = ()
    effects: tuple[Effect, ...] = ()


def drafted(draft: IncidentDraft, plan: Plan, begun: Signature, city: Surroundings) -> Incident:
    """The incident with everything held back. Raises Problem(400) for who cannot be reached."""
    clocks = {"T0": draft.t0} | ({"T1": draft.t1} if draft.t1 is not None else {})
    return Incident(
        incident_id=f"in-{ulid()}",
        revision=1,
        epoch="",
        seq=0,
        plan_id=plan.plan_id,
        plan_name=plan.name,
        level=draft.level,
        drill=draft.drill,
        state=IncidentState.DRAFT,
        title=draft.title,
        alarm_ids=draft.alarm_ids,
        orders=tuple(order_of(one, city) for one in draft.orders),
        messages=tuple(_message_of(one, city) for one in draft.messages),
        begun=begun,
        clocks=clocks,
        scene_id=draft.scene_id,
        map_view=draft.map_view,
        bookmarks=draft.bookmarks,
        method=draft.method,
        reasons=draft.reasons,
    )


def order_of(draft: OrderDraft, city: Surroundings, replaces: str = "") -> IncidentOrder:
    unit = city.unit(draft.unit_id)
    due_after = timedelta(minutes=draft.within_min) if draft.within_min else None
    return IncidentOrder(
        order_id=f"or-{ulid()}",
        unit_id=draft.unit_id,
        unit_name=unit.name if unit is not None else draft.unit_id,
        task_id=draft.task_id,
        task=draft.task,
        site_id=draft.site_id,
        place=draft.place,
        lon_deg=draft.lon_deg,
        lat_deg=draft.lat_deg,
        state=OrderState.HELD,
        due_at=city.now() + due_after if due_after is not None else None,
        eta_min=draft.eta_min,
        lead=draft.lead,
        replaces=replaces,
    )


def _message_of(draft: MessageDraft, city: Surroundings) -> IncidentMessage:
    return IncidentMessage(
        order_id=f"me-{ulid()}",
        to=draft.to,
        names=tuple(city.person_name(one) for one in draft.to),
        channel=draft.channel,
        text=draft.text,
        state=OrderState.HELD,
    )


def activated(incident: Incident, at: datetime, key: str, by: str) -> Act:
    """Everything goes out in one act; of a drill everything is blocked."""
    waited = at - incident.begun.at  # for the second person: what is due moves on with it
    state = OrderState.BLOCKED if incident.drill else OrderState.SENT
    orders = tuple(sent_order(one, state, at, waited) for one in incident.orders)
    messages = tuple(replace(one, state=state, sent_at=at) for one in incident.messages)
    clocks = dict(incident.clocks) | {"T2": at}
    active = replace(
        incident, state=IncidentState.ACTIVE, orders=orders, messages=messages,
        clocks=clocks, second_until=None,
    )  # fmt: skip
    mark = "【演练】" if incident.drill else ""
    title = (
        f"{mark}启动{level_word(incident.level)}响应「{incident.title}」（{incident.plan_name}）"
    )
    lines = [Line("activated", title, by, incident.incident_id)]
    lines += [Line("evidence", f"依据：{reason}", by) for reason in incident.reasons]
    effects: list[Effect] = []
    add_orders(active, orders, key, by, lines, effects)
    for message in messages:
        _add_message(active, message, message.text, "message", key, by, lines, effects)
    add_wall(active, at, key, by, lines, effects)
    for camera_id in active.bookmarks:
        lines.append(Line("bookmark", f"录像标记：{camera_id}，自告警时刻起", by, camera_id))
        effects.append(_effect(active, "bookmark", camera_id, key))
    return Act(active, tuple(lines), tuple(effects))


def sent_order(
    order: IncidentOrder, state: OrderState, at: datetime, waited: timedelta = timedelta()
) -> IncidentOrder:
    due = order.due_at + waited if order.due_at is not None else None
    return replace(order, state=state, sent_at=at, due_at=due)


def add_orders(
    incident: Incident, orders: Iterable[IncidentOrder], key: str, by: str,
    lines: list[Line], effects: list[Effect],
) -> None:  # fmt: skip
    verb = "演练调度令（未发出）" if incident.drill else "下达调度令"
    for order in orders:
        text = f"{verb}：{order.unit_name} → {order.place}，{order.task}"
        lines.append(Line("order", text, by, order.order_id))
        payload = {
            "order_id": order.order_id, "incident_id": incident.incident_id, "task": order.task,
            "place": order.place, "lon": order.lon_deg, "lat": order.lat_deg,
            "due_at": order.due_at.isoformat() if order.due_at else None, "ttl_s": TTL_S,
            "drill": incident.drill, "by": by,
        }  # fmt: skip
        effects.append(_effect(incident, "order", order.order_id, key, order.unit_id, payload))


def send_messages(
    incident: Incident, drafts: Iterable[MessageDraft], state: OrderState, at: datetime, key: str,
    by: str, city: Surroundings, lines: list[Line], effects: list[Effect],
) -> tuple[IncidentMessage, ...]:  # fmt: skip
    """Of an incident that runs. Raises Problem(400) for who cannot be reached."""
    made = tuple(replace(_message_of(one, city), state=state, sent_at=at) for one in drafts)
    for message in made:
        _add_message(incident, message, message.text, "message", key, by, lines, effects)
    return made


def recalled(
    incident: Incident, order_ids: Sequence[str], at: datetime, key: str, by: str, why: str
) -> Act:
    """The latest first; `order_ids` of orders and messages that are out."""
    wanted = set(order_ids)
    lines: list[Line] = []
    effects: list[Effect] = []
    for order in reversed(incident.orders):
        if order.order_id in wanted:
            lines.append(Line("recall", f"撤回调度令：{order.unit_name}（{order.place}）",
                              by, order.order_id))  # fmt: skip
            payload = {"order_id": order.order_id, "incident_id": incident.incident_id,
                       "recall": True, "task": f"【撤回】{order.task}。{why}", "place": order.place,
                       "due_at": None, "ttl_s": TTL_S, "drill": incident.drill,
                       "by": by}  # fmt: skip
            effects.append(_effect(incident, "recall", order.order_id, key, order.unit_id, payload))
    for message in reversed(incident.messages):
        if message.order_id in wanted:
            text = f"【解除】{why}：此前通知作废"
            _add_message(incident, message, text, "message_recall", key, by, lines, effects)
    back = {"state": OrderState.RECALLING}
    orders = tuple(
        replace(one, recalled_at=at, **back) if one.order_id in wanted else one
        for one in incident.orders
    )
    messages = tuple(
        replace(one, **back) if one.order_id in wanted else one for one in incident.messages
    )
    changed = replace(incident, orders=orders, messages=messages)
    return Act(changed, tuple(lines), tuple(effects))


def wall_effect(
    incident: Incident, scene_id: str, at: datetime, key: str = "", kind: str = "wall_scene"
) -> Effect:
    """The retained scene of the big wall; an empty `scene_id` clears it."""
    payload = {"scene_id": scene_id, "incident_id": incident.incident_id if scene_id else "",
               "at": at.isoformat()}  # fmt: skip
    text = json.dumps(payload, ensure_ascii=False)
    return Effect(kind=kind, incident_id=incident.incident_id, ref=scene_id or incident.scene_id,
                  key=key, drill=incident.drill, topic=WALL_TOPIC, payload=text,
                  retain=True)  # fmt: skip


def add_wall(
    incident: Incident, at: datetime, key: str, by: str, lines: list[Line], effects: list[Effect]
) -> None:
    if not incident.scene_id:
        return
    text = "演练：大屏不切换" if incident.drill else f"大屏切换到场景 {incident.scene_id}"
    lines.append(Line("wall", text, by, incident.scene_id))
    effects.append(wall_effect(incident, incident.scene_id, at, key))


def _add_message(
    incident: Incident, message: IncidentMessage, text: str, kind: str, key: str, by: str,
    lines: list[Line], effects: list[Effect],
) -> None:  # fmt: skip
    """One line for the message, one effect for each person."""
    verb = "撤回通知" if kind == "message_recall" else "通知"
    held = "演练，未发出：" if incident.drill else ""
    to = "、".join(message.names[:3]) + (f" 等 {len(message.to)} 人" if len(message.to) > 3 else "")
    channel = _CHANNELS[message.channel]
    lines.append(Line(kind, f"{held}{verb}（{channel}）：{to}，{text[:80]}", by, message.order_id))
    payload = {"order_id": message.order_id, "incident_id": incident.incident_id, "task": text,
               "place": None, "due_at": None, "ttl_s": TTL_S, "drill": incident.drill,
               "channel": message.channel.value, "by": by}  # fmt: skip
    if kind == "message_recall":
        payload["recall"] = True
    for person_id in message.to:
        effects.append(_effect(incident, kind, message.order_id, key, person_id, payload))


def _effect(
    incident: Incident, kind: str, ref: str, key: str, to: str = "",
    payload: dict[str, Any] | None = None,
) -> Effect:  # fmt: skip
    """Published at `order/{to}` where there is a payload."""
    text = json.dumps(payload, ensure_ascii=False) if payload is not None else ""
    return Effect(kind=kind, incident_id=incident.incident_id, ref=ref, to=to, key=key,
                  drill=incident.drill, topic=f"order/{to}" if payload is not None else "",
                  payload=text)  # fmt: skip
