"""What the platform tells of a month beside its cases, checked: taken as a whole, or not at all."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isfinite

import msgspec
import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.assessment.case_counts import COUNTED
from desktop.domain.assessment.counts import AT_MOST, CountTable
from desktop.domain.assessment.figures import Inputs
from desktop.domain.assessment.schemes import Scheme
from desktop.domain.duty import CITY_ZONE

_FROM_CASES = frozenset(COUNTED)


class BadInputs(ValueError):
    """Its text is the operator's, in Chinese."""


class _Schemes(Struct, frozen=True):
    items: tuple[Scheme, ...]


def read_inputs(body: bytes) -> Inputs:
    """Of GET /assessments/{period}. Raises BadInputs with the first thing that cannot be."""
    try:
        inputs = msgspec.json.decode(body, type=Inputs)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadInputs(f"考评资料读不懂：{error}") from None
    if fault := next(_faults(inputs), ""):
        raise BadInputs(fault)
    sealed = inputs.sealed_at
    if sealed is not None and sealed.tzinfo is None:
        inputs = replace(inputs, sealed_at=sealed.replace(tzinfo=CITY_ZONE))
    return replace(inputs, fault="")


def read_schemes(body: bytes) -> tuple[Scheme, ...]:
    """Of GET /assessments/schemes. Raises BadInputs."""
    try:
        schemes = msgspec.json.decode(body, type=_Schemes, strict=False).items
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadInputs(f"考评办法读不懂：{error}") from None
    for one in schemes:
        if fault := one.fault():
            raise BadInputs(f"办法 {one.id}：{fault}")
        if one.until is not None and one.until < one.since:
            raise BadInputs(f"办法 {one.id}：截止日期早于生效日期")
    return schemes


def _faults(inputs: Inputs) -> Iterator[str]:
    for unit, points in inputs.special.items():
        if not _is_share(points):
            yield f"{unit} 的专项分为 {points:g}，应在 0 至 100 之间"
    for unit, fields in inputs.special_fields.items():
        for field, points in fields.items():
            if not _is_share(points):
                yield f"{unit} 的专项 {field} 为 {points:g}，应在 0 至 100 之间"
    for unit, votes in inputs.votes.items():
        for rater, points in votes.items():
            if not _is_share(points):
                yield f"{rater} 给 {unit} 的互评分为 {points:g}，应在 0 至 100 之间"
    for one in inputs.adjustments:
        if not isfinite(one.points) or not one.reason.strip():
            yield f"{one.unit_id} 的加减分没有理由，或不是数"
    for unit, counts in inputs.counts.items():
        yield from (f"{unit}：{text}" for text in _contradictions(counts))


def _is_share(points: float) -> bool:
    return 0 <= points <= 100


def _contradictions(counts: Mapping[str, float]) -> Iterator[str]:
    for name, count in counts.items():
        if not 0 <= count < float("inf"):
            yield f"{name} 为 {count:g}，不是计数"
    for part, whole in AT_MOST:
        if part in counts and whole in counts and counts[part] > counts[whole]:
            yield f"{part}（{counts[part]:g}）大于 {whole}（{counts[whole]:g}）"


def with_told(table: CountTable, inputs: Mapping[str, Inputs], names: Iterable[str]) -> CountTable:
    """With the counts that no case tells; a unit or month without them is 未上报.

    `names`: the counts that are known. What cases tell stays as it was counted.
    """
    told = {name for one in inputs.values() for counts in one.counts.values() for name in counts}
    wanted = sorted((told & set(names)) - _FROM_CASES)
    if not wanted:
        return table
    values = dict(table.values)
    for name in wanted:
        values[name] = np.array(_rows(table.unit_ids, table.periods, inputs, name))
    return CountTable(table.unit_ids, table.periods, values)


def _rows(
    units: Sequence[str], periods: Sequence[str], inputs: Mapping[str, Inputs], name: str
) -> list[list[float]]:
    nothing: dict[str, float] = {}
    months = [inputs[period].counts if period in inputs else {} for period in periods]
    return [[month.get(unit, nothing).get(name, np.nan) for month in months] for unit in units]
