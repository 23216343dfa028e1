"""The processes of this command center, as last looked at; only while somebody watches."""

from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal


class ProcessRow(NamedTuple):
    """`starts`: how often the supervisor has started it; None where it does not watch it."""

    name: str
    pid: int
    memory_mb: float
    cpu_percent: float
    starts: int | None = None


class ProcessState(QObject):
    """`watch` is asked by who shows them, the shell then looks each few seconds."""

    changed = Signal()
    watched = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[ProcessRow, ...] = ()
        self.seen_at: datetime | None = None

    def watch(self, wanted: bool) -> None:
        self.watched.emit(wanted)

    def put(self, rows: tuple[ProcessRow, ...], seen_at: datetime) -> None:
        self.rows, self.seen_at = rows, seen_at
        self.changed.emit()
