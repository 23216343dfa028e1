"""The working-time clock: 紧急工作时 by the clock, 工作时 and 工作日 by the city's calendar.

A working day is as long as the working hours of a full day: what is filed on Friday at 15:00 with
one working day is due on Monday at 15:00.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Annotated

import numpy as np
from msgspec import Meta, Struct

from desktop.domain.assessment.expressions import Values
from desktop.domain.duty import CITY_ZONE

NEAR_SHARE, OVER_SHARE = 0.8, 1.0
_DAY_S = 86_400


class LimitKind(StrEnum):
    URGENT_HOURS = "urgent_hours"  # 紧急工作时: all day, every day
    WORKING_HOURS = "working_hours"  # 工作时
    WORKING_DAYS = "working_days"  # 工作日


class Limit(Struct, frozen=True):
    kind: LimitKind
    amount: Annotated[float, Meta(gt=0, le=400)]


class Light(StrEnum):
    """How much of a limit is used."""

    GREEN = "green"  # up to 80 %
    YELLOW = "yellow"  # up to 100 %
    RED = "red"


def light_of(used_share: float) -> Light:
    if used_share > OVER_SHARE:
        return Light.RED
    return Light.GREEN if used_share <= NEAR_SHARE else Light.YELLOW


class Calendar(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`hours`: spans of a working day, in order, city time. `years`: those whose holidays are
    known; a clock refuses others. `make_up_days`: weekends that are worked (调休)."""

    hours: Annotated[tuple[tuple[time, time], ...], Meta(min_length=1)]
    years: tuple[int, ...]
    holidays: frozenset[date] = frozenset()
    make_up_days: frozenset[date] = frozenset()
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)

    def fault(self) -> str:
        """In Chinese; empty when it can be used."""
        ends = [moment for span in self.hours for moment in span]
        if any(a >= b for a, b in pairwise(ends)):
            return "工作时段须按先后排列，且不能重叠"
        if not self.years:
            return "没有年份：请写明节假日表适用的年份"
        for day in sorted({*self.holidays, *self.make_up_days}):
            if day.year not in self.years:
                return f"{day} 不在节假日表的年份内"
        if both := self.holidays & self.make_up_days:
            return f"{min(both)} 既是节假日又是调休上班日"
        return ""

    def is_worked(self, day: date) -> bool:
        return day in self.make_up_days or (
            day.weekday() in self.weekdays and day not in self.holidays
        )


class UnknownYear(ValueError):
    """The calendar does not know the holidays of a year: no figure is better than a wrong one."""

    def __init__(self, years: Collection[int]) -> None:
        self.years = tuple(sorted(years))
        super().__init__(f"节假日表没有 {'、'.join(str(y) for y in self.years)} 年")


class WorkClock:
    """Working time of any moments at once; epoch seconds, UTC."""

    def __init__(self, calendar: Calendar) -> None:
        """Raises ValueError with the calendar's fault."""
        if fault := calendar.fault():
            raise ValueError(fault)
        spans: list[tuple[float, float]] = []
        self._calendar = calendar
        self._known: list[tuple[float, float]] = []
        for year in sorted(calendar.years):
            day, last = date(year, 1, 1), date(year, 12, 31)
            self._known.append((_at(day, time()), _at(last, time()) + _DAY_S))
            while day <= last:
                if calendar.is_worked(day):
                    spans += [(_at(day, a), _at(day, b)) for a, b in calendar.hours]
                day += timedelta(days=1)
        self._begin = np.array([begin for begin, _ in spans])
        self._end = np.array([end for _, end in spans])
        self._before = np.concatenate([[0.0], np.cumsum(self._end - self._begin)])
        hours = (_at(date(2000, 1, 3), b) - _at(date(2000, 1, 3), a) for a, b in calendar.hours)
        self.day_s = sum(hours)

    def worked_s(self, from_s: Values | float, to_s: Values | float) -> Values:
        """Between two moments. Raises UnknownYear."""
        return self._until(to_s) - self._until(from_s)

    def limit_s(self, limit: Limit) -> float:
        """In seconds of its own clock."""
        if limit.kind is LimitKind.WORKING_DAYS:
            return limit.amount * self.day_s
        return limit.amount * 3600

    def due_s(self, start_s: Values | float, limit: Limit) -> Values:
        """When a limit is over that began then. Raises UnknownYear, also for a due day beyond."""
        if limit.kind is LimitKind.URGENT_HOURS:
            return np.asarray(start_s, dtype=np.float64) + self.limit_s(limit)
        return self.after_s(start_s, self.limit_s(limit))

    def after_s(self, start_s: Values | float, worked_s: Values | float) -> Values:
        """When so much working time has passed. Raises UnknownYear."""
        wanted = self._until(start_s) + worked_s
        if np.any(wanted > self._before[-1]):
            raise UnknownYear([max(self._calendar.years) + 1])
        span = np.maximum(np.searchsorted(self._before, wanted, side="left") - 1, 0)
        return self._begin[span] + wanted - self._before[span]

    def used_share(self, start_s: Values | float, now_s: Values | float, limit: Limit) -> Values:
        """1: the limit is reached. Raises UnknownYear."""
        if limit.kind is LimitKind.URGENT_HOURS:
            return (np.asarray(now_s, dtype=np.float64) - start_s) / self.limit_s(limit)
        return self.worked_s(start_s, now_s) / self.limit_s(limit)

    def _until(self, at_s: Values | float) -> Values:
        at = np.asarray(at_s, dtype=np.float64)
        known = np.zeros(at.shape, dtype=bool)
        for begin, end in self._known:
            known |= (begin <= at) & (at <= end)
        if not np.all(known):
            wrong = at[~known] if at.shape else at.reshape(1)
            years = {datetime.fromtimestamp(float(s), CITY_ZONE).year for s in wrong[:1000]}
            raise UnknownYear(years)
        span = np.searchsorted(self._begin, at, side="right") - 1
        inside = np.clip(at - self._begin[np.maximum(span, 0)], 0.0, None)
        length = (self._end - self._begin)[np.maximum(span, 0)]
        return np.where(
            span < 0, 0.0, self._before[np.maximum(span, 0)] + np.minimum(inside, length)
        )


def _at(day: date, moment: time) -> float:
    return datetime.combine(day, moment, CITY_ZONE).timestamp()
