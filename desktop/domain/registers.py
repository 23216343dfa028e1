"""What is known of a mirrored register: its age, and what of it was not usable."""

from array import array
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

STALE_AFTER = timedelta(minutes=30)
MOST_EXAMPLES = 3
MOST_REMEMBERED = 1000


class RegisterNotes(msgspec.Struct):
    """What the link found in the rows of one register.

    `refusals` maps a Chinese reason to the number of rows that were not taken, `examples`
    the reason to some of their ids; `unmapped` maps a field that this version does not know
    to its rows; `unplaced` counts rows without position that are kept; `findings` are
    Chinese lines on the whole (a ring in the tree, a hole in the roster).
    """

    refusals: dict[str, int] = {}
    examples: dict[str, list[str]] = {}
    unmapped: dict[str, int] = {}
    unplaced: int = 0
    findings: tuple[str, ...] = ()
    refused_ids: dict[str, str] = {}  # id -> reason, so that no row is counted twice
    unmapped_examples: dict[str, str] = {}  # the first value of each of `unmapped`

    @property
    def refused(self) -> int:
        return sum(self.refusals.values())

    def refuse(self, row_id: str, reason: str) -> None:
        """Counts a row once, however often it comes again; one without id each time."""
        if row_id in self.refused_ids:
            return
        self.refusals[reason] = self.refusals.get(reason, 0) + 1
        if not row_id:
            return
        examples = self.examples.setdefault(reason, [])
        if len(examples) < MOST_EXAMPLES:
            examples.append(row_id)
        if len(self.refused_ids) < MOST_REMEMBERED:
            self.refused_ids[row_id] = reason

    def add(self, more: "RegisterNotes") -> None:
        """Takes in what was found in one more page."""
        nameless = dict(more.refusals)
        for row_id, reason in more.refused_ids.items():
            nameless[reason] -= 1
            self.refuse(row_id, reason)
        for reason, count in nameless.items():
            if count:
                self.refusals[reason] = self.refusals.get(reason, 0) + count
        for name, count in more.unmapped.items():
            self.unmapped[name] = self.unmapped.get(name, 0) + count
        for name, example in more.unmapped_examples.items():
            self.unmapped_examples.setdefault(name, example)
        self.unplaced += more.unplaced


class RegisterState(msgspec.Struct, frozen=True):
    """One register as it lies in cache.db; `as_of` is when the platform last confirmed it."""

    name: str
    count: int
    as_of: datetime
    full_at: datetime | None
    notes: RegisterNotes

    def age(self, now: datetime) -> timedelta:
        return max(timedelta(0), now - self.as_of)

    def is_stale(self, now: datetime) -> bool:
        return self.age(now) > STALE_AFTER


class RowFilter(msgspec.Struct, frozen=True):
    """Which rows of a register a table shows; None is no filter. `text` is as typed."""

    text: str = ""
    kind: str | None = None
    district_id: str | None = None
    state: str | None = None
    source: str | None = None


class RowKeys(NamedTuple):
    """Numbers of rows in the place of cache.db that was read; both go back to read rows."""

    name: str
    table: str
    numbers: "array[int]"


class TableRow(NamedTuple):
    """What a table shows of a row. Texts are "" for nothing."""

    id: str
    title: str
    subtitle: str
    kind: str
    district_id: str
    org_id: str
    state: str
    source: str
    lon_deg: float | None
    lat_deg: float | None


class Facet(NamedTuple):
    """One value of a column and how many rows have it."""

    value: str
    row_count: int
