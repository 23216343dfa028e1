"""The open alarms, as the platform last told them."""

from collections import Counter
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, Signal

from desktop.domain.alarms import Alarm, AlarmEvent, AlarmState, supersedes
from desktop.domain.levels import WarningLevel
from desktop.stores.keyed import KeyedStore

INTERVAL_MS = 50
CLOSED_KEPT = 5_000
WAITING = frozenset({AlarmState.ACTIVE_UNACKED, AlarmState.RTN_UNACKED})


class AlarmStore(KeyedStore[Alarm]):
    """Open alarms by alarm_id. Older revisions and duplicates change nothing."""

    event_arrived = Signal(object)  # AlarmEvent, once each, also for alarms that close

    def __init__(self, parent: QObject | None = None, interval_ms: int = INTERVAL_MS) -> None:
        super().__init__(parent, interval_ms)
        self._closed: dict[str, Alarm] = {}  # the last that closed: a late event opens none again
        # Kept with each change: with 10,000 open alarms nobody counts them all over.
        self._levels: Counter[WarningLevel] = Counter()
        self._states: Counter[AlarmState] = Counter()
        self._waiting: dict[str, WarningLevel] = {}

    def merge(self, events: Iterable[AlarmEvent]) -> None:
        """Takes committed events in the order of the log."""
        for event in events:
            self._put_newer(event.alarm)
            self.event_arrived.emit(event)

    def replace_open(self, alarms: Iterable[Alarm]) -> None:
        """The link's complete snapshot stands for everything known before."""
        self.replace_all((alarm.alarm_id, alarm) for alarm in alarms if alarm.is_open)

    def last_known(self, alarm_id: str) -> Alarm | None:
        """Open, or closed not long ago: what has just ended can still be read."""
        return self._items.get(alarm_id) or self._closed.get(alarm_id)

    def counts_by_level(self) -> Counter[WarningLevel]:
        return +self._levels

    def counts_by_state(self) -> Counter[AlarmState]:
        return +self._states

    def waiting(self) -> Mapping[str, WarningLevel]:
        """Level of each alarm that needs an acknowledgement; a live view."""
        return self._waiting

    def unacknowledged_by_level(self) -> Counter[WarningLevel]:
        return Counter(self._waiting.values())

    def _replace(self, key: str, item: Alarm | None) -> None:
        old = self._items.get(key)
        if old is not None:
            self._levels[old.level] -= 1
            self._states[old.state] -= 1
            self._waiting.pop(key, None)
        if item is not None:
            state = item.state
            self._levels[item.level] += 1
            self._states[state] += 1
            if state in WAITING:
                self._waiting[key] = item.level
        super()._replace(key, item)

    def _put_newer(self, alarm: Alarm) -> None:
        key = alarm.alarm_id
        if not supersedes(alarm, self._items.get(key) or self._closed.get(key)):
            return
        self._closed.pop(key, None)
        if alarm.is_open:
            self._replace(key, alarm)
            return
        self._closed[key] = alarm
        if len(self._closed) > CLOSED_KEPT:
            del self._closed[next(iter(self._closed))]
        if key in self._items:
            self._replace(key, None)
