"""The calls of the contract against the running stand-in, over real HTTP and a real broker."""

import queue
import shutil
import socket
import subprocess
import sys
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import msgspec
import psutil
import pytest
from paho.mqtt.client import Client, MQTTv5
from paho.mqtt.enums import CallbackAPIVersion

from desktop.domain.alarms import Alarm, AlarmEvent
from desktop.domain.cameras import Camera, LiveAnswer
from desktop.domain.points import AlarmClass, Point, Reading
from desktop.standin.accounts import DEVICE_TOKEN

from .conftest import ROOT, StandInProcess


def key() -> dict[str, str]:
    return {"Idempotency-Key": uuid.uuid4().hex}


class Ear:
    """A subscriber that remembers what came."""

    def __init__(self, mqtt: dict[str, Any], password: str = "") -> None:
        self.messages: queue.Queue[tuple[str, bytes]] = queue.Queue()
        self.answers: queue.Queue[str] = queue.Queue()
        self.client = Client(CallbackAPIVersion.VERSION2, f"t-{uuid.uuid4().hex}", protocol=MQTTv5)
        self.client.username_pw_set(mqtt["username"], password or mqtt["password"])
        self.client.on_message = lambda _c, _u, m: self.messages.put((m.topic, m.payload))
        self.client.on_connect = self._connected
        self.client.reconnect_delay_set(1, 1)
        self.topic = ""
        self.client.on_subscribe = lambda *_: self.answers.put("subscribed")
        self.client.connect(mqtt["host"], mqtt["port"], keepalive=5)
        self.client.loop_start()

    def subscribe(self, topic: str) -> None:
        assert self.answers.get(timeout=5) == "Success"
        self.topic = topic
        self.client.subscribe(topic, 1)
        assert self.answers.get(timeout=5) == "subscribed"

    def _connected(self, client: Client, _userdata, _flags, code, _properties) -> None:
        self.answers.put(str(code))
        if self.topic:  # a killed broker has forgotten what was subscribed
            client.subscribe(self.topic, 1)

    def wait_for(self, ending: str, limit: int = 20_000) -> bytes:
        for _ in range(limit):
            topic, payload = self.messages.get(timeout=8)
            if topic.endswith(ending):
                return payload
        raise AssertionError(ending)

    def close(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()


@pytest.fixture
def ear(granted: dict[str, Any]):
    made = Ear(granted["mqtt"])
    made.subscribe("city/990100/#")
    yield made
    made.close()


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/cameras", Camera), ("/points", Point), ("/alarm-classes", AlarmClass)],
)
def test_that_registers_decode_strictly_and_have_versions(standin, granted, path: str, kind: type):
    answer = standin.rest.get(path).raise_for_status()
    rows = msgspec.json.decode(msgspec.json.encode(answer.json()["items"]), type=list[kind])
    assert len(rows) >= 8
    again = standin.rest.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_that_pages_together_give_the_whole_register(standin, granted):
    whole = [row["camera_id"] for row in standin.rest.get("/cameras").json()["items"]]
    found, cursor = [], ""
    while True:
        page = standin.rest.get("/cameras", params={"limit": 7, "cursor": cursor}).json()
        found += [row["camera_id"] for row in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert found == whole


def test_that_the_open_list_and_the_log_agree(standin, granted):
    listed = standin.rest.get("/alarms", params={"state": "open"}).json()
    epoch = listed["as_of"]["epoch"]
    log = standin.rest.get("/alarm-events", params={"epoch": epoch, "from_seq": 1}).json()["items"]
    events = msgspec.json.decode(msgspec.json.encode(log), type=list[AlarmEvent])
    newest = {event.alarm.alarm_id: event.alarm for event in events}
    still_open = {
        a.alarm_id for a in newest.values() if a.is_open and a.seq <= listed["as_of"]["seq"]
    }
    assert still_open <= {row["alarm_id"] for row in listed["items"]}
    assert [event.seq for event in events] == list(range(1, len(events) + 1))


def test_that_a_lost_epoch_is_410_and_names_the_present_one(standin, granted):
    answer = standin.rest.get("/alarm-events", params={"epoch": "gone", "from_seq": 1})
    present = standin.rest.get("/health").json()["epoch"]
    assert (answer.status_code, answer.json()["epoch"]) == (410, present)
    assert answer.headers["content-type"] == "application/problem+json"


def test_that_a_raised_alarm_comes_by_mqtt_with_the_next_number(standin, ear):
    raised = standin.raise_alarm(title="泵房门开")
    while True:
        event = msgspec.json.decode(ear.wait_for("alarm/event"), type=AlarmEvent)
        if event.alarm.alarm_id == raised["alarm_id"]:
            break
    assert (event.seq, event.kind) == (raised["seq"], "raised")
    head = msgspec.json.decode(ear.wait_for("alarm/head"))
    assert head["epoch"] == event.epoch and set(head["open"]) == {"red", "orange", "yellow", "blue"}


def test_that_telemetry_is_retained_and_decodes(standin, ear):
    reading = msgspec.json.decode(ear.wait_for("water_level/SW-0417"), type=Reading)
    assert 0 <= reading.metrics["level_m"] < 1


def test_that_one_order_acts_once_and_answers_the_same_again(standin, granted):
    alarm = standin.raise_alarm(title="一次")
    path, headers = f"/alarms/{alarm['alarm_id']}/acknowledge", key()
    first = standin.rest.post(path, json={"note": "看到"}, headers=headers)
    second = standin.rest.post(path, json={"note": "看到"}, headers=headers)
    acked = msgspec.json.decode(first.content, type=Alarm)
    assert acked.ack is not None and acked.ack.by == "张敏"
    assert first.content == second.content
    other = standin.rest.post(path, json={"note": "不同"}, headers=headers)
    assert other.status_code == 422
    orders = standin.control.get("/ledger", params={"what": "order"}).json()["items"]
    assert [o["status"] for o in orders if o["key"] == headers["Idempotency-Key"]] == [
        200,
        200,
        422,
    ]


def test_that_orders_are_refused_with_the_reason_of_the_contract(standin, granted):
    alarm = standin.raise_alarm(title="拒绝")
    path = f"/alarms/{alarm['alarm_id']}/acknowledge"
    assert standin.rest.post(path, json={}).status_code == 428
    standin.rest.post(path, json={}, headers=key()).raise_for_status()
    twice = standin.rest.post(path, json={}, headers=key())
    assert (twice.status_code, twice.json()["code"]) == (409, "already_acknowledged")
    assert twice.json()["current"]["ack"]["by"] == "张敏"
    assert standin.rest.post("/alarms/none/acknowledge", json={}, headers=key()).status_code == 404
    standin.sign_in("wangzhiyuan")
    leader = standin.rest.post(path, json={}, headers=key())
    assert (leader.status_code, leader.json()["code"]) == (403, "no_right")


def test_that_a_wrong_password_and_a_missing_token_are_401(standin, granted):
    wrong = standin.rest.post("/auth/token", json={"username": "zhangmin", "password": "x"})
    bare = standin.rest.get("/alarms", headers={"Authorization": ""})
    assert (wrong.status_code, bare.status_code) == (401, 401)


def test_that_a_refresh_token_serves_once(standin, granted):
    body = {"refresh_token": granted["refresh_token"]}
    assert standin.rest.post("/auth/refresh", json=body).status_code == 200
    assert standin.rest.post("/auth/refresh", json=body).status_code == 401


def test_that_a_note_that_no_desk_may_receive_is_refused_and_its_key_stays_free(standin, granted):
    alarm = standin.raise_alarm(title="备注")
    path, headers = f"/alarms/{alarm['alarm_id']}/note", key()
    for note in ("\u202e反向", "a\x07", "长" * 1001):
        refused = standin.rest.post(path, json={"note": note}, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (400, "bad_request")
    taken = standin.rest.post(path, json={"note": "第一行\n第二行"}, headers=headers)
    assert taken.json()["notes"][0]["text"] == "第一行\n第二行"


def test_that_an_order_whose_answer_was_lost_has_acted_once(standin, granted):
    alarm = standin.raise_alarm(title="应答丢失")
    path, headers = f"/alarms/{alarm['alarm_id']}/acknowledge", key()
    standin.control.post("/faults", json={"rest": "drop_reply"})
    with pytest.raises(httpx.RemoteProtocolError):
        standin.rest.post(path, json={}, headers=headers)
    standin.control.post("/faults", json={"rest": "ok"})
    again = standin.rest.post(path, json={}, headers=headers)
    assert again.status_code == 200
    history = standin.rest.get(f"/alarms/{alarm['alarm_id']}/history").json()["items"]
    assert [event["kind"] for event in history] == ["raised", "acknowledged"]


def test_that_faults_of_rest_are_errors_and_broken_connections(standin, granted):
    alarm = standin.raise_alarm(title="未送达")
    standin.control.post("/faults", json={"rest": "500"})
    failed = standin.rest.get("/alarms")
    standin.control.post("/faults", json={"rest": "down"})
    with pytest.raises(httpx.RemoteProtocolError):
        standin.rest.post(f"/alarms/{alarm['alarm_id']}/acknowledge", json={}, headers=key())
    standin.control.post("/faults", json={"rest": "ok"})
    assert (failed.status_code, failed.json()["code"]) == (500, "internal")
    assert standin.rest.get(f"/alarms/{alarm['alarm_id']}").json()["ack"] is None


def test_that_a_city_can_refuse_everything_or_have_nothing(standin, granted):
    standin.raise_alarm(title="仍然在")
    standin.control.post("/faults", json={"rest": "refuse"})
    refused = standin.rest.get("/cameras")
    standin.control.post("/faults", json={"rest": "empty"})
    alarms, cameras = standin.rest.get("/alarms").json(), standin.rest.get("/cameras").json()
    grids = standin.rest.get("/grids").json()
    healthy = standin.rest.get("/health")
    standin.control.post("/faults", json={"rest": "ok"})
    assert (refused.status_code, refused.json()["code"]) == (403, "no_right")
    assert alarms["items"] == cameras["items"] == grids["features"] == []
    assert healthy.is_success
    assert standin.rest.get("/alarms").json()["items"]


def test_that_a_camera_has_recordings_of_the_last_day(standin, granted):
    now = datetime.now(UTC)
    span = {
        "from": (now - timedelta(hours=30)).isoformat(),
        "to": (now - timedelta(hours=7)).isoformat(),
    }
    rows = standin.rest.get("/cameras/cam-0001/recordings", params=span).json()["segments"]
    first, last = (datetime.fromisoformat(t) for t in (rows[0]["start"], rows[-1]["end"]))
    assert now - timedelta(hours=24, minutes=1) <= first < last <= now - timedelta(hours=7)
    assert standin.rest.get("/cameras/nobody/recordings", params=span).status_code == 404


def test_that_tokens_that_were_ended_are_401_until_renewed(standin, granted):
    standin.control.post("/faults", json={"rest": "expire_tokens"})
    assert standin.rest.get("/alarms").status_code == 401
    body = {"refresh_token": granted["refresh_token"]}
    renewed = standin.rest.post("/auth/refresh", json=body).json()["access_token"]
    assert standin.rest.get("/orgs", headers={"Authorization": f"Bearer {renewed}"}).is_success


def test_that_any_payload_can_be_sent_but_not_one_that_the_broker_would_refuse(standin, ear):
    message = {"topic": "city/990100/alarm/event", "payload": "\xff{", "encoding": "latin-1"}
    assert standin.control.post("/publish", json=message).status_code == 204
    while ear.wait_for("alarm/event") != b"\xff{":
        pass
    for wrong in (
        {"payload": "x" * 262_144},
        {"topic": "city/#"},
        {"topic": ""},
        {"topic": "a\x00"},
    ):
        assert standin.control.post("/publish", json=message | wrong).status_code == 400
    assert standin.raise_alarm(title="仍在发布")["seq"] > 0


def test_that_a_killed_stand_in_leaves_no_broker_and_its_sessions_live_on(tmp_path):
    first = StandInProcess(tmp_path)
    granted = first.sign_in()
    children = psutil.Process(first.process.pid).children(recursive=True)
    first.process.kill()
    first.end()
    assert psutil.wait_procs(children, timeout=3)[1] == []  # the broker went with it
    second = StandInProcess(tmp_path)
    second.rest.headers["Authorization"] = f"Bearer {granted['access_token']}"
    assert second.rest.get("/orgs").is_success
    assert granted["access_token"] not in (tmp_path / "sessions.json").read_text()
    assert second.end() == 0


def test_that_a_port_that_is_taken_is_one_line_and_exit_3(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "desktop.standin", "--state", str(tmp_path), "--cache",
                   str(tmp_path), "--rest-port", port]  # fmt: skip
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 3 and done.stdout == ""
    assert len(done.stderr.splitlines()) == 1 and port in done.stderr


def test_that_five_demo_accounts_of_five_roles_can_sign_in(standin):
    accounts = standin.rest.get("/demo/accounts").json()
    assert len({account["role"] for account in accounts}) == 5
    for account in accounts:
        standin.sign_in(account["username"])


def test_that_a_screen_signs_in_by_its_token_and_may_only_look(standin):
    standin.sign_in()
    alarm = standin.raise_alarm()
    refused = standin.rest.post("/auth/device", json={"device_token": "other"})
    assert refused.status_code == 401
    granted = standin.rest.post("/auth/device", json={"device_token": DEVICE_TOKEN}).json()
    assert granted["user"]["roles"] == ["wall"]
    as_screen = {"Authorization": f"Bearer {granted['access_token']}"}
    assert standin.rest.get("/alarms", headers=as_screen).status_code == 200
    path = f"/alarms/{alarm['alarm_id']}/acknowledge"
    done = standin.rest.post(path, json={}, headers=as_screen | key())
    assert done.status_code == 403


def test_that_live_addresses_offer_http_and_rtsp(standin, granted):
    deadline = time.monotonic() + 60
    answer = standin.rest.get("/cameras/cam-0001/live", params={"profile": "sub"})
    while answer.status_code == 409 and time.monotonic() < deadline:  # it is being drawn
        time.sleep(0.5)
        answer = standin.rest.get("/cameras/cam-0001/live", params={"profile": "sub"})
    live = msgspec.json.decode(answer.content, type=LiveAnswer)
    assert [stream.protocol.value for stream in live.streams] == ["http-ts", "rtsp"]
    assert standin.rest.get("/cameras/none/live").status_code == 404


def test_that_a_series_reaches_back_three_hours(standin, granted):
    now = standin.rest.get("/health").json()["time"]
    params = {"point_id": "SW-0417", "metric": "level_m", "from": "2020-01-01T00:00:00Z", "to": now,
              "step": 60}  # fmt: skip
    rows = standin.rest.get("/series", params=params).json()["items"]
    readings = msgspec.json.decode(msgspec.json.encode(rows), type=list[Reading])
    assert 175 <= len(readings) <= 185
    assert [r.at for r in readings] == sorted(r.at for r in readings)


def test_that_openapi_describes_alarm_and_its_orders(standin):
    document = standin.rest.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert "occurrences" in document["components"]["schemas"]["Alarm"]["properties"]
    assert "/api/v1/alarms/{alarm_id}/{verb}" in document["paths"]


def test_that_a_stranger_cannot_listen_and_a_desk_cannot_forge_alarms(standin, granted, ear):
    stranger = Ear(granted["mqtt"], password="wrong")
    assert stranger.answers.get(timeout=5) == "Not authorized"
    stranger.close()
    forger = Ear(granted["mqtt"])  # another connection: mosquitto 2.0 ends one that may not publish
    assert forger.answers.get(timeout=5) == "Success"
    forger.client.publish("city/990100/alarm/event", b"forged", qos=1).wait_for_publish(5)
    forger.close()
    raised = standin.raise_alarm(title="之后")
    seen = [ear.wait_for("alarm/event")]
    while raised["alarm_id"].encode() not in seen[-1]:
        seen.append(ear.wait_for("alarm/event"))
    assert b"forged" not in seen


def test_that_a_killed_broker_comes_back_on_its_port_and_events_flow_again(tmp_path):
    city = StandInProcess(tmp_path)
    ear = Ear(city.sign_in()["mqtt"])
    ear.subscribe("city/990100/#")
    before = city.control.get("/state").json()["broker_pid"]
    city.control.post("/broker", json={"action": "kill"})
    psutil.wait_procs([psutil.Process(before)] if psutil.pid_exists(before) else [], timeout=5)
    missed = city.raise_alarm(title="断线期间")
    while ear.answers.get(timeout=8) != "subscribed":
        pass
    raised = city.raise_alarm(title="恢复之后")
    event = msgspec.json.decode(ear.wait_for("alarm/event"), type=AlarmEvent)
    while event.alarm.alarm_id != raised["alarm_id"]:
        event = msgspec.json.decode(ear.wait_for("alarm/event"), type=AlarmEvent)
    log = city.rest.get("/alarm-events", params={"epoch": event.epoch, "from_seq": missed["seq"]})
    assert [row["seq"] for row in log.json()["items"]][:2] == [missed["seq"], missed["seq"] + 1]
    assert city.control.get("/state").json()["broker_pid"] != before
    ear.close()
    assert city.end() == 0


def test_that_a_missing_mosquitto_is_one_line_that_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda *_args, **_more: None)
    from desktop.standin import broker

    with pytest.raises(broker.BrokerMissing, match="apt-get install mosquitto"):
        broker._program()


def test_that_the_process_and_its_broker_end_with_their_parent(tmp_path):
    process = StandInProcess(tmp_path)
    children = psutil.Process(process.process.pid).children(recursive=True)
    assert any("mosquitto" in child.name() for child in children)
    assert process.end() == 0
    _, alive = psutil.wait_procs(children, timeout=4)
    assert alive == []


def test_that_wrong_words_are_refused(tmp_path):
    command = [sys.executable, "-m", "desktop.standin", "--nonsense"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
