"""What says that a picture asks for more than the machine carries."""

from desktop.domain.cameras import TileFigures
from desktop.domain.picture_strain import STEADY_S, Strain

FPS = 25.0


def run(strain: Strain, start_s: float, seconds_s: float, figures) -> tuple[Strain, float]:
    """`figures(s)`: what the player says `s` seconds after `start_s`; asked twice a second."""
    for step in range(round(seconds_s * 2)):
        strain = strain.see(figures(step / 2), FPS, start_s + step / 2)
    return strain, start_s + seconds_s


def steady(behind_ms: int = 0) -> tuple[Strain, float]:
    return run(Strain(0.0), 0.0, STEADY_S + 3, lambda s: TileFigures(fps=FPS, behind_ms=behind_ms))


def test_that_pictures_lost_at_full_rate_are_a_sign():
    strain, now_s = steady()
    assert not strain.slow and not strain.busy
    strain, _ = run(strain, now_s, 5, lambda s: TileFigures(fps=FPS, dropped=round(5 * s)))
    assert strain.slow


def test_that_one_lost_picture_is_none():
    strain, now_s = steady()
    strain, _ = run(strain, now_s, 5, lambda s: TileFigures(fps=FPS, dropped=int(s > 1)))
    assert not strain.slow and not strain.busy


def test_that_a_stream_that_waits_longer_and_longer_is_a_sign_and_one_that_always_did_is_none():
    strain, now_s = steady(behind_ms=1500)  # what the server sent ahead
    assert not strain.slow
    grows = lambda s: TileFigures(fps=FPS, behind_ms=1500 + round(200 * s))  # noqa: E731
    busy, then_s = run(strain, now_s, 6, grows)
    assert busy.busy and not busy.slow
    slow, _ = run(busy, then_s, 4, lambda s: grows(s + 6))
    assert slow.slow


def test_that_a_key_frame_that_waits_for_a_moment_is_no_sign():
    strain, now_s = steady()
    peaks = lambda s: TileFigures(fps=FPS, behind_ms=900 if s % 2 == 1.5 else 0)  # noqa: E731
    strain, _ = run(strain, now_s, 6, peaks)
    assert not strain.slow and not strain.busy


def test_that_few_pictures_are_a_sign_and_the_first_seconds_are_not_judged():
    early, _ = run(Strain(0.0), 0.0, STEADY_S, lambda s: TileFigures(fps=3.0))
    assert not early.slow
    late, _ = run(early, STEADY_S, 1, lambda s: TileFigures(fps=12.0))
    assert late.slow


def test_that_a_session_that_begins_anew_is_counted_anew():
    strain, now_s = steady()
    strain, now_s = run(strain, now_s, 3, lambda s: TileFigures(fps=FPS, dropped=100))
    strain, _ = run(strain, now_s, 3, lambda s: TileFigures(fps=FPS, dropped=1))
    assert not strain.slow
