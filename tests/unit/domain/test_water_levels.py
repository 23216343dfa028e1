"""Rise rate and minutes to a line."""

from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point, Reading, Threshold
from desktop.domain.water_levels import (
    forecast,
    level_course,
    metric_of,
    minutes_to,
    next_line,
    recent,
    red_line,
    rise_cm_per_min,
)

NOW = datetime(2026, 7, 18, 3, 12, 5, tzinfo=UTC)
LINES = tuple(
    Threshold(level, value)
    for level, value in zip(reversed(tuple(WarningLevel)), (0.05, 0.15, 0.27, 0.50), strict=True)
)


def course(*levels_m: float, every_s: float = 30.0) -> list[tuple[datetime, float]]:
    last = len(levels_m) - 1
    return [(NOW - timedelta(seconds=(last - i) * every_s), v) for i, v in enumerate(levels_m)]


def test_that_a_steady_rise_is_given_in_centimetres_a_minute():
    assert rise_cm_per_min(course(0.250, 0.256, 0.262, 0.268, 0.274)) == pytest.approx(1.2)


def test_that_one_wrong_reading_does_not_move_the_rate():
    assert rise_cm_per_min(course(0.25, 0.256, 1.90, 0.268, 0.274)) == pytest.approx(1.2, abs=0.1)


def test_that_falling_water_has_a_negative_rate_and_reaches_no_line():
    rate = rise_cm_per_min(course(0.30, 0.29, 0.28, 0.27, 0.26))
    assert rate is not None and rate < 0
    assert minutes_to(0.26, rate, 0.50) is None


@pytest.mark.parametrize("few", [(), (0.2,), (0.2, 0.3)])
def test_that_too_few_readings_give_no_rate(few):
    assert rise_cm_per_min(course(*few)) is None


def test_that_three_readings_within_seconds_give_no_rate():
    assert rise_cm_per_min(course(0.2, 0.21, 0.22, every_s=5)) is None


def test_that_readings_at_one_moment_give_no_rate():
    assert rise_cm_per_min([(NOW, 0.1), (NOW, 0.2), (NOW, 0.3)]) is None


def test_that_the_window_grows_to_five_minutes_only_until_there_are_enough_readings():
    assert len(recent(course(*[0.1] * 20, every_s=60))) == 5
    assert len(recent(course(*[0.1] * 20, every_s=30))) == 5
    assert len(recent(course(*[0.1] * 3, every_s=200))) == 2
    assert len(recent(course(*[0.1] * 300, every_s=0.4))) <= 13


def test_that_a_reading_out_of_order_costs_nothing_but_itself():
    late = course(0.25, 0.256, 0.262, 0.268, 0.274)
    assert rise_cm_per_min([*late, (NOW - timedelta(seconds=20), 0.27)]) is not None


def test_that_dense_readings_of_a_steep_start_do_not_outvote_the_slow_minutes_after_it():
    """30 s at 20 cm/min told each second, then 90 s at 1 cm/min told each 10 s."""
    steep = [(NOW - timedelta(seconds=120 - s), 0.2 + s * 0.20 / 60) for s in range(30)]
    slow = [(NOW - timedelta(seconds=90 - s), 0.3 + s * 0.01 / 60) for s in range(0, 91, 10)]
    rate = rise_cm_per_min([*steep, *slow])
    assert rate is not None and 0.9 < rate < 3.0


def test_that_minutes_to_a_line_follow_from_level_and_rate():
    assert minutes_to(0.308, 1.2, 0.50) == pytest.approx(16)


def test_that_a_reached_line_is_zero_minutes_away_whatever_the_rate():
    assert minutes_to(0.50, None, 0.50) == 0.0
    assert minutes_to(0.61, -1.0, 0.50) == 0.0


def test_that_a_trembling_gauge_reaches_no_line():
    assert minutes_to(0.3, 0.05, 0.5) is None


def test_that_the_next_and_the_red_line_are_found():
    next_above, red = next_line(0.2, LINES), red_line(LINES)
    assert next_above is not None and next_above.value == 0.27
    assert red is not None and red.value == 0.50
    assert next_line(0.6, LINES) is None
    assert red_line(()) is None


def test_that_a_forecast_needs_a_line_and_a_rise():
    assert forecast(0.3, 1.0, None) is None
    assert forecast(0.3, None, red_line(LINES)) is None
    found = forecast(0.3, 1.0, red_line(LINES))
    assert found is not None and found.minutes == pytest.approx(20)


def test_that_the_metric_is_the_points_own_before_the_first_that_came():
    reading = Reading(at=NOW, metrics={"battery_v": 3.1, "level_m": 0.3}, point_id="p")
    point = Point(point_id="p", class_id="water_level", name="点", metric="level_m")
    assert metric_of(point, reading) == "level_m"
    assert metric_of(None, reading) == "battery_v"
    assert metric_of(None, None) == ""
    assert level_course([reading], "level_m") == [(NOW, 0.3)]
    assert level_course([reading], "other") == []
