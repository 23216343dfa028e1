"""When the platform is asked."""

from desktop.link.backfill import (
    GAP_S,
    HEAD_S,
    LONG_LOG_S,
    PAGE,
    PERIOD_S,
    STUCK_S,
    Due,
    Schedule,
)
from desktop.link.sequence import Gap

NOTHING = Due(snapshot=False, events=False)
EVENTS = Due(snapshot=False, events=True)
GAP = Gap("e", 5, 9, by_head=False)
HEAD_GAP = Gap("e", 5, 5, by_head=True)


def _quiet(now_s: float = 100.0) -> Schedule:
    schedule = Schedule()
    schedule.snapshot_done(now_s)
    schedule.events_done(now_s, None)
    return schedule


def test_that_the_first_turn_asks_for_everything():
    assert Schedule().due(100.0, None, True) == Due(snapshot=True, events=True)


def test_that_without_gap_nothing_is_asked_for_a_minute():
    schedule = _quiet()
    assert schedule.due(100.0 + PERIOD_S - 1, None, True) == NOTHING
    assert schedule.due(100.0 + PERIOD_S, None, True) == EVENTS


def test_that_a_gap_is_asked_for_after_two_seconds_and_not_before():
    schedule = _quiet()
    assert schedule.due(110.0, GAP, True) == NOTHING
    assert schedule.due(110.0 + GAP_S - 0.1, GAP, True) == NOTHING
    assert schedule.due(110.0 + GAP_S, GAP, True) == EVENTS


def test_that_a_gap_that_closes_by_itself_is_not_asked_for():
    schedule = _quiet()
    schedule.due(110.0, GAP, True)
    schedule.due(111.0, None, True)
    assert schedule.due(112.5, GAP._replace(first=7), True) == NOTHING


def test_that_a_head_ahead_waits_less():
    schedule = _quiet()
    schedule.due(110.0, HEAD_GAP, True)
    assert schedule.due(110.0 + HEAD_S, HEAD_GAP, True) == EVENTS


def test_that_a_gap_the_platform_cannot_fill_is_asked_for_rarely():
    schedule = _quiet()
    schedule.due(110.0, GAP, True)
    schedule.events_done(112.0, GAP)
    assert schedule.due(115.0, GAP, True) == NOTHING
    assert schedule.due(112.0 + STUCK_S, GAP, True) == EVENTS


def test_that_without_mqtt_the_log_is_polled_each_two_seconds():
    schedule = _quiet()
    assert schedule.due(101.0, None, False) == NOTHING
    assert schedule.due(102.0, None, False) == EVENTS


def test_that_a_doubted_epoch_asks_for_one_snapshot_not_one_a_message():
    schedule = _quiet()
    schedule.epoch_doubted(104.0)
    assert schedule.due(104.0, None, True).snapshot
    schedule.snapshot_done(104.0)
    schedule.epoch_doubted(104.1)
    assert not schedule.due(104.2, None, True).snapshot
    assert schedule.due(107.1, None, True).snapshot


def test_that_a_long_log_is_preceded_by_what_is_open_now_but_not_each_time():
    """A platform that fails with the log is not asked for ten thousand alarms every 3 s as well."""
    long_gap = Gap("e", 5, 5 + PAGE, by_head=False)
    schedule = _quiet()
    at_s = 100.0 + LONG_LOG_S
    schedule.due(at_s, long_gap, True)
    assert schedule.due(at_s + GAP_S, long_gap, True) == Due(snapshot=True, events=True)
    schedule.snapshot_done(at_s + GAP_S)
    assert schedule.due(at_s + GAP_S + 3, long_gap, True) == EVENTS
    assert schedule.due(at_s + GAP_S + LONG_LOG_S, long_gap, True).snapshot
    assert not schedule.due(at_s + GAP_S + LONG_LOG_S, long_gap._replace(last=9), True).snapshot
