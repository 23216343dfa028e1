import random
from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.levels import WarningLevel
from desktop.standin.catalogue import point
from desktop.standin.water import DEAD_BAND_M, Gauge, Water, line_reached

NOW = datetime(2026, 7, 18, 3, 0, tzinfo=UTC)


def underpass(level_m: float, rate_cm_min: float = 0.0) -> Gauge:
    """A gauge with five minutes of a straight course that ends at `level_m`."""
    gauge = Gauge(point("SW-0417"), level_m, 0.02, 0.62, 0.55, 0.8)
    for index in range(31):
        minutes = (30 - index) / 6
        gauge.record(NOW - timedelta(minutes=minutes), level_m - rate_cm_min / 100 * minutes)
    return gauge


@pytest.mark.parametrize(
    ("level_m", "reached"),
    [(0.03, None), (0.06, "blue"), (0.16, "yellow"), (0.26, "orange"), (0.51, "red")],
)
def test_that_the_gravest_line_below_the_water_stands(level_m: float, reached: str | None):
    assert line_reached(underpass(level_m), None) == reached


def test_that_fast_water_over_the_third_line_is_red_before_the_last_line():
    assert line_reached(underpass(0.30, rate_cm_min=1.2), None) is WarningLevel.RED
    assert line_reached(underpass(0.30, rate_cm_min=0.4), None) is WarningLevel.ORANGE


def test_that_a_line_is_left_only_below_its_dead_band():
    inside, below = 0.15 - DEAD_BAND_M + 0.005, 0.15 - DEAD_BAND_M - 0.005
    assert line_reached(underpass(inside), WarningLevel.YELLOW) is WarningLevel.YELLOW
    assert line_reached(underpass(below), WarningLevel.YELLOW) is WarningLevel.BLUE
    assert line_reached(underpass(inside), None) is WarningLevel.BLUE


def test_that_a_rainstorm_lifts_the_water_at_real_rates_and_drizzle_lets_it_fall():
    water = Water((point("SW-0417"),), random.Random(1))
    gauge = water.gauges["SW-0417"]
    water.rain_mm_h = 70
    for second in range(600):
        water.step(1, NOW + timedelta(seconds=second))
    risen_m = gauge.level_m
    assert 0.05 < risen_m - gauge.floor_m < 0.08  # 0.55 cm/min for ten minutes
    water.rain_mm_h = 0
    for second in range(600, 1800):
        water.step(1, NOW + timedelta(seconds=second))
    assert gauge.level_m == gauge.floor_m


def test_that_a_gauge_held_by_hand_ignores_the_weather():
    water = Water((point("SW-0417"),), random.Random(1))
    gauge = water.gauges["SW-0417"]
    gauge.level_m, gauge.held, water.rain_mm_h = 0.4, True, 70
    water.step(60, NOW)
    assert gauge.measured_m == 0.4
