"""The newest place of each unit, and its trail."""

from datetime import UTC, datetime, timedelta

from desktop.domain.positions import TRAIL_S, Position
from desktop.stores.positions import PositionStore

NOW = datetime(2026, 7, 18, 3, 12, 5, tzinfo=UTC)


def a_fix(age_s: float, lon_deg: float = 116.6) -> Position:
    at = NOW - timedelta(seconds=age_s)
    return Position(at=at, lon_deg=lon_deg, lat_deg=28.9, unit_id="V-1")


def test_that_an_older_fix_that_comes_late_changes_nothing(qapp):
    store = PositionStore()
    store.merge([a_fix(1, 116.61), a_fix(9, 116.62)])
    newest = store.get("V-1")
    assert newest is not None
    assert newest.lon_deg == 116.61
    assert len(store.trail("V-1")) == 1


def test_that_the_trail_goes_ten_minutes_back_from_the_newest(qapp):
    store = PositionStore()
    store.merge(a_fix(age) for age in range(1200, -1, -10))
    trail = store.trail("V-1")
    assert trail[-1].at_s == NOW.timestamp()
    assert trail[-1].at_s - trail[0].at_s == TRAIL_S
    assert store.trail("nobody") == ()
