"""/incidents of the real stand-in with its real broker: signatures, one transaction, receipts,
recall, stand-down, drill, and what a kill leaves behind."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import msgspec
import paho.mqtt.client as mqtt
import pytest

from desktop.domain.emergency.incidents import Incident, IncidentEvent, TimelineEntry
from desktop.standin.accounts import DEMO_PASSWORD
from desktop.standin.incidents.chain import hash_of
from desktop.standin.messages import manner_of

from .conftest import StandInProcess

SITE = {"lon": 116.599582, "lat": 28.898086}  # SW-0417


class Seat:
    """One person at one seat."""

    def __init__(self, standin: StandInProcess, username: str, seat_id: str) -> None:
        base = str(standin.rest.base_url)
        self.rest = httpx.Client(base_url=base, timeout=10, headers={"X-Seat-Id": seat_id})
        body = {"username": username, "password": DEMO_PASSWORD}
        self.granted = self.rest.post("/auth/token", json=body).raise_for_status().json()
        self.rest.headers["Authorization"] = f"Bearer {self.granted['access_token']}"

    def __enter__(self) -> "Seat":
        return self

    def __exit__(self, *_: object) -> None:
        self.rest.close()

    def confirm(self) -> None:
        self.rest.post("/auth/confirm", json={"password": DEMO_PASSWORD}).raise_for_status()

    def post(self, path: str, body: Any, key: str, revision: int | None = None) -> httpx.Response:
        headers = {"Idempotency-Key": key}
        if revision is not None:
            headers["If-Match"] = str(revision)
        return self.rest.post(path, json=body, headers=headers)

    def incident(self, incident_id: str) -> dict[str, Any]:
        return self.rest.get(f"/incidents/{incident_id}").raise_for_status().json()

    def until(self, incident_id: str, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Asked until it fits, at most 12 s."""
        ends = time.monotonic() + 12
        while time.monotonic() < ends:
            incident = self.incident(incident_id)
            if fits(incident):
                return incident
            time.sleep(0.1)
        raise AssertionError(f"{incident['state']} {[o['state'] for o in incident['orders']]}")


class Spy:
    """Everything that the broker gives out, in its order."""

    def __init__(self, granted: dict[str, Any], name: str) -> None:
        self.heard: list[tuple[str, Any]] = []
        self._skip = len(granted["mqtt"]["prefix"]) + 1
        self._client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, name)
        self._client.username_pw_set(granted["mqtt"]["username"], granted["mqtt"]["password"])
        self._client.on_message = self._hear
        ready: list[bool] = []
        self._client.on_subscribe = lambda *_: ready.append(True)
        self._client.connect("127.0.0.1", granted["mqtt"]["port"])
        prefix = granted["mqtt"]["prefix"]
        self._client.subscribe([(f"{prefix}/{one}", 1) for one in (
            "order/+", "wall/#", "receipt/+", "incident/#")])  # fmt: skip
        self._client.loop_start()
        ends = time.monotonic() + 5
        while not ready and time.monotonic() < ends:
            time.sleep(0.01)

    def _hear(self, _client: Any, _data: Any, message: mqtt.MQTTMessage) -> None:
        self.heard.append((message.topic[self._skip :], json.loads(message.payload)))

    def of(self, start: str) -> list[tuple[str, Any]]:
        return [one for one in list(self.heard) if one[0].startswith(start)]

    def wait(self, fits: Callable[["Spy"], bool]) -> None:
        ends = time.monotonic() + 10
        while not fits(self):
            assert time.monotonic() < ends, [topic for topic, _ in self.heard]
            time.sleep(0.05)

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()


@pytest.fixture(scope="module")
def officer(standin: StandInProcess) -> Iterator[Seat]:
    with Seat(standin, "chenjianhua", "seat-1") as seat:
        seat.confirm()
        yield seat


@pytest.fixture(scope="module")
def leader(standin: StandInProcess) -> Iterator[Seat]:
    with Seat(standin, "wangzhiyuan", "seat-2") as seat:
        yield seat


@pytest.fixture
def spy(officer: Seat, request: pytest.FixtureRequest) -> Iterator[Spy]:
    made = Spy(officer.granted, f"spy-{request.node.name[-40:]}")
    yield made
    made.close()


@pytest.fixture(autouse=True)
def levers(standin: StandInProcess) -> None:
    facts = {"speed": 200, "second_s": 0, "manners": {"*": "quick"}}
    standin.control.post("/incidents", json=facts).raise_for_status()


