"""Which plan, which level, which alarms: what speaks for it, condition by condition. Pure.

The officer may choose otherwise: every plan and level can be assessed the same way.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from desktop.domain.alarms import Alarm
from desktop.domain.emergency.evidence import Facts
from desktop.domain.emergency.incidents import Incident
from desktop.domain.emergency.plan_text import gravest_first
from desktop.domain.emergency.plans import Condition, Plan, ResponseLevel
from desktop.domain.geo import distance_m

AREA_M = 6_000.0
"""Alarms farther than this from the chosen one are another incident, unless the rain is one."""


class Held(Struct, frozen=True):
    """One condition now. `holds` None: it cannot be told."""

    condition: Condition
    value: float | None
    holds: bool | None


class Assessed(Struct, frozen=True):
    """One level of a plan now. Without any condition a level is never suggested."""

    level: ResponseLevel
    held: tuple[Held, ...]
    needed: int

    @property
    def met(self) -> int:
        return sum(one.holds is True for one in self.held)

    @property
    def is_reached(self) -> bool:
        return bool(self.held) and self.met >= self.needed


class Suggestion(Struct, frozen=True, kw_only=True):
    """`level` None: no level of the plan is reached. `levels`: the gravest first."""

    plan_id: str
    level: ResponseLevel | None
    alarm_ids: tuple[str, ...]
    levels: tuple[Assessed, ...]


FactsOf = Callable[[Plan], Facts]


def assess(plan: Plan, level: ResponseLevel, facts: Facts) -> Assessed:
    """Raises KeyError where the plan has no such level."""
    one = plan.levels[level]
    held = tuple(Held(c, facts.value(c), facts.holds(c)) for c in one.trigger)
    return Assessed(level, held, one.needed)


def suggest(
    plans: Mapping[str, Plan], facts_of: FactsOf, chosen: Sequence[Alarm] = (), plan_id: str = ""
) -> Suggestion | None:
    """The plan whose gravest level is reached; `chosen`: the alarms that the officer came with,
    whose plan goes before all others. None where no plan is about anything that is open."""
    if plan_id and plan_id in plans:
        return _suggested(plans[plan_id], facts_of(plans[plan_id]), chosen)
    classes = {one.class_id for one in chosen}
    mine = [p for p in plans.values() if not classes or classes.intersection(p.alarm_classes)]
    found = [_suggested(plan, facts_of(plan), chosen) for plan in mine]
    found = [one for one in found if one.alarm_ids]
    if not found:
        return None
    return min(found, key=lambda one: (_rank(one.level), -len(one.alarm_ids), one.plan_id))


def changed_level(incident: Incident, plan: Plan, facts: Facts) -> ResponseLevel | None:
    """The graver level that has been reached since an incident was activated, or None."""
    reached = next((a.level for a in _levels(plan, facts) if a.is_reached), None)
    if reached is None or reached.rank >= incident.level.rank:
        return None
    return reached


def _suggested(plan: Plan, facts: Facts, chosen: Sequence[Alarm]) -> Suggestion:
    levels = tuple(_levels(plan, facts))
    return Suggestion(
        plan_id=plan.plan_id,
        level=next((one.level for one in levels if one.is_reached), None),
        alarm_ids=tuple(one.alarm_id for one in _area(plan, facts, chosen)),
        levels=levels,
    )


def _levels(plan: Plan, facts: Facts) -> Iterable[Assessed]:
    return (assess(plan, level, facts) for level in gravest_first(plan))


def _area(plan: Plan, facts: Facts, chosen: Sequence[Alarm]) -> list[Alarm]:
    """All of a flood, for rain falls on the whole city; of anything else what is near, and nothing
    that a response is under way for. The chosen ones first, then the gravest."""
    first = [one.alarm_id for one in chosen]
    alarms = [one for one in facts.alarms if one.alarm_id not in facts.taken]
    wide = plan.line_m is not None or not first
    near = [one for one in alarms if wide or any(_is_near(one, other) for other in chosen)]
    kept = {one.alarm_id: one for one in [*chosen, *near]}
    order = {alarm_id: number for number, alarm_id in enumerate(first)}
    return sorted(
        kept.values(),
        key=lambda one: (order.get(one.alarm_id, len(order)), one.level.rank, one.raised_at),
    )


def _is_near(one: Alarm, other: Alarm) -> bool:
    if None in (one.lon_deg, one.lat_deg, other.lon_deg, other.lat_deg):
        return one.point_id is not None and one.point_id == other.point_id
    assert one.lon_deg is not None and one.lat_deg is not None
    assert other.lon_deg is not None and other.lat_deg is not None
    return distance_m(one.lon_deg, one.lat_deg, other.lon_deg, other.lat_deg) <= AREA_M


def _rank(level: ResponseLevel | None) -> int:
    return 9 if level is None else level.rank
