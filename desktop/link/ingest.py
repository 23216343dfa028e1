"""The one writer: what arrives is decoded, committed, and only then acknowledged."""

import asyncio
import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, NamedTuple, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from desktop.clock import Clock
from desktop.domain.alarms import Alarm, AlarmEvent, supersedes
from desktop.domain.emergency.incidents import IncidentEvent
from desktop.domain.outreach import Receipt
from desktop.link.counters import FeedCounters
from desktop.link.decoding import Arrived, Decoded, decoded, messages_of
from desktop.link.incident_intake import IncidentIntake, IncidentNews, latest_of
from desktop.link.lanes import grave_first, in_lanes
from desktop.link.log_book import LogBook
from desktop.reasons import storage_reason
from local_db.journal import Journal, Position, StoredEvent
from local_db.outreach import put_receipts
from local_db.quarantine import condemn, is_damage

R = TypeVar("R")
log = logging.getLogger(__name__)

MAX_BATCH = 1000
BATCH_S = 0.020  # at most so long a flood waits to share a commit
REST_SHARE = 2  # the writer rests so many times as long as the last commit took
RETRY_S = 1.0
MAX_BACKLOG = 10_000  # what the disk refuses is kept in memory; the rest comes again by REST
MAX_UNACKNOWLEDGED = 200  # a broker sends no more than some hundred ahead
READ_PAUSE_S, READ_TRIES = 0.2, 15
STORAGE_ERRORS = (SQLAlchemyError, sqlite3.Error)
_HEADS = ("alarm_head", "incident_head")

__all__ = ["STORAGE_ERRORS", "Arrived", "Batch", "Ingest"]


class Batch(NamedTuple):
    """What the loop is told after a commit."""

    events: tuple[AlarmEvent, ...] = ()
    backfilled: bool = False
    other_epoch: bool = False  # an epoch that is not the journal's: ask the platform
    storage_error: str | None = None  # the operator's words; empty: it works again
    open_list: tuple[Alarm, ...] | None = None  # stands for everything told before
    receipts: tuple[Receipt, ...] = ()
    incidents: IncidentNews = IncidentNews()


class _Job(NamedTuple):
    work: Callable[[Journal], Any]
    future: "Future[Any]"


