"""From what was chosen to the body of the one act: orders, messages, scene, map, bookmarks. Pure.

Source of the shape: POST /incidents (contract); of the texts: the plan's channels.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from desktop.domain.alarms import Alarm
from desktop.domain.duty import Duty, on_duty
from desktop.domain.emergency.dispatch import Crew, Leg, Proposal, Site
from desktop.domain.emergency.incidents import (
    MOST_ORDERS,
    IncidentDraft,
    MessageDraft,
    OrderDraft,
)
from desktop.domain.emergency.plans import ChannelUse, Plan, PlanLevel, PlanTask, ResponseLevel
from desktop.domain.outreach import MOST_TEXT_CHARS, duty_person_id

CREWS, LEADERS = "crews", "leaders"
LEADER_ROLES = ("duty_officer", "leader")
MOST_BOOKMARKS = 16


class Told(Struct, frozen=True, kw_only=True):
    """One who will be told: as a row on screen, before it happens."""

    person_id: str
    name: str
    channel: str
    task: str = ""
    place: str = ""
    eta_min: float | None = None
    is_crew: bool = False
    lead: bool = False


class Preparation(Struct, frozen=True, kw_only=True):
    """Everything that the one act needs, as it stands on the desk."""

    plan: Plan
    level: ResponseLevel
    proposal: Proposal
    sites: Mapping[str, Site]
    crews: Mapping[str, Crew]
    alarms: tuple[Alarm, ...]
    duty: tuple[Duty, ...]
    now: datetime
    drill: bool = False
    reasons: tuple[str, ...] = ()
    values: Mapping[str, str] = {}
    """site_id -> its value as it is read: 0.35 m."""
    drill_from: datetime | None = None
    """When it was opened as a drill: the people are scored from then on."""

    @property
    def chosen(self) -> PlanLevel:
        return self.plan.levels[self.level]


class Activation(Struct, frozen=True, kw_only=True):
    """`untold`: who of the plan's channels could not be found, in the words of the plan."""

    draft: IncidentDraft
    told: tuple[Told, ...]
    untold: tuple[str, ...]
    preview: str
    preview_people: int


def prepare(given: Preparation) -> Activation:
    """Raises ValueError when there is nothing to send and nobody to tell."""
    level = given.chosen
    orders = tuple(_orders(given))[:MOST_ORDERS]
    t0, t1 = beginning(given.alarms, given.drill_from)
    messages, untold = _messages(given, orders)
    if not orders and not messages:
        raise ValueError("nobody to send, nobody to tell")
    draft = IncidentDraft(
        plan_id=given.plan.plan_id,
        level=given.level,
        drill=given.drill,
        title=title_of(given.plan, given.alarms, given.sites),
        alarm_ids=tuple(one.alarm_id for one in given.alarms),
        orders=orders,
        messages=messages,
        t0=t0 or given.now,
        t1=t1,
        method=given.proposal.method.value,
        reasons=given.reasons,
        scene_id=level.scene_id,
        map_view=_map_view(given, level),
        bookmarks=_bookmarks(given.alarms),
    )
    preview = next((one for one in messages), None)
    return Activation(
        draft=draft,
        told=tuple(_told(given, orders, messages)),
        untold=untold,
        preview=preview.text if preview else "",
        preview_people=sum(len(one.to) for one in messages),
    )


def title_of(plan: Plan, alarms: Sequence[Alarm], sites: Mapping[str, Site]) -> str:
    """The gravest place and what the plan is about."""
    gravest = min(alarms, key=lambda one: (one.level.rank, one.raised_at), default=None)
    if gravest is None:
        return plan.name
    site = sites.get(gravest.alarm_id)
    more = f"等 {len(alarms)} 处" if len(alarms) > 1 else ""
    return f"{site.name if site else gravest.title}{more} · {plan.name}"


def task_for(level: PlanLevel, leg: Leg) -> PlanTask:
    """The task of the crew's skill; the first of the level where none asks for it."""
    return next((one for one in level.tasks if one.skill == leg.skill), level.tasks[0])


def _orders(given: Preparation) -> Iterable[OrderDraft]:
    led: set[str] = set()
    for leg in sorted(given.proposal.legs, key=lambda one: (one.site_id, one.eta_min)):
        site = given.sites.get(leg.site_id)
        if site is None:
            continue
        task = task_for(given.chosen, leg)
        yield OrderDraft(
            unit_id=leg.unit_id,
            task_id=task.task_id,
            task=task.title,
            site_id=leg.site_id,
            place=site.name,
            lon_deg=site.lon_deg,
            lat_deg=site.lat_deg,
            eta_min=round(leg.eta_min, 1) if math.isfinite(leg.eta_min) else None,
            within_min=task.within_min,
            lead=leg.site_id not in led,  # the first one there leads
        )
        led.add(leg.site_id)


# ---- messages -------------------------------------------------------------------------------


