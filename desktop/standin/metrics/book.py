"""All metrics of the city: the present from its sources, the past of thirty days behind it."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from desktop.domain.cockpit.metrics import CITY, Metric, Period, Registry, ScopeKind
from desktop.standin.metrics.course import course, share_of_day
from desktop.standin.metrics.sheet import Edges, Past, Sheet, Source, Told

log = logging.getLogger(__name__)
HOUR_S, DAY_S, _CHINA_S = 3600, 86_400, 8 * 3600
LONGEST = timedelta(days=31)
_AGAINST = {"day": DAY_S, "week": 7 * DAY_S, "month": 30 * DAY_S}


class MetricBook:
    """One thread: the loop's. Sources that block are read on others, one at a time."""

    def __init__(
        self, registry: Registry, sources: Sequence[Source], districts: Mapping[str, str],
        now: Callable[[], datetime], seed: int,
    ) -> None:  # fmt: skip
        self.registry, self.districts, self._now, self._seed = registry, districts, now, seed
        self._sources = {source.name: source for source in sources}
        self._locks = {source.name: asyncio.Lock() for source in sources}
        self.sheets: dict[str, tuple[datetime, Sheet]] = {}
        self._pasts: dict[tuple[str, int, int], Past] = {}
        self._usual: dict[tuple[str, str], float] = {}
        self._kept: dict[tuple[str, str], dict[int, float]] = {}

    def forget(self) -> None:
        """What was counted is counted anew."""
        self.sheets.clear()
        self._pasts.clear()

    async def rows(
        self, names: Sequence[str], scopes: Sequence[str],
        start: datetime | None = None, to: datetime | None = None, step_s: float | None = None,
    ) -> list[dict[str, Any]]:  # fmt: skip
        """One for each metric and unit that the metric is told for."""
        metrics = [m for name in names if (m := self.registry.get(name)) is not None]
        for name in dict.fromkeys(m.source for m in metrics):
            await self._refresh(name)
        pairs = [(m, s) for m in metrics for s in scopes if s == CITY or m.scope is not CITY_ONLY]
        found = [self._row(metric, scope) for metric, scope in pairs]
        if start is None:
            return found
        end = min(to or self._now(), self._now())
        begin = max(start, end - LONGEST)
        for (metric, scope), row in zip(pairs, found, strict=True):
            row["series"] = await self._series(metric, scope, begin, end, step_s)
        return found

    # ---- the present --------------------------------------------------------------------------

    async def _refresh(self, name: str) -> None:
        source, at = self._sources.get(name), self._now()
        if source is None or not source.ready:
            return
        async with self._locks[name]:
            known = self.sheets.get(name)
            if known is not None and abs((at - known[0]).total_seconds()) < source.fresh_s:
                return
            blocks = source.blocks
            sheet = await asyncio.to_thread(source.present, at) if blocks else source.present(at)
            self.sheets[name] = (at, sheet)
        self._remember(sheet, at)

    def _remember(self, sheet: Sheet, at: datetime) -> None:
        hour = round(at.timestamp() / HOUR_S) * HOUR_S
        near = abs(at.timestamp() - hour) < HOUR_S / 12
        for (metric_id, scope), told in sheet.values.items():
            if told.value is None:
                continue
            metric = self.registry.get(metric_id)
            if metric is not None and (metric_id, scope) not in self._usual:
                share = share_of_day(at.timestamp()) if metric.period is Period.DAY else 1.0
                percent = metric.unit == "%" or metric.unit == "s"
                self._usual[metric_id, scope] = told.value / (1.0 if percent else share)
            if near:
                self._kept.setdefault((metric_id, scope), {})[hour] = told.value

    def _row(self, metric: Metric, scope: str) -> dict[str, Any]:
        known = self.sheets.get(metric.source)
        told, as_of, source_id = Told(None), None, ""
        if known is not None:
            as_of, sheet = known
            told = sheet.values.get((metric.metric_id, scope), told)
            source_id = sheet.source_id
        row: dict[str, Any] = {
            "metric_id": metric.metric_id, "scope_id": scope, "at": self._now(),
            "value": _short(told.value), "n": _short(told.n),
            "as_of": as_of if told.value is not None else None,
            "source_id": source_id if told.value is not None else "",
        }  # fmt: skip
        if known is not None:
            before = {
                word: known[1].earlier.get((metric.metric_id, scope, back))
                for word, back in _AGAINST.items()
            }
            row["earlier"] = {word: v for word, v in before.items() if v is not None}
        return row

    # ---- the past -----------------------------------------------------------------------------

    async def _series(
        self, metric: Metric, scope: str, begin: datetime, end: datetime, step_s: float | None
    ) -> dict[str, Any]:
        step = DAY_S if metric.period is Period.MONTH else HOUR_S
        if step_s is not None and step_s > step:
            step = int(step_s // HOUR_S) * HOUR_S
        shift = _CHINA_S if step % DAY_S == 0 else 0
        first = -(-(int(begin.timestamp()) + shift) // step) * step - shift
        edges = np.arange(first, int(end.timestamp()) + 1, step, dtype=np.int64)
        values = await self._past(metric, scope, edges)
        start = datetime.fromtimestamp(first, UTC)
        return {"start": start, "step_s": step, "values": values}

    async def _past(self, metric: Metric, scope: str, edges: Edges) -> list[float | None]:
        if not len(edges):
            return []
        real = (await self._real(metric, edges)).get((metric.metric_id, scope))
        if real is not None:
            values = np.asarray(real, dtype=np.float64).copy()
        elif (usual := self._usual.get((metric.metric_id, scope))) is not None:
            values = course(metric, scope, usual, edges, self._seed)
        else:
            return [None] * len(edges)
        kept = self._kept.get((metric.metric_id, scope), {})
        for edge, value in kept.items() if real is None else ():
            place = int(np.searchsorted(edges, edge))
            if place < len(edges) and edges[place] == edge:
                values[place] = value
        plain = np.round(values, 4).tolist()
        return [None if v != v else v for v in plain] if np.isnan(values).any() else plain

    async def _real(self, metric: Metric, edges: Edges) -> Past:
        """The past that a source knows, of all its metrics at once; kept until the next hour."""
        source = self._sources.get(metric.source)
        if source is None or not source.ready:
            return {}
        key = (f"{source.name}/{metric.period is Period.MONTH}", int(edges[0]), int(edges[-1]))
        async with self._locks[source.name]:
            if key not in self._pasts:
                wanted = [
                    m.metric_id for m in self.registry
                    if m.source == source.name
                    and (m.period is Period.MONTH) is (metric.period is Period.MONTH)
                ]  # fmt: skip
                found = await asyncio.to_thread(source.past, wanted, edges)
                for old in [k for k in self._pasts if k[0] == key[0]][:-3]:
                    del self._pasts[old]
                self._pasts[key] = found
        return self._pasts[key]


CITY_ONLY = ScopeKind.CITY


def _short(value: float | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if float(value).is_integer() else round(float(value), 4)


def scopes_of(words: Iterable[str], districts: Mapping[str, str]) -> list[str]:
    """`district`: all of them. Raises KeyError for what is no unit of the city."""
    found: list[str] = []
    for word in words:
        if word == ScopeKind.DISTRICT:
            found += districts
        elif word == CITY or word in districts:
            found.append(word)
        else:
            raise KeyError(word)
    return list(dict.fromkeys(found)) or [CITY]
