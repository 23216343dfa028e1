"""What was raised in the last hours, also what has closed since: for rates and the strip."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec
from PySide6.QtCore import QObject

from desktop.clock import Clock
from desktop.domain.alarms import Alarm, AlarmEvent, AlarmState
from desktop.domain.levels import WarningLevel
from desktop.stores.alarms import AlarmStore
from desktop.stores.keyed import Delta

KEPT = timedelta(hours=12)
KEPT_AT_MOST = 20_000
CELL_S = 60


class Raised(msgspec.Struct, frozen=True, gc=False):
    """Of an alarm what a strip draws: a whole one is five times as large, and here are 20,000."""

    alarm_id: str
    raised_at: datetime
    level: WarningLevel
    state: AlarmState
    title: str


class RaisedLog(QObject):
    """Alarms by alarm_id as they were last known; before `since` only open ones are known."""

    def __init__(self, alarms: AlarmStore, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = alarms
        self._clock = clock
        self._alarms: dict[str, Raised] = {}
        # minute -> level -> alarm_ids: rates and the strip read these, not every alarm
        self._cells: dict[int, dict[WarningLevel, dict[str, None]]] = {}
        for alarm in alarms.items().values():
            self._put(alarm)
        self.since = clock.now()
        alarms.changed.connect(self._take_delta)
        alarms.event_arrived.connect(self._take_event)

    def alarms(self) -> Mapping[str, Raised]:
        self._prune()
        return self._alarms

    def raised_within(self, span: timedelta) -> int:
        first = self._clock.now() - span
        edge = _cell(first)
        whole = sum(
            len(ids)
            for cell, levels in self._cells.items()
            if cell > edge
            for ids in levels.values()
        )
        at_edge = (i for ids in self._cells.get(edge, {}).values() for i in ids)
        return whole + sum(self._alarms[alarm_id].raised_at > first for alarm_id in at_edge)

    def strip(self) -> list[tuple[Raised, int]]:
        """Per minute and level one alarm, and for how many it stands."""
        self._prune()
        return [
            (self._alarms[next(reversed(ids))], len(ids))
            for levels in self._cells.values()
            for ids in levels.values()
        ]

    def get(self, alarm_id: str) -> Raised | None:
        return self._alarms.get(alarm_id)

    def counts(self, step: timedelta) -> list[tuple[datetime, int]]:
        """Start of each step within the kept hours and how many were raised in it.

        `step`: whole minutes.
        """
        first = self._clock.now() - KEPT
        counts: dict[int, int] = {}
        for cell, levels in self._cells.items():
            if (cell + 1) * CELL_S > first.timestamp():
                index = int(cell * CELL_S // step.total_seconds())
                counts[index] = counts.get(index, 0) + sum(map(len, levels.values()))
        zone = first.tzinfo
        return [
            (datetime.fromtimestamp(index * step.total_seconds(), zone), count)
            for index, count in sorted(counts.items())
        ]

    def _take_event(self, event: AlarmEvent) -> None:
        self._put(event.alarm)

    def _take_delta(self, delta: Delta) -> None:
        for alarm_id in (*delta.added, *delta.updated):
            alarm = self._store.get(alarm_id)
            if alarm is not None:
                self._put(alarm)
        if len(self._alarms) > KEPT_AT_MOST:
            self._prune()

    def _prune(self) -> None:
        first = self._clock.now() - KEPT
        edge = _cell(first)
        old = [
            alarm_id
            for cell, levels in self._cells.items()
            if cell <= edge
            for ids in levels.values()
            for alarm_id in ids
            if self._alarms[alarm_id].raised_at < first
        ]
        for alarm_id in old:
            self._drop(alarm_id)
        if (excess := len(self._alarms) - KEPT_AT_MOST) > 0:
            for alarm_id in list(self._alarms)[:excess]:
                self._drop(alarm_id)

    def _put(self, alarm: Alarm) -> None:
        old = self._alarms.get(alarm.alarm_id)
        if old is not None and (old.raised_at, old.level) != (alarm.raised_at, alarm.level):
            self._leave_cell(old)
        self._alarms[alarm.alarm_id] = Raised(
            alarm.alarm_id, alarm.raised_at, alarm.level, alarm.state, alarm.title
        )
        levels = self._cells.setdefault(_cell(alarm.raised_at), {})
        levels.setdefault(alarm.level, {})[alarm.alarm_id] = None

    def _drop(self, alarm_id: str) -> None:
        self._leave_cell(self._alarms.pop(alarm_id))

    def _leave_cell(self, alarm: Raised) -> None:
        cell = _cell(alarm.raised_at)
        levels = self._cells[cell]
        del levels[alarm.level][alarm.alarm_id]
        if not levels[alarm.level]:
            del levels[alarm.level]
        if not levels:
            del self._cells[cell]


def _cell(at: datetime) -> int:
    return int(at.timestamp() // CELL_S)
