from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from desktop.domain.alarms import Alarm, Condition, Flow, Suppression, Verification
from desktop.domain.emergency.evidence import Facts
from desktop.domain.emergency.gathering import Surroundings
from desktop.domain.emergency.incidents import Incident, IncidentState, Signature
from desktop.domain.emergency.plan_text import read_plans
from desktop.domain.emergency.plans import Condition as Asked
from desktop.domain.emergency.plans import Fact, Plan, ResponseLevel
from desktop.domain.emergency.suggestion import assess, changed_level, suggest
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point, Reading
from desktop.domain.water_levels import STALE_AFTER_S
from desktop.domain.weather import Weather

RESOURCES = Path(__file__).resolve().parents[4] / "resources"
SCENES = {"flood", "works", "traffic", "appearance"}
PLANS, _ = read_plans(
    [(p.name, p.read_text("utf-8")) for p in sorted((RESOURCES / "plans").glob("*.yaml"))], SCENES
)
NOW = datetime(2026, 7, 18, 3, 15, tzinfo=UTC)


def alarm(number: int, class_id: str = "water_level", level: str = "orange", **facts) -> Alarm:
    return Alarm(
        alarm_id=f"a{number}", revision=1, epoch="e", seq=number, class_id=class_id,
        level=WarningLevel(level), condition=Condition.ACTIVE, title="积水", raised_at=NOW,
        updated_at=NOW, point_id=f"p{number}", lon_deg=116.6 + number / 1000, lat_deg=28.9, **facts,
    )  # fmt: skip


def point(number: int, unit: str = "m", metric: str = "level_m") -> Point:
    return Point(point_id=f"p{number}", class_id="water_level", name=f"点{number}", lon_deg=116.6,
                 lat_deg=28.9, unit=unit, metric=metric)  # fmt: skip


def course(number: int, levels: list[float], metric: str = "level_m", age_s: float = 5.0):
    """One reading each 30 s, the last `age_s` ago."""
    last = NOW - timedelta(seconds=age_s)
    return [
        Reading(
            at=last - timedelta(seconds=30 * back), metrics={metric: level}, point_id=f"p{number}"
        )
        for back, level in zip(range(len(levels) - 1, -1, -1), levels, strict=True)
    ]


def around(points=(), courses=None) -> Surroundings:
    return Surroundings(now=NOW, points={p.point_id: p for p in points}, courses=courses or {},
                        units=(), positions={})  # fmt: skip


def incident(level: ResponseLevel, **known) -> Incident:
    return Incident(
        incident_id="i", revision=1, epoch="e", seq=1, plan_id="flood", plan_name="防汛",
        level=level, state=IncidentState.ACTIVE, title="积水", orders=(),
        begun=Signature("chen", "陈建华", "s1", NOW), **({"alarm_ids": (), "drill": False} | known),
    )  # fmt: skip


def facts(plan: Plan, alarms=(), surroundings=None, weather=None, roads=0) -> Facts:
    return Facts(plan, alarms, surroundings or around(), weather, roads)


def weather(**facts) -> Weather:
    return Weather(at=facts.pop("at", NOW), **facts)


def reached(plan_id: str, **known) -> set[str]:
    plan = PLANS[plan_id]
    return {
        level.value for level in plan.levels if assess(plan, level, facts(plan, **known)).is_reached
    }


def test_that_rain_reaches_the_levels_that_say_so():
    assert reached("flood", weather=weather(rain_3h_mm=87, rain_1h_mm=30)) == {"II", "III"}
    assert reached("flood", weather=weather(rain_3h_mm=100, signal=WarningLevel.RED)) == {
        "I", "II", "III", "IV"
    }  # fmt: skip
    assert reached("flood", weather=weather(rain_3h_mm=0, rain_1h_mm=0)) == set()


def test_that_stale_weather_says_nothing_in_either_direction():
    plan = PLANS["flood"]
    old = weather(at=NOW - timedelta(minutes=10), rain_3h_mm=200, rain_1h_mm=200)
    found = assess(plan, ResponseLevel.II, facts(plan, weather=old))
    assert next(one.holds for one in found.held) is None
    assert not found.is_reached


