"""Measured values: the newest of each point and its recent course."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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

    def copies(self, point_ids: Iterable[str], last: int) -> "Courses":
        """Courses of many points for another thread; here they are only copied."""
        known = (one for one in point_ids if one in self._courses)
        return Courses({one: (self._courses[one].newest(last), self.get(one)) for one in known})

    def course(self, point_id: str, last: int | None = None) -> tuple[Reading, ...]:
        """Oldest first, of the newest `last` or all; numbers and times, the rest as of now."""
        course = self._courses.get(point_id)
        return () if course is None else _readings(course.rows(last), point_id, self.get(point_id))

    def _course(self, point_id: str) -> Columns:
        return self._courses.setdefault(point_id, Columns(KEPT_PER_POINT))


class Courses(Mapping[str, Sequence[Reading]]):
    """Each course is made into readings when somebody asks for it."""

    def __init__(self, copies: dict[str, tuple[Columns, Reading | None]]) -> None:
        self._copies = copies

    def __getitem__(self, point_id: str) -> tuple[Reading, ...]:
        columns, like = self._copies[point_id]
        return _readings(columns.rows(), point_id, like)

    def __iter__(self) -> Iterator[str]:
        return iter(self._copies)

    def __len__(self) -> int:
        return len(self._copies)


def _row(reading: Reading) -> dict[str, float]:
    return {_AT_S: reading.at.timestamp(), **reading.metrics}


def _readings(
    rows: list[dict[str, float]], point_id: str, like: Reading | None
) -> tuple[Reading, ...]:
    return tuple(_reading(row, point_id, like) for row in rows)


def _reading(row: dict[str, float], point_id: str, like: Reading | None) -> Reading:
    at = datetime.fromtimestamp(row.pop(_AT_S), like.at.tzinfo if like is not None else UTC)
    if like is None:
        return Reading(at=at, metrics=row, point_id=point_id)
    return replace(like, at=at, metrics=row)
