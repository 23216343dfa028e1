"""What the soak says of memory."""

import pytest

from tests.faults.course import YOUNG_S, Course
from tests.faults.soak import MOST_GROWN_MB, MOST_SLOPE_MB, OURS, verdict

pytestmark = pytest.mark.gate


def test_that_lives_share_a_slope_and_keep_their_levels():
    course = Course()
    for at_s in range(0, 600, 5):  # 36 MB an hour in both lives; the second begins lower
        pid, base = (1, 100.0) if at_s < 300 else (2, 40.0)
        course.add("link", pid, at_s, base + at_s * 0.01)
    assert course.slope_mb_per_h("link", 0, 600) == 36.0


def test_that_the_start_of_a_life_is_neither_growth_nor_level():
    course = Course()
    for at_s in range(0, 300, 5):
        course.add("link", 1, at_s, min(50.0, 20.0 + at_s))
    assert course.slope_mb_per_h("link", 0, 300) == 0.0
    assert course.level_mb("link", 0, 300) == 50.0
    assert course.level_mb("link", 0, YOUNG_S - 1) is None


def test_that_too_few_samples_give_no_slope():
    course = Course()
    course.add("link", 1, 0.0, 50.0)
    course.add("link", 1, 60.0, 60.0)
    assert course.slope_mb_per_h("link", 0, 100) is None
    assert course.slope_mb_per_h("station", 0, 100) is None


def test_that_the_course_of_a_run_is_told_from_its_start_to_its_end():
    course = Course()
    for at_s in range(0, 101, 5):
        course.add("link", 1, at_s, float(at_s))
    assert course.points_mb("link", 100.0, points=3) == [0.0, 50.0, 100.0]


def figures(slope_mb: float | None, grown_mb: float | None, *, full: bool = True):
    memory = {"slope_mb_per_hour_of_the_day": slope_mb, "grown_mb": grown_mb}
    return {"memory": dict.fromkeys(OURS, memory), "kept_is_full": full}


def test_that_growth_is_wrong_and_a_slope_once_what_is_kept_is_full():
    assert verdict(figures(MOST_SLOPE_MB, MOST_GROWN_MB)) == []
    assert len(verdict(figures(MOST_SLOPE_MB + 0.1, 0.0))) == len(OURS)
    assert verdict(figures(MOST_SLOPE_MB + 0.1, 0.0, full=False)) == []
    assert len(verdict(figures(0.0, MOST_GROWN_MB + 1, full=False))) == len(OURS)


def test_that_what_was_not_measured_is_wrong():
    assert verdict(figures(0.0, None)) and verdict(figures(None, 0.0))