def test_that_rising_water_speaks_before_it_is_there():
    points = [point(n) for n in (1, 2)]
    rising = [0.20, 0.22, 0.24, 0.26, 0.28, 0.30]  # 4 cm/min: 50 cm in 5 min
    known = around(
        points, {p.point_id: course(n, rising) for n, p in zip((1, 2), points, strict=True)}
    )
    alarms = [alarm(1), alarm(2)]
    plan = PLANS["flood"]
    found = assess(plan, ResponseLevel.II, facts(plan, alarms, known))
    (reaching,) = [one for one in found.held if one.condition.fact == "sites_reaching_m"]
    assert (reaching.value, reaching.holds) == (2.0, True)
    standing = around(
        points, {p.point_id: course(n, [0.3] * 6) for n, p in zip((1, 2), points, strict=True)}
    )
    found = assess(plan, ResponseLevel.II, facts(plan, alarms, standing))
    assert not found.is_reached


def test_that_a_stalled_gauge_is_no_evidence():
    known = around([point(1), point(2)], {f"p{n}": course(n, [0.6] * 6, age_s=600) for n in (1, 2)})
    plan = PLANS["flood"]
    found = assess(plan, ResponseLevel.III, facts(plan, [alarm(1), alarm(2)], known))
    over = next(one for one in found.held if one.condition.fact == "sites_over_m")
    assert over.value == 0


def test_that_a_high_river_is_no_water_on_a_street():
    rivers = [alarm(n, class_id="river_level", level="yellow") for n in (1, 2, 3)]
    known = around(
        [point(n) for n in (1, 2, 3)], {f"p{n}": course(n, [4.2] * 6) for n in (1, 2, 3)}
    )
    dry = weather(rain_3h_mm=0, rain_1h_mm=0)
    plan = PLANS["flood"]
    for level in plan.levels:
        assert assess(plan, level, facts(plan, rivers, known, dry)).met == 0, level


@pytest.mark.parametrize(
    "settled",
    [
        {"condition": Condition.RTN},
        {"verification": Verification.REJECTED},
        {"flow": Flow.FALSE},
        {"suppression": Suppression.OUT_OF_SERVICE},
    ],
)
def test_that_an_alarm_that_is_settled_speaks_for_nothing(settled):
    manhole = replace(alarm(1, class_id="manhole", level="red"), **settled)
    plan = PLANS["collapse"]
    assert not any(assess(plan, level, facts(plan, [manhole])).met for level in plan.levels)
    found = suggest(PLANS, lambda plan: facts(plan, [manhole]), [manhole])
    assert found is not None and (found.level, found.alarm_ids) == (None, ("a1",))


def test_that_what_a_response_is_under_way_for_is_not_offered_again_but_for_a_drill():
    alarms = [alarm(n, level="red") for n in (1, 2, 3)]
    for drill, left in ((False, ("a2", "a3")), (True, ("a1", "a2", "a3"))):
        running = [incident(ResponseLevel.III, alarm_ids=("a1",), drill=drill)]
        known = replace(around(), incidents=running)
        found = suggest(PLANS, lambda plan, known=known: facts(plan, alarms, known))
        assert found is not None and found.alarm_ids == left


