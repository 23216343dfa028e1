"""POST /incidents of the real stand-in: signatures, one transaction, refusals that say why."""

from typing import Any

import msgspec

from desktop.domain.emergency.incidents import Incident
from tests.integration.standin.conftest import StandInProcess
from tests.integration.standin.incidents.parts import Seat, Spy, crews, draft, effects, end


def test_that_one_act_sends_everything_once_and_crews_drive_there(
    standin: StandInProcess, granted: dict[str, Any], officer: Seat, spy: Spy
) -> None:
    units = crews(standin, 2)
    messages = [{"to": [units[0]], "channel": "radio", "text": "全体就位"}]
    body = draft(standin, units, messages=messages)
    answer = officer.post("/incidents", body, "i-1")
    assert answer.status_code == 202
    made = msgspec.json.decode(answer.content, type=Incident)
    assert made.state == "active" and made.begun.seat_id == "seat-1"
    again = officer.post("/incidents", body, "i-1")
    assert again.json()["incident_id"] == made.incident_id and again.status_code == 202
    assert officer.post("/incidents", body | {"title": "别的"}, "i-1").status_code == 422
    kinds = sorted(kind for kind, _, _ in effects(standin, made.incident_id))
    assert kinds == ["bookmark", "message", "order", "order", "wall_scene"]
    done = officer.until(
        made.incident_id, lambda one: {o["state"] for o in one["orders"]} == {"done"}
    )
    assert {"T0", "T1", "T2", "T3", "T4"} <= set(done["clocks"])
    assert done["revision"] == 1  # receipts change no revision
    spy.wait(lambda one: len(one.of("order/")) == 3)
    states = [f["state"] for t, f in spy.of(f"receipt/{made.orders[0].order_id}")]
    assert states == ["delivered", "read", "accepted", "on_scene", "done"]
    assert spy.of("wall/main/scene")[0][1]["scene_id"] == "flood"
    alarm = standin.rest.get(f"/alarms/{made.alarm_ids[0]}").json()
    assert alarm["incident_id"] == made.incident_id
    end(officer, made.incident_id, "i-1-end")
    assert spy.of("wall/main/scene")[-1][1]["scene_id"] == ""


def test_that_the_second_person_is_another_one_at_another_seat(
    standin: StandInProcess, granted: dict[str, Any], officer: Seat, leader: Seat, spy: Spy
) -> None:
    made = officer.post("/incidents", draft(standin, crews(standin, 1, 8), level="I"), "i-3").json()
    path = f"/incidents/{made['incident_id']}/approve"
    assert made["state"] == "draft" and made["orders"][0]["state"] == "held"
    own = officer.post(path, {}, "a-1", 1)
    assert (own.status_code, own.json()["code"]) == (403, "same_person")
    with Seat(standin, "wangzhiyuan", "seat-1") as beside:
        beside.confirm()
        assert beside.post(path, {}, "a-2", 1).json()["code"] == "same_seat"
    assert leader.post(path, {}, "a-3", 1).json()["code"] == "confirm_missing"
    leader.confirm()
    assert leader.post(path, {}, "a-3").status_code == 428
    stale = leader.post(path, {}, "a-3", 7)
    assert stale.status_code == 409 and stale.json()["current"]["revision"] == 1
    assert not spy.of("order/") and not effects(standin, made["incident_id"])
    signed = leader.post(path, {}, "a-3", 1).raise_for_status().json()
    assert signed["state"] == "active" and signed["second"]["seat_id"] == "seat-2"
    spy.wait(lambda one: len(one.of("order/")) == 1)
    end(officer, made["incident_id"], "i-3-end")


def test_that_without_a_second_person_it_expires_and_nothing_was_sent(
    standin: StandInProcess, granted: dict[str, Any], officer: Seat, leader: Seat, spy: Spy
) -> None:
    standin.control.post("/incidents", json={"second_s": 0.3}).raise_for_status()
    made = officer.post("/incidents", draft(standin, crews(standin, 1, 8), level="I"), "i-4").json()
    gone = officer.until(made["incident_id"], lambda one: one["state"] == "expired")
    leader.confirm()
    late = leader.post(f"/incidents/{made['incident_id']}/approve", {}, "a-4", gone["revision"])
    assert late.status_code == 409 and late.json()["current"]["state"] == "expired"
    assert not spy.of("order/") and not effects(standin, made["incident_id"])


def test_that_refusals_say_why_and_use_up_no_key(
    standin: StandInProcess, granted: dict[str, Any], officer: Seat
) -> None:
    unit = crews(standin, 1, 10)
    good = draft(standin, unit)
    many = [dict(good["orders"][0], unit_id=unit[0])] * 501
    closed = standin.raise_alarm(title="已关闭", condition="closed")["alarm_id"]
    standin.control.post(f"/alarms/{closed}/clear")
    standin.rest.post(f"/alarms/{closed}/acknowledge", json={}, headers={"Idempotency-Key": "c"})
    wrong = {
        "no_such_unit": {"orders": [dict(good["orders"][0], unit_id="V-9999")]},
        "no_such_plan": {"plan_id": "no_such_plan"},
        "too_many_orders": {"orders": many},
        "no_such_alarm": {"alarm_ids": ["al-none"]},
        "alarm_closed": {"alarm_ids": [closed]},
        "no_such_camera": {"bookmarks": ["cam-none"]},
        "nothing_to_do": {"orders": []},
        "bad_request": {"level": "V"},
    }
    for code, change in wrong.items():
        refused = officer.post("/incidents", good | change, "i-5")
        assert refused.json()["code"] == code, refused.text
        assert any("\u4e00" <= sign <= "\u9fff" for sign in refused.json()["title"])
    assert officer.post("/incidents", good, "").status_code == 428
    with Seat(standin, "zhouyan", "seat-3") as admin:
        assert admin.post("/incidents", good, "i-5x").status_code == 403
    assert officer.post("/incidents", good, "i-5").status_code == 202
    other = officer.post("/incidents", good | {"title": "另一位"}, "i-5b")
    assert other.status_code == 409 and other.json()["code"] == "incident_running"
    assert other.json()["current"]["title"] == "滨江积水"
    end(officer, other.json()["current"]["incident_id"], "i-5-end")
