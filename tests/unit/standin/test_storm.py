import statistics
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.levels import WarningLevel
from desktop.standin.floodnet import FOLDER_VARIABLE, read_floods, worst_storm
from desktop.standin.water import FLOOD_CLASSES, Gauge, street_rates_cm_min

from .playing import BEGIN, ManyGauges, Play

FLOODNET = Path(__file__).resolve().parents[4] / "shared" / "data" / "floodnet"
needs_floodnet = pytest.mark.skipif(
    not (FLOODNET / "events_part1.csv").exists(),
    reason="measured floods (../shared/data/floodnet) are not on this machine",
)


@pytest.fixture(autouse=True)
def without_measured_floods(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)


def storm(at_start: bool = False, speed: float = 1.0) -> Play:
    return Play(places=ManyGauges()).begin("storm", speed, at_start)


def first_over(gauge: Gauge, level_m: float) -> float | None:
    """Minutes from the start of the test until the course stands over a level."""
    for at, level in gauge.course:
        if level >= level_m:
            return (at - BEGIN).total_seconds() / 60
    return None


def test_that_the_rates_are_those_of_the_measured_floods():
    """12 cm in 23 min at the median, in 5.3 min or less in the fastest tenth."""
    minutes = sorted(12 / rate for rate in street_rates_cm_min(88))
    assert statistics.median(minutes) == pytest.approx(23, rel=0.03)
    assert minutes[8] <= 5.4 and minutes[0] > 2


