"""The book at a moment: pages in the order of changes, nothing of the future, choices."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from desktop.domain.cases import Case, State
from desktop.standin.cases.answers import CaseAnswers
from desktop.standin.cases.book import START, CaseBook, Chosen, Key
from desktop.standin.cases.month import Month
from desktop.standin.cases.months import MonthFiles, wanted
from desktop.standin.cases.surroundings import Surroundings
from desktop.standin.catalogue import CityCatalogue
from tests.unit.standin_cases.conftest import JULY, NOW

BookAt = Callable[[datetime], CaseBook]
NOW_S = int(NOW.timestamp())


def every_key(book: CaseBook, now_s: int, after: Key = START, limit: int = 5000) -> list[Key]:
    found: list[Key] = []
    last: Key | None = after
    while last is not None:
        keys, last = book.page(Chosen(), last, now_s, limit)
        found += keys
    return found


def read(book: CaseBook, places: Surroundings, keys: list[Key], now_s: int) -> list[Case]:
    return CaseAnswers(book, places).cases(keys, now_s)


def test_that_pages_hold_every_reported_case_once_in_the_order_of_changes(
    book_at: BookAt,
) -> None:
    book = book_at(NOW)
    keys = every_key(book, NOW_S)
    reported = sum(int((held.rows["report"] <= NOW_S).sum()) for held in book.months)
    assert keys == sorted(keys) and len(set(keys)) == len(keys) == reported > 40_000


def test_that_a_small_page_is_the_beginning_of_a_large_one(book_at: BookAt) -> None:
    book = book_at(NOW)
    small = every_key(book, NOW_S, (NOW_S - 86_400, 0, -1), 7)
    assert small == every_key(book, NOW_S, (NOW_S - 86_400, 0, -1), 5000) and len(small) > 50


def test_that_an_hour_later_new_and_changed_cases_follow(
    book_at: BookAt, places: Surroundings
) -> None:
    book = book_at(NOW)
    seen = {key[1:] for key in every_key(book, NOW_S)}
    later_s = NOW_S + 3600
    newer = every_key(book, later_s, (NOW_S, 0, -1))
    cases = read(book, places, newer, later_s)
    fresh = [case for key, case in zip(newer, cases, strict=True) if key[1:] not in seen]
    assert fresh and len(fresh) < len(cases)
    assert all(case.updated_at > NOW - timedelta(seconds=1) for case in cases)
    assert seen | {key[1:] for key in newer} == {key[1:] for key in every_key(book, later_s)}


def test_that_nothing_of_the_future_is_told(book_at: BookAt, places: Surroundings) -> None:
    book = book_at(NOW)
    keys = every_key(book, NOW_S, (NOW_S - 2 * 86_400, 0, -1))
    cases = read(book, places, keys, NOW_S)
    assert {case.state for case in cases} > {State.HANDLING, State.CLOSED, State.VOID}
    for case in cases:
        assert case.updated_at <= NOW
        assert all(stage.at is None or stage.at <= NOW for stage in case.stages)
        assert [stage.at for stage in case.stages[:-1]].count(None) == 0
        assert (case.state is State.CLOSED) == any(
            stage.stage == "archive" and stage.at is not None for stage in case.stages
        )
        assert case.satisfied is None or case.state is State.CLOSED


def test_that_a_case_is_found_by_its_id(book_at: BookAt, places: Surroundings) -> None:
    book = book_at(NOW)
    keys = every_key(book, NOW_S)[::997]
    cases = read(book, places, keys, NOW_S)
    assert len({case.case_id for case in cases}) == len(cases)
    for key, case in zip(keys, cases, strict=True):
        assert len(case.case_id) == 19 and case.case_id.startswith(case.district_id)
        assert book.find_id(case.case_id, NOW_S) == key
    assert book.find_id("9901022026071599999", NOW_S) is None
    assert book.find_id("9901022019071500001", NOW_S) is None
    assert book.find_id("case-1", NOW_S) is None


def test_that_choices_agree_with_reading_every_case(book_at: BookAt, places: Surroundings) -> None:
    book = book_at(NOW)
    from_s, to_s = NOW_S - 20 * 86_400, NOW_S - 86_400
    # whatever was reported in the span has changed since its beginning
    cases = read(book, places, every_key(book, NOW_S, (from_s, 0, -1)), NOW_S)
    inside = [c for c in cases if from_s <= c.reported_at.timestamp() < to_s]
    number = places.districts.index("990106")
    state = list(State).index(State.CLOSED)
    keys, _ = book.page(
        Chosen(district=number, state=state, from_s=from_s, to_s=to_s), START, NOW_S, 5000
    )
    expected = {
        c.case_id for c in inside if c.district_id == "990106" and c.state is State.CLOSED
    }  # fmt: skip
    assert {c.case_id for c in read(book, places, keys, NOW_S)} == expected and expected


def test_that_a_broken_file_is_made_again(whole: CityCatalogue, tmp_path: Path) -> None:
    files = MonthFiles(tmp_path, 1, "small")
    (tmp_path / "cases-small-1-old-2020-01.npy").write_bytes(b"old")
    files.make(whole.city, JULY)
    assert not (tmp_path / "cases-small-1-old-2020-01.npy").exists()
    before = np.array(files.read(JULY))
    files.path(JULY).write_bytes(b"not an array")
    with pytest.raises(ValueError):
        files.read(JULY)
    assert files.missing(JULY) == [JULY]
    files.make(whole.city, JULY)
    assert files.read(JULY).tobytes() == before.tobytes()


def test_that_when_a_month_begins_only_one_is_made(whole: CityCatalogue, folder: Path) -> None:
    files = MonthFiles(folder, 1, "small")
    assert files.missing(JULY) == []
    assert files.missing(JULY.plus(1)) == [Month(2026, 9)]
    assert len(wanted(JULY)) == 25 and wanted(JULY)[-2] == JULY
