"""Series with gaps, changes, trends and what has surely become better or worse."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.cockpit.metrics import Direction, Metric
from desktop.domain.cockpit.series import (
    Against,
    MetricSample,
    MetricSeries,
    change,
    is_stale,
)
from desktop.domain.cockpit.trends import daily_values, shift, shifts, trend

START = datetime(2026, 11, 1, 16, tzinfo=UTC)  # midnight in the city
METRIC = Metric(metric_id="a.one", name="一", source="x", direction=Direction.UP, stale_s=60)
WORSE = Metric(metric_id="a.two", name="二", source="x", direction=Direction.DOWN)


def series_of(values: list[float | None], step_s: float = 3600.0, **more: object) -> MetricSeries:
    at = START + timedelta(seconds=step_s * (len(values) - 1))
    known = next((v for v in reversed(values) if v is not None), None)
    present = MetricSample(metric_id="a.one", at=at, value=known, as_of=at, source_id="x/1")
    return MetricSeries(
        metric_id="a.one", present=present, start=START, step_s=step_s, values=tuple(values),
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_that_a_gap_breaks_the_line_and_is_no_zero() -> None:
    runs = series_of([1.0, 2.0, None, None, 3.0]).runs()
    assert [[value for _, value in run] for run in runs] == [[1.0, 2.0], [3.0]]
    assert runs[1][0][0] == (START + timedelta(hours=4)).timestamp()


def test_that_a_value_ages_with_its_source_not_with_the_message() -> None:
    series = series_of([1.0])
    assert not is_stale(METRIC, series, START + timedelta(seconds=60))
    assert is_stale(METRIC, series, START + timedelta(seconds=61))
    assert is_stale(METRIC, series_of([None]), START + timedelta(days=1))


def test_that_a_change_is_against_the_same_time_before() -> None:
    hours: list[float | None] = [float(n) for n in range(25)]
    found = change(METRIC, series_of(hours), Against.DAY)
    assert found is not None
    assert (found.before, found.now, found.better, found.share) == (0.0, 24.0, True, None)
    assert change(WORSE, series_of(hours), Against.DAY).better is False  # type: ignore[union-attr]


def test_that_nothing_is_compared_with_a_gap_or_a_coarse_series() -> None:
    assert change(METRIC, series_of([None, *([1.0] * 24)]), Against.DAY) is None
    assert change(METRIC, series_of([1.0, 2.0], 86_400.0), Against.DAY) is None
    assert change(METRIC, series_of([1.0, 2.0]), Against.NONE) is None


def test_that_the_platform_s_own_earlier_value_comes_first() -> None:
    series = series_of([float(n) for n in range(25)], earlier={Against.DAY: 12.0})
    found = change(METRIC, series, Against.DAY)
    assert found is not None
    assert found.before == 12.0


def test_that_a_trend_is_sure_only_when_chance_cannot_make_it() -> None:
    chance = random.Random(4)
    noise = [chance.gauss(10, 1) for _ in range(30)]
    rising = [value + n * 0.3 for n, value in enumerate(noise)]
    found, none = trend(rising), trend(noise)
    assert found is not None
    assert none is not None
    assert found.is_sure
    assert found.slope == pytest.approx(0.3, abs=0.1)
    assert not none.is_sure
    assert trend([1.0] * 7) is None
    assert trend([5.0] * 30) == (0.0, 1.0)


def test_that_chance_alone_is_called_a_trend_or_a_shift_about_one_time_in_twenty() -> None:
    chance = random.Random(11)
    trends = moved = 0
    for _ in range(400):
        noise: list[float | None] = [chance.gauss(50, 5) for _ in range(30)]
        found = trend(noise)
        trends += found is not None and found.is_sure
        stepped = shift(METRIC, series_of(noise, 86_400.0))
        moved += stepped is not None and stepped.is_sure
    assert 5 <= trends <= 40
    assert 5 <= moved <= 40


def test_that_a_day_is_closed_by_the_sample_of_its_midnight() -> None:
    """A counter of the day stands at its height at midnight, not at 0."""
    counter: list[float | None] = [float(n % 24 or 24) for n in range(1, 24 * 3 + 6)]
    series = series_of([24.0, *counter])
    assert daily_values(series) == [24.0, 24.0, 24.0, 24.0]


def test_that_only_sure_shifts_are_told_the_greatest_first() -> None:
    chance = random.Random(5)
    week = [chance.gauss(90, 0.5) for _ in range(8)]
    better = series_of([*week, *(v + 4 for v in week)], 86_400.0)
    same = series_of([*week, *week], 86_400.0)
    third = Metric(metric_id="a.three", name="三", source="x", direction=Direction.NONE)
    up, down = shifts([(METRIC, better), (WORSE, better), (METRIC, same), (third, better)])
    assert [one.metric for one in up] == [METRIC]
    assert [one.metric for one in down] == [WORSE]
    assert up[0].now - up[0].before == pytest.approx(4, abs=1)
