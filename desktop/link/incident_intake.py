"""Incidents on the writer's thread: committed beside the alarms, then told."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, NamedTuple, Protocol

from desktop.domain.alarms import supersedes
from desktop.domain.emergency.incidents import Incident, IncidentEvent, IncidentHead
from desktop.domain.outreach import Receipt
from desktop.link.counters import FeedCounters
from desktop.link.log_book import INCIDENTS, LogBook
from local_db.incidents import IncidentLog
from local_db.journal import Journal, Position, StoredEvent
from local_db.outreach import receipts_of

SHIFT_S = 12 * 3600.0
"""Closed incidents are told for so long after their last event."""


class IncidentNews(NamedTuple):
    """What the loop is told after a commit; `receipts`: of orders that are new here."""

    items: tuple[Incident, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    other_epoch: bool = False
    is_list: bool = False  # the platform's open list has changed what was told before


class _Run(Protocol):
    def __call__(self, work: Callable[[Journal], Any], /) -> Awaitable[Any]: ...


class IncidentIntake:
    """The second log of the journal. What has no `async` runs on the writer's thread."""

    def __init__(
        self,
        journal: Journal,
        counters: FeedCounters,
        run: _Run,
        tell: Callable[[IncidentNews], None],
    ) -> None:
        self.log = IncidentLog(journal)
        self.book: LogBook[IncidentEvent] = LogBook(self.log, INCIDENTS)
        self._journal, self._counters = journal, counters
        self._run, self._tell = run, tell
        self._orders: set[str] = set()  # whose receipts have been looked for

    # ---- by MQTT ------------------------------------------------------------------------

    def take(
        self, stored: Sequence[StoredEvent[IncidentEvent]], heads: Iterable[IncidentHead]
    ) -> IncidentNews:
        """Commits. Raises what SQLite raises."""
        doubted = [self.book.take_head(head) for head in heads]
        if not stored:
            return IncidentNews(other_epoch=any(doubted))
        taken = self.book.take(stored)
        self._counters.stored += len(taken.events)
        self._counters.duplicates += len(stored) - len(taken.events)
        self._counters.missing = self.book.missing
        return self._news(taken.events)._replace(other_epoch=taken.other_epoch or any(doubted))

    def _news(self, events: Iterable[IncidentEvent]) -> IncidentNews:
        items = latest_of(event.incident for event in events)
        return IncidentNews(items, self.early_receipts(items))

    def early_receipts(self, items: Iterable[Incident]) -> tuple[Receipt, ...]:
        """Receipts overtake the event that names their order."""
        fresh = [name for one in items for name in order_ids(one) if name not in self._orders]
        self._orders.update(fresh)
        found = receipts_of(self._journal, fresh) if fresh else {}
        return tuple(receipt for some in found.values() for receipt in some)

    # ---- by REST: see Backfill ------------------------------------------------------------

    async def run(self, work: Callable[[Journal], Any]) -> Any:
        return await self._run(work)

    async def take_page(
        self, epoch: str, first: int, stored: Sequence[StoredEvent[IncidentEvent]], through: int
    ) -> int:
        """Stores a page of the platform's log; gives how many events were missing."""

        def work(_: Journal) -> int:
            events = self.book.take_page(epoch, first, stored, through)
            self._counters.backfilled += len(events)
            self._counters.missing = self.book.missing
            if events:
                self._tell(self._news(events))
            return len(events)

        return await self._run(work)

    async def take_snapshot(
        self, as_of: Position, items: Sequence[Incident], unreadable: set[str], is_whole: bool
    ) -> None:
        """The platform's open list; what is told goes beside what was closed in this shift."""

        def work(_: Journal) -> None:
            fresh = not self.book.epoch
            if self.book.take_snapshot(as_of, items, unreadable, fresh, is_whole):
                self._tell(IncidentNews(tuple(items), self.early_receipts(items), is_list=True))

        await self._run(work)

    async def take_answer(self, incident: Incident) -> None:
        """The platform's answer to an order is its word as good as an event."""

        def work(_: Journal) -> None:
            self.log.put(incident)
            self._tell(IncidentNews((incident,), self.early_receipts((incident,))))

        await self._run(work)


def latest_of(incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    """Of each the newest."""
    latest: dict[str, Incident] = {}
    for one in incidents:
        if supersedes(one, latest.get(one.incident_id)):
            latest[one.incident_id] = one
    return tuple(latest.values())


def order_ids(incident: Incident) -> list[str]:
    """Of its orders and messages: what receipts name."""
    return [one.order_id for one in (*incident.orders, *incident.messages)]
