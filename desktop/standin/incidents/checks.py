"""What an activation may ask for; each refusal says in Chinese what is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec

from desktop.domain.emergency.incidents import (
    MOST_ORDERS,
    Incident,
    IncidentDraft,
    MessageDraft,
    OrderDraft,
)
from desktop.domain.emergency.plans import Plan, PlanLevel, ResponseLevel
from desktop.domain.outreach import MOST_TEXT_CHARS
from desktop.standin.incidents.book import IncidentBook, running
from desktop.standin.incidents.signing import level_word
from desktop.standin.incidents.surroundings import Surroundings
from desktop.standin.orders import plain
from desktop.standin.wire import Problem

T = TypeVar("T")
MOST_PEOPLE = 500
"""Of one message of an incident; POST /messages takes fewer."""
_AHEAD = timedelta(minutes=1)  # of a desk's clock


def body_of(raw: bytes, kind: type[T]) -> T:
    """Raises Problem(400) with the field that is wrong."""
    try:
        facts: Any = msgspec.json.decode(raw or b"{}")
        if isinstance(facts, dict) and isinstance(facts.get("orders"), list):
            _check_count(len(facts["orders"]))
        return msgspec.convert(facts, kind)
    except (msgspec.ValidationError, UnicodeDecodeError) as error:
        raise Problem(400, "bad_request", f"命令内容不符合约定：{error}") from None
    except (msgspec.DecodeError, RecursionError):
        raise Problem(400, "bad_request", "命令内容不是 JSON") from None


def _check_count(count: int) -> None:
    if count > MOST_ORDERS:
        text = f"一次最多 {MOST_ORDERS} 条调度令，这次有 {count} 条，请分批下达"
        raise Problem(400, "too_many_orders", text)


def plan_level(city: Surroundings, plan_id: str, level: ResponseLevel) -> tuple[Plan, PlanLevel]:
    """Raises Problem(400)."""
    plan = city.plan(plan_id)
    if plan is None:
        raise Problem(400, "no_such_plan", f"平台没有预案 {plan_id[:60]}")
    if level not in plan.levels:
        text = f"预案「{plan.name}」没有{level_word(level)}响应"
        raise Problem(400, "no_such_level", text)
    return plan, plan.levels[level]


def check_draft(draft: IncidentDraft, city: Surroundings, book: IncidentBook) -> None:
    """All but plan and rights. Raises Problem(400, 409)."""
    texts_are_plain([draft.title, draft.method, draft.scene_id, *draft.reasons])
    if not draft.orders and not draft.messages:
        raise Problem(400, "nothing_to_do", "没有一条调度令，也没有一条通知，无法启动响应")
    _check_times(draft, city.now())
    check_orders(draft.orders, city)
    check_messages(draft.messages, city)
    for camera_id in draft.bookmarks:
        if not city.has_camera(camera_id):
            raise Problem(400, "no_such_camera", f"没有摄像机 {camera_id[:60]}")
    check_alarms(draft, city, book.all())
    check_free(draft.orders, {} if draft.drill else book.crews_held())


def _check_times(draft: IncidentDraft, now: datetime) -> None:
    late = max(draft.t0, draft.t1 or draft.t0)
    if late > now + _AHEAD:
        raise Problem(400, "bad_time", "告警或确认时间晚于平台当前时间，请核对本席时钟")
    if draft.t1 is not None and draft.t1 < draft.t0:
        raise Problem(400, "bad_time", "确认时间早于告警时间")


def check_alarms(draft: IncidentDraft, city: Surroundings, book: Sequence[Incident]) -> None:
    """Raises Problem(400) for an unknown alarm, 409 for a closed one or one that is dealt with."""
    mine = set(draft.alarm_ids)
    for other in running(book, draft.drill):
        if mine & set(other.alarm_ids):
            text = f"这些告警已由{other.begun.name}启动响应「{other.title}」，请加入该响应"
            raise Problem(409, "incident_running", text, current=other)
    for alarm_id in draft.alarm_ids:
        alarm = city.alarm(alarm_id)
        if alarm is None:
            raise Problem(
                400, "no_such_alarm", "平台上没有其中一条告警，可能已归档；请回告警台重新选择"
            )
        if not alarm.is_open:
            text = f"告警「{alarm.title}」已关闭，请移出后再启动"
            raise Problem(409, "alarm_closed", text, alarm_id=alarm_id)


def check_orders(orders: Iterable[OrderDraft], city: Surroundings) -> None:
    """Raises Problem(400)."""
    seen: set[tuple[str, str, str]] = set()
    for order in orders:
        texts_are_plain([order.task_id, order.task, order.place, order.site_id])
        if city.unit(order.unit_id) is None:
            raise Problem(400, "no_such_unit", f"没有人员或车辆 {order.unit_id[:60]}")
        mark = (order.unit_id, order.site_id, order.task_id)
        if mark in seen:
            raise Problem(400, "double_order", f"{order.unit_id} 的同一任务下达了两次")
        seen.add(mark)


def check_messages(messages: Iterable[MessageDraft], city: Surroundings) -> None:
    """Raises Problem(400)."""
    for message in messages:
        texts_are_plain([message.text])
        if not message.text.strip() or len(message.text) > MOST_TEXT_CHARS:
            raise Problem(400, "bad_text", f"通知须有内容，且不超过 {MOST_TEXT_CHARS} 字")
        if not 0 < len(message.to) <= MOST_PEOPLE:
            raise Problem(400, "bad_people", f"一条通知须有 1 至 {MOST_PEOPLE} 位收件人")
        for person_id in message.to:
            city.person_name(person_id)


def check_free(
    orders: Iterable[OrderDraft], held: Mapping[str, Incident], incident_id: str = ""
) -> None:
    """A crew belongs to one incident at a time. Raises Problem(409)."""
    taken = [
        order.unit_id
        for order in orders
        if order.unit_id in held and held[order.unit_id].incident_id != incident_id
    ]
    if taken:
        other = held[taken[0]]
        text = f"{taken[0]} 等 {len(taken)} 支队伍正在响应「{other.title}」，请改派"
        raise Problem(409, "unit_locked", text, unit_ids=taken, incident_id=other.incident_id)


def texts_are_plain(texts: Iterable[str]) -> None:
    """Raises Problem(400) for what a desk could not receive."""
    for text in texts:
        try:
            plain(text)
        except ValueError:
            raise Problem(400, "bad_text", "文字里有控制字符") from None
        if len(text) > 1000:
            raise Problem(400, "bad_text", "文字超过 1000 字")
