"""States of the page 「应急」: a response prepared, waiting for its second person, running, ended.

Begun as an officer begins it: an alarm, its key, the bar held for two seconds, the password.
"""

import subprocess
import time
from typing import Any

from desktop.control_client import ask
from desktop.ids import ulid
from desktop.standin.accounts import DEMO_PASSWORD
from tests.command_center import CommandCenter, called

VIEW = "emergency"
WIDE_PX = 1920  # of the places below
FIRST_ALARM, HOLD_BAR = (330, 185), (1494, 815)
SECOND_LEVEL_X, SECOND_LEVEL_Y = 265, range(560, 429, -20)
"""How high it stands depends on the conditions of the level; nothing else there is a button."""
PREPARED_S, ANSWERED_S, ENDED_S = 15.0, 45.0, 8.0
HOLD_S, LIMIT_S = 2.6, 40.0


class Response:
    """One run of it on a screen of this width in pixels."""

    def __init__(self, center: CommandCenter, wide_px: int) -> None:
        self._center, self._scale = center, wide_px / WIDE_PX

    def prepared(self) -> None:
        center = self._center
        ask(center.profile, {"word": "view", "view_id": "alarms"})
        time.sleep(1)
        center.click(*self._at(FIRST_ALARM))
        time.sleep(1)
        center.press("ctrl+shift+e")
        time.sleep(PREPARED_S)

    def begun(self) -> None:
        """Held and confirmed; a level that needs a second person waits for it then."""
        center = self._center
        ask(center.profile, {"word": "view", "view_id": VIEW})
        time.sleep(2)
        for y in SECOND_LEVEL_Y:  # two persons, whatever the storm has come to
            center.click(*self._at((SECOND_LEVEL_X, y)))
        time.sleep(PREPARED_S)
        x, y = self._at(HOLD_BAR)
        self._mouse("mousemove", str(x), str(y), "mousedown", "1")
        time.sleep(HOLD_S)
        self._mouse("mouseup", "1")
        time.sleep(1.5)
        center.type(DEMO_PASSWORD)
        center.press("Return")
        self._wait_for_incident()

    def running(self) -> None:
        """With the second person's word where it is needed, and what the crews say to it."""
        one = self._incident()
        if one is not None and one["state"] == "draft":
            self._order("wangzhiyuan", one, "approve", {})
        time.sleep(ANSWERED_S)

    def stood_down(self) -> None:
        one = self._incident()
        if one is not None:
            self._order("chenjianhua", one, "stand-down", {"reason": "水位回落至 10 cm 以下"})
        time.sleep(ENDED_S)

    def _at(self, place: tuple[int, int]) -> tuple[int, int]:
        return round(place[0] * self._scale), round(place[1] * self._scale)

    def _mouse(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._center.env, check=True, timeout=10)

    def _wait_for_incident(self) -> None:
        """One that does not come is seen on the pictures."""
        end_s = time.monotonic() + LIMIT_S
        while self._incident() is None and time.monotonic() < end_s:
            time.sleep(1)

    def _incident(self) -> dict[str, Any] | None:
        found = called(f"{self._url()}/incidents?state=open", None, self._head("wangzhiyuan"))
        return next(iter(found["items"]), None)

    def _url(self) -> str:
        return self._center.runtime()["platform_url"]

    def _head(self, username: str) -> dict[str, str]:
        """Of a seat beside this one, with the password just given."""
        body = {"username": username, "password": DEMO_PASSWORD}
        token = called(f"{self._url()}/auth/token", body, {"X-Seat-Id": "seat-9"})["access_token"]
        head = {"Authorization": f"Bearer {token}"}
        called(f"{self._url()}/auth/confirm", {"password": DEMO_PASSWORD}, head)
        return head

    def _order(self, username: str, one: dict[str, Any], what: str, body: dict[str, str]) -> None:
        more = {"Idempotency-Key": ulid(), "If-Match": str(one["revision"])}
        path = f"{self._url()}/incidents/{one['incident_id']}/{what}"
        called(path, body, self._head(username) | more)


STATES = {
    "response": Response.prepared,
    "second": Response.begun,
    "execution": Response.running,
    "standdown": Response.stood_down,
}
