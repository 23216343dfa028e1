"""What the incident clock of a cockpit says of a running response, from the room's stores."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from desktop.context import RoomContext
from desktop.domain.emergency.arrivals import arrival
from desktop.domain.emergency.clocks import T0, T1, T2, T3, T4, ClockFace, ClockState, faces
from desktop.domain.emergency.incidents import Incident, IncidentOrder, IncidentState
from desktop.domain.emergency.plans import Targets
from desktop.domain.emergency.receipt_matrix import ReceiptMatrix, Standing, Totals
from desktop.domain.levels import WarningLevel
from desktop.domain.masking import DataClass, masked
from desktop.domain.units import Unit, UnitKind, UnitState
from desktop.domain.water_levels import WaterSituation, is_water, water_situation
from widgets.times import hh_mm, hh_mm_ss, local

translate = QCoreApplication.translate
_LIMIT_S = 120.0
_GONE = (
    Standing.REPLACED, Standing.RECALLED, Standing.RECALL_UNREAD, Standing.DECLINED, Standing.HELD,
)  # fmt: skip
_THERE = (Standing.ON_SCENE, Standing.DONE)
_READINGS = 60
"""Of a point's course, for its rise."""


class StepRow(NamedTuple):
    """T0 to T4. `come`: it has happened; `is_late`: after its target, or not in time any more;
    `is_expected`: `time` is an expectation."""

    name: str
    title: str
    time: str
    since: str
    come: bool
    is_late: bool = False
    is_expected: bool = False


class IncidentFacts(NamedTuple):
    """Everything but the seconds. `there_at`: when the first crew was on scene; `expected_min`:
    after T0, of the first one under way; `facts`: label and value."""

    incident_id: str
    title: str
    level: WarningLevel
    signed: str
    is_drill: bool
    is_draft: bool
    begun_at: datetime
    there_at: datetime | None
    goal_min: float
    expected_min: int | None
    rows: tuple[StepRow, ...]
    facts: tuple[tuple[str, str], ...]


def targets_of(room: RoomContext, one: Incident, own_min: float | None) -> Targets:
    """Of the plan and level; without the plan, the panel's own target of arrival."""
    plan = room.plans.get(one.plan_id)
    level = plan.levels.get(one.level) if plan is not None else None
    if level is not None:
        return level.targets
    return Targets() if own_min is None else Targets(on_scene_min=own_min)


def begun_at(one: Incident) -> datetime:
    return one.clocks.get(T0) or one.begun.at


def span_words(seconds_s: float) -> str:
    """17:04; from an hour on 1:05:04."""
    whole = max(int(seconds_s), 0)
    if whole >= 3600:
        return f"{whole // 3600}:{whole % 3600 // 60:02d}:{whole % 60:02d}"
    return f"{whole // 60:02d}:{whole % 60:02d}"


def _since(minutes: float | None) -> str:
    if minutes is None:
        return ""
    seconds = round(minutes * 60)
    return f"+{seconds // 60}:{seconds % 60:02d}"


def facts_of(
    room: RoomContext,
    one: Incident,
    matrix: ReceiptMatrix,
    now: datetime,
    own_min: float | None,
    is_wall: bool,
) -> IncidentFacts:
    """`matrix` has been shown the incident and its receipts."""
    targets, start = targets_of(room, one, own_min), begun_at(one)
    matrix.ordered(now, _LIMIT_S)
    standings, totals = matrix.crews(), matrix.totals_of(crews=True)
    first = None if T4 in one.clocks else _first_there(room, one, standings, now)
    expected = None if first is None else max(round((first - start).total_seconds() / 60), 0)
    clocks = one.clocks if T0 in one.clocks else one.clocks | {T0: start}
    shown = {face.name: face for face in faces(clocks, targets, now)}
    return IncidentFacts(
        one.incident_id, one.title, one.level.warning, signed_words(one, is_wall), one.drill,
        one.state is IncidentState.DRAFT, start, one.clocks.get(T4), targets.on_scene_min, expected,
        tuple(_row(shown[name], totals, first, start) for name in (T0, T1, T2, T3, T4)),
        (*_water(room, one, now), *_crews(room, one, standings)),
    )  # fmt: skip


