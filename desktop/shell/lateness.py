"""How late the GUI loop is: the measure behind `gui_lateness_ms`."""

from array import array

import numpy as np
from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer

INTERVAL_MS = 10
SAMPLES = 6_000  # 60 s of an undisturbed loop


class Lateness(QObject):
    """Lateness of a 10 ms PreciseTimer over the last SAMPLES ticks."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ring = array("d", bytes(8 * SAMPLES))  # plain doubles: a tick costs a microsecond
        self._next = 0
        self._count = 0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._on_tick)

    def start(self) -> None:
        self._clock.start()
        self._timer.start()

    def note(self, late_ms: float) -> None:
        self._ring[self._next] = late_ms
        self._next = (self._next + 1) % SAMPLES
        self._count = min(self._count + 1, SAMPLES)

    def figures(self) -> dict[str, float]:
        """p50, p99 and max in ms; zeros before the first tick."""
        if not self._count:
            return {"p50": 0.0, "p99": 0.0, "max": 0.0}
        samples = np.frombuffer(self._ring, dtype=np.float64)[: self._count]
        p50, p99 = np.percentile(samples, (50, 99))
        figures = {"p50": p50, "p99": p99, "max": samples.max()}
        return {name: round(float(value), 2) for name, value in figures.items()}

    def _on_tick(self) -> None:
        self.note(max(0.0, self._clock.nsecsElapsed() / 1e6 - INTERVAL_MS))
        self._clock.restart()
