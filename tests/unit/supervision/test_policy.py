"""When a process is started again."""

from desktop.supervision.policy import LONGEST_DELAY_S, Backoff, Mode, StationMode


def test_that_early_deaths_double_the_wait_up_to_a_limit() -> None:
    backoff = Backoff()
    waits = [backoff.after(1.0) for _ in range(12)]
    assert waits[:4] == [0.2, 0.4, 0.8, 1.6]
    assert waits[-1] == LONGEST_DELAY_S


def test_that_a_long_life_resets_the_wait() -> None:
    backoff = Backoff()
    for _ in range(5):
        backoff.after(1.0)
    assert backoff.after(3_600.0) == 0.2


def test_that_three_crashes_within_ten_minutes_lead_to_safe_mode() -> None:
    station = StationMode()
    assert [station.crashed(at) for at in (0.0, 300.0, 599.0)] == [Mode.FULL, Mode.FULL, Mode.SAFE]


def test_that_crashes_further_apart_do_not_count_together() -> None:
    station = StationMode()
    assert {station.crashed(at) for at in (0.0, 400.0, 800.0, 1_200.0)} == {Mode.FULL}


def test_that_a_crash_in_safe_mode_leads_to_the_phone_list_until_asked_again() -> None:
    station = StationMode(Mode.SAFE)
    assert station.crashed(0.0) is Mode.LAST_RESORT
    station.try_again()
    assert station.mode is Mode.FULL
