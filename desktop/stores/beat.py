"""When a store speaks: at once after a quiet time, then by a beat that a busy loop stretches."""

from collections.abc import Callable
from math import ceil
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer

SHARE = 8  # a word and what it drags along take at most this part of the loop
LONGEST_MS = 250.0  # however busy the loop is: slower than this is not the present


def rest_ms(beat_ms: float, taken_ms: float) -> float:
    """How long to be silent after a word: `taken_ms` is its cost and how late it could be said."""
    return max(beat_ms, min(LONGEST_MS, SHARE * taken_ms))


def _now_ms() -> float:
    return perf_counter() * 1e3


class Beat(QObject):
    """Calls `speak` in the next turn of the loop, but not before the last word's rest is over.

    While nobody calls no timer runs.
    """

    def __init__(
        self,
        speak: Callable[[], None],
        beat_ms: float,
        parent: QObject,
        now_ms: Callable[[], float] = _now_ms,
    ) -> None:
        """`now_ms` is any monotonic clock."""
        super().__init__(parent)
        self._speak, self._beat_ms, self._now_ms = speak, beat_ms, now_ms
        self._silent_until_ms = self._due_ms = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.turn)

    @property
    def wait_ms(self) -> int | None:
        """Until the word that has been asked for; None when there is none."""
        return self._timer.interval() if self._timer.isActive() else None

    def call(self) -> None:
        """There is something to say."""
        if not self._timer.isActive():
            self._start()

    def _start(self) -> None:
        now_ms = self._now_ms()
        self._due_ms = max(now_ms, self._silent_until_ms)
        self._timer.start(ceil(self._due_ms - now_ms))

    def hush(self) -> None:
        """It has been said otherwise."""
        self._timer.stop()

    def turn(self) -> None:
        """The timer's: says it, and measures what that took."""
        self._timer.stop()
        begun_ms = self._now_ms()
        self._speak()
        now_ms = self._now_ms()
        taken_ms = now_ms - min(begun_ms, self._due_ms)
        self._silent_until_ms = now_ms + rest_ms(self._beat_ms, taken_ms)
        if self._timer.isActive():  # who heard it has called again
            self._start()
