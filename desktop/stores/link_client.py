"""The station's end of the link's socket: feeds the stores, carries orders and questions."""

import asyncio
import contextlib
import logging
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from desktop.domain.alarms import Alarm
from desktop.domain.framing import FrameError, FrameSplitter, frame
from desktop.domain.link_messages import (
    AlarmEvents,
    AlarmSnapshot,
    Answer,
    AuditKept,
    CatalogueChanged,
    IncidentReceiptsTold,
    IncidentsTold,
    LinkHealth,
    Message,
    OrderState,
    OutreachTold,
    PlatformState,
    Positions,
    Readings,
    SessionState,
    ToLink,
    ToStation,
    WeatherTold,
)
from desktop.stores.alarms import AlarmStore
from desktop.stores.health import HealthStore, SessionStore
from desktop.stores.incidents import IncidentStore
from desktop.stores.outreach import OutreachStore
from desktop.stores.positions import PositionStore
from desktop.stores.readings import ReadingStore
from desktop.stores.weather import WeatherStore
from desktop.tasks import TaskScope

log = logging.getLogger(__name__)

RECONNECT_S = 0.5
READ_BYTES = 256 * 1024
TICK_MS, TICK_LIMIT_MS, EVENTS_PER_TICK = 50, 8, 300
QUEUE_LIMIT = 20_000  # above this the socket is not read: the link keeps what waits
_decoder = msgspec.msgpack.Decoder(ToStation)


@dataclass(frozen=True)
class LinkedStores:
    """The stores that the link feeds."""

    alarms: AlarmStore
    readings: ReadingStore
    health: HealthStore
    session: SessionStore
    positions: PositionStore = field(default_factory=PositionStore)
    weather: WeatherStore = field(default_factory=WeatherStore)
    outreach: OutreachStore = field(default_factory=OutreachStore)
    incidents: IncidentStore = field(default_factory=IncidentStore)


