"""Units that were merged, or renamed with a new id: their history is counted by today's division.

A unit keeps no line of its own once another has taken it over: else its old months would compare
with nothing, and the new unit's year would begin in July.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated

import numpy as np
from msgspec import Meta, Struct

from desktop.domain.assessment.counts import CountTable
from desktop.domain.assessment.expressions import Values

_Id = Annotated[str, Meta(min_length=1, max_length=64)]


class Succession(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`unit` has become a part of `into` on a day; `reason`: the decision behind it."""

    unit: _Id
    into: _Id
    since: date
    reason: Annotated[str, Meta(min_length=1)]


def faults_of(successions: Sequence[Succession]) -> dict[int, str]:
    """Position -> why it cannot be, in Chinese."""
    found: dict[int, str] = {}
    into: dict[str, str] = {}
    for number, one in enumerate(successions):
        if one.unit in into:
            found[number] = f"{one.unit} 写了两次去向"
        elif one.unit in _line(into, one.into):
            found[number] = f"{one.unit} 与 {one.into} 互相并入"
        else:
            into[one.unit] = one.into
    return found


def succeeded(table: CountTable, successions: Sequence[Succession]) -> CountTable:
    """Counts of the old units added to those that took them over, in every month.

    A month of the old unit that was not reported makes the sum 未上报, but only before it was
    taken over: after that it has nothing to report.
    """
    last = {one.unit: one for one in successions}
    into = {one.unit: one.into for one in successions}
    units = [u for u in table.unit_ids if u not in last or _end(into, u) not in table.unit_ids]
    if len(units) == len(table.unit_ids):
        return table
    at = {unit: n for n, unit in enumerate(units)}
    values = {name: v[[table.unit_ids.index(u) for u in units]] for name, v in table.values.items()}
    for row, unit in enumerate(table.unit_ids):
        if unit in at:
            continue
        after = np.array([month >= f"{last[unit].since:%Y-%m}" for month in table.periods])
        for name, whole in table.values.items():
            values[name][at[_end(into, unit)]] += _own(whole[row], after)
    return CountTable(units, table.periods, values)


def _own(counts: Values, after: np.ndarray) -> Values:
    return np.where(after & np.isnan(counts), 0.0, counts)


def _line(into: Mapping[str, str], unit: str) -> list[str]:
    """From a unit to the one that it has become in the end."""
    line = [unit]
    while (following := into.get(line[-1])) is not None and following not in line:
        line.append(following)
    return line


def _end(into: Mapping[str, str], unit: str) -> str:
    return _line(into, unit)[-1]


def taken_over(unit: str, successions: Sequence[Succession]) -> tuple[str, ...]:
    """Units whose cases count as this one's now."""
    into = {one.unit: one.into for one in successions}
    return tuple(one for one in into if one != unit and _end(into, one) == unit)
