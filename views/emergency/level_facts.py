"""What is known of the level of a response that runs: its conditions now, and what it still asks.

Worked out beside the GUI loop, one round at a time; a round for a response that is not looked at
any more is thrown away.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.context import RoomContext
from desktop.domain.emergency.activation import Preparation, prepare
from desktop.domain.emergency.dispatch import Crew, Method, Proposal, Site
from desktop.domain.emergency.figures import figures_of
from desktop.domain.emergency.gathering import Gathered, gather, rules_of
from desktop.domain.emergency.incidents import Incident, IncidentOrder, IncidentState
from desktop.domain.emergency.plans import Plan, PlanLevel, ResponseLevel
from desktop.domain.emergency.supplement import (
    Lack,
    Supplement,
    counting,
    lacks,
    still_needed,
    supplement,
    with_bound,
)
from desktop.domain.outreach import ReceiptState
from desktop.offload import offload
from desktop.tasks import TaskScope, loop_runs
from views.emergency.advice import Advice, Advisers, Task
from views.emergency.desk_facts import DeskFacts
from views.emergency.preparing import recommended, value_words

AGAIN_S = 10.0


@dataclass(frozen=True)
class LevelPicture:
    """One round about one response. `reached`: the graver level whose conditions hold."""

    incident: Incident
    plan: Plan
    level: PlanLevel
    advice: Advice
    gathered: Gathered
    needed: tuple[Site, ...]
    lacks: tuple[Lack, ...]
    reached: ResponseLevel | None = None


@dataclass(frozen=True)
class Offer:
    """What would go out now, and what of it nobody can do."""

    picture: LevelPicture
    proposal: Proposal | None
    supplement: Supplement
    crews: Mapping[str, Crew] = field(default_factory=dict)


class LevelFacts(QObject):
    changed = Signal()

    def __init__(
        self, room: RoomContext, advisers: Advisers, facts: DeskFacts, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._room, self._advisers, self._facts = room, advisers, facts
        self._scope = TaskScope(self)
        self.picture: LevelPicture | None = None
        self._running = False
        self._looked_at_s: float | None = None

    def look(self, incident: Incident, at_once: bool = False) -> None:
        """`at_once`: the incident has changed; else each ten seconds."""
        now_s = self._room.clock.monotonic_s()
        fresh = self._looked_at_s is not None and now_s - self._looked_at_s < AGAIN_S
        other = self.picture is None or self.picture.incident.incident_id != incident.incident_id
        if self._running or not loop_runs() or (fresh and not at_once and not other):
            return
        if incident.state is IncidentState.ACTIVE:
            self._running, self._looked_at_s = True, now_s
            self._scope.spawn(self._round(incident), "level of a response")

    async def _round(self, incident: Incident) -> None:
        try:
            self.picture = await self._work_out(incident)
        finally:
            if isValid(self):  # the page may have gone meanwhile
                self._running = False
                self.changed.emit()

    async def _work_out(self, incident: Incident) -> LevelPicture | None:
        plan = self._room.plans.get(incident.plan_id)
        level = plan.levels.get(incident.level) if plan is not None else None
        if plan is None or level is None:
            return None
        await self._facts.read_streets()
        around = self._facts.surroundings()
        asked = self._facts.question(incident.alarm_ids, plan.plan_id, around)
        advice = await offload(self._advisers.advise, asked)
        alarms = tuple(self._facts.alarms_of(incident.alarm_ids).values())
        gathered = await offload(gather, alarms, plan, level, around)
        orders = counting(incident, self._has_declined)
        needed = still_needed(gathered.sites, plan, level, orders)
        graver = advice.level is not None and advice.level.rank < incident.level.rank
        return LevelPicture(
            incident, plan, level, advice, gathered, needed, lacks(needed, level),
            advice.level if graver else None,
        )  # fmt: skip

    def _has_declined(self, order: IncidentOrder) -> bool:
        steps = self._room.incidents.receipts(order.order_id).get(order.unit_id, ())
        return any(one.state is ReceiptState.DECLINED for one in steps)

    # ---- what would go out ------------------------------------------------------------------

    async def offer(self, incident: Incident) -> Offer | None:
        """None: the plan does not know this level."""
        picture = await self._work_out(incident)
        if picture is None:
            return None
        crews = with_bound(picture.gathered.crews, incident, self._room.incidents.open())
        proposal = await self._solve(picture, crews)
        known = {one.unit_id: one for one in crews}
        if proposal is None:
            return Offer(picture, None, Supplement(orders=(), messages=()), known)
        return Offer(picture, proposal, await self._make(picture, proposal, known), known)

    async def _solve(self, picture: LevelPicture, crews: tuple[Crew, ...]) -> Proposal | None:
        """Without legs where nothing is lacking; None where the rules have no proposal."""
        rules = rules_of(picture.level)
        if not picture.needed:
            figures = figures_of((), (), (), rules)
            return Proposal(method=Method.LEAST_TOTAL, legs=(), unserved=(), figures=figures)
        words = {one.skill: one.name for one in picture.level.requires}
        task = Task(picture.needed, crews, rules, {}, self._facts.streets, words)
        proposals = await offload(self._advisers.solve, task)
        best = recommended(proposals)
        return next((one for one in proposals if one.method is best), None)

    async def _make(
        self, picture: LevelPicture, proposal: Proposal, crews: Mapping[str, Crew]
    ) -> Supplement:
        incident, gathered = picture.incident, picture.gathered
        given = Preparation(
            plan=picture.plan,
            level=incident.level,
            proposal=proposal,
            sites={one.site_id: one for one in gathered.sites},
            crews=crews,
            alarms=tuple(self._facts.alarms_of(incident.alarm_ids).values()),
            duty=await self._facts.on_duty(gathered),
            now=self._facts.now(),
            drill=incident.drill,
            values={site: value_words(facts) for site, facts in gathered.facts.items()},
        )
        try:
            act = await offload(prepare, given)
        except ValueError:
            return Supplement(orders=(), messages=())
        raised = incident.level_answer is not None and incident.level_answer.was_raised
        return supplement(incident, act.draft, tells=raised)