class LinkClient(QObject):
    """Connects by itself and again; applies what comes in bounded steps of the GUI loop."""

    catalogue_changed = Signal(object)  # CatalogueChanged
    order_changed = Signal(object)  # OrderState
    answered = Signal(object)  # Answer
    audit_kept = Signal(object)  # AuditKept
    connected = Signal()
    disconnected = Signal()
    snapshot_completed = Signal()

    def __init__(
        self, socket_path: Path, stores: LinkedStores, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._path, self.stores = socket_path, stores
        self._scope = TaskScope(self)
        self._writer: asyncio.StreamWriter | None = None
        self._queue: deque[Message] = deque()
        self._room = asyncio.Event()
        self._snapshot: list[Alarm] = []
        self.has_snapshot = False
        self._tick = QTimer(self)
        self._tick.setSingleShot(True)
        self._tick.timeout.connect(self._apply_some)

    @property
    def is_connected(self) -> bool:
        return self._writer is not None

    def start(self) -> None:
        """Needs a running loop."""
        self._scope.spawn(self._stay_connected(), name="link client")

    def close(self) -> None:
        self._scope.cancel()
        self._tick.stop()

    def send(self, message: ToLink) -> bool:
        """False when the link is not there; nothing is kept for later."""
        if self._writer is None:
            return False
        self._writer.write(frame(message))
        return True

    async def _stay_connected(self) -> None:
        while True:
            try:
                reader, self._writer = await asyncio.open_unix_connection(str(self._path))
                self.stores.health.set_link_connected(True)
                self.connected.emit()
                await self._read(reader)
            except (OSError, FrameError, msgspec.DecodeError) as error:
                if self._writer is not None:
                    log.warning("the link's socket: %s", error)
            finally:
                self._drop_connection()
            await asyncio.sleep(RECONNECT_S)

    async def _read(self, reader: asyncio.StreamReader) -> None:
        splitter = FrameSplitter()
        while data := await reader.read(READ_BYTES):
            for body in splitter.feed(data):
                self._enqueue(_decoder.decode(body))
            if len(self._queue) > QUEUE_LIMIT:
                self._room.clear()
                await self._room.wait()

    def _drop_connection(self) -> None:
        if self._writer is None:
            return
        with contextlib.suppress(OSError, RuntimeError):  # the loop may be closing already
            self._writer.close()
        self._writer = None
        with contextlib.suppress(RuntimeError):  # C++ side gone: the window closed meanwhile
            self._queue.clear()  # the next connection begins with a snapshot
            self._room.set()
            self.stores.health.set_link_connected(False)
            self.disconnected.emit()

    def _enqueue(self, message: Message) -> None:
        if isinstance(message, AlarmEvents) and len(message.events) > EVENTS_PER_TICK:
            for start in range(0, len(message.events), EVENTS_PER_TICK):
                part = message.events[start : start + EVENTS_PER_TICK]
                self._queue.append(AlarmEvents(events=part, backfilled=message.backfilled))
        elif isinstance(message, IncidentReceiptsTold):
            for start in range(0, len(message.receipts), EVENTS_PER_TICK):
                some = message.receipts[start : start + EVENTS_PER_TICK]
                self._queue.append(IncidentReceiptsTold(receipts=some))
        else:
            self._queue.append(message)
        if not self._tick.isActive():
            self._tick.start(0)

    def _apply_some(self) -> None:
        """At most EVENTS_PER_TICK events and TICK_LIMIT_MS; the rest waits for the next tick."""
        clock = QElapsedTimer()
        clock.start()
        events = 0
        while self._queue:
            message = self._queue[0]
            size = _size_of(message)
            if events and (events + size > EVENTS_PER_TICK or clock.elapsed() >= TICK_LIMIT_MS):
                break
            events += size
            self._queue.popleft()
            self._apply(message)
        if len(self._queue) <= QUEUE_LIMIT // 2:
            self._room.set()
        if self._queue:
            self._tick.start(TICK_MS)

    def _apply(self, message: Message) -> None:  # one line per message: the table of the protocol
        match message:
            case AlarmEvents(events=events):
                self.stores.alarms.merge(events)
            case AlarmSnapshot():
                self._take_snapshot(message)
            case Readings(readings=readings):
                self.stores.readings.merge(readings)
            case Positions(positions=positions):
                self.stores.positions.merge(positions)
            case WeatherTold(weather=weather):
                self.stores.weather.put(weather)
            case OutreachTold():
                self.stores.outreach.take(message)
            case IncidentsTold():
                self._take_incidents(message)
            case IncidentReceiptsTold(receipts=receipts):
                self.stores.incidents.take_receipts(receipts)
            case LinkHealth():
                self.stores.health.put(message)
            case PlatformState():
                self.stores.session.put_platform(message)
            case SessionState():
                self.stores.session.put_session(message)
            case CatalogueChanged():
                self.catalogue_changed.emit(message)
            case OrderState():
                self.order_changed.emit(message)
            case Answer():
                self.answered.emit(message)
            case AuditKept():
                self.audit_kept.emit(message)
            case _:
                log.warning("a message without a reader: %s", type(message).__name__)

    def _take_incidents(self, told: IncidentsTold) -> None:
        self.stores.incidents.offered = told.offered
        self.stores.incidents.is_told = told.listed
        if told.items or told.whole:
            self.stores.incidents.take(told.items, told.whole)

    def _take_snapshot(self, part: AlarmSnapshot) -> None:
        if part.first:
            self._snapshot = []
        self._snapshot.extend(part.alarms)
        if part.last:
            self.stores.alarms.replace_open(self._snapshot)
            self._snapshot = []
            self.has_snapshot = True
            self.snapshot_completed.emit()


def _size_of(message: Message) -> int:
    if isinstance(message, AlarmEvents):
        return len(message.events)
    return len(message.receipts) if isinstance(message, IncidentReceiptsTold) else 1
