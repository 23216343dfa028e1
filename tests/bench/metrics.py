"""200 metrics over 30 days: from the platform's bytes to series in the station's store.

The link checks every row and writes it for the station, a worker thread of the station reads it,
the GUI thread takes it. The floor is json.loads of the same bytes.
"""

import json
import os
import time
from datetime import UTC, datetime, timedelta

import msgspec

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication

from desktop.cockpit_rules import read_metrics
from desktop.domain.cockpit.series import MetricSeries, read_series
from desktop.feeds.metrics import read_rows
from desktop.stores.metrics import MetricStore

METRICS, HOURS, ROUNDS = 200, 720, 7
_NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def measure() -> dict[str, object]:
    """Milliseconds, best of ROUNDS."""
    application = QCoreApplication.instance() or QCoreApplication([])
    body = _body()
    best = dict.fromkeys(("link_ms", "station_worker_ms", "gui_thread_ms", "json_loads_ms"), 1e9)
    for _ in range(ROUNDS):
        for name, cost_ms in _round(body).items():
            best[name] = min(best[name], cost_ms)
    del application
    whole = best["link_ms"] + best["station_worker_ms"] + best["gui_thread_ms"]
    figures: dict[str, object] = {name: round(cost, 1) for name, cost in best.items()}
    return figures | {
        "metrics": METRICS, "values": METRICS * (HOURS + 1), "bytes": len(body),
        "whole_ms": round(whole, 1), "goal_ms": 200,
    }  # fmt: skip


def _round(body: bytes) -> dict[str, float]:
    store = MetricStore()
    store.put_registry(read_metrics())
    marks = [time.perf_counter()]
    rows, odd = read_rows(body)
    told = msgspec.json.encode(rows)
    marks.append(time.perf_counter())
    series: tuple[MetricSeries, ...] = read_series(told)
    marks.append(time.perf_counter())
    store.take(series, with_hours=True)
    marks.append(time.perf_counter())
    json.loads(body)
    marks.append(time.perf_counter())
    assert odd == 0 and len(series) == METRICS
    names = ("link_ms", "station_worker_ms", "gui_thread_ms", "json_loads_ms")
    return {
        name: (after - before) * 1e3
        for name, before, after in zip(names, marks, marks[1:], strict=False)
    }


def _body() -> bytes:
    """As the stand-in answers, with a gap in every series."""
    names = [one.metric_id for one in read_metrics()][:METRICS]
    return msgspec.json.encode({"items": body_of(names, "city", HOURS)})


def body_of(
    names: list[str], scope_id: str, hours: int, now: datetime = _NOW
) -> list[dict[str, object]]:
    """`hours` 0: the present value alone."""
    start = now - timedelta(hours=hours)
    values = [None if n == 300 else round(40 + n * 0.731 % 17, 4) for n in range(hours + 1)]
    rows: list[dict[str, object]] = []
    for name in names:
        row: dict[str, object] = {
            "metric_id": name, "scope_id": scope_id, "at": now, "value": 41.5, "n": 100,
            "as_of": now, "source_id": "bench/1", "earlier": {"day": 40.0, "week": 39.0},
        }  # fmt: skip
        if hours:
            row["series"] = {"start": start, "step_s": 3600, "values": values}
        rows.append(row)
    return rows
