"""What sounds when, in virtual time."""

from desktop.domain.annunciation import (
    FLOOD_WITHIN_S,
    RED_FLOOR_PERCENT,
    SILENCE_S,
    Annunciation,
    Cue,
    volume_percent,
)
from desktop.domain.levels import WarningLevel

R, O, Y, B = WarningLevel  # noqa: E741


def begun(**waiting: WarningLevel) -> Annunciation:
    rule = Annunciation()
    rule.take({}, 0.0)
    if waiting:
        rule.take(waiting, 0.0)
    return rule


def sounded(rule: Annunciation, until_s: int, start_s: int = 0) -> list[tuple[int, Cue]]:
    """Every cue of whole seconds, with its second."""
    return [(s, cue) for s in range(start_s, until_s) for cue in rule.at(float(s)).cues]


def test_that_a_red_pulses_every_five_seconds_until_it_is_acknowledged():
    rule = begun(a=R)
    assert sounded(rule, 12) == [(0, Cue.RED), (5, Cue.RED), (10, Cue.RED)]
    rule.take({}, 12.0)
    assert sounded(rule, 60, 12) == []


def test_that_an_orange_pulses_every_fifteen_seconds():
    assert sounded(begun(a=O), 31) == [(0, Cue.ORANGE), (15, Cue.ORANGE), (30, Cue.ORANGE)]


def test_that_a_yellow_chimes_once_and_a_blue_never():
    rule = begun(a=Y)
    assert sounded(rule, 60) == [(0, Cue.YELLOW)]
    rule.take({"a": Y, "b": B}, 60.0)
    assert sounded(rule, 120, 60) == []


def test_that_a_second_yellow_chimes_again_but_two_at_once_chime_once():
    rule = begun(a=Y)
    rule.at(0.0)
    rule.take({"a": Y, "b": Y, "c": Y}, 3.0)
    assert sounded(rule, 20, 3) == [(3, Cue.YELLOW)]


def test_that_only_the_gravest_level_pulses():
    assert {cue for _, cue in sounded(begun(a=R, b=O, c=Y), 40)} == {Cue.RED}


def test_that_a_raised_level_counts_as_new():
    rule = begun(a=O)
    rule.at(0.0)
    rule.silence(1.0)
    rule.take({"a": R}, 2.0)
    told = rule.at(2.0)
    assert told.cues == (Cue.RED,)
    assert told.silence_broken


def test_that_silence_lasts_a_minute_counts_down_and_the_pulses_come_back():
    rule = begun(a=R)
    rule.at(0.0)
    rule.silence(1.0)
    assert rule.at(31.0).silence_left_s == SILENCE_S - 30
    assert sounded(rule, 61, 1) == []
    assert rule.at(61.0).cues == (Cue.RED,)
    assert rule.at(61.0).red_waiting  # silence was no acknowledgement


def test_that_a_new_red_ends_the_silence_and_a_new_orange_does_not():
    rule = begun(a=R)
    rule.at(0.0)
    rule.silence(1.0)
    rule.take({"a": R, "b": O}, 10.0)
    assert rule.at(10.0).silence_left_s == 51.0
    rule.take({"a": R, "b": O, "c": R}, 12.0)
    told = rule.at(12.0)
    assert (told.silence_left_s, told.silence_broken, told.cues) == (0.0, True, (Cue.RED,))
    assert not rule.at(13.0).silence_broken


def test_that_a_yellow_during_silence_is_not_made_up_for():
    rule = begun()
    rule.silence(0.0)
    rule.take({"a": Y}, 5.0)
    assert sounded(rule, 100, 5) == []


def test_that_a_flood_is_told_once_with_how_many_more_and_mutes_the_chimes():
    rule = begun(a=R)
    rule.at(0.0)
    storm = {"a": R} | {f"y{n}": Y for n in range(12)}
    rule.take(storm, 1.0)
    told = rule.at(1.0)
    assert told.flood_more == 12
    assert Cue.YELLOW not in told.cues
    for second in range(2, 50):
        storm[f"z{second}"] = Y
        rule.take(storm, float(second))
        later = rule.at(float(second))
        assert later.flood_more == 0
        assert Cue.YELLOW not in later.cues
    assert rule.in_flood
    rule.at(50 + FLOOD_WITHIN_S)
    assert not rule.in_flood


def test_that_ten_thousand_alarms_keep_the_rhythm_of_one_red():
    rule = begun()
    for second in range(10):
        rule.take({f"a{n}": R for n in range((second + 1) * 1000)}, float(second))
        rule.at(float(second))
    assert sounded(rule, 21, 10) == [(10, Cue.RED), (15, Cue.RED), (20, Cue.RED)]


def test_that_what_waited_before_the_start_pulses_but_is_no_flood_and_no_chime():
    rule = Annunciation()
    rule.take({f"a{n}": Y for n in range(40)} | {"r": R}, 0.0)
    told = rule.at(0.0)
    assert (told.cues, told.flood_more) == ((Cue.RED,), 0)


def test_that_a_loss_ticks_once_and_fluttering_does_not_rattle():
    rule = begun()
    for second in range(10):
        rule.lose()
        cues = rule.at(float(second)).cues
        assert cues == ((Cue.LOSS,) if second == 0 else ())


def test_that_red_has_an_audible_floor_and_the_others_have_none():
    assert volume_percent(Cue.RED, 0) == RED_FLOOR_PERCENT
    assert volume_percent(Cue.RED, 90) == 90
    assert volume_percent(Cue.ORANGE, 0) == 0
    assert volume_percent(Cue.LOSS, 250) == 100


def test_that_what_waited_before_is_heard_once_more_and_is_no_flood():
    rule = Annunciation()
    rule.take({str(number): Y for number in range(40)}, 0.0)
    told = rule.at(0.0)
    assert told.cues == (Cue.YELLOW,) and told.flood_more == 0
    assert sounded(rule, 60, 1) == []


def test_that_who_comes_after_a_rest_hears_what_waits_then():
    rule = begun(a=R)
    rule.at(0.0)
    rule.rest()
    assert not rule.at(7.0).cues and not rule.at(7.0).red_waiting
    rule.take({"a": R, "b": Y}, 20.0)
    assert sounded(rule, 26, 20) == [(20, Cue.RED), (25, Cue.RED)]
