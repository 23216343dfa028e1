"""What the board shows of one incident: rows, arrivals and ladders of now, and its timeline."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.commands.escalation import Escalation, platform_now
from desktop.commands.street_ways import StreetWays
from desktop.context import RoomContext
from desktop.domain.emergency import ladder
from desktop.domain.emergency.arrivals import Arrival, Place, arrival
from desktop.domain.emergency.clocks import ClockFace, faces
from desktop.domain.emergency.drill_score import Score, score
from desktop.domain.emergency.incidents import Incident, IncidentOrder, TimelineEntry
from desktop.domain.emergency.ladder import Step
from desktop.domain.emergency.plans import PlanLevel, Targets
from desktop.domain.emergency.receipt_matrix import (
    ANSWER_LIMIT_S,
    ReceiptMatrix,
    Row,
    Standing,
    Totals,
)
from desktop.domain.emergency.timeline import Check, verify
from desktop.domain.outreach import ReceiptState
from desktop.errors import OperatorError
from desktop.stores.keyed import Delta
from desktop.stores.throttle import Throttle
from desktop.tasks import TaskScope, loop_runs
from views.emergency.board.ways import CrewWays

NOT_UNDER_WAY = (
    Standing.REPLACED, Standing.RECALLED, Standing.RECALL_UNREAD, Standing.DECLINED, Standing.HELD,
    Standing.ON_SCENE, Standing.DONE,
)  # fmt: skip
ROWS_MS = 250
_TIMELINE_MS = 2_000


class BoardState(QObject):
    """One for each board; views read it after its signals."""

    incident_changed = Signal()
    rows_changed = Signal()
    timeline_changed = Signal()

    def __init__(self, room: RoomContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        streets = StreetWays(room)
        self.room, self.escalation = room, Escalation(room, streets)
        self.ways = CrewWays(streets, room.clock, self)
        self.incident_id = ""
        self.matrix = ReceiptMatrix()
        self.ordered: list[tuple[Standing, Row]] = []
        self.standings: dict[str, Standing] = {}
        """Of crews by order_id."""
        self.arrivals: dict[str, Arrival] = {}
        self.next_steps: dict[str, Step] = {}
        self.entries: tuple[TimelineEntry, ...] = ()
        self.check: Check | None = None
        self.timeline_refusal = ""
        self._seen_heads: dict[str, tuple[int, str]] = {}
        self._scope = TaskScope(self)
        self._rows = Throttle(self.refresh, ROWS_MS, self)
        self._timeline_due = QTimer(self, singleShot=True, interval=_TIMELINE_MS)
        self._timeline_due.timeout.connect(self.fetch_timeline)
        self._fetching = False
        room.incidents.changed.connect(self._on_incidents)
        room.incidents.receipts_changed.connect(self._on_receipts)
        room.escalation.changed.connect(self._rows.call)
        self.ways.changed.connect(self._rows.call)
        room.plans.changed.connect(self._on_plans)

    # ---- what there is ------------------------------------------------------------------------

    @property
    def incident(self) -> Incident | None:
        return self.room.incidents.get(self.incident_id) if self.incident_id else None

    @property
    def level(self) -> PlanLevel | None:
        one = self.incident
        return self.escalation.level_of(one) if one is not None else None

    @property
    def targets(self) -> Targets:
        level = self.level
        return level.targets if level is not None else Targets()

    @property
    def limit_s(self) -> float:
        """When silence becomes a trouble: at the first step of the ladder."""
        level = self.level
        rungs = level.ladder if level is not None else ()
        return min((one.after_s for one in rungs), default=ANSWER_LIMIT_S)

    def now(self) -> datetime:
        return platform_now(self.room)

    def faces(self) -> tuple[ClockFace, ...]:
        one = self.incident
        return faces(one.clocks, self.targets, self.now()) if one is not None else ()

    def totals(self) -> Totals:
        return self.matrix.totals

    def score(self) -> Score | None:
        """Of a drill only."""
        one = self.incident
        if one is None or not one.drill:
            return None
        crews = self.matrix.totals_of(crews=True)
        now = self.now() if one.is_open else None
        return score(one.clocks, self.targets, crews, self.matrix.rows, now)

    # ---- changing -----------------------------------------------------------------------------

    def show_incident(self, incident_id: str) -> None:
        if incident_id == self.incident_id:
            return
        self.incident_id = incident_id
        self.matrix = ReceiptMatrix()
        self.ways.forget()
        self.entries, self.check, self.timeline_refusal = (), None, ""
        self._take_incident()
        self.timeline_changed.emit()
        self.fetch_timeline()

    def refresh(self) -> None:
        """Rows, arrivals and ladders of now; each second and after receipts."""
        one, now = self.incident, self.now()
        if one is None:
            self.ordered, self.standings, self.arrivals, self.next_steps = [], {}, {}, {}
            self.rows_changed.emit()
            return
        self.ordered = self.matrix.ordered(now, self.limit_s)
        self.standings = self.matrix.crews()
        self.arrivals, self.next_steps = {}, {}
        marks = self.escalation.marks(one)
        for order in one.orders:
            row = self.matrix.get(order.order_id, order.unit_id)
            if row is None or row.replaced_by:
                continue
            if not row.reached(ReceiptState.ON_SCENE):
                fix = self.room.positions.get(order.unit_id)
                way = self.ways.way(order.order_id, now)
                self.arrivals[order.order_id] = arrival(order, fix, now, way)
            step = ladder.coming(self.escalation.steps(one, order, row, now, marks))
            if step is not None:
                self.next_steps[order.order_id] = step
        self.rows_changed.emit()

    def look_at_ways(self) -> None:
        """Of the crews that are under way; the board asks each second while it is seen."""
        one = self.incident
        if one is None or not one.is_open:
            return
        under_way: dict[str, tuple[Place, IncidentOrder]] = {}
        for order in one.orders:
            fix = self.room.positions.get(order.unit_id)
            if fix is not None and self.standings.get(order.order_id) not in NOT_UNDER_WAY:
                under_way[order.order_id] = ((fix.lon_deg, fix.lat_deg), order)
        self.ways.look(under_way, self.now())

    def fetch_timeline(self) -> None:
        if self.incident_id and loop_runs() and not self._fetching:
            self._fetching = True
            self._scope.spawn(self._fetch(self.incident_id), "timeline of an incident")

    async def read_timeline(self) -> None:
        """Now, for a report. What fails is told by `timeline_refusal`."""
        await self._fetch(self.incident_id)

    async def _fetch(self, incident_id: str) -> None:
        try:
            entries = await self.room.questions.incident_timeline(incident_id)
        except OperatorError as error:
            if incident_id == self.incident_id:
                self.timeline_refusal = error.operator_text
                self.timeline_changed.emit()
            return
        finally:
            self._fetching = False
        if incident_id == self.incident_id:
            self._take_timeline(entries)

    def _take_timeline(self, entries: Sequence[TimelineEntry]) -> None:
        held = self.entries if self.check is not None and self.check.holds else ()
        self.entries, self.timeline_refusal = tuple(entries), ""
        self.check = verify(self.entries, self._seen_heads.get(self.incident_id), held)
        if self.check.holds and self.check.length:
            self._seen_heads[self.incident_id] = (self.check.length, self.check.head)
        self.timeline_changed.emit()

    def _take_incident(self) -> None:
        one = self.incident
        if one is not None:
            self.matrix.show(one)
            for item in (*one.orders, *one.messages):
                receipts = self.room.incidents.receipts(item.order_id)
                self.matrix.take(item.order_id, receipts)
        self.refresh()
        self.incident_changed.emit()

    def _on_incidents(self, delta: Delta) -> None:
        if self.incident_id and any(self.incident_id in keys for keys in delta):
            self._take_incident()
            self.fetch_timeline()

    def _on_receipts(self, order_ids: frozenset[str]) -> None:
        receipts = self.room.incidents.receipts
        # Every one of them has to be taken: `any` would stop at the first.
        if any([self.matrix.take(order_id, receipts(order_id)) for order_id in order_ids]):
            self._rows.call()
            if not self._timeline_due.isActive():
                self._timeline_due.start()

    def _on_plans(self) -> None:
        if self.incident_id:
            self.refresh()
            self.incident_changed.emit()
