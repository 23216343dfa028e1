"""What a flood costs the window: 1,000 new alarms into a list of 10,000, store and model."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QAbstractListModel, QModelIndex
from PySide6.QtWidgets import QApplication

from desktop.domain.alarms import Alarm, Condition
from desktop.domain.levels import WarningLevel
from desktop.stores.alarms import AlarmStore
from desktop.stores.registers import Register
from views.alarm_desk.model import AlarmListModel

OPEN, NEW, PER_TURN, ROUNDS = 10_000, 1_000, 100, 5
_BEGIN = datetime(2026, 7, 17, 12, tzinfo=UTC)
_LEVELS = (WarningLevel.BLUE,) * 8 + (WarningLevel.YELLOW, WarningLevel.ORANGE)


class _Floor(QAbstractListModel):
    """The least there is: a dict and one insert for each turn."""

    def __init__(self) -> None:
        super().__init__()
        self._items: dict[str, Alarm] = {}

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return len(self._items)

    def data(self, index: QModelIndex, role: int = 0) -> None:
        return None

    def take(self, alarms: list[Alarm]) -> None:
        self.beginInsertRows(QModelIndex(), 0, len(alarms) - 1)
        self._items |= {alarm.alarm_id: alarm for alarm in alarms}
        self.endInsertRows()


def measure() -> dict[str, object]:
    """Milliseconds for NEW alarms in turns of PER_TURN, and the longest turn; best of ROUNDS."""
    app = QApplication.instance() or QApplication([])
    floor_ms, floor_turn_ms = min(_time(_Floor().take) for _ in range(ROUNDS))
    ours_ms, ours_turn_ms = min(_time(_desk()) for _ in range(ROUNDS))
    del app
    return {
        "store_and_model_ms_per_1000": round(ours_ms, 1),
        "longest_turn_ms": round(ours_turn_ms, 1),
        "floor_ms_per_1000": round(floor_ms, 2),
        "floor_longest_turn_ms": round(floor_turn_ms, 2),
        "ratio": round(ours_ms / floor_ms, 1),
    }


def _desk() -> Callable[[list[Alarm]], None]:
    store = AlarmStore()
    model = AlarmListModel(store, Register())

    def take(alarms: list[Alarm]) -> None:
        for alarm in alarms:
            store.put(alarm.alarm_id, alarm)
        store.flush()
        model.rowCount()  # keeps the model alive as long as the store

    return take


def _time(take: Callable[[list[Alarm]], None]) -> tuple[float, float]:
    take([_alarm(number) for number in range(OPEN)])
    fresh = [_alarm(number) for number in range(OPEN, OPEN + NEW)]
    turns = []
    for start in range(0, NEW, PER_TURN):
        began = time.perf_counter()
        take(fresh[start : start + PER_TURN])
        turns.append((time.perf_counter() - began) * 1e3)
    return sum(turns), max(turns)


def _alarm(number: int) -> Alarm:
    at = _BEGIN + timedelta(milliseconds=number * 7 % 600_000)
    return Alarm(
        alarm_id=f"a{number}",
        revision=1,
        epoch="e",
        seq=number,
        class_id="manhole",
        level=_LEVELS[number % len(_LEVELS)],
        condition=Condition.ACTIVE,
        title="井盖位移",
        raised_at=at,
        updated_at=at,
    )
