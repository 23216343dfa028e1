"""Values of a metric over time. A gap stays a gap: it is never 0 and never filled in."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

import msgspec
from msgspec import Struct

from desktop.domain.cockpit.metrics import CITY, Direction, Metric, Period


class Against(StrEnum):
    """With what the present is compared: 环比 the period before, 同比 the same time earlier."""

    NONE = "none"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"

    @property
    def word(self) -> str:
        words = {"none": "", "day": "较昨日同时", "week": "较上周同时"}
        return words.get(self.value) or {"month": "环比", "year": "同比"}.get(self.value, "")


class MetricSample(Struct, frozen=True, kw_only=True):
    """`value` None: nothing is known. `n`: on how many things it rests; `as_of`: to when the
    source is complete; `source_id`: what it was counted from, never empty for a known value."""

    metric_id: str
    at: datetime
    value: float | None
    scope_id: str = CITY
    n: float | None = None
    as_of: datetime | None = None
    source_id: str = ""


class MetricSeries(Struct, frozen=True, kw_only=True):
    """`values[i]` is what the metric was at `start + i * step_s`; `present` is its last word.
    `earlier`: what the platform says it was at the same time before."""

    metric_id: str
    present: MetricSample
    start: datetime
    step_s: float
    values: tuple[float | None, ...] = ()
    earlier: dict[Against, float] = {}
    scope_id: str = CITY

    def at(self, index: int) -> datetime:
        return self.start + timedelta(seconds=index * self.step_s)

    def value_at(self, moment: datetime) -> float | None:
        """The nearest sample not further than half a step."""
        index = round((moment - self.start).total_seconds() / self.step_s)
        return self.values[index] if 0 <= index < len(self.values) else None

    def runs(self) -> list[list[tuple[float, float]]]:
        """Unbroken pieces of (Unix seconds, value): a line is drawn per piece."""
        begin, open_piece = self.start.timestamp(), False
        pieces: list[list[tuple[float, float]]] = []
        for index, value in enumerate(self.values):
            if value is None:
                open_piece = False
                continue
            if not open_piece:
                pieces.append([])
                open_piece = True
            pieces[-1].append((begin + index * self.step_s, value))
        return pieces

    def age_s(self, now: datetime) -> float | None:
        """Of the source, not of the message; None when nothing is known."""
        as_of = self.present.as_of
        return None if as_of is None else max((now - as_of).total_seconds(), 0.0)


class MetricUnits(Struct, frozen=True):
    """Rows with scope_id and name, of what metrics are told for."""

    units: tuple[dict[str, str], ...] = ()


_decoder = msgspec.json.Decoder(tuple[MetricSeries, ...])


def read_series(body: bytes) -> tuple[MetricSeries, ...]:
    """As the link answers. Raises msgspec.DecodeError."""
    return _decoder.decode(body)


def is_stale(metric: Metric, series: MetricSeries, now: datetime) -> bool:
    """True also where nothing is known."""
    age = series.age_s(now)
    return age is None or age > metric.stale_s


_FINE_S = 3600.0
"""A coarser series says too little about one moment."""


class Change(NamedTuple):
    """`better` None: the metric has no better side, or nothing has changed."""

    before: float
    now: float
    against: Against
    better: bool | None

    @property
    def difference(self) -> float:
        return self.now - self.before

    @property
    def share(self) -> float | None:
        """Of the value before; None where that was 0."""
        return self.difference / abs(self.before) if self.before else None


def earlier(moment: datetime, against: Against) -> datetime:
    """The same wall time before. A month has 30 days, a year 364: the weekday stays."""
    days = {Against.DAY: 1, Against.WEEK: 7, Against.MONTH: 30, Against.YEAR: 364}
    return moment - timedelta(days=days.get(against, 0))


def change(metric: Metric, series: MetricSeries, against: Against) -> Change | None:
    """None where one of the two values is not known."""
    if against is Against.NONE or series.present.value is None:
        return None
    before = series.earlier.get(against)
    if before is None and (series.step_s <= _FINE_S or metric.period is Period.MONTH):
        before = series.value_at(earlier(series.present.at, against))
    if before is None:
        return None
    return Change(before, series.present.value, against, _better(metric, before, series))


def _better(metric: Metric, before: float, series: MetricSeries) -> bool | None:
    now = series.present.value
    if now is None or now == before or metric.direction is Direction.NONE:
        return None
    return (now > before) is (metric.direction is Direction.UP)


def no_sample(metric_id: str, scope_id: str = CITY) -> MetricSample:
    return MetricSample(
        metric_id=metric_id, scope_id=scope_id, at=datetime.fromtimestamp(0, UTC), value=None
    )
