"""Orders on alarms: rights, exactly-once by key, refusals that do not use up the key."""

import json
import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query
from fastapi.responses import Response
from pydantic import AfterValidator, BaseModel, Field

from desktop.domain import alarm_lifecycle
from desktop.domain.alarm_lifecycle import TransitionRefused
from desktop.domain.alarms import Alarm
from desktop.standin.accounts import MAY_NOT_ACT, Accounts, Person
from desktop.standin.alarm_book import UnknownAlarm
from desktop.standin.city import City
from desktop.standin.ledger import Ledger
from desktop.standin.rest import signed_in
from desktop.standin.schemas import answers_with
from desktop.standin.wire import Problem, answer, page

MOST_EVENTS = 2000
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def _plain(text: str) -> str:
    """What a desk may not receive the platform does not take (contract: what a message may be)."""
    if _FORBIDDEN.search(text):
        raise ValueError("control, surrogate or direction character")
    return text


PlainText = Annotated[str, Field(max_length=1000), AfterValidator(_plain)]


class OrderBody(BaseModel):
    """Body of every order on an alarm; each verb reads what it needs."""

    note: PlainText = ""
    reason: PlainText = ""


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

    def carry_out(
        self, verb: str, alarm_id: str, body: OrderBody, key: str, by: Person
    ) -> Response:
        """The same key gives the same answer again. Raises Problem."""
        try:
            response = self._decide(verb, alarm_id, body, key, by)
        except Problem as problem:
            self._ledger.order(key, verb, alarm_id, by.username, problem.status)
            raise
        self._ledger.order(key, verb, alarm_id, by.username, 200)
        return response

    def _decide(self, verb: str, alarm_id: str, body: OrderBody, key: str, by: Person) -> Response:
        if not key:
            raise Problem(428, "key_missing", "命令缺少 Idempotency-Key")
        fingerprint = json.dumps([verb, alarm_id, by.username, body.model_dump()], sort_keys=True)
        done = self._done.get(key)
        if done is not None:
            if done.fingerprint != fingerprint:
                raise Problem(422, "key_reused", "同一个 Idempotency-Key 用于不同的命令")
            return answer(done.content)
        if by.role in MAY_NOT_ACT:
            raise Problem(403, "no_right", f"{by.role_name}没有处置告警的权限")
        response = answer(self._act(verb, alarm_id, body, by))
        self._done[key] = _Done(fingerprint, bytes(response.body))
        return response

    def _act(self, verb: str, alarm_id: str, body: OrderBody, by: Person) -> Alarm:
        book, at = self._city.book, self._city.now()
        try:
            alarm = book.get(alarm_id)
            match verb:
                case "acknowledge":
                    return book.acknowledge(alarm_id, at, by.name, body.note)
                case "claim":
                    new = alarm_lifecycle.claim(alarm, at, by.name)
                case "note":
                    new = alarm_lifecycle.note(alarm, at, by.name, body.note)
                case "close":
                    new = alarm_lifecycle.close(alarm, at)
                case _:
                    raise Problem(404, "no_such_order", f"平台不支持命令 {verb}")
            return book.apply(alarm_id, {"claim": "claimed", "note": "noted"}.get(verb, "closed"),
                              at, new)  # fmt: skip
        except UnknownAlarm:
            raise Problem(404, "no_such_alarm", f"没有告警 {alarm_id}") from None
        except TransitionRefused as refusal:
            current = book.get(alarm_id)
            raise Problem(409, refusal.code, refusal.text, current=current) from None


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
        if epoch != book.epoch:
            raise Problem(410, "epoch_gone", "该序列已不存在", epoch=book.epoch)
        found = book.events_from(from_seq, limit)
        following = found[-1].seq + 1 if found else None
        more = following is not None and following <= book.seq
        return answer({"items": found, "next_cursor": following if more else None})

    @router.get("/alarms/{alarm_id}", openapi_extra=answers_with("Alarm"))
    async def alarm(alarm_id: str) -> Response:
        try:
            return answer(book.get(alarm_id))
        except UnknownAlarm:
            raise Problem(404, "no_such_alarm", f"没有告警 {alarm_id}") from None

    @router.get("/alarms/{alarm_id}/history", openapi_extra=answers_with("AlarmEvent", listed=True))
    async def history(alarm_id: str) -> Response:
        try:
            return answer({"items": book.history(alarm_id), "next_cursor": None})
        except UnknownAlarm:
            raise Problem(404, "no_such_alarm", f"没有告警 {alarm_id}") from None

    @router.post("/alarms/{alarm_id}/{verb}", openapi_extra=answers_with("Alarm"))
    async def order(
        alarm_id: str,
        verb: str,
        person: Annotated[Person, Depends(signed_in(accounts))],
        body: OrderBody | None = None,
        key: Annotated[str, Header(alias="Idempotency-Key")] = "",
    ) -> Response:
        return orders.carry_out(verb, alarm_id, body or OrderBody(), key, person)

    return router
