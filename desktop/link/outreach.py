"""Messages and calls: their way to the platform, and the receipts that come back.

The outbox carries the orders. What came back lies in journal.db before the broker has its
acknowledgement, so that a new start of anything knows all of it again.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from urllib.parse import quote

import msgspec

from desktop.clock import Clock
from desktop.domain.link_messages import OrderState
from desktop.domain.outreach import (
    CALL,
    HANG_UP,
    OUTREACH_VERBS,
    SEND,
    Outreach,
    Receipt,
    has_failed,
    is_call_over,
    outreach_of,
    wire_body,
    with_receipts,
)
from desktop.errors import PlatformError
from desktop.feeds.wire import UNREADABLE
from desktop.link.ingest import STORAGE_ERRORS, Ingest
from desktop.link.order_ways import OrderWays
from desktop.link.rest import Refused, Rest
from local_db import outreach as table
from local_db.outbox import OutboxEntry

log = logging.getLogger(__name__)

VERBS = OUTREACH_VERBS | {HANG_UP}
SHOWN_S = 24 * 3600.0
ASK_AGAIN_S = 60.0
ASKED_FOR_S = 2 * 3600.0  # an order that has had no news for so long gets none
_PATHS = {SEND: "/messages", CALL: "/calls"}
_ID_FIELDS = ("message_id", "call_id", "order_id")


class _Told(msgspec.Struct):
    """What GET /messages/{id} tells: for a desk that missed receipts."""

    receipts: tuple[Receipt, ...] = ()


class Outreaches(OrderWays):
    """All of the last day; `tell` gets each that changed."""

    verbs = VERBS

    def __init__(
        self, rest: Rest, ingest: Ingest, clock: Clock, tell: Callable[[Outreach], None]
    ) -> None:
        self._rest, self._ingest, self._clock = rest, ingest, clock
        self._tell = tell
        self._items: dict[str, Outreach] = {}
        self._by_platform: dict[str, str] = {}
        self._not_asked: set[str] = set()  # the platform does not tell them again

    @property
    def recent(self) -> tuple[Outreach, ...]:
        """For a station that has just come, oldest first."""
        self._forget()
        return tuple(self._items.values())

    async def resume(self) -> None:
        """After a start. Raises the storage's errors."""
        since = self._clock.now().timestamp() - SHOWN_S
        for entry, platform_id, receipts in await self._ingest.run(lambda j: table.kept(j, since)):
            known = msgspec.structs.replace(_of(entry), platform_id=platform_id)
            self._items[entry.order_id] = with_receipts(known, receipts)
            if platform_id:
                self._by_platform[platform_id] = entry.order_id

    # ---- the outbox asks ----------------------------------------------------------------

    def route(self, entry: OutboxEntry) -> tuple[str, object]:
        """Path and body of an order."""
        if entry.verb == HANG_UP:
            known = self._items.get(entry.target)
            name = known.platform_id if known is not None and known.platform_id else entry.target
            return f"/calls/{quote(name, safe='')}/end", None
        return _PATHS[entry.verb], wire_body(entry.verb, entry.body)

    def taken(self, entry: OutboxEntry) -> None:
        """An order was written."""
        if entry.verb in OUTREACH_VERBS and entry.order_id not in self._items:
            self._put(_of(entry))

    async def accepted(self, entry: OutboxEntry, content: bytes) -> None:
        """The platform's answer names the message or call."""
        known = self._items.get(entry.order_id)
        platform_id = _platform_id(content)
        if known is None or not platform_id:
            return
        early = await self._ingest.run(
            lambda journal: table.put_reached(journal, entry.order_id, platform_id)
        )
        self._by_platform[platform_id] = entry.order_id
        known = msgspec.structs.replace(self._items[entry.order_id], platform_id=platform_id)
        self._put(with_receipts(known, early))

    def order(self, state: OrderState) -> None:
        """An order went on."""
        known = self._items.get(state.order_id)
        if known is not None and known.condition is not state.condition:
            self._put(msgspec.structs.replace(known, condition=state.condition, refusal=state.text))

    # ---- receipts -----------------------------------------------------------------------

    def take(self, receipts: Iterable[Receipt]) -> None:
        """Committed already. Those of other desks' orders belong to nobody here."""
        for receipt in receipts:
            order_id = self._by_platform.get(receipt.order_id)
            if order_id is None:
                continue
            known = self._items[order_id]
            if (after := with_receipts(known, (receipt,))) != known:
                self._put(after)

    async def run(self) -> None:
        """Asks for receipts that MQTT did not bring. Never returns."""
        while True:
            await self._clock.sleep(ASK_AGAIN_S)
            for one in self._waiting():
                if self._rest.wait_s > 0:
                    break
                await self._ask(one)

    async def _ask(self, one: Outreach) -> None:
        kind = "calls" if one.is_call else "messages"
        try:
            response = await self._rest.get(f"/{kind}/{quote(one.platform_id, safe='')}")
            told = msgspec.json.decode(response.body, type=_Told).receipts
        except Refused:  # beyond the common contract: not every platform tells them again
            self._not_asked.add(one.order_id)
            return
        except (PlatformError, *UNREADABLE) as error:
            log.info("receipts of %s: %s", one.order_id, error)
            return
        named = [msgspec.structs.replace(r, order_id=one.platform_id) for r in told]
        try:
            await self._ingest.run(lambda journal: table.put_receipts(journal, named))
        except STORAGE_ERRORS as error:
            log.error("receipts: %s", error)
        self.take(named)

    def _waiting(self) -> list[Outreach]:
        now = self._clock.now()
        return [
            one
            for one in self._items.values()
            if one.platform_id
            and one.order_id not in self._not_asked
            and (now - one.made_at).total_seconds() < ASKED_FOR_S
            and not (is_call_over(one) if one.is_call else has_failed(one))
        ]

    def _put(self, one: Outreach) -> None:
        self._items[one.order_id] = one
        self._tell(one)

    def _forget(self) -> None:
        now = self._clock.now()
        for one in tuple(self._items.values()):
            if (now - one.made_at).total_seconds() > SHOWN_S:
                del self._items[one.order_id]
                self._by_platform.pop(one.platform_id, None)
                self._not_asked.discard(one.order_id)


def _of(entry: OutboxEntry) -> Outreach:
    made_at = datetime.fromtimestamp(entry.created_at, UTC)
    return outreach_of(entry.order_id, entry.verb, entry.body, made_at, entry.state, entry.answer)


def _platform_id(content: bytes) -> str:
    try:
        facts = msgspec.json.decode(content)
    except UNREADABLE:
        return ""
    if not isinstance(facts, dict):
        return ""
    return next((str(facts[field]) for field in _ID_FIELDS if facts.get(field)), "")
