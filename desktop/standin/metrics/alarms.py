"""Alarms by level, class, district; what came, was answered and ended today."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from desktop.domain.alarms import Alarm, AlarmEvent, Condition, Verification, needs_acknowledgement
from desktop.domain.duty import CITY_ZONE
from desktop.domain.levels import WarningLevel
from desktop.standin.alarm_book import AlarmBook
from desktop.standin.catalogue import alarm_class, alarm_classes
from desktop.standin.metrics.sheet import Edges, Past, Sheet

_KINDS = {"raised": "alarm.raised_today", "cleared": "alarm.cleared_today",
          "acknowledged": "alarm.acked_today", "shelved": "alarm.shelved_today",
          "closed": "alarm.closed_today"}  # fmt: skip
_COUNTED = (
    "alarm.open", *(f"alarm.open.{level}" for level in WarningLevel), "alarm.active",
    "alarm.returned", "alarm.unacked", *(f"alarm.unacked.{level}" for level in WarningLevel),
    "alarm.overdue_ack", "alarm.shelved", "alarm.pending", "alarm.with_case", "alarm.latched",
    "alarm.repeated", "alarm.silent_source", "alarm.raised_1h", "alarm.raised_10min",
    *_KINDS.values(), "alarm.rejected_today", "alarm.ack_in_time_count",
)  # fmt: skip
_ONLY_INSIDE = {"alarm.ack_in_time_count", "alarm.closed_today"}


@dataclass(frozen=True)
class _Event:
    at: datetime
    kind: str
    class_id: str
    district: str | None
    waited_s: float | None  # from raised to acknowledged
    in_time: bool


class AlarmMetrics:
    """Reads the book on the loop; each event once."""

    name, blocks, fresh_s, ready = "alarms", False, 1.0, True

    def __init__(self, book: AlarmBook, districts: Sequence[str]) -> None:
        self._book, self._districts = book, districts
        self._seen, self._today, self._day = 0, list[_Event](), datetime.min.date()
        self._classes = [row.class_id for row in alarm_classes()]

    def present(self, at: datetime) -> Sheet:
        sheet = Sheet(self._districts, f"alarms/{self._book.epoch}/{self._book.seq}")
        by_class = [f"alarm.{kind}.{one}" for kind in ("class", "raised") for one in self._classes]
        sheet.begin(*_COUNTED, *by_class)
        alarms = self._book.open_alarms()
        for alarm in alarms:
            _count(sheet, alarm, at)
        self._read_log(at)
        for event in self._today:
            self._count_event(sheet, event, at)
        self._times(sheet, alarms, at)
        for name in _ONLY_INSIDE:
            for scope in ("city", *self._districts):
                sheet.values.pop((name, scope), None)
        return sheet

    def past(self, wanted: Iterable[str], edges: Edges) -> Past:
        return {}

    def _read_log(self, at: datetime) -> None:
        day = at.astimezone(CITY_ZONE).date()
        if day != self._day:
            self._day = day
            self._today = [e for e in self._today if e.at.astimezone(CITY_ZONE).date() == day]
        for event in self._book.log[self._seen :]:
            if event.at.astimezone(CITY_ZONE).date() == day:
                self._today.append(_read(event))
        self._seen = len(self._book.log)

    def _count_event(self, sheet: Sheet, event: _Event, at: datetime) -> None:
        if name := _KINDS.get(event.kind):
            sheet.add(name, event.district)
        if event.kind == "raised":
            sheet.add(f"alarm.raised.{event.class_id}", event.district)
            for minutes, name in ((60, "alarm.raised_1h"), (10, "alarm.raised_10min")):
                if event.at >= at - timedelta(minutes=minutes):
                    sheet.add(name, event.district)
        elif event.kind == "rejected":
            sheet.add("alarm.rejected_today", event.district)
        elif event.kind == "acknowledged" and event.in_time:
            sheet.add("alarm.ack_in_time_count", event.district)

    def _times(self, sheet: Sheet, alarms: list[Alarm], at: datetime) -> None:
        waits = [e.waited_s for e in self._today if e.waited_s is not None]
        sheet.set("alarm.ack_median_s", median(waits) if waits else None, len(waits))
        sheet.rate("alarm.ack_in_time_rate", "alarm.ack_in_time_count", "alarm.acked_today")
        open_since = [a.raised_at for a in alarms if needs_acknowledgement(a)]
        oldest = (at - min(open_since)).total_seconds() / 60 if open_since else 0.0
        sheet.set("alarm.oldest_unacked_min", oldest, len(open_since))
        places = Counter(a.point_id or a.asset_id for a in alarms)
        sheet.set("alarm.places", float(len(places)), len(alarms))


def _read(event: AlarmEvent) -> _Event:
    alarm, waited = event.alarm, None
    if event.kind == "acknowledged" and alarm.ack is not None:
        waited = max((alarm.ack.at - alarm.raised_at).total_seconds(), 0.0)
    limit = _limit_s(alarm)
    return _Event(
        event.at, event.kind, alarm.class_id, alarm.district_id, waited,
        waited is not None and (limit is None or waited <= limit),
    )  # fmt: skip


def _limit_s(alarm: Alarm) -> float | None:
    try:
        return alarm_class(alarm.class_id).acknowledge_within_s.get(alarm.level)
    except KeyError:
        return None


def _count(sheet: Sheet, alarm: Alarm, at: datetime) -> None:
    waits = needs_acknowledgement(alarm)
    limit = _limit_s(alarm)
    late = waits and limit is not None and (at - alarm.raised_at).total_seconds() > limit
    facts = {
        "alarm.open": True, f"alarm.open.{alarm.level}": True,
        f"alarm.class.{alarm.class_id}": True,
        "alarm.active": alarm.condition is Condition.ACTIVE,
        "alarm.returned": alarm.condition is Condition.RTN,
        "alarm.unacked": waits, f"alarm.unacked.{alarm.level}": waits,
        "alarm.overdue_ack": late, "alarm.shelved": alarm.suppression == "shelved",
        "alarm.pending": alarm.verification is Verification.PENDING,
        "alarm.with_case": alarm.case_id is not None, "alarm.latched": alarm.latched,
        "alarm.repeated": alarm.occurrences > 1, "alarm.silent_source": alarm.quality == "stale",
    }  # fmt: skip
    for name, holds in facts.items():
        if holds:
            sheet.add(name, alarm.district_id)
