"""City metrics as last told, for whoever has subscribed; asked for no oftener than is of use.

The hours behind a value are asked for once an hour, the value itself at the pace of its metric.
"""

import logging
from collections.abc import Iterable, Sequence
from typing import Protocol

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from desktop.clock import Clock, SystemClock
from desktop.domain.cockpit.metrics import CITY, Metric, Registry, ScopeKind
from desktop.domain.cockpit.series import MetricSeries, is_stale
from desktop.errors import PlatformError
from desktop.tasks import TaskScope, loop_runs

log = logging.getLogger(__name__)

TICK_MS = 1000
HISTORY_S = 3600.0
FAILED_S = 5.0
_FRESH_PARTS = 6
"""A metric is asked for so many times before it would be stale."""
Key = tuple[str, str]
"""metric_id, scope_id; or the kind of unit for all of a kind."""


class MetricReads(Protocol):
    """Both raise PlatformError; neither blocks."""

    async def metrics(
        self, names: Sequence[str], scopes: Sequence[str], hours: float = 0.0
    ) -> tuple[MetricSeries, ...]: ...

    async def metric_units(self) -> dict[str, str]: ...


class Subscription:
    """`cancel` when nobody looks any more; a second call does nothing."""

    def __init__(
        self, store: "MetricStore", keys: frozenset[Key], hours: float, refresh_s: float
    ) -> None:
        self._store, self.keys, self.hours, self.refresh_s = store, keys, hours, refresh_s

    def cancel(self) -> None:
        self._store.forget(self)


