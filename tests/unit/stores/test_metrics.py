"""The store of city metrics: what it asks, how often, and what it keeps."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from desktop.domain.cockpit.metrics import Metric, Registry, ScopeKind
from desktop.domain.cockpit.series import MetricSample, MetricSeries
from desktop.errors import PlatformAway
from desktop.stores.metrics import HISTORY_S, MetricStore

START = datetime(2026, 11, 22, 12, tzinfo=UTC)
REGISTRY = Registry(
    [
        Metric(metric_id="a.fast", name="快", source="x", stale_s=12),
        Metric(metric_id="a.slow", name="慢", source="x", stale_s=600, scope=ScopeKind.DISTRICT),
    ]
)


class StillClock:
    def __init__(self) -> None:
        self.s = 0.0

    def now(self) -> datetime:
        return START + timedelta(seconds=self.s)

    def monotonic_s(self) -> float:
        return self.s

    async def sleep(self, seconds_s: float) -> None: ...


class FakeReads:
    """Answers each metric with the second in which it was asked."""

    def __init__(self, clock: StillClock) -> None:
        self.clock, self.asked, self.is_away = clock, list[tuple[tuple[str, ...], str, float]](), 0

    async def metrics(
        self, names: Sequence[str], scopes: Sequence[str], hours: float = 0.0
    ) -> tuple[MetricSeries, ...]:
        if self.is_away:
            raise PlatformAway("平台不通")
        self.asked.append((tuple(names), scopes[0], hours))
        units = ("d1", "d2") if scopes[0] == "district" else scopes
        return tuple(self._series(name, unit, hours) for name in names for unit in units)

    async def metric_units(self) -> dict[str, str]:
        return {"d1": "东区", "d2": "西区"}

    def _series(self, name: str, unit: str, hours: float) -> MetricSeries:
        at = self.clock.now()
        present = MetricSample(metric_id=name, scope_id=unit, at=at, value=self.clock.s, as_of=at,
                               source_id="x/1")  # fmt: skip
        return MetricSeries(metric_id=name, scope_id=unit, present=present, start=START,
                            step_s=3600, values=(1.0, None) if hours else ())  # fmt: skip


class Desk:
    def __init__(self) -> None:
        self.clock = StillClock()
        self.reads = FakeReads(self.clock)
        self.store = MetricStore(reads=self.reads, clock=self.clock)
        self.told = list[frozenset[tuple[str, str]]]()
        self.store.changed.connect(self.told.append)
        self.store.put_registry(REGISTRY)

    async def run(self, seconds: int) -> None:
        for _ in range(seconds):
            self.clock.s += 1
            self.store.tick()
            for _ in range(6):
                await asyncio.sleep(0)

    def times(self, name: str, with_hours: bool = False) -> int:
        return sum(name in names and bool(hours) is with_hours
                   for names, _, hours in self.reads.asked)  # fmt: skip


def test_that_each_metric_is_asked_at_the_slowest_pace_that_keeps_it_fresh(qapp):
    async def work() -> Desk:
        desk = Desk()
        desk.store.subscribe(["a.fast", "a.slow"], hours=0, refresh_s=1)
        await desk.run(100)
        return desk

    desk = asyncio.run(work())
    assert desk.times("a.fast") == 50  # every 2 s of 12
    assert desk.times("a.slow") == 1  # every 100 s of 600


def test_that_nobody_s_wish_is_asked_oftener_than_it_is_wished(qapp):
    async def work() -> Desk:
        desk = Desk()
        desk.store.subscribe(["a.fast"], hours=0, refresh_s=20)
        await desk.run(100)
        return desk

    assert asyncio.run(work()).times("a.fast") == 5


def test_that_the_hours_behind_are_asked_once_an_hour_and_stay_meanwhile(qapp):
    async def work() -> Desk:
        desk = Desk()
        desk.store.subscribe(["a.fast"], hours=720, refresh_s=10)
        await desk.run(60)
        series = desk.store.series("a.fast")
        assert series is not None
        assert series.values == (1.0, None)
        assert series.present.value is not None and series.present.value > 50
        desk.clock.s += HISTORY_S
        await desk.run(2)
        return desk

    assert asyncio.run(work()).times("a.fast", with_hours=True) == 2


def test_that_two_panels_on_one_metric_are_one_question(qapp):
    async def work() -> Desk:
        desk = Desk()
        first = desk.store.subscribe(["a.fast"], hours=0, refresh_s=4)
        desk.store.subscribe(["a.fast", "a.slow"], hours=0, refresh_s=60)
        await desk.run(8)
        before = len(desk.reads.asked)
        first.cancel()
        first.cancel()
        await desk.run(40)
        assert len(desk.reads.asked) == before  # the one that is left wants it once a minute
        return desk

    assert asyncio.run(work()).reads.asked[0][0] == ("a.fast", "a.slow")


def test_that_units_come_by_name_without_the_city(qapp):
    async def work() -> None:
        desk = Desk()
        desk.store.subscribe(["a.slow"], by=ScopeKind.DISTRICT)
        desk.store.subscribe(["a.slow"], hours=0)
        await desk.run(3)
        assert set(desk.store.units("a.slow", ScopeKind.DISTRICT)) == {"d1", "d2"}
        assert desk.store.unit_name("d1") == "东区"
        assert ("a.slow", "d2") in set().union(*desk.told)

    asyncio.run(work())


def test_that_without_the_platform_values_stay_grow_old_and_say_so(qapp):
    async def work() -> None:
        desk = Desk()
        desk.store.subscribe(["a.fast"], hours=0, refresh_s=1)
        await desk.run(3)
        assert not desk.store.is_stale("a.fast")
        desk.reads.is_away, value = 1, desk.store.series("a.fast")
        asked = len(desk.reads.asked)
        desk.told.clear()
        await desk.run(20)
        assert desk.store.is_stale("a.fast")
        assert desk.store.series("a.fast") == value
        assert desk.store.error == "平台不通"
        assert desk.told == [frozenset({("a.fast", "city")})]  # once, when it became stale
        desk.reads.is_away = 0
        await desk.run(6)
        assert not desk.store.is_stale("a.fast")
        assert desk.store.error == ""
        assert len(desk.reads.asked) > asked

    asyncio.run(work())


def test_that_nothing_is_asked_when_nobody_looks_or_nothing_is_known_of_a_metric(qapp):
    async def work() -> None:
        desk = Desk()
        await desk.run(5)
        desk.store.subscribe(["a.unknown"])
        await desk.run(5)
        assert desk.reads.asked == []
        assert desk.store.is_stale("a.unknown")

    asyncio.run(work())
