"""The measure of the GUI loop's lateness."""

from desktop.shell.lateness import SAMPLES, Lateness


def test_that_figures_are_zero_before_the_first_tick(qapp: object) -> None:
    assert Lateness().figures() == {"p50": 0.0, "p99": 0.0, "max": 0.0}


def test_that_p50_p99_and_max_are_of_the_last_sixty_seconds(qapp: object) -> None:
    lateness = Lateness()
    lateness.note(5_000.0)  # falls out of the ring
    for number in range(SAMPLES):
        lateness.note(100.0 if number == 0 else 40.0 if number < 100 else 1.0)
    assert lateness.figures() == {"p50": 1.0, "p99": 40.0, "max": 100.0}


def test_that_a_blocked_loop_shows_in_the_maximum(qtbot: object) -> None:
    import time

    lateness = Lateness()
    lateness.start()
    qtbot.waitUntil(lambda: lateness._count > 3)  # type: ignore[attr-defined]
    time.sleep(0.12)
    qtbot.waitUntil(lambda: lateness.figures()["max"] >= 100.0, timeout=2_000)  # type: ignore[attr-defined]
