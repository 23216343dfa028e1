"""After the activation: crews drive there, recall, levels, history, drill, and a kill."""

import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from desktop.domain.emergency.incidents import IncidentEvent, TimelineEntry
from desktop.domain.emergency.timeline import verify
from desktop.standin.messages import manner_of
from tests.integration.standin.conftest import StandInProcess
from tests.integration.standin.incidents.parts import SITE, Seat, Spy, crews, draft, effects, end


def test_that_a_unit_under_way_says_so_and_really_comes_nearer(
    standin: StandInProcess, granted: dict[str, Any], officer: Seat
) -> None:
    standin.control.post("/incidents", json={"speed": 150}).raise_for_status()
    unit = crews(standin, 1, first=4)[0]
    made = officer.post("/incidents", draft(standin, [unit]), "i-2").json()
    order_id = made["orders"][0]["order_id"]
    seen: list[tuple[float, float]] = []
    ends = time.monotonic() + 25
    while time.monotonic() < ends and not (seen and seen[-1][0] == 0):
        rows = standin.rest.get("/units", params={"limit": 1000}).json()["items"]
        row = next(one for one in rows if one["unit_id"] == unit)
        if row["order_id"] == order_id:
            assert row["state"] == "busy"
            away = ((row["lon"] - SITE["lon"]) * 97_300) ** 2
            away += ((row["lat"] - SITE["lat"]) * 111_195) ** 2
            seen.append((row["eta_min"], away**0.5))
        time.sleep(0.05)
    assert seen[-1][0] == 0 and seen[-1][1] < 90
    etas = [eta for eta, _ in seen]
    assert etas == sorted(etas, reverse=True)
    end(officer, made["incident_id"], "i-2-end")
    rows = standin.rest.get("/units", params={"limit": 1000}).json()["items"]
    assert next(one for one in rows if one["unit_id"] == unit)["order_id"] == ""


def test_that_the_declined_is_replaced_and_the_silent_is_recalled_unread(
    standin: StandInProcess, granted: dict[str, Any], officer: Seat
) -> None:
    no, mute, yes = crews(standin, 3, 12)
    manners = {no: "declines", mute: "silent", yes: "quick"}
    standin.control.post("/incidents", json={"manners": manners}).raise_for_status()
    body = draft(standin, [no, mute])
    made = officer.post("/incidents", body, "i-6").json()
    path, first = f"/incidents/{made['incident_id']}", made["orders"][0]["order_id"]

    def said(order_id: str) -> list[str]:
        rows = officer.rest.get(f"{path}/receipts").json()["items"]
        return [row["state"] for row in rows if row["order_id"] == order_id]

    ends = time.monotonic() + 15
    while "declined" not in said(first) and time.monotonic() < ends:
        time.sleep(0.05)
    more = {"orders": [dict(body["orders"][0], unit_id=yes)], "replaces": first}
    added = officer.post(f"{path}/orders", more, "o-1", made["revision"]).raise_for_status().json()
    assert added["orders"][2]["replaces"] == first and added["orders"][0]["state"] == "sent"
    twice = officer.post(f"{path}/orders", more, "o-2", added["revision"])
    assert twice.json()["code"] == "already_ordered"
    second = made["orders"][1]["order_id"]
    officer.post(f"{path}/orders/{second}/recall", {}, "r-1", added["revision"]).raise_for_status()
    officer.until(
        made["incident_id"],
        lambda one: one["orders"][1]["state"] == "recall_unread" and "T3" in one["clocks"],
    )
    assert said(second) == []
    end(officer, made["incident_id"], "i-6-end")


def test_that_a_drill_sends_nothing_outward_and_its_crews_still_answer(
    standin: StandInProcess, granted: dict[str, Any], officer: Seat, spy: Spy
) -> None:
    units = crews(standin, 2, 16)
    messages = [{"to": units, "channel": "handset", "text": "演练通知"}]
    body = draft(standin, units, drill=True, messages=messages)
    made = officer.post("/incidents", body, "i-7").json()
    assert {one["state"] for one in (*made["orders"], *made["messages"])} == {"blocked"}
    order_id = made["orders"][0]["order_id"]
    spy.wait(lambda one: any(f["state"] == "done" for _, f in one.of(f"receipt/{order_id}")))
    assert all(f["note"].startswith("演练") for _, f in spy.of(f"receipt/{order_id}"))
    end(officer, made["incident_id"], "i-7-end")
    rows = effects(standin, made["incident_id"])
    assert rows and all(blocked for _, _, blocked in rows)
    assert not spy.of("order/") and not [t for t, _ in spy.of("wall/") if spy.of("wall/")[1:]]
    alarm = standin.rest.get(f"/alarms/{body['alarm_ids'][0]}").json()
    assert alarm["incident_id"] is None


