"""The scoreboard's store: from cases.db to figures, again when the mirror has moved on."""

import asyncio
from datetime import date

import pytest
from msgspec.structs import replace

from desktop.assessment_rules import read_rules
from desktop.clock import SystemClock
from desktop.commands.cases import CaseMirrorReads
from desktop.domain.assessment.figures import Level
from desktop.domain.assessment.periods import PeriodKind
from desktop.domain.assessment.successions import Succession
from desktop.errors import PlatformError
from desktop.stores.assessment import AssessmentStore
from local_db.case_progress import Progress
from local_db.cases import CaseBook
from tests.case_paper import START, case

PERIOD = "2026-05"


async def nobody(name, params):
    raise PlatformError("没有平台")


@pytest.fixture
def book(tmp_path):
    made = CaseBook(tmp_path / "cases.db")
    yield made
    made.close()


def store_of(tmp_path):
    return AssessmentStore(
        CaseMirrorReads(tmp_path / "cache.db", nobody), read_rules, SystemClock()
    )


async def changed(store):
    told = asyncio.get_running_loop().create_future()
    store.changed.connect(lambda: told.done() or told.set_result(None))
    await asyncio.wait_for(told, 20)


def value(figures, indicator_id):
    one = figures.evaluated(PeriodKind.MONTH)[indicator_id]
    at = figures.table.unit_ids.index("d1"), figures.position(PERIOD)
    return float(one.numerator[at]), float(one.denominator[at])


def test_that_a_level_is_read_when_it_is_first_asked_for(qapp, tmp_path, book):
    book.take([case(n, late=n < 2) for n in range(8)], Progress(as_of=START.timestamp()))

    async def work():
        store = store_of(tmp_path)
        assert store.figures(Level.DISTRICT) is None
        await changed(store)
        return store, store.figures(Level.DISTRICT)

    store, figures = asyncio.run(work())
    assert value(figures, "dispose_in_time_rate") == (6, 8)
    assert figures.as_of == START
    assert not store.is_whole() and store.case_count() == 8


def test_that_figures_are_read_again_when_the_mirror_moves_on(qapp, tmp_path, book):
    book.take([case(1)])

    async def work():
        store = store_of(tmp_path)
        store.figures(Level.DISTRICT)
        await changed(store)
        book.take([case(2, late=True)])
        store._settle.setInterval(0)
        store.refresh()
        store._settle.timeout.emit()  # no Qt loop runs here
        await changed(store)
        return store.figures(Level.DISTRICT)

    assert value(asyncio.run(work()), "dispose_in_time_rate") == (1, 2)


def test_that_an_indicator_leads_to_the_cases_it_counts(qapp, tmp_path, book):
    book.take([case(n, late=n == 3) for n in range(8)])

    async def work():
        store = store_of(tmp_path)
        overdue = await store.rows(Level.DISTRICT, "d1", PERIOD, "overdue_rate")
        unknown = await store.rows(Level.DISTRICT, "d1", PERIOD, "no_such_thing")
        with pytest.raises(PlatformError, match="没有平台"):
            await store.case("c000003")
        return overdue, unknown

    overdue, unknown = asyncio.run(work())
    assert overdue.total == 8 and overdue.rows[0].case_id == "c000003"
    assert unknown.total == 0


def test_that_without_a_mirror_there_is_a_reason_and_no_figure(qapp, tmp_path):
    async def work():
        store = store_of(tmp_path)
        assert store.figures(Level.ORG) is None
        with pytest.raises(PlatformError, match="还没有同步"):
            await store.rows(Level.ORG, "o1", PERIOD, "overdue_rate")

    asyncio.run(work())


def test_that_a_unit_that_was_taken_over_leads_to_its_cases_too(qapp, tmp_path, book):
    old = [case(n + 10, district_id="d0", late=n == 2) for n in range(3)]
    book.take([*(case(n) for n in range(4)), *old])
    step = Succession(unit="d0", into="d1", since=date(2026, 7, 1), reason="区划调整")

    async def work():
        reads = CaseMirrorReads(tmp_path / "cache.db", nobody)
        rules = replace(read_rules(), successions=(step,))
        store = AssessmentStore(reads, lambda: rules, SystemClock())
        store.figures(Level.DISTRICT)
        await changed(store)
        figures = store.figures(Level.DISTRICT)
        return figures, await store.rows(Level.DISTRICT, "d1", PERIOD, "dispose_in_time_rate")

    figures, found = asyncio.run(work())
    assert figures.table.unit_ids == ("d1",)
    assert value(figures, "dispose_in_time_rate") == (6, 7)
    assert found.total == 7 and found.rows[0].case_id == "c000012"
