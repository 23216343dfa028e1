"""Which fields of a platform's messages this version does not read.

The contract lets a platform send more than we know: it is ignored, but not unseen. One
message a second and feed is looked at, so that a flood costs nothing.
"""

import functools
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import inspect

MOST_NAMES = 20
EVERY_S = 1.0
_Known = dict[str, Any]  # field name -> _Known of a nested struct, or None


class UnmappedFields:
    """Of one feed."""

    def __init__(self) -> None:
        self._names: dict[str, None] = {}
        self._next_s = 0.0

    @property
    def names(self) -> tuple[str, ...]:
        """As paths: `alarm.colour`."""
        return tuple(self._names)

    def note(self, names: Iterable[str]) -> None:
        """Found by others: words that this version does not know, fields that are missing."""
        for name in names:
            if len(self._names) < MOST_NAMES:
                self._names[name] = None

    def look(self, payload: bytes, kind: type[msgspec.Struct], now_s: float) -> None:
        """`payload` has been decoded into `kind` already."""
        if now_s < self._next_s or len(self._names) >= MOST_NAMES:
            return
        self._next_s = now_s + EVERY_S
        self.note(unknown_fields(msgspec.json.decode(payload), known_fields(kind)))


@functools.cache
def known_fields(kind: type[msgspec.Struct]) -> _Known:
    """Field names on the wire; the structs inside it with theirs."""
    return _fields(inspect.type_info(kind))


def _fields(info: inspect.Type) -> _Known:
    found: _Known = {}
    if isinstance(info, inspect.StructType):
        for field in info.fields:
            found[field.encode_name] = _nested(field.type)
    return found


def _nested(info: inspect.Type) -> _Known | None:
    """The struct behind Optional and behind a list of it."""
    if isinstance(info, inspect.UnionType):
        return next((n for part in info.types if (n := _nested(part)) is not None), None)
    if isinstance(info, inspect.StructType):
        return _fields(info)
    if isinstance(info, inspect.ListType | inspect.VarTupleType):
        return _nested(info.item_type)
    return None


def unknown_fields(value: Any, known: _Known, path: str = "") -> list[str]:
    if isinstance(value, list):
        return [name for item in value[:3] for name in unknown_fields(item, known, path)]
    if not isinstance(value, dict):
        return []
    found: list[str] = []
    for key, item in value.items():
        if key not in known:
            found.append(f"{path}{key}"[:60])
        elif known[key] is not None:
            found += unknown_fields(item, known[key], f"{path}{key}.")
    return found
