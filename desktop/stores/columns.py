"""The newest rows of numbers in arrays: 8 bytes a value, where an object of its own takes 600."""

from array import array
from collections.abc import Mapping
from math import nan

_SLACK = 64  # rows that go at once: a row less at the front moves all others


class Columns:
    """Rows of named numbers, oldest first; a name that a row does not have is NaN in it."""

    def __init__(self, most: int) -> None:
        """`most`: rows that are kept."""
        self._most = most
        self._columns: dict[str, array[float]] = {}
        self._rows = 0

    def __len__(self) -> int:
        return min(self._rows, self._most)

    def append(self, row: Mapping[str, float]) -> None:
        for name in row.keys() - self._columns.keys():
            self._columns[name] = array("d", [nan]) * self._rows
        for name, column in self._columns.items():
            column.append(row.get(name, nan))
        self._rows += 1
        if self._rows > self._most + _SLACK:
            for column in self._columns.values():
                del column[: self._rows - self._most]
            self._rows = self._most

    def newest(self, last: int) -> "Columns":
        """A copy of the newest `last` rows: it can go to another thread."""
        copied = Columns(last)
        start = self._rows - min(last, len(self))
        copied._columns = {name: column[start:] for name, column in self._columns.items()}
        copied._rows = self._rows - start
        return copied

    def rows(self, last: int | None = None) -> list[dict[str, float]]:
        """The newest `last`, oldest first; names that a row does not have are not in it."""
        count = len(self) if last is None else min(last, len(self))
        start = self._rows - count
        return [
            {n: column[at] for n, column in self._columns.items() if column[at] == column[at]}
            for at in range(start, self._rows)
        ]
