"""The seven clocks of an incident: T0 alarm to T6 cleared, each with its target and lateness."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from desktop.domain.emergency.plans import Targets

T0, T1, T2, T3, T4, T5, T6 = NAMES = ("T0", "T1", "T2", "T3", "T4", "T5", "T6")
WORDS = {
    T0: "告警", T1: "确认", T2: "启动", T3: "全部接受", T4: "首到现场", T5: "受控", T6: "解除",
}  # fmt: skip


class ClockState(StrEnum):
    REACHED = "reached"
    LATE = "late"  # reached, after its target
    RUNNING = "running"
    OVERDUE = "overdue"  # not reached, and its target has passed
    OPEN = "open"  # not reached, no target


class ClockFace(Struct, frozen=True, kw_only=True):
    """One of the seven. Minutes count from T0; `late_min` is positive after the target."""

    name: str
    word: str
    state: ClockState
    at: datetime | None = None
    since_min: float | None = None
    target_min: float | None = None
    target_at: datetime | None = None
    late_min: float | None = None

    @property
    def left_min(self) -> float | None:
        """Until the target, while the clock runs."""
        running = self.state in (ClockState.RUNNING, ClockState.OVERDUE)
        return -self.late_min if running and self.late_min is not None else None


def target_min(targets: Targets, name: str) -> float | None:
    """Minutes after T0; None for what the plan does not bind."""
    return {
        T1: targets.confirm_min,
        T2: targets.activate_min,
        T3: targets.accepted_min,
        T4: targets.on_scene_min,
        T5: targets.controlled_min,
        T6: targets.cleared_min,
    }.get(name)


def faces(clocks: Mapping[str, datetime], targets: Targets, now: datetime) -> tuple[ClockFace, ...]:
    """All seven, in order. A clock before T0 counts 0: two machines never agree to the second."""
    start = clocks.get(T0)
    return tuple(_face(name, start, clocks.get(name), targets, now) for name in NAMES)


def _face(
    name: str, start: datetime | None, at: datetime | None, targets: Targets, now: datetime
) -> ClockFace:
    limit = target_min(targets, name)
    target_at = start + timedelta(minutes=limit) if start and limit is not None else None
    seen = at or now
    since = max(0.0, _minutes(seen - start)) if start else None
    late = _minutes(seen - target_at) if target_at else None
    if at is not None:
        state = ClockState.LATE if late is not None and late > 0 else ClockState.REACHED
    elif late is None:
        state = ClockState.OPEN
    else:
        state = ClockState.OVERDUE if late > 0 else ClockState.RUNNING
    return ClockFace(name=name, word=WORDS[name], state=state, at=at, since_min=since,
                     target_min=limit, target_at=target_at, late_min=late)  # fmt: skip


def line_at(
    level_m: float, line_m: float, rise_m_per_min: float | None, measured_at: datetime
) -> datetime | None:
    """When the water is at the line if it goes on rising so; its own time where it is over it."""
    if level_m >= line_m:
        return measured_at
    if rise_m_per_min is None or rise_m_per_min <= 0:
        return None
    return measured_at + timedelta(minutes=(line_m - level_m) / rise_m_per_min)


def _minutes(span: timedelta) -> float:
    return span.total_seconds() / 60.0
