"""A few months of a small city's cases, made once."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.domain.assessment.working_time import Calendar, WorkClock
from desktop.settings import cache_folder
from desktop.standin.cases.book import CaseBook
from desktop.standin.cases.month import Month, make_month, stand_in_calendar
from desktop.standin.cases.months import MonthFiles, city_rules
from desktop.standin.cases.rows import Rows
from desktop.standin.cases.surroundings import Surroundings
from desktop.standin.catalogue import CityCatalogue, open_catalogue

JULY = Month(2026, 7)
NOW = datetime(2026, 7, 22, 7, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def whole(session_folders: None) -> CityCatalogue:
    return open_catalogue(cache_folder(), seed=1, scale="small")


@pytest.fixture(scope="session")
def places(whole: CityCatalogue) -> Surroundings:
    return Surroundings(whole.city)


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    known = city_rules().calendar
    assert known is not None
    return stand_in_calendar(known, JULY)


@pytest.fixture(scope="session")
def clock(calendar: Calendar) -> WorkClock:
    return WorkClock(calendar)


@pytest.fixture(scope="session")
def july(places: Surroundings, calendar: Calendar, clock: WorkClock) -> Rows:
    return make_month(JULY, places, calendar, clock, 1, 40_000)


@pytest.fixture(scope="session")
def folder(whole: CityCatalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("cases")
    MonthFiles(made, 1, "small").make(whole.city, JULY)
    return made


@pytest.fixture
def book_at(folder: Path) -> Callable[[datetime], CaseBook]:
    def opened(now: datetime) -> CaseBook:
        book = CaseBook(folder, 1, "small", lambda: now)
        book.open(JULY)
        return book

    return opened
