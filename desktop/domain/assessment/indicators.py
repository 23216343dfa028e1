"""Indicators as data (resources/assessment/*.yaml), and the order in which they are computed."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Annotated

from msgspec import Meta, Struct

from desktop.domain.assessment.expressions import Expression, ExpressionFault, Steps

Name = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,47}$")]


class Source(StrEnum):
    """Where the figure comes from."""

    PLATFORM = "platform"  # 平台
    FIELD = "field"  # 实地
    SURVEY = "survey"  # 问卷
    PEER = "peer"  # 互评

    @property
    def word(self) -> str:
        return {"platform": "平台", "field": "实地", "survey": "问卷", "peer": "互评"}[self.value]


class Unit(StrEnum):
    """`percent`: a share, shown times 100."""

    PERCENT = "percent"
    POINTS = "points"
    HOURS = "hours"
    MINUTES = "minutes"
    COUNT = "count"
    RATIO = "ratio"

    @property
    def word(self) -> str:
        return {"percent": "%", "points": "分", "hours": "h", "minutes": "min", "count": "件",
                "ratio": ""}[self.value]  # fmt: skip


class Indicator(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Either `numerator` over `denominator`, or `formula` over other indicators and counts.

    The denominator is the sample size n. `target`, `weight`: None where there is none.
    `since`, `until`: days on which it is in force, both inclusive.
    """

    id: Name
    code: str = ""
    """As it is known: E1, Q2."""
    name: str
    group: str = ""
    unit: Unit = Unit.PERCENT
    numerator: str = ""
    denominator: str = ""
    formula: str = ""
    higher_is_better: bool = True
    target: float | None = None
    weight: Annotated[float, Meta(ge=0, le=1000)] = 1.0
    source: Source = Source.PLATFORM
    accountable: str = ""
    note: str = ""
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

    @property
    def text(self) -> str:
        """The formula as it is shown."""
        return self.formula or f"{self.numerator} / {self.denominator}"


class Fault(Struct, frozen=True):
    """Why an indicator is refused: `id` and `field` find its line."""

    id: str
    field: str
    reason: str


class Catalogue:
    """Indicators that can be computed one after the other from the counts."""

    def __init__(
        self,
        indicators: Iterable[Indicator],
        counts: Iterable[str],
        bands: Mapping[str, Steps] | None = None,
    ) -> None:
        """What cannot be used is in `faults`, and so is what needs it."""
        self.counts = frozenset(counts)
        self.bands = dict(bands or {})
        self.faults: list[Fault] = []
        self._parts: dict[str, dict[str, Expression]] = {}
        rows: dict[str, Indicator] = {}
        for one in indicators:
            if one.id in rows or one.id in self.counts:
                self.faults.append(Fault(one.id, "id", f"{one.id} 重复"))
            elif (parts := self._parse(one)) is not None:
                rows[one.id], self._parts[one.id] = one, parts
        self.indicators = self._ordered(rows)

    def get(self, indicator_id: str) -> Indicator | None:
        return self._by_id.get(indicator_id)

    def parts(self, indicator_id: str) -> Mapping[str, Expression]:
        """`numerator` and `denominator`, or `formula`."""
        return self._parts[indicator_id]

    def needs(self, indicator_id: str) -> set[str]:
        """Names of counts and indicators that it uses itself."""
        return set[str]().union(*(one.names for one in self._parts[indicator_id].values()))

    def base_counts(self, indicator_id: str) -> set[str]:
        """Counts that it rests on, through all indicators between."""
        found = set[str]()
        for name in self.needs(indicator_id):
            found |= {name} if name in self.counts else self.base_counts(name)
        return found

    @cached_property
    def _by_id(self) -> dict[str, Indicator]:
        return {one.id: one for one in self.indicators}

    def _parse(self, one: Indicator) -> dict[str, Expression] | None:
        fields = {"numerator": one.numerator, "denominator": one.denominator}
        if one.formula:
            fields = {"formula": one.formula}
            if one.numerator or one.denominator:
                self.faults.append(Fault(one.id, "formula", "公式与分子、分母只能写一种"))
                return None
        parts: dict[str, Expression] = {}
        for field, text in fields.items():
            try:
                if not text:
                    raise ExpressionFault("没有公式，也没有完整的分子与分母")
                parts[field] = Expression(text)
                if unknown := parts[field].bands - self.bands.keys():
                    raise ExpressionFault(f"没有分段表 {'、'.join(sorted(unknown))}")
            except ExpressionFault as fault:
                self.faults.append(Fault(one.id, field if text else "id", str(fault)))
                return None
        return parts

    def _ordered(self, rows: dict[str, Indicator]) -> tuple[Indicator, ...]:
        """Drops, with a reason, what uses unknown names or itself, until all that is left can be
        computed."""
        while True:
            wrong = self._unknown(rows)
            if not wrong:
                try:
                    graph = {one: self.needs(one) & rows.keys() for one in rows}
                    order = tuple(TopologicalSorter(graph).static_order())
                    return tuple(rows[one] for one in order)
                except CycleError as error:
                    names = list(dict.fromkeys(error.args[1]))
                    path = " → ".join([*names, names[0]])
                    wrong = {one: ("formula", f"公式互相引用：{path}") for one in names}
            for one, (field, reason) in wrong.items():
                self.faults.append(Fault(one, field, reason))
                del rows[one]

    def _unknown(self, rows: dict[str, Indicator]) -> dict[str, tuple[str, str]]:
        known = self.counts | rows.keys()
        found: dict[str, tuple[str, str]] = {}
        for one in rows:
            for field, part in self._parts[one].items():
                if unknown := part.names - known:
                    found[one] = (field, f"没有名为 {'、'.join(sorted(unknown))} 的计数或指标")
        return found
