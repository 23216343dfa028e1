"""Whether a picture asks for more than the machine carries, by what is lost on its way. Pure.

The rate alone says it late: a player that falls behind first keeps its rate and loses pictures, or
leaves more and more of the stream waiting. What waits from the beginning on (a server sends the
last seconds at once) is no sign; that it grows is one.
"""

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.cameras import TileFigures

SLOW_SHARE = 0.7
STEADY_S = 4.0
"""The rate of a picture is known after so long: it is counted over three seconds."""

_WINDOW_S = 2.0
_LOST_SHARE, _FEW_SHARE = 0.1, 0.03
_FAR_BEHIND_MS, _BEHIND_MS = 600, 250


class _Count(Struct, frozen=True):
    """What is counted since `begun_s`, until the window is over."""

    begun_s: float
    dropped: int
    least_ms: int  # of what waited: a key frame alone is much, and soon gone


class Strain(Struct, frozen=True):
    """Of one picture of one stream; `see` gives the next one.

    `slow`: pictures are lost or late. `busy`: not yet, but the player does not follow quite.
    """

    since_s: float
    slow: bool = False
    busy: bool = False
    lost_share: float = 0.0  # of the pictures of the last whole window
    grown_ms: int = 0  # how much more waited in it than in the best one
    best_ms: int | None = None
    count: _Count | None = None

    def see(self, figures: TileFigures, usual_fps: float, now_s: float) -> "Strain":
        """`usual_fps`: what the camera sends. `now_s`: a monotonic time."""
        if now_s - self.since_s < STEADY_S:
            return self
        known = self._counted(figures, usual_fps, now_s)
        too_few = figures.fps < SLOW_SHARE * usual_fps
        slow = too_few or known.lost_share > _LOST_SHARE or known.grown_ms > _FAR_BEHIND_MS
        busy = known.lost_share > _FEW_SHARE or known.grown_ms > _BEHIND_MS
        return replace(known, slow=slow, busy=busy)

    def _counted(self, figures: TileFigures, usual_fps: float, now_s: float) -> "Strain":
        """Known once a window is over; stands until the next one is."""
        count, afresh = self.count, _Count(now_s, figures.dropped, figures.behind_ms)
        if count is None or figures.dropped < count.dropped:  # a new session counts anew
            return Strain(self.since_s, count=afresh)
        least_ms = min(count.least_ms, figures.behind_ms)
        span_s = now_s - count.begun_s
        if span_s < _WINDOW_S:
            return replace(self, count=replace(count, least_ms=least_ms))
        best_ms = least_ms if self.best_ms is None else min(self.best_ms, least_ms)
        lost_share = (figures.dropped - count.dropped) / (span_s * usual_fps)
        grown_ms = least_ms - best_ms
        return replace(
            self, lost_share=lost_share, grown_ms=grown_ms, best_ms=best_ms, count=afresh
        )
