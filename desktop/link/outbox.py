"""Orders: written before they are sent, sent with one key until there is an answer.

An order that got no answer in time is never sent by itself again: the operator decides.
"""

import logging
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any
from urllib.parse import quote

import msgspec

from desktop.clock import Clock
from desktop.domain.alarms import Alarm
from desktop.domain.duty import CITY_ZONE
from desktop.domain.link_messages import Order, OrderCondition, OrderState, OutboxState, User
from desktop.domain.permissions import action_of_order
from desktop.domain.texts import clean_text
from desktop.errors import PlatformAway
from desktop.feeds.wire import UNREADABLE
from desktop.link.ingest import STORAGE_ERRORS, Ingest
from desktop.link.order_ways import OrderWays
from desktop.link.rest import Refused, Rest, SessionEnded, Unreachable
from local_db import outbox
from local_db.outbox import OutboxEntry

log = logging.getLogger(__name__)

ALARM_VERBS = frozenset(
    (
        *("acknowledge", "claim", "release", "assign", "note", "confirm", "reject"),
        *("shelve", "unshelve", "out-of-service", "return-to-service"),
        *("open-case", "verify", "reset", "close"),
    )
)
SHIFT_S = 12 * 3600.0  # expired orders are counted for one shift
LONGEST_TTL_S = 600.0
LONGEST_PAUSE_S = 3.0  # an operator waits: not the full back-off
CLOCK_SLACK_S = 5.0
ORDER_EXPIRED = "order_expired"  # code of a 410: the platform saw it first after its time
REMEMBERED = 100
ASKED_AFTERWARDS_S = 600.0
_UNSENT = "未发出：平台一直不可用，命令已作废。如仍需要，请重新下达"
_UNKNOWN = "已发出但没有得到答复，结果未知；以平台传回的状态为准，本机不再自动重发"
_ASKING = "已发出但没有得到答复，结果未知；正在用同一编号向平台查询，不会重复执行"
_NOT_ASKED = "平台接口中断，暂时查不到这个命令的结果；恢复后自动再查，不会重复执行"
_DISK = "本机磁盘写不进，命令未发出"
_SIGNED_OUT = "下达命令的人已退出登录，命令已作废。如仍需要，请重新下达"


