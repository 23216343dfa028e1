import pytest

from desktop.domain.alarms import Condition, Suppression
from desktop.domain.levels import WarningLevel
from desktop.stores.alarms import AlarmStore
from tests.samples import acknowledged, alarm, event


@pytest.fixture
def store(qapp):
    return AlarmStore(interval_ms=20)


def test_that_an_older_event_changes_nothing(store):
    store.merge([event(alarm(seq=5, title="new")), event(alarm(seq=4, title="old"))])
    assert store.get("A-1").title == "new"


def test_that_an_alarm_leaves_when_it_is_normal_and_answered(store):
    store.merge([event(alarm(seq=1))])
    store.merge([event(alarm(seq=2, condition=Condition.RTN))])
    assert len(store) == 1
    store.merge([event(alarm(seq=3, condition=Condition.RTN, ack=acknowledged()))])
    assert len(store) == 0


def test_that_a_closed_alarm_never_seen_is_told_but_not_listed(store):
    told = []
    store.event_arrived.connect(told.append)
    closed = event(alarm(condition=Condition.RTN, ack=acknowledged()))
    store.merge([closed])
    assert told == [closed] and len(store) == 0


def test_that_a_late_event_does_not_bring_back_a_closed_alarm_of_the_snapshot(store):
    store.replace_open([alarm(seq=9, condition=Condition.RTN, ack=acknowledged())])
    assert len(store) == 0


def test_that_an_event_back_filled_late_does_not_open_a_closed_alarm_again(store):
    store.merge([event(alarm(seq=3, condition=Condition.RTN, ack=acknowledged()))])
    store.merge([event(alarm(seq=1)), event(alarm(seq=2, condition=Condition.RTN))])
    assert len(store) == 0


def test_that_a_closed_alarm_can_be_raised_anew(store):
    store.merge([event(alarm(seq=3, condition=Condition.RTN, ack=acknowledged()))])
    store.merge([event(alarm(seq=4))])
    assert list(store) == ["A-1"]


def test_that_only_the_last_closed_alarms_are_remembered(store, monkeypatch):
    monkeypatch.setattr("desktop.stores.alarms.CLOSED_KEPT", 2)
    for number in range(3):
        closed = alarm(f"A-{number}", seq=9, condition=Condition.RTN, ack=acknowledged())
        store.merge([event(closed)])
    store.merge(event(alarm(f"A-{number}", seq=1)) for number in range(3))
    assert list(store) == ["A-0"]


def test_that_a_snapshot_of_another_epoch_stands_for_everything_before(store):
    store.merge([event(alarm("A-1", seq=900)), event(alarm("A-2", seq=901))])
    store.replace_open([alarm("A-2", seq=1, epoch="e2")])
    assert list(store) == ["A-2"] and store.get("A-2").epoch == "e2"


def test_that_counts_are_kept_by_level_and_by_answer(store):
    store.replace_open(
        [
            alarm("1", level=WarningLevel.RED),
            alarm("2", level=WarningLevel.RED, ack=acknowledged()),
            alarm("3", level=WarningLevel.BLUE, suppression=Suppression.SHELVED),
        ]
    )
    assert store.counts_by_level() == {WarningLevel.RED: 2, WarningLevel.BLUE: 1}
    assert store.unacknowledged_by_level() == {WarningLevel.RED: 1}