def _messages(
    given: Preparation, orders: Sequence[OrderDraft]
) -> tuple[tuple[MessageDraft, ...], tuple[str, ...]]:
    made: list[MessageDraft] = []
    untold: list[str] = []
    for use in given.chosen.channels:
        if use.to == CREWS:
            made += _to_crews(given, use, orders)
            continue
        people = tuple(duty_person_id(d.org_id, d.role, d.ladder) for d in _duty_of(given, use.to))
        if not people:
            untold.append(use.to)
            continue
        text = fill(use.text, words_of(given))
        made.append(MessageDraft(to=people, channel=use.channel, text=text))
    return tuple(made), tuple(untold)


def _to_crews(
    given: Preparation, use: ChannelUse, orders: Sequence[OrderDraft]
) -> list[MessageDraft]:
    """Crews that read the same text share one message."""
    by_text: dict[str, list[str]] = {}
    for order in orders:
        text = fill(use.text, words_of(given, order))
        units = by_text.setdefault(text, [])
        if order.unit_id not in units:
            units.append(order.unit_id)
    return [
        MessageDraft(to=tuple(units), channel=use.channel, text=text)
        for text, units in by_text.items()
    ]


def _duty_of(given: Preparation, role: str) -> list[Duty]:
    wanted = LEADER_ROLES if role in (LEADERS, "leader") else (role,)
    rows = [one for one in on_duty(given.duty, given.now) if one.role in wanted]
    known: dict[str, Duty] = {}
    for row in rows:
        known.setdefault(duty_person_id(row.org_id, row.role, row.ladder), row)
    return list(known.values())


def words_of(given: Preparation, order: OrderDraft | None = None) -> dict[str, str]:
    """What a text can name. Without an order: of the gravest place."""
    site_id = order.site_id if order else _gravest_site(given)
    site = given.sites.get(site_id)
    eta = order.eta_min if order else None
    minutes = eta if eta is not None else (site.line_in_min if site else None)
    return {
        "place": site.name if site else "",
        "level": f"{given.level.warning.roman} 级",
        "plan": given.plan.name,
        "value": given.values.get(site_id, ""),
        "minutes": "" if minutes is None else f"{minutes:.0f}",
        "task": order.task if order else "",
    }


def fill(text: str, words: Mapping[str, str]) -> str:
    """Only the names that are known; every other brace stays as it is. 演练 is not said here."""
    for name, word in words.items():
        text = text.replace("{" + name + "}", word)
    return text[:MOST_TEXT_CHARS]


def _gravest_site(given: Preparation) -> str:
    ordered = sorted(given.sites.values(), key=lambda one: (one.level.rank, one.order))
    return ordered[0].site_id if ordered else ""


# ---- the rest of the act --------------------------------------------------------------------


def _told(
    given: Preparation, orders: Sequence[OrderDraft], messages: Sequence[MessageDraft]
) -> Iterable[Told]:
    for order in sorted(orders, key=lambda one: math.inf if one.eta_min is None else one.eta_min):
        crew = given.crews.get(order.unit_id)
        yield Told(
            person_id=order.unit_id, name=crew.name if crew else order.unit_id,
            channel="handset", task=order.task, place=order.place, eta_min=order.eta_min,
            is_crew=True, lead=order.lead,
        )  # fmt: skip
    names = {duty_person_id(d.org_id, d.role, d.ladder): d for d in given.duty}
    for message in messages:
        for person in message.to:
            if (row := names.get(person)) is not None:
                yield Told(
                    person_id=person, name=f"{row.name} {row.role_name or row.role}",
                    channel=message.channel.value, task="",
                )  # fmt: skip


def beginning(
    alarms: Iterable[Alarm], drill_from: datetime | None = None
) -> tuple[datetime | None, datetime | None]:
    """T0 and T1: of the alarm that the response was opened with, which is the first. The others
    of the area may be hours old and are no measure of this response.

    A drill begins when it is opened, however old the alarm is that it plays with; one that was
    confirmed already leaves nothing to confirm.
    """
    first = next(iter(alarms), None)
    if first is None:
        return drill_from, None
    if drill_from is not None:
        t0 = max(first.raised_at, drill_from)
        return t0, None if first.ack is None else max(first.ack.at, t0)
    confirmed = first.ack.at if first.ack is not None else None
    if confirmed is not None and confirmed < first.raised_at:
        confirmed = None  # of an earlier occurrence
    return first.raised_at, confirmed


def _map_view(given: Preparation, level: PlanLevel) -> tuple[float, float, float] | None:
    if not given.sites:
        return None
    sites = given.sites.values()
    lon = sum(one.lon_deg for one in sites) / len(sites)
    lat = sum(one.lat_deg for one in sites) / len(sites)
    return round(lon, 6), round(lat, 6), float(level.map_zoom)


def _bookmarks(alarms: Sequence[Alarm]) -> tuple[str, ...]:
    """Cameras of the gravest alarms first."""
    ordered = sorted(alarms, key=lambda one: one.level.rank)
    ids = dict.fromkeys(camera for alarm in ordered for camera in alarm.camera_ids)
    return tuple(ids)[:MOST_BOOKMARKS]
