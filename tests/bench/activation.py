"""One activation with 200 crews, in the full city: the machine's part of one click.

From the request of the desk to the answer of the platform with 200 orders and a group call, and
to the incident in the desk's journal.
"""

import time
from datetime import UTC, datetime
from typing import Any

from desktop.ids import ulid
from desktop.standin.accounts import DEMO_PASSWORD
from tests.bench.program import is_mirrored, program, until
from tests.command_center import CommandCenter, called

CREWS, GOAL_S, TIMES = 200, 2.0, 5
_SEAT = {"X-Seat-Id": "bench"}
_LIMIT_S, _LOOKS_S = 30.0, 0.02
_SITE = {"site_id": "", "place": "量测点", "lon": 116.60, "lat": 28.90}


def measure() -> dict[str, object]:
    with program("--as", "dispatcher") as center:
        until(center.is_ready)
        until(lambda: is_mirrored(center))
        center.control("/incidents", {"speed": 10, "manners": {"*": "quick"}})
        rounds = [_round(center) for _ in range(TIMES)]
    whole = sorted(one["to_the_desk_s"] for one in rounds)
    return {
        "recipients": CREWS,
        "goal_s": GOAL_S,
        "answered_s": max(one["answered_s"] for one in rounds),
        "to_the_desk_s": whole[-1],
        "median_s": whole[len(whole) // 2],
    }


def _round(center: CommandCenter) -> dict[str, float]:
    """Each from the request on; the incident is stood down behind it."""
    url = center.runtime()["platform_url"]
    body = {"username": "chenjianhua", "password": DEMO_PASSWORD}
    head = {"Authorization": f"Bearer {called(f'{url}/auth/token', body, _SEAT)['access_token']}"}
    called(f"{url}/auth/confirm", {"password": DEMO_PASSWORD}, head)
    draft = _draft([row["unit_id"] for row in called(f"{url}/units", None, head)["items"]][:CREWS])
    before, began_s = _told(center), time.monotonic()
    made = called(f"{url}/incidents", draft, head | {"Idempotency-Key": ulid()})
    answered_s = time.monotonic() - began_s
    assert len(made["orders"]) == CREWS, len(made["orders"])
    until(lambda: _told(center) > before, _LIMIT_S)
    told_s = time.monotonic() - began_s
    current = called(f"{url}/incidents/{made['incident_id']}", None, head)
    called(f"{url}/auth/confirm", {"password": DEMO_PASSWORD}, head)
    more = {"Idempotency-Key": ulid(), "If-Match": str(current["revision"])}
    stand_down = f"{url}/incidents/{made['incident_id']}/stand-down"
    called(stand_down, {"reason": "量测完毕"}, head | more)
    until(lambda: not called(f"{url}/incidents?state=open", None, head)["items"], _LIMIT_S)
    return {"answered_s": round(answered_s, 3), "to_the_desk_s": round(told_s, 3)}


def _told(center: CommandCenter) -> int:
    return center.status()["feeds"]["incident_events"]["stored"]


def _draft(unit_ids: list[str]) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat()
    orders = [
        {"unit_id": unit_id, "task_id": "drain", "task": "抽排积水", "eta_min": 9.0} | _SITE
        for unit_id in unit_ids
    ]
    messages = [{"to": unit_ids, "channel": "group", "text": "防汛响应启动，按任务出动"}]
    return {
        "plan_id": "flood", "level": "III", "drill": False, "title": f"量测 {ulid()}",
        "alarm_ids": [], "orders": orders, "messages": messages, "t0": now, "t1": now,
    }  # fmt: skip