def test_that_a_raised_level_waits_for_the_second_person_and_the_rest_is_written_down(
    standin: StandInProcess, granted: dict[str, Any], officer: Seat, leader: Seat
) -> None:
    made = officer.post("/incidents", draft(standin, crews(standin, 1, 20)), "i-8").json()
    path = f"/incidents/{made['incident_id']}"
    asked = officer.post(f"{path}/level", {"level": "I"}, "l-1", 1).raise_for_status().json()
    assert asked["level"] == "III" and asked["asked"]["level"] == "I"
    leader.confirm()
    raised = leader.post(f"{path}/approve", {}, "l-2", asked["revision"]).raise_for_status().json()
    assert raised["level"] == "I" and raised["asked"] is None
    assert officer.post(f"{path}/note", {"text": "水泵已到"}, "n-1").status_code == 200
    assert officer.post(f"{path}/note", {"text": "坏\u202e"}, "n-2").status_code == 400
    now = datetime.now(UTC).isoformat()
    assert officer.post(f"{path}/clock", {"name": "T5", "at": now}, "k-1").status_code == 200
    assert officer.post(f"{path}/clock", {"name": "T5", "at": now}, "k-2").status_code == 409
    end(officer, made["incident_id"], "i-8-end")
    rows = officer.rest.get(f"{path}/timeline").json()["items"]
    entries = msgspec.convert(rows, list[TimelineEntry])
    assert verify(entries).holds and len(entries) > 5
    kinds = [entry.kind for entry in entries]
    assert kinds[0] == "activated" and kinds[-1] == "closed"
    assert {"order", "wall", "bookmark", "receipt", "level", "note", "recall"} <= set(kinds)


def test_that_the_log_has_no_gaps_and_a_gone_epoch_is_named(
    standin: StandInProcess, granted: dict[str, Any], officer: Seat, spy: Spy
) -> None:
    spy.wait(lambda one: bool(one.of("incident/head")))
    head = spy.of("incident/head")[-1][1]
    params = {"epoch": head["epoch"], "from_seq": 1, "limit": 2000}
    rows = officer.rest.get("/incident-events", params=params).json()["items"]
    events = msgspec.convert(rows, list[IncidentEvent])
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    gone = officer.rest.get("/incident-events", params=params | {"epoch": "old"})
    assert gone.status_code == 410 and gone.json()["epoch"] == head["epoch"]


def test_that_what_was_answered_outlives_a_kill(tmp_path: Path, session_folders: None) -> None:
    before = StandInProcess(tmp_path)
    before.sign_in()
    before.control.post("/incidents", json={"speed": 60, "manners": {"*": "quick"}})
    quick = [one for one in crews(before, 40) if (manner_of(one, 1).taken_s or 99) < 40]
    body = draft(before, quick[:12])  # a third of them rests, whatever the time of day
    with Seat(before, "chenjianhua", "seat-1") as seat:
        seat.confirm()
        made = seat.post("/incidents", body, "k-1").json()
    before.process.kill()
    before.end()
    after = StandInProcess(tmp_path)
    after.control.post("/incidents", json={"speed": 800, "manners": {"*": "quick"}})
    with Seat(after, "chenjianhua", "seat-1") as seat:
        again = seat.post("/incidents", body, "k-1")
        assert again.status_code == 202 and again.json() == made
        done = seat.until(
            made["incident_id"], lambda one: any(o["state"] == "done" for o in one["orders"])
        )
    assert done["epoch"] == made["epoch"] and len(done["orders"]) == len(body["orders"])
    kinds = Counter(kind for kind, _, _ in effects(after, made["incident_id"]))
    assert kinds == {"bookmark": 1, "order": len(body["orders"]), "wall_scene": 1}
    assert after.end() == 0
