"""The life of one alarm: pure transitions that give the alarm after the event.

Four fields move independently (condition, acknowledgement, suppression, flow); names after
OPC UA Part 9 and ISA-18.2. Sequence numbers are given by whoever keeps the log.
"""

from datetime import datetime, timedelta

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
    Verification,
    alarm_state,
)
from desktop.domain.levels import WarningLevel

MOST_NOTES = 50
LONGEST_SHELF = {
    WarningLevel.ORANGE: timedelta(minutes=30),
    WarningLevel.YELLOW: timedelta(hours=8),
    WarningLevel.BLUE: timedelta(hours=24),
}


class TransitionRefused(ValueError):
    """The alarm's state does not allow it; `code` is the contract's word for why."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


def raise_again(
    alarm: Alarm,
    at: datetime,
    value: float | None = None,
    level: WarningLevel | None = None,
    title: str = "",
    detail: str = "",
) -> Alarm:
    """The same condition came again: counted, not listed twice; a returned one is active again.

    What is not given stays. It needs a new acknowledgement when it had returned to normal
    or comes with a graver level.
    """
    was_normal = alarm.condition is Condition.RTN
    changes = _level_changes(alarm, level or alarm.level)
    if was_normal:
        changes["ack"] = None
    return _next(
        alarm,
        at,
        condition=Condition.ACTIVE,
        cleared_at=None,
        occurrences=alarm.occurrences + 1,
        value=alarm.value if value is None else value,
        title=title or alarm.title,
        detail=detail or alarm.detail,
        **changes,
    )


def update(
    alarm: Alarm, at: datetime, level: WarningLevel, value: float | None, title: str, detail: str
) -> Alarm:
    """New value and level. A graver level needs a new acknowledgement; peak_level stays."""
    changes = _level_changes(alarm, level)
    return _next(alarm, at, value=value, title=title, detail=detail, **changes)


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


def release(alarm: Alarm, at: datetime, by: str) -> Alarm:
    """Gives back what one has claimed. Raises TransitionRefused(not_claimed, already_claimed)."""
    if alarm.claimed_by is None:
        raise TransitionRefused("not_claimed", "该告警没有被认领")
    if alarm.claimed_by != by:
        raise TransitionRefused("already_claimed", f"该告警由{alarm.claimed_by}认领，不能代为释放")
    assigned = None if alarm.assigned_to == by else alarm.assigned_to
    return _next(alarm, at, claimed_by=None, assigned_to=assigned)


def assign(alarm: Alarm, at: datetime, to: str) -> Alarm:
    """Somebody else shall take it: a claim of another ends. Raises TransitionRefused(is_over)."""
    _must_be_open(alarm)
    kept = alarm.claimed_by if alarm.claimed_by == to else None
    return _next(alarm, at, assigned_to=to, claimed_by=kept)


def confirm(alarm: Alarm, at: datetime, by: str, note: str = "") -> Alarm:
    """A person says that what a machine found is so; who says so has seen it.

    Raises TransitionRefused(not_pending).
    """
    _must_be_pending(alarm)
    flow = Flow.ASSESS if alarm.flow is Flow.WARNING else alarm.flow
    ack = alarm.ack or Acknowledgement(by, at, note)
    return _next(alarm, at, verification=Verification.CONFIRMED, ack=ack, flow=flow)


def reject(alarm: Alarm, at: datetime, by: str, reason: str) -> Alarm:
    """误报: nothing of the kind is there, so it is normal and leaves the list.

    Raises TransitionRefused(not_pending).
    """
    _must_be_pending(alarm)
    return _next(
        alarm,
        at,
        verification=Verification.REJECTED,
        flow=Flow.FALSE,
        condition=Condition.RTN,
        cleared_at=alarm.cleared_at or at,
        ack=alarm.ack or Acknowledgement(by, at, reason),
        latched=False,
        suppression=Suppression.NONE,
        suppressed_until=None,
        notes=_with_reason(alarm, at, by, "误报", reason),
    )


def open_case(alarm: Alarm, at: datetime, case_id: str) -> Alarm:
    """研判 becomes 处置: the alarm stays listed until the case has ended.

    Raises TransitionRefused(case_exists, not_acknowledged, not_verified, is_over).
    """
    if alarm.case_id is not None:
        raise TransitionRefused("case_exists", f"该告警已立案 {alarm.case_id}")
    _must_be_open(alarm)
    if alarm.ack is None:
        raise TransitionRefused("not_acknowledged", "确认之后才能立案")
    if alarm.verification is Verification.PENDING:
        raise TransitionRefused("not_verified", "核实之后才能立案")
    return _next(alarm, at, case_id=case_id, flow=Flow.HANDLING)


def note(alarm: Alarm, at: datetime, by: str, text: str) -> Alarm:
    """Raises TransitionRefused(too_many_notes): an alarm must fit into one message."""
    if len(alarm.notes) >= MOST_NOTES:
        raise TransitionRefused("too_many_notes", f"该告警已有 {MOST_NOTES} 条备注")
    return _next(alarm, at, notes=(*alarm.notes, Note(by, at, text)))


def shelve(alarm: Alarm, at: datetime, until: datetime, by: str = "", reason: str = "") -> Alarm:
    """Hidden from the main list until a time; the reason is kept as a note.

    Raises TransitionRefused(red_not_shelvable, until_in_the_past, until_too_late).
    """
    if alarm.level is WarningLevel.RED:
        raise TransitionRefused("red_not_shelvable", "Ⅰ 级告警不可搁置")
    if until <= at:
        raise TransitionRefused("until_in_the_past", "搁置的截止时间已过")
    longest = LONGEST_SHELF[alarm.level]
    if until - at > longest:
        hours = longest.total_seconds() / 3600
        words = f"{hours:.0f} 小时" if hours >= 1 else f"{hours * 60:.0f} 分钟"
        raise TransitionRefused("until_too_late", f"该级别告警最多搁置 {words}")
    notes = _with_reason(alarm, at, by, "搁置", reason)
    return _next(alarm, at, suppression=Suppression.SHELVED, suppressed_until=until, notes=notes)


def unshelve(alarm: Alarm, at: datetime) -> Alarm:
    """By hand or when its time is over: what is still active must be acknowledged again."""
    if alarm.suppression is not Suppression.SHELVED:
        raise TransitionRefused("not_shelved", "该告警没有搁置")
    ack = None if alarm.condition is Condition.ACTIVE else alarm.ack
    return _next(alarm, at, suppression=Suppression.NONE, suppressed_until=None, ack=ack)


def shelf_is_over(alarm: Alarm, at: datetime) -> bool:
    until = alarm.suppressed_until
    return alarm.suppression is Suppression.SHELVED and until is not None and until <= at


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


def _with_reason(alarm: Alarm, at: datetime, by: str, word: str, reason: str) -> tuple[Note, ...]:
    """One more note, where there is a reason and room."""
    if not reason or len(alarm.notes) >= MOST_NOTES:
        return alarm.notes
    return (*alarm.notes, Note(by, at, f"{word}：{reason}"))


def _must_be_open(alarm: Alarm) -> None:
    if may_leave_the_list(alarm):
        raise TransitionRefused("is_over", "该告警已结束")


def _must_be_pending(alarm: Alarm) -> None:
    if alarm.verification is not Verification.PENDING:
        word = "属实" if alarm.verification is Verification.CONFIRMED else "误报"
        raise TransitionRefused("not_pending", f"该告警已核实为{word}，不在待核实之列")


def _rank(level: WarningLevel) -> int:
    return level.rank


def _level_changes(alarm: Alarm, level: WarningLevel) -> dict[str, object]:
    changes: dict[str, object] = {
        "level": level,
        "peak_level": min(alarm.peak_level or alarm.level, level, key=_rank),
    }
    if level.rank < alarm.level.rank:
        changes["ack"] = None
    if level is WarningLevel.RED and alarm.suppression is Suppression.SHELVED:
        # red is never hidden
        changes |= {"suppression": Suppression.NONE, "suppressed_until": None}
    return changes


def _next(alarm: Alarm, at: datetime, **changes: object) -> Alarm:
    return replace(alarm, revision=alarm.revision + 1, updated_at=at, **changes)
