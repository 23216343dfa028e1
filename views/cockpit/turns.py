"""Who of a cockpit is to look for news, one after the other: two panels never cost one frame."""

from collections.abc import Iterable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from desktop.clock import Clock

BETWEEN_MS = 20


class Refreshed(Protocol):
    """A panel; `refresh_s` is how often it asks for itself."""

    def refresh(self) -> None: ...


class Turns(QObject):
    """Each in its own time, and sooner when told; what has failed does not hold the others."""

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._every_s: dict[Refreshed, float] = {}
        self._due_s: dict[Refreshed, float] = {}
        self._runs = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.turn)

    def add(self, one: Refreshed, every_s: float) -> None:
        """Its first turn comes after `every_s`."""
        self._every_s[one] = every_s
        self._due_s[one] = self._clock.monotonic_s() + every_s
        self._set_timer()

    def remove(self, one: Refreshed) -> None:
        self._every_s.pop(one, None)
        self._due_s.pop(one, None)

    def hurry(self, some: Iterable[Refreshed]) -> None:
        """There is news for them."""
        now_s = self._clock.monotonic_s()
        for one in some:
            if one in self._due_s:
                self._due_s[one] = min(self._due_s[one], now_s)
        self._set_timer()

    def start(self) -> None:
        self._runs = True
        self._set_timer()

    def stop(self) -> None:
        self._runs = False
        self._timer.stop()

    def turn(self) -> None:
        """One that is due, the longest waiting first."""
        now_s = self._clock.monotonic_s()
        one = min(self._due_s, key=lambda each: self._due_s[each], default=None)
        try:
            if one is not None and self._due_s[one] <= now_s:
                self._due_s[one] = now_s + self._every_s[one]
                one.refresh()
        finally:
            self._set_timer()

    def _set_timer(self) -> None:
        if self._runs and self._due_s:
            wait_s = min(self._due_s.values()) - self._clock.monotonic_s()
            self._timer.start(max(BETWEEN_MS, round(wait_s * 1000)))
