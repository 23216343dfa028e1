"""When a live picture runs faster, and when it does not."""

from itertools import pairwise

from desktop.video.catching_up import CatchingUp

LOOK_S = 0.25


class Course:
    """Looks each 250 ms at a stream of 1 Mbit/s."""

    def __init__(self) -> None:
        self.catching_up = CatchingUp()
        self.now_s = 100.0
        self.lost = self.received = 0

    def rates(self, waiting: list[int]) -> list[float]:
        found = []
        for waiting_bytes in waiting:
            self.now_s += LOOK_S
            self.received += round(125_000 * LOOK_S)
            rate = self.catching_up.rate(self.now_s, waiting_bytes, self.received, self.lost)
            found.append(rate)
        return found


def test_that_a_picture_that_nothing_waits_for_runs_as_it_comes():
    assert set(Course().rates([0] * 100)) == {1.0}


def test_that_what_waits_for_seconds_is_caught_up_with_and_no_more():
    course = Course()
    rates = course.rates([20_000] * 12)
    assert rates[:8] == [1.0] * 8
    assert set(rates[9:]) == {1.1}
    assert course.rates([0] * 12) == [1.1] * 5 + [1.0] * 7, "libVLC still held 0.1 s"


def test_that_more_is_caught_up_with_faster():
    course = Course()
    assert course.rates([120_000] * 12)[-1] == 1.25
    assert course.rates([40_000])[-1] == 1.1


def test_that_a_stream_that_comes_in_parts_is_not_hurried():
    """A part of 1.5 s each 1.5 s: between two of them nothing waits."""
    parts = [150_000, 120_000, 90_000, 60_000, 30_000, 0]
    assert set(Course().rates(parts * 20)) == {1.0}


def test_that_who_is_late_again_at_once_is_left_alone_for_ever_longer():
    course = Course()
    starts_s = []
    for _ in range(4):
        while course.rates([9_000])[0] == 1.0:
            assert course.now_s < 1000
        starts_s.append(course.now_s)
        course.rates([0] * 8)
    pauses_s = [b - a for a, b in pairwise(starts_s)]
    assert [round(pause_s) for pause_s in pauses_s] == [62, 122, 242]  # with the hurry itself


def test_that_a_machine_that_loses_pictures_does_not_get_more_to_do():
    course = Course()
    for _ in range(40):
        course.lost += 1
        assert course.rates([50_000]) == [1.0]
    assert course.rates([50_000] * 12)[-1] == 1.1
    course.lost += 1
    assert course.rates([50_000] * 2) == [1.0, 1.0]