class Outbox:
    """Carries each order on its own task; states are told as they are committed."""

    def __init__(
        self,
        rest: Rest,
        ingest: Ingest,
        user: Callable[[], User | None],
        clock: Clock,
        tell: Callable[[OrderState], None],
        spawn: Callable[[Coroutine[Any, Any, None]], object],
        *others: OrderWays,
    ) -> None:
        """`others`: orders that are not an alarm's, with ways of their own."""
        self._others = {verb: ways for ways in others for verb in ways.verbs}
        self._rest = rest
        self._ingest = ingest
        self._user = user
        self._clock = clock
        self._tell = tell
        self._spawn = spawn
        self._pending: dict[str, OutboxEntry] = {}
        self._told: dict[str, OrderState] = {}
        self._expired = 0

    @property
    def state(self) -> OutboxState:
        return OutboxState(pending=len(self._pending), expired=self._expired)

    @property
    def recent(self) -> tuple[OrderState, ...]:
        """For a station that was away when they were told."""
        return tuple(self._told.values())

    async def take(self, order: Order) -> None:
        """Commits the order, then carries it. The same order_id again changes nothing."""
        user = self._user()
        if user is None:
            return self._say(order, OrderCondition.REFUSED, "尚未登录，不能下达命令")
        if order.verb not in ALARM_VERBS and order.verb not in self._others:
            return self._say(order, OrderCondition.REFUSED, "本版本不支持这个命令")
        entry = _entry(order, user, self._clock.now().timestamp())
        try:
            found = await self._ingest.run(lambda journal: outbox.add(journal, entry))
        except STORAGE_ERRORS as error:
            log.error("outbox: %s", error)
            return self._say(order, OrderCondition.REFUSED, _DISK)
        if ways := self._others.get(found.verb):
            ways.taken(found)
        self._announce(found)
        if found.state in outbox.UNSETTLED and found.order_id not in self._pending:
            self._begin(found)

    async def has(self, order_id: str) -> bool:
        """Whether it was taken before: then it goes its way, whoever gives it again."""
        return await self._ingest.run(lambda journal: outbox.is_there(journal, order_id))

    async def found(self, order_id: str) -> OrderState | None:
        """How an order stands, for a station that was away when it was told; None: it was never
        taken. What an accepted one has made is read by its key where nobody remembers it here.
        Raises PlatformAway."""
        entry = await self._ingest.run(lambda journal: outbox.find(journal, order_id))
        if entry is None:
            return None
        entry = self._pending.get(order_id, entry)
        ways = self._others.get(entry.verb)
        is_forgotten = entry.state is OrderCondition.ACCEPTED and not self._result_of(entry)
        if ways is None or not ways.asks_afterwards or not is_forgotten:
            return self._state_of(_order_of(entry), entry.state, entry.answer)
        if await ways.became_of(entry) is None:
            raise PlatformAway(_NOT_ASKED)
        return self._state_of(_order_of(entry), entry.state, entry.answer)

    async def resume(self) -> None:
        """After a start: orders without an answer are repeated with the same key."""
        now = self._clock.now().timestamp()
        for entry in await self._ingest.run(outbox.unsettled):
            if ways := self._others.get(entry.verb):
                ways.taken(entry)
            if entry.order_id not in self._pending:
                self._begin(entry)
        since = now - SHIFT_S
        self._expired = await self._ingest.run(lambda j: outbox.count_expired(j, since))

    def _begin(self, entry: OutboxEntry) -> None:
        self._pending[entry.order_id] = entry
        self._spawn(self._carry(entry, self._clock.monotonic_s() + self._left_s(entry)))

    def _left_s(self, entry: OutboxEntry) -> float:
        """By the wall clock, once; a clock that was set back gives no second life."""
        now = self._clock.now().timestamp()
        return 0.0 if entry.created_at > now + CLOCK_SLACK_S else entry.expires_at - now

    async def _carry(self, entry: OutboxEntry, until_s: float) -> None:
        condition, text = await self._outcome(entry, until_s)
        try:
            await self._commit(entry, condition, text)
        except STORAGE_ERRORS as error:
            # What the platform answered is true all the same; it is asked again after a restart.
            log.error("outbox: %s", error)
        self._pending.pop(entry.order_id, None)
        self._expired += condition is OrderCondition.EXPIRED
        self._announce(entry._replace(state=condition, answer=text))

    async def _outcome(self, entry: OutboxEntry, until_s: float) -> tuple[OrderCondition, str]:
        pause_s = 0.5
        while True:
            left_s = until_s - self._clock.monotonic_s()
            if left_s <= 0:
                return await self._at_its_end(entry)
            if self._is_anothers(entry):
                return OrderCondition.EXPIRED, self._why_expired(entry)
            if self._user() is not None and self._rest.obliged_s == 0:
                answer = await self._send(entry, left_s)
                if answer is not None:
                    return answer
            left_s = until_s - self._clock.monotonic_s()
            await self._clock.sleep(max(0.0, min(pause_s, left_s)))
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)

    async def _at_its_end(self, entry: OutboxEntry) -> tuple[OrderCondition, str]:
        """From now on it is never sent. What may have been done is read, where that is possible."""
        ways = self._others.get(entry.verb)
        is_unknown = self._pending[entry.order_id].state is OrderCondition.SENT
        if ways is None or not ways.asks_afterwards or not is_unknown:
            return OrderCondition.EXPIRED, self._why_expired(entry)
        await self._ask_on(entry)
        until_s = self._clock.monotonic_s() + self._left_s(entry) + ASKED_AFTERWARDS_S
        while self._clock.monotonic_s() < until_s and not self._is_anothers(entry):
            if self._is_theirs(entry) and self._rest.obliged_s == 0:
                found = await ways.became_of(entry)
                if found is not None:
                    return found
            await self._clock.sleep(LONGEST_PAUSE_S)
        return OrderCondition.EXPIRED, _UNKNOWN

    def _why_expired(self, entry: OutboxEntry) -> str:
        if self._pending[entry.order_id].state is OrderCondition.SENT:
            return _UNKNOWN
        if not self._is_theirs(entry):
            return _SIGNED_OUT
        ways = self._others.get(entry.verb)
        return (ways.never_sent(entry) if ways else "") or _UNSENT

    def _is_anothers(self, entry: OutboxEntry) -> bool:
        user = self._user()
        return user is not None and user.user_id != entry.user_id

    def _is_theirs(self, entry: OutboxEntry) -> bool:
        """Whether who gave the order is the one who is signed in."""
        user = self._user()
        return user is not None and user.user_id == entry.user_id

    async def _send(self, entry: OutboxEntry, left_s: float) -> tuple[OrderCondition, str] | None:
        """One try; None when its answer is not known."""
        is_first = self._pending[entry.order_id].state is OrderCondition.QUEUED
        if is_first:
            try:
                await self._commit(entry, OrderCondition.SENT, "")
            except STORAGE_ERRORS as error:
                log.error("outbox: %s", error)
                return OrderCondition.REFUSED, _DISK
            self._pending[entry.order_id] = entry._replace(state=OrderCondition.SENT)
            self._announce(self._pending[entry.order_id])
        if not self._is_theirs(entry):
            return None  # signed out while the order was written: no other token carries it
        path, body = self._route(entry)
        ways = self._others.get(entry.verb)
        more = ways.headers(entry, left_s) if ways else {}
        try:
            response = await self._rest.call(
                "POST",
                path,
                body=body,
                headers={"Idempotency-Key": entry.order_id} | more,
                deadline_s=min(10.0, max(left_s, 0.1)),
                urgent=True,
            )
        except (Unreachable, SessionEnded) as error:
            log.info("order %s: %s", entry.order_id, error.operator_text)
            untouched = isinstance(error, SessionEnded) or error.untouched
            await (self._take_back(entry) if untouched and is_first else self._ask_on(entry))
            return None
        except Refused as error:
            if error.status in (408, 425):
                return None
            if error.status == 410 and error.problem.code == ORDER_EXPIRED:
                return OrderCondition.EXPIRED, (ways.never_sent(entry) if ways else "") or _UNSENT
            if ways is not None and error.status == 409:
                await self._note_current(ways, error)
            words = ways.refusal(entry, error) if ways else ""
            return OrderCondition.REFUSED, words or refusal_text(error, entry.verb)
        await self._note_answer(entry, response.body)
        return OrderCondition.ACCEPTED, ""

    async def _take_back(self, entry: OutboxEntry) -> None:
        """The first try did not get to the platform: it has not left, and that is said."""
        queued = entry._replace(state=OrderCondition.QUEUED)
        try:
            await self._commit(queued, OrderCondition.QUEUED, "")
        except STORAGE_ERRORS as error:
            log.error("outbox: %s", error)
            return  # it counts as sent, as the disk says
        self._pending[entry.order_id] = queued
        self._announce(queued)

    async def _ask_on(self, entry: OutboxEntry) -> None:
        """It may have been done: the same key asks what became of it."""
        if self._pending[entry.order_id].answer != _ASKING:
            asking = entry._replace(state=OrderCondition.SENT, answer=_ASKING)
            self._pending[entry.order_id] = asking
            self._announce(asking)

    def _route(self, entry: OutboxEntry) -> tuple[str, object]:
        if ways := self._others.get(entry.verb):
            return ways.route(entry)
        return f"/alarms/{quote(entry.target, safe='')}/{entry.verb}", entry.body

    async def _note_answer(self, entry: OutboxEntry, content: bytes) -> None:
        ways = self._others.get(entry.verb)
        if ways is None:
            return
        try:
            await ways.accepted(entry, content)
        except STORAGE_ERRORS as error:
            log.error("outbox: %s", error)

    async def _note_current(self, ways: OrderWays, error: Refused) -> None:
        try:
            await ways.overtaken(error)
        except STORAGE_ERRORS as trouble:
            log.error("outbox: %s", trouble)

    async def _commit(self, entry: OutboxEntry, condition: OrderCondition, text: str) -> None:
        now = self._clock.now().timestamp()
        sent_at = now if condition is OrderCondition.SENT else 0.0
        await self._ingest.run(
            lambda journal: outbox.settle(journal, entry.order_id, condition, text, sent_at)
        )

    def _announce(self, entry: OutboxEntry) -> None:
        self._say(_order_of(entry), entry.state, entry.answer)

    def _say(self, order: Order, condition: OrderCondition, text: str) -> None:
        state = self._state_of(order, condition, text)
        self._told.pop(order.order_id, None)
        self._told[order.order_id] = state
        while len(self._told) > REMEMBERED:
            self._told.pop(next(iter(self._told)))
        self._tell(state)

    def _state_of(self, order: Order, condition: OrderCondition, text: str) -> OrderState:
        return OrderState(
            order_id=order.order_id,
            verb=order.verb,
            target_id=order.target_id,
            condition=condition,
            text=text,
            result_id=self._result_of(order) if condition is OrderCondition.ACCEPTED else "",
        )

    def _result_of(self, order: Order | OutboxEntry) -> str:
        ways = self._others.get(order.verb)
        return ways.result_of(order.order_id) if ways else ""


