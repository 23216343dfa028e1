"""Sites out of alarms and crews out of units: what the solver is given. Pure.

What cannot be sent is told with its reason: nothing is left out without a word.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from desktop.domain.alarms import Alarm
from desktop.domain.emergency.dispatch import Crew, Rules, Site
from desktop.domain.emergency.incidents import Incident, IncidentState
from desktop.domain.emergency.plans import Plan, PlanLevel
from desktop.domain.points import Point, Reading
from desktop.domain.positions import Position
from desktop.domain.units import Unit, UnitState
from desktop.domain.water_levels import (
    STALE_AFTER_S,
    level_course,
    metric_of,
    minutes_to,
    red_line,
    rise_cm_per_min,
)

STAGE_CLASSES = frozenset(("river_level", "pipe_level"))
"""Levels over a datum of their own: a depth on a street, as plans name it, says nothing there."""


class SiteFacts(Struct, frozen=True, kw_only=True):
    """What is measured at a site. Metres and centimetres a minute; `age_s` of the reading, None
    for a value that stands in the alarm alone. Without a fresh reading nothing is foretold."""

    value: float | None = None
    unit: str = ""
    rise_cm_min: float | None = None
    line: float | None = None
    line_in_min: float | None = None
    age_s: float | None = None

    @property
    def is_stale(self) -> bool:
        return self.age_s is not None and self.age_s > STALE_AFTER_S


class Gathered(Struct, frozen=True, kw_only=True):
    """`left_out`: why crews with a wanted skill are not among `crews`, word -> how many.

    `unplaced`: alarms without a position.
    """

    sites: tuple[Site, ...]
    crews: tuple[Crew, ...]
    facts: Mapping[str, SiteFacts]
    left_out: Mapping[str, int]
    unplaced: tuple[str, ...]


class Surroundings(Struct, frozen=True, kw_only=True):
    """Copies of what the stores hold, so that it can be read on any thread."""

    now: datetime
    points: Mapping[str, Point]
    courses: Mapping[str, Sequence[Reading]]
    units: Sequence[Unit]
    positions: Mapping[str, Position]
    incidents: Sequence[Incident] = ()


def gather(alarms: Sequence[Alarm], plan: Plan, level: PlanLevel, around: Surroundings) -> Gathered:
    """Sites in the order of their alarms; crews that have a skill which the level asks for."""
    ordered = sorted(alarms, key=lambda one: (one.raised_at, one.alarm_id))
    facts = {one.alarm_id: site_facts(one, plan, around) for one in ordered}
    sites = list[Site]()
    unplaced = list[str]()
    for alarm in ordered:
        place = _place(alarm, around.points)
        if place is None:
            unplaced.append(alarm.alarm_id)
        else:
            sites.append(_site(alarm, place, len(sites), level, facts[alarm.alarm_id], around))
    crews, left_out = _crews(level, plan, around)
    wanted = _with_counts(sites, level)
    return Gathered(
        sites=tuple(wanted),
        crews=tuple(crews),
        facts=facts,
        left_out=left_out,
        unplaced=tuple(unplaced),
    )


def rules_of(level: PlanLevel) -> Rules:
    reserve = {one.skill: one.reserve for one in level.requires if one.reserve}
    return Rules(target_min=level.targets.on_scene_min, reserve=reserve)


def site_facts(alarm: Alarm, plan: Plan | None, around: Surroundings) -> SiteFacts:
    """The value now, its rise, and the minutes to the line of the plan or of the point."""
    point = around.points.get(alarm.point_id or "")
    course = around.courses.get(alarm.point_id or "", ())
    if not course:
        return SiteFacts(value=alarm.value, unit=alarm.unit)
    newest = course[-1]
    metric = metric_of(point, newest)
    levels = level_course(course, metric)
    value = newest.metrics.get(metric)
    unit = point.unit if point is not None else alarm.unit
    age_s = max(0.0, (around.now - newest.at).total_seconds())
    if value is None or unit != "m":
        return SiteFacts(value=value if value is not None else alarm.value, unit=unit, age_s=age_s)
    line, rise = line_m_at(alarm.class_id, point, plan), rise_cm_per_min(levels)
    known = line is not None and age_s <= STALE_AFTER_S
    left = minutes_to(value, rise, line) if line is not None and known else None
    if left is not None:  # counted from the reading, which is some seconds old
        left = max(0.0, left - age_s / 60)
    return SiteFacts(
        value=value, unit=unit, rise_cm_min=rise, line=line, line_in_min=left, age_s=age_s
    )


def line_m_at(class_id: str, point: Point | None, plan: Plan | None) -> float | None:
    """The level that must not be reached: the plan's depth, else the red line of the point."""
    if plan is not None and plan.line_m is not None and class_id not in STAGE_CLASSES:
        return plan.line_m
    red = red_line(point.thresholds) if point is not None else None
    return red.value if red is not None else None


