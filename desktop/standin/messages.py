"""POST /messages and /calls: handsets and radios that answer, some late, some never.

How a person answers is seeded by who it is: whoever is slow stays slow. No sound is carried:
the platform connects the dispatch phone of the desk with the radios.
"""

import asyncio
import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Annotated, Any, Literal
from zlib import crc32

import msgspec
from fastapi import APIRouter, Depends, Header
from fastapi.responses import Response
from pydantic import BaseModel, Field

from desktop.domain.outreach import (
    DUTY_PREFIX,
    MOST_PEOPLE,
    MOST_TEXT_CHARS,
    OWNER_PREFIX,
    Receipt,
    ReceiptState,
)
from desktop.domain.permissions import Action, can, why_not
from desktop.ids import ulid
from desktop.standin.accounts import Accounts, Person
from desktop.standin.broker import PREFIX
from desktop.standin.catalogue import CityCatalogue
from desktop.standin.ledger import Ledger
from desktop.standin.orders import PlainText
from desktop.standin.rest import signed_in
from desktop.standin.wire import Problem, answer

TTL_S = 1800
_RING_S = 20.0  # then nobody has answered
_Key = Annotated[str, Header(alias="Idempotency-Key")]
_PersonId = Annotated[PlainText, Field(min_length=1, max_length=200)]


class MessageBody(BaseModel):
    """`to`: ids of units, `owner:{asset_id}`, `duty:{org_id}:{role}:{ladder}`."""

    to: list[_PersonId] = Field(min_length=1, max_length=MOST_PEOPLE)
    channel: Literal["handset", "sms", "voice", "radio", "group"] = "handset"
    text: Annotated[PlainText, Field(min_length=1, max_length=MOST_TEXT_CHARS)]
    incident_id: Annotated[PlainText, Field(max_length=100)] | None = None
    drill: bool = False


class CallBody(BaseModel):
    """One person, or several: a group call. Nothing but the connection is made here."""

    to: list[_PersonId] = Field(min_length=1, max_length=MOST_PEOPLE)
    channel: Literal["handset", "voice", "radio", "group"] = "radio"
    incident_id: Annotated[PlainText, Field(max_length=100)] | None = None
    drill: bool = False


@dataclass
class _Sent:
    """A message or call with what has come back so far."""

    sent_id: str
    kind: str  # message_id, call_id
    to: list[str]
    fingerprint: str
    receipts: list[Receipt] = field(default_factory=list)
    is_ended: bool = False

    def content(self) -> dict[str, Any]:
        facts = [msgspec.to_builtins(one, str_keys=True) for one in self.receipts]
        return {self.kind: self.sent_id, "to": self.to, "receipts": facts}


@dataclass(frozen=True)
class Manner:
    """How one person answers, in seconds after the sending; None: never."""

    delivered_s: float | None
    read_s: float | None
    taken_s: float | None
    declines: bool = False
    picks_up_s: float | None = None


def manner_of(person_id: str, seed: int) -> Manner:
    """Of a hundred people 78 are quick, 10 slow, 8 cannot be reached, 4 decline."""
    chance = Random(crc32(f"{seed}|{person_id}".encode()))
    dice = chance.random()
    delivered_s = chance.uniform(0.6, 2.5)
    read_s = delivered_s + chance.uniform(2, 9)
    picks_up_s = chance.uniform(2, 7)
    if dice < 0.78:
        return Manner(delivered_s, read_s, read_s + chance.uniform(3, 20), False, picks_up_s)
    if dice < 0.88:
        slow_s = chance.uniform(360, 900)
        return Manner(delivered_s, read_s + slow_s / 2, read_s + slow_s, False, None)
    if dice < 0.96:
        return Manner(None, None, None)
    return Manner(delivered_s, read_s, read_s + chance.uniform(3, 10), True, picks_up_s)


