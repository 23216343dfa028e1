"""A store of items by key that speaks at most once per interval."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.stores.beat import Beat

T = TypeVar("T")

INTERVAL_MS = 100


class Delta(NamedTuple):
    """Keys that changed since the last signal."""

    added: tuple[str, ...]
    updated: tuple[str, ...]
    removed: tuple[str, ...]


class KeyedStore(QObject, Generic[T]):
    """Keeps the latest item of each key.

    `changed` comes in the next turn of the loop after a quiet time, else once per interval; an
    interval grows where the loop is busy.
    """

    changed = Signal(object)  # Delta

    def __init__(self, parent: QObject | None = None, interval_ms: int = INTERVAL_MS) -> None:
        super().__init__(parent)
        self._items: dict[str, T] = {}
        self._before: dict[str, T | None] = {}
        self._beat = Beat(self.flush, interval_ms, self)

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def get(self, key: str) -> T | None:
        return self._items.get(key)

    def items(self) -> Mapping[str, T]:
        """A live view, not to be kept across events."""
        return self._items

    def put(self, key: str, item: T) -> None:
        self._replace(key, item)

    def drop(self, key: str) -> None:
        self._replace(key, None)

    def replace_all(self, items: Iterable[tuple[str, T]]) -> None:
        """What is not among `items` is removed."""
        new = dict(items)
        for key in [k for k in self._items if k not in new]:
            self._replace(key, None)
        for key, item in new.items():
            if self._items.get(key) != item:
                self._replace(key, item)

    def flush(self) -> None:
        """Speaks now; tests and shutdown call it, everybody else waits for the beat."""
        self._beat.hush()
        before, self._before, now = self._before, {}, self._items
        delta = Delta(
            added=tuple(k for k, old in before.items() if old is None and k in now),
            updated=tuple(k for k, old in before.items() if old is not None and k in now),
            removed=tuple(k for k, old in before.items() if old is not None and k not in now),
        )
        if any(delta):
            self.changed.emit(delta)

    def _replace(self, key: str, item: T | None) -> None:
        old = self._items.pop(key, None)
        if item is not None:
            self._items[key] = item
        self._before.setdefault(key, old)  # the value last shown, kept once
        self._beat.call()
