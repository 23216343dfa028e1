"""The platform's alarms: their present state and the gap-free log of every event."""

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from desktop.domain import alarm_lifecycle
from desktop.domain.alarms import Alarm, AlarmEvent, Suppression
from desktop.domain.levels import WarningLevel
from desktop.ids import ulid

Listener = Callable[[AlarmEvent], None]


class UnknownAlarm(KeyError):
    """No alarm has this id."""


class AlarmBook:
    """Owns the state of all alarms. One thread: the loop's. `seq` starts at 1 in each epoch."""

    def __init__(self) -> None:
        self.epoch = ulid()
        self.log: list[AlarmEvent] = []
        self._alarms: dict[str, Alarm] = {}
        self._open: dict[str, Alarm] = {}
        self._shelved: dict[str, Alarm] = {}
        self._history: dict[str, list[AlarmEvent]] = {}
        self._by_condition: dict[str, str] = {}  # condition_key -> alarm_id of the open one
        self._listeners: list[Listener] = []

    @property
    def seq(self) -> int:
        return len(self.log)

    def on_event(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def open_alarms(self) -> list[Alarm]:
        return list(self._open.values())

    @property
    def open_count(self) -> int:
        return len(self._open)

    def shelved_alarms(self) -> list[Alarm]:
        return list(self._shelved.values())

    def open_at(self, point_id: str) -> list[Alarm]:
        """The open alarms of one point."""
        return [alarm for alarm in self._open.values() if alarm.point_id == point_id]

    def get(self, alarm_id: str) -> Alarm:
        """Raises UnknownAlarm."""
        try:
            return self._alarms[alarm_id]
        except KeyError:
            raise UnknownAlarm(alarm_id) from None

    def history(self, alarm_id: str) -> list[AlarmEvent]:
        """Oldest first. Raises UnknownAlarm."""
        self.get(alarm_id)
        return list(self._history[alarm_id])

    def events_from(self, from_seq: int, limit: int) -> list[AlarmEvent]:
        """Events with from_seq <= seq, at most `limit`."""
        start = max(from_seq, 1) - 1
        return self.log[start : start + limit]

    def find_open(self, condition_key: str) -> Alarm | None:
        alarm_id = self._by_condition.get(condition_key)
        return self._alarms[alarm_id] if alarm_id else None

    def raise_alarm(self, draft: Alarm) -> Alarm:
        """A new instance, or one more occurrence of the open one with the same condition."""
        known = self.find_open(draft.condition_key)
        if known is not None:
            again = alarm_lifecycle.raise_again(
                known, draft.raised_at, draft.value, draft.level, draft.title, draft.detail
            )
            return self._record("raised_again", draft.raised_at, again)
        return self._record("raised", draft.raised_at, draft)

    def update(
        self,
        alarm_id: str,
        at: datetime,
        level: WarningLevel,
        value: float | None,
        title: str,
        detail: str,
    ) -> Alarm:
        old = self.get(alarm_id)
        new = alarm_lifecycle.update(old, at, level, value, title, detail)
        kind = "updated" if level is old.level else "level_changed"
        return self._record(kind, at, new)

    def apply(self, alarm_id: str, kind: str, at: datetime, new: Alarm) -> Alarm:
        """Records a transition that alarm_lifecycle has computed from get(alarm_id)."""
        assert self.get(alarm_id).revision + 1 == new.revision
        return self._record(kind, at, new)

    def clear(self, alarm_id: str, at: datetime) -> Alarm:
        return self.apply(alarm_id, "cleared", at, alarm_lifecycle.clear(self.get(alarm_id), at))

    def acknowledge(self, alarm_id: str, at: datetime, by: str, note: str = "") -> Alarm:
        """Raises UnknownAlarm, TransitionRefused(already_acknowledged)."""
        new = alarm_lifecycle.acknowledge(self.get(alarm_id), at, by, note)
        return self.apply(alarm_id, "acknowledged", at, new)

    def _record(self, kind: str, at: datetime, alarm: Alarm) -> Alarm:
        alarm = replace(alarm, epoch=self.epoch, seq=self.seq + 1)
        self._alarms[alarm.alarm_id] = alarm
        if alarm.is_open:
            self._open[alarm.alarm_id] = alarm
            self._by_condition[alarm.condition_key] = alarm.alarm_id
        else:
            self._open.pop(alarm.alarm_id, None)
            if self._by_condition.get(alarm.condition_key) == alarm.alarm_id:
                del self._by_condition[alarm.condition_key]
        if alarm.suppression is Suppression.SHELVED:
            self._shelved[alarm.alarm_id] = alarm
        else:
            self._shelved.pop(alarm.alarm_id, None)
        event = AlarmEvent(self.epoch, alarm.seq, kind, at, alarm)
        self.log.append(event)
        self._history.setdefault(alarm.alarm_id, []).append(event)
        for listener in self._listeners:
            listener(event)
        return alarm
