"""A small city with its cases, whose clock stands still at a known moment."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.settings import cache_folder
from desktop.standin.cases.book import CaseBook
from desktop.standin.cases.month import Month
from desktop.standin.cases.months import MonthFiles
from desktop.standin.catalogue import CityCatalogue, open_catalogue
from desktop.standin.city import City
from desktop.standin.fleet import Fleet
from desktop.standin.hotline import Hotline
from desktop.standin.incidents.book import IncidentBook
from desktop.standin.incidents.journal import Journal
from desktop.standin.instruments import Instruments
from desktop.standin.metrics.book import MetricBook
from desktop.standin.metrics.city import make_metrics

NOW = datetime(2026, 7, 22, 7, 0, tzinfo=UTC)
"""15:00 in the city."""
Rows = dict[tuple[str, str], dict[str, Any]]


class SmallCity:
    """All of it, with a clock that a test moves."""

    def __init__(self, catalogue: CityCatalogue, cases: Path, state: Path) -> None:
        self.at = NOW
        self.catalogue = catalogue
        self.city = City(1, now=lambda: self.at, places=catalogue)
        self.fleet = Fleet(catalogue.city, catalogue.units, 1)
        self.fleet.step(1.0, NOW)
        self.cases = CaseBook(cases, 1, "small", lambda: self.at)
        self.cases.open(Month(2026, 7))
        Hotline(catalogue, self.city.tickets, 1).make_past(NOW)
        self.incidents = IncidentBook(Journal(state / "incidents"))
        self.book: MetricBook = make_metrics(
            self.city, catalogue, self.fleet, Instruments(catalogue.points, 1), self.cases,
            self.incidents, 1,
        )  # fmt: skip

    def rows(self, *names: str, scopes: tuple[str, ...] = ("city",), **more: Any) -> Rows:
        wanted = names or tuple(one.metric_id for one in self.book.registry)
        found = asyncio.run(self.book.rows(wanted, scopes, **more))
        return {(row["metric_id"], row["scope_id"]): row for row in found}

    def value(self, name: str, scope: str = "city") -> float | None:
        return self.rows(name, scopes=(scope,))[name, scope]["value"]


@pytest.fixture(scope="session")
def whole(session_folders: None) -> CityCatalogue:
    return open_catalogue(cache_folder(), seed=1, scale="small")


@pytest.fixture(scope="session")
def case_folder(whole: CityCatalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("cases")
    MonthFiles(made, 1, "small").make(whole.city, Month(2026, 7))
    return made


@pytest.fixture
def make_small(
    whole: CityCatalogue, case_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], SmallCity]]:
    made: list[SmallCity] = []

    def one() -> SmallCity:
        made.append(SmallCity(whole, case_folder, tmp_path_factory.mktemp("city")))
        return made[-1]

    yield one
    for city in made:
        city.incidents.close()


@pytest.fixture
def small(make_small: Callable[[], SmallCity]) -> SmallCity:
    return make_small()
