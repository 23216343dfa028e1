"""Keeps the shown draft worked out: evidence, suggestion, crews, proposals, the act itself.

One round at a time, each step beside the GUI loop. What was computed for a draft that has changed
meanwhile is thrown away; the page shows the last whole picture until the next one is there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.context import RoomContext
from desktop.domain.alarms import Alarm
from desktop.domain.emergency.activation import Activation, Preparation, prepare
from desktop.domain.emergency.dispatch import Method, Proposal
from desktop.domain.emergency.gathering import Gathered, Surroundings, gather, rules_of
from desktop.domain.emergency.plans import Plan, PlanLevel
from desktop.offload import offload
from desktop.stores.emergency_draft import EmergencyState
from desktop.tasks import TaskScope, loop_runs
from views.emergency.advice import Advice, Advisers, Line, Task
from views.emergency.desk_facts import DeskFacts

SOLVE_AGAIN_S = 10.0
"""Crews move: their minutes are looked at anew so often, and at once when something is chosen."""
_SOON_MS = 40


@dataclass(frozen=True)
class Picture:
    """One whole round. Empty fields: that step could not be done."""

    draft: EmergencyState
    advice: Advice
    plan: Plan | None = None
    level: PlanLevel | None = None
    gathered: Gathered | None = None
    proposals: tuple[Proposal, ...] = ()
    chosen: Proposal | None = None
    recommended: Method | None = None
    activation: Activation | None = None
    ways: Mapping[tuple[str, str], Line] = field(default_factory=dict)
    alarms: Mapping[str, Alarm] = field(default_factory=dict)
    missing: Mapping[str, datetime] = field(default_factory=dict)
    """Registers that have not come yet, and since when that is known."""
    is_over: bool = False
    """Every alarm that it was prepared for has closed: what it would be about now, nobody chose."""


class Preparing(QObject):
    """`changed` after each round whose draft still stands."""

    changed = Signal()

    def __init__(self, room: RoomContext, advisers: Advisers, parent: QObject) -> None:
        super().__init__(parent)
        self._room, self._advisers = room, advisers
        self._scope = TaskScope(self)
        self.picture: Picture | None = None
        self.is_being_given: Callable[[], bool] = bool
        """Whether the picture is on its way to the platform: the one that is sent stands."""
        self._running = self._again = False
        self.facts = DeskFacts(room, advisers)
        self._solved: tuple[Any, float, tuple[Proposal, ...]] | None = None
        self._found: tuple[Proposal, Mapping[tuple[str, str], Line]] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._start)
        room.emergency.changed.connect(self._on_choice)

    @property
    def is_stale(self) -> bool:
        """Something was chosen since: what is seen is of the choice before, nobody gives it."""
        shown = self._room.emergency.shown
        if self.picture is None or shown is None or self.is_being_given():
            return False
        return _choice(shown) != _choice(self.picture.draft)

    def _on_choice(self) -> None:
        """The picture of another draft goes at once: a hand must not find it under its own."""
        shown, picture = self._room.emergency.shown, self.picture
        other = (
            picture is not None and shown is not None and picture.draft.draft_id != shown.draft_id
        )
        if other and not self.is_being_given():
            self.picture = None
        self.refresh()

    @property
    def is_working(self) -> bool:
        return self._running or self._soon.isActive()

    def refresh(self) -> None:
        """Soon, once for many calls."""
        if not self._soon.isActive():
            self._soon.start()

    def _start(self) -> None:
        if not loop_runs():
            return
        if self._running:
            self._again = True
            return
        self._running = True
        self._scope.spawn(self._round(), "prepare the response")

    async def _round(self) -> None:
        try:
            await self._work()
        finally:
            self._running = False
            if self._again:
                self._again = False
                self.refresh()

    async def _work(self) -> None:
        draft = self._room.emergency.shown
        if draft is None or draft.is_sent:
            self.picture = None
            self.changed.emit()
            return
        await self.facts.read_streets()
        around = self.facts.surroundings()
        by_hand = draft.plan_id if draft.plan_by_hand else ""
        asked = self.facts.question(draft.alarm_ids, by_hand, around)
        advice = await offload(self._advisers.advise, asked)
        store = self._room.emergency
        is_over = self.facts.are_over(draft.alarm_ids)
        if not is_over and store.shown is not None and store.shown.draft_id == draft.draft_id:
            store.suggest(draft.draft_id, advice.plan_id, advice.level, advice.alarm_ids)
        draft = store.get(draft.draft_id)
        if draft is None or store.shown is not draft:
            return  # another one is shown meanwhile: its own round follows
        picture = (
            Picture(draft, advice, self._room.plans.get(draft.plan_id), is_over=True)
            if is_over
            else await self._work_out(draft, advice, around)
        )
        if store.shown is draft and not self.is_being_given():  # nothing was chosen meanwhile
            self.picture = picture
            store.note_evidence(draft.draft_id, (row.line for row in advice.rows))
            self.changed.emit()

    async def _work_out(
        self, draft: EmergencyState, advice: Advice, around: Surroundings
    ) -> Picture:
        alarms = self._alarms_of(draft)
        plan = self._room.plans.get(draft.plan_id)
        level = plan.levels.get(draft.level) if plan is not None and draft.level else None
        missing = self.facts.missing()
        bare = Picture(draft, advice, plan, level, alarms=alarms, missing=missing)
        if plan is None or level is None:
            return bare
        gathered = await offload(gather, tuple(alarms.values()), plan, level, around)
        pins = {one.unit_id: one.site_id for one in draft.pins}
        task = Task(
            gathered.sites, gathered.crews, rules_of(level), pins, self.facts.streets,
            {one.skill: one.name for one in level.requires},
        )  # fmt: skip
        proposals = await self._solve(task)
        best = recommended(proposals)
        method = draft.method or best
        chosen = next((one for one in proposals if one.method is method), None)
        if chosen is None:
            return replace(bare, gathered=gathered)
        done = replace(
            bare, gathered=gathered, proposals=proposals, chosen=chosen, recommended=best,
            ways=await self._find_ways(task, chosen),
        )  # fmt: skip
        return await self._make_act(done, chosen)

    def _alarms_of(self, draft: EmergencyState) -> dict[str, Alarm]:
        """Those that are open and belong to no other response of the same kind."""
        taken = {
            alarm_id
            for one in self._room.incidents.open()
            if one.drill is draft.drill
            for alarm_id in one.alarm_ids
        } - set(draft.alarm_ids[:1])
        return self.facts.alarms_of(one for one in draft.alarm_ids if one not in taken)

    async def _make_act(self, done: Picture, chosen: Proposal) -> Picture:
        assert done.plan is not None and done.gathered is not None
        assert done.draft.level is not None
        given = Preparation(
            plan=done.plan,
            level=done.draft.level,
            proposal=chosen,
            sites={one.site_id: one for one in done.gathered.sites},
            crews={one.unit_id: one for one in done.gathered.crews},
            alarms=tuple(done.alarms.values()),
            duty=await self.facts.on_duty(done.gathered),
            now=self.facts.now(),
            drill=done.draft.drill,
            reasons=tuple(row.line for row in done.advice.rows),
            values={site: value_words(facts) for site, facts in done.gathered.facts.items()},
            drill_from=done.draft.opened_at if done.draft.drill else None,
        )
        try:
            act = await offload(prepare, given)
        except ValueError:
            act = None
        return replace(done, activation=act, missing=self.facts.missing())

    # ---- what the steps are given -----------------------------------------------------------

    async def _solve(self, task: Task) -> tuple[Proposal, ...]:
        """Anew when something was chosen or has come, else when the minutes have become old."""
        needs = tuple((one.site_id, tuple(sorted(one.needs.items()))) for one in task.sites)
        crews = tuple(one.unit_id for one in task.crews)
        key = (needs, dict(task.pins), crews, id(task.streets))
        now_s = self._room.clock.monotonic_s()
        if self._solved and self._solved[0] == key and now_s - self._solved[1] < SOLVE_AGAIN_S:
            return self._solved[2]
        proposals = await offload(self._advisers.solve, task)
        self._solved = (key, now_s, proposals)
        return proposals

    async def _find_ways(self, task: Task, chosen: Proposal) -> Mapping[tuple[str, str], Line]:
        """Found once for each proposal."""
        if self._found is None or self._found[0] is not chosen:
            self._found = (chosen, await offload(self._advisers.ways, task, chosen.legs))
        return self._found[1]


def _choice(draft: EmergencyState) -> tuple[object, ...]:
    """What decides who is sent where, and whether in earnest."""
    return (draft.draft_id, draft.plan_id, draft.level, draft.drill, draft.method, draft.pins)


def recommended(proposals: tuple[Proposal, ...]) -> Method | None:
    """Red sites before their line, nobody forgotten, most within the target, then the earliest."""

    def rank(one: Proposal) -> tuple[float, ...]:
        figures = one.figures
        latest = figures.latest_min if figures.latest_min is not None else 1e9
        mean = figures.mean_min if figures.mean_min is not None else 1e9
        served = (-figures.red_before_line, figures.unserved, -figures.within_target)
        return (*served, latest, mean, -tuple(Method).index(one.method))  # equal: sees all at once

    return min(proposals, key=rank).method if proposals else None


def value_words(facts: Any) -> str:
    """0.35 m; empty where nothing is measured."""
    if facts.value is None:
        return ""
    shape = "{0:.2f} {1}" if facts.unit == "m" else "{0:g} {1}"
    return shape.format(facts.value, facts.unit)
