"""Wire form of GET /metrics; what cannot be read is left out, row by row."""

import math
from datetime import UTC, datetime

import msgspec

from desktop.domain.alarms import AwareTime
from desktop.domain.cockpit.metrics import CITY, Metric
from desktop.domain.cockpit.series import Against, MetricSample, MetricSeries
from desktop.feeds.wire import UNREADABLE

MOST_VALUES = 24 * 366


class _Course(msgspec.Struct):
    start: AwareTime
    step_s: float
    values: list[float | None]


class _Row(msgspec.Struct):
    metric_id: str
    at: AwareTime
    value: float | None
    scope_id: str = CITY
    n: float | None = None
    as_of: AwareTime | None = None
    source_id: str = ""
    earlier: dict[str, float] = {}
    series: _Course | None = None


class _Answer(msgspec.Struct):
    items: list[msgspec.Raw]


class RegistryAnswer(msgspec.Struct):
    """Source: GET /metrics/registry. `units`: names of the scopes."""

    items: list[Metric]
    units: list[dict[str, str]] = []


def read_rows(body: bytes) -> tuple[list[MetricSeries], int]:
    """The series, and how many rows were not understood. Raises DecodeError of msgspec."""
    rows = msgspec.json.decode(body, type=_Answer).items
    found: list[MetricSeries] = []
    for raw in rows:
        try:
            found.append(_series(msgspec.json.decode(raw, type=_Row)))
        except UNREADABLE:
            continue
    return found, len(rows) - len(found)


def _series(row: _Row) -> MetricSeries:
    if row.value is not None and not row.source_id:
        raise msgspec.ValidationError("a value without a source")
    present = MetricSample(
        metric_id=row.metric_id, scope_id=row.scope_id, at=row.at, value=row.value, n=row.n,
        as_of=row.as_of, source_id=row.source_id,
    )  # fmt: skip
    course = row.series or _Course(datetime.fromtimestamp(0, UTC), 3600.0, [])
    if not (math.isfinite(course.step_s) and course.step_s > 0):
        raise msgspec.ValidationError("a step that is none")
    if len(course.values) > MOST_VALUES:
        raise msgspec.ValidationError("more than an hour's values of a year")
    return MetricSeries(
        metric_id=row.metric_id, scope_id=row.scope_id, present=present, start=course.start,
        step_s=course.step_s, values=tuple(course.values),
        earlier={Against(key): v for key, v in row.earlier.items() if key in _KNOWN},
    )  # fmt: skip


_KNOWN = frozenset(one.value for one in Against)
