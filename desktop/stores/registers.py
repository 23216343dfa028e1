"""The platform's catalogues as last read from cache.db."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

T = TypeVar("T")


class Register(QObject, Generic[T]):
    """One catalogue, replaced as a whole; `changed` after each replacement."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, T] = {}
        self.version = ""
        self.fetched_at = None

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, key: str | None) -> T | None:
        return self._rows.get(key) if key else None

    def rows(self) -> tuple[T, ...]:
        return tuple(self._rows.values())

    def replace(self, rows: Iterable[tuple[str, T]], version: str, fetched_at: object) -> None:
        self._rows = dict(rows)
        self.version, self.fetched_at = version, fetched_at
        self.changed.emit()
