"""The journal and the arithmetic over it, on a real database."""

import json
from pathlib import Path

import pytest

from desktop.domain.alarms import Alarm, AlarmHead
from desktop.feeds.alarms import decode_event
from desktop.link.log_book import LogBook
from local_db.journal import Journal, Position, StoredEvent

SAMPLE = json.loads((Path(__file__).parents[2] / "wire_samples/alarm_event.json").read_bytes())
OLD, NEW = "01AAAAAAAAAAAAAAAAAAAAAAAA", "01BBBBBBBBBBBBBBBBBBBBBBBB"


def event(seq: int, alarm_id: str = "a1", epoch: str = OLD, **alarm: object) -> StoredEvent:
    changed = SAMPLE["alarm"] | {"alarm_id": alarm_id, "epoch": epoch, "seq": seq} | alarm
    body = json.dumps(SAMPLE | {"epoch": epoch, "seq": seq, "alarm": changed}).encode()
    return StoredEvent(decode_event(body), body)


def closed(seq: int, alarm_id: str = "a1") -> StoredEvent:
    return event(seq, alarm_id, condition="rtn")


@pytest.fixture
def journal(tmp_path):
    journal = Journal(tmp_path / "journal.db")
    yield journal
    journal.close()


@pytest.fixture
def book(journal):
    journal.set_position(Position(OLD, 0))
    return LogBook(journal)


def open_ids(journal: Journal) -> set[str]:
    return {alarm.alarm_id for alarm in journal.open_alarms()}


def test_that_a_late_raise_does_not_bring_back_a_closed_alarm(book, journal):
    book.take([closed(2)])
    (late,) = book.take([event(1)]).events
    assert not late.alarm.is_open and late.seq == 1
    assert open_ids(journal) == set()


def test_that_duplicates_are_told_once_and_in_order(book):
    first = book.take([event(2, "a2"), event(1), event(2, "a2")])
    again = book.take([event(1), event(2, "a2")])
    assert [one.seq for one in first.events] == [1, 2]
    assert again.events == ()


def test_that_what_is_known_survives_a_restart(book, journal):
    book.take([event(1), event(2), event(5)])
    again = LogBook(journal)
    assert (again.contiguous, again.gap().first, again.take([event(5)]).events) == (2, 3, ())


def test_that_a_page_brings_only_what_was_missing(book):
    book.take([event(1), event(4, "a4")])
    got = book.take_page(OLD, 2, [event(2, "a2"), event(3, "a3"), event(4, "a4")], 4)
    assert [one.seq for one in got] == [2, 3]
    assert (book.contiguous, book.gap()) == (4, None)


def test_that_an_unreadable_event_of_a_page_is_not_asked_for_again(book):
    book.take_head(AlarmHead(OLD, 3, event(1).event.at))
    book.take_page(OLD, 1, [event(1)], 3)
    assert book.gap() is None


def test_that_a_page_of_an_epoch_that_is_gone_changes_nothing(book, journal):
    assert book.take_page(NEW, 1, [event(1, epoch=NEW)], 1) == ()
    assert open_ids(journal) == set()


def test_that_a_snapshot_closes_what_the_platform_no_longer_has(book, journal):
    book.take([event(1, "gone"), event(2, "kept"), event(9, "newer")])
    kept: Alarm = event(2, "kept").event.alarm
    assert book.take_snapshot(Position(OLD, 5), [kept], set(), False)
    assert open_ids(journal) == {"kept", "newer"}
    assert not book.take_snapshot(Position(OLD, 5), [kept], set(), False)


def test_that_an_alarm_the_platform_has_but_nobody_can_read_stays_open(book, journal):
    book.take([event(1, "odd")])
    book.take_snapshot(Position(OLD, 5), [], {"odd"}, False)
    assert open_ids(journal) == {"odd"}


def test_that_a_snapshot_does_not_undo_a_newer_event(book, journal):
    book.take([event(1), closed(7)])
    book.take_snapshot(Position(OLD, 5), [event(1).event.alarm], set(), False)
    assert open_ids(journal) == set()


def test_that_an_event_older_than_the_snapshot_carries_the_state_of_it(book):
    present = closed(5).event.alarm
    book.take_snapshot(Position(OLD, 5), [present], set(), False)
    (late,) = book.take([event(4)]).events
    assert late.alarm == present


def test_that_a_new_epoch_is_shown_at_once_and_doubted(book, journal):
    book.take([event(1)])
    taken = book.take([event(3, "n", NEW)])
    assert taken.other_epoch and [one.alarm.alarm_id for one in taken.events] == ["n"]
    assert open_ids(journal) == {"a1", "n"}
    book.take_snapshot(Position(NEW, 3), [event(3, "n", NEW).event.alarm], set(), False)
    assert open_ids(journal) == {"n"}
    assert (book.epoch, book.gap().first, book.gap().last) == (NEW, 1, 2 + 1)


def test_that_a_leftover_of_an_old_epoch_is_kept_but_not_shown(journal):
    journal.set_position(Position(NEW, 4))
    book = LogBook(journal)
    taken = book.take([event(9, "ghost", OLD)])
    assert (taken.events, taken.other_epoch, open_ids(journal)) == ((), True, set())


def test_that_a_journal_that_knew_nothing_starts_at_the_snapshot(journal):
    book = LogBook(journal)
    book.take_snapshot(Position(OLD, 900), [], set(), True)
    assert (book.contiguous, book.gap()) == (900, None)


def test_that_a_head_of_another_epoch_is_doubted(book):
    at = event(1).event.at
    assert book.take_head(AlarmHead(NEW, 1, at))
    assert not book.take_head(AlarmHead(OLD, 1, at))
