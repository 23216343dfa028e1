"""Orders beyond acknowledging, alarms that a desk found, and tickets, over real HTTP."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from .conftest import StandInProcess


def key() -> str:
    return uuid.uuid4().hex


def order(
    standin: StandInProcess, alarm: dict[str, Any], verb: str, *, match: int | None = -1,
    idempotency: str = "", **body: Any
) -> httpx.Response:  # fmt: skip
    """`match` -1: the alarm's revision; None: no If-Match."""
    headers = {"Idempotency-Key": idempotency or key()}
    if match is not None:
        headers["If-Match"] = str(alarm["revision"] if match == -1 else match)
    path = f"/alarms/{alarm['alarm_id']}/{verb}"
    return standin.rest.post(path, json=body, headers=headers)


@pytest.fixture
def alarm(standin: StandInProcess, granted: dict[str, Any]) -> dict[str, Any]:
    return standin.raise_alarm(condition=key(), title="试验")


@pytest.fixture
def found(standin: StandInProcess, granted: dict[str, Any]) -> dict[str, Any]:
    """A pending alarm of a desk."""
    return standin.rest.post("/alarms", json=finding(), headers={"Idempotency-Key": key()}).json()


def finding(**facts: Any) -> dict[str, Any]:
    body = {"condition_key": f"water_level/SW-0500/rise-{key()}", "class_id": "water_level",
            "level": "yellow", "title": "积水上涨 2.1 cm/min", "point_id": "SW-0500",
            "value": 2.1, "limit": 2.0, "unit": "cm/min"}  # fmt: skip
    return body | facts


