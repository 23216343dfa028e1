"""A machine that is too slow is told from a stream that is late."""

from desktop.video.pace import Pace

FRAME_S = 0.04


def run(pace: Pace, start: int, count: int, now_s: float, step_s: float, waited_s: float) -> float:
    for number in range(start, start + count):
        pace.note(now_s, number * FRAME_S, waited_s)
        now_s += step_s
    return now_s


def test_that_a_machine_that_keeps_up_is_never_late():
    pace = Pace()
    run(pace, 0, 250, 100.0, FRAME_S, 0.03)
    assert pace.late_s == 0 and pace.behind_s < 0.01 and not pace.must_skip


def test_that_seconds_without_a_pause_and_behind_the_stream_are_late_and_counted():
    pace = Pace()
    now_s = run(pace, 0, 50, 100.0, FRAME_S, 0.03)
    run(pace, 50, 100, now_s, 0.06, 0.0)
    assert pace.late_s >= 2 and pace.must_skip


def test_that_a_stream_that_paused_is_not_the_machines_fault():
    pace = Pace()
    now_s = run(pace, 0, 50, 100.0, FRAME_S, 0.03)
    run(pace, 50, 100, now_s + 2.0, FRAME_S, 0.03)  # it goes on two seconds later, for ever
    assert pace.late_s == 0 and not pace.must_skip


def test_that_a_leap_of_the_time_stamps_begins_anew():
    pace = Pace()
    now_s = run(pace, 0, 50, 100.0, 0.06, 0.0)
    run(pace, 50_000, 10, now_s, FRAME_S, 0.03)
    assert pace.behind_s < 0.01 and pace.late_s == 0
    pace.note(now_s, None, 0.0)  # without a stamp nothing is known
