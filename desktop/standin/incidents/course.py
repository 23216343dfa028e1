"""The course of an incident after its draft: each command gives the incident that follows. Pure."""

from datetime import timedelta
from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from desktop.domain.alarms import AwareTime, Note
from desktop.domain.emergency.incidents import (
    MOST_ORDERS,
    SECOND_ROLES,
    IncidentState,
    MessageDraft,
    OrderDraft,
    OrderState,
    Tick,
)
from desktop.domain.outreach import ReceiptState
from desktop.standin.incidents import levels, transaction
from desktop.standin.incidents.chain import Line
from desktop.standin.incidents.checks import (
    check_free,
    check_messages,
    check_orders,
    plan_level,
    texts_are_plain,
)
from desktop.standin.incidents.given import STATE_WORDS, Given, running
from desktop.standin.incidents.journal import Effect
from desktop.standin.incidents.signing import check_second, level_word, signature
from desktop.standin.incidents.transaction import Act
from desktop.standin.wire import Problem

MOST_NOTES = 500
MOST_MESSAGES = 100
OUT = (OrderState.SENT, OrderState.BLOCKED)
_AHEAD = timedelta(seconds=5)


class Reason(Struct, frozen=True):
    reason: Annotated[str, Meta(max_length=500)] = ""


class Text(Struct, frozen=True):
    text: Annotated[str, Meta(max_length=1000)]


class TickBody(Struct, frozen=True):
    item_id: Annotated[str, Meta(min_length=1, max_length=64)]


class ClockBody(Struct, frozen=True):
    name: Literal["T5", "T6"]
    at: AwareTime


class MoreOrders(Struct, frozen=True):
    """`replaces`: order_id of the declined or silent one. `messages`: what the level that was
    raised asks to be told besides (beyond the common contract)."""

    orders: Annotated[tuple[OrderDraft, ...], Meta(max_length=MOST_ORDERS)]
    replaces: str | None = None
    messages: Annotated[tuple[MessageDraft, ...], Meta(max_length=MOST_MESSAGES)] = ()


def approve(given: Given) -> Act:
    """The second person signs a draft, or the other level. Raises Problem."""
    incident = given.incident
    _check_waiting(given)
    begun = incident.asked.by if incident.asked else incident.begun
    level_id = incident.asked.level if incident.asked else incident.level
    _, level = plan_level(given.city, incident.plan_id, level_id)
    if given.by.person.role not in SECOND_ROLES:
        raise Problem(403, "no_right", "只有应急值班或领导可以批准")
    check_second(level_id, level, begun, given.by, incident)
    second = signature(given.by, given.at)
    if incident.asked is not None:
        return levels.approved(given, second)
    text = f"{given.name}在席位 {given.by.seat_id} 批准{level_word(level_id)}响应"
    both = f"{incident.begun.name}、{given.name}"
    act = transaction.activated(replace(incident, second=second), given.at, given.key, both)
    return act._replace(lines=(Line("approved", text, given.name), *act.lines))


def _check_waiting(given: Given) -> None:
    incident = given.incident
    if incident.second_until is None or not incident.is_open:
        text = f"该响应{STATE_WORDS[incident.state]}，没有待批准的内容"
        raise Problem(409, "not_waiting", text, current=incident)
    if given.at > incident.second_until:
        text = "批准时限已过，没有发出任何内容，请重新发起"
        if incident.asked is not None:
            text = f"批准时限已过，维持{level_word(incident.level)}，请重新发起"
        raise Problem(409, "second_late", text, current=incident)


def withdraw(given: Given, body: Reason) -> Act:
    """Nothing has been sent; of an asked level the incident runs on. Raises Problem."""
    incident = given.incident
    texts_are_plain([body.reason])
    why = f"：{body.reason}" if body.reason else ""
    if incident.asked is not None and incident.is_open:
        return levels.withdrawn(given, body.reason)
    if incident.state is not IncidentState.DRAFT:
        text = f"该响应{STATE_WORDS[incident.state]}，不能撤回；请用解除响应"
        raise Problem(409, "not_waiting", text, current=incident)
    gone = replace(
        incident, state=IncidentState.WITHDRAWN, second_until=None, end_reason=body.reason
    )
    return Act(gone, (Line("withdrawn", f"撤回响应，没有发出任何内容{why}", given.name),))


