"""The open alarms, as the platform last told them."""

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import Signal

from desktop.domain.alarms import Alarm, AlarmEvent, needs_acknowledgement, supersedes
from desktop.domain.levels import WarningLevel
from desktop.stores.keyed import KeyedStore


class AlarmStore(KeyedStore[Alarm]):
    """Open alarms by alarm_id. Older revisions and duplicates change nothing."""

    event_arrived = Signal(object)  # AlarmEvent, once each, also for alarms that close

    def merge(self, events: Iterable[AlarmEvent]) -> None:
        """Takes committed events in the order of the log."""
        for event in events:
            self._put_newer(event.alarm)
            self.event_arrived.emit(event)

    def replace_open(self, alarms: Iterable[Alarm]) -> None:
        """The link's complete snapshot stands for everything known before."""
        self.replace_all((alarm.alarm_id, alarm) for alarm in alarms if alarm.is_open)

    def counts_by_level(self) -> Counter[WarningLevel]:
        return Counter(alarm.level for alarm in self._items.values())

    def unacknowledged_by_level(self) -> Counter[WarningLevel]:
        return Counter(a.level for a in self._items.values() if needs_acknowledgement(a))

    def _put_newer(self, alarm: Alarm) -> None:
        if not supersedes(alarm, self._items.get(alarm.alarm_id)):
            return
        if alarm.is_open:
            self._replace(alarm.alarm_id, alarm)
        elif alarm.alarm_id in self._items:
            self._replace(alarm.alarm_id, None)