class Ingest:
    """Owns the journal on its own thread; everybody else hands in messages and jobs."""

    def __init__(
        self,
        journal: Journal,
        counters: dict[str, FeedCounters],
        post: Callable[[Callable[[], None]], object],
        on_batch: Callable[[Batch], None],
        on_bug: Callable[[], None],
        clock: Clock,
    ) -> None:
        """`post` brings a call into the loop, in order; both callbacks are called there.

        After `on_bug` the writer has ended.
        """
        self.book: LogBook[AlarmEvent] = LogBook(journal)
        self.incidents = IncidentIntake(
            journal, counters["incident_events"], self.run, lambda n: self._tell(Batch(incidents=n))
        )
        self._journal = journal
        self._counters = counters
        self._post = post
        self._on_batch = on_batch
        self._on_bug = on_bug
        self._clock = clock
        self._queue: queue.SimpleQueue[Arrived | _Job | None] = queue.SimpleQueue()
        self._backlog: list[Arrived] = []  # not committed yet because the disk refuses
        self._told_unsaved: set[tuple[str, int]] = set()
        self._last_commit_s = 0.0
        self._commit_took_s = 0.0
        # One writer as long as the link lives: not a piece of work for a pool.
        self._thread = threading.Thread(  # noqa: TID251
            target=self._write, name="journal", daemon=True
        )

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Commits what has arrived, then ends the thread."""
        self._queue.put(None)
        self._thread.join(timeout=5.0)

    def put(self, arrived: Arrived) -> None:
        """From any thread; never blocks."""
        self._queue.put(arrived)

    async def run(self, work: Callable[[Journal], R]) -> R:
        """Runs `work` on the writer's thread, behind everything that arrived before it."""
        future: Future[R] = Future()
        self._queue.put(_Job(work, future))
        return await asyncio.wrap_future(future)

    async def take_page(
        self, epoch: str, first: int, stored: Sequence[StoredEvent[AlarmEvent]], through: int
    ) -> int:
        """Stores a page of the platform's log; gives how many events were missing."""

        def work(_: Journal) -> int:
            events = self.book.take_page(epoch, first, stored, through)
            self._counters["alarms"].backfilled += len(events)
            self._counters["alarms"].missing = self.book.missing
            if news := self._not_told(events):
                self._tell(Batch(grave_first(news), backfilled=True))
            return len(events)

        return await self.run(work)

    async def take_snapshot(
        self, as_of: Position, alarms: Sequence[Alarm], unreadable: set[str], is_whole: bool
    ) -> None:
        """The platform's open list; when it changed the journal's, that is told whole."""

        def work(journal: Journal) -> None:
            fresh = not self.book.epoch
            if self.book.take_snapshot(as_of, alarms, unreadable, fresh, is_whole):
                self._tell(Batch(open_list=self._with_unsaved(journal.open_alarms())))

        await self.run(work)

    def with_open_alarms(self, deliver: Callable[[tuple[Alarm, ...]], None]) -> None:
        """Calls `deliver` in the loop: events told later are newer, earlier ones are in it."""

        def work(journal: Journal) -> None:
            alarms = self._open_alarms(journal)
            self._post(lambda: deliver(alarms))

        self._queue.put(_Job(work, Future()))

    def _open_alarms(self, journal: Journal) -> tuple[Alarm, ...]:
        """An empty list would pass for calm: a disk that stumbles is asked again."""
        for attempt in range(1, READ_TRIES + 1):
            try:
                return self._with_unsaved(journal.open_alarms())
            except STORAGE_ERRORS as error:
                log.error("open alarms: %s", error)
                if is_damage(error) or attempt == READ_TRIES:
                    self._post(self._on_bug)  # a new link checks the file
                    raise
            time.sleep(READ_PAUSE_S)  # noqa: TID251 - the writer's own thread
        raise AssertionError

    def _held(self, backlog: list[Arrived], batch: list[Arrived]) -> list[Arrived]:
        """What is kept until the disk works. The channel lives, and the broker goes on sending.

        A heartbeat needs no disk. Of the alarms the newest stay unacknowledged; older ones are
        shown, in memory, and in the platform's log, which fills the gap in the journal.
        """
        now_s = self._clock.monotonic_s()
        for arrived in batch:
            self._counters[arrived.feed.feed_id].last_s = now_s
        kept: list[Arrived] = []
        for behind, arrived in enumerate(reversed(backlog)):
            if arrived.feed.feed_id in _HEADS:
                arrived.acknowledge()
                continue
            if arrived.feed.feed_id == "alarms" and behind >= MAX_UNACKNOWLEDGED:
                arrived.acknowledge()
                arrived = arrived._replace(acknowledge=_nothing)
            kept.append(arrived)
        return kept[::-1]

    def _with_unsaved(self, alarms: list[Alarm]) -> tuple[Alarm, ...]:
        """What the disk refuses is on no list but in memory."""
        if not self._backlog:
            return tuple(alarms)
        latest = {alarm.alarm_id: alarm for alarm in alarms}
        for event in self._unsaved(self._backlog):
            if supersedes(event.alarm, latest.get(event.alarm.alarm_id)):
                latest[event.alarm.alarm_id] = event.alarm
        return tuple(alarm for alarm in latest.values() if alarm.is_open)

    def _not_told(self, events: tuple[AlarmEvent, ...]) -> tuple[AlarmEvent, ...]:
        """Without those that were shown before they could be saved: nothing is told twice."""
        if not self._told_unsaved:
            return events
        return tuple(event for event in events if _key(event) not in self._told_unsaved)

    @property
    def backlog_count(self) -> int:
        """A glance from any thread: messages that are not saved."""
        return len(self._backlog)

    # ---- writer's thread -----------------------------------------------------------------

    def _write(self) -> None:
        try:
            self._serve()
        except Exception:
            log.exception("the journal's writer has ended")
            self._post(self._on_bug)

    def _serve(self) -> None:
        while True:
            if self._backlog and time.monotonic() - self._last_commit_s >= RETRY_S:
                self._take_in_lanes([])
            try:
                item = self._queue.get(timeout=RETRY_S if self._backlog else None)
            except queue.Empty:
                continue
            if item is None:
                return
            if isinstance(item, _Job):
                self._finish(item)
                continue
            batch, after = self._gather(item)
            self._take_in_lanes(batch)
            if after is None:
                continue
            if after == "stop":
                return
            self._finish(after)  # pyright: ignore[reportArgumentType]

    def _gather(self, first: Arrived) -> tuple[list[Arrived], "_Job | str | None"]:
        """The first message after a pause does not wait; a flood shares commits.

        A quick disk is used more often: what comes now and then hardly waits.
        """
        batch = [first]
        until_s = self._last_commit_s + min(BATCH_S, REST_SHARE * self._commit_took_s)
        while len(batch) < MAX_BATCH:
            try:
                item = self._queue.get(timeout=max(0.0, until_s - time.monotonic()))
            except queue.Empty:
                break
            if item is None:
                return batch, "stop"
            if isinstance(item, _Job):
                return batch, item
            batch.append(item)
        return batch, None

    def _take_in_lanes(self, batch: list[Arrived]) -> None:
        """The grave alarms of a flood are committed and told first.

        PUBACKs go out in the order in which the messages came, as MQTT demands. A disk that
        refuses is asked once for all: each time may take as long as another program locks it.
        """
        lanes = [batch] if self._backlog else in_lanes(batch)
        saved = [arrived for lane in lanes for arrived in self._take(lane)]
        if len(lanes) > 1:
            came = {id(arrived): number for number, arrived in enumerate(batch)}
            saved.sort(key=lambda arrived: came.get(id(arrived), -1))
        for arrived in saved:
            arrived.acknowledge()
        # Not between the lanes: what waits for its turn is not missing.
        self._counters["alarms"].missing = self.book.missing

    def _take(self, batch: list[Arrived]) -> list[Arrived]:
        """Commits and tells; gives what may be acknowledged now."""
        failing = bool(self._backlog)
        self._backlog = _each_once(self._backlog + batch)[-MAX_BACKLOG:] if failing else batch
        began_s = time.monotonic()
        try:
            result = self._commit(self._backlog)
        except STORAGE_ERRORS as error:
            if is_damage(error):
                condemn(self._journal.path, storage_reason(error))
                raise  # a new link moves the file aside and rebuilds it from the platform
            log.error("commit failed: %s", error)
            news = self._not_told(self._unsaved(batch))
            self._told_unsaved |= {_key(event) for event in news}
            unsaved = IncidentNews(latest_of(e.incident for e in messages_of(batch, IncidentEvent)))
            self._tell(Batch(news, storage_error=storage_reason(error), incidents=unsaved))
            self._backlog = self._held(self._backlog, batch)
            return []
        finally:
            self._last_commit_s = time.monotonic()
            self._commit_took_s = self._last_commit_s - began_s
        saved, self._backlog = self._backlog, []
        if failing:
            result = result._replace(events=self._not_told(result.events), storage_error="")
            self._told_unsaved.clear()
        if result != Batch():
            self._tell(result)
        return saved

    def _commit(self, batch: list[Arrived]) -> Batch:
        now, now_s = self._clock.now(), self._clock.monotonic_s()
        found = decoded(batch, self._counters, now, now_s)
        other_epoch = any([self.book.take_head(head) for head in found.heads])
        if found.refused:
            self._journal.put_quarantine(
                (a.topic, now, reason, a.payload) for a, reason in found.refused
            )
        put_receipts(self._journal, found.receipts)
        self._counters["receipts"].stored += len(found.receipts)
        taken = self.book.take(found.alarms)
        incidents = self.incidents.take(found.incidents, found.incident_heads)
        self._count(batch, found, len(taken.events))
        return Batch(
            taken.events,
            other_epoch=other_epoch or taken.other_epoch,
            receipts=tuple(found.receipts),
            incidents=incidents,
        )

    def _count(self, batch: list[Arrived], found: Decoded, new: int) -> None:
        now_s = self._clock.monotonic_s()
        for arrived in batch:
            self._counters[arrived.feed.feed_id].note_received(now_s)
        for arrived, _ in found.refused:
            self._counters[arrived.feed.feed_id].rejected += 1
        self._counters["alarms"].stored += new
        self._counters["alarms"].duplicates += len(found.alarms) - new

    def _finish(self, job: _Job) -> None:
        if not job.future.set_running_or_notify_cancel():
            return
        try:
            job.future.set_result(job.work(self._journal))
        except BaseException as error:  # the caller in the loop gets it
            job.future.set_exception(error)
            if is_damage(error):
                condemn(self._journal.path)
                self._post(self._on_bug)

    def _tell(self, batch: Batch) -> None:
        self._post(lambda: self._on_batch(batch))

    def _unsaved(self, batch: list[Arrived]) -> tuple[AlarmEvent, ...]:
        """Alarms reach the operator though the disk refuses them; they stay unacknowledged."""
        return tuple(messages_of(batch, AlarmEvent))


def _nothing() -> None:
    """Acknowledged already."""


def _key(event: AlarmEvent) -> tuple[str, int]:
    return event.epoch, event.seq


def _each_once(backlog: list[Arrived]) -> list[Arrived]:
    """While the disk refuses, every new connection brings again what is not acknowledged."""
    return list({(arrived.topic, arrived.payload): arrived for arrived in backlog}.values())
