"""What the level in force asks for beyond what is out: after a raise, or a refusal. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.emergency.dispatch import Crew, Site
from desktop.domain.emergency.incidents import (
    Incident,
    IncidentDraft,
    IncidentOrder,
    MessageDraft,
    OrderDraft,
    OrderState,
)
from desktop.domain.emergency.plans import Plan, PlanLevel

_GONE = (OrderState.RECALLING, OrderState.RECALLED, OrderState.RECALL_UNREAD)
BOUND = "bound"
"""Where a crew with an order goes: to none of the sites that are asked about."""
HasDeclined = Callable[[IncidentOrder], bool]


class Lack(Struct, frozen=True):
    """So many crews of a skill are asked for and not out."""

    skill: str
    name: str
    count: int


class Supplement(Struct, frozen=True, kw_only=True):
    """What goes out in one act besides what is out."""

    orders: tuple[OrderDraft, ...]
    messages: tuple[MessageDraft, ...]

    @property
    def is_empty(self) -> bool:
        return not self.orders and not self.messages


def counting(incident: Incident, has_declined: HasDeclined) -> list[IncidentOrder]:
    """Orders that fill a need: not replaced, not called back, not declined."""
    replaced = {one.replaces for one in incident.orders if one.replaces}
    return [
        one for one in incident.orders
        if one.order_id not in replaced and one.state not in _GONE and not has_declined(one)
    ]  # fmt: skip


def still_needed(
    sites: Sequence[Site], plan: Plan, level: PlanLevel, orders: Iterable[IncidentOrder]
) -> tuple[Site, ...]:
    """The sites with what each of them still needs; those that need nothing are left out.

    What the plan wants at every site counts there alone; what it wants in all counts wherever it
    was sent, so that alarms which have changed their rank meanwhile ask for nobody twice.
    """
    skills = _skills_of(plan, level)
    there = Counter((one.site_id, skills.get(one.task_id, "")) for one in orders)
    each = {one.skill for one in level.requires if one.per_site}
    surplus = _surplus(sites, there, each)
    found: list[Site] = []
    for site in sorted(sites, key=lambda one: (-one.level.rank, -one.order)):
        needs = dict[str, int]()
        for skill, count in site.needs.items():
            left = max(0, count - there[site.site_id, skill])
            spared = min(left, surplus[skill])  # the least grave site is spared first
            surplus[skill] -= spared
            if left > spared:
                needs[skill] = left - spared
        if needs:
            found.append(replace(site, needs=needs))
    return tuple(sorted(found, key=lambda one: one.order))


def _skills_of(plan: Plan, level: PlanLevel) -> Mapping[str, str]:
    """task_id -> skill; the level in force before the others."""
    known = {task.task_id: task.skill for one in plan.levels.values() for task in one.tasks}
    return known | {task.task_id: task.skill for task in level.tasks}


def _surplus(
    sites: Sequence[Site], there: Mapping[tuple[str, str], int], each: set[str]
) -> Counter[str]:
    """Skill -> crews that are somewhere else than where they would be sent now."""
    wanted = {(one.site_id, skill): count for one in sites for skill, count in one.needs.items()}
    found = Counter[str]()
    for (site_id, skill), count in there.items():
        if skill not in each:
            found[skill] += max(0, count - wanted.get((site_id, skill), 0))
    return found


def lacks(sites: Iterable[Site], level: PlanLevel) -> tuple[Lack, ...]:
    """In the order of the plan."""
    counts = Counter[str]()
    for site in sites:
        counts.update(site.needs)
    names = {one.skill: one.name for one in level.requires}
    return tuple(Lack(skill, name, counts[skill]) for skill, name in names.items() if counts[skill])


def with_bound(
    crews: Iterable[Crew], incident: Incident, others: Iterable[Incident]
) -> tuple[Crew, ...]:
    """All of them; who has an order, of this incident or of any real one, is on its way elsewhere:
    nobody is sent twice, and it is said how many of a skill are out."""
    bound = {one.unit_id for one in incident.orders if one.state not in _GONE}
    if not incident.drill:
        bound |= {
            order.unit_id
            for one in others
            if one.is_open and not one.drill
            for order in one.orders
            if order.state not in _GONE and order.state is not OrderState.DONE
        }
    return tuple(
        replace(one, under_way_to=BOUND if one.unit_id in bound else "", under_way_min=None)
        for one in crews
    )


def supplement(incident: Incident, made: IncidentDraft, tells: bool) -> Supplement:
    """`made`: the act of the level in force, of the crews that are still wanted. `tells`: also
    who is on duty; who was told of this level by the same channel is not told again."""
    led = {one.site_id for one in incident.orders if one.lead and one.state not in _GONE}
    crews = {one.unit_id for one in made.orders}
    word = f"{incident.level.warning.roman} 级"
    told = {
        (one.channel, person)
        for one in incident.messages
        if word in one.text and one.state not in _GONE
        for person in one.to
    }
    messages: list[MessageDraft] = []
    for one in made.messages:
        wanted = tuple(
            person for person in one.to
            if person in crews or (tells and (one.channel, person) not in told)
        )  # fmt: skip
        if wanted:
            messages.append(replace(one, to=wanted))
    orders = tuple(replace(one, lead=one.lead and one.site_id not in led) for one in made.orders)
    return Supplement(orders=orders, messages=tuple(messages))
