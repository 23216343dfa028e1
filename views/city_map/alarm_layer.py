"""The open alarms on their way from the store to the page."""

from PySide6.QtCore import QObject, Signal

from desktop.context import RoomContext
from desktop.domain.alarms import Alarm, AlarmState
from desktop.stores.keyed import Delta
from desktop.stores.throttle import Throttle
from views.city_map.marks import AlarmSheet, alarm_mark
from views.city_map.publishing import Publisher

TOLD_AT_MOST_MS = 250  # the list is the quick one: a page that draws 500 marks anew takes a core


class AlarmLayer(QObject):
    """Each alarm is encoded once; an event costs only its own mark."""

    changed = Signal()

    def __init__(self, room: RoomContext, publisher: Publisher, parent: QObject) -> None:
        super().__init__(parent)
        self._room, self._publisher = room, publisher
        self._sheet = AlarmSheet()
        self._states = self._state_words()
        self._telling = Throttle(self._tell, TOLD_AT_MOST_MS, self)
        room.alarms.changed.connect(self._on_alarms)
        room.points.changed.connect(self.retell)

    def __len__(self) -> int:
        return len(self._sheet)

    def retell(self) -> None:
        for alarm in self._room.alarms.items().values():
            self._put(alarm)
        self._publisher.json("alarms", self._sheet.body())

    def _on_alarms(self, delta: Delta) -> None:
        for alarm_id in (*delta.added, *delta.updated):
            if (alarm := self._room.alarms.get(alarm_id)) is not None:
                self._put(alarm)
        for alarm_id in delta.removed:
            self._sheet.drop(alarm_id)
        self._telling.call()

    def _tell(self) -> None:
        self._publisher.json("alarms", self._sheet.body())
        self.changed.emit()

    def _put(self, alarm: Alarm) -> None:
        point = self._room.points.get(alarm.point_id)
        place = point.name if point else alarm.detail.partition("\n")[0]
        self._sheet.put(alarm.alarm_id, alarm_mark(alarm, place, self._states.get(alarm.state, "")))

    def _state_words(self) -> dict[AlarmState, str]:
        return {
            AlarmState.ACTIVE_UNACKED: self.tr("未确认"),
            AlarmState.ACTIVE_ACKED: self.tr("已确认"),
            AlarmState.RTN_UNACKED: self.tr("恢复未确认"),
            AlarmState.LATCHED: self.tr("已恢复 待复位"),
            AlarmState.SHELVED: self.tr("已搁置"),
            AlarmState.SUPPRESSED: self.tr("已抑制"),
            AlarmState.OUT_OF_SERVICE: self.tr("已停用"),
            AlarmState.RTN_OPEN: self.tr("已恢复 处置中"),
        }
