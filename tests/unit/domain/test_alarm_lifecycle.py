from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import alarm_lifecycle as life
from desktop.domain.alarms import (
    Alarm,
    AlarmState,
    Condition,
    Flow,
    Quality,
    Verification,
    supersedes,
)
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
    ended = [state for state in history(names) if not state.is_open]
    assert all(s.condition is not Condition.ACTIVE and s.ack is not None for s in ended)


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


def pending() -> Alarm:
    return msgspec.structs.replace(an_alarm(), verification=Verification.PENDING, confidence=0.8)


def test_that_who_confirms_what_a_machine_found_has_seen_it():
    confirmed = life.confirm(pending(), later(), "张敏", "确有摊位")
    assert confirmed.verification is Verification.CONFIRMED
    assert confirmed.flow is Flow.ASSESS and confirmed.state is AlarmState.ACTIVE_ACKED
    assert confirmed.ack is not None and confirmed.ack.by == "张敏"


def test_that_a_false_alarm_leaves_the_list_and_keeps_who_said_so_and_why():
    acked = life.acknowledge(pending(), later(), "李卫东")
    rejected = life.reject(acked, later(2), "张敏", "树影")
    assert not rejected.is_open
    assert (rejected.verification, rejected.flow) == (Verification.REJECTED, Flow.FALSE)
    assert rejected.ack is not None and rejected.ack.by == "李卫东"
    assert [(n.by, n.text) for n in rejected.notes] == [("张敏", "误报：树影")]


def test_that_a_shelved_false_alarm_leaves_the_list_too():
    shelved = life.shelve(pending(), later(), later(20))
    assert not life.reject(shelved, later(2), "张敏", "树影").is_open


@pytest.mark.parametrize("verification", [Verification.CONFIRMED, Verification.REJECTED])
def test_that_only_what_is_pending_can_be_confirmed_or_rejected(verification: Verification):
    alarm = msgspec.structs.replace(an_alarm(), verification=verification)
    for order in (life.confirm, life.reject):
        with pytest.raises(life.TransitionRefused) as refused:
            order(alarm, later(), "张敏", "x")
        assert refused.value.code == "not_pending"


def test_that_one_gives_back_only_what_one_has_claimed():
    with pytest.raises(life.TransitionRefused) as nobody:
        life.release(an_alarm(), later(), "张敏")
    claimed = life.claim(an_alarm(), later(), "张敏")
    with pytest.raises(life.TransitionRefused) as other:
        life.release(claimed, later(2), "李卫东")
    assert (nobody.value.code, other.value.code) == ("not_claimed", "already_claimed")
    released = life.release(claimed, later(2), "张敏")
    assert (released.claimed_by, released.assigned_to) == (None, None)
    assert life.claim(released, later(3), "李卫东").claimed_by == "李卫东"


def test_that_an_assignment_ends_the_claim_of_another_and_keeps_ones_own():
    claimed = life.claim(an_alarm(), later(), "张敏")
    assert life.assign(claimed, later(2), "李卫东").claimed_by is None
    kept = life.assign(claimed, later(2), "张敏")
    assert (kept.claimed_by, kept.assigned_to) == ("张敏", "张敏")


def test_that_a_case_is_opened_once_after_confirming_and_keeps_the_alarm_listed():
    with pytest.raises(life.TransitionRefused) as unseen:
        life.open_case(an_alarm(), later(), "case-1")
    acked = life.acknowledge(an_alarm(), later(), "张敏")
    opened = life.open_case(acked, later(2), "case-1")
    assert (opened.case_id, opened.flow) == ("case-1", Flow.HANDLING)
    assert life.clear(opened, later(3)).state is AlarmState.RTN_OPEN
    with pytest.raises(life.TransitionRefused) as twice:
        life.open_case(opened, later(4), "case-2")
    waiting = life.acknowledge(pending(), later(), "张敏")
    with pytest.raises(life.TransitionRefused) as unverified:
        life.open_case(waiting, later(2), "case-1")
    over = life.clear(acked, later(2))
    with pytest.raises(life.TransitionRefused) as too_late:
        life.open_case(over, later(3), "case-1")
    refused = [e.value.code for e in (unseen, twice, unverified, too_late)]
    assert refused == ["not_acknowledged", "case_exists", "not_verified", "is_over"]


@pytest.mark.parametrize(
    ("level", "longest_min"),
    [(WarningLevel.ORANGE, 30), (WarningLevel.YELLOW, 480), (WarningLevel.BLUE, 1440)],
)
def test_that_a_shelf_is_no_longer_than_its_level_allows(level: WarningLevel, longest_min: int):
    longest = START + timedelta(minutes=longest_min)
    shelved = life.shelve(an_alarm(level), START, longest, "张敏", "检修")
    assert shelved.state is AlarmState.SHELVED and shelved.notes[-1].text == "搁置：检修"
    with pytest.raises(life.TransitionRefused) as refused:
        life.shelve(an_alarm(level), START, longest + timedelta(seconds=1))
    assert refused.value.code == "until_too_late"
