"""Months, quarters and years of assessment, and which months make up which."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from enum import StrEnum


class PeriodKind(StrEnum):
    MONTH = "month"  # 2026-06
    QUARTER = "quarter"  # 2026-Q2
    YEAR = "year"  # 2026


_LENGTH = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}


def kind_of(period: str) -> PeriodKind:
    if len(period) == 4:
        return PeriodKind.YEAR
    return PeriodKind.QUARTER if "Q" in period else PeriodKind.MONTH


def period_of(month: str, kind: PeriodKind) -> str:
    """`month`: 2026-06."""
    year, number = month.split("-")
    if kind is PeriodKind.YEAR:
        return year
    return f"{year}-Q{(int(number) + 2) // 3}" if kind is PeriodKind.QUARTER else month


def months_of(period: str) -> tuple[str, ...]:
    """Every month of it, whether it is known or not."""
    year, kind = period[:4], kind_of(period)
    if kind is PeriodKind.YEAR:
        return tuple(f"{year}-{number:02}" for number in range(1, 13))
    if kind is PeriodKind.QUARTER:
        first = 3 * int(period[-1]) - 2
        return tuple(f"{year}-{number:02}" for number in range(first, first + 3))
    return (period,)


def groups_of(months: Iterable[str], kind: PeriodKind) -> dict[str, tuple[str, ...]]:
    """period -> its months, oldest first.

    The first period is left out unless it is known from its first month on; the last may still
    be running and has the months that there are.
    """
    known = sorted(months)
    found: dict[str, tuple[str, ...]] = {}
    for period in dict.fromkeys(period_of(month, kind) for month in known):
        whole = months_of(period)
        if whole[0] >= known[0]:
            found[period] = tuple(month for month in whole if month <= known[-1])
    return found


def earlier(period: str, count: int = 1) -> str:
    """So many periods of its kind before."""
    kind = kind_of(period)
    year, month = (int(part) for part in months_of(period)[0].split("-"))
    number = year * 12 + month - 1 - count * _LENGTH[kind]
    return period_of(f"{number // 12}-{number % 12 + 1:02}", kind)


def year_before(period: str) -> str:
    """The same months of the year before: what 同比 compares with."""
    return f"{int(period[:4]) - 1}{period[4:]}"


def last_day(period: str) -> date:
    year, month = (int(part) for part in months_of(period)[-1].split("-"))
    return date(year, month, monthrange(year, month)[1])