class MetricStore(QObject):
    """`changed` names what is new or has become stale or fresh: a frozenset of Key."""

    changed = Signal(object)
    registry_changed = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        reads: MetricReads | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Without `reads` nothing is ever asked."""
        super().__init__(parent)
        self._reads, self._clock = reads, clock or SystemClock()
        self.registry = Registry()
        self.error = ""
        """Why the last question failed; empty after one that did not."""
        self._subscriptions: list[Subscription] = []
        self._series: dict[Key, MetricSeries] = {}
        self._asked_s: dict[Key, float] = {}
        self._history: dict[Key, tuple[float, float]] = {}  # when asked, hours
        self._stale: set[Key] = set()
        self._names: dict[str, str] = {}
        self._is_asking, self._not_before_s = False, 0.0
        self._scope = TaskScope(self)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    # ---- what a view asks -------------------------------------------------------------------

    def subscribe(
        self,
        metric_ids: Iterable[str],
        scope_id: str = CITY,
        *,
        by: ScopeKind = ScopeKind.CITY,
        hours: float = 720.0,
        refresh_s: float = 10.0,
    ) -> Subscription:
        """`by`: the present value of every unit of a kind, without the hours behind it."""
        scope = scope_id if by is ScopeKind.CITY else by.value
        keys = frozenset((metric_id, scope) for metric_id in metric_ids)
        wanted = Subscription(self, keys, 0.0 if scope in _KINDS else hours, refresh_s)
        self._subscriptions.append(wanted)
        self._timer.start()
        if loop_runs():
            QTimer.singleShot(0, self, self.tick)  # what subscribes together is asked together
        return wanted

    def forget(self, subscription: Subscription) -> None:
        if subscription in self._subscriptions:
            self._subscriptions.remove(subscription)
        if not self._subscriptions:
            self._timer.stop()

    def series(self, metric_id: str, scope_id: str = CITY) -> MetricSeries | None:
        return self._series.get((metric_id, scope_id))

    def units(self, metric_id: str, by: ScopeKind) -> dict[str, MetricSeries]:
        """scope_id -> present value, of a subscription `by` units; the city is not among them."""
        found = {
            scope: series for (name, scope), series in self._series.items()
            if name == metric_id and scope != CITY and scope in self._names
        }  # fmt: skip
        return found if by is not ScopeKind.CITY else {}

    def unit_name(self, scope_id: str) -> str:
        return self._names.get(scope_id, "") or scope_id

    def age_s(self, metric_id: str, scope_id: str = CITY) -> float | None:
        series = self.series(metric_id, scope_id)
        return None if series is None else series.age_s(self._clock.now())

    def is_stale(self, metric_id: str, scope_id: str = CITY) -> bool:
        """True also for what is not known."""
        metric, series = self.registry.get(metric_id), self.series(metric_id, scope_id)
        if metric is None or series is None:
            return True
        return is_stale(metric, series, self._clock.now())

    # ---- what is told -----------------------------------------------------------------------

    def put_registry(self, registry: Registry) -> None:
        self.registry = registry
        self.registry_changed.emit()
        if self._subscriptions:
            self.tick()

    def take(self, told: Iterable[MetricSeries], with_hours: bool) -> None:
        """Without hours those known before stay."""
        new: set[Key] = set()
        for series in told:
            key = (series.metric_id, series.scope_id)
            known = self._series.get(key)
            if not with_hours and known is not None and known.values:
                series = replace(
                    known, present=series.present, earlier=series.earlier or known.earlier
                )
            self._series[key] = series
            new.add(key)
        self._stale -= new
        self._stale |= {key for key in new if self.is_stale(*key)}
        if new:
            self.changed.emit(frozenset(new))

    # ---- asking -----------------------------------------------------------------------------

    def tick(self) -> None:
        """What is due is asked in one go; what has aged meanwhile is told."""
        self._tell_aged()
        now_s = self._clock.monotonic_s()
        if self._reads is None or self._is_asking or now_s < self._not_before_s or not loop_runs():
            return
        if batches := self._due(now_s):
            self._is_asking = True
            self._scope.spawn(self._ask(self._reads, batches), name="metrics")

    def _due(self, now_s: float) -> dict[tuple[str, float], list[str]]:
        """(scope, hours) -> metric ids."""
        refresh: dict[Key, float] = {}
        hours: dict[Key, float] = {}
        for one in self._subscriptions:
            for key in one.keys:
                refresh[key] = min(refresh.get(key, one.refresh_s), one.refresh_s)
                hours[key] = max(hours.get(key, 0.0), one.hours)
        batches: dict[tuple[str, float], list[str]] = {}
        for key, refresh_s in refresh.items():
            metric = self.registry.get(key[0])
            if metric is None:
                continue
            asked_s, of_hours = self._history.get(key, (-1e12, 0.0))
            if hours[key] and (now_s - asked_s >= HISTORY_S or hours[key] > of_hours):
                batches.setdefault((key[1], hours[key]), []).append(key[0])
            elif now_s - self._asked_s.get(key, -1e12) >= max(refresh_s, pace_s(metric)) - 0.5:
                batches.setdefault((key[1], 0.0), []).append(key[0])
        return batches

    async def _ask(self, reads: MetricReads, batches: dict[tuple[str, float], list[str]]) -> None:
        try:
            if not self._names:
                self._names = await reads.metric_units()
            for (scope, hours), names in batches.items():
                told = await reads.metrics(names, (scope,), hours)
                now_s = self._clock.monotonic_s()
                for name in names:
                    self._asked_s[name, scope] = now_s
                    if hours:
                        self._history[name, scope] = (now_s, hours)
                self.take(told, bool(hours))
            self.error = ""
        except PlatformError as error:
            self.error = error.operator_text
            self._not_before_s = self._clock.monotonic_s() + FAILED_S
        finally:
            self._is_asking = False

    def _tell_aged(self) -> None:
        aged = {key for key in self._series if key not in self._stale and self.is_stale(*key)}
        self._stale |= aged
        if aged:
            self.changed.emit(frozenset(aged))


_KINDS = frozenset(kind.value for kind in ScopeKind if kind is not ScopeKind.CITY)


def pace_s(metric: Metric) -> float:
    """Asking oftener would bring nothing that matters."""
    return max(1.0, metric.stale_s / _FRESH_PARTS)
