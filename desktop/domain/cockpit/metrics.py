"""The registry of named city metrics (城市体征), read from resources/metrics/*.yaml."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from desktop.domain.marked_yaml import FileFault, Marked, fault_of, read_yaml

CITY = "city"
"""scope_id of the whole city."""


class Period(StrEnum):
    """Over what a value is taken, always up to its time."""

    NOW = "now"  # a state of the moment
    HOUR = "hour"  # the last 60 minutes
    DAY = "day"  # since midnight in Asia/Shanghai
    MONTH = "month"  # since the first of the month in Asia/Shanghai

    @property
    def word(self) -> str:
        return {"now": "此刻", "hour": "近 1 小时", "day": "今日", "month": "本月"}[self.value]


class Direction(StrEnum):
    """Which way is better. NONE: neither, and no colour for a change."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class ScopeKind(StrEnum):
    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    ORG = "org"


class Metric(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`scope`: the finest units it is told for; the city as a whole always. `target` in `unit`.

    `source`: which register or feed of the platform it is counted from. `stale_s`: older than
    this it is grey. `is_rate`: `n` is the denominator, so its certainty can be computed.
    """

    metric_id: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")]
    name: Annotated[str, Meta(min_length=1, max_length=24)]
    unit: str = ""
    source: str
    period: Period = Period.NOW
    direction: Direction = Direction.NONE
    scope: ScopeKind = ScopeKind.CITY
    decimals: Annotated[int, Meta(ge=0, le=4)] = 0
    target: float | None = None
    is_rate: bool = False
    stale_s: Annotated[float, Meta(gt=0)] = 180.0
    accountable: str = ""
    group: str = ""

    def meets(self, value: float, target: float | None = None) -> bool | None:
        """None where nothing is aimed at. `target` before its own."""
        aim = self.target if target is None else target
        if aim is None or self.direction is Direction.NONE:
            return None
        return value >= aim if self.direction is Direction.UP else value <= aim

    def is_told_for(self, kind: ScopeKind) -> bool:
        """Streets lie in districts: who is told for the finer is told for the coarser."""
        finer = {ScopeKind.DISTRICT: (ScopeKind.DISTRICT, ScopeKind.STREET)}
        return kind is ScopeKind.CITY or self.scope in finer.get(kind, (kind,))

    def text(self, value: float) -> str:
        """Without unit; thousands in groups."""
        return f"{value:,.{self.decimals}f}"


class MetricFile(Struct, frozen=True, forbid_unknown_fields=True):
    """`group`: the heading on the screens' list of metrics."""

    group: str
    metrics: tuple[Metric, ...]


class Registry:
    """All metrics by id. What is wrong in a file stands in `faults` and is left out."""

    def __init__(self, metrics: Iterable[Metric] = (), faults: Iterable[FileFault] = ()) -> None:
        self._by_id = {one.metric_id: one for one in metrics}
        self.faults = tuple(faults)

    def __iter__(self) -> Iterator[Metric]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, metric_id: object) -> bool:
        return metric_id in self._by_id

    def get(self, metric_id: str) -> Metric | None:
        return self._by_id.get(metric_id)

    def groups(self) -> dict[str, tuple[Metric, ...]]:
        names = dict.fromkeys(one.group for one in self)
        return {name: tuple(one for one in self if one.group == name) for name in names}


def read_registry(files: Iterable[tuple[str, str]]) -> Registry:
    """(name, text) of each file. Of a metric that stands twice the first counts."""
    found: dict[str, Metric] = {}
    faults: list[FileFault] = []
    for file, text in files:
        marked = read_yaml(file, text)
        if isinstance(marked, FileFault):
            faults.append(marked)
            continue
        _take(file, marked, found, faults)
    return Registry(found.values(), faults)


def _take(file: str, marked: Marked, found: dict[str, Metric], faults: list[FileFault]) -> None:
    try:
        read = msgspec.convert(marked.value, MetricFile)
    except msgspec.ValidationError as error:
        faults.append(fault_of(file, marked, error))
        return
    for number, metric in enumerate(read.metrics):
        if metric.metric_id in found:
            line = marked.line_of(f"metrics[{number}].metric_id")
            faults.append(FileFault(file, line, f"指标 {metric.metric_id} 写了两次"))
        else:
            found[metric.metric_id] = msgspec.structs.replace(
                metric, group=metric.group or read.group
            )