def refusal_text(error: Refused, verb: str = "") -> str:
    """A 409 names who was faster, where the platform says it; a 403 names what is not allowed."""
    action = action_of_order(verb) if error.status == 403 else None
    if action is not None:
        why = error.operator_text.partition("无权限：")[2] or "请联系管理员"
        return f"无权限{action.word}：{why}"
    if error.status != 409 or error.problem.code != "already_acknowledged":
        return error.operator_text
    try:
        ack = msgspec.json.decode(error.problem.current, type=Alarm).ack
    except UNREADABLE:
        ack = None
    if ack is None:
        return "该警情已被确认，无需再次确认"
    return f"该警情已由 {clean_text(ack.by)} 于 {_local(ack.at)} 确认，无需再次确认"


def _order_of(entry: OutboxEntry) -> Order:
    return Order(order_id=entry.order_id, verb=entry.verb, target_id=entry.target)


def _local(time: datetime) -> str:
    return time.astimezone(CITY_ZONE).strftime("%H:%M:%S")


def _entry(order: Order, user: User, now: float) -> OutboxEntry:
    ttl_s = min(max(order.ttl_s, 0.0), LONGEST_TTL_S)
    return OutboxEntry(
        order_id=order.order_id,
        verb=order.verb,
        target=order.target_id,
        body=order.body,
        user_id=user.user_id,
        state=OrderCondition.QUEUED,
        created_at=now,
        expires_at=now + ttl_s,
    )
