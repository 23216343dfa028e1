"""How much of its limit a case has used, by the clock of the limit: lights at 80 % and 100 %."""

from datetime import datetime

from msgspec import Struct

from desktop.domain.assessment.working_time import Light, UnknownYear, WorkClock, light_of
from desktop.domain.cases import Case, Step

URGENT = "urgent_hour"


class LimitUse(Struct, frozen=True):
    """`share` 1: the limit is reached; `left_s`: seconds of its own clock, below 0 beyond it;
    `day_s`: so long is one day of that clock. `reason`: why nothing can be told, in Chinese."""

    share: float = 0.0
    left_s: float = 0.0
    day_s: float = 86_400.0
    is_running: bool = False
    reason: str = ""

    @property
    def light(self) -> Light | None:
        return None if self.reason else light_of(self.share)


def limit_use(case: Case, clock: WorkClock | None, now: datetime) -> LimitUse | None:
    """From dispatch to handling, or to now; None before it is dispatched or without a limit.

    What was prolonged counts up to its new end: 100 % is `due_at`, whatever the first limit was.
    """
    dispose = case.stage(Step.DISPOSE)
    start, due = case.at(Step.DISPATCH), dispose.due_at if dispose is not None else None
    if dispose is None or start is None or due is None or due <= start:
        return None
    end, is_running = dispose.at or now, dispose.at is None
    if case.limit.unit == URGENT:
        whole, used, day_s = (due - start).total_seconds(), (end - start).total_seconds(), 86_400.0
    elif clock is None:
        return LimitUse(reason="没有工作时间表")
    else:
        try:
            whole = float(clock.worked_s(start.timestamp(), due.timestamp()))
            used = float(clock.worked_s(start.timestamp(), end.timestamp()))
        except UnknownYear as error:
            return LimitUse(reason=str(error))
        day_s = clock.day_s
    if whole <= 0:
        return LimitUse(reason="时限内没有工作时间")
    return LimitUse(used / whole, whole - used, day_s, is_running)