def add_orders(given: Given, body: MoreOrders) -> Act:
    """More crews, or another one for who declined or is silent. Raises Problem."""
    incident = running(given)
    if len(incident.orders) + len(body.orders) > MOST_ORDERS:
        text = f"一次响应最多 {MOST_ORDERS} 条调度令，已有 {len(incident.orders)} 条"
        raise Problem(400, "too_many_orders", text)
    if not body.orders and not body.messages:
        raise Problem(400, "nothing_to_do", "没有一条调度令，也没有一条通知")
    check_orders(body.orders, given.city)
    check_messages(body.messages, given.city)
    _check_not_there_yet(given, body)
    if not incident.drill:
        check_free(body.orders, given.book.crews_held(), incident.incident_id)
    act = _recall_replaced(given, body.replaces or "")
    state = OrderState.BLOCKED if incident.drill else OrderState.SENT
    made = tuple(
        transaction.sent_order(
            transaction.order_of(one, given.city, body.replaces or ""), state, given.at
        )
        for one in body.orders
    )
    lines, effects = list(act.lines), list(act.effects)
    transaction.add_orders(incident, made, given.key, given.name, lines, effects)
    told = transaction.send_messages(
        act.incident, body.messages, state, given.at, given.key, given.name, given.city, lines,
        effects,
    )  # fmt: skip
    changed = replace(
        act.incident, orders=(*act.incident.orders, *made),
        messages=(*act.incident.messages, *told),
    )  # fmt: skip
    return Act(changed, tuple(lines), tuple(effects))


def _recall_replaced(given: Given, order_id: str) -> Act:
    """Who has not said no is called back, so that two do not come."""
    if not order_id:
        return Act(given.incident)
    known = {order.order_id: order for order in given.incident.orders}
    if order_id not in known:
        raise Problem(400, "no_such_order", f"响应中没有调度令 {order_id[:60]}")
    said_no = given.book.has_said(order_id, ReceiptState.DECLINED, ReceiptState.DONE)
    if said_no or known[order_id].state not in OUT:
        return Act(given.incident)
    return transaction.recalled(
        given.incident, [order_id], given.at, given.key, given.name, "已改派其他队伍"
    )


def _check_not_there_yet(given: Given, body: MoreOrders) -> None:
    """A crew that has this task at this place gets no second order. Raises Problem(409)."""
    there = {
        (order.unit_id, order.site_id, order.task_id): order
        for order in given.incident.orders
        if order.state in OUT and order.order_id != body.replaces
        and not given.book.has_said(order.order_id, ReceiptState.DECLINED, ReceiptState.DONE)
    }  # fmt: skip
    for one in body.orders:
        if (one.unit_id, one.site_id, one.task_id) in there:
            text = f"{one.unit_id} 已有这项任务，没有重复下达"
            raise Problem(409, "already_ordered", text, current=given.incident)


def recall(given: Given, order_id: str, body: Reason) -> Act:
    """Of an order or a message. Raises Problem."""
    incident = running(given)
    texts_are_plain([body.reason])
    states = {one.order_id: one.state for one in (*incident.orders, *incident.messages)}
    if order_id not in states:
        raise Problem(404, "no_such_order", f"响应中没有调度令 {order_id[:60]}")
    if states[order_id] not in OUT:
        raise Problem(409, "not_out", "这条调度令已完成或已在撤回", current=incident)
    why = body.reason or "指挥席撤回"
    return transaction.recalled(incident, [order_id], given.at, given.key, given.name, why)


