"""Climbs the ladder of every order that nobody accepts, wherever the operator looks.

Only for incidents that this seat has activated. What was done is read from the incident and the
outreach: a window that starts anew goes on where the last one was.
"""

import asyncio
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer

from desktop.commands.escalation import Escalation, platform_now
from desktop.commands.street_ways import StreetWays
from desktop.context import RoomContext
from desktop.domain.emergency import ladder
from desktop.domain.emergency.incidents import Incident, IncidentOrder
from desktop.domain.emergency.ladder import Step
from desktop.domain.emergency.receipt_matrix import ReceiptMatrix
from desktop.domain.permissions import Action
from desktop.errors import PlatformError
from desktop.shell.notices import NoticeBoard
from desktop.tasks import TaskScope
from widgets import rights

PERIOD_MS = 1000
SETTLED_S = 8.0
"""After a start or a lost link: until then what was sent before may not be told yet."""
JUMP_S = 5.0
AGAIN_S = 15.0
TOLD_S, _LOOK_S = 3.0, 0.05


class LadderWatch(QObject):
    """One look a second; each step that is due goes, one at a time."""

    def __init__(self, room: RoomContext, board: NoticeBoard, parent: QObject) -> None:
        super().__init__(parent)
        self._room, self._board = room, board
        self._escalation = Escalation(room, StreetWays(room))
        self._scope = TaskScope(self)
        self._matrices: dict[str, ReceiptMatrix] = {}
        self._climbing = False
        self._refused_s: dict[tuple[str, int], float] = {}
        self._doubtful: set[tuple[str, int]] = set()  # fell due while the clock jumped
        self._connected_s: float | None = None
        self._last: tuple[datetime, datetime, float] | None = None
        self._timer = QTimer(self, interval=PERIOD_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        now = platform_now(self._room)
        jumped = self._has_jumped(now)
        if not self._is_settled():
            return
        mine = [one for one in self._room.incidents.open() if ladder.carries_out(one, self._seat)]
        for gone in set(self._matrices) - {one.incident_id for one in mine}:
            del self._matrices[gone]
        for incident in mine:
            steps = self._due(incident, now)
            if jumped:
                self._doubtful.update(step.key for _, step in steps)
            elif not self._climbing and any(self._may_go(step) for _, step in steps):
                self._climbing = True
                self._scope.spawn(self._climb(incident.incident_id), "ladders of an incident")

    @property
    def _seat(self) -> str:
        user = self._room.session.user
        return (user.seat_id if user is not None else None) or self._room.settings.seat_id

    def _is_settled(self) -> bool:
        """The link has told what it knows, and somebody is signed in who may order."""
        room = self._room
        user = room.session.user
        if not room.health.link_connected or user is None:
            self._connected_s = None
            return False
        if self._connected_s is None:
            self._connected_s = room.clock.monotonic_s()
        if room.clock.monotonic_s() - self._connected_s < SETTLED_S:
            return False
        return not rights.why_not(user.roles, Action.INCIDENT_ORDER)

    def _has_jumped(self, now: datetime) -> bool:
        """A clock that was set, here or at the platform, or a machine that slept and hears of it
        when the platform's time is measured anew: nothing goes because of that alone."""
        clock = self._room.clock
        last, self._last = self._last, (clock.now(), now, clock.monotonic_s())
        if last is None:
            return False
        passed_s = self._last[2] - last[2]
        times = zip(self._last[:2], last[:2], strict=True)
        return any(abs((a - b) / timedelta(seconds=1) - passed_s) > JUMP_S for a, b in times)

    def _due(self, incident: Incident, now: datetime) -> list[tuple[IncidentOrder, Step]]:
        matrix = self._matrices.setdefault(incident.incident_id, ReceiptMatrix())
        matrix.show(incident)
        marks = self._escalation.marks(incident)
        found = list[tuple[IncidentOrder, Step]]()
        for order in incident.orders:
            matrix.take(order.order_id, self._room.incidents.receipts(order.order_id))
            row = matrix.get(order.order_id, order.unit_id)
            step = ladder.due(self._escalation.steps(incident, order, row, now, marks))
            if step is not None:
                found.append((order, step))
        return found

    def _may_go(self, step: Step) -> bool:
        """What was refused or sent by this window waits: for a hand, or for its own echo."""
        store = self._room.escalation
        if step.key in self._doubtful or store.was_sent(step.key):
            return False
        if store.refusal(step.key) and not self._may_try_again(step):
            return False
        return not store.is_order_running(step.order_id)

    def _may_try_again(self, step: Step) -> bool:
        """Another crew is asked for again: the order that it replaces says whether one goes."""
        refused_s = self._refused_s.get(step.key)
        if step.to != ladder.NEXT or refused_s is None:
            return False
        return self._room.clock.monotonic_s() - refused_s >= AGAIN_S

    async def _climb(self, incident_id: str) -> None:
        """One after the other: each new crew changes the incident that the next one is ordered on,
        and what was due a moment ago may have been accepted since."""
        try:
            tried = set[tuple[str, int]]()
            while (found := self._first_due(incident_id, tried)) is not None:
                incident, order, step = found
                tried.add(step.key)
                await self._carry_out(incident, order, step)
        finally:
            self._climbing = False

    def _first_due(
        self, incident_id: str, tried: set[tuple[str, int]]
    ) -> tuple[Incident, IncidentOrder, Step] | None:
        incident = self._room.incidents.get(incident_id)
        if incident is None or not ladder.carries_out(incident, self._seat):
            return None
        for order, step in self._due(incident, platform_now(self._room)):
            if step.key not in tried and self._may_go(step):
                return incident, order, step
        return None

    async def _carry_out(self, incident: Incident, order: IncidentOrder, step: Step) -> None:
        try:
            await self._escalation.carry_out(incident, order, step)
        except PlatformError as error:
            again = step.key in self._refused_s
            self._refused_s[step.key] = self._room.clock.monotonic_s()
            if not again:
                self._tell(order, step, error.operator_text)
        else:
            if step.to == ladder.NEXT:
                await self._told(incident)

    async def _told(self, before: Incident) -> None:
        """Until the platform's own event has come, or TOLD_S."""
        for _ in range(int(TOLD_S / _LOOK_S)):
            now = self._room.incidents.get(before.incident_id)
            if now is None or now.revision != before.revision:
                return
            await asyncio.sleep(_LOOK_S)

    def _tell(self, order: IncidentOrder, step: Step, why: str) -> None:
        what = self.tr("{0}（{1}）第 {2} 步催办没有发出：{3}").format(
            order.unit_name, order.place, step.number, why
        )
        self._board.post(f"ladder:{order.order_id}", self.tr("催办没有发出"), what)
