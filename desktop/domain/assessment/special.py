"""专项 by field: where the points of the fields are told, the part is computed from them."""

from collections.abc import Collection, Mapping

from msgspec import Struct

from desktop.domain.assessment.figures import Inputs
from desktop.domain.assessment.schemes import Field, Scheme

SAME = 0.05
"""Points: a total that was told may be rounded by so much."""


class FieldLine(Struct, frozen=True):
    """`points` None: nobody has told them; `place`: among those of `of` units that have any."""

    field: Field
    points: float | None
    place: int = 0
    of: int = 0


def special_scores(inputs: Inputs, scheme: Scheme | None) -> dict[str, float]:
    """Unit -> points of 专项: of its fields where all are told, else the total that was told."""
    found = dict(inputs.special)
    for unit in inputs.special_fields:
        total = total_of_fields(unit, inputs, scheme)
        if total is not None:
            found[unit] = total
    return found


def total_of_fields(unit: str, inputs: Inputs, scheme: Scheme | None) -> float | None:
    """None where the scheme has no fields, or one of them is missing."""
    points = inputs.special_fields.get(unit, {})
    if scheme is None or not scheme.fields or any(f.id not in points for f in scheme.fields):
        return None
    return sum(points[field.id] * field.weight for field in scheme.fields) / 100


def field_lines(
    unit: str, inputs: Inputs, scheme: Scheme | None, among: Collection[str] = ()
) -> tuple[FieldLine, ...]:
    """In the order of the scheme; empty where nothing is told by field. `among`: the units of its
    league, empty for all."""
    if scheme is None or not inputs.special_fields.get(unit):
        return ()
    told = {u: one for u, one in inputs.special_fields.items() if not among or u in among}
    return tuple(_line(field, unit, told) for field in scheme.fields)


def _line(field: Field, unit: str, told: Mapping[str, Mapping[str, float]]) -> FieldLine:
    mine = told[unit].get(field.id)
    every = [points[field.id] for points in told.values() if field.id in points]
    if mine is None:
        return FieldLine(field, None)
    return FieldLine(field, mine, sum(one > mine for one in every) + 1, len(every))


def gap_to_told(unit: str, inputs: Inputs, scheme: Scheme | None) -> float | None:
    """Told total less the sum of its fields; None where they agree, or one is not there."""
    total, told = total_of_fields(unit, inputs, scheme), inputs.special.get(unit)
    if total is None or told is None or abs(told - total) <= SAME:
        return None
    return told - total
