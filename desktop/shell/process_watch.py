"""Looks at the processes while the health view is open."""

import os
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from desktop.clock import Clock
from desktop.offload import offload
from desktop.shell.processes import process_rows
from desktop.stores.process_state import ProcessRow, ProcessState
from desktop.supervision.profile import read_runtime
from desktop.tasks import TaskScope

PERIOD_MS = 3000


class ProcessWatch(QObject):
    """Off until it is asked for: a look costs some milliseconds of a worker thread."""

    def __init__(
        self,
        state: ProcessState,
        profile: Path,
        supervisor_pid: int | None,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state, self._profile, self._clock = state, profile, clock
        self._supervisor_pid = supervisor_pid
        self._scope = TaskScope(self)
        self._looking = False
        self._timer = QTimer(self)
        self._timer.setInterval(PERIOD_MS)
        self._timer.timeout.connect(self._begin)
        state.watched.connect(self._on_watched)

    def _on_watched(self, wanted: bool) -> None:
        if wanted:
            self._begin()
            self._timer.start()
        else:
            self._timer.stop()

    def _begin(self) -> None:
        if not self._looking:
            self._looking = True
            self._scope.spawn(self._look(), "processes")

    async def _look(self) -> None:
        try:
            rows = await offload(rows_of, self._profile, os.getpid(), self._supervisor_pid)
            self._state.put(rows, self._clock.now())
        finally:
            self._looking = False


def rows_of(profile: Path, station_pid: int, supervisor_pid: int | None) -> tuple[ProcessRow, ...]:
    """On a worker thread. The supervisor counts its starts in runtime.json."""
    starts = (read_runtime(profile) or {}).get("starts", {})
    return tuple(
        ProcessRow(
            str(row["name"]),
            int(str(row["pid"])),
            float(str(row["pss_mb"])),
            float(str(row["cpu_percent"])),
            starts.get(row["name"]),
        )
        for row in process_rows(station_pid, supervisor_pid)
    )
