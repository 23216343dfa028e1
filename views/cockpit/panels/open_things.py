"""Open things for a table: alarms, incidents, crews, measuring points and cases, gravest first."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from heapq import nsmallest
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from desktop.context import RoomContext
from desktop.domain.alarms import Alarm, AlarmState
from desktop.domain.assessment.mirrored import CaseFilter, CaseRow
from desktop.domain.cases import STATE_WORDS, State
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point, Reading
from desktop.domain.units import Unit, UnitState
from desktop.stores.alarms import WAITING
from widgets.level_badge import LevelLook, look_of

translate = QCoreApplication.translate


class Thing(NamedTuple):
    """`word`: how it stands; `since`: from when its age counts."""

    key: str
    name: str
    word: str = ""
    since: datetime | None = None
    level: WarningLevel | None = None
    look: LevelLook = LevelLook.FILLED
    is_strong: bool = False


class Things(NamedTuple):
    """The first ones, and how many there are in all; None: more than were asked for."""

    first: tuple[Thing, ...]
    count: int | None


# ---- alarms -------------------------------------------------------------------------------------


def alarms(room: RoomContext, wanted: Mapping[str, str], limit: int) -> Things:
    """What waits for an acknowledgement before what does not, then the gravest, then the newest."""
    found = [one for one in room.alarms.items().values() if _is_wanted(room, one, wanted)]
    first = nsmallest(limit, found, key=_alarm_order)
    return Things(tuple(_alarm(one) for one in first), len(found))


def _alarm_order(one: Alarm) -> tuple[int, bool, float]:
    return one.level.rank, one.state not in WAITING, -one.raised_at.timestamp()


def _is_wanted(room: RoomContext, one: Alarm, wanted: Mapping[str, str]) -> bool:
    for field, value in wanted.items():
        if field == "industry":
            kind = room.alarm_classes.get(one.class_id)
            if kind is None or kind.industry != value:
                return False
        elif field == "state" and value == "unacked":
            if one.state not in WAITING:
                return False
        elif field in _ALARM_FIELDS and str(getattr(one, field) or "") != value:
            return False
    return True


_ALARM_FIELDS = ("class_id", "level", "district_id", "org_id", "point_id", "state")


def _alarm(one: Alarm) -> Thing:
    waits = one.state in WAITING
    words = {
        AlarmState.ACTIVE_UNACKED: translate("cockpit", "未确认"),
        AlarmState.RTN_UNACKED: translate("cockpit", "恢复未确认"),
        AlarmState.SHELVED: translate("cockpit", "搁置"),
        AlarmState.SUPPRESSED: translate("cockpit", "抑制"),
        AlarmState.OUT_OF_SERVICE: translate("cockpit", "停用"),
    }
    word = words.get(one.state, translate("cockpit", "已确认"))
    return Thing(one.alarm_id, one.title, word, one.raised_at, one.level, look_of(one.state), waits)


# ---- incidents, crews ---------------------------------------------------------------------------


def incidents(room: RoomContext, limit: int) -> Things:
    found = room.incidents.open()
    return Things(
        tuple(
            Thing(
                one.incident_id,
                translate("cockpit", "演练 {0}").format(one.title) if one.drill else one.title,
                translate("cockpit", "{0} 级响应").format(one.level.warning.roman),
                one.clocks.get("T0") or one.begun.at, one.level.warning,
            )
            for one in found[:limit]
        ),
        len(found),
    )  # fmt: skip


_UNIT_ORDER = (UnitState.BUSY, UnitState.IDLE, UnitState.OFFLINE, UnitState.OFF_DUTY)


def units(room: RoomContext, wanted: Mapping[str, str], limit: int) -> Things:
    """Those at work first."""
    found = [one for one in room.units.rows() if _is_unit(one, wanted)]
    first = nsmallest(limit, found, key=lambda one: (_UNIT_ORDER.index(one.state), one.name))
    return Things(tuple(Thing(one.unit_id, one.name, _unit_word(one.state)) for one in first),
                  len(found))  # fmt: skip


def _is_unit(one: Unit, wanted: Mapping[str, str]) -> bool:
    known = {
        "kind": one.kind.value, "state": one.state.value, "district_id": one.district_id or "",
        "org_id": one.org_id or "",
    }  # fmt: skip
    skill = wanted.get("skill")
    return (skill is None or skill in one.skills) and all(
        known[field] == value for field, value in wanted.items() if field in known
    )


def _unit_word(state: UnitState) -> str:
    return {
        UnitState.IDLE: translate("cockpit", "空闲"),
        UnitState.BUSY: translate("cockpit", "作业中"),
        UnitState.OFF_DUTY: translate("cockpit", "下勤"),
        UnitState.OFFLINE: translate("cockpit", "离线"),
    }[state]


# ---- points -------------------------------------------------------------------------------------


def points(room: RoomContext, wanted: Mapping[str, str], limit: int) -> Things:
    """Those at or over one of their lines."""
    found: list[tuple[int, str, Thing]] = []
    for point_id, reading in room.readings.items().items():
        point = room.points.get(point_id)
        if point is None or wanted.get("class_id", point.class_id) != point.class_id:
            continue
        if (thing := _over(point, reading)) is not None and thing.level is not None:
            found.append((thing.level.rank, thing.name, thing))
    return Things(tuple(one for *_, one in nsmallest(limit, found)), len(found))


def _over(point: Point, reading: Reading) -> Thing | None:
    value = reading.metrics.get(point.metric) if point.metric else None
    if value is None:
        value = next(iter(reading.metrics.values()), None)
    reached = [line for line in point.thresholds if value is not None and value >= line.value]
    if value is None or not reached:
        return None
    level = min((line.level for line in reached), key=lambda one: one.rank)
    words = f"{value:g} {point.unit}".strip()
    return Thing(point.point_id, point.name, words, reading.at, level, is_strong=True)


# ---- cases --------------------------------------------------------------------------------------


def case_filter(wanted: Mapping[str, str]) -> CaseFilter:
    """Cases in hand, unless the file names a state."""
    return CaseFilter(
        district_id=wanted.get("district_id", ""), street_id=wanted.get("street_id", ""),
        org_id=wanted.get("org_id", ""), class_id=wanted.get("class_id", ""),
        state=wanted.get("state", State.HANDLING.value),
    )  # fmt: skip


def cases(rows: Iterable[CaseRow], limit: int) -> Things:
    """Of one more than `limit`, so that more are known to be there."""
    known = tuple(rows)
    first = tuple(
        Thing(
            one.case_id, one.class_name or one.class_id, _case_word(one),
            datetime.fromtimestamp(one.reported, UTC), is_strong=one.over_s is not None,
        )
        for one in known[:limit]
    )  # fmt: skip
    return Things(first, None if len(known) > limit else len(known))


def _case_word(one: CaseRow) -> str:
    if one.over_s is not None:
        return translate("cockpit", "超期")
    known = next((word for state, word in STATE_WORDS.items() if state.value == one.state), "")
    return known or one.state
