"""A city of paper for the rules of incidents: its clock is set by hand, there is no broker."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from desktop.domain.alarms import Alarm
from desktop.domain.emergency.plans import Plan
from desktop.standin.accounts import PEOPLE, Signed
from desktop.standin.catalogue import CityCatalogue
from desktop.standin.city import City, Draft
from desktop.standin.fleet import Fleet
from desktop.standin.generated.rows import Unit
from desktop.standin.incidents.commands import Command
from desktop.standin.incidents.desk import IncidentDesk
from desktop.standin.incidents.surroundings import CitySurroundings
from desktop.standin.ledger import Ledger
from desktop.standin.plans import city_plans

START = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)


@dataclass
class Sent:
    done: bool = True

    def is_published(self) -> bool:
        return self.done


@dataclass
class Post:
    """Keeps what would go to the broker; `takes`: whether the broker acknowledges."""

    takes: bool = True
    said: list[tuple[str, Any]] = field(default_factory=list)

    def raw(self, topic: str, payload: bytes, qos: int = 0, retain: bool = False) -> Sent:
        self.said.append((topic.split("/", 2)[2], msgspec.json.decode(payload)))
        return Sent(self.takes)

    def of(self, start: str) -> list[Any]:
        return [facts for topic, facts in self.said if topic.startswith(start)]


def signed(username: str, seat_id: str = "seat-1", confirmed: bool = True) -> Signed:
    person = next(one for one in PEOPLE if one.username == username)
    return Signed(person, seat_id, confirmed)


class PaperDesk:
    """An incident desk on a folder; `restart` is a new platform on the same folder."""

    def __init__(self, folder: Path, whole: CityCatalogue, post: Post | None = None) -> None:
        self.folder, self._whole = folder, whole
        self.now = START
        self.city = City(1, now=lambda: self.now, places=whole)
        self.post = post or Post()
        self._open()

    def _open(self) -> None:
        self.fleet = Fleet(self._whole.city, self._whole.units, seed=1)
        self.ledger = Ledger(self.folder / "ledger.jsonl")
        known = CitySurroundings(self.city, self._whole, self.plan, self.check)
        self.desk = IncidentDesk(self.folder, known, self.fleet, self.ledger, self.post)
        self.desk.settings.manners = {"*": "quick"}
        self.desk.begin()
        self._count = 0

    def plan(self, plan_id: str) -> Plan | None:
        return city_plans().get(plan_id)

    def check(self, person_id: str) -> None:
        pass

    def restart(self) -> None:
        self.close()
        self._open()

    def close(self) -> None:
        self.desk.book.close()
        self.ledger.close()

    def pass_s(self, seconds: float, step_s: float = 1.0) -> None:
        """Lets the city's time and the crews' go on."""
        for _ in range(round(seconds / step_s)):
            self.now += timedelta(seconds=step_s)
            self.fleet.step(step_s, self.now)
            self.desk.tick(step_s)

    def alarm(self) -> Alarm:
        self._count += 1
        point = self._whole.point("SW-0417")
        level = next(iter(point.thresholds)).level
        return self.city.raise_alarm(Draft(point, level, "积水", condition=f"{self._count}"))

    def units(self, count: int) -> list[Unit]:
        return [unit for unit in self._whole.units if unit.kind == "vehicle"][:count]

    def draft(self, count: int = 2, **more: Any) -> dict[str, Any]:
        alarm = self.alarm()
        orders = [
            {"unit_id": unit.unit_id, "task_id": "drain", "task": "抽排", "place": "下穿",
             "site_id": alarm.alarm_id, "lon": alarm.lon_deg, "lat": alarm.lat_deg,
             "eta_min": 5.0, "within_min": 20.0}
            for unit in self.units(count)
        ]  # fmt: skip
        return {"plan_id": "flood", "level": "III", "drill": False, "title": "积水",
                "alarm_ids": [alarm.alarm_id], "orders": orders, "t0": self.now.isoformat(),
                "scene_id": "flood", "bookmarks": []} | more  # fmt: skip

    def give(
        self, verb: str, body: Any, by: Signed, incident: Any = None, part: str = "", key: str = ""
    ) -> dict[str, Any]:
        """Carries one command out. Raises Problem."""
        self._count += 1
        raw = msgspec.json.encode(body)
        command = Command(
            f"incident.{verb}", incident["incident_id"] if incident else "", raw,
            key or f"k-{self.folder.name}-{self._count}-{len(self.desk.book.log)}", by,
            incident["revision"] if incident else None, part,
        )  # fmt: skip
        return msgspec.json.decode(bytes(self.desk.commands.carry_out(command).body))

    def seen(self, incident: Any) -> dict[str, Any]:
        return msgspec.to_builtins(self.desk.book.get(incident["incident_id"]))