def test_that_an_alarm_is_shelved_until_a_time_and_taken_back(standin, alarm):
    until = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    shelved = order(standin, alarm, "shelve", until=until, reason="检修").raise_for_status().json()
    assert shelved["suppression"] == "shelved" and shelved["notes"][-1]["text"] == "搁置：检修"
    back = order(standin, shelved, "unshelve").raise_for_status().json()
    assert back["suppression"] == "none" and back["suppressed_until"] is None
    kinds = [e["kind"] for e in
             standin.rest.get(f"/alarms/{alarm['alarm_id']}/history").json()["items"]]  # fmt: skip
    assert kinds == ["raised", "shelved", "unshelved"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "until_missing"),
        ({"until": "2020-01-01T00:00:00Z"}, 409, "until_in_the_past"),
        ({"until": "2099-01-01T00:00:00Z"}, 409, "until_too_late"),
        ({"until": "tomorrow"}, 400, "bad_request"),
        ({"until": "2099-01-01T00:00:00"}, 400, "bad_request"),
    ],
)
def test_that_a_shelf_without_a_sensible_time_is_refused(standin, alarm, body, status, code):
    answer = order(standin, alarm, "shelve", **body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_that_red_is_never_shelved(standin, granted):
    red = standin.raise_alarm(condition=key(), level="red")
    until = (datetime.now(UTC) + timedelta(minutes=5)).isoformat()
    answer = order(standin, red, "shelve", until=until)
    assert (answer.status_code, answer.json()["code"]) == (409, "red_not_shelvable")


def test_that_an_alarm_is_claimed_released_and_assigned(standin, alarm):
    claimed = order(standin, alarm, "claim", match=None).raise_for_status().json()
    assert claimed["claimed_by"] == "张敏"
    released = order(standin, claimed, "release").raise_for_status().json()
    assert released["claimed_by"] is None
    assigned = order(standin, released, "assign", to="李卫东").raise_for_status().json()
    assert assigned["assigned_to"] == "李卫东"
    nobody = order(standin, assigned, "assign", to=" ")
    assert (nobody.status_code, nobody.json()["code"]) == (400, "to_missing")


def test_that_a_case_is_opened_for_an_acknowledged_alarm(standin, alarm):
    early = order(standin, alarm, "open-case")
    assert (early.status_code, early.json()["code"]) == (409, "not_acknowledged")
    acked = order(standin, alarm, "acknowledge", match=None).raise_for_status().json()
    opened = order(standin, acked, "open-case").raise_for_status().json()
    assert opened["case_id"].startswith("case-") and opened["flow"] == "handling"


def test_that_what_a_person_says_of_a_finding_is_kept_and_counted(standin, found):
    before = standin.control.get("/state").json()["verdicts"]
    no_reason = order(standin, found, "reject")
    assert (no_reason.status_code, no_reason.json()["code"]) == (400, "reason_missing")
    rejected = order(standin, found, "reject", reason="波浪所致").raise_for_status().json()
    assert (rejected["verification"], rejected["flow"]) == ("rejected", "false")
    again = order(standin, rejected, "confirm")
    assert (again.status_code, again.json()["code"]) == (409, "not_pending")
    assert again.json()["current"]["revision"] == rejected["revision"]
    after = standin.control.get("/state").json()["verdicts"]
    assert after["rejected"] == before["rejected"] + 1


def test_that_reset_needs_a_normal_and_acknowledged_alarm(standin, alarm):
    answer = order(standin, alarm, "reset")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_resettable")


@pytest.mark.parametrize("verb", ["shelve", "unshelve", "confirm", "reject", "assign", "release",
                                  "reset", "open-case"])  # fmt: skip
def test_that_an_order_on_what_one_has_seen_needs_its_revision(standin, alarm, verb: str):
    missing = order(standin, alarm, verb, match=None, reason="x", to="x")
    assert (missing.status_code, missing.json()["code"]) == (428, "revision_missing")
    stale = order(standin, alarm, verb, match=alarm["revision"] + 7, reason="x", to="x")
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_revision")
    assert stale.json()["current"]["alarm_id"] == alarm["alarm_id"]
    odd = standin.rest.post(f"/alarms/{alarm['alarm_id']}/{verb}", json={},
                            headers={"Idempotency-Key": key(), "If-Match": "new"})  # fmt: skip
    assert (odd.status_code, odd.json()["code"]) == (400, "bad_revision")


def test_that_the_same_key_gives_the_same_answer_and_another_body_is_refused(standin, alarm):
    mine = key()
    first = order(standin, alarm, "assign", idempotency=mine, to="李卫东")
    again = order(standin, alarm, "assign", idempotency=mine, to="李卫东")
    assert first.content == again.content and first.status_code == 200
    other = order(standin, alarm, "assign", idempotency=mine, to="张建国")
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")


def test_that_a_refusal_does_not_use_up_the_key(standin, alarm):
    mine = key()
    assert order(standin, alarm, "open-case", idempotency=mine).status_code == 409
    order(standin, alarm, "acknowledge", match=None).raise_for_status()
    acked = standin.rest.get(f"/alarms/{alarm['alarm_id']}").json()
    assert order(standin, acked, "open-case", idempotency=mine).status_code == 200


def test_that_several_desks_that_find_one_thing_make_one_alarm(standin, granted):
    body, mine = finding(), key()
    first = standin.rest.post("/alarms", json=body, headers={"Idempotency-Key": mine})
    again = standin.rest.post("/alarms", json=body, headers={"Idempotency-Key": mine})
    other = standin.rest.post("/alarms", json=body | {"value": 2.4},
                              headers={"Idempotency-Key": key()})  # fmt: skip
    ids = {answer.raise_for_status().json()["alarm_id"] for answer in (first, again, other)}
    assert len(ids) == 1
    alarm = first.json()
    assert (alarm["origin"], alarm["verification"]) == ("desk", "pending")
    assert alarm["condition_key"] == body["condition_key"] and alarm["point_id"] == "SW-0500"
    assert alarm["lon"] and alarm["camera_ids"] and alarm["district_id"] == "990102"
    log = standin.rest.get(f"/alarms/{alarm['alarm_id']}/history").json()["items"]
    assert [e["kind"] for e in log] == ["raised"]


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"class_id": "meteor"}, "no_such_class"), ({"point_id": "SW-9999"}, "no_such_point"),
     ({"level": "pink"}, "bad_request"), ({"title": "a\u202eb"}, "bad_request")],
)  # fmt: skip
def test_that_a_finding_that_cannot_be_is_refused(standin, granted, facts, code: str):
    answer = standin.rest.post("/alarms", json=finding(**facts),
                               headers={"Idempotency-Key": key()})  # fmt: skip
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_that_a_finding_needs_a_key_and_a_right(standin, granted):
    keyless = standin.rest.post("/alarms", json=finding())
    assert (keyless.status_code, keyless.json()["code"]) == (428, "key_missing")
    standin.sign_in("wangzhiyuan")
    answer = standin.rest.post("/alarms", json=finding(), headers={"Idempotency-Key": key()})
    assert answer.status_code == 403
    standin.sign_in()


def test_that_tickets_come_with_text_place_and_a_hashed_person(standin, granted):
    standin.control.post("/scenario", json={"name": "appeals", "speed": 100}).raise_for_status()
    tickets: list[dict[str, Any]] = []
    begun = datetime.now(UTC)
    limit, params = begun + timedelta(seconds=8), {"updated_since": begun.isoformat()}
    while len(tickets) < 20 and datetime.now(UTC) < limit:
        tickets = standin.rest.get("/tickets", params=params).raise_for_status().json()["items"]
    standin.control.post("/scenario", json={"name": "calm"}).raise_for_status()
    assert len(tickets) >= 20
    one = tickets[0]
    assert one["place"] in one["text"] and len(one["reporter_key"]) == 16
    since = tickets[-1]["updated_at"]
    newer = standin.rest.get("/tickets", params={"updated_since": since}).json()["items"]
    assert 1 <= len(newer) < len(tickets) or since == one["updated_at"]
    past = standin.rest.get("/tickets", params={"limit": 5000}).json()["items"]
    assert len(past) > 800  # a calm day brings hundreds
    naive = standin.rest.get("/tickets", params={"updated_since": "2026-07-18T00:00:00"})
    assert naive.json()["code"] == "bad_time"
