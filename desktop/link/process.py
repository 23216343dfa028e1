"""The link: composes what talks to the platform, and goes on when the window dies."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

from desktop.clock import Clock
from desktop.domain.link_messages import (
    AlarmEvents,
    AuditKept,
    OrderState,
    OutreachTold,
    Positions,
    Readings,
    ServiceCondition,
    SessionState,
    ToLink,
    WeatherTold,
)
from desktop.domain.outreach import Outreach
from desktop.domain.permissions import Action, why_not
from desktop.domain.points import Reading
from desktop.domain.positions import Position
from desktop.domain.weather import Weather
from desktop.lifeline import Beat, ended_with_parent
from desktop.link.assessments import AssessmentMirror
from desktop.link.audit import Audit
from desktop.link.backfill import INCIDENT_LOG, Backfill
from desktop.link.backup import Backup
from desktop.link.cases import CaseMirror
from desktop.link.cells import Cells
from desktop.link.device import DeviceSignIn
from desktop.link.examination import Examination
from desktop.link.greeting import snapshot_parts
from desktop.link.health import Health
from desktop.link.incident_orders import IncidentOrders
from desktop.link.incidents import Incidents
from desktop.link.ingest import STORAGE_ERRORS, Batch, Ingest
from desktop.link.lines import Lines, profile_id
from desktop.link.outbox import Outbox
from desktop.link.outreach import Outreaches
from desktop.link.platform_probe import PlatformProbe
from desktop.link.positions import Positions as Fixes
from desktop.link.pruning import Pruning
from desktop.link.questions import Questions
from desktop.link.redaction import Redactor
from desktop.link.registers import Registers
from desktop.link.rest import Rest
from desktop.link.rights import Rights
from desktop.link.session import Session
from desktop.link.silence import SilenceWatch
from desktop.link.station_socket import Client, StationSocket
from desktop.link.storage import Storage
from desktop.link.telemetry import Telemetry
from desktop.link.tls import context_for
from desktop.link.wishes import Wishes
from desktop.reasons import storage_reason
from desktop.settings import Settings, socket_path
from local_db.journal import Journal
from local_db.quarantine import is_damage

log = logging.getLogger(__name__)

HEALTH_S = 1.0
BUG_EXIT_CODE = 70  # sysexits EX_SOFTWARE: the supervisor starts a new link


class Link:
    """One link of one profile. Everything below runs in one asyncio loop."""

    def __init__(
        self, profile: Path, url: str, settings: Settings, redactor: Redactor, clock: Clock
    ) -> None:
        """Raises ProfileError or SettingsError with the operator's text."""
        self._clock, self._settings, self._profile = clock, settings, profile
        self._stop, self._exit_code = asyncio.Event(), 0
        self._group = asyncio.TaskGroup()
        self._tls = context_for(url, settings.ca_file)
        self._health = Health(clock)
        self._socket = StationSocket(
            socket_path(profile, "link.sock"), self._greet, self._on_message
        )
        self._storage = Storage(profile, self._health, clock, self._say_health)
        self._journal = Journal(profile / "journal.db")
        self._rest = Rest(url, self._tls, clock, self._on_reached)
        self._session = Session(self._rest, redactor, clock, self._on_session, settings.seat_id)
        self._audit = Audit(
            profile / "audit.db", settings.seat_id, self._rest, clock, self._on_kept
        )
        self._examiner = Examination(
            self._rest, self._session, self._audit, profile, self._tls, clock
        )
        cache = profile / "cache.db"
        self._registers = Registers(self._rest, cache, clock, self._socket.broadcast)
        self._probe = PlatformProbe(self._rest, clock)
        room = self._storage.disk.has_room_for_caches
        cells = Cells(self._rest, self._registers.writer, clock, room)
        self._questions = Questions(self._rest, clock, cells)
        self._cases = CaseMirror(
            self._rest, profile / "cases.db", clock, self._is_signed_in, room,
            self._socket.broadcast,
        )  # fmt: skip
        self._assessments = AssessmentMirror(
            self._rest, self._cases.book, clock, self._is_signed_in, self._socket.broadcast
        )
        self._build_ingest()
        self._rights = Rights(self._session, self._audit, redactor, clock, self._incidents.get)
        self._build_orders_and_lines()
        self._silence = SilenceWatch(
            self._rest,
            cache,
            clock,
            lambda: self._health.mqtt.state.since if self._health.is_mqtt_up else None,
            lambda: self._health.clock_offset_s,
            self._may_report,
            lambda: self._ingest.run(lambda journal: journal.open_alarms()),
        )
        self._storage.journal_opened(self._journal.opened)
        self._storage.cache_opened(self._registers.writer.opened)
        self._storage.audit_opened(self._audit.opened)

    def _build_ingest(self) -> None:
        post = asyncio.get_running_loop().call_soon_threadsafe
        counters = self._health.counters
        self._ingest = Ingest(
            self._journal, counters, post, self._on_batch, self._on_bug, self._clock
        )
        self._fixes = Fixes(self._tell_positions, self._clock)
        self._weather: Weather | None = None
        self._telemetry = Telemetry(
            counters, self._ingest, self._tell_readings, self._clock, self._on_telemetry
        )
        self._backfill = Backfill(
            self._rest,
            self._ingest,
            self._clock,
            self._is_signed_in,
            self._is_line_trusted,
        )
        self._incidents = Incidents(
            self._rest, self._ingest, self._clock, self._is_signed_in, self._socket.broadcast
        )
        self._incident_backfill = Backfill(
            self._rest, self._ingest.incidents, self._clock, self._is_signed_in,
            self._is_line_trusted, INCIDENT_LOG, self._incidents.offered,
        )  # fmt: skip

    def _build_orders_and_lines(self) -> None:
        self._outreach = Outreaches(self._rest, self._ingest, self._clock, self._tell_outreach)
        self._incident_orders = IncidentOrders(
            self._rest,
            self._ingest,
            self._incidents,
            self._clock,
            lambda: self._health.clock_offset_s,
        )
        self._outbox = Outbox(
            self._rest,
            self._ingest,
            lambda: self._session.user,
            self._clock,
            self._tell_order,
            self._spawn,
            self._outreach,
            self._incident_orders,
        )
        self._wishes = Wishes(
            self._session, self._audit, self._rights, self._outbox, self._questions,
            self._examiner, self._spawn,
        )  # fmt: skip
        self._lines = Lines(
            self._session,
            self._settings.seat_id,
            profile_id(self._journal),
            self._tls,
            self._ingest,
            self._telemetry,
            self._on_mqtt,
            self._clock,
        )

    def _is_signed_in(self) -> bool:
        return self._session.user is not None

    def _is_line_trusted(self) -> bool:
        return self._health.is_mqtt_up and not self._health.is_delayed

    async def run(self) -> int:
        """Until SIGTERM or the end of the parent; gives the exit code."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        ended_with_parent(self._stop.set)
        await self._socket.open()
        self._ingest.start()
        try:
            async with self._group:
                await self._start()
                await self._stop.wait()
                for task in self._tasks():
                    task.cancel()
        finally:
            await self._close()
        return self._exit_code

    async def _start(self) -> None:
        await self._outreach.resume()
        await self._incidents.resume()
        await self._outbox.resume()
        self._session.resume()
        works: dict[str, Callable[[], Awaitable[None]]] = {
            "health": self._tell_health,
            "probe": lambda: self._probe.run(self._on_platform, self._on_offset),
            "session": self._session.keep_fresh,
            "device": DeviceSignIn(self._profile, self._session, self._audit, self._clock).run,
            "backfill": self._backfill.run,
            "incident back-fill": self._incident_backfill.run,
            "incidents": self._incidents.run,
            "incident receipts": self._incidents.tell_receipts,
            "registers": lambda: self._registers.run(self._is_signed_in),
            "cases": self._cases.run,
            "assessments": self._assessments.run,
            "telemetry": self._telemetry.run,
            "positions": self._fixes.run,
            "silence": self._silence.run,
            "outreach": self._outreach.run,
            "pruning": Pruning(self._ingest, self._clock).run,
            "storage": lambda: self._storage.run(self._ingest),
            "backup": Backup(self._journal.path, self._storage, self._clock).run,
            "audit": self._audit.run,
            "anchors": self._audit.run_anchors,
            "mqtt": lambda: self._lines.run(self._backfill.ready),
        }
        for name, work in works.items():
            self._group.create_task(self._keep(name, work), name=f"keep-{name}")

    async def _keep(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """A bug in one part is logged and the part goes on."""
        while True:
            try:
                await work()
            except STORAGE_ERRORS as error:
                log.error("%s: %s", name, error)
                if is_damage(error):
                    return self._on_bug()  # a new link moves the file aside
                self._storage.failed(storage_reason(error))
            except Exception:
                log.exception("bug in %s", name)
            await self._clock.sleep(1.0)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        async def guarded() -> None:
            try:
                await work
            except Exception as error:
                log.exception("bug in a task")
                if is_damage(error):
                    self._on_bug()

        self._group.create_task(guarded(), name="spawned")

    def _tasks(self) -> list["asyncio.Task[Any]"]:
        mine = asyncio.current_task()
        return [task for task in asyncio.all_tasks() if task is not mine]

    async def _close(self) -> None:
        await self._socket.close()
        await asyncio.to_thread(self._ingest.stop)
        await self._audit.close(self._session.access_token)
        await self._rest.close()
        self._registers.close()
        await asyncio.to_thread(self._cases.close)
        self._journal.close()

    # ---- what happens --------------------------------------------------------------------

    def _on_batch(self, batch: Batch) -> None:
        if batch.open_list is not None:
            for part in snapshot_parts(batch.open_list):
                self._socket.broadcast(part)
        if batch.events:
            self._socket.broadcast(AlarmEvents(events=batch.events, backfilled=batch.backfilled))
        if batch.receipts:
            self._outreach.take(batch.receipts)
            self._incidents.take_receipts(batch.receipts)
        self._incidents.take(batch.incidents)
        if batch.incidents.other_epoch:
            self._incident_backfill.schedule.epoch_doubted(self._clock.monotonic_s())
        if batch.other_epoch:
            self._backfill.schedule.epoch_doubted(self._clock.monotonic_s())
        if batch.storage_error is not None:
            self._storage.failed(batch.storage_error)

    def _on_bug(self) -> None:
        self._exit_code = BUG_EXIT_CODE
        self._stop.set()

    def _on_reached(self, failure: str) -> None:
        if self._health.turn_rest(failure):
            log.info("rest: %s", failure or "reached")
            self._say_health()

    def _on_mqtt(self, condition: ServiceCondition, text: str) -> None:
        if condition is ServiceCondition.UP:
            self._backfill.schedule.ask_events()
            self._incident_backfill.schedule.ask_events()
            self._incidents.ask_soon()
        if self._health.turn_mqtt(condition, text):
            self._say_health()

    def _on_session(self, ended: str) -> None:
        self._audit.session(self._session.user, ended)
        self._rights.session_changed()
        if self._session.user is None:
            self._health.signed_out()
        else:
            self._backfill.schedule.ask_snapshot()
            self._incident_backfill.schedule.ask_snapshot()
            self._registers.fetch_now()
        self._lines.session_changed()
        self._socket.broadcast(SessionState(user=self._session.user, refused=ended))

    def _on_platform(self) -> None:
        self._socket.broadcast(self._probe.state)

    def _on_offset(self, offset_s: float) -> None:
        self._health.clock_offset_s = offset_s

    def _tell_order(self, state: OrderState) -> None:
        self._audit.order(state, self._incident_orders.about(state))
        self._outreach.order(state)
        self._socket.broadcast(state)
        self._say_health()

    def _tell_outreach(self, one: Outreach) -> None:
        self._socket.broadcast(OutreachTold(items=(one,)))

    def _tell_readings(self, readings: tuple[Reading, ...]) -> None:
        self._silence.put(readings)
        self._socket.broadcast(Readings(readings=readings))

    def _may_report(self) -> bool:
        user = self._session.user
        return user is not None and not why_not(user.roles, Action.ALARM_RAISE)

    def _on_telemetry(self, message: object) -> bool:
        if isinstance(message, Position):
            return self._fixes.put(message)
        if isinstance(message, Weather):
            self._weather = message
            self._socket.broadcast(WeatherTold(weather=message))
            return True
        return False

    def _tell_positions(self, positions: tuple[Position, ...]) -> None:
        self._socket.broadcast(Positions(positions=positions))

    async def _tell_health(self) -> None:
        beat = Beat()
        while True:
            beat.beat()
            self._say_health()
            await self._clock.sleep(HEALTH_S)

    def _say_health(self) -> None:
        self._socket.broadcast(self._health.message(self._outbox.state, self._rest.obliged_s))

    # ---- stations ------------------------------------------------------------------------

    def _greet(self, client: Client) -> None:
        def deliver(alarms: tuple[Any, ...]) -> None:
            client.send(self._probe.state)
            client.send(SessionState(user=self._session.user))
            for changed in (*self._registers.known, *self._cases.known):
                client.send(changed)
            for part in snapshot_parts(alarms):
                client.send(part)
            client.send(Readings(readings=self._telemetry.latest))
            for part in self._fixes.latest:
                client.send(Positions(positions=part))
            if self._weather is not None:
                client.send(WeatherTold(weather=self._weather))
            client.send(OutreachTold(items=self._outreach.recent, whole=True))
            for message in self._incidents.greeting:
                client.send(message)
            client.send(self._health.message(self._outbox.state, self._rest.obliged_s))
            for state in self._outbox.recent:
                client.send(state)
            client.greeted = True

        self._ingest.with_open_alarms(deliver)

    def _on_message(self, client: Client, message: ToLink) -> None:
        self._wishes.take(client, message)

    def _on_kept(self, entry_ids: tuple[str, ...]) -> None:
        self._socket.broadcast(AuditKept(entry_ids=entry_ids))
