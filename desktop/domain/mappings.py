"""One platform's field names, codes and units, in those of the contract. Pure tables.

A table is data (resources/mappings/*.toml): a city that joins another platform writes a file.
What a table does not name stays as it came, and is counted.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

MOST_EXAMPLE_CHARS = 40


class FieldMap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One register of one source.

    `fields`: its name -> ours; `factors`: our name -> what its numbers are multiplied by;
    `values`: our name -> its code -> ours.
    """

    fields: dict[str, str] = {}
    factors: dict[str, float] = {}
    values: dict[str, dict[str, str]] = {}


class SourceMapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file. `source` as the rows themselves name it."""

    source: str
    registers: dict[str, FieldMap] = {}


class Mapped(NamedTuple):
    """`strange`: codes that the table does not know, as `status=7`."""

    fields: dict[str, Any]
    strange: tuple[str, ...]


def canonical(fields: Mapping[str, Any], table: FieldMap) -> Mapped:
    """A row in our words. A field that has our name already comes before a renamed one."""
    made: dict[str, Any] = {}
    for name, value in fields.items():
        ours = table.fields.get(name, name)
        if ours != name and ours in fields:
            continue
        made[ours] = value
    strange: list[str] = []
    for name, codes in table.values.items():
        if name not in made or made[name] is None:
            continue
        code = str(made[name])
        if code in codes:
            made[name] = codes[code]
        elif code not in codes.values():
            strange.append(f"{name}={code[:MOST_EXAMPLE_CHARS]}")
    for name, factor in table.factors.items():
        value = made.get(name)
        renamed = name in table.fields.values() and name not in fields
        if renamed and isinstance(value, int | float) and not isinstance(value, bool):
            made[name] = value * factor
    return Mapped(made, tuple(strange))


def example_of(value: object) -> str:
    """The first example beside a field's name: short, and one line."""
    text = str(value)[:MOST_EXAMPLE_CHARS]
    return text if text.isprintable() else ""
