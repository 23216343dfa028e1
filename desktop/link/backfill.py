"""REST is the truth: the open list at sign-in, and every event that MQTT did not bring.

The same for each of the platform's logs: alarms, incidents.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

import msgspec

from desktop.clock import Clock
from desktop.errors import PlatformError
from desktop.feeds.incident_events import read_incident, read_incident_event
from desktop.feeds.mending import read_alarm, read_event
from desktop.feeds.wire import UNREADABLE, DecodeError
from desktop.link.log_book import LogBook
from desktop.link.rest import Refused, Rest
from desktop.link.sequence import Gap
from local_db.journal import Journal, Position, StoredEvent

log = logging.getLogger(__name__)

PAGE = 2000
MAX_PAGES = 200
SNAPSHOT_TRIES = 3
TICK_S = 0.5
GAP_S = 2.0  # a gap behind newer events: they may still come by MQTT
HEAD_S = 0.7  # the head alone is ahead: nothing is on its way any more
PERIOD_S = 60.0
PERIOD_WITHOUT_MQTT_S = 2.0
SNAPSHOT_PERIOD_S = 600.0
INCIDENTS_PERIOD_S = 60.0
NOT_OFFERED_S = 60.0  # a platform without a log is asked again after so long
_NO_SUCH_PATH = (404, 405, 501)
LONG_LOG_S = 30.0  # at most one snapshot in this time because the log is long
DOUBT_S = 3.0  # at most one snapshot in this time because of a strange epoch
REFUSED_S = 3.0  # pause after any failure; the breaker of Rest may add to it
STUCK_S = 30.0  # a gap that the platform did not fill is not asked for each 2 s

P = TypeVar("P", bound=msgspec.Struct)


class _AsOf(msgspec.Struct, frozen=True):
    epoch: str
    seq: int


class _OpenList(msgspec.Struct):
    as_of: _AsOf
    items: list[msgspec.Raw]
    next_cursor: str | int | None = None


class _EventPage(msgspec.Struct):
    items: list[msgspec.Raw]
    next_cursor: str | int | None = None


class _Identity(msgspec.Struct):
    seq: int = 0
    alarm_id: str = ""
    incident_id: str = ""


class PlatformLog(NamedTuple):
    """Where one log is read, and how."""

    items: str  # path of the open list
    events: str
    read_item: Callable[[bytes], Any]
    read_event: Callable[[bytes], Any]
    word: str
    snapshot_period_s: float = SNAPSHOT_PERIOD_S
    is_optional: bool = False  # a platform may not have it


ALARM_LOG = PlatformLog("/alarms", "/alarm-events", read_alarm, read_event, "告警列表")
INCIDENT_LOG = PlatformLog(
    "/incidents", "/incident-events", read_incident, read_incident_event, "应急响应列表",
    INCIDENTS_PERIOD_S, is_optional=True,
)  # fmt: skip


class Intake(Protocol):
    """Where it goes: Ingest, or its incidents."""

    @property
    def book(self) -> LogBook[Any]: ...

    async def run(self, work: Callable[[Journal], Any], /) -> Any: ...

    async def take_page(
        self, epoch: str, first: int, stored: Sequence[StoredEvent[Any]], through: int, /
    ) -> int: ...

    async def take_snapshot(
        self, as_of: Position, items: Sequence[Any], unreadable: set[str], is_whole: bool, /
    ) -> None: ...


class Due(NamedTuple):
    """What the arithmetic of a moment asks for."""

    snapshot: bool
    events: bool


class Schedule:
    """When to ask the platform; pure but for the monotonic times that it is given."""

    def __init__(self, snapshot_period_s: float = SNAPSHOT_PERIOD_S) -> None:
        self._snapshot_period_s = snapshot_period_s
        self._snapshot_at_s = 0.0
        self._last_snapshot_s = float("-inf")
        self._events_at_s = 0.0
        self._last_events_s = 0.0
        self._gap_first = 0
        self._gap_since_s = 0.0
        self._stuck_until_s = 0.0

    def ask_snapshot(self) -> None:
        self._snapshot_at_s = 0.0

    def epoch_doubted(self, now_s: float) -> None:
        """An event or head of another epoch: the platform is asked which one stands."""
        self._snapshot_at_s = min(self._snapshot_at_s, max(now_s, self._last_snapshot_s + DOUBT_S))

    def ask_events(self) -> None:
        self._events_at_s = 0.0

    def due(self, now_s: float, gap: Gap | None, mqtt_up: bool) -> Due:
        period_s = PERIOD_S if mqtt_up else PERIOD_WITHOUT_MQTT_S
        events = self._gap_is_old(now_s, gap) or now_s >= min(
            self._events_at_s, self._last_events_s + period_s
        )
        # What is open now, the red ones with it, goes before what a long log has to tell.
        long_log = events and gap is not None and gap.last - gap.first >= PAGE
        is_late = now_s >= self._last_snapshot_s + LONG_LOG_S
        return Due(snapshot=now_s >= self._snapshot_at_s or (long_log and is_late), events=events)

    def snapshot_done(self, now_s: float) -> None:
        self._last_snapshot_s = now_s
        self._snapshot_at_s = now_s + self._snapshot_period_s

    def events_done(self, now_s: float, gap: Gap | None) -> None:
        """`gap` is what is still missing after the platform gave all it had."""
        self._last_events_s = now_s
        self._events_at_s = now_s + PERIOD_S
        if gap is not None and gap.first == self._gap_first:
            self._stuck_until_s = now_s + STUCK_S

    def _gap_is_old(self, now_s: float, gap: Gap | None) -> bool:
        if gap is None:
            self._gap_first = 0
            return False
        if gap.first != self._gap_first:
            self._gap_first, self._gap_since_s = gap.first, now_s
            self._stuck_until_s = 0.0
        limit_s = HEAD_S if gap.by_head else GAP_S
        return now_s >= max(self._gap_since_s + limit_s, self._stuck_until_s)


class Backfill:
    """Runs beside MQTT as long as somebody is signed in."""

    def __init__(
        self,
        rest: Rest,
        ingest: Intake,
        clock: Clock,
        is_signed_in: Callable[[], bool],
        is_mqtt_up: Callable[[], bool],
        log: PlatformLog = ALARM_LOG,
        on_offered: Callable[[bool], None] = lambda is_offered: None,
    ) -> None:
        """`on_offered`: whether the platform has this log, each time that it turns out anew."""
        self._rest = rest
        self._ingest = ingest
        self._log = log
        self._on_offered = on_offered
        self._is_offered: bool | None = None
        self._clock = clock
        self._is_signed_in = is_signed_in
        self._is_mqtt_up = is_mqtt_up
        self.schedule = Schedule(log.snapshot_period_s)
        self.ready = asyncio.Event()  # an epoch is known: MQTT may start

    async def run(self) -> None:
        """Never returns."""
        if self._ingest.book.epoch:
            self.ready.set()
        while True:
            await self._clock.sleep(TICK_S)
            if self._is_signed_in() and self._rest.wait_s == 0:
                await self._try()

    async def _try(self) -> None:
        try:
            await self._turn()
        except PlatformError as error:
            missing = isinstance(error, Refused) and error.status in _NO_SUCH_PATH
            if missing and self._log.is_optional:
                self._offered(False)
                return await self._clock.sleep(NOT_OFFERED_S)
            log.info("back-fill waits: %s", error.operator_text)
            await self._clock.sleep(REFUSED_S)
        else:
            self._offered(True)

    def _offered(self, is_offered: bool) -> None:
        if is_offered is not self._is_offered:
            if not is_offered or self._is_offered is not None:  # the usual is not worth a line
                word = "has them again" if is_offered else "has none"
                log.warning("%s: the platform %s", self._log.items, word)
            self._is_offered = is_offered
            self._on_offered(is_offered)

    async def _turn(self) -> None:
        now_s = self._clock.monotonic_s
        due = self.schedule.due(now_s(), self._ingest.book.gap(), self._is_mqtt_up())
        if due.snapshot or not self._ingest.book.epoch:
            await self.take_snapshot()
            self.schedule.snapshot_done(now_s())
        if due.events:
            await self._fill()
            self.schedule.events_done(now_s(), self._ingest.book.gap())

    async def take_snapshot(self) -> None:
        """The open list into the journal. Raises PlatformError."""
        pages = await self._open_pages()
        for _ in range(SNAPSHOT_TRIES - 1):
            if not _has_moved(pages):
                break
            pages = await self._open_pages()
        unreadable: set[str] = set()
        items: list[Any] = []
        for page in pages:
            items += await self._items(page.items, unreadable)
        first = pages[0].as_of
        as_of = Position(first.epoch, first.seq)
        await self._ingest.take_snapshot(as_of, items, unreadable, not _has_moved(pages))
        self.ready.set()

    async def _open_pages(self) -> list[_OpenList]:
        pages: list[_OpenList] = []
        cursor = ""
        while len(pages) < MAX_PAGES:
            params = {"state": "open"} | ({"cursor": cursor} if cursor else {})
            answer = await self._rest.get(self._log.items, params)
            pages.append(_decoded(answer.body, _OpenList))
            cursor = str(pages[-1].next_cursor or "")
            if not cursor:
                return pages
        raise PlatformError(f"平台返回异常：{self._log.word}没有结尾")

    async def _fill(self) -> None:
        """Pages of the log from the first missing event to its end."""
        while True:
            epoch, first = await self._ingest.run(
                lambda _: (self._ingest.book.epoch, self._ingest.book.contiguous + 1)
            )
            params = {"epoch": epoch, "from_seq": str(first), "limit": str(PAGE)}
            try:
                answer = await self._rest.get(self._log.events, params)
            except Refused as error:
                if error.status != 410:
                    raise
                log.warning("epoch %s is gone, the platform has %s", epoch, error.problem.epoch)
                self.schedule.ask_snapshot()
                return
            page = _decoded(answer.body, _EventPage)
            if not page.items:
                return
            stored, through = await self._events(page.items)
            missing = await self._ingest.take_page(epoch, first, stored, through)
            if missing:
                log.info("back-filled %d events from %d", missing, first)
            # The platform may give smaller pages than asked for: its cursor says when it ends.
            if through < first or page.next_cursor is None:
                return

    async def _events(self, items: list[msgspec.Raw]) -> tuple[list[StoredEvent[Any]], int]:
        stored: list[StoredEvent[Any]] = []
        refused: list[tuple[str, str, bytes]] = []
        through = 0
        for item in items:
            body = bytes(item)
            try:
                stored.append(StoredEvent(self._log.read_event(body), body))
                through = max(through, stored[-1].event.seq)
            except DecodeError as error:
                refused.append((f"rest{self._log.events}", error.reason, body))
                through = max(through, _identity_of(body).seq)
        await self._refuse(refused)
        return stored, through

    async def _items(self, items: list[msgspec.Raw], unreadable: set[str]) -> list[Any]:
        found: list[Any] = []
        refused: list[tuple[str, str, bytes]] = []
        for item in items:
            try:
                found.append(self._log.read_item(bytes(item)))
            except DecodeError as error:
                refused.append((f"rest{self._log.items}", error.reason, bytes(item)))
                named = _identity_of(bytes(item))
                unreadable.add(named.alarm_id or named.incident_id)
        await self._refuse(refused)
        return found

    async def _refuse(self, refused: list[tuple[str, str, bytes]]) -> None:
        if refused:
            now = self._clock.now()
            rows = [(topic, now, reason, body) for topic, reason, body in refused]
            await self._ingest.run(lambda journal: journal.put_quarantine(rows))


def _has_moved(pages: list[_OpenList]) -> bool:
    """A list that changed between two pages may have lost a row there."""
    return len({page.as_of for page in pages}) > 1


def _decoded(body: bytes, kind: type[P]) -> P:
    try:
        return msgspec.json.decode(body, type=kind)
    except UNREADABLE as error:
        log.error("answer of the platform: %s", error)
        raise PlatformError("平台返回异常：内容读不懂") from None


def _identity_of(body: bytes) -> _Identity:
    """Of something that is otherwise wrong."""
    try:
        return msgspec.json.decode(body, type=_Identity)
    except UNREADABLE:
        return _Identity()
