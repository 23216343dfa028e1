"""The metrics of a small city."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from desktop.domain.alarms import Verification
from desktop.domain.levels import WarningLevel
from desktop.standin.cases.statistics import Statistics
from desktop.standin.cases.surroundings import Surroundings
from desktop.standin.city import Draft
from tests.unit.standin_metrics.conftest import NOW, SmallCity

MONTH = timedelta(days=30)


def _raise(small: SmallCity, number: int = 0, level: WarningLevel = WarningLevel.RED) -> str:
    point = small.catalogue.points_of("gas")[number]
    draft = Draft(point=point, level=level, title="燃气浓度 30 %LEL", value=30.0, at=small.at,
                  verification=Verification.CONFIRMED)  # fmt: skip
    return small.city.raise_alarm(draft).alarm_id


def test_that_more_than_two_hundred_metrics_are_told_each_with_its_source(small: SmallCity) -> None:
    rows = small.rows()
    known = {name for (name, _), row in rows.items() if row["value"] is not None}
    silent = {one.metric_id for one in small.book.registry} - known
    # nothing has been acknowledged and nothing burns: there is no median and no share
    assert silent == {"alarm.ack_median_s", "alarm.ack_in_time_rate"}
    assert len(known) > 200
    assert all(row["source_id"] for row in rows.values() if row["value"] is not None)


def test_that_nothing_is_counted_that_the_registry_does_not_name(small: SmallCity) -> None:
    small.rows()
    named = {one.metric_id for one in small.book.registry}
    told = {name for _, sheet in small.book.sheets.values() for name, _ in sheet.values}
    assert told == named


def test_that_an_alarm_counts_for_its_level_class_and_district(small: SmallCity) -> None:
    district = small.catalogue.place_of(small.catalogue.points_of("gas")[0].point_id).district_id
    names = ("alarm.open", "alarm.open.red", "alarm.class.gas", "alarm.raised.gas")
    scopes = ("city", *small.book.districts)
    before = small.rows(*names, scopes=scopes)
    small.at += timedelta(seconds=5)
    _raise(small)
    after = small.rows(*names, scopes=scopes)
    for (name, scope), row in after.items():
        rise = row["value"] - before[name, scope]["value"]
        assert rise == (scope in ("city", district)), (name, scope)


def test_that_an_answer_counts_with_its_time(small: SmallCity) -> None:
    first = _raise(small)
    small.at += timedelta(seconds=42)
    small.city.book.acknowledge(first, small.at, "张敏")
    small.at += timedelta(seconds=5)
    assert small.value("alarm.ack_median_s") == 42
    assert small.value("alarm.unacked") == 0
    small.at += timedelta(days=1)
    assert small.value("alarm.acked_today") == 0


def test_that_a_point_over_its_line_and_a_silent_one_are_seen(small: SmallCity) -> None:
    _raise(small, 0)
    _raise(small, 0)  # the same condition again is the same place
    assert small.value("point.over.gas") == 1
    online = small.value("point.online")
    small.city.fall_silent(small.catalogue.points_of("gas")[1].point_id)
    small.at += timedelta(seconds=5)
    assert online is not None
    assert small.value("point.online") == online - 1


def test_that_districts_add_up_to_the_city(small: SmallCity) -> None:
    names = ("case.report_today", "case.open", "case.major.clean", "unit.on_duty", "point.total",
             "camera.online", "ticket.last_24h", "asset.fault.manhole")  # fmt: skip
    rows = small.rows(*names, scopes=("city", *small.book.districts))
    for name in names:
        parts = sum(rows[name, one]["value"] for one in small.book.districts)
        assert parts == rows[name, "city"]["value"] > 0, name


def test_that_rates_of_the_month_are_those_of_the_statistics(small: SmallCity) -> None:
    known = Statistics(small.cases, Surroundings(small.catalogue.city))
    now_s = int(NOW.timestamp())
    first_s = now_s - (21 * 24 + 15) * 3600
    counts = known.counts("district", first_s, now_s + 1, now_s)
    told = small.rows("case.rate.dispose_in_time")["case.rate.dispose_in_time", "city"]
    assert told["n"] == counts["need_dispose"].sum()
    share = 100 * counts["in_time_dispose"].sum() / counts["need_dispose"].sum()
    assert told["value"] == pytest.approx(share, abs=1e-3)


def test_that_a_stock_is_what_was_begun_and_has_not_ended(small: SmallCity) -> None:
    now_s, open_cases = int(NOW.timestamp()), 0
    for held in small.cases.months[-5:]:
        rows = held.rows
        begun = (rows["dispatch"] > 0) & (rows["dispatch"] <= now_s)
        ended = (rows["dispose"] > 0) & (rows["dispose"] <= now_s)
        open_cases += int((begun & ~ended).sum())
    assert small.value("case.handling") == open_cases > 0


def test_that_what_is_overdue_is_dispatched_and_past_its_limit(small: SmallCity) -> None:
    now_s, late = int(NOW.timestamp()), 0
    for held in small.cases.months[-5:]:
        rows = held.rows
        sent = (rows["dispatch"] > 0) & (rows["dispose_due"] <= now_s)
        late += int((sent & ~((rows["dispose"] > 0) & (rows["dispose"] <= now_s))).sum())
    assert small.value("case.overdue") == late < (small.value("case.open") or 0)


def test_that_the_past_of_cases_is_real(small: SmallCity) -> None:
    """What is told now of yesterday 15:00 is what would have been told then."""
    name = "case.report_today"
    row = small.rows(name, start=NOW - MONTH)[name, "city"]
    series = row["series"]
    hours = round((NOW - series["start"]).total_seconds() / 3600)
    small.at = NOW - timedelta(days=1)
    small.book.forget()
    assert series["values"][hours - 24] == small.value(name) == row["earlier"]["day"]


def test_that_a_series_of_thirty_days_has_no_hole_and_ends_near_the_present(
    small: SmallCity,
) -> None:
    names = ("alarm.open", "point.online_rate", "unit.on_duty", "supply.pressure_mpa",
             "weather.temperature_c", "case.open", "alarm.raised_today")  # fmt: skip
    rows = small.rows(*names, start=NOW - MONTH)
    for name in names:
        values = rows[name, "city"]["series"]["values"]
        assert len(values) == 721, name
        assert None not in values
        assert values[-1] == pytest.approx(rows[name, "city"]["value"], rel=0.02, abs=1e-3), name


def test_that_the_same_city_tells_the_same_past(
    small: SmallCity, make_small: Callable[[], SmallCity]
) -> None:
    names = ("alarm.open", "ticket.open", "camera.online_rate", "case.rate.satisfied")
    first = small.rows(*names, start=NOW - MONTH)
    again = make_small().rows(*names, start=NOW - MONTH)
    for name in names:
        assert first[name, "city"]["series"] == again[name, "city"]["series"]


def test_that_a_rate_stays_a_share(small: SmallCity) -> None:
    rates = [one.metric_id for one in small.book.registry if one.unit == "%"]
    for row in small.rows(*rates, start=NOW - MONTH).values():
        values = [v for v in row["series"]["values"] if v is not None]
        assert all(0 <= v <= 110 for v in values), row["metric_id"]


def test_that_a_counter_of_the_day_begins_anew_at_midnight(small: SmallCity) -> None:
    _raise(small)
    row = small.rows("alarm.raised_today", start=NOW - timedelta(days=3))
    values = row["alarm.raised_today", "city"]["series"]["values"]
    start = row["alarm.raised_today", "city"]["series"]["start"]
    midnight = next(n for n in range(1, len(values)) if (start + timedelta(hours=n + 8)).hour == 0)
    assert values[midnight + 1] <= values[midnight]
    day = values[midnight + 1 : midnight + 21]
    assert day == sorted(day)