def draft(standin: StandInProcess, units: list[str], **more: Any) -> dict[str, Any]:
    alarms = more.pop("alarms", None)
    if alarms is None:
        title = f"试验 {time.monotonic_ns()}"
        condition = str(time.monotonic_ns())
        alarms = [standin.raise_alarm(title=title, condition=condition)["alarm_id"]]
    orders = [
        {"unit_id": unit, "task_id": "drain", "task": "抽排积水", "site_id": alarms[0],
         "place": "滨江下穿", "eta_min": 6.0, "within_min": 28, **SITE}
        for unit in units
    ]  # fmt: skip
    now = datetime.now(UTC).isoformat()
    return {"plan_id": "flood", "level": "III", "drill": False, "title": "滨江积水",
            "alarm_ids": alarms, "orders": orders, "t0": now, "t1": now,
            "scene_id": "flood", "bookmarks": ["cam-0001"]} | more  # fmt: skip


def crews(standin: StandInProcess, count: int, first: int = 0) -> list[str]:
    rows = standin.rest.get("/units", params={"limit": 1000}).json()["items"]
    pumps = [row["unit_id"] for row in rows if row["kind"] == "vehicle"]
    return pumps[first : first + count]


def effects(standin: StandInProcess, incident_id: str) -> list[tuple[str, str, bool]]:
    rows = standin.control.get("/ledger", params={"what": "effect"}).json()["items"]
    return [(r["kind"], r["to"], r["blocked"]) for r in rows if r["incident_id"] == incident_id]


def end(seat: Seat, incident_id: str, key: str) -> None:
    now = seat.incident(incident_id)
    if now["state"] == "draft":
        seat.post(f"/incidents/{incident_id}/withdraw", {}, key, now["revision"]).raise_for_status()
    elif now["state"] == "active":
        path = f"/incidents/{incident_id}/stand-down"
        seat.post(path, {"reason": "试验完"}, key, now["revision"]).raise_for_status()
        seat.until(incident_id, lambda one: one["state"] == "closed")


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


def test_that_a_unit_under_way_says_so_and_really_comes_nearer(
    standin: StandInProcess, granted: dict[str, Any], officer: Seat
) -> None:
    standin.control.post("/incidents", json={"speed": 60}).raise_for_status()
    unit = crews(standin, 1, first=4)[0]
    made = officer.post("/incidents", draft(standin, [unit]), "i-2").json()
    order_id = made["orders"][0]["order_id"]
    seen: list[tuple[float, float]] = []
    ends = time.monotonic() + 10
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

    ends = time.monotonic() + 5
    while "declined" not in said(first) and time.monotonic() < ends:
        time.sleep(0.05)
    more = {"orders": [dict(body["orders"][0], unit_id=yes)], "replaces": first}
    added = officer.post(f"{path}/orders", more, "o-1", made["revision"]).raise_for_status().json()
    assert added["orders"][2]["replaces"] == first and added["orders"][0]["state"] == "sent"
    twice = officer.post(f"{path}/orders", more, "o-2", added["revision"])
    assert twice.json()["code"] == "already_ordered"
    second = made["orders"][1]["order_id"]
    officer.post(f"{path}/orders/{second}/recall", {}, "r-1", added["revision"]).raise_for_status()
    gone = officer.until(
        made["incident_id"], lambda one: one["orders"][1]["state"] == "recall_unread"
    )
    assert "T3" in gone["clocks"] and said(second) == []
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
    head = ""
    for number, entry in enumerate(entries, 1):
        assert (entry.number, entry.previous) == (number, head)
        assert entry.hash == hash_of(entry)
        head = entry.hash
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
    unit = next(one for one in crews(before, 40) if (manner_of(one, 1).taken_s or 99) < 40)
    body = draft(before, [unit])
    with Seat(before, "chenjianhua", "seat-1") as seat:
        seat.confirm()
        made = seat.post("/incidents", body, "k-1").json()
    before.process.kill()
    before.end()
    after = StandInProcess(tmp_path)
    after.control.post("/incidents", json={"speed": 300, "manners": {"*": "quick"}})
    with Seat(after, "chenjianhua", "seat-1") as seat:
        again = seat.post("/incidents", body, "k-1")
        assert again.status_code == 202 and again.json() == made
        done = seat.until(made["incident_id"], lambda one: one["orders"][0]["state"] == "done")
    assert done["epoch"] == made["epoch"] and len(done["orders"]) == 1
    kinds = sorted(kind for kind, _, _ in effects(after, made["incident_id"]))
    assert kinds == ["bookmark", "order", "wall_scene"]
    assert after.end() == 0
