"""The rows of a receipt matrix in the order of the table, kept up row by row.

A row changes its standing by a receipt or an event, or by time alone at a moment that is known
beforehand: nothing else is looked at again, whatever the number of rows.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from heapq import heappop, heappush

from desktop.domain.emergency.receipt_rows import ANSWER_LIMIT_S, Row, Standing, standing, turns_at

Key = tuple[str, str]
"""order_id, person_id."""
Found = tuple[Standing, Row]


class RowOrder:
    """Troubles first, the gravest of them before; what is alike stays in its order."""

    def __init__(self) -> None:
        self._numbers: dict[Key, int] = {}
        self._places: dict[Key, tuple[int, int, int]] = {}
        self._keys: list[Key] = []
        self._index: dict[Key, int] = {}
        self._shown: list[Found] = []
        self._turns: list[tuple[datetime, int, Key]] = []
        self._touched = set[Key]()
        self._asked = (ANSWER_LIMIT_S, datetime.min)

    def restart(self, keys: Iterable[Key]) -> None:
        """Other rows, or the same anew."""
        self._numbers = {key: number for number, key in enumerate(keys)}
        self._places = {}
        self._turns = []
        self._touched = set(self._numbers)

    def touch(self, key: Key) -> None:
        """Its row is another now."""
        self._touched.add(key)

    def ordered(self, rows: Mapping[Key, Row], now: datetime, limit_s: float) -> list[Found]:
        """A pair whose row and standing are as they were is the same object as before."""
        limit_before, asked_at = self._asked
        is_back = asked_at is not datetime.min and now < asked_at
        if limit_s != limit_before or is_back:  # the plan is another, or the clock was set
            self.restart(self._numbers)
        self._asked = (limit_s, now)
        while self._turns and self._turns[0][0] <= now:
            self._touched.add(heappop(self._turns)[2])
        fresh = {key: self._look(key, rows[key], now, limit_s) for key in self._touched}
        self._touched = set[Key]()
        self._place(fresh)
        return list(self._shown)

    def found(self, key: Key) -> Found | None:
        """One of them as it was ordered last."""
        number = self._index.get(key)
        return self._shown[number] if number is not None else None

    def _look(self, key: Key, row: Row, now: datetime, limit_s: float) -> Found:
        at = turns_at(row, now, limit_s)
        if at is not None:
            heappush(self._turns, (at, self._numbers[key], key))
        return standing(row, now, limit_s), row

    def _place(self, fresh: Mapping[Key, Found]) -> None:
        """Sorted again only where a row belongs elsewhere now."""
        is_elsewhere = len(self._places) != len(self._numbers)
        for key, found in fresh.items():
            place = (*_place(*found), self._numbers[key])
            is_elsewhere = is_elsewhere or self._places.get(key) != place
            self._places[key] = place
        before, index = self._shown, self._index
        if is_elsewhere:
            self._keys = sorted(self._places, key=self._places.__getitem__)
            self._index = {key: number for number, key in enumerate(self._keys)}
            self._shown = [fresh[key] if key in fresh else before[index[key]] for key in self._keys]
            return
        for key, found in fresh.items():
            number = self._index[key]
            was, row = self._shown[number]
            if was is not found[0] or row is not found[1]:
                self._shown[number] = found


def _place(found: Standing, row: Row) -> tuple[int, int]:
    """Crews' troubles before people's. Who goes well keeps its place: a row that moves with each
    receipt cannot be read."""
    if found.is_trouble:
        return (0 if row.is_crew else 1), found
    return (3 if found >= Standing.REPLACED else 2), 0