class Handsets:
    """Sends once per key; each message and call lives as a task until its last receipt."""

    def __init__(
        self,
        city: CityCatalogue,
        ledger: Ledger,
        publish: Callable[[str, bytes, int], object],
        now: Callable[[], datetime],
        sleep: Callable[[float], Coroutine[Any, Any, None]] = asyncio.sleep,
    ) -> None:
        """`publish`: topic, payload, QoS."""
        self._city, self._ledger, self._publish = city, ledger, publish
        self._now, self._sleep = now, sleep
        self._units = {unit.unit_id: unit.name for unit in city.units}
        self._by_key: dict[str, _Sent] = {}
        self._sent: dict[str, _Sent] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    # ---- orders -------------------------------------------------------------------------

    def send(self, body: MessageBody, key: str, by: Person) -> _Sent:
        """Raises Problem."""
        return self._once("message.send", "message_id", body, key, by)

    def call(self, body: CallBody, key: str, by: Person) -> _Sent:
        """Raises Problem."""
        return self._once("call.place", "call_id", body, key, by)

    def _once(
        self, verb: str, kind: str, body: MessageBody | CallBody, key: str, by: Person
    ) -> _Sent:
        target = ",".join(body.to)
        try:
            sent, is_new = self._decide(verb, kind, body, key, by)
        except Problem as problem:
            self._ledger.order(key, verb, target, by.username, problem.status)
            raise
        self._ledger.order(key, verb, target, by.username, 200)
        if is_new:
            self._begin(sent, body, by)
        return sent

    def _decide(
        self, verb: str, kind: str, body: MessageBody | CallBody, key: str, by: Person
    ) -> tuple[_Sent, bool]:
        if not key:
            raise Problem(428, "key_missing", "命令缺少 Idempotency-Key")
        fingerprint = json.dumps([verb, by.username, body.model_dump()], sort_keys=True)
        if (known := self._by_key.get(key)) is not None:
            if known.fingerprint != fingerprint:
                raise Problem(422, "key_reused", "同一个 Idempotency-Key 用于不同的命令")
            return known, False
        right = Action(verb)
        if not can(by.role, right):
            raise Problem(403, "no_right", why_not([by.role], right))
        for person_id in body.to:
            self.check(person_id)
        sent = _Sent(ulid(), kind, list(body.to), fingerprint)
        self._by_key[key] = self._sent[sent.sent_id] = sent
        return sent, True

    def check(self, person_id: str) -> None:
        """Raises Problem(400) for who cannot be reached at all."""
        if person_id.startswith(OWNER_PREFIX):
            asset_id = person_id.removeprefix(OWNER_PREFIX)
            try:
                if self._city.item(asset_id).owner is not None:
                    return
            except KeyError:
                pass
            raise Problem(400, "no_owner", f"部件 {asset_id} 没有登记责任人")
        if person_id.startswith(DUTY_PREFIX):
            org_id, role, ladder = (*person_id.split(":")[1:], "", "", "")[:3]
            rows = self._city.duty(self._now())
            if any((r.org_id, r.role, str(r.ladder)) == (org_id, role, ladder) for r in rows):
                return
            raise Problem(400, "nobody_on_duty", f"值班表中没有 {org_id} {role}")
        if person_id not in self._units:
            raise Problem(400, "no_such_unit", f"没有人员或车辆 {person_id}")

    def end(self, call_id: str, key: str, by: Person) -> _Sent:
        """Hangs up for everybody. Raises Problem."""
        call = self.find(call_id, "call_id")
        if not can(by.role, Action.CALL_PLACE):
            raise Problem(403, "no_right", why_not([by.role], Action.CALL_PLACE))
        self._ledger.order(key, "call.hang-up", call_id, by.username, 200)
        self._hang_up(call)
        return call

    def find(self, sent_id: str, kind: str) -> _Sent:
        """Raises Problem(404)."""
        found = self._sent.get(sent_id)
        if found is None or found.kind != kind:
            raise Problem(404, "not_found", f"没有 {sent_id}")
        return found

    # ---- what handsets do ---------------------------------------------------------------

    def _begin(self, sent: _Sent, body: MessageBody | CallBody, by: Person) -> None:
        for person_id in sent.to:
            manner = manner_of(person_id, self._city.city.seed)
            if isinstance(body, MessageBody):
                if not body.drill:  # a drill never reaches a real channel
                    self._deliver(sent, person_id, body, by)
                work = self._answer(sent, person_id, manner)
            else:
                work = self._ring(sent, person_id, manner)
            task = asyncio.get_running_loop().create_task(work)
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _deliver(self, sent: _Sent, person_id: str, body: MessageBody, by: Person) -> None:
        order = {"order_id": sent.sent_id, "incident_id": body.incident_id, "task": body.text,
                 "place": None, "due_at": None, "ttl_s": TTL_S, "drill": body.drill,
                 "channel": body.channel, "by": by.name}  # fmt: skip
        self._publish(f"{PREFIX}/order/{person_id}", json.dumps(order).encode(), 1)

    async def _answer(self, sent: _Sent, person_id: str, manner: Manner) -> None:
        steps = [(manner.delivered_s, ReceiptState.DELIVERED), (manner.read_s, ReceiptState.READ)]
        last = ReceiptState.DECLINED if manner.declines else ReceiptState.ACCEPTED
        elapsed_s = 0.0
        for after_s, state in (*steps, (manner.taken_s, last)):
            if after_s is None:
                return
            await self._sleep(after_s - elapsed_s)
            elapsed_s = after_s
            note = "正在处理另一处，请另派" if state is ReceiptState.DECLINED else ""
            self._tell(sent, person_id, state, note)

    async def _ring(self, sent: _Sent, person_id: str, manner: Manner) -> None:
        if manner.delivered_s is None:
            await self._sleep(1.0)
            return self._tell_call(sent, person_id, ReceiptState.UNANSWERED, "不在服务区")
        await self._sleep(0.6)
        self._tell_call(sent, person_id, ReceiptState.RINGING)
        if manner.picks_up_s is None:
            await self._sleep(_RING_S)
            return self._tell_call(sent, person_id, ReceiptState.UNANSWERED, "振铃无人接听")
        await self._sleep(manner.picks_up_s)
        return self._tell_call(sent, person_id, ReceiptState.CONNECTED)

    def _tell_call(self, sent: _Sent, person_id: str, state: ReceiptState, note: str = "") -> None:
        if not sent.is_ended:
            self._tell(sent, person_id, state, note)

    def _hang_up(self, call: _Sent) -> None:
        if call.is_ended:
            return
        call.is_ended = True
        over = {one.unit_id for one in call.receipts if one.state is ReceiptState.UNANSWERED}
        for person_id in call.to:
            if person_id not in over:
                self._tell(call, person_id, ReceiptState.ENDED)

    def _tell(self, sent: _Sent, person_id: str, state: ReceiptState, note: str = "") -> None:
        by = self._units.get(person_id, "")
        receipt = Receipt(unit_id=person_id, state=state, at=self._now(), by=by, note=note)
        sent.receipts.append(receipt)
        facts = {"unit_id": person_id, "state": state.value, "at": receipt.at, "by": by,
                 "note": note}  # fmt: skip
        self._publish(f"{PREFIX}/receipt/{sent.sent_id}", msgspec.json.encode(facts), 1)


