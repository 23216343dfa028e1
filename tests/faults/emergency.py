"""Two seats that run incidents on one stand-in, and what the platform carried out of it."""

import itertools
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from desktop.domain.emergency.incidents import ACTIVATE
from tests.faults.rig import City, Desk, wait_for

LIMIT_S = 45.0
OFFICER, LEADER = "chenjianhua", "wangzhiyuan"
DRAFT, APPROVE = "incident.draft", "incident.approve"
SITE = {"lon": 116.599582, "lat": 28.898086}
FINAL = ("accepted", "refused", "expired")


class Emergency:
    """Drafts on alarms and crews of their own, so that one round does not see another."""

    def __init__(self, city: City) -> None:
        self.city = city
        rows = city.rest("/units?limit=1000")["items"]
        pumps = [row["unit_id"] for row in rows if row["kind"] == "vehicle"]
        self._units: Iterator[str] = itertools.cycle(pumps)
        city.control("/incidents", {"speed": 300, "manners": {"*": "quick"}})

    def draft(self, level: str = "III", crews: int = 1, **facts: Any) -> dict[str, Any]:
        alarm_id = facts.pop("alarm_id", "") or self.city.raise_alarm(level="red")["alarm_id"]
        orders = [
            {"unit_id": next(self._units), "task_id": "drain", "task": "抽排积水",
             "site_id": alarm_id, "place": "滨江下穿", "within_min": 28, **SITE}
            for _ in range(crews)
        ]  # fmt: skip
        now = datetime.now(UTC).isoformat()
        body = {"plan_id": "flood", "level": level, "drill": False, "title": f"积水 {alarm_id}",
                "alarm_ids": [alarm_id], "orders": orders, "t0": now, "t1": now}  # fmt: skip
        return body | facts

    def activate(self, desk: Desk, body: dict[str, Any], ttl_s: float = 0.0) -> str:
        """With the password before; gives the order's id."""
        assert desk.confirm(DRAFT) == ""
        return desk.incident(ACTIVATE, "", body, ttl_s)

    # ---- what the platform carried out --------------------------------------------------------

    def sent(self, key: str) -> Counter[str]:
        """Orders to crews that left the platform for this key: order_id -> how often."""
        rows = self.city.ledger("effect")
        mine = [e for e in rows if e["key"] == key and e["kind"] == "order" and not e["restored"]]
        return Counter(entry["ref"] for entry in mine)

    def posts(self, key: str) -> list[int]:
        """What was answered each time that it came."""
        return [entry["status"] for entry in self.city.ledger("order") if entry["key"] == key]

    def of(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        """The platform's incidents for this draft."""
        items = self.city.rest("/incidents?state=all")["items"]
        return [one for one in items if one["title"] == body["title"]]

    def known_at(self, desk: Desk, body: dict[str, Any]) -> str:
        """Waits until the desk has it; gives its incident_id."""

        def found() -> str | None:
            rows = desk.incidents().items()
            return next((i for i, row in rows if row[4] == body["title"]), None)

        return wait_for(found, LIMIT_S, "the desk has the incident")


def until(desk: Desk, order_id: str, *conditions: str, text: str = "") -> list[str]:
    def reached() -> list[str] | None:
        state = desk.order_states().get(order_id, ["", ""])
        return state if state[0] in conditions and text in state[1] else None

    try:
        return wait_for(reached, LIMIT_S, f"{conditions} {text}")
    except AssertionError:
        raise AssertionError(f"not {conditions}, {desk.order_states().get(order_id)}") from None


def journal_is_the_log(city: City, desk: Desk) -> None:
    """Every event of the platform's log since the desk came is in its journal, and no other."""

    def agrees() -> bool:
        rows = desk.journal("SELECT epoch, seq, incident_id FROM incident_events ORDER BY seq")
        epoch = city.rest("/incidents?state=open")["as_of"]["epoch"]
        items = city.rest(f"/incident-events?epoch={epoch}&from_seq=1&limit=2000")["items"]
        wanted = {(e["epoch"], e["seq"], e["incident"]["incident_id"]) for e in items}
        first = min((seq for _, seq, _ in rows), default=0)
        return set(rows) == {row for row in wanted if row[1] >= first}

    wait_for(agrees, LIMIT_S, "the journal is the platform's log of incidents")


def lists_agree(city: City, desk: Desk) -> None:
    """What the station shows open is the platform's open list, in the same state."""

    def agrees() -> bool:
        items = city.rest("/incidents?state=open")["items"]
        theirs = {one["incident_id"]: [one["epoch"], one["seq"]] for one in items}
        open_states = ("draft", "active", "standing_down")
        mine = {i: row[:2] for i, row in desk.incidents().items() if row[3] in open_states}
        return mine == theirs

    wait_for(agrees, LIMIT_S, "the station's open incidents are the platform's")
