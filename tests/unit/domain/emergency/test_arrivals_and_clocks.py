"""When a crew is there, whom to send instead, and how the seven clocks stand."""

from datetime import timedelta

import pytest

from desktop.domain.emergency.arrivals import arrival, best, candidates, straight_min
from desktop.domain.emergency.clocks import ClockState, faces, line_at
from desktop.domain.emergency.drill_score import points_of, score
from desktop.domain.emergency.plans import Targets
from desktop.domain.emergency.receipt_matrix import Totals
from desktop.domain.positions import Position
from desktop.domain.units import Unit, UnitKind, UnitState
from tests.incident_parts import SENT, T0, order

NOW = SENT + timedelta(minutes=5)
ORDER = order(0)  # at 116.600, 28.900; promised within 9 min


def fix(lon_deg, lat_deg=28.90, age_s=4.0, **more):
    return Position(at=NOW - timedelta(seconds=age_s), lon_deg=lon_deg, lat_deg=lat_deg, **more)


def unit(unit_id, lon_deg=None, **changes):
    values = {"unit_id": unit_id, "kind": UnitKind.TEAM, "name": unit_id, "skills": ("pump",),
              "state": UnitState.IDLE, "lon_deg": lon_deg,
              "lat_deg": 28.9 if lon_deg else None}  # fmt: skip
    return Unit(**(values | changes))


def test_that_a_crew_far_off_is_late_and_a_near_one_early():
    far = arrival(ORDER, fix(116.63), NOW)  # 2.9 km
    assert far.remaining_min == pytest.approx(9.1, abs=0.2)
    assert far.late_min == pytest.approx(5 + 9.1 - 9, abs=0.2)
    near = arrival(ORDER, fix(116.6001), NOW)
    assert near.remaining_min == 0 and near.late_min == pytest.approx(-4)


def test_that_an_old_fix_says_so_and_none_leaves_the_promise():
    assert arrival(ORDER, fix(116.61, age_s=200), NOW).is_old
    none = arrival(ORDER, None, NOW)
    assert none.expected_at is None and none.promised_at == SENT + timedelta(minutes=9)


def test_that_no_way_gives_no_time_instead_of_a_wrong_one():
    assert arrival(ORDER, fix(116.62), NOW, way=lambda a, b: None).expected_at is None


def test_that_candidates_are_free_able_and_placed_the_nearest_first():
    fixes = {"near": fix(116.605), "far": fix(116.63), "busy": fix(116.601),
             "old": fix(116.602, age_s=4000), "taken": fix(116.60)}  # fmt: skip
    units = [unit("far"), unit("near"), unit("busy", state=UnitState.BUSY), unit("old"),
             unit("taken"), unit("off", 116.6, state=UnitState.OFF_DUTY), unit("nowhere"),
             unit("depot", 116.61), unit("light", 116.6, skills=("light",))]  # fmt: skip
    found = candidates(ORDER, "pump", units, fixes.get, {"taken"}, NOW)
    assert [one.unit_id for one in found] == ["near", "depot", "far", "busy"]
    chosen = best(found)
    assert chosen is not None and chosen.unit_id == "near"
    assert best(one for one in found if one.unit_id in ("depot", "busy")) is None


def test_that_the_straight_estimate_is_that_of_the_replay():
    assert straight_min((116.6, 28.9), (116.6, 28.9)) == 0
    assert straight_min((0.0, 0.0), (0.0, 0.1)) == pytest.approx(11.12 * 1.3 / 25 * 60, rel=0.01)


def test_that_clocks_know_reached_late_running_and_overdue():
    clocks = {"T0": T0, "T1": T0 + timedelta(seconds=52), "T2": T0 + timedelta(minutes=6)}
    found = {f.name: f for f in faces(clocks, Targets(), T0 + timedelta(minutes=10))}
    assert found["T1"].state is ClockState.REACHED
    assert found["T2"].state is ClockState.LATE and found["T2"].late_min == pytest.approx(1)
    assert found["T3"].state is ClockState.OVERDUE and found["T3"].left_min == pytest.approx(-2)
    assert found["T4"].state is ClockState.RUNNING and found["T4"].left_min == pytest.approx(18)
    assert found["T5"].state is ClockState.OPEN and found["T5"].left_min is None


def test_that_clocks_without_an_alarm_and_a_clock_that_goes_back_break_nothing():
    assert all(f.since_min is None for f in faces({}, Targets(), T0))
    back = {f.name: f for f in faces({"T0": T0}, Targets(), T0 - timedelta(hours=1))}
    assert back["T4"].since_min == 0


def test_that_the_line_is_where_the_rise_leads():
    assert line_at(0.35, 0.5, 0.012, NOW) == NOW + timedelta(minutes=12.5)
    assert line_at(0.51, 0.5, 0.012, NOW) == NOW
    assert line_at(0.35, 0.5, 0.0, NOW) is None and line_at(0.35, 0.5, None, NOW) is None


def test_that_a_drill_is_scored_against_its_targets():
    clocks = {"T0": T0, "T1": T0 + timedelta(seconds=50), "T2": T0 + timedelta(minutes=4),
              "T3": T0 + timedelta(minutes=8), "T4": T0 + timedelta(minutes=20)}  # fmt: skip
    good = score(clocks, Targets(), Totals(sent=10, accepted=10))
    assert good.points == 100 and good.word == "良好"
    slow = score(
        clocks | {"T4": T0 + timedelta(minutes=42)}, Targets(), Totals(sent=10, accepted=5)
    )
    assert good.points > slow.points > 60
    assert score({"T0": T0}, Targets(), Totals(sent=10)).word == "不合格"
    running = score({"T0": T0}, Targets(), Totals(), now=T0 + timedelta(seconds=30))
    assert running.parts == ()  # nothing is due yet
    assert len(score({"T0": T0}, Targets(), Totals(), now=T0 + timedelta(minutes=6)).parts) == 2
    assert points_of(28, 28) == 100 and points_of(42, 28) == 50 and points_of(60, 28) == 0
