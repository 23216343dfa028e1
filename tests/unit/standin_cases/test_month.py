"""A month of cases: believable days and hours, places, limits and units."""

from itertools import pairwise

import numpy as np

from desktop.domain.assessment.working_time import Calendar, Limit, LimitKind, WorkClock
from desktop.domain.cases import Source
from desktop.standin.case_classes import case_classes
from desktop.standin.cases.month import Month, make_month, rain_mm
from desktop.standin.cases.rows import EVENTS, Flag, Rows, has
from desktop.standin.cases.surroundings import Surroundings
from tests.unit.standin_cases.conftest import JULY


def day_of(rows: Rows) -> np.ndarray:
    return (rows["report"].astype(np.int64) - JULY.start_s) // 86_400


def hour_of(rows: Rows) -> np.ndarray:
    return (rows["report"].astype(np.int64) + 8 * 3600) // 3600 % 24


def late_share(rows: Rows) -> float:
    sent = rows[rows["dispatch"] > 0]
    return float((sent["dispose"] > sent["dispose_due"]).mean())


def test_that_a_month_is_the_same_for_the_same_seed(
    places: Surroundings, calendar: Calendar, clock: WorkClock
) -> None:
    first, same, other = (
        make_month(JULY, places, calendar, clock, seed, 500) for seed in (1, 1, 2)
    )  # fmt: skip
    assert first.tobytes() == same.tobytes()
    assert first.tobytes() != other.tobytes()


def test_that_no_step_comes_before_the_one_that_it_follows(july: Rows) -> None:
    order = ("report", "accept", "register", "dispatch", "sign", "dispose", "check", "archive",
             "call_back")  # fmt: skip
    for earlier, later in pairwise(order):
        both = (july[earlier] > 0) & (july[later] > 0)
        assert both.any() and (july[earlier] <= july[later])[both].all(), (earlier, later)
    verified = july[july["verify"] > 0]
    assert (verified["verify"] >= verified["accept"] + verified["verify_wait"]).all()


def test_that_a_void_case_is_never_dispatched(july: Rows) -> None:
    void = july[has(july, Flag.VOID)]
    assert 0.02 < len(void) / len(july) < 0.12
    assert not void["dispatch"].any() and not void["archive"].any()


def test_that_a_limit_runs_by_its_own_clock(july: Rows, clock: WorkClock) -> None:
    kinds = {"urgent_hour": LimitKind.URGENT_HOURS, "work_day": LimitKind.WORKING_DAYS}
    for number, row in enumerate(case_classes()):
        mine = july[(july["cls"] == number) & (july["dispatch"] > 0) & (july["extensions"] == 0)]
        if row.limit.unit in kinds and len(mine):
            limit = Limit(kinds[row.limit.unit], row.limit.value)
            wanted = clock.due_s(mine["dispatch"].astype(float), limit)
            assert np.abs(mine["dispose_due"] - wanted).max() <= 1, row.name


def test_that_sundays_are_quieter_and_the_patrol_sleeps_at_night(july: Rows) -> None:
    a_day = np.bincount(day_of(july), minlength=31)
    sundays = [n for n, day in enumerate(JULY.days) if day.weekday() == 6]
    workdays = [n for n, day in enumerate(JULY.days) if day.weekday() < 5]
    assert a_day[sundays].mean() < 0.85 * a_day[workdays].mean()
    patrol = hour_of(july[july["source"] == list(Source).index(Source.PATROL)])
    sensor = hour_of(july[july["source"] == list(Source).index(Source.SENSOR)])
    assert np.isin(patrol, range(6)).mean() < 0.01 < 0.1 < np.isin(sensor, range(6)).mean()


def test_that_heavy_rain_floods_the_roads(july: Rows) -> None:
    rain, day = rain_mm(JULY, 1), day_of(july)
    flooded = [n for n, row in enumerate(case_classes()) if row.name == "道路积水"]
    mine = np.isin(july["cls"], flooded)
    wet, dry = np.flatnonzero(rain > 25), np.flatnonzero(rain < 1)
    assert len(wet) and len(dry)
    assert mine[np.isin(day, wet)].mean() > 5 * mine[np.isin(day, dry)].mean()


def test_that_poor_districts_are_late_more_often(july: Rows, places: Surroundings) -> None:
    good, poor = (
        july[july["district"] == places.districts.index(code)] for code in ("990104", "990108")
    )
    assert late_share(poor) > 2 * late_share(good)
    assert 0.03 < late_share(july) < 0.12


def test_that_a_repeated_case_has_the_place_and_class_of_the_first(july: Rows) -> None:
    again = july[july["repeats"] > 0]
    first = july[again["repeats"].astype(np.int64) - 1]
    assert len(again) > 0.02 * len(july)
    assert (again["item"] == first["item"]).all() and (again["cls"] == first["cls"]).all()
    assert (first["report"] <= again["report"]).all()


def test_that_last_is_the_latest_of_all_that_happens(july: Rows) -> None:
    assert (np.diff(july["last"].astype(np.int64)) >= 0).all()
    latest = np.max([july[name] for name in EVENTS], axis=0)
    assert (july["last"] >= latest).all()


def test_that_a_full_month_has_as_many_cases_as_the_city_counts() -> None:
    from desktop.standin.cases.month import PER_MONTH

    assert PER_MONTH == 220_000
    assert Month(2026, 1).plus(-1) == Month(2025, 12)
