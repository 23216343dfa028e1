"""Who can be sent, what is under way, and what citizens report."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from statistics import median

import numpy as np

from desktop.domain.duty import CITY_ZONE
from desktop.domain.emergency.incidents import Incident
from desktop.domain.outreach import ReceiptState
from desktop.standin.fleet import BUSY, OFFLINE, Fleet
from desktop.standin.generated.crews import VEHICLES
from desktop.standin.generated.rows import Unit
from desktop.standin.hotline import CATEGORIES
from desktop.standin.incidents.book import IncidentBook
from desktop.standin.metrics.sheet import Edges, Past, Sheet
from desktop.standin.tickets import TicketBook, people

UNIT_KINDS = ("vehicle", "officer", "team", "radio", "drone")
VEHICLE_KEYS = dict(zip(
    VEHICLES,
    ("sprinkler", "sweeper", "enforcement", "rescue", "pump", "patrol", "garbage", "lighting"),
    strict=True,
))  # fmt: skip
TEAM_KEYS = {"抽排班组": "drain", "井盖班组": "cover", "抢修班组": "repair", "照明班组": "lamp",
             "环卫班组": "sweep", "燃气抢险班组": "gas"}  # fmt: skip
TICKET_KEYS = dict(zip(
    (one.name for one in CATEGORIES),
    ("parking", "noise", "property", "stall", "garbage", "road", "lamp", "supply", "building",
     "greening", "drainage", "cover", "energy", "other"),
    strict=True,
))  # fmt: skip


class CrewMetrics:
    name, blocks, fresh_s, ready = "units", False, 2.0, True

    def __init__(self, fleet: Fleet, units: Sequence[Unit], districts: Sequence[str]) -> None:
        self._fleet, self._units, self._districts = fleet, units, districts
        self._district = [unit.district_id for unit in units]
        self._keys = [self._keys_of(unit) for unit in units]

    def present(self, at: datetime) -> Sheet:
        state = self._fleet.state
        sheet = Sheet(self._districts, f"units/{int(at.timestamp()) // 2}")
        more = {key for keys in self._keys for key in keys}
        ids = [f"unit.{what}.{key}" for key in more for what in ("on_duty", "busy", "total")]
        sheet.begin("unit.total", "unit.on_duty", "unit.idle", "unit.busy", "unit.offline", *ids)
        for number, keys in enumerate(self._keys):
            now, district = int(state[number]), self._district[number]
            sheet.add("unit.total", district)
            names = ["total"] + (["on_duty"] if now <= BUSY else [])
            names += ["busy"] if now == BUSY else []
            for name in names:
                for key in keys:
                    sheet.add(f"unit.{name}.{key}", district)
            if now <= BUSY:
                sheet.add("unit.on_duty", district)
                sheet.add("unit.busy" if now == BUSY else "unit.idle", district)
            elif now == OFFLINE:
                sheet.add("unit.offline", district)
        sheet.rate("unit.busy_rate", "unit.busy", "unit.on_duty")
        moving = float((self._fleet.speed_kmh > 1).sum())
        sheet.set("unit.moving", moving, sheet.get("unit.on_duty"))
        return sheet

    def past(self, wanted: Iterable[str], edges: Edges) -> Past:
        return {}

    @staticmethod
    def _keys_of(unit: Unit) -> tuple[str, ...]:
        for words in (VEHICLE_KEYS, TEAM_KEYS):
            found = next((key for word, key in words.items() if unit.name.startswith(word)), None)
            if found is not None:
                return str(unit.kind), found
        return (str(unit.kind),)


class IncidentMetrics:
    name, blocks, fresh_s, ready = "incidents", False, 1.0, True

    def __init__(self, book: IncidentBook, districts: Sequence[str]) -> None:
        self._book, self._districts = book, districts

    def present(self, at: datetime) -> Sheet:
        sheet = Sheet(self._districts, f"incidents/{self._book.epoch}/{self._book.seq}")
        first = at.astimezone(CITY_ZONE).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        every = self._book.all()
        running = [one for one in every if one.is_open and not one.drill]
        sheet.set("incident.open", float(len(running)))
        sheet.set("incident.drill", float(sum(one.is_open and one.drill for one in every)))
        month = [one for one in every if not one.drill and one.begun.at >= first]
        sheet.set("incident.month", float(len(month)))
        ages = [(at - one.clocks.get("T0", one.begun.at)).total_seconds() / 60 for one in running]
        sheet.set("incident.elapsed_min", max(ages, default=0.0), len(ages))
        ranks = [("I", "II", "III", "IV").index(str(one.level)) + 1 for one in running]
        sheet.set("incident.gravest", float(min(ranks, default=0)), len(ranks))
        self._orders(sheet, running)
        return sheet

    def past(self, wanted: Iterable[str], edges: Edges) -> Past:
        return {}

    def _orders(self, sheet: Sheet, running: list[Incident]) -> None:
        orders = [order for one in running for order in one.orders]
        said = {
            "accepted": (ReceiptState.ACCEPTED, ReceiptState.ON_SCENE, ReceiptState.DONE),
            "on_scene": (ReceiptState.ON_SCENE, ReceiptState.DONE),
            "declined": (ReceiptState.DECLINED,),
        }
        sheet.set("incident.orders", float(len(orders)))
        for name, states in said.items():
            count = sum(self._book.has_said(order.order_id, *states) for order in orders)
            sheet.set(f"incident.{name}", float(count), len(orders))


class TicketMetrics:
    """The last 24 hours, so that a morning is not compared with a day."""

    name, blocks, fresh_s, ready = "tickets", False, 10.0, True

    def __init__(self, book: TicketBook, districts: Sequence[str]) -> None:
        self._book, self._districts = book, districts

    def present(self, at: datetime) -> Sheet:
        book = self._book
        sheet = Sheet(self._districts, f"tickets/{len(book.tickets)}")
        day = at - timedelta(hours=24)
        midnight = at.astimezone(CITY_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
        sheet.begin("ticket.last_24h", "ticket.last_1h", "ticket.today", "ticket.open",
                    "ticket.done_24h", "ticket.overdue",
                    *(f"ticket.class.{key}" for key in TICKET_KEYS.values()))  # fmt: skip
        recent = [t for t in book.tickets if t.created_at >= day]
        for t in book.tickets:
            if t.status == "open":
                sheet.add("ticket.open", t.district_id)
                if t.created_at < day:
                    sheet.add("ticket.overdue", t.district_id)
            elif t.updated_at >= day:
                sheet.add("ticket.done_24h", t.district_id)
        for t in recent:
            sheet.add("ticket.last_24h", t.district_id)
            sheet.add(f"ticket.class.{TICKET_KEYS.get(t.category, 'other')}", t.district_id)
            if t.created_at >= midnight:
                sheet.add("ticket.today", t.district_id)
            if t.created_at >= at - timedelta(hours=1):
                sheet.add("ticket.last_1h", t.district_id)
        sheet.set("ticket.people_24h", float(people(recent)), len(recent))
        waits = [(t.updated_at - t.created_at).total_seconds() / 3600 for t in book.tickets
                 if t.status == "done" and t.updated_at >= day]  # fmt: skip
        sheet.set("ticket.answer_h", median(waits) if waits else None, len(waits))
        return sheet

    def past(self, wanted: Iterable[str], edges: Edges) -> Past:
        """The book keeps 48 hours: of these the count of each day is real."""
        made = np.array([t.created_at.timestamp() for t in self._book.tickets])
        if not len(made) or "ticket.last_24h" not in wanted:
            return {}
        high, low = (np.searchsorted(made, edges - back, side="right") for back in (0, 86_400))
        values = (high - low).astype(float)
        values[edges < made[0] + 86_400] = np.nan
        return {("ticket.last_24h", "city"): values}