def _place(alarm: Alarm, points: Mapping[str, Point]) -> tuple[float, float] | None:
    if alarm.lon_deg is not None and alarm.lat_deg is not None:
        return alarm.lon_deg, alarm.lat_deg
    point = points.get(alarm.point_id or "")
    if point is not None and point.lon_deg is not None and point.lat_deg is not None:
        return point.lon_deg, point.lat_deg
    return None


def place_of(alarm: Alarm) -> str:
    """Of a point that is in no register: its words begin with the place."""
    return alarm.detail.partition("\n")[0].partition("，")[0].strip() or alarm.title


def _site(
    alarm: Alarm, place: tuple[float, float], order: int, level: PlanLevel, facts: SiteFacts,
    around: Surroundings,
) -> Site:  # fmt: skip
    point = around.points.get(alarm.point_id or "")
    return Site(
        site_id=alarm.alarm_id,
        name=point.name if point is not None else place_of(alarm),
        level=alarm.level,
        lon_deg=place[0],
        lat_deg=place[1],
        district_id=alarm.district_id or "",
        needs={one.skill: one.per_site for one in level.requires if one.per_site},
        line_in_min=facts.line_in_min,
        order=order,
    )


def _with_counts(sites: Sequence[Site], level: PlanLevel) -> list[Site]:
    """`count` asks for so many in all: what `per_site` does not give goes to the gravest sites."""
    extra: dict[str, dict[str, int]] = {one.site_id: dict(one.needs) for one in sites}
    gravest = sorted(sites, key=lambda one: (one.level.rank, one.order))
    for need in level.requires:
        missing = need.count - need.per_site * len(sites)
        for number in range(max(0, missing) if gravest else 0):
            needs = extra[gravest[number % len(gravest)].site_id]
            needs[need.skill] = needs.get(need.skill, 0) + 1
    return [
        Site(
            site_id=one.site_id, name=one.name, level=one.level, lon_deg=one.lon_deg,
            lat_deg=one.lat_deg, district_id=one.district_id, needs=extra[one.site_id],
            line_in_min=one.line_in_min, order=one.order,
        )
        for one in sites
    ]  # fmt: skip


def _crews(level: PlanLevel, plan: Plan, around: Surroundings) -> tuple[list[Crew], dict[str, int]]:
    wanted = {one.skill for one in level.requires}
    busy = _under_way(around.incidents)
    found: list[Crew] = []
    left_out: dict[str, int] = {}
    for unit in around.units:
        if unit.kind.value not in plan.crew_kinds or not wanted.intersection(unit.skills):
            continue
        crew = _crew(unit, around, busy)
        if isinstance(crew, Crew):
            found.append(crew)
        else:
            left_out[crew] = left_out.get(crew, 0) + 1
    return found, left_out


def _crew(
    unit: Unit, around: Surroundings, busy: Mapping[str, tuple[str, float | None]]
) -> Crew | str:
    """The crew, or in words why it cannot be sent."""
    fix = around.positions.get(unit.unit_id)
    state = fix.state if fix is not None else unit.state
    if state is UnitState.OFF_DUTY:
        return "下班"
    if state is UnitState.OFFLINE:
        return "离线"
    way = busy.get(unit.unit_id)
    if state is UnitState.BUSY and way is None:
        return "在忙"
    lon = fix.lon_deg if fix is not None else unit.lon_deg
    lat = fix.lat_deg if fix is not None else unit.lat_deg
    if lon is None or lat is None:
        return "无位置"
    age = (around.now - fix.at).total_seconds() if fix is not None else None
    return Crew(
        unit_id=unit.unit_id,
        name=unit.name,
        skills=unit.skills,
        lon_deg=lon,
        lat_deg=lat,
        district_id=unit.district_id or "",
        position_age_s=None if age is None else max(0.0, age),
        under_way_to=way[0] if way else "",
        under_way_min=way[1] if way else None,
    )


def _under_way(incidents: Iterable[Incident]) -> dict[str, tuple[str, float | None]]:
    """unit_id -> the site it drives to, and the minutes it was told."""
    found: dict[str, tuple[str, float | None]] = {}
    for incident in incidents:
        if incident.state is IncidentState.ACTIVE and not incident.drill:
            for order in incident.orders:
                if order.state.value == "sent":
                    found[order.unit_id] = (order.site_id, order.eta_min)
    return found
