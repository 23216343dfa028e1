"""Counts that agree with the cases that are told, and what a month has beside them."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np

from desktop.domain.assessment.counts import CountTable
from desktop.domain.cases import Case, Step
from desktop.standin.cases.answers import CaseAnswers
from desktop.standin.cases.assessments import Assessments, beside
from desktop.standin.cases.book import START, CaseBook, Chosen
from desktop.standin.cases.month import Month
from desktop.standin.cases.statistics import GROUPS, Statistics
from desktop.standin.cases.surroundings import Surroundings
from tests.unit.standin_cases.conftest import NOW

BookAt = Callable[[datetime], CaseBook]
NOW_S = int(NOW.timestamp())
JUNE = Month(2026, 6)


def june_cases(book: CaseBook, places: Surroundings) -> list[Case]:
    """Whatever can count in June: reported from May on."""
    chosen = Chosen(from_s=Month(2026, 1).start_s)
    keys, last = book.page(chosen, START, NOW_S, 30_000)
    assert last is None
    return CaseAnswers(book, places).cases(keys, NOW_S)


def test_that_counts_agree_with_the_cases(book_at: BookAt, places: Surroundings) -> None:
    book = book_at(NOW)
    start_s, end_s = JUNE.start_s, JUNE.plus(1).start_s
    sums = Statistics(book, places).counts("district", start_s, end_s, NOW_S)
    told: Counter[tuple[str, str]] = Counter()
    for case in june_cases(book, places):
        at = case.district_id
        if start_s <= case.reported_at.timestamp() < end_s:
            told["report", at] += 1
            told["register", at] += case.at(Step.REGISTER) is not None
            told["accur_dispatch", at] += (
                case.at(Step.DISPATCH) is not None and not case.redispatched
            )
        dispose = case.stage(Step.DISPOSE)
        if dispose and dispose.due_at and start_s <= dispose.due_at.timestamp() < end_s:
            upheld = case.appeal is not None and case.appeal.state == "upheld"
            told["dispose", at] += dispose.at is not None
            in_time = dispose.at is not None and dispose.at <= dispose.due_at
            told["in_time_dispose", at] += in_time or (upheld and dispose.at is not None)
            told["archive", at] += case.at(Step.ARCHIVE) is not None
            told["satisfied", at] += case.satisfied is True
            told["return", at] += case.returns
    for (name, unit), count in told.items():
        assert sums[name][places.districts.index(unit)] == count, (name, unit)
    assert sum(count for (name, _), count in told.items() if name == "report") > 1500


def test_that_counts_never_contradict_each_other(book_at: BookAt, places: Surroundings) -> None:
    statistics = Statistics(book_at(NOW), places)
    for group in GROUPS:
        for month in (JUNE, JUNE.plus(1)):
            sums = statistics.counts(group, month.start_s, month.plus(1).start_s, NOW_S)
            columns = {name: values[:, None] for name, values in sums.items()}
            assert not CountTable(statistics.names[group], ["x"], columns).wrong, group


def test_that_groupings_have_the_same_sum(book_at: BookAt, places: Surroundings) -> None:
    statistics = Statistics(book_at(NOW), places)
    totals = {
        group: statistics.counts(group, JUNE.start_s, JUNE.plus(1).start_s, NOW_S)["report"].sum()
        for group in GROUPS
    }
    assert len(set(totals.values())) == 1 and totals["org"] > 0


def test_that_working_days_alone_are_fewer(book_at: BookAt, places: Surroundings) -> None:
    statistics = Statistics(book_at(NOW), places)
    span = (JUNE.start_s, JUNE.plus(1).start_s, NOW_S)
    whole, worked = (
        statistics.counts("district", *span, work_only=only)["report"].sum()
        for only in (False, True)
    )
    assert 0.65 * whole < worked < 0.85 * whole


def test_that_a_month_is_published_when_it_is_sealed(book_at: BookAt, places: Surroundings) -> None:
    book = book_at(NOW)
    june = book.held(JUNE.number)
    assert june is not None
    known = Assessments(book, places, 1)
    before = known.period(june, int(datetime(2026, 7, 5, 9, 0, tzinfo=UTC).timestamp()))
    after = known.period(june, NOW_S)
    assert before["published"] == {} and before["sealed_at"] is None
    assert set(after["published"]) == set(places.districts) - set(after["not_reported"])
    assert all(60 < total < 100 for total in after["published"].values())
    assert after["scheme_id"] == "city_2026" and "archive_rate" in after["published_basis"]


def test_that_a_good_district_is_published_before_a_poor_one(
    book_at: BookAt, places: Surroundings
) -> None:
    book = book_at(NOW)
    june = book.held(JUNE.number)
    assert june is not None
    totals = Assessments(book, places, 1).period(june, NOW_S)["published"]
    assert totals["990104"] > totals["990106"]


def test_that_own_votes_are_told_and_units_can_be_late(places: Surroundings) -> None:
    months = [beside(Month(2025, 1).plus(n), places, 1) for n in range(24)]
    late = [one.late for one in months if one.late]
    assert late and all(unit not in one.special for one in months for unit in one.late)
    for one in months:
        assert all(set(votes) == set(places.districts) for votes in one.votes.values())
    own = np.mean([votes[unit] for one in months for unit, votes in one.votes.items()])
    every = np.mean([v for one in months for votes in one.votes.values() for v in votes.values()])
    assert own > every + 2
