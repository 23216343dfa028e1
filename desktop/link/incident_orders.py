"""Orders on incidents: their paths, their words, and what became of one without an answer.

An activation is one transaction of the platform. After its time it is never sent: GET
/commands/{key} tells whether it was carried out, and reading carries nothing out.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar
from urllib.parse import quote

import msgspec

from desktop.clock import Clock
from desktop.domain.duty import CITY_ZONE
from desktop.domain.emergency.incidents import (
    ACTIVATE,
    ADD_ORDERS,
    APPROVE,
    CLOCK,
    INCIDENT_VERBS,
    NOTE,
    RAISE_LEVEL,
    RECALL,
    STAND_DOWN,
    TICK,
    WITHDRAW,
    IncidentState,
)
from desktop.domain.link_messages import OrderCondition, OrderState
from desktop.domain.texts import clean_text
from desktop.errors import PlatformError
from desktop.feeds.incident_events import read_incident
from desktop.feeds.wire import UNREADABLE, DecodeError
from desktop.link.incidents import Incidents
from desktop.link.ingest import Ingest
from desktop.link.order_ways import OrderWays
from desktop.link.rest import Problem, Refused, Rest
from local_db.outbox import OutboxEntry

T = TypeVar("T")
log = logging.getLogger(__name__)

REMEMBERED = 300
_DEADLINE_S = 5.0
_PATHS = {
    APPROVE: "approve", WITHDRAW: "withdraw", ADD_ORDERS: "orders", STAND_DOWN: "stand-down",
    NOTE: "note", TICK: "tick", RAISE_LEVEL: "level", CLOCK: "clock",
}  # fmt: skip
_WORDS = {
    ACTIVATE: "启动响应", APPROVE: "复核", WITHDRAW: "撤回申请", ADD_ORDERS: "下达调度令",
    RECALL: "召回", STAND_DOWN: "解除响应", NOTE: "记录", TICK: "勾选", RAISE_LEVEL: "调整级别",
    CLOCK: "时刻登记",
}  # fmt: skip
_STATES = {
    IncidentState.DRAFT: "待复核", IncidentState.ACTIVE: "响应中",
    IncidentState.STANDING_DOWN: "正在解除", IncidentState.CLOSED: "已解除",
    IncidentState.WITHDRAWN: "已撤回", IncidentState.EXPIRED: "复核超时作废",
}  # fmt: skip
_TOO_LATE = "复核已超时：响应没有启动，什么也没有发出；请发起人核对后重新启动"
_LEVEL_TOO_LATE = "复核已超时：级别没有变更，响应照原级别执行；如仍需要，请重新提出"
_SIGNING = ("same_person", "same_seat", "confirm_missing", "signer_missing")
_NO_PATH = "平台没有应急响应接口，命令未执行；请按纸质预案下达，并报告管理员"


class _Command(msgspec.Struct):
    """GET /commands/{key}: the status that the platform answered, and with what."""

    status: int
    answer: msgspec.Raw = msgspec.Raw(b"null")


class IncidentOrders(OrderWays):
    verbs = INCIDENT_VERBS
    asks_afterwards = True

    def __init__(
        self,
        rest: Rest,
        ingest: Ingest,
        incidents: Incidents,
        clock: Clock,
        clock_offset_s: Callable[[], float | None],
    ) -> None:
        """`clock_offset_s`: platform minus desk, None unknown."""
        self._rest, self._ingest, self._incidents = rest, ingest, incidents
        self._clock, self._offset_s = clock, clock_offset_s
        self._results: dict[str, str] = {}
        self._drills: dict[str, bool] = {}

    # ---- the outbox asks --------------------------------------------------------------------

    def route(self, entry: OutboxEntry) -> tuple[str, object]:
        if entry.verb == ACTIVATE:
            return "/incidents", _json(entry)
        path = f"/incidents/{quote(entry.target, safe='')}"
        if entry.verb == RECALL:
            return f"{path}/orders/{quote(_recalled(entry), safe='')}/recall", {}
        return f"{path}/{_PATHS[entry.verb]}", _json(entry)

    def headers(self, entry: OutboxEntry, left_s: float) -> dict[str, str]:
        until = self._clock.now() + timedelta(seconds=left_s + (self._offset_s() or 0.0))
        more = {"Order-Expires": until.isoformat(timespec="milliseconds")}
        if revision := entry.body.get("revision"):
            more["If-Match"] = revision
        return more

    def taken(self, entry: OutboxEntry) -> None:
        _remember(self._drills, entry.order_id, self._is_drill(entry))

    async def accepted(self, entry: OutboxEntry, content: bytes) -> None:
        """The answer is the incident after it: told at once, MQTT brings it again."""
        try:
            incident = read_incident(content)
        except DecodeError as error:
            log.info("answer to %s: %s", entry.verb, error.reason)
            return
        _remember(self._results, entry.order_id, incident.incident_id)
        await self._ingest.incidents.take_answer(incident)

    def result_of(self, order_id: str) -> str:
        return self._results.get(order_id, "")

    def refusal(self, entry: OutboxEntry, error: Refused) -> str:
        return refusal_words(entry.verb, error.status, error.problem, error.operator_text)

    def never_sent(self, entry: OutboxEntry) -> str:
        ttl_s = entry.expires_at - entry.created_at
        text = f"{ttl_s:.0f} 秒内没有送到平台，{_WORDS[entry.verb]}已作废，未执行，也不会自动补发"
        if entry.verb == ACTIVATE:
            return f"{text}；草案还在，请核对现场后重新启动"
        return f"{text}；请核对后重新下达"

    async def became_of(self, entry: OutboxEntry) -> tuple[OrderCondition, str] | None:
        path = f"/commands/{quote(entry.order_id, safe='')}"
        try:
            answer = await self._rest.call("GET", path, deadline_s=_DEADLINE_S, urgent=True)
            found = msgspec.json.decode(answer.body, type=_Command)
        except Refused as error:
            if error.problem.code == "no_such_command":
                return OrderCondition.EXPIRED, self.never_sent(entry)
            return OrderCondition.EXPIRED, _unknown(entry)
        except (PlatformError, *UNREADABLE) as error:
            log.info("order %s: %s", entry.order_id, error)
            return None
        if found.status >= 300:
            return OrderCondition.REFUSED, f"平台没有执行{_WORDS[entry.verb]}；请核对后重新下达"
        await self.accepted(entry, bytes(found.answer))
        return OrderCondition.ACCEPTED, ""

    async def overtaken(self, error: Refused) -> None:
        """What is there instead is told at once: the desk joins it, whether MQTT is up or not."""
        try:
            current = read_incident(bytes(error.problem.current))
        except DecodeError:
            return
        await self._ingest.incidents.take_answer(current)

    # ---- the audit trail asks -----------------------------------------------------------------

    def about(self, state: OrderState) -> str:
        """Which incident an order is about, and whether it is a drill."""
        target = self._results.get(state.order_id) or state.target_id
        return f"{target} 演练" if self._drills.get(state.order_id) else target

    def _is_drill(self, entry: OutboxEntry) -> bool:
        incident = self._incidents.get(entry.target)
        return incident.drill if incident is not None else _says_drill(entry)


def refusal_words(verb: str, status: int, problem: Problem, usual: str) -> str:
    """Why the platform did not do it, and what to do now. Empty: as for any order."""
    word = _WORDS[verb]
    if status == 404 and not problem.code:
        return _NO_PATH
    if status == 403 and problem.code in _SIGNING:
        return f"{word}未成：{usual.removeprefix('无权限：')}"
    if status == 409:
        return _overtaken(verb, problem) or f"未执行{word}：{usual}；请看过再操作"
    if status == 410 and verb == APPROVE:
        return _TOO_LATE
    if status == 410:
        return f"未执行{word}：这次响应已经结束；请看最新状态"
    if status == 428:
        return f"未执行{word}：命令缺少版本号；请等本页更新后再试一次"
    if status == 422:
        return f"未执行{word}：平台认为内容不对（{usual}）；请核对后重新下达"
    return ""


def _overtaken(verb: str, problem: Problem) -> str:
    try:
        current = read_incident(bytes(problem.current))
    except DecodeError:
        return ""
    who = clean_text(current.begun.name)
    when = _local(current.begun.at)
    if verb == APPROVE and (
        problem.code == "second_late" or current.state is IncidentState.EXPIRED
    ):
        return _LEVEL_TOO_LATE if current.state is IncidentState.ACTIVE else _TOO_LATE
    if verb == ACTIVATE:
        return (
            f"这些告警已由{who}于 {when} 启动响应“{clean_text(current.title)}”"
            f"（{_STATES[current.state]}），本次未执行；请并入那次响应"
        )
    if problem.code in ("stale_revision", ""):
        return (
            f"未执行{_WORDS[verb]}：这次响应刚有更新（第 {current.revision} 版，"
            f"{_STATES[current.state]}）；请看过再操作"
        )
    return ""


def _remember(kept: dict[str, T], key: str, value: T) -> None:
    kept[key] = value
    while len(kept) > REMEMBERED:
        kept.pop(next(iter(kept)))


def _unknown(entry: OutboxEntry) -> str:
    return (
        f"{_WORDS[entry.verb]}已发出，但平台没有答复，也查不到结果；"
        "请看应急页和平台上的状态，确认没有执行后再重新下达"
    )


def _json(entry: OutboxEntry) -> msgspec.Raw:
    return msgspec.Raw(entry.body.get("json", "{}").encode())


class _Recalled(msgspec.Struct):
    order_id: str = ""


class _Drilled(msgspec.Struct):
    drill: bool = False


def _recalled(entry: OutboxEntry) -> str:
    try:
        return msgspec.json.decode(bytes(_json(entry)), type=_Recalled).order_id
    except UNREADABLE:
        return ""


def _says_drill(entry: OutboxEntry) -> bool:
    try:
        return msgspec.json.decode(bytes(_json(entry)), type=_Drilled).drill
    except UNREADABLE:
        return False


def _local(time: datetime) -> str:
    return time.astimezone(CITY_ZONE).strftime("%H:%M:%S")
