"""Work that need not be done for every change: the first call at once, the last never lost."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Throttle(QObject):
    """Calls `work` at once, then at most once per interval while calls keep coming."""

    def __init__(self, work: Callable[[], None], interval_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self._on_interval)

    def call(self) -> None:
        """A slot for any signal; what the signal carries is not passed on."""
        if self._timer.isActive():
            self._again = True
            return
        self._timer.start()
        self._work()

    def _on_interval(self) -> None:
        if self._again:
            self._again = False
            self.call()
