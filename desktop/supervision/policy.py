"""When a process that died is started again, and when it is better to stop trying."""

from collections import deque
from enum import StrEnum

FIRST_DELAY_S, LONGEST_DELAY_S = 0.2, 30.0
CALM_AFTER_S = 60.0  # who ran this long starts again at once
CRASH_LIMIT, CRASH_WINDOW_S = 3, 600.0


class Backoff:
    """Doubles the wait from one early death to the next."""

    def __init__(self) -> None:
        self._delay_s = 0.0

    def after(self, ran_s: float) -> float:
        """Seconds to wait before the next start of a process that ran `ran_s` seconds."""
        calm = ran_s >= CALM_AFTER_S or self._delay_s == 0.0
        self._delay_s = FIRST_DELAY_S if calm else min(self._delay_s * 2, LONGEST_DELAY_S)
        return self._delay_s


class Mode(StrEnum):
    """How the station is started."""

    FULL = "full"
    SAFE = "safe"  # no video, no map page
    LAST_RESORT = "last_resort"  # the station cannot be shown: phone list only


class StationMode:
    """Three crashes in ten minutes lead to safe mode; a crash there to the phone list."""

    def __init__(self, mode: Mode = Mode.FULL) -> None:
        self.mode = mode
        self._crashes: deque[float] = deque(maxlen=CRASH_LIMIT)

    def crashed(self, now_s: float) -> Mode:
        """`now_s` is monotonic; gives the mode of the next start."""
        if self.mode is Mode.SAFE:
            self.mode = Mode.LAST_RESORT
            return self.mode
        self._crashes.append(now_s)
        full = len(self._crashes) == CRASH_LIMIT
        if full and now_s - self._crashes[0] <= CRASH_WINDOW_S:
            self.mode = Mode.SAFE
        return self.mode

    def try_again(self) -> None:
        """The operator asks for the whole station once more."""
        self.mode = Mode.FULL
        self._crashes.clear()
