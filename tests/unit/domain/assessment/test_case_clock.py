"""How much of its limit a case has used, and its light."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from desktop.assessment_rules import read_rules
from desktop.domain.assessment.case_clock import limit_use
from desktop.domain.assessment.working_time import Light, WorkClock
from desktop.domain.cases import CaseLimit, Stage, State, Step
from tests.case_paper import case

FRIDAY = datetime(2026, 5, 15, 7, tzinfo=UTC)  # 15:00 in the city, before a weekend
WORKED_WEEK = timedelta(days=-7)
"""The weekend before is worked: 9 May 2026 is a make-up day."""
CLOCK = WorkClock(read_rules().calendar)


def waiting(unit, due_at, start=FRIDAY, **change):
    made = case(1, open=True)
    stages = (
        Stage(stage=Step.DISPATCH, at=start),
        Stage(stage=Step.DISPOSE, due_at=due_at, **change),
    )
    return replace(made, stages=stages, limit=CaseLimit(1, unit, "1"), state=State.HANDLING)


@pytest.mark.parametrize(
    "hours, light", [(3.1, Light.GREEN), (3.3, Light.YELLOW), (4.0, Light.YELLOW), (4.1, Light.RED)]
)
def test_that_urgent_hours_run_over_the_weekend_with_lights_at_80_and_100(hours, light):
    one = waiting("urgent_hour", FRIDAY + timedelta(hours=4))
    use = limit_use(one, CLOCK, FRIDAY + timedelta(hours=hours))
    assert use.light is light and use.share == pytest.approx(hours / 4)
    assert use.left_s == pytest.approx((4 - hours) * 3600) and use.is_running


def test_that_a_working_day_stands_still_over_the_weekend():
    one = waiting("work_day", FRIDAY + timedelta(days=3))
    sunday = limit_use(one, CLOCK, FRIDAY + timedelta(days=2))
    assert sunday.share == pytest.approx(3 / 7.5) and sunday.light is Light.GREEN
    monday = limit_use(one, CLOCK, FRIDAY + timedelta(days=3, minutes=-30))
    assert monday.light is Light.YELLOW and monday.left_s == pytest.approx(1800)


def test_that_a_make_up_day_is_worked():
    start = FRIDAY + WORKED_WEEK
    one = waiting("work_day", start + timedelta(days=3), start)
    sunday = limit_use(one, CLOCK, start + timedelta(days=2))
    assert sunday.share == pytest.approx(10.5 / 15)


def test_that_what_is_handled_keeps_its_use():
    one = waiting("urgent_hour", FRIDAY + timedelta(hours=4), at=FRIDAY + timedelta(hours=6))
    use = limit_use(one, CLOCK, FRIDAY + timedelta(days=30))
    assert (use.share, use.light, use.is_running) == (1.5, Light.RED, False)


def test_that_a_year_without_holidays_gives_no_light_but_a_reason():
    one = waiting("work_day", datetime(2031, 1, 5, tzinfo=UTC))
    use = limit_use(one, CLOCK, FRIDAY)
    assert use.light is None and "没有 2031 年" in use.reason
    assert limit_use(one, None, FRIDAY).reason == "没有工作时间表"


def test_that_before_dispatch_nothing_runs():
    made = replace(case(1), stages=(Stage(stage=Step.REPORT, at=FRIDAY),))
    assert limit_use(made, CLOCK, FRIDAY) is None
