from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import alarm_lifecycle as life
from desktop.domain.alarms import Alarm, AlarmState, Condition, Flow, Quality, supersedes
from desktop.domain.levels import WarningLevel

START = datetime(2026, 7, 18, 3, 0, tzinfo=UTC)


def an_alarm(level: WarningLevel = WarningLevel.ORANGE, latched: bool = False) -> Alarm:
    return Alarm(
        alarm_id="a1", revision=1, epoch="E", seq=1, class_id="underpass_water", level=level,
        peak_level=level, condition=Condition.ACTIVE, title="积水", raised_at=START,
        updated_at=START, latched=latched,
    )  # fmt: skip


def later(minutes: float = 1) -> datetime:
    return START + timedelta(minutes=minutes)


def test_that_acknowledging_turns_warning_into_assessment():
    acked = life.acknowledge(an_alarm(), later(), "张敏", "看见了")
    assert acked.state is AlarmState.ACTIVE_ACKED
    assert acked.flow is Flow.ASSESS
    assert acked.ack is not None and (acked.ack.by, acked.ack.note) == ("张敏", "看见了")
    assert acked.revision == 2


def test_that_a_second_acknowledgement_is_refused_and_names_the_first():
    acked = life.acknowledge(an_alarm(), later(), "张敏")
    with pytest.raises(life.TransitionRefused) as refused:
        life.acknowledge(acked, later(2), "李卫东")
    assert refused.value.code == "already_acknowledged"
    assert "张敏" in refused.value.text


def test_that_a_graver_level_needs_a_new_acknowledgement_and_a_lower_one_does_not():
    acked = life.acknowledge(an_alarm(), later(), "张敏")
    graver = life.update(acked, later(2), WarningLevel.RED, 0.31, "积水 0.31 m", "")
    lower = life.update(acked, later(2), WarningLevel.YELLOW, 0.2, "积水 0.20 m", "")
    assert graver.state is AlarmState.ACTIVE_UNACKED and graver.peak_level is WarningLevel.RED
    assert lower.state is AlarmState.ACTIVE_ACKED and lower.peak_level is WarningLevel.ORANGE


def test_that_an_unacknowledged_alarm_stays_listed_after_its_cause_is_gone():
    cleared = life.clear(an_alarm(), later())
    assert cleared.state is AlarmState.RTN_UNACKED and cleared.is_open
    assert not life.acknowledge(cleared, later(2), "张敏").is_open


def test_that_a_latched_alarm_stays_until_it_is_reset():
    alarm = life.clear(life.acknowledge(an_alarm(latched=True), later(), "张敏"), later(2))
    assert alarm.state is AlarmState.LATCHED
    assert life.may_leave_the_list(life.reset(alarm, later(3)))
    with pytest.raises(life.TransitionRefused):
        life.reset(an_alarm(latched=True), later())


def test_that_red_cannot_be_shelved():
    with pytest.raises(life.TransitionRefused) as refused:
        life.shelve(an_alarm(WarningLevel.RED), later(), later(30))
    assert refused.value.code == "red_not_shelvable"


def test_that_shelving_ends_and_brings_the_alarm_back():
    shelved = life.shelve(an_alarm(), later(), later(30))
    assert shelved.state is AlarmState.SHELVED and shelved.is_open
    assert life.unshelve(shelved, later(2)).state is AlarmState.ACTIVE_UNACKED


def test_that_what_comes_off_the_shelf_active_must_be_acknowledged_again():
    acked = life.acknowledge(an_alarm(), later(), "张敏")
    shelved = life.shelve(acked, later(2), later(30))
    assert [life.shelf_is_over(shelved, later(m)) for m in (29, 30)] == [False, True]
    assert life.unshelve(shelved, later(30)).state is AlarmState.ACTIVE_UNACKED


def test_that_a_shelved_alarm_that_turns_red_comes_off_the_shelf():
    shelved = life.shelve(an_alarm(), later(), later(30))
    red = life.update(shelved, later(2), WarningLevel.RED, 0.5, "积水", "")
    assert red.state is AlarmState.ACTIVE_UNACKED and red.suppressed_until is None


