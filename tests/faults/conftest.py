"""Markers, figures and results of the fault tests; parts of the rig as fixtures.

@pytest.mark.gate                                     # also part of `make test`
@pytest.mark.fault("7", "序号跳变", promise="≤ 5 s 补齐")
def test_that_a_gap_is_filled(city, desk, measured):
    measured["filled_s"] = ...
"""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.faults import results
from tests.faults.http_faults import HttpFaults
from tests.faults.results import Result
from tests.faults.rig import City, Desk, owned
from tests.leaks import Inventory
from tests.x_server import x_server

WRITE_TABLE = "CHENGKAN_FAULTS_TABLE"  # set by `make faults`: its run is a whole one
AGAIN = "CHENGKAN_FAULTS_AGAIN"  # only what has failed in a whole run just before
_results: dict[str, Result] = {}
_commit: list[str] = []


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "gate: a fault test that every `make test` runs")
    config.addinivalue_line("markers", "fault(number, title, promise=): a row of the table")


class _Leaks(Inventory):
    """Parts of the rig that outlive one test belong to a fixture, and that ends them."""

    def _left(self) -> list[Any]:
        kept = owned()
        return [i for i in super()._left() if not isinstance(i, psutil.Process) or i not in kept]


@pytest.fixture(autouse=True)
def nothing_left_running(own_folders: None) -> Iterator[None]:
    before = _Leaks()
    yield
    gc.collect()
    if report := before.leaks():
        pytest.fail(f"left running after the test:\n{report}", pytrace=False)


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Figures for the table: name with its unit -> value."""
    figures: dict[str, Any] = {}
    request.node.stash[_FIGURES] = figures
    return figures


_FIGURES = pytest.StashKey[dict[str, Any]]()


@pytest.fixture
def city(nothing_left_running: None, tmp_path: Path) -> Iterator[City]:
    with City(tmp_path / "city") as city:
        yield city


@pytest.fixture
def desk(city: City, tmp_path: Path) -> Iterator[Desk]:
    """Signed in, all lights green."""
    with Desk(tmp_path / "desk", city.url) as desk:
        desk.sign_in()
        yield desk


@pytest.fixture(scope="module")
def one_city(session_folders: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """For all tests of a file that takes it as its `city`."""
    with City(tmp_path_factory.mktemp("city")) as city:
        yield city


@pytest.fixture(scope="module")
def one_front(one_city: City) -> Iterator[HttpFaults]:
    """Between the links of a file and its city."""
    with HttpFaults(one_city.rest_port) as front:
        yield front


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """DISPLAY of an X server of our own."""
    with x_server() as server:
        yield server.display


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome = yield
    mark = item.get_closest_marker("fault")
    if mark is None:
        return
    report = outcome.get_result()
    if report.when == "call" or report.outcome != "passed":
        _note(item, mark, report)


def _note(item: pytest.Item, mark: pytest.Mark, report: pytest.TestReport) -> None:
    known = _results.get(item.nodeid)
    if known is not None and known.state == "failed":
        return
    _commit[:] = _commit or [results.commit()]
    _results[item.nodeid] = Result(
        test=item.nodeid,
        number=str(mark.args[0]),
        title=mark.args[1],
        promise=mark.kwargs.get("promise", ""),
        state=report.outcome,
        took_s=round(report.duration, 1),
        date=results.today(),
        commit=_commit[0],
        measured=dict(item.stash.get(_FIGURES, {})),
    )


def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.config.option.collectonly:
        return
    again = bool(os.environ.get(AGAIN))
    for result in _results.values():
        if again and result.state == "passed":
            result.state = results.SECOND
    results.keep(_results.values())
    if os.environ.get(WRITE_TABLE) and _results:
        results.write_table(results.kept() if again else _results.values())