def test_that_a_graver_level_that_is_reached_meanwhile_is_told_and_a_milder_one_is_not():
    plan = PLANS["flood"]
    heavy = facts(plan, [alarm(1)], weather=weather(rain_3h_mm=60, rain_1h_mm=30))
    assert changed_level(incident(ResponseLevel.III), plan, heavy) is ResponseLevel.II
    assert changed_level(incident(ResponseLevel.II), plan, heavy) is None
    assert changed_level(incident(ResponseLevel.I), plan, heavy) is None


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 600), st.booleans()), max_size=8),
    st.one_of(st.none(), st.floats(0, 300)),
)
def test_that_only_fresh_readings_count_and_a_graver_line_never_has_more(wet, rain_mm):
    alarms = [alarm(n) for n in range(len(wet))]
    known = around(
        [point(n) for n in range(len(wet))],
        {f"p{n}": course(n, [m - 0.1 * up, m], age_s=age) for n, (m, age, up) in enumerate(wet)},
    )
    plan = PLANS["flood"]
    found = facts(plan, alarms, known, weather(rain_3h_mm=rain_mm))
    over = {line_m: found.value(Asked(fact=Fact.SITES_OVER_M, value=1, text="", line_m=line_m))
            for line_m in (0.05, 0.15, 0.5)}  # fmt: skip
    assert over[0.05] >= over[0.15] >= over[0.5]
    assert over[0.05] == sum(m >= 0.05 and age <= STALE_AFTER_S for m, age, _ in wet)
    assert found.value(Asked(fact=Fact.RAIN_3H_MM, value=1, text="")) == rain_mm
    assert found.value(Asked(fact=Fact.SITES_OVER_M, value=1, text="")) is None


def test_that_two_alarms_of_one_gauge_are_one_site():
    known = around([point(1)], {"p1": course(1, [0.6] * 6)})
    twice = [alarm(1), replace(alarm(2), point_id="p1")]
    plan = PLANS["flood"]
    found = assess(plan, ResponseLevel.III, facts(plan, twice, known))
    assert next(one for one in found.held if one.condition.fact == "sites_over_m").value == 1


@pytest.mark.parametrize("lel, level", [(9, None), (10, "IV"), (24, "III"), (30, "II"), (60, "I")])
def test_that_gas_is_levelled_by_its_concentration(lel: float, level: str | None):
    gas = alarm(1, class_id="gas")
    known = around([point(1, "%LEL", "gas_lel_pct")], {"p1": course(1, [lel] * 4, "gas_lel_pct")})
    found = suggest(PLANS, lambda plan: facts(plan, [gas], known), [gas])
    assert found is not None
    assert (found.plan_id, found.level) == ("gas_leak", level and ResponseLevel(level))


def test_that_the_plan_of_the_chosen_alarm_goes_before_a_graver_one():
    manhole = alarm(1, class_id="manhole", level="yellow")
    wet = weather(rain_3h_mm=120)
    flood = alarm(2)
    found = suggest(PLANS, lambda plan: facts(plan, [manhole, flood], weather=wet), [manhole])
    assert found is not None
    assert (found.plan_id, found.level, found.alarm_ids[0]) == ("collapse", ResponseLevel.IV, "a1")


def test_that_without_a_choice_the_gravest_is_suggested():
    manhole, flood = alarm(1, class_id="manhole", level="yellow"), alarm(2)
    wet = weather(rain_3h_mm=120)
    found = suggest(PLANS, lambda plan: facts(plan, [manhole, flood], weather=wet))
    assert found is not None
    assert (found.plan_id, found.level) == ("flood", ResponseLevel.I)


def test_that_a_flood_takes_all_its_sites_and_a_collapse_what_is_near():
    near, far = (
        alarm(1, class_id="manhole", level="red"),
        alarm(200, class_id="manhole", level="red"),
    )
    found = suggest(PLANS, lambda plan: facts(plan, [near, far]), [near])
    assert found is not None and found.alarm_ids == ("a1",)
    floods = [alarm(1, level="yellow"), alarm(200, level="red")]
    found = suggest(PLANS, lambda plan: facts(plan, floods), [floods[0]])
    assert found is not None and found.alarm_ids == ("a1", "a200")


def test_that_nothing_open_suggests_nothing():
    assert suggest(PLANS, lambda plan: facts(plan)) is None


def test_that_a_plan_chosen_by_hand_is_assessed_whatever_is_open():
    found = suggest(PLANS, lambda plan: facts(plan), plan_id="event")
    assert found is not None
    assert (found.plan_id, found.level, found.alarm_ids) == ("event", None, ())
