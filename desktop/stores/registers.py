"""The platform's catalogues as last read from cache.db."""

from collections.abc import Iterable
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal

T = TypeVar("T")


class Register(QObject, Generic[T]):
    """One catalogue, replaced as a whole; `changed` after each replacement.

    `version` is empty until the platform has told it: rows that are there by then are this
    machine's own. `faults`: what of those files could not be used, in the operator's words.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, T] = {}
        self.version = ""
        self.fetched_at = None
        self.faults: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, key: str | None) -> T | None:
        return self._rows.get(key) if key else None

    def rows(self) -> tuple[T, ...]:
        return tuple(self._rows.values())

    def replace(self, rows: Iterable[tuple[str, T]], version: str, fetched_at: object) -> None:
        self.adopt(dict(rows), version, fetched_at)

    def adopt(self, rows: dict[str, T], version: str, fetched_at: object) -> None:
        """The dict becomes the register: 50,000 rows are not copied in the GUI thread."""
        self._rows = rows
        self.version, self.fetched_at = version, fetched_at
        self.changed.emit()


class RegisterAge(NamedTuple):
    """`as_of`: when the platform last confirmed the register, whatever changed in it."""

    version: str
    row_count: int
    as_of: datetime


class RegisterAges(QObject):
    """Which registers are mirrored, and as of when; their rows stay in cache.db."""

    changed = Signal(str)  # name of the register

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ages: dict[str, RegisterAge] = {}

    def get(self, name: str) -> RegisterAge | None:
        return self._ages.get(name)

    def items(self) -> dict[str, RegisterAge]:
        return dict(self._ages)

    def put(self, name: str, version: str, count: int, as_of: datetime) -> bool:
        """True when the rows are others, not only their age."""
        before = self._ages.get(name)
        self._ages[name] = RegisterAge(version, count, as_of)
        self.changed.emit(name)
        return before is None or (before.version, before.row_count) != (version, count)
