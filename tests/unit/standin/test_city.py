from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.alarms import AlarmState, Condition
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point
from desktop.standin.catalogue import cameras, points
from desktop.standin.city import City
from desktop.standin.past import make_past
from desktop.standin.scenarios import SCENARIOS, scenario_named
from desktop.standin.stage import Stage

from .playing import ManyGauges


class Time:
    def __init__(self) -> None:
        self.value = datetime(2026, 7, 18, 3, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.value

    def run(self, stage: Stage, seconds_s: int) -> None:
        for _ in range(seconds_s):
            self.value += timedelta(seconds=1)
            stage.step()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def city(time: Time) -> City:
    made = City(seed=1, now=time)
    make_past(made)
    return made


def test_that_a_calm_city_starts_with_a_past_of_answered_and_open_alarms(city: City):
    states = {alarm.state for alarm in city.book.open_alarms()}
    levels = [alarm.level for alarm in city.book.open_alarms()]
    assert {AlarmState.ACTIVE_ACKED, AlarmState.ACTIVE_UNACKED, AlarmState.RTN_UNACKED,
            AlarmState.SHELVED} <= states  # fmt: skip
    assert WarningLevel.RED not in levels and 15 <= len(levels) <= 25
    times = [event.at for event in city.book.log]
    assert times == sorted(times)


def test_that_the_log_of_events_has_no_gap_in_any_scenario(city: City, time: Time):
    stage = Stage(city)
    for scenario in SCENARIOS:
        stage.play(scenario.name, speed=20)
        time.run(stage, 60)
    assert [event.seq for event in city.book.log] == list(range(1, city.book.seq + 1))
    assert {event.epoch for event in city.book.log} == {city.book.epoch}


def test_that_a_calm_city_raises_its_first_alarm_within_eight_seconds(city: City, time: Time):
    stage, before = Stage(city), city.book.seq
    stage.play("calm", at_start=True)
    time.run(stage, 8)
    assert city.book.seq > before


def test_that_a_storm_in_full_course_makes_the_underpass_red_within_two_minutes(
    city: City, time: Time
):
    stage = Stage(city)
    stage.play("storm", at_start=True)
    time.run(stage, 120)
    alarm = city.book.find_open("underpass_water/SW-0417/water")
    assert alarm is not None and alarm.level is WarningLevel.RED
    assert alarm.camera_ids[0] == "cam-0001"


def test_that_the_same_seed_makes_the_same_city(time: Time):
    def told(seed: int) -> list[tuple[str, str]]:
        city, own = City(seed, now=(clock := Time())), Time()
        del own
        stage = Stage(city)
        stage.play("storm")
        clock.run(stage, 90)
        return [(event.kind, event.alarm.title) for event in city.book.log]

    assert told(3) == told(3)
    assert told(3) != told(4)


def test_that_a_falling_gauge_clears_its_alarm(city: City):
    city.set_level("SW-0500", 0.3)
    alarm = city.book.find_open("water_level/SW-0500/water")
    assert alarm is not None and alarm.level is WarningLevel.ORANGE
    city.set_level("SW-0500", 0.0)
    assert city.book.get(alarm.alarm_id).condition is Condition.RTN


def test_that_a_gauge_that_rises_again_takes_its_alarm_to_the_new_level(city: City):
    city.set_level("SW-0500", 0.06)
    city.set_level("SW-0500", 0.0)
    city.set_level("SW-0500", 0.6)
    alarm = city.book.find_open("water_level/SW-0500/water")
    assert alarm is not None
    assert (alarm.level, alarm.occurrences) == (WarningLevel.RED, 2)
    assert "0.60" in alarm.title and alarm.state is AlarmState.ACTIVE_UNACKED


def test_that_a_shelf_ends_by_itself_at_its_time(city: City, time: Time):
    shelved = [a for a in city.book.open_alarms() if a.state is AlarmState.SHELVED]
    time.value += timedelta(hours=5, seconds=1)
    city.step(1)
    assert [city.book.get(a.alarm_id).state for a in shelved] == [AlarmState.ACTIVE_UNACKED]
    assert city.book.history(shelved[0].alarm_id)[-1].kind == "unshelved"


def test_that_a_fast_storm_makes_hundreds_of_events_and_a_calm_day_after_it_repairs(
    city: City, time: Time
):
    stage, before = Stage(city), {a.alarm_id for a in city.book.open_alarms()}
    stage.play("storm", speed=20)
    time.run(stage, 120)
    brought = [a for a in city.book.open_alarms() if a.alarm_id not in before]
    assert city.book.seq > 300 and len(brought) > 60
    stage.play("calm", speed=20)
    time.run(stage, 300)
    still = [a for a in brought if city.book.get(a.alarm_id).condition is Condition.ACTIVE]
    assert len(still) < len(brought) / 4


def test_that_the_underpass_camera_sees_the_water_of_its_gauge(city: City):
    city.set_level("SW-0417", 0.41)
    assert city.water_level_m("cam-0001") == pytest.approx(0.41)


def test_that_every_point_names_cameras_that_exist():
    known = {camera.camera_id for camera in cameras()}
    assert all(p.camera_ids and known.issuperset(p.camera_ids) for p in points())
    assert len({p.point_id for p in points()}) == len(points())


def test_that_an_unknown_scenario_is_a_key_error():
    with pytest.raises(KeyError):
        scenario_named("earthquake")


def test_that_two_of_a_hundred_instruments_of_a_city_are_out_of_order_from_the_start(time: Time):
    places = ManyGauges()
    places.points = [*places.points, *_instruments(200)]
    made = City(seed=1, now=time, places=places)
    make_past(made)
    assert len(made.silent) == 4
    laid = {p.point_id for p in points()}
    assert not made.silent & laid and not made.silent & set(made.water.gauges)


def _instruments(count: int) -> list[Point]:
    return [
        Point(point_id=f"QL-1{n:03d}", class_id="bridge", name=f"桥 {n}", metric="strain_ue")
        for n in range(count)
    ]
