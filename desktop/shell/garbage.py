"""Collects reference cycles on the GUI thread only.

Python collects in whichever thread happens to allocate; a worker that ends a QObject there
stops timers of another thread and brings the process down.
"""

import gc

from PySide6.QtCore import QObject, QTimer

PERIOD_MS = 1_000
_MIDDLE_EVERY, _FULL_EVERY = 10, 60  # periods between collections of older generations


class GarbageCollection(QObject):
    """Switches automatic collection off and does it here, youngest objects most often."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._periods = 0
        gc.disable()
        gc.collect()
        gc.freeze()  # what was imported stays anyway: full collections need not look at it
        timer = QTimer(self)
        timer.timeout.connect(self._collect)
        timer.start(PERIOD_MS)

    def _collect(self) -> None:
        self._periods += 1
        if self._periods % _FULL_EVERY == 0:
            gc.collect(2)
        else:
            gc.collect(1 if self._periods % _MIDDLE_EVERY == 0 else 0)
