"""The life of one alarm: pure transitions that give the alarm after the event.

Four fields move independently (condition, acknowledgement, suppression, flow); names after
OPC UA Part 9 and ISA-18.2. Sequence numbers are given by whoever keeps the log.
"""

from datetime import datetime

from msgspec.structs import replace

from desktop.domain.alarms import (
    Acknowledgement,
    Alarm,
    AlarmState,
    Condition,
    Flow,
    Note,
    Quality,
    Suppression,
    alarm_state,
)
from desktop.domain.levels import WarningLevel


class TransitionRefused(ValueError):
    """The alarm's state does not allow it; `code` is the contract's word for why."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


def raise_again(alarm: Alarm, at: datetime, value: float | None = None) -> Alarm:
    """The same condition came again: counted, not listed twice; a returned one is active again."""
    was_normal = alarm.condition is Condition.RTN
    return _next(
        alarm,
        at,
        condition=Condition.ACTIVE,
        cleared_at=None,
        ack=None if was_normal else alarm.ack,
        occurrences=alarm.occurrences + 1,
        value=alarm.value if value is None else value,
    )


def update(
    alarm: Alarm, at: datetime, level: WarningLevel, value: float | None, title: str, detail: str
) -> Alarm:
    """New value and level. A graver level needs a new acknowledgement; peak_level stays."""
    peak = alarm.peak_level or alarm.level
    graver = level.rank < alarm.level.rank
    return _next(
        alarm,
        at,
        level=level,
        peak_level=min(peak, level, key=_rank),
        ack=None if graver else alarm.ack,
        value=value,
        title=title,
        detail=detail,
    )


def acknowledge(alarm: Alarm, at: datetime, by: str, note: str = "") -> Alarm:
    """Seen by a person; 预警 becomes 研判. Raises TransitionRefused(already_acknowledged)."""
    if alarm.ack is not None:
        text = f"该告警已由{alarm.ack.by}于 {alarm.ack.at.astimezone():%H:%M:%S} 确认"
        raise TransitionRefused("already_acknowledged", text)
    flow = Flow.ASSESS if alarm.flow is Flow.WARNING else alarm.flow
    return _next(alarm, at, ack=Acknowledgement(by, at, note), flow=flow)


def clear(alarm: Alarm, at: datetime) -> Alarm:
    """The cause is gone; unacknowledged or latched alarms stay listed."""
    if alarm.condition is Condition.RTN:
        raise TransitionRefused("already_normal", "该告警已恢复")
    return _next(alarm, at, condition=Condition.RTN, cleared_at=at)


def reset(alarm: Alarm, at: datetime) -> Alarm:
    """Ends the latch. Raises TransitionRefused(not_resettable) unless normal and acknowledged."""
    if alarm.condition is not Condition.RTN or alarm.ack is None:
        raise TransitionRefused("not_resettable", "恢复并确认之后才能复位")
    return _next(alarm, at, latched=False)


def claim(alarm: Alarm, at: datetime, by: str) -> Alarm:
    """One person takes it. Raises TransitionRefused(already_claimed) when another has it."""
    if alarm.claimed_by not in (None, by):
        raise TransitionRefused("already_claimed", f"该告警已由{alarm.claimed_by}认领")
    return _next(alarm, at, claimed_by=by, assigned_to=by)


def note(alarm: Alarm, at: datetime, by: str, text: str) -> Alarm:
    return _next(alarm, at, notes=(*alarm.notes, Note(by, at, text)))


def shelve(alarm: Alarm, at: datetime, until: datetime) -> Alarm:
    """Hidden from the main list until a time. Raises TransitionRefused(red_not_shelvable)."""
    if alarm.level is WarningLevel.RED:
        raise TransitionRefused("red_not_shelvable", "Ⅰ 级告警不可搁置")
    if until <= at:
        raise TransitionRefused("until_in_the_past", "搁置的截止时间已过")
    return _next(alarm, at, suppression=Suppression.SHELVED, suppressed_until=until)


def unshelve(alarm: Alarm, at: datetime) -> Alarm:
    if alarm.suppression is not Suppression.SHELVED:
        raise TransitionRefused("not_shelved", "该告警没有搁置")
    return _next(alarm, at, suppression=Suppression.NONE, suppressed_until=None)


def close(alarm: Alarm, at: datetime) -> Alarm:
    """办结. Raises TransitionRefused(not_closable) unless normal and acknowledged."""
    if alarm.condition is not Condition.RTN or alarm.ack is None:
        raise TransitionRefused("not_closable", "恢复并确认之后才能办结")
    return _next(alarm, at, flow=Flow.DONE, latched=False)


def source_went_silent(alarm: Alarm, at: datetime) -> Alarm:
    """The sensor reports no more: the alarm stays and says so."""
    return _next(alarm, at, quality=Quality.STALE)


def source_came_back(alarm: Alarm, at: datetime) -> Alarm:
    return _next(alarm, at, quality=Quality.GOOD)


def may_leave_the_list(alarm: Alarm) -> bool:
    return alarm_state(alarm) is AlarmState.CLOSED


def _rank(level: WarningLevel) -> int:
    return level.rank


def _next(alarm: Alarm, at: datetime, **changes: object) -> Alarm:
    return replace(alarm, revision=alarm.revision + 1, updated_at=at, **changes)
