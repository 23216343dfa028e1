"""POST /messages and /calls of the real stand-in, with receipts by its real broker."""

import json
import queue
from collections.abc import Iterator
from typing import Any

import paho.mqtt.client as mqtt
import pytest

from desktop.standin.messages import manner_of

Told = queue.SimpleQueue[tuple[str, dict[str, Any]]]


def covers(standin) -> list[dict[str, Any]]:
    return standin.rest.get("/assets", params={"class_id": "manhole", "limit": 200}).json()["items"]


def one_who(standin, fits) -> str:
    """The owner of a cover who answers as is wanted; the seed is the process's default."""
    found = next(row for row in covers(standin) if fits(manner_of(f"owner:{row['asset_id']}", 1)))
    return f"owner:{found['asset_id']}"


@pytest.fixture
def told(standin) -> Iterator[Told]:
    """Receipts and orders to handsets as they are published."""
    granted = standin.sign_in("liweidong")
    arrived: Told = queue.SimpleQueue()
    ready: queue.SimpleQueue[bool] = queue.SimpleQueue()
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, "test-receipts")
    client.username_pw_set(granted["mqtt"]["username"], granted["mqtt"]["password"])
    client.on_message = lambda c, u, m: arrived.put((m.topic, json.loads(m.payload)))
    client.on_subscribe = lambda *_: ready.put(True)
    client.connect("127.0.0.1", granted["mqtt"]["port"])
    prefix = granted["mqtt"]["prefix"]
    client.subscribe([(f"{prefix}/receipt/+", 1), (f"{prefix}/order/+", 1)])
    client.loop_start()
    assert ready.get(timeout=5)
    yield arrived
    client.disconnect()
    client.loop_stop()


def send(standin, to: list[str], key: str, path: str = "/messages", **more: Any):
    body = {"to": to} | ({"text": "请到场"} if path == "/messages" else {}) | more
    return standin.rest.post(path, json=body, headers={"Idempotency-Key": key})


def receipts(told: Told, sent_id: str, count: int) -> list[str]:
    states = []
    while len(states) < count:
        topic, facts = told.get(timeout=12)
        if topic.endswith(f"/receipt/{sent_id}"):
            states.append(facts["state"])
    return states


def test_that_an_owner_gets_the_task_and_their_handset_answers(standin, told):
    owner = one_who(standin, lambda m: m.taken_s and m.taken_s < 9 and not m.declines)
    sent = send(standin, [owner], "m-1").raise_for_status().json()
    topic, order = told.get(timeout=5)
    assert topic.endswith(f"/order/{owner}") and order["task"] == "请到场"
    assert receipts(told, sent["message_id"], 3) == ["delivered", "read", "accepted"]
    again = standin.rest.get(f"/messages/{sent['message_id']}").json()
    assert [one["state"] for one in again["receipts"]] == ["delivered", "read", "accepted"]


def test_that_the_same_key_sends_once_and_another_body_is_refused(standin, told):
    owner = one_who(standin, lambda m: m.delivered_s is None)
    first = send(standin, [owner], "m-2").json()
    assert send(standin, [owner], "m-2").json()["message_id"] == first["message_id"]
    assert send(standin, [owner], "m-2", text="别的").status_code == 422
    assert send(standin, [owner], "").status_code == 428


def test_that_who_cannot_be_reached_is_named(standin, told):
    for person in ("owner:JG-999999", "R-99999", "duty:org-x:leader:1"):
        answer = send(standin, [person], f"m-{person}")
        assert answer.status_code == 400
        assert person.rpartition(":")[2] in answer.text or "org-x" in answer.text


def test_that_a_leader_may_call_but_not_send(standin, told):
    standin.sign_in("wangzhiyuan")
    refused = send(standin, ["R-0001"], "m-3")
    assert refused.status_code == 403 and "领导无权发送通知" in refused.json()["detail"]
    assert send(standin, ["R-0001"], "c-1", "/calls").status_code == 200


def test_that_a_call_rings_is_connected_and_hung_up(standin, told):
    owner = one_who(standin, lambda m: m.picks_up_s and m.picks_up_s < 4)
    call = send(standin, [owner], "c-2", "/calls").raise_for_status().json()["call_id"]
    assert receipts(told, call, 2) == ["ringing", "connected"]
    standin.rest.post(f"/calls/{call}/end", headers={"Idempotency-Key": "c-3"}).raise_for_status()
    assert receipts(told, call, 1) == ["ended"]


def test_that_a_drill_reaches_no_handset(standin, told):
    owner = one_who(standin, lambda m: m.delivered_s is not None)
    sent = send(standin, [owner], "m-4", drill=True).json()
    topic, _ = told.get(timeout=5)
    assert topic.endswith(f"/receipt/{sent['message_id']}")


def test_that_most_people_are_quick_and_some_never_answer():
    manners = [manner_of(f"owner:MH-{n}", 1) for n in range(2000)]
    quick = sum(m.taken_s is not None and m.taken_s < 60 and not m.declines for m in manners)
    silent = sum(m.delivered_s is None for m in manners)
    assert 0.70 < quick / 2000 < 0.86 and 0.04 < silent / 2000 < 0.12
