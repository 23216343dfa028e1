"""The seven clocks of a running incident, for the strip of the page."""

from collections.abc import Collection
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.domain.emergency.clocks import NAMES, T1, T2, T3, T4, T5, T6, line_at
from desktop.domain.emergency.gathering import line_m_at
from desktop.domain.emergency.incidents import Incident
from desktop.domain.points import Point
from desktop.domain.water_levels import level_course, metric_of, rise_cm_per_min
from views.emergency.board.state import BoardState
from views.emergency.clock_words import ClockFacts

translate = QCoreApplication.translate
_FAR = timedelta(hours=1)
"""Beyond that a rise says nothing, and the axis would have to reach there."""
_OLDEST = timedelta(minutes=5)
"""A reading that is older says nothing of where the water is now."""


def board_clocks(state: BoardState) -> ClockFacts | None:
    """None where there is no incident."""
    one = state.incident
    if one is None:
        return None
    coming = coming_clocks(one.clocks)
    line = _first_line(state, one)
    return ClockFacts(
        clocks=one.clocks,
        targets=state.targets,
        now=state.now(),
        here=coming[0] if coming else T6,
        waits=_waits(state),
        first_there=_first_there(state) if T4 not in one.clocks else None,
        line_at=line[0] if line is not None and T5 not in one.clocks else None,
        line_words=line[1] if line is not None else "",
        ended=not one.is_open,
    )


def coming_clocks(clocks: Collection[str]) -> list[str]:
    """Those that are waited for. An alarm that nobody acknowledged before it was acted upon holds
    up nothing: its clock stays open beside the others."""
    acted = T2 in clocks
    return [name for name in NAMES if name not in clocks and not (acted and name == T1)]


def _waits(state: BoardState) -> dict[str, tuple[str, str]]:
    crews = state.matrix.totals_of(crews=True)
    return {
        T1: (translate("board", "未确认"), ""),
        T2: (translate("board", "待复核"), ""),
        T3: (
            translate("board", "待接受"),
            translate("board", "接受 {0}/{1}").format(crews.accepted, crews.sent),
        ),
        T4: ("—", ""),
        T5: ("—", translate("board", "现场报受控")),
        T6: ("—", translate("board", "处置完毕时记")),
    }


def _first_there(state: BoardState) -> datetime | None:
    """Of the crews that go there."""
    times = [way.expected_at for way in state.arrivals.values() if way.expected_at is not None]
    return min(times, default=None)


def _first_line(state: BoardState, one: Incident) -> tuple[datetime, str] | None:
    """The water of its alarms that is at its line first, at its present rise, and its words."""
    found: list[tuple[datetime, float]] = []
    plan = state.room.plans.get(one.plan_id)
    for alarm_id in one.alarm_ids:
        alarm = state.room.alarms.get(alarm_id)
        point = state.room.points.get(alarm.point_id) if alarm is not None else None
        if alarm is None or point is None:
            continue
        line_m = line_m_at(alarm.class_id, point, plan)
        at = _reaches(state, point, line_m) if line_m is not None else None
        if at is not None and line_m is not None and at - state.now() < _FAR:
            found.append((at, line_m))
    if not found:
        return None
    at, line_m = min(found)
    return at, translate("board", "{0:.0f} cm 线").format(line_m * 100)


def _reaches(state: BoardState, point: Point, line_m: float) -> datetime | None:
    """None where it is over the line already, falls, or is not known of late."""
    readings = state.room.readings.course(point.point_id)
    if not readings or state.now() - readings[-1].at > _OLDEST:
        return None
    course = level_course(readings, metric_of(point, readings[-1]))
    if not course or course[-1][1] >= line_m:
        return None
    rise = rise_cm_per_min(course)
    return line_at(course[-1][1], line_m, rise / 100 if rise is not None else None, course[-1][0])
