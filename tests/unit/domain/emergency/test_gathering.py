from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from desktop.domain.emergency.gathering import Surroundings, gather, rules_of, site_facts
from desktop.domain.emergency.plans import (
    Plan,
    PlanKind,
    PlanLevel,
    PlanTask,
    Requirement,
    ResponseLevel,
)
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point, Reading, Threshold
from desktop.domain.positions import Position
from desktop.domain.units import Unit, UnitKind, UnitState
from tests.unit.domain.emergency.test_activation import alarm

NOW = datetime(2026, 7, 17, 19, 12, tzinfo=UTC)
RED, YELLOW = WarningLevel.RED, WarningLevel.YELLOW


def level(*requires: Requirement) -> PlanLevel:
    task = PlanTask(task_id="pump", title="强排", skill="pump", within_min=28)
    return PlanLevel(signer_role="leader", two_person=True, tasks=(task,), requires=requires)


def plan(known: PlanLevel, line_m: float | None = None) -> Plan:
    return Plan(plan_id="flood", name="防汛", kind=PlanKind.FLOOD, edition="1",
                levels={ResponseLevel.II: known}, line_m=line_m)  # fmt: skip


def unit(unit_id: str, **changes) -> Unit:
    values = {"unit_id": unit_id, "kind": UnitKind.TEAM, "name": unit_id, "skills": ("pump",),
              "state": UnitState.IDLE, "lon_deg": 116.6, "lat_deg": 28.9}  # fmt: skip
    return Unit(**(values | changes))


def around(**changes) -> Surroundings:
    values = {"now": NOW, "points": {}, "courses": {}, "units": (), "positions": {}}
    return Surroundings(**(values | changes))


ONE = Requirement(skill="pump", name="抽排", per_site=1)


def test_that_what_a_level_needs_in_all_goes_to_the_gravest_sites():
    needs = Requirement(skill="pump", name="抽排", per_site=1, count=4)
    alarms = [
        alarm(f"s{n}", rank, 9 - n, lon_deg=116.6, lat_deg=28.9)
        for n, rank in enumerate((YELLOW, RED, YELLOW))
    ]
    made = gather(alarms, plan(level(needs)), level(needs), around())
    assert {one.site_id: one.needs["pump"] for one in made.sites} == {"s0": 1, "s1": 2, "s2": 1}
    assert [one.order for one in made.sites] == [0, 1, 2]


def test_that_a_site_in_no_register_is_named_by_its_place_and_not_by_its_value():
    probe = replace(
        alarm("j1", RED, 3, lon_deg=116.6, lat_deg=28.9),
        point_id="RQ-1-J1", title="燃气浓度 51 %LEL",
        detail="人民路 70 m 井室探头，超过 50 %LEL 线",
    )  # fmt: skip
    nameless = replace(probe, alarm_id="j2", detail="")
    made = gather([probe, nameless], plan(level(ONE)), level(ONE), around())
    assert [one.name for one in made.sites] == ["人民路 70 m 井室探头", "燃气浓度 51 %LEL"]


def test_that_an_alarm_without_a_place_is_told_and_one_stands_at_its_point():
    point = Point(point_id="p", class_id="w", name="东门地道", lon_deg=116.7, lat_deg=28.8)
    alarms = [alarm("s1", RED, 3), alarm("s2", RED, 2, point_id="p")]
    made = gather(alarms, plan(level(ONE)), level(ONE), around(points={"p": point}))
    assert made.unplaced == ("s1",)
    assert [(one.name, one.lon_deg) for one in made.sites] == [("东门地道", 116.7)]


def test_that_crews_that_cannot_go_are_counted_by_their_reason():
    units = (
        unit("ok"),
        unit("off", state=UnitState.OFF_DUTY),
        unit("away", state=UnitState.OFFLINE),
        unit("busy", state=UnitState.BUSY),
        unit("nowhere", lon_deg=None),
        unit("sweeper", skills=("sweep",)),
        unit("officer", kind=UnitKind.OFFICER),
    )
    made = gather([], plan(level(ONE)), level(ONE), around(units=units))
    assert [one.unit_id for one in made.crews] == ["ok"]
    assert made.left_out == {"下班": 1, "离线": 1, "在忙": 1, "无位置": 1}


def test_that_a_crew_stands_where_its_last_fix_was():
    fix = Position(at=NOW - timedelta(hours=1), lon_deg=116.61, lat_deg=28.91, unit_id="T")
    made = gather([], plan(level(ONE)), level(ONE),
                  around(units=(unit("T"),), positions={"T": fix}))  # fmt: skip
    assert (made.crews[0].lon_deg, made.crews[0].position_age_s) == (116.61, 3600)


def course(to_m: float, per_min: float, age_s: float = 0.0) -> tuple[Reading, ...]:
    return tuple(
        Reading(at=NOW - timedelta(seconds=age_s + back * 20),
                metrics={"level_m": to_m - per_min * back / 3}, point_id="p")
        for back in range(15, -1, -1)
    )  # fmt: skip


def test_that_the_minutes_to_the_line_count_from_now_and_not_from_the_reading():
    point = Point(point_id="p", class_id="w", name="x", unit="m", metric="level_m",
                  thresholds=(Threshold(RED, 0.4),))  # fmt: skip
    one = alarm("s", RED, 3, point_id="p")
    facts = site_facts(one, plan(level(ONE)), around(
        points={"p": point}, courses={"p": course(0.3, 0.01, age_s=60)}))  # fmt: skip
    assert facts.line == 0.4 and abs(facts.line_in_min - 9.0) < 0.05
    by_plan = site_facts(one, plan(level(ONE), 0.5), around(
        points={"p": point}, courses={"p": course(0.3, 0.01)}))  # fmt: skip
    assert abs(by_plan.line_in_min - 20.0) < 0.05
    stalled = site_facts(one, plan(level(ONE)), around(
        points={"p": point}, courses={"p": course(0.3, 0.01, age_s=200)}))  # fmt: skip
    assert stalled.is_stale and stalled.value == 0.3 and stalled.line_in_min is None
    river = site_facts(replace(one, class_id="river_level"), plan(level(ONE), 0.5), around(
        points={"p": replace(point, thresholds=(Threshold(RED, 4.9),))},
        courses={"p": course(4.5, 0.01)}))  # fmt: skip
    assert river.line == 4.9 and abs(river.line_in_min - 40.0) < 0.05
    falling = site_facts(one, plan(level(ONE)), around(
        points={"p": point}, courses={"p": course(0.3, -0.01)}))  # fmt: skip
    assert falling.line_in_min is None


def test_that_the_reserve_of_the_plan_reaches_the_rules():
    kept = Requirement(skill="pump", name="抽排", per_site=1, reserve=2)
    assert rules_of(level(kept)).reserve == {"pump": 2}
