from datetime import date, datetime, time

import pytest

from desktop.domain.assessment.working_time import (
    Calendar,
    Light,
    Limit,
    LimitKind,
    UnknownYear,
    WorkClock,
    light_of,
)
from desktop.domain.duty import CITY_ZONE

HOURS = ((time(8, 30), time(12)), (time(14), time(18)))  # 7.5 h
CALENDAR = Calendar(
    hours=HOURS,
    years=(2026,),
    holidays=frozenset({date(2026, 10, d) for d in (1, 2, 5, 6, 7)}),
    make_up_days=frozenset({date(2026, 10, 10)}),
)
CLOCK = WorkClock(CALENDAR)


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=CITY_ZONE).timestamp()


@pytest.mark.parametrize(
    "begin, end, hours",
    [
        ("2026-09-21 08:00", "2026-09-21 20:00", 7.5),  # a Monday
        ("2026-09-21 11:00", "2026-09-21 15:00", 2.0),  # over noon
        ("2026-09-25 17:00", "2026-09-28 09:30", 2.0),  # over a weekend
        ("2026-09-30 17:00", "2026-10-08 09:30", 2.0),  # over the holidays of October
        ("2026-10-09 17:00", "2026-10-10 09:30", 2.0),  # a Saturday that is worked
        ("2026-10-03 08:00", "2026-10-04 23:00", 0.0),
        ("2026-01-01 00:00", "2026-01-01 08:30", 0.0),  # before the first span of all
    ],
)
def test_that_only_working_time_counts(begin: str, end: str, hours: float):
    assert CLOCK.worked_s(at(begin), at(end)) == pytest.approx(hours * 3600)


@pytest.mark.parametrize(
    "start, kind, amount, due",
    [
        ("2026-09-25 15:00", LimitKind.WORKING_DAYS, 1, "2026-09-28 15:00"),
        ("2026-09-25 15:00", LimitKind.URGENT_HOURS, 2, "2026-09-25 17:00"),
        ("2026-09-26 03:00", LimitKind.URGENT_HOURS, 2, "2026-09-26 05:00"),  # a Saturday
        ("2026-09-25 17:00", LimitKind.WORKING_HOURS, 2, "2026-09-28 09:30"),
        ("2026-09-26 10:00", LimitKind.WORKING_HOURS, 1, "2026-09-28 09:30"),
        ("2026-09-30 18:00", LimitKind.WORKING_DAYS, 1, "2026-10-08 18:00"),
        ("2026-09-21 08:30", LimitKind.WORKING_HOURS, 3.5, "2026-09-21 12:00"),
    ],
)
def test_that_a_limit_is_over_at(start: str, kind: LimitKind, amount: float, due: str):
    assert CLOCK.due_s(at(start), Limit(kind, amount)) == pytest.approx(at(due))


def test_that_the_due_moment_is_where_all_is_used():
    limit = Limit(LimitKind.WORKING_HOURS, 11)
    start = at("2026-09-24 16:20")
    assert CLOCK.used_share(start, CLOCK.due_s(start, limit), limit) == pytest.approx(1.0)


@pytest.mark.parametrize("moment", ["2025-12-31 23:00", "2027-01-01 01:00"])
def test_that_a_year_without_holidays_has_no_working_time(moment: str):
    with pytest.raises(UnknownYear, match=r"节假日表没有 202[57] 年"):
        CLOCK.worked_s(at("2026-06-01 10:00"), at(moment))


def test_that_a_limit_beyond_the_last_year_is_not_guessed():
    with pytest.raises(UnknownYear, match="2027"):
        CLOCK.due_s(at("2026-12-31 17:00"), Limit(LimitKind.WORKING_DAYS, 2))


def test_that_urgent_time_needs_no_calendar():
    limit = Limit(LimitKind.URGENT_HOURS, 2)
    assert CLOCK.due_s(at("2030-01-01 00:00"), limit) == at("2030-01-01 02:00")


@pytest.mark.parametrize(
    "change",
    [
        {"years": ()}, {"years": (2025,)}, {"hours": ((time(12), time(8)),)},
        {"hours": ((time(8), time(12)), (time(11), time(18)))},
        {"make_up_days": frozenset({date(2026, 10, 1)})},
    ],
)  # fmt: skip
def test_that_a_calendar_that_contradicts_itself_is_refused(change: dict):
    from msgspec.structs import replace

    with pytest.raises(ValueError):
        WorkClock(replace(CALENDAR, **change))


def test_that_lights_turn_at_eighty_and_a_hundred_percent():
    shares = [0, 0.8, 0.801, 1.0, 1.001]
    assert [light_of(s) for s in shares] == [
        Light.GREEN, Light.GREEN, Light.YELLOW, Light.YELLOW, Light.RED
    ]  # fmt: skip
