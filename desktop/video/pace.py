"""Whether this machine keeps up with a picture: by its time stamps and by who waits for whom."""

import math

_TURN_S = 10.0
_LATE_S = 0.25
_SKIP_S = 1.0
_BUSY_BELOW = 0.1
"""Who waits for the stream less than this share of a second has no time left."""

_JUMP_S = 5.0


class Pace:
    """Times are seconds of one monotonic clock."""

    def __init__(self) -> None:
        self.late_s = 0
        """Whole seconds, up to now and without a break, that were late for want of time."""
        self.behind_s = 0.0
        self._best = self._best_before = math.inf  # of this turn and of the one before
        self._turn_s: float | None = None
        self._second_s = 0.0
        self._waited_s = 0.0
        self._least_s = math.inf
        self._busy = False
        self._last_pts_s: float | None = None

    def note(self, now_s: float, pts_s: float | None, waited_s: float) -> None:
        """A picture with this time stamp was taken up; the stream was waited for before."""
        if pts_s is None:
            return
        if self._last_pts_s is None or abs(pts_s - self._last_pts_s) > _JUMP_S:
            self._begin(now_s)
        self._last_pts_s = pts_s
        offset_s = now_s - pts_s
        if self._turn_s is None or now_s - self._turn_s > _TURN_S:
            self._best_before, self._best, self._turn_s = self._best, math.inf, now_s
        self._best = min(self._best, offset_s)
        self.behind_s = offset_s - min(self._best, self._best_before)
        self._least_s = min(self._least_s, self.behind_s)
        self._waited_s += waited_s
        if now_s - self._second_s >= 1.0:
            self._end_second(now_s)

    @property
    def must_skip(self) -> bool:
        """So far behind that only the next key frame brings it back to the present."""
        return self._busy and self.behind_s > _SKIP_S

    def _end_second(self, now_s: float) -> None:
        share = self._waited_s / (now_s - self._second_s)
        self._busy = share < _BUSY_BELOW
        late = self._busy and self._least_s > _LATE_S
        self.late_s = self.late_s + 1 if late else 0
        self._second_s, self._waited_s, self._least_s = now_s, 0.0, math.inf

    def _begin(self, now_s: float) -> None:
        self._best = self._best_before = math.inf
        self._turn_s, self._second_s = now_s, now_s
        self._waited_s, self._least_s, self.late_s, self._busy = 0.0, math.inf, 0, False
