"""What was raised in the last hours, also what has closed since: for rates and the strip."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from PySide6.QtCore import QObject

from desktop.clock import Clock
from desktop.domain.alarms import Alarm, AlarmEvent
from desktop.stores.alarms import AlarmStore
from desktop.stores.keyed import Delta

KEPT = timedelta(hours=12)
KEPT_AT_MOST = 20_000


class RaisedLog(QObject):
    """Alarms by alarm_id in their last known form; before `since` only open ones are known."""

    def __init__(self, alarms: AlarmStore, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = alarms
        self._clock = clock
        self._alarms: dict[str, Alarm] = dict(alarms.items())
        self.since = clock.now()
        alarms.changed.connect(self._take_delta)
        alarms.event_arrived.connect(self._take_event)

    def alarms(self) -> Mapping[str, Alarm]:
        self._prune()
        return self._alarms

    def raised_within(self, span: timedelta) -> int:
        first = self._clock.now() - span
        return sum(1 for alarm in self._alarms.values() if alarm.raised_at > first)

    def counts(self, step: timedelta) -> list[tuple[datetime, int]]:
        """Start of each step within the kept hours and how many were raised in it."""
        first = self._clock.now() - KEPT
        counts: dict[int, int] = {}
        for alarm in self._alarms.values():
            if alarm.raised_at > first:
                index = int(alarm.raised_at.timestamp() // step.total_seconds())
                counts[index] = counts.get(index, 0) + 1
        zone = first.tzinfo
        return [
            (datetime.fromtimestamp(index * step.total_seconds(), zone), count)
            for index, count in sorted(counts.items())
        ]

    def _take_event(self, event: AlarmEvent) -> None:
        self._alarms[event.alarm.alarm_id] = event.alarm

    def _take_delta(self, delta: Delta) -> None:
        for alarm_id in (*delta.added, *delta.updated):
            alarm = self._store.get(alarm_id)
            if alarm is not None:
                self._alarms[alarm_id] = alarm
        if len(self._alarms) > KEPT_AT_MOST:
            self._prune()

    def _prune(self) -> None:
        first = self._clock.now() - KEPT
        old = [k for k, alarm in self._alarms.items() if alarm.raised_at < first]
        for alarm_id in old:
            del self._alarms[alarm_id]
        for alarm_id in list(self._alarms)[: max(0, len(self._alarms) - KEPT_AT_MOST)]:
            del self._alarms[alarm_id]
