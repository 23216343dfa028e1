"""The link's mirror of assessments, and what the scoreboard's store makes of it."""

import asyncio
from datetime import UTC, datetime

import msgspec
import pytest

from desktop.clock import SystemClock
from desktop.domain.assessment.figures import Level
from desktop.errors import PlatformError
from desktop.link.assessments import AssessmentMirror
from desktop.link.rest import Problem, Refused, Response, Unreachable
from local_db.cases import CaseBook
from tests.case_paper import case
from tests.integration.cases.test_assessment_store import PERIOD, changed, store_of

SCHEME = {
    "id": "theirs", "name": "办法", "edition": "平台版", "since": "2020-01-01",
    "parts": [{"id": "indicators", "name": "综合", "weight": 50},
              {"id": "special", "name": "专项", "weight": 50}],
}  # fmt: skip


class June2026(SystemClock):
    def now(self):
        return datetime(2026, 6, 10, 4, 0, tzinfo=UTC)

    async def sleep(self, seconds):
        await asyncio.sleep(0)


class Platform:
    """GET /assessments of a platform that has the months of `told`."""

    def __init__(self, **told):
        self.told = {"schemes": {"items": [SCHEME]}, PERIOD: {"special": {"d1": 90.0}}} | told
        self.asked, self.wait_s, self.is_away = [], 0.0, False

    async def get(self, path, apart):
        if self.is_away:
            raise Unreachable("断了")
        name = path.removeprefix("/assessments/")
        self.asked.append(name)
        if name not in self.told:
            raise Refused("没有", 404, Problem())
        return Response(200, msgspec.json.encode(self.told[name]))


@pytest.fixture
def book(tmp_path):
    made = CaseBook(tmp_path / "cases.db")
    yield made
    made.close()


def catch_up(platform, book, told=None):
    async def opened():
        return book

    said = told if told is not None else []
    mirror = AssessmentMirror(platform, opened, June2026(), lambda: True, said.append)
    return asyncio.run(mirror.catch_up())


def district(tmp_path):
    async def work():
        store = store_of(tmp_path)
        store.figures(Level.DISTRICT)
        await changed(store)
        return store.figures(Level.DISTRICT)

    return asyncio.run(work())


def test_that_the_store_has_what_the_platform_tells(qapp, tmp_path, book):
    book.take([case(n) for n in range(4)])
    platform = Platform()
    platform.told[PERIOD]["counts"] = {"d1": {"device": 50, "device_online": 49}}
    platform.told[PERIOD]["published"] = {"d1": 93.21}
    told = []
    assert catch_up(platform, book, told) == 2 and told[0].name == "cases"
    figures = district(tmp_path)
    assert figures.inputs_of(PERIOD).published == {"d1": 93.21}
    assert figures.scheme(PERIOD).edition == "平台版"
    assert figures.table.values["device_online"].max() == 49
    assert catch_up(platform, book, told) == 0 and len(told) == 1


def test_that_settled_months_are_not_asked_again_and_young_ones_are(book):
    platform = Platform(**{f"2026-{n:02}": {} for n in range(1, 7)})
    catch_up(platform, book)
    platform.asked.clear()
    catch_up(platform, book)
    assert [one for one in platform.asked if one < "2026-04" and one > "2025-12"] == []
    assert {"2026-06", "2026-05", "2026-04", "schemes"} <= set(platform.asked)


def test_that_a_wrong_month_says_why_and_the_others_stand(qapp, tmp_path, book):
    book.take([case(n) for n in range(4)])
    platform = Platform(**{"2026-04": {"special": {"d1": 400}}})
    catch_up(platform, book)
    figures = district(tmp_path)
    assert "400" in figures.inputs["2026-04"].fault and not figures.inputs["2026-04"].special
    assert figures.inputs[PERIOD].special == {"d1": 90.0}


def test_that_schemes_that_do_not_add_up_leave_the_last_good_ones(qapp, tmp_path, book):
    book.take([case(1)])
    catch_up(Platform(), book)
    broken = {**SCHEME, "edition": "坏", "parts": SCHEME["parts"][:1]}
    catch_up(Platform(schemes={"items": [broken]}), book)
    assert district(tmp_path).scheme(PERIOD).edition == "平台版"


def test_that_a_platform_that_is_away_changes_nothing(book):
    platform = Platform()
    catch_up(platform, book)
    platform.is_away = True
    with pytest.raises(PlatformError):
        catch_up(platform, book)
    assert set(book.told()) == {"schemes", PERIOD}
