"""Carries a step of the ladder out, sends another crew, holds a ladder: by hand or by the watch."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

import msgspec

from desktop.clock import Clock
from desktop.commands.street_ways import StreetWays
from desktop.domain.duty import Duty, on_duty
from desktop.domain.emergency import ladder
from desktop.domain.emergency.arrivals import Candidate, best, by_street, candidates
from desktop.domain.emergency.incidents import (
    ADD_ORDERS,
    NOTE,
    Incident,
    IncidentOrder,
    OrderDraft,
    OrderState,
)
from desktop.domain.emergency.ladder import Step
from desktop.domain.emergency.plans import LadderStep, Plan, PlanLevel
from desktop.domain.emergency.receipt_matrix import Row
from desktop.domain.outreach import Draft, Person, duty_person_id, has_failed
from desktop.domain.permissions import role_words
from desktop.domain.units import Unit
from desktop.errors import PlatformError
from desktop.stores.escalation import EscalationStore
from desktop.stores.health import HealthStore, SessionStore
from desktop.stores.incidents import IncidentStore
from desktop.stores.outreach import OutreachStore
from desktop.stores.positions import PositionStore
from desktop.stores.registers import Register

BY_HAND = 0
_MOST_ASKED = 60
_BOUND = (OrderState.SENT, OrderState.BLOCKED, OrderState.HELD, OrderState.RECALLING)


class Marks(NamedTuple):
    """Of the steps that texts carried out, and of those whose text was refused."""

    sent: frozenset[str]
    failed: frozenset[str]


class _Orders(Protocol):
    async def send_message(self, draft: Draft) -> str: ...

    async def incident(self, verb: str, incident_id: str, body: object) -> str: ...


class _Questions(Protocol):
    async def duty(self) -> Sequence[Duty]: ...


class Room(Protocol):
    """What of a control room is needed here."""

    @property
    def orders(self) -> _Orders: ...
    @property
    def questions(self) -> _Questions: ...
    @property
    def outreach(self) -> OutreachStore: ...
    @property
    def incidents(self) -> IncidentStore: ...
    @property
    def plans(self) -> Register[Plan]: ...
    @property
    def units(self) -> Register[Unit]: ...
    @property
    def positions(self) -> PositionStore: ...
    @property
    def session(self) -> SessionStore: ...
    @property
    def health(self) -> HealthStore: ...
    @property
    def escalation(self) -> EscalationStore: ...
    @property
    def clock(self) -> Clock: ...


def platform_now(room: Room) -> datetime:
    """The desk's time set right by what the link measured: receipts carry the platform's."""
    return room.health.platform_now(room.clock)


class Escalation:
    """Methods that order raise PlatformError with the operator's text."""

    def __init__(self, room: Room, streets: StreetWays) -> None:
        self._room, self._streets = room, streets

    # ---- reading ----------------------------------------------------------------------------

    def level_of(self, incident: Incident) -> PlanLevel | None:
        plan = self._room.plans.get(incident.plan_id)
        return plan.levels.get(incident.level) if plan is not None else None

    def ladder_of(self, incident: Incident) -> Sequence[LadderStep]:
        level = self.level_of(incident)
        return level.ladder if level is not None else ()

    def marks(self, incident: Incident) -> Marks:
        """By what this desk knows of texts that were sent, its own and those of the incident."""
        mine = tuple(self._room.outreach.items().values())
        sent = [one.text for one in incident.messages]
        sent += [one.text for one in mine if not has_failed(one)]
        failed = [one.text for one in mine if has_failed(one)]
        return Marks(ladder.marks_in(sent), ladder.marks_in(failed))

    def steps(
        self,
        incident: Incident,
        order: IncidentOrder,
        row: Row | None,
        now: datetime,
        marks: Marks | None = None,
    ) -> tuple[Step, ...]:
        """`marks`: asked once where many orders are looked at."""
        sent, failed = marks or self.marks(incident)
        rungs = self.ladder_of(incident)
        return ladder.steps(order, row, incident, rungs, sent, now, failed)

    def candidates(self, incident: Incident, order: IncidentOrder) -> list[Candidate]:
        """Who could go in the place of the order's crew, the nearest free one first, by the
        straight line: all of them, for the streets may say otherwise."""
        room = self._room
        taken = self._bound() | {one.unit_id for one in incident.orders}
        return candidates(
            order,
            self._skill(incident, order),
            room.units.rows(),
            room.positions.get,
            taken,
            platform_now(room),
            most=_MOST_ASKED,
        )

    async def candidates_by_street(
        self, incident: Incident, order: IncidentOrder
    ) -> list[Candidate]:
        """The same by the streets that are open; by the straight line without a street graph."""
        found = self.candidates(incident, order)
        starts = [(one.lon_deg, one.lat_deg) for one in found]
        minutes = await self._streets.minutes_to((order.lon_deg, order.lat_deg), starts)
        return found if minutes is None else by_street(found, minutes)

    def _bound(self) -> set[str]:
        """Units with an order of any incident that is open; of those a drill binds nobody."""
        return {
            order.unit_id
            for one in self._room.incidents.open()
            if not one.drill
            for order in one.orders
            if order.state in _BOUND
        }

    def _skill(self, incident: Incident, order: IncidentOrder) -> str:
        level = self.level_of(incident)
        tasks = level.tasks if level is not None else ()
        return next((task.skill for task in tasks if task.task_id == order.task_id), "")

    # ---- ordering ---------------------------------------------------------------------------

    async def carry_out(self, incident: Incident, order: IncidentOrder, step: Step) -> None:
        """One step, once: while it is on its way a second call does nothing."""
        store = self._room.escalation
        if store.is_order_running(order.order_id) or not store.begin(step.key):
            return
        refusal = self._abandoned()
        try:
            if step.to == ladder.NEXT:
                await self._send_next(incident, order)
            else:
                await self._remind(incident, order, step)
            refusal = ""
        except PlatformError as error:
            refusal = error.operator_text
            raise
        finally:
            store.end(step.key, platform_now(self._room), refusal)

    async def reassign(self, incident: Incident, order: IncidentOrder, to: Candidate) -> None:
        """Another crew in its place, chosen by hand."""
        store, key = self._room.escalation, (order.order_id, BY_HAND)
        if store.is_order_running(order.order_id) or not store.begin(key):
            raise PlatformError("这条调度令正在改派或催办，请稍候")
        refusal = self._abandoned()
        try:
            await self._replace(incident, order, to)
            refusal = ""
        except PlatformError as error:
            refusal = error.operator_text
            raise
        finally:
            store.end(key, platform_now(self._room), refusal)

    async def hold(self, incident: Incident, order: IncidentOrder, hold: bool) -> None:
        """As a note: every desk knows of it, and it stands in the timeline."""
        text = ladder.hold_note(order.order_id, hold)
        await self._room.orders.incident(NOTE, incident.incident_id, {"text": text})

    @staticmethod
    def _abandoned() -> str:
        """Where a task ends without an answer."""
        return "没有等到平台的应答，请核对后再催"

    async def _remind(self, incident: Incident, order: IncidentOrder, step: Step) -> None:
        if step.to == ladder.SAME:
            person = Person(order.unit_id, order.unit_name)
        else:
            person = await self._on_duty(step.to)
        draft = Draft(
            people=(person,),
            channel=step.channel,
            text=ladder.step_text(order, step.number, incident.drill),
            about=order.order_id,
            incident_id=incident.incident_id,
            drill=incident.drill,
        )
        await self._room.orders.send_message(draft)

    async def _on_duty(self, role: str) -> Person:
        """The first of the role's ladder, of the operator's own unit before others."""
        rows = on_duty(await self._room.questions.duty(), self._room.clock.now())
        user = self._room.session.user
        org_id = user.org_id if user is not None else None
        mine = [row for row in rows if row.role == role]
        mine.sort(key=lambda row: (row.org_id != org_id, row.ladder))
        if not mine:
            raise PlatformError(f"值班表中现在没有{role_words((role,))}；请直接拨打电话")
        row = mine[0]
        name = f"{row.name}（{row.role_name}）" if row.role_name else row.name
        return Person(duty_person_id(row.org_id, row.role, row.ladder), name)

    async def _send_next(self, incident: Incident, order: IncidentOrder) -> None:
        found = best(await self.candidates_by_street(incident, order))
        if found is None:
            raise PlatformError("没有可自动改派的空闲队伍；请在「改派」中人工选")
        await self._replace(incident, order, found)

    async def _replace(self, incident: Incident, order: IncidentOrder, to: Candidate) -> None:
        """The platform refuses a second crew for the same order: its revision has moved on."""
        within = None
        if order.due_at is not None:
            left = (order.due_at - platform_now(self._room)).total_seconds() / 60
            within = max(left, 1.0)
        draft = OrderDraft(
            unit_id=to.unit_id,
            task_id=order.task_id,
            task=order.task,
            site_id=order.site_id,
            place=order.place,
            lon_deg=order.lon_deg,
            lat_deg=order.lat_deg,
            eta_min=round(to.eta_min, 1),
            within_min=within,
            lead=order.lead,
        )
        body = {"orders": [msgspec.to_builtins(draft)], "replaces": order.order_id}
        await self._room.orders.incident(ADD_ORDERS, incident.incident_id, body)
