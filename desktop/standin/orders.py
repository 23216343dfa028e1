"""Orders on alarms: rights, exactly-once by key, refusals that do not use up the key."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query
from fastapi.responses import Response
from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from desktop.domain import alarm_lifecycle
from desktop.domain.alarm_lifecycle import TransitionRefused
from desktop.domain.alarms import Alarm
from desktop.standin.accounts import MAY_NOT_ACT, Accounts, Person
from desktop.standin.alarm_book import UnknownAlarm
from desktop.standin.city import City
from desktop.standin.ledger import Ledger
from desktop.standin.rest import signed_in
from desktop.standin.schemas import answers_with
from desktop.standin.wire import Problem, answer, event_page, page

MOST_EVENTS = 2000
# verb of the contract -> kind of the event that follows
_KINDS = {
    "acknowledge": "acknowledged", "claim": "claimed", "release": "released",
    "assign": "assigned", "note": "noted", "shelve": "shelved", "unshelve": "unshelved",
    "confirm": "confirmed", "reject": "rejected", "open-case": "case_opened",
    "reset": "reset", "close": "closed",
}  # fmt: skip
# orders that are given on what the desk has seen; the others do no harm to a newer alarm
_VERSIONED = {"release", "assign", "shelve", "unshelve", "confirm", "reject", "open-case", "reset"}
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def plain(text: str) -> str:
    """What a desk may not receive the platform does not take (contract: what a message may be)."""
    if _FORBIDDEN.search(text):
        raise ValueError("control, surrogate or direction character")
    return text


PlainText = Annotated[str, Field(max_length=1000), AfterValidator(plain)]


class OrderBody(BaseModel):
    """Body of every order on an alarm; each verb reads what it needs."""

    note: PlainText = ""
    reason: PlainText = ""
    until: AwareDatetime | None = None
    to: Annotated[PlainText, Field(max_length=100)] = ""


@dataclass(frozen=True)
class Order:
    """`revision` is If-Match: the alarm as the desk saw it; None where it was not sent."""

    verb: str
    alarm_id: str
    body: OrderBody
    key: str
    by: Person
    revision: int | None = None


@dataclass(frozen=True)
class _Done:
    fingerprint: str
    content: bytes


class AlarmOrders:
    """Carries out orders once per key."""

    def __init__(self, city: City, ledger: Ledger) -> None:
        self._city = city
        self._ledger = ledger
        self._done: dict[str, _Done] = {}
        self._cases = 0

    def carry_out(self, order: Order) -> Response:
        """The same key gives the same answer again. Raises Problem."""
        key, verb, by = order.key, order.verb, order.by.username
        try:
            response = self._decide(order)
        except Problem as problem:
            self._ledger.order(key, verb, order.alarm_id, by, problem.status)
            raise
        self._ledger.order(key, verb, order.alarm_id, by, 200)
        return response

    def _decide(self, order: Order) -> Response:
        if not order.key:
            raise Problem(428, "key_missing", "命令缺少 Idempotency-Key")
        facts = [order.verb, order.alarm_id, order.by.username, order.body.model_dump(mode="json")]
        fingerprint = json.dumps(facts, sort_keys=True)
        done = self._done.get(order.key)
        if done is not None:
            if done.fingerprint != fingerprint:
                raise Problem(422, "key_reused", "同一个 Idempotency-Key 用于不同的命令")
            return answer(done.content)
        if order.by.role in MAY_NOT_ACT:
            raise Problem(403, "no_right", f"{order.by.role_name}没有处置告警的权限")
        response = answer(self._act(order))
        self._done[order.key] = _Done(fingerprint, bytes(response.body))
        return response

    def _act(self, order: Order) -> Alarm:
        book, at = self._city.book, self._city.now()
        if order.verb not in _KINDS:
            raise Problem(404, "no_such_order", f"平台不支持命令 {order.verb}")
        try:
            alarm = book.get(order.alarm_id)
            _check_revision(order, alarm)
            new = self._transition(order, alarm, at)
            done = book.apply(order.alarm_id, _KINDS[order.verb], at, new)
        except UnknownAlarm:
            raise Problem(
                404, "no_such_alarm", "平台上没有这条告警，可能已归档；请回告警台重新选择"
            ) from None
        except TransitionRefused as refusal:
            current = book.get(order.alarm_id)
            raise Problem(409, refusal.code, refusal.text, current=current) from None
        if order.verb in ("confirm", "reject"):
            self._city.verdicts.keep(done.alarm_id, order.verb == "confirm", order.by.name,
                                     done.confidence, order.body.reason)  # fmt: skip
        return done

    def _transition(self, order: Order, alarm: Alarm, at: datetime) -> Alarm:
        """Raises TransitionRefused, Problem."""
        body, by = order.body, order.by.name
        match order.verb:
            case "acknowledge":
                return alarm_lifecycle.acknowledge(alarm, at, by, body.note)
            case "claim":
                return alarm_lifecycle.claim(alarm, at, by)
            case "release":
                return alarm_lifecycle.release(alarm, at, by)
            case "assign":
                return alarm_lifecycle.assign(alarm, at, _needed(body.to, "to", "指派给谁"))
            case "note":
                return alarm_lifecycle.note(alarm, at, by, body.note)
            case "shelve":
                return alarm_lifecycle.shelve(alarm, at, _until(body), by, body.reason)
            case "unshelve":
                return alarm_lifecycle.unshelve(alarm, at)
            case "confirm":
                return alarm_lifecycle.confirm(alarm, at, by, body.note)
            case "reject":
                return alarm_lifecycle.reject(alarm, at, by, _reason(body))
            case "open-case":
                opened = alarm_lifecycle.open_case(alarm, at, self._next_case_id(at))
                self._cases += 1
                return opened
            case "reset":
                return alarm_lifecycle.reset(alarm, at)
            case _:
                return alarm_lifecycle.close(alarm, at)

    def _next_case_id(self, at: datetime) -> str:
        return f"case-{at:%Y%m%d}-{self._cases + 1:05d}"


def _check_revision(order: Order, alarm: Alarm) -> None:
    """Raises Problem(428) where If-Match is asked and missing, 409 where it is not the present."""
    if order.revision is None:
        if order.verb in _VERSIONED:
            raise Problem(428, "revision_missing", "命令缺少 If-Match")
    elif order.revision != alarm.revision:
        raise Problem(409, "stale_revision", "该告警已有更新，请看过再操作", current=alarm)


def _needed(text: str, field: str, word: str) -> str:
    if not text.strip():
        raise Problem(400, f"{field}_missing", f"命令缺少{word}")
    return text.strip()


def _reason(body: OrderBody) -> str:
    return _needed(body.reason, "reason", "误报的原因")


def _until(body: OrderBody) -> datetime:
    if body.until is None:
        raise Problem(400, "until_missing", "命令缺少搁置的截止时间")
    return body.until


def revision_of(header: str) -> int | None:
    """If-Match as `7` or `"7"`; None when it is absent. Raises Problem(400)."""
    word = header.strip().removeprefix("W/").strip('"')
    if not word:
        return None
    if not (word.isascii() and word.isdecimal() and len(word) < 16):
        raise Problem(400, "bad_revision", "If-Match 须是告警的 revision")
    return int(word)


def alarm_router(city: City, orders: AlarmOrders, accounts: Accounts) -> APIRouter:
    """Reads of the alarms, their log, and the orders."""
    router = APIRouter(tags=["alarms"])
    book = city.book

    @router.get("/alarms", openapi_extra=answers_with("Alarm", listed=True))
    async def alarms(
        state: str = "open",
        limit: Annotated[int, Query(ge=1, le=100_000)] = 100_000,
        cursor: str = "",
    ) -> Response:
        if state != "open":
            raise Problem(400, "bad_state", "只支持 state=open")
        as_of = {"epoch": book.epoch, "seq": book.seq}
        return answer({"as_of": as_of, **page(book.open_alarms(), limit, cursor)})

    @router.get("/alarm-events", openapi_extra=answers_with("AlarmEvent", listed=True))
    async def alarm_events(
        epoch: str,
        from_seq: Annotated[int, Query(ge=0)] = 1,
        limit: Annotated[int, Query(ge=1, le=MOST_EVENTS)] = MOST_EVENTS,
    ) -> Response:
        return answer(event_page(book, epoch, from_seq, limit))

    @router.get("/alarms/{alarm_id}", openapi_extra=answers_with("Alarm"))
    async def alarm(alarm_id: str) -> Response:
        try:
            return answer(book.get(alarm_id))
        except UnknownAlarm:
            raise Problem(
                404, "no_such_alarm", "平台上没有这条告警，可能已归档；请回告警台重新选择"
            ) from None

    @router.get("/alarms/{alarm_id}/history", openapi_extra=answers_with("AlarmEvent", listed=True))
    async def history(alarm_id: str) -> Response:
        try:
            return answer({"items": book.history(alarm_id), "next_cursor": None})
        except UnknownAlarm:
            raise Problem(
                404, "no_such_alarm", "平台上没有这条告警，可能已归档；请回告警台重新选择"
            ) from None

    @router.post("/alarms/{alarm_id}/{verb}", openapi_extra=answers_with("Alarm"))
    async def order(
        alarm_id: str,
        verb: str,
        person: Annotated[Person, Depends(signed_in(accounts))],
        body: OrderBody | None = None,
        key: Annotated[str, Header(alias="Idempotency-Key")] = "",
        match: Annotated[str, Header(alias="If-Match")] = "",
    ) -> Response:
        given = Order(verb, alarm_id, body or OrderBody(), key, person, revision_of(match))
        return orders.carry_out(given)

    return router
