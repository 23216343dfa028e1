"""Cases over REST: pages that a mirror follows, one case, statistics, assessments."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import msgspec
import pytest

from desktop.domain.cases import Case, CasePage, State, Step
from tests.integration.standin.conftest import StandInProcess

READY_S = 60.0


@pytest.fixture(scope="module")
def rest(standin: StandInProcess) -> httpx.Client:
    """Signed in, with the cases at hand."""
    standin.sign_in()
    until = time.monotonic() + READY_S
    while (answer := standin.rest.get("/cases?limit=1")).status_code == 503:
        assert answer.json()["code"] == "cases_not_ready" and time.monotonic() < until
        time.sleep(0.1)  # the platform tells by answering, by nothing else
    answer.raise_for_status()
    return standin.rest


def pages(rest: httpx.Client, **asked: Any) -> list[Case]:
    found: list[Case] = []
    cursor: str | None = ""
    while cursor is not None:
        body = rest.get("/cases", params=asked | {"cursor": cursor}).raise_for_status().content
        page = msgspec.json.decode(body, type=CasePage)
        found += page.items
        cursor = page.next_cursor
    return found


def test_that_a_mirror_can_follow_the_changes_of_two_days(rest: httpx.Client) -> None:
    since = datetime.now(UTC) - timedelta(days=2)
    cases = pages(rest, updated_since=since.isoformat(), limit=60)
    assert len(cases) > 60 and len({case.case_id for case in cases}) == len(cases)
    times = [case.updated_at for case in cases]
    assert times == sorted(times) and times[0] >= since.replace(microsecond=0)


def test_that_one_case_is_told_as_in_the_list(rest: httpx.Client) -> None:
    listed = pages(rest, updated_since=_ago(days=1), state="closed", limit=500)[0]
    body = rest.get(f"/cases/{listed.case_id}").raise_for_status().content
    found = msgspec.json.decode(body, type=Case)
    assert msgspec.structs.replace(found, attachments=()) == listed
    assert listed.state is State.CLOSED and listed.org_id and listed.place
    assert rest.get("/cases/9901022026010199999").status_code == 404


def test_that_a_file_has_photographs_of_its_steps(rest: httpx.Client) -> None:
    cases = pages(rest, updated_since=_ago(days=1), state="closed", source="patrol", limit=500)
    told = rest.get(f"/cases/{cases[0].case_id}").raise_for_status().content
    found = msgspec.json.decode(told, type=Case).attachments
    assert [one.stage for one in found][:2] == [Step.REPORT, Step.DISPOSE]
    assert found[0].at == cases[0].at(Step.REPORT)
    until = time.monotonic() + READY_S
    path = f"/attachments/{found[0].attachment_id}"
    while (answer := rest.get(path)).status_code == 409 and time.monotonic() < until:
        assert answer.json()["code"] == "picture_not_drawn"
        time.sleep(0.5)  # its scene is being drawn: the platform tells by answering
    assert answer.raise_for_status().content.startswith(b"\xff\xd8\xff")
    assert rest.get(f"/attachments/{cases[0].case_id}-sign").status_code == 404
    assert rest.get("/attachments/9901022026010199999-report").status_code == 404
    called = pages(rest, updated_since=_ago(days=1), state="closed", source="hotline", limit=500)
    told = rest.get(f"/cases/{called[0].case_id}").raise_for_status().content
    stages = [one.stage for one in msgspec.json.decode(told, type=Case).attachments]
    assert Step.REPORT not in stages


def test_that_choices_by_unit_class_and_time_hold(rest: httpx.Client) -> None:
    start, end = _ago(days=9), _ago(days=2)
    asked = {"from": start, "to": end, "district_id": "990102", "class": "04", "kind": "event"}
    cases = pages(rest, **asked, limit=500)
    assert cases
    for case in cases:
        assert case.district_id == "990102" and case.class_code.startswith("04")
        assert start <= case.reported_at.astimezone(UTC).isoformat() < end
    crew = pages(rest, **{"from": start, "to": end, "org_id": "org-990106"}, limit=500)
    assert {case.org_id for case in crew if case.org_id} >= {"org-990106-zf", "org-990106-hw"}
    assert {case.district_id for case in crew} == {"990106"}


@pytest.mark.parametrize("asked", [
    "cursor=x", "cursor=1.2", "district_id=1", "org_id=org-none", "class=99", "state=lost",
    "updated_since=2026-01-01T00:00:00", "from=yesterday", "limit=0",
])  # fmt: skip
def test_that_what_cannot_be_asked_is_refused_in_words(rest: httpx.Client, asked: str) -> None:
    answer = rest.get(f"/cases?{asked}")
    assert answer.status_code == 400 and answer.json()["title"]


def test_that_statistics_have_the_names_of_the_contract(rest: httpx.Client) -> None:
    names = {
        "report", "accept", "register", "dispatch", "accur_dispatch", "dispose", "need_dispose",
        "in_time_dispose", "overtime_dispose", "overtime_to_dispose", "need_archive", "archive",
        "in_time_archive", "rework", "return", "satisfied", "unsatisfied",
    }  # fmt: skip
    asked = {"group_by": "district", "from": _ago(days=40), "to": _ago(days=10)}
    items = rest.get("/statistics/cases", params=asked).raise_for_status().json()["items"]
    assert len(items) == 9 and all(names <= set(item) for item in items)
    assert sum(item["report"] for item in items) > 1000
    assert rest.get("/statistics/cases?group_by=moon").status_code == 400


def test_that_assessments_tell_the_three_parts(rest: httpx.Client) -> None:
    schemes = rest.get("/assessments/schemes").raise_for_status().json()["items"]
    assert [one["id"] for one in schemes] == ["city_2025", "city_2026"]
    sealed = datetime.now(UTC) - timedelta(days=45)
    told = rest.get(f"/assessments/{sealed:%Y-%m}").raise_for_status().json()
    assert told["special"] and told["votes"] and told["published"] and told["sealed_at"]
    assert rest.get("/assessments/1999-01").status_code == 404
    assert rest.get("/assessments/latest").status_code == 400


def _ago(days: float) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat()