def stand_down(given: Given, body: Reason) -> Act:
    """Everything that is out is called back, the latest first. Raises Problem."""
    incident = given.incident
    if incident.state is not IncidentState.ACTIVE:
        text = f"该响应{STATE_WORDS[incident.state]}，不能解除"
        raise Problem(409, "not_active", text, current=incident)
    if not given.by.confirmed:
        raise Problem(403, "confirm_missing", "解除响应前请重新输入密码")
    texts_are_plain([body.reason])
    if not body.reason.strip():
        raise Problem(400, "reason_missing", "请填写解除响应的理由")
    out = [one.order_id for one in (*incident.orders, *incident.messages)
           if one.state in OUT and not given.book.has_said(
               one.order_id, ReceiptState.DONE)]  # fmt: skip
    act = transaction.recalled(incident, out, given.at, given.key, given.name, body.reason)
    ending = replace(
        act.incident, state=IncidentState.STANDING_DOWN, end_reason=body.reason, asked=None,
        second_until=None,
    )  # fmt: skip
    begin = Line("standing_down", f"解除响应：{body.reason}", given.name, incident.incident_id)
    return Act(ending, (begin, *act.lines), (*act.effects, *_wall_cleared(given)))


def _wall_cleared(given: Given) -> tuple[Effect, ...]:
    """The wall goes back to the scene of the incident that runs on, or to none."""
    incident = given.incident
    if not incident.scene_id:
        return ()
    others = [
        one for one in given.book.open()
        if one.state is IncidentState.ACTIVE and one.scene_id and not one.drill
        and one.incident_id != incident.incident_id
    ]  # fmt: skip
    cleared = transaction.wall_effect(incident, "", given.at, given.key, "wall_clear")
    if not others or incident.drill:
        return (cleared,)
    back = transaction.wall_effect(others[-1], others[-1].scene_id, given.at, given.key)
    return (cleared, back)


def note(given: Given, body: Text) -> Act:
    """Raises Problem."""
    texts_are_plain([body.text])
    if not body.text.strip():
        raise Problem(400, "text_missing", "记录没有内容")
    if len(given.incident.notes) >= MOST_NOTES:
        raise Problem(409, "too_many_notes", f"已有 {MOST_NOTES} 条记录", current=given.incident)
    written = Note(given.name, given.at, body.text)
    changed = replace(given.incident, notes=(*given.incident.notes, written))
    return Act(changed, (Line("note", body.text, given.name),))


def tick(given: Given, body: TickBody) -> Act:
    """A line of the plan's checklist, once. Raises Problem."""
    incident = running(given)
    _, level = plan_level(given.city, incident.plan_id, incident.level)
    found = next((one for one in level.checklist if one.item_id == body.item_id), None)
    if found is None:
        raise Problem(400, "no_such_item", f"检查单没有 {body.item_id}")
    if any(one.item_id == body.item_id for one in incident.ticks):
        raise Problem(409, "already_ticked", "这一项已经勾选", current=incident)
    done = Tick(body.item_id, given.name, given.at)
    changed = replace(incident, ticks=(*incident.ticks, done))
    return Act(changed, (Line("tick", f"检查单：{found.text}", given.name, body.item_id),))


def set_clock(given: Given, body: ClockBody) -> Act:
    """T5 or T6, once, not ahead of time and in order. Raises Problem."""
    incident = given.incident
    if incident.state not in (IncidentState.ACTIVE, IncidentState.STANDING_DOWN):
        text = f"该响应{STATE_WORDS[incident.state]}"
        raise Problem(409, "not_active", text, current=incident)
    if body.name in incident.clocks:
        raise Problem(409, "clock_set", f"{body.name} 已经记录", current=incident)
    earliest = incident.clocks.get("T5" if body.name == "T6" else "T2")
    if body.at > given.at + _AHEAD or (earliest is not None and body.at < earliest - _AHEAD):
        raise Problem(400, "bad_time", f"{body.name} 的时间不在响应过程之内")
    word = "险情受控" if body.name == "T5" else "处置完毕"
    changed = replace(incident, clocks=dict(incident.clocks) | {body.name: body.at})
    return Act(changed, (Line("clock", f"{body.name} {word}", given.name, body.name),))
