"""10,000 receipts of an incident in 10 s, for a minute: how late the window's loop is. Full city.

People of six incidents answer, one incident each 10 s: delivered, read and accepted of 3,334
people each, through the broker, the link's journal and the window's store.
"""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from desktop.ids import ulid
from desktop.shell.places import VIEW_IDS
from desktop.standin.accounts import DEMO_PASSWORD
from tests.bench.program import is_drawn, is_mirrored, program, until
from tests.command_center import CommandCenter, called

WAVES, WAVE_S = 6, 10.0
PEOPLE, PER_MESSAGE = 3_334, 417
STEPS = 3
_SETTLES_S = 20.0
_DRAWN_LIMIT_S = 400.0
_SEAT = {"X-Seat-Id": "bench"}


def measure() -> dict[str, object]:
    view = "emergency" if "emergency" in VIEW_IDS else "wall"
    with program("--as", "dispatcher", "--view", view) as center:
        until(center.is_ready)
        until(lambda: is_mirrored(center))
        until(lambda: is_drawn(center), _DRAWN_LIMIT_S)
        time.sleep(_SETTLES_S)
        center.control("/incidents", {"speed": 0.5, "manners": {"*": "quick"}})
        platform = _Officer(center)
        before, began_s = _stored(center), time.monotonic()
        for wave in range(WAVES):
            platform.activate()
            time.sleep(max(0.0, began_s + (wave + 1) * WAVE_S - time.monotonic()))
        took_s = time.monotonic() - began_s
        status = center.status()
        stored = _stored(center) - before
    return {
        "gui_late_ms": status["gui_lateness_ms"],
        "goal_p99_ms": 30,
        "receipts": stored,
        "sent": WAVES * PEOPLE * STEPS,
        "receipts_per_10_s": round(stored / took_s * 10),
        "view": view,
    }


def _stored(center: CommandCenter) -> int:
    return center.status()["feeds"]["receipts"]["stored"]


class _Officer:
    """Somebody at another seat who activates; the measured window only looks on."""

    def __init__(self, center: CommandCenter) -> None:
        self._url = center.runtime()["platform_url"]
        body = {"username": "chenjianhua", "password": DEMO_PASSWORD}
        token = called(f"{self._url}/auth/token", body, _SEAT)["access_token"]
        self._head = {"Authorization": f"Bearer {token}"}
        called(f"{self._url}/auth/confirm", {"password": DEMO_PASSWORD}, self._head)
        self._people = self._owners()

    def activate(self) -> None:
        """A drill would do; a real one is told to people, who answer all the same."""
        parts = [self._people[at : at + PER_MESSAGE] for at in range(0, PEOPLE, PER_MESSAGE)]
        text = "请清理雨水口，完成后回执"
        now = datetime.now(UTC).isoformat()
        draft = {
            "plan_id": "flood", "level": "III", "drill": False, "title": f"量测 {ulid()}",
            "alarm_ids": [], "orders": [], "t0": now, "t1": now,
            "messages": [{"to": to, "channel": "handset", "text": text} for to in parts],
        }  # fmt: skip
        called(f"{self._url}/incidents", draft, self._head | {"Idempotency-Key": ulid()})

    def _owners(self) -> list[str]:
        rows: Iterator[dict[str, Any]] = self._assets()
        return [f"owner:{row['asset_id']}" for row, _ in zip(rows, range(PEOPLE), strict=False)]

    def _assets(self) -> Iterator[dict[str, Any]]:
        cursor = ""
        while True:
            path = f"/assets?class_id=manhole&limit=2000&cursor={cursor}"
            page = called(self._url + path, None, self._head)
            yield from page["items"]
            cursor = page["next_cursor"] or ""
            if not cursor:
                return
