"""What a message costs the window: one signal per interval against one signal per message."""

import time
from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QTableView

from desktop.stores.keyed import Delta, KeyedStore

ROWS, MESSAGES = 3_000, 4_000
MESSAGES_PER_S = 2_000  # the storm
TURN_S = 0.01


class _Table(QAbstractTableModel):
    """Rows of a store; tells the view about each changed row."""

    def __init__(self, store: KeyedStore[str]) -> None:
        super().__init__()
        self._store = store
        self._rows = {key: row for row, key in enumerate(store)}
        self.signals = 0
        store.changed.connect(self._on_changed)

    def _on_changed(self, delta: Delta) -> None:
        self.signals += 1
        for key in delta.updated:
            index = self.index(self._rows[key], 0)
            self.dataChanged.emit(index, index)

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return len(self._rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 4

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        return str(index.row()) if role == Qt.ItemDataRole.DisplayRole else None


def measure() -> dict[str, object]:
    """Processor time per message in a storm, with a table of ROWS rows on screen."""
    app = QApplication.instance() or QApplication([])
    loop_us, _ = _cost(app, lambda store, key, item: None)
    each_us, each_signals = _cost(app, _put_and_speak)
    ours_us, ours_signals = _cost(app, KeyedStore.put)
    return {
        "coalesced_us_per_msg": round(ours_us - loop_us, 1),
        "each_us_per_msg": round(each_us - loop_us, 1),
        "ratio": round((each_us - loop_us) / (ours_us - loop_us), 1),
        "coalesced_signals": ours_signals,
        "each_signals": each_signals,
        "empty_loop_us_per_msg": round(loop_us, 1),
    }


def _put_and_speak(store: KeyedStore[str], key: str, item: str) -> None:
    store.put(key, item)
    store.flush()


def _cost(app: QApplication, put: Callable[[KeyedStore[str], str, str], None]) -> tuple[float, int]:
    store = KeyedStore[str]()
    for number in range(ROWS):
        store.put(str(number), "0")
    store.flush()
    table = _Table(store)
    view = QTableView()
    view.setModel(table)
    view.resize(800, 900)
    view.show()
    app.processEvents()
    start_cpu_s, due_s = time.process_time(), time.monotonic()
    for number in range(MESSAGES):
        put(store, str(number * 7 % ROWS), str(number))
        if number % round(MESSAGES_PER_S * TURN_S) == 0:
            due_s += TURN_S
            app.processEvents()
            time.sleep(max(0.0, due_s - time.monotonic()))
    store.flush()
    app.processEvents()
    cost_us = (time.process_time() - start_cpu_s) / MESSAGES * 1e6
    view.close()
    return cost_us, table.signals