def signed_words(one: Incident, is_wall: bool = False) -> str:
    """On a wall, which whoever passes by reads, people are cut to their first character."""

    def name(text: str) -> str:
        return masked(DataClass.STAFF_NAME, text) if is_wall else text

    words = [translate("cockpit", "{0} 级响应").format(one.level.warning.roman)]
    if one.state is IncidentState.DRAFT:
        words.append(translate("cockpit", "提请 {0}").format(name(one.begun.name)))
        words.append(translate("cockpit", "待复核"))
        return "　".join(words)
    words.append(translate("cockpit", "签发 {0}").format(name(one.begun.name)))
    if one.second is not None:
        words.append(translate("cockpit", "复核 {0}").format(name(one.second.name)))
    return "　".join(words)


# ---- the rows -----------------------------------------------------------------------------------


def title_of(name: str) -> str:
    return {
        T0: translate("cockpit", "告警"),
        T1: translate("cockpit", "确认"),
        T2: translate("cockpit", "启动"),
        T3: translate("cockpit", "回执"),
        T4: translate("cockpit", "到场"),
    }[name]


def _row(face: ClockFace, totals: Totals, first: datetime | None, start: datetime) -> StepRow:
    late = face.state in (ClockState.LATE, ClockState.OVERDUE)
    title = title_of(face.name)
    if face.at is not None:
        since = _since(face.since_min)
        return StepRow(face.name, title, hh_mm_ss(face.at), since, True, late)
    if face.name == T3 and totals.sent:
        time = translate("cockpit", "{0}/{1} 队").format(totals.accepted, totals.sent)
        lacking = totals.sent - totals.accepted
        since = translate("cockpit", "缺 {0}").format(lacking) if lacking > 0 else ""
        return StepRow(face.name, title, time, since, False, late)
    if face.name == T4 and first is not None:
        since = _since(round((first - start).total_seconds() / 60))
        words = translate("cockpit", "预计 {0}").format(hh_mm(first))
        return StepRow(face.name, title, words, since, False, late, True)
    words = {T1: translate("cockpit", "未确认"), T2: translate("cockpit", "待启动")}
    limit = face.target_min
    since = "" if limit is None else translate("cockpit", "限 {0:g} min").format(limit)
    return StepRow(face.name, title, words.get(face.name, "—"), since, False, late)


def _first_there(
    room: RoomContext, one: Incident, standings: Mapping[str, Standing], now: datetime
) -> datetime | None:
    """By the newest fixes of those under way; without any, by what was promised."""
    times: list[datetime] = []
    for order in one.orders:
        if standings.get(order.order_id) in (*_GONE, *_THERE):
            continue
        way = arrival(order, room.positions.get(order.unit_id), now)
        at = way.expected_at if not way.is_old and way.expected_at is not None else way.promised_at
        if at is not None:
            times.append(max(at, now))
    return min(times, default=None)


# ---- what stands below --------------------------------------------------------------------------


def _water(room: RoomContext, one: Incident, now: datetime) -> tuple[tuple[str, str], ...]:
    """The deepest of its places, with the age where that is no present."""
    found: list[tuple[float, WaterSituation]] = []
    for alarm_id in one.alarm_ids:
        alarm = room.alarms.last_known(alarm_id)
        if alarm is None or not alarm.point_id:
            continue
        point, reading = room.points.get(alarm.point_id), room.readings.get(alarm.point_id)
        if not is_water(alarm, point, reading):
            continue
        known = water_situation(point, room.readings.course(alarm.point_id, _READINGS), now)
        if known.course:
            found.append((known.course[-1][1], known))
    if not found:
        return ()
    level_m, deepest = max(found, key=lambda one: one[0])
    words = f"{level_m:.2f} m"
    if deepest.stale:
        at = local(deepest.course[-1][0])
        words = translate("cockpit", "{0}，停在 {1:%H:%M}").format(words, at)
    if deepest.rise_cm_min is None or deepest.stale:
        return ((translate("cockpit", "水深"), words),)
    rise = f"{deepest.rise_cm_min:+.1f} cm/min"
    return ((translate("cockpit", "水深　涨速"), f"{words}　{rise}"),)


