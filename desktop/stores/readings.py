"""Measured values: the newest of each point and its recent course."""

from collections import deque
from collections.abc import Iterable

from desktop.domain.points import Reading
from desktop.stores.keyed import KeyedStore

KEPT_PER_POINT = 500


class ReadingStore(KeyedStore[Reading]):
    """Newest reading by point_id, and at most KEPT_PER_POINT older ones for the trend."""

    def __init__(self, parent: object = None) -> None:
        super().__init__(parent)  # type: ignore[arg-type]
        self._courses: dict[str, deque[Reading]] = {}

    def merge(self, readings: Iterable[Reading]) -> None:
        for reading in readings:
            newest = self.get(reading.point_id)
            if newest is None or reading.at > newest.at:
                self.put(reading.point_id, reading)
                self._course(reading.point_id).append(reading)

    def back_fill(self, point_id: str, readings: Iterable[Reading]) -> None:
        """Older readings from GET /series; those already known stay as they are."""
        known = {r.at: r for r in self._course(point_id)}
        known = {r.at: r for r in readings} | known
        ordered = [known[at] for at in sorted(known)]
        self._courses[point_id] = deque(ordered, maxlen=KEPT_PER_POINT)

    def course(self, point_id: str) -> tuple[Reading, ...]:
        """Oldest first."""
        return tuple(self._courses.get(point_id, ()))

    def _course(self, point_id: str) -> deque[Reading]:
        return self._courses.setdefault(point_id, deque(maxlen=KEPT_PER_POINT))