def test_that_the_same_condition_again_is_counted_and_a_graver_one_needs_a_new_acknowledgement():
    acked = life.acknowledge(an_alarm(), later(), "张敏")
    same = life.raise_again(acked, later(2), 0.26)
    graver = life.raise_again(acked, later(2), 0.51, WarningLevel.RED, "积水 0.51 m")
    assert (same.occurrences, same.state, same.title) == (2, AlarmState.ACTIVE_ACKED, "积水")
    assert (graver.level, graver.peak_level, graver.ack) == ("red", "red", None)
    assert graver.title == "积水 0.51 m"


def test_that_a_returned_condition_that_comes_again_is_unacknowledged():
    back = life.clear(life.acknowledge(an_alarm(latched=True), later(), "张敏"), later(2))
    assert life.raise_again(back, later(3)).state is AlarmState.ACTIVE_UNACKED


def test_that_notes_end_before_the_alarm_outgrows_a_message():
    alarm = an_alarm()
    for index in range(life.MOST_NOTES):
        alarm = life.note(alarm, later(index), "张敏", "到场")
    with pytest.raises(life.TransitionRefused) as refused:
        life.note(alarm, later(99), "张敏", "到场")
    assert refused.value.code == "too_many_notes"


def test_that_closing_needs_normal_and_acknowledged():
    with pytest.raises(life.TransitionRefused):
        life.close(an_alarm(), later())
    done = life.close(life.clear(life.acknowledge(an_alarm(), later(), "张敏"), later()), later())
    assert done.flow is Flow.DONE


def test_that_a_silent_source_keeps_the_alarm_and_says_so():
    silent = life.source_went_silent(an_alarm(), later())
    assert silent.quality is Quality.STALE and silent.is_open
    assert life.source_came_back(silent, later(2)).quality is Quality.GOOD


def test_that_a_claimed_alarm_cannot_be_claimed_by_another():
    mine = life.claim(an_alarm(), later(), "张敏")
    assert mine.assigned_to == "张敏"
    with pytest.raises(life.TransitionRefused):
        life.claim(mine, later(), "李卫东")


STEPS: dict[str, Callable[[Alarm, datetime], Alarm]] = {
    "ack": lambda a, at: life.acknowledge(a, at, "张敏"),
    "clear": life.clear,
    "again": lambda a, at: life.raise_again(a, at, 0.3),
    "graver": lambda a, at: life.raise_again(a, at, 0.5, WarningLevel.RED, "积水"),
    "red": lambda a, at: life.update(a, at, WarningLevel.RED, 0.5, "积水", ""),
    "blue": lambda a, at: life.update(a, at, WarningLevel.BLUE, 0.1, "积水", ""),
    "shelve": lambda a, at: life.shelve(a, at, at + timedelta(hours=1)),
    "unshelve": life.unshelve,
    "note": lambda a, at: life.note(a, at, "张敏", "已到场"),
    "reset": life.reset,
    "close": life.close,
}


def history(names: list[str]) -> list[Alarm]:
    """All states of one alarm; what its state refuses does not happen."""
    states = [an_alarm()]
    for index, name in enumerate(names):
        try:
            new = STEPS[name](states[-1], later(index + 1))
        except life.TransitionRefused:
            continue
        states.append(new)
    return states


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=30))
def test_that_nothing_removes_an_alarm_that_is_active_or_unacknowledged(names: list[str]):
    for state in history(names):
        if state.condition is Condition.ACTIVE or state.ack is None:
            assert state.is_open


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=20), st.randoms())
def test_that_replay_in_any_order_with_duplicates_gives_one_state(names: list[str], chance):
    states = history(names)
    told = states * 2
    chance.shuffle(told)
    known: Alarm | None = None
    for state in told:
        if supersedes(state, known):
            known = state
    assert known == states[-1]