def test_that_a_storm_lifts_the_flood_points_as_real_floods_were_measured():
    play = storm(speed=5).run(4 * 3600 / 5)
    floods = play.city.water.flood_gauges()
    assert len(floods) == 88 and len(play.city.water.gauges) >= 88 + 51
    reached = [g for g in floods if first_over(g, 0.15) is not None]
    further = [g for g in floods if first_over(g, 0.27) is not None]
    assert 0.25 < len(further) / len(reached) < 0.55  # measured: 249 of 667
    times = sorted((first_over(g, 0.27) or 0) - (first_over(g, 0.15) or 0) for g in further)
    assert 14 <= statistics.median(times) <= 30, times
    assert times[len(times) // 10] <= 6.5, times


def test_that_a_storm_called_in_a_running_city_begins_at_the_ground_without_a_jump():
    play = storm()
    begun: list[float] = []
    for second in range(120):
        before = {g.point.point_id: g.measured_m for g in play.city.water.gauges.values()}
        play.run(1)
        for gauge in play.city.water.gauges.values():
            assert gauge.measured_m - before[gauge.point.point_id] < 0.012  # noise included
            assert gauge.rise_cm_min() < 6
        if not begun and any(a.class_id == "water_level" for a in play.city.book.open_alarms()):
            begun.append(second)
    assert 45 <= begun[0] <= 90  # the fastest place crosses its first line in about a minute


def test_that_a_storm_in_full_course_finds_its_gauges_in_different_phases():
    play = storm(at_start=True).run(1)
    levels = [g.measured_m for g in play.city.water.flood_gauges()]
    assert max(levels) > 0.25 and sum(level < 0.05 for level in levels) > 10
    assert len({round(level, 2) for level in levels}) > 12
    rising = [g for g in play.city.water.flood_gauges() if len(g.course) > 40]
    assert all(g.course[-1][0] - g.course[0][0] > timedelta(minutes=5) for g in rising)


def test_that_a_storm_raises_hundreds_of_alarms_in_an_hour():
    play = storm(speed=4).run(900)
    raised = Counter(e.alarm.class_id for e in play.city.book.log if e.kind == "raised")
    assert 200 <= raised.total() <= 1500, raised
    assert sum(raised[c] for c in FLOOD_CLASSES) >= 30 and raised["river_level"] >= 3
    levels = {e.alarm.level for e in play.city.book.log}
    assert levels == set(WarningLevel)


def test_that_one_step_of_a_storm_over_all_gauges_takes_five_ms_at_most():
    play = storm(at_start=True).run(30)
    took: list[float] = []
    for _ in range(40):
        before = time.perf_counter()
        play.run(1)
        took.append(time.perf_counter() - before)
    assert statistics.median(took) <= 0.005


def test_that_the_signal_follows_the_rain_and_is_lifted_after_it():
    play = storm(speed=10)
    seen: list[str | None] = []
    for _ in range(90):
        play.run(6)
        signal = play.city.weather.signal
        if not seen or seen[-1] != signal:
            seen.append(signal)
    assert seen == ["blue", "yellow", "orange", "red"]
    weather = play.city.weather
    assert weather.rain_mm_h == 70 and 90 < weather.rain_3h_mm < 110
    assert weather.signal_name == "暴雨红色预警" and weather.signal_since is not None
    play.begin("calm").run(5)
    assert play.city.weather.signal is None and play.city.weather.rain_mm_h == 0


def test_that_the_cell_moves_over_the_city():
    play = storm()
    rain_at = play.city.water.rain_at
    assert rain_at is not None
    points = play.city.places.points
    before = [rain_at(p) for p in points]
    play.run(1500)
    after = [rain_at(p) for p in points]
    # it has come to some and left others
    assert max(b - a for a, b in zip(before, after, strict=True)) > 20
    assert max(a - b for a, b in zip(before, after, strict=True)) > 20


def test_that_the_text_of_a_gauge_says_its_line_and_its_course():
    play = storm(at_start=True).run(180)
    alarm = play.city.book.find_open("underpass_water/SW-0417/water")
    assert alarm is not None and alarm.level is WarningLevel.RED
    assert alarm.title.startswith("下穿通道积水 0.") and alarm.unit == "m"
    assert "cm/min" in alarm.detail
    blue = [a for a in play.city.book.open_alarms()
            if a.class_id == "water_level" and a.level is WarningLevel.BLUE]  # fmt: skip
    assert blue and all("超过 5 cm 线" in a.detail for a in blue)


@needs_floodnet
def test_that_measured_floods_are_replayed_on_the_flood_points(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(FOLDER_VARIABLE, str(FLOODNET))
    floods = worst_storm(read_floods(FLOODNET))
    play = storm()
    shown = [g for g in play.city.water.flood_gauges() if g.flood is not None]
    assert len(shown) == min(len(floods), 88) > 40
    first = next(g for g in shown if g.flood == floods[0])
    play.run(900)
    assert first.level_m == pytest.approx(max(floods[0].depth_m(900), first.floor_m))
    play.begin("calm")
    assert all(g.flood is None for g in play.city.water.flood_gauges())


@needs_floodnet
def test_that_the_model_agrees_with_the_measured_floods():
    deep = [f for f in read_floods(FLOODNET) if f.deepest_m >= 0.27]
    minutes = sorted(
        (next(t for t in range(0, 99_999, 10) if f.depth_m(t) >= 0.27)
         - next(t for t in range(0, 99_999, 10) if f.depth_m(t) >= 0.15)) / 60
        for f in deep
    )  # fmt: skip
    assert statistics.median(minutes) == pytest.approx(23, abs=3)
    assert minutes[len(minutes) // 10] == pytest.approx(5.3, abs=1)


def test_that_a_folder_without_floods_leaves_the_model(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    play = storm().run(120)
    assert any(a.class_id == "water_level" for a in play.city.book.open_alarms())


def test_that_rows_that_cannot_be_are_left_out(tmp_path: Path):
    head = "flood_start_time,flood_profile_depth_inches,flood_profile_time_secs\n"
    rows = [
        '2025-10-30T17:26:06.000,"[0, 2, 6, 3, 0]","[0, 60, 600, 900, 1200]"',
        '2025-10-30T17:30:00.000,"[0, 2, 6]","[0, 60]"',
        '2025-10-30T17:30:00.000,"[0, 2, 999999, 0]","[0, 60, 90, 120]"',
        '2025-10-30T17:30:00.000,"[0, 2, 3, 0]","[0, 60, 60, 120]"',
        'yesterday,"[0, 2, 3, 0]","[0, 60, 90, 120]"',
        "2025-10-30T17:30:00.000,,",
    ]
    (tmp_path / "events_part1.csv").write_text(head + "\n".join(rows), "utf-8")
    floods = read_floods(tmp_path)
    assert len(floods) == 1
    assert floods[0].depth_m(330) == pytest.approx(4 * 0.0254)
    assert floods[0].depth_m(-1) == 0 == floods[0].depth_m(1300)
    assert worst_storm([]) == []
