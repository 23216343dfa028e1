"""Seats, a spy at the broker, and drafts for the tests of incidents."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import paho.mqtt.client as mqtt

from desktop.standin.accounts import DEMO_PASSWORD
from tests.integration.standin.conftest import StandInProcess

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
        """Asked until it fits, at most 25 s."""
        ends = time.monotonic() + 25
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
        ends = time.monotonic() + 25
        while not fits(self):
            assert time.monotonic() < ends, [topic for topic, _ in self.heard]
            time.sleep(0.05)

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()


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