def _crews(
    room: RoomContext, one: Incident, standings: Mapping[str, Standing]
) -> tuple[tuple[str, str], ...]:
    """Crews and vehicles that were sent, and how many of them are there."""
    sent = [one for one in one.orders if standings.get(one.order_id) not in _GONE]
    if not sent:
        return ()
    kinds = Counter(_kind(room, order) for order in sent)
    there = sum(standings.get(order.order_id) in _THERE for order in sent)
    parts = [
        translate("cockpit", "队伍 {0}").format(kinds[UnitKind.TEAM] + kinds[UnitKind.OFFICER]),
        translate("cockpit", "车辆 {0}").format(kinds[UnitKind.VEHICLE]),
    ]
    other = kinds.total() - kinds[UnitKind.TEAM] - kinds[UnitKind.OFFICER]
    other -= kinds[UnitKind.VEHICLE]
    parts += [translate("cockpit", "其他 {0}").format(other)] if other else []
    words = translate("cockpit", "到场 {0}/{1}").format(there, len(sent))
    return ((translate("cockpit", "力量"), "　".join((*parts, words))),)


def _kind(room: RoomContext, order: IncidentOrder) -> UnitKind | None:
    unit = room.units.get(order.unit_id)
    return unit.kind if unit is not None else None


# ---- before it ----------------------------------------------------------------------------------


def ready_rows(units: Iterable[Unit]) -> tuple[tuple[str, str], ...]:
    """Who could go now: idle of those on duty, by kind. Empty where no crews are known."""
    idle, duty = Counter[UnitKind](), Counter[UnitKind]()
    for one in units:
        if one.state in (UnitState.IDLE, UnitState.BUSY):
            duty[one.kind] += 1
            idle[one.kind] += one.state is UnitState.IDLE
    names = {
        UnitKind.TEAM: translate("cockpit", "待命队伍"),
        UnitKind.VEHICLE: translate("cockpit", "待命车辆"),
        UnitKind.DRONE: translate("cockpit", "待命无人机"),
    }
    return tuple((name, f"{idle[kind]}/{duty[kind]}") for kind, name in names.items() if duty[kind])


# ---- after it -----------------------------------------------------------------------------------

_OVER = (IncidentState.CLOSED,)


def last_words(room: RoomContext, own_min: float | None, now: datetime) -> tuple[str, ...]:
    """Of the newest response that has ended; empty where none is known."""
    over = [one for one in room.incidents.items().values() if one.state in _OVER and not one.drill]
    if not over:
        return ()
    one = max(over, key=lambda known: (begun_at(known), known.incident_id))
    start, targets = begun_at(one), targets_of(room, one, own_min)
    words = [
        translate("cockpit", "上一起：{0}").format(one.title),
        f"{local(start):%m-%d %H:%M}　" + translate("cockpit", "{0} 级响应").format(
            one.level.warning.roman),
    ]  # fmt: skip
    there = one.clocks.get(T4)
    if there is None:
        words.append(translate("cockpit", "没有到场记录"))
    else:
        gone = there - start
        in_time = gone <= timedelta(minutes=targets.on_scene_min)
        verdict = translate("cockpit", "达标") if in_time else translate("cockpit", "未达标")
        words.append(
            translate("cockpit", "首到 {0}，目标 {1:g} min，{2}").format(
                span_words(gone.total_seconds()), targets.on_scene_min, verdict)
        )  # fmt: skip
    return tuple(words)
