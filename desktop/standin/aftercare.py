"""Alarms that end by themselves after a time, whatever scenario plays when it is over."""

import heapq
from collections.abc import Callable

_MOST_IN_A_STEP = 150

End = Callable[[str, str], None]
"""alarm_id, and who answers it then; "" leaves it for a person."""


class Aftercare:
    """Counts city time. `end` is called once for each alarm that is due."""

    def __init__(self, end: End) -> None:
        self._end = end
        self._elapsed_s = 0.0
        self._due: list[tuple[float, int, str, str]] = []
        self._count = 0  # keeps the order of those that are due together

    def clear_later(self, alarm_id: str, after_s: float, answered_by: str = "") -> None:
        self._count += 1
        due = (self._elapsed_s + after_s, self._count, alarm_id, answered_by)
        heapq.heappush(self._due, due)

    def step(self, seconds_s: float) -> None:
        """At most so many in one step, the rest in the next: REST must not wait for them."""
        self._elapsed_s += seconds_s
        for _ in range(_MOST_IN_A_STEP):
            if not self._due or self._due[0][0] > self._elapsed_s:
                return
            _, _, alarm_id, answered_by = heapq.heappop(self._due)
            self._end(alarm_id, answered_by)