def message_router(handsets: Handsets, accounts: Accounts) -> APIRouter:
    router = APIRouter(tags=["messages"])
    who = Depends(signed_in(accounts))

    @router.post("/messages")
    async def send(body: MessageBody, person: Person = who, key: _Key = "") -> Response:
        """Receipts come by MQTT on `receipt/{message_id}`, each with the id of `to`."""
        return answer(handsets.send(body, key, person).content())

    @router.get("/messages/{message_id}")
    async def message(message_id: str) -> Response:
        """Beyond the common contract: the receipts so far, for a desk that missed some."""
        return answer(handsets.find(message_id, "message_id").content())

    @router.post("/calls")
    async def call(body: CallBody, person: Person = who, key: _Key = "") -> Response:
        """States come as receipts: ringing, connected, unanswered, ended. No sound is carried."""
        return answer(handsets.call(body, key, person).content())

    @router.get("/calls/{call_id}")
    async def read_call(call_id: str) -> Response:
        return answer(handsets.find(call_id, "call_id").content())

    @router.post("/calls/{call_id}/end")
    async def end(call_id: str, person: Person = who, key: _Key = "") -> Response:
        """Beyond the common contract: hangs up for everybody in the call."""
        return answer(handsets.end(call_id, key, person).content())

    return router
