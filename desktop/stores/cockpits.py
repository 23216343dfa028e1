"""The cockpits as their files say now; a change of a file shows within two seconds."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.cockpit_rules import CockpitFiles
from desktop.offload import offload
from desktop.tasks import TaskScope, loop_runs

LOOK_MS = 2000
Stamps = tuple[tuple[str, int, int], ...]


class CockpitStore(QObject):
    """`files` is None until they are read, which `watch` begins."""

    changed = Signal()

    def __init__(
        self,
        read: Callable[[], CockpitFiles] | None = None,
        stamps: Callable[[], Stamps] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Both read files: on a worker thread."""
        super().__init__(parent)
        self._read, self._stamps = read, stamps
        self.files: CockpitFiles | None = None
        self.is_looking = False
        self._scope = TaskScope(self)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def watch(self) -> None:
        """From now on; a second call does nothing."""
        if not self._timer.isActive():
            self._timer.start()
            QTimer.singleShot(0, self, self.look)

    def look(self) -> None:
        if not self.is_looking and loop_runs() and self._read is not None:
            self.is_looking = True
            self._scope.spawn(self._look(), name="cockpits")

    async def _look(self) -> None:
        try:
            if self._read is not None and not await self._is_known():
                self.files = await offload(self._read)
                self.changed.emit()
        finally:
            self.is_looking = False

    async def _is_known(self) -> bool:
        if self.files is None or self._stamps is None:
            return False
        return await offload(self._stamps) == self.files.stamps
