"""The real rules behind the page: suggestion, streets, assignment, the ways on the map."""

import json
import math
from datetime import timedelta

import pytest

from desktop.domain.emergency.dispatch import Crew, Method, Rules, Site
from desktop.domain.emergency.gathering import Surroundings
from desktop.domain.emergency.plans import Condition, Fact, PlanLevel, PlanTask, ResponseLevel
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point, Reading
from desktop.domain.weather import Weather
from tests.gui.emergency.conftest import plan
from tests.gui.fake_room import NOW, A, R, alarm
from views.emergency.advice import Asked, Task
from views.emergency.rules import CityRules

STREETS = json.dumps({
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"edge_id": name, "class": 2, "speed_kmh": 30},
         "geometry": {"type": "LineString", "coordinates": line}}
        for name, line in (
            ("west", [[116.595, 28.90], [116.60, 28.90]]),
            ("east", [[116.61, 28.90], [116.615, 28.90]]),
            ("direct", [[116.60, 28.90], [116.61, 28.90]]),
            ("north", [[116.60, 28.90], [116.605, 28.92], [116.61, 28.90]]),
        )
    ],
}).encode()  # fmt: skip
SITE = Site(site_id="s", name="东门地道", level=R, lon_deg=116.613, lat_deg=28.90,
            needs={"pump": 1}, line_in_min=20)  # fmt: skip
CREW = Crew(unit_id="T", name="排水 1 组", skills=("pump",), lon_deg=116.597, lat_deg=28.90,
            position_age_s=5)  # fmt: skip
FAR = Crew(unit_id="F", name="排水 2 组", skills=("pump",), lon_deg=116.605, lat_deg=28.92,
           position_age_s=5)  # fmt: skip


def closures(*edges: str) -> bytes:
    rows = [{"type": "Feature", "properties": {"edge_id": e}, "geometry": None} for e in edges]
    return json.dumps({"type": "FeatureCollection", "features": rows}).encode()


def task(streets, **changes) -> Task:
    values = {"sites": (SITE,), "crews": (CREW, FAR), "rules": Rules(), "pins": {}}
    return Task(**(values | {"streets": streets} | changes))


def test_that_three_proposals_follow_the_streets_and_a_closed_one_is_gone_round():
    rules = CityRules()
    open_streets = rules.read_streets(STREETS, None)
    found = rules.solve(task(open_streets))
    assert tuple(one.method for one in found) == tuple(Method)
    leg = found[-1].legs[0]
    assert leg.unit_id == "T" and leg.eta_min == pytest.approx(3.1, abs=0.3)
    line = rules.ways(task(open_streets), found[-1].legs)["T", "s"]
    assert max(lat for _, lat in line) == pytest.approx(28.90, abs=1e-4)
    shut = rules.read_streets(STREETS, closures("direct"))
    found = rules.solve(task(shut))
    assert found[-1].legs[0].unit_id == "F"
    by_hand = rules.solve(task(shut, pins={"T": "s"}))[-1].legs
    line = rules.ways(task(shut), by_hand)["T", "s"]
    assert max(lat for _, lat in line) == pytest.approx(28.92, abs=1e-4)


def test_that_a_pin_of_a_crew_that_went_off_duty_is_passed_over():
    found = CityRules().solve(task(None, pins={"gone": "s", "T": "nowhere"}))
    assert [leg.unit_id for leg in found[-1].legs] == ["T"]
    assert "直线" in found[-1].reason


@pytest.mark.parametrize("body", [b"", None, b"{", b'{"features": 3}', b"[]"])
def test_that_a_layer_of_streets_that_cannot_be_read_leaves_the_plain_estimate(body):
    rules = CityRules()
    assert rules.read_streets(body, None) is None
    assert all(math.isfinite(leg.eta_min) for leg in rules.solve(task(None))[0].legs)


def test_that_no_crew_at_all_leaves_every_site_unserved_with_a_reason():
    (found, *_) = CityRules().solve(task(None, crews=()))
    assert found.legs == () and found.unserved[0].reason


def flood(level_word: str = "II"):
    pump = PlanTask(task_id="pump", title="抽排", skill="pump", within_min=28)
    two = PlanLevel(
        signer_role="leader", two_person=True, tasks=(pump,), requires=(),
        trigger=(
            Condition(fact=Fact.RAIN_3H_MM, value=50, text="3 h 雨量 ≥ 50 mm"),
            Condition(fact=Fact.SITES_OVER_M, value=2, line_m=0.15, text="积水 15 cm ≥ 2 处"),
            Condition(fact=Fact.ROADS_CUT, value=3, text="主干路中断 ≥ 3 条"),
        ),
    )  # fmt: skip
    return plan(levels={ResponseLevel(level_word): two}, alarm_classes=("water_level",))


def asked(**changes) -> Asked:
    points = {
        one: Point(point_id=one, class_id="w", name=f"路口 {one}", unit="m", metric="level_m")
        for one in ("p1", "p2")
    }
    courses = {
        one: tuple(
            Reading(at=NOW - timedelta(seconds=20 * back), metrics={"level_m": 0.3 - back * 0.004},
                    point_id=one)
            for back in range(10, -1, -1)
        )
        for one in points
    }  # fmt: skip
    around = Surroundings(now=NOW, points=points, courses=courses, units=(), positions={})
    alarms = [
        alarm("a", A, 60, class_id="water_level", point_id="p1"),
        alarm("b", R, 30, class_id="water_level", point_id="p2"),
        alarm("c", R, 30, class_id="gas"),
    ]
    weather = Weather(at=NOW, signal=WarningLevel.ORANGE, rain_mm_h=31, signal_name="暴雨橙色预警",
                      rain_1h_mm=40, rain_3h_mm=87)  # fmt: skip
    values = {"plans": {"flood": flood()}, "alarms": alarms, "chosen": ("a",), "around": around,
              "weather": weather}  # fmt: skip
    return Asked(**(values | changes))


def test_that_the_suggestion_carries_its_evidence_and_each_condition_with_its_value():
    advice = CityRules().advise(asked(closures=closures("x")))
    assert (advice.plan_id, advice.level) == ("flood", ResponseLevel.II)
    assert advice.alarm_ids == ("a", "b")
    held = advice.conditions[ResponseLevel.II]
    assert [(one.value, one.holds) for one in held] == [
        ("87 mm", True), ("2 处", True), ("1 条", False),
    ]  # fmt: skip
    assert advice.rows[0].text == "路口 p1 0.30 m" and "升 1.2" in advice.rows[0].note
    assert any("87 mm" in row.text for row in advice.rows)


def test_that_what_nobody_tells_is_unknown_and_not_refused():
    advice = CityRules().advise(asked(weather=None, closures=None))
    held = advice.conditions[ResponseLevel.II]
    assert [(one.value, one.holds) for one in held][::2] == [("未知", None), ("未知", None)]


def test_that_an_alarm_no_plan_is_about_is_still_evidence():
    advice = CityRules().advise(asked(chosen=("c",)))
    assert advice.plan_id == "" and advice.level is None
    assert advice.alarm_ids == ("c",) and "没有预案" in advice.reason


def test_that_a_silent_gauge_is_marked_with_its_last_value():
    old = asked()
    later = Surroundings(now=NOW + timedelta(minutes=9), points=old.around.points,
                         courses=old.around.courses, units=(), positions={})  # fmt: skip
    row = CityRules().advise(asked(around=later)).rows[0]
    assert row.stale and "末值 0.30 m" in row.text and row.age == "9 min"
