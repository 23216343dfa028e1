"""Fixes on their way to the station: coalesced, in parts, and the newest for who comes late."""

import asyncio
from datetime import UTC, datetime, timedelta

from desktop.domain.positions import Position
from desktop.link import positions
from desktop.link.positions import Positions

NOW = datetime(2026, 7, 18, 3, 12, 5, tzinfo=UTC)


class StepClock:
    """Each sleep ends at once and is counted; after `most` the run is cancelled."""

    def __init__(self, most: int) -> None:
        self.slept: list[float] = []
        self._most = most

    def now(self) -> datetime:
        return NOW

    def monotonic_s(self) -> float:
        return sum(self.slept)

    async def sleep(self, seconds_s: float) -> None:
        if len(self.slept) == self._most:
            raise asyncio.CancelledError
        self.slept.append(seconds_s)
        await asyncio.sleep(0)


def a_fix(unit_id: str, second: float = 0.0) -> Position:
    at = NOW + timedelta(seconds=second)
    return Position(at=at, lon_deg=116.6, lat_deg=28.9, unit_id=unit_id)


def test_that_of_many_fixes_of_a_unit_the_newest_is_told_once():
    told: list[tuple[Position, ...]] = []
    line = Positions(told.append, StepClock(0))
    assert [line.put(a_fix("V-1", second)) for second in (1, 3, 2)] == [True, True, False]
    line.flush()
    line.flush()
    assert [[fix.at.second for fix in part] for part in told] == [[8]]


def test_that_the_station_is_told_at_most_twice_a_second():
    told: list[tuple[Position, ...]] = []
    clock = StepClock(4)
    line = Positions(told.append, clock)
    for number in range(100):
        line.put(a_fix(f"V-{number}"))

    async def run() -> None:
        try:
            await line.run()
        except asyncio.CancelledError:
            return

    asyncio.run(run())
    assert len(told) == 1
    assert len(told[0]) == 100
    assert min(clock.slept) >= 0.5


def test_that_a_flood_of_units_comes_in_parts_and_ends_somewhere(monkeypatch):
    monkeypatch.setattr(positions, "PART", 10)
    monkeypatch.setattr(positions, "MOST_UNITS", 25)
    told: list[tuple[Position, ...]] = []
    line = Positions(told.append, StepClock(0))
    for number in range(40):
        line.put(a_fix(f"V-{number}"))
    line.flush()
    assert [len(part) for part in told] == [10, 10, 5]
    assert sum(map(len, line.latest)) == 25
