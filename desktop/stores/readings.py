"""Measured values: the newest of each point and its recent course."""

from collections.abc import Iterable
from datetime import UTC, datetime

from msgspec.structs import replace
from PySide6.QtCore import QObject

from desktop.domain.points import Reading
from desktop.stores.columns import Columns
from desktop.stores.keyed import KeyedStore

KEPT_PER_POINT = 500
_AT_S = ""  # no metric has this name


class ReadingStore(KeyedStore[Reading]):
    """Newest reading by point_id, and at most KEPT_PER_POINT of its numbers for the trend."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._courses: dict[str, Columns] = {}

    def merge(self, readings: Iterable[Reading]) -> None:
        for reading in readings:
            newest = self.get(reading.point_id)
            if newest is None or reading.at > newest.at:
                self.put(reading.point_id, reading)
                self._course(reading.point_id).append(_row(reading))

    def back_fill(self, point_id: str, readings: Iterable[Reading]) -> None:
        """Older readings from GET /series; those already known stay as they are."""
        known = {row[_AT_S]: row for row in map(_row, readings)}
        known |= {row[_AT_S]: row for row in self._course(point_id).rows()}
        course = self._courses[point_id] = Columns(KEPT_PER_POINT)
        for at_s in sorted(known)[-KEPT_PER_POINT:]:
            course.append(known[at_s])

    def course(self, point_id: str, last: int | None = None) -> tuple[Reading, ...]:
        """Oldest first, of the newest `last` or all; numbers and times, the rest as of now."""
        course = self._courses.get(point_id)
        if course is None:
            return ()
        like = self.get(point_id)
        return tuple(_reading(row, point_id, like) for row in course.rows(last))

    def _course(self, point_id: str) -> Columns:
        return self._courses.setdefault(point_id, Columns(KEPT_PER_POINT))


def _row(reading: Reading) -> dict[str, float]:
    return {_AT_S: reading.at.timestamp(), **reading.metrics}


def _reading(row: dict[str, float], point_id: str, like: Reading | None) -> Reading:
    at = datetime.fromtimestamp(row.pop(_AT_S), like.at.tzinfo if like is not None else UTC)
    if like is None:
        return Reading(at=at, metrics=row, point_id=point_id)
    return replace(like, at=at, metrics=row)
