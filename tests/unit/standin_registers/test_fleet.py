"""Units drive on streets, at a pace, in shifts, and report evenly."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import msgspec
import numpy as np
import pytest

from desktop.feeds.telemetry import decode_reading
from desktop.standin.basemap.frame import distance_to_line
from desktop.standin.catalogue import CityCatalogue
from desktop.standin.fleet import BUSY, OFF_DUTY, Fleet
from desktop.standin.instruments import Instruments, courses_of
from desktop.standin.motion import Motion
from desktop.standin.video.unit_state import own_course

NOON = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)  # 12:00 in the city
NIGHT = datetime(2026, 7, 1, 17, 0, tzinfo=UTC)  # 01:00


@pytest.fixture
def fleet(whole: CityCatalogue) -> Fleet:
    return Fleet(whole.city, whole.units, seed=2)


def run(fleet: Fleet, seconds: int, at: datetime = NOON) -> None:
    for _ in range(seconds):
        fleet.step(1.0, at)


def test_that_vehicles_stay_on_their_street_and_drive_on_the_right(
    fleet: Fleet, whole: CityCatalogue
) -> None:
    run(fleet, 300)
    vehicles = np.flatnonzero(fleet.kinds == "vehicle")[:40]
    places, headings = fleet.places(vehicles)
    for number, place, heading in zip(vehicles, places, headings, strict=True):
        line = whole.city.edge_line(int(fleet.edge[number]))
        away, _, on = distance_to_line(place, line)
        assert away < 4.0
        ahead = np.array([np.sin(np.radians(heading)), np.cos(np.radians(heading))])
        offset = place - on
        assert ahead[0] * offset[1] - ahead[1] * offset[0] < 0.5  # to the right of the middle


def test_that_nobody_is_faster_than_the_speed_that_is_told(fleet: Fleet) -> None:
    everybody = np.arange(len(fleet.kinds))
    run(fleet, 30)
    before, _ = fleet.places(everybody)
    run(fleet, 1)
    after, _ = fleet.places(everybody)
    way = np.hypot(*(after - before).T)
    assert (way <= fleet.speed_kmh / 3.6 + 22).all()  # a turn changes the side of the street
    assert np.median(way[(fleet.kinds == "vehicle") & (fleet.speed_kmh > 0)]) > 2


def test_that_units_get_somewhere(fleet: Fleet) -> None:
    everybody = np.arange(len(fleet.kinds))
    before, _ = fleet.places(everybody)
    run(fleet, 600)
    after, _ = fleet.places(everybody)
    moved = np.hypot(*(after - before).T)
    on_duty = fleet.state != OFF_DUTY
    assert np.median(moved[(fleet.kinds == "vehicle") & on_duty]) > 150
    assert np.median(moved[(fleet.kinds == "drone") & on_duty]) > 300


def test_that_one_shift_rests_and_is_silent(fleet: Fleet) -> None:
    run(fleet, 1, NOON)
    at_noon = set(np.flatnonzero(fleet.state == OFF_DUTY))
    run(fleet, 1, NIGHT)
    at_night = set(np.flatnonzero(fleet.state == OFF_DUTY))
    assert at_noon and at_night and not at_noon & at_night
    told: set[int] = set()
    for _ in range(60):
        fleet.step(1.0, NIGHT)
        told |= set(fleet.due().tolist())
    assert not told & at_night


def test_that_reports_come_evenly_and_at_their_periods(fleet: Fleet) -> None:
    count: Counter[int] = Counter()
    per_second: list[int] = []
    for _ in range(60):
        fleet.step(1.0, NOON)
        due = fleet.due().tolist()
        count.update(due)
        per_second.append(len(due))
    vehicles = [count[n] for n in np.flatnonzero(fleet.kinds == "vehicle").tolist() if count[n]]
    others = [count[n] for n in np.flatnonzero(fleet.kinds != "vehicle").tolist() if count[n]]
    assert Counter(vehicles).most_common(1)[0][0] == 6
    assert Counter(others).most_common(1)[0][0] == 2
    assert max(per_second) < 2.2 * np.mean(per_second)


def test_that_a_position_reads_as_the_contract_says(fleet: Fleet, whole: CityCatalogue) -> None:
    run(fleet, 5)
    working = np.flatnonzero(fleet.state <= BUSY)
    name, position = fleet.positions(working[:1], NOON)[0]
    unit = whole.units[int(working[0])]
    assert name == f"{unit.kind}/{unit.unit_id}"
    assert position.state in ("idle", "busy") and 0 <= position.heading_deg < 360
    rows = {row.unit_id: row for row in fleet.units()}
    assert (rows[unit.unit_id].lon, rows[unit.unit_id].lat) == (position.lon, position.lat)


def test_that_only_who_changed_is_news_and_a_way_is_no_change(fleet: Fleet) -> None:
    run(fleet, 1)
    assert len(fleet.units()) == len(fleet.kinds)
    assert fleet.units(NOON + timedelta(seconds=1)) == []
    before = fleet.state.copy()
    for second in range(2, 302):
        fleet.step(1.0, NOON + timedelta(seconds=second))
    news = {row.unit_id for row in fleet.units(NOON + timedelta(seconds=1))}
    changed = np.flatnonzero(before != fleet.state)
    assert {fleet.units()[n].unit_id for n in changed} <= news
    assert 0 < len(news) < 0.6 * len(fleet.kinds)


@pytest.fixture
def instruments(whole: CityCatalogue) -> Instruments:
    return Instruments(whole.points, seed=2)


def test_that_every_generated_class_without_a_level_has_a_course(
    instruments: Instruments, whole: CityCatalogue
) -> None:
    wanted = {p.point_id for p in whole.points if p.metric != "level_m"}
    assert wanted == {p.point_id for p in instruments.points}  # also the hand-laid devices
    for point in instruments.points:
        assert point.metric in {course.metric for course in courses_of(point)} | {""}
        assert instruments.reading(point, NOON)["metrics"]


def test_that_a_calm_day_crosses_no_line(instruments: Instruments) -> None:
    start, end = NOON, NOON.replace(day=2)
    highest: dict[str, float] = {}
    for point in (p for p in instruments.points if p.metric):
        rows = instruments.series(point.point_id, point.metric, start, end, 1800)
        assert len(rows) == 49
        highest[point.point_id] = max(value for _, value in rows)
    lined = [p for p in instruments.points if p.metric and p.thresholds]
    lowest = {p.point_id: min(line.value for line in p.thresholds) for p in lined}
    assert lowest and [one for one in lowest if highest[one] >= lowest[one]] == []


def test_that_lamps_burn_at_night_only(instruments: Instruments) -> None:
    lamp = next(p for p in instruments.points if p.class_id == "street_light")
    noon, night = (instruments.reading(lamp, at)["metrics"] for at in (NOON, NIGHT))
    assert noon["current_a"] < 1 < 10 < night["current_a"]  # type: ignore[index]


def test_that_the_past_agrees_with_what_was_told(instruments: Instruments) -> None:
    point = instruments.points[0]
    told = instruments.reading(point, NOON)["metrics"][point.metric]  # type: ignore[index]
    assert instruments.series(point.point_id, point.metric, NOON, NOON, 60) == [(NOON, told)]
    with pytest.raises(KeyError):
        instruments.series(point.point_id, "no_such_metric", NOON, NOON, 60)


def test_that_a_value_set_by_hand_stands_in_the_past(instruments: Instruments) -> None:
    gas = next(p for p in instruments.points if p.class_id == "gas")
    instruments.remember(gas.point_id, NOON, {"gas_lel_pct": 31.0})
    rows = instruments.series(
        gas.point_id, "gas_lel_pct", NOON.replace(hour=3), NOON.replace(hour=5), 600
    )
    assert (NOON, 31.0) in rows and [at for at, _ in rows] == sorted({at for at, _ in rows})


def test_that_everything_is_told_soon_and_then_evenly(instruments: Instruments) -> None:
    first = sum(len(instruments.due(1.0)) for _ in range(7))
    assert first >= len(instruments.points)
    for _ in range(60):
        instruments.due(1.0)
    per_second = [len(instruments.due(1.0)) for _ in range(45)]
    assert sum(per_second) == len(instruments.points)
    assert max(per_second) <= 6 + 2 * len(instruments.points) / 45


def test_that_a_drone_tells_the_height_and_battery_of_its_own_picture(
    fleet: Fleet, whole: CityCatalogue
) -> None:
    told: dict[str, object] = {}
    publisher = SimpleNamespace(
        brief=lambda topic, content, *_: told.update({topic: content}),
        telemetry=lambda *_: None,
    )
    city = SimpleNamespace(now=lambda: NOON, readings={}, silent=set())
    still = SimpleNamespace(due=lambda _: ())
    motion = Motion(city, fleet, still, publisher)  # type: ignore[arg-type]
    for _ in range(40):
        motion.tick(1.0)
    flights = {topic: one for topic, one in told.items() if topic.startswith("telemetry/drone/")}
    fixes = {topic for topic in told if topic.startswith("position/drone/")}
    assert flights and {f"position/{one.partition('/')[2]}" for one in flights} == fixes
    topic, reading = next(iter(flights.items()))
    unit = next(one for one in whole.units if topic.endswith(one.unit_id))
    own = own_course("drone", unit.camera_id or unit.unit_id, NOON.timestamp())
    assert isinstance(reading, dict) and own.battery_pct is not None
    assert reading["metrics"]["battery_pct"] == round(own.battery_pct)
    decode_reading(topic, msgspec.json.encode(reading))  # the desk can read it
