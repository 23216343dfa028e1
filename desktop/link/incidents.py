"""Incidents of this shift at the link: what the stations are told, and what is asked again.

The journal has everything before anything is told, so that a new start of anything knows it.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from urllib.parse import quote

import msgspec

from desktop.clock import Clock
from desktop.domain.alarms import supersedes
from desktop.domain.emergency.incidents import Incident
from desktop.domain.link_messages import IncidentReceiptsTold, IncidentsTold, Message
from desktop.domain.outreach import Receipt
from desktop.errors import PlatformError
from desktop.feeds.incident_events import read_incident
from desktop.feeds.wire import UNREADABLE, DecodeError
from desktop.link.incident_intake import SHIFT_S, IncidentNews, latest_of, order_ids
from desktop.link.ingest import Ingest
from desktop.link.rest import Refused, Rest
from local_db.journal import Journal
from local_db.outreach import put_receipts, receipts_of

log = logging.getLogger(__name__)

TOLD_EACH_S = 0.1
PART = 1000  # receipts of one message to a station
ASK_EACH_S = 60.0
TICK_S = 0.5
MOST_PAGES = 50


class _Receipts(msgspec.Struct):
    """GET /incidents/{id}/receipts, for a desk that missed some."""

    items: tuple[Receipt, ...] = ()
    next_cursor: str | int | None = None


class Incidents:
    """All open ones and those of the last twelve hours; `tell` goes to every station."""

    def __init__(
        self,
        rest: Rest,
        ingest: Ingest,
        clock: Clock,
        may_ask: Callable[[], bool],
        tell: Callable[[Message], None],
    ) -> None:
        self._rest, self._ingest, self._clock = rest, ingest, clock
        self._may_ask, self._tell = may_ask, tell
        self._items: dict[str, Incident] = {}
        self._of_order: dict[str, str] = {}
        self._receipts: dict[str, dict[tuple[str, str], Receipt]] = {}
        self._waiting: list[Receipt] = []
        self._some_wait = asyncio.Event()
        self._ask_at_s = 0.0
        self._to_ask: set[str] = set()  # vanished from the open list: how did they end
        self._offered, self._listed = True, False
        self._has_resumed = False

    def get(self, incident_id: str) -> Incident | None:
        return self._items.get(incident_id)

    async def resume(self) -> None:
        """After a start. Raises the storage's errors."""
        since = self._clock.now().timestamp() - SHIFT_S

        def work(journal: Journal) -> tuple[list[Incident], Iterable[tuple[Receipt, ...]]]:
            found = self._ingest.incidents.log.since(since)
            names = [name for one in found for name in order_ids(one)]
            return found, receipts_of(journal, names).values()

        found, receipts = await self._ingest.run(work)
        for one in found:
            self._keep(one)
        for some in receipts:
            self._put_receipts(some)
        self._has_resumed = True
        for message in self.greeting:  # a station may have come before
            self._tell(message)

    # ---- what has been committed ----------------------------------------------------------

    def take(self, news: IncidentNews) -> None:
        """Tells what is newer than what was told."""
        fresh = [one for one in news.items if supersedes(one, self._items.get(one.incident_id))]
        if news.is_list:
            given = {one.incident_id for one in news.items}
            self._to_ask |= {i for i, one in self._items.items() if one.is_open} - given
            self._ask_at_s = 0.0 if self._to_ask else self._ask_at_s
        for one in fresh:
            self._keep(one)
        if fresh:
            self._tell(self._told(latest_of(fresh)))
        self.take_receipts(news.receipts)

    def take_receipts(self, receipts: Iterable[Receipt]) -> None:
        """Committed already; told with others. Those of other things belong to nobody here."""
        self._waiting += self._put_receipts(receipts)
        if self._waiting:
            self._some_wait.set()

    def offered(self, is_offered: bool) -> None:
        """Whether the platform has incidents at all; it has been asked now."""
        self._offered, self._listed = is_offered, True
        self._tell(self._told(()))

    def _told(self, items: tuple[Incident, ...], whole: bool = False) -> IncidentsTold:
        return IncidentsTold(items=items, whole=whole, offered=self._offered, listed=self._listed)

    def _keep(self, incident: Incident) -> None:
        self._items[incident.incident_id] = incident
        self._of_order.update(dict.fromkeys(order_ids(incident), incident.incident_id))

    def _put_receipts(self, receipts: Iterable[Receipt]) -> list[Receipt]:
        """Gives those that are new."""
        new: list[Receipt] = []
        for one in receipts:
            if one.order_id in self._of_order:
                known = self._receipts.setdefault(one.order_id, {})
                step = (one.unit_id, one.state.value)
                if step not in known:
                    known[step] = one
                    new.append(one)
        return new

    # ---- stations -------------------------------------------------------------------------

    @property
    def greeting(self) -> list[Message]:
        """For a station that has just come: the open ones stand for all before.

        Nothing before the journal was read: none would pass for calm.
        """
        if not self._has_resumed:
            return []
        self._forget()
        items = list(self._items.values())
        still_open = tuple(one for one in items if one.is_open)
        whole = self._told(still_open, whole=True)
        ended = [self._told((one,)) for one in items if not one.is_open]
        receipts = [one for some in self._receipts.values() for one in some.values()]
        return [whole, *ended, *_parts(receipts)]

    async def tell_receipts(self) -> None:
        """Never returns: many at a time, so that a window can keep up."""
        while True:
            await self._some_wait.wait()
            some, self._waiting = self._waiting, []
            self._some_wait.clear()
            for part in _parts(some):
                self._tell(part)
            await self._clock.sleep(TOLD_EACH_S)

    def _forget(self) -> None:
        since = self._clock.now().timestamp() - SHIFT_S
        for one in tuple(self._items.values()):
            last = max((one.begun.at, *one.clocks.values(), *(note.at for note in one.notes)))
            if not one.is_open and last.timestamp() < since:
                del self._items[one.incident_id]
                for name in order_ids(one):
                    self._of_order.pop(name, None)
                    self._receipts.pop(name, None)

    # ---- what MQTT did not bring ------------------------------------------------------------

    def ask_soon(self) -> None:
        """The line or the session is new: receipts may be missing."""
        self._ask_at_s = 0.0

    async def run(self) -> None:
        """Never returns."""
        while True:
            await self._clock.sleep(TICK_S)
            if self._clock.monotonic_s() < self._ask_at_s or not self._may_ask():
                continue
            self._ask_at_s = self._clock.monotonic_s() + ASK_EACH_S
            for incident_id in self._worth_asking():
                if self._rest.wait_s > 0:
                    self._ask_at_s = 0.0
                    break
                await self._ask(incident_id)

    def _worth_asking(self) -> list[str]:
        alive = {i for i, one in self._items.items() if one.is_open}
        return sorted(alive | self._to_ask)

    async def _ask(self, incident_id: str) -> None:
        try:
            answer = await self._rest.get(f"/incidents/{quote(incident_id, safe='')}")
            incident = read_incident(answer.body)
        except Refused as error:  # gone with the platform's store
            log.info("incident %s: %s", incident_id, error.operator_text)
            if incident_id in self._to_ask:
                self._drop(incident_id)
            return
        except (PlatformError, DecodeError) as error:
            log.info("incident %s: %s", incident_id, error)
            return
        self._to_ask.discard(incident_id)
        await self._ingest.incidents.take_answer(incident)
        await self._ask_receipts(incident_id)

    async def _ask_receipts(self, incident_id: str) -> None:
        """Beyond the common contract: not every platform tells them again."""
        path, cursor = f"/incidents/{quote(incident_id, safe='')}/receipts", ""
        for _ in range(MOST_PAGES):
            try:
                answer = await self._rest.get(path, {"cursor": cursor} if cursor else {})
                page = msgspec.json.decode(answer.body, type=_Receipts)
            except (PlatformError, *UNREADABLE) as error:
                return log.info("receipts of %s: %s", incident_id, error)
            await self._ingest.run(lambda journal, some=page.items: put_receipts(journal, some))
            self.take_receipts(page.items)
            cursor = str(page.next_cursor or "")
            if not cursor:
                return None
        return None

    def _drop(self, incident_id: str) -> None:
        """The platform does not know it any more: no desk shows it as open."""
        self._to_ask.discard(incident_id)
        self._items.pop(incident_id, None)
        for message in self.greeting:
            self._tell(message)


def _parts(receipts: list[Receipt]) -> list[IncidentReceiptsTold]:
    starts = range(0, len(receipts), PART)
    return [IncidentReceiptsTold(receipts=tuple(receipts[at : at + PART])) for at in starts]
