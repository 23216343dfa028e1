"""An alarm log that a bad channel delivers in any order: what link and station make of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.alarms import Acknowledgement, Alarm, AlarmEvent, Condition
from desktop.domain.levels import WarningLevel
from desktop.link.log_book import LogBook
from desktop.stores.alarms import AlarmStore
from local_db.journal import Journal, Position, StoredEvent


@pytest.fixture(scope="module")
def one_journal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    journal = Journal(tmp_path_factory.mktemp("log") / "journal.db")
    yield journal
    journal.close()


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[list[AlarmEvent], list[list[AlarmEvent]]]:
    """A log of some alarms, and how a bad channel delivers it: doubled, shuffled, in batches."""
    steps = draw(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2)), min_size=1, max_size=24))
    log = [_log_event(seq, number, step) for seq, (number, step) in enumerate(steps, 1)]
    doubled = log + draw(st.lists(st.sampled_from(log), max_size=24))
    order = draw(st.permutations(doubled))
    size = draw(st.integers(1, len(order)))
    return log, [order[i : i + size] for i in range(0, len(order), size)]


def _log_event(seq: int, number: int, step: int) -> AlarmEvent:
    """0 raised, 1 cleared and waiting, 2 cleared and acknowledged: closed."""
    at = datetime(2026, 7, 14, 8, 0, tzinfo=UTC) + timedelta(seconds=seq)
    alarm = Alarm(
        alarm_id=f"a{number}",
        revision=seq,
        epoch="e",
        seq=seq,
        class_id="pump",
        level=WarningLevel.BLUE,
        condition=Condition.ACTIVE if step == 0 else Condition.RTN,
        title="t",
        raised_at=at,
        updated_at=at,
        ack=Acknowledgement("王", at) if step == 2 else None,
    )
    return AlarmEvent("e", seq, "updated", at, alarm)


@pytest.mark.gate
@pytest.mark.fault("6", "200 条内乱序，解除先于触发", promise="按序号为准，没有假告警")
@given(case=deliveries())
def test_that_every_delivery_of_a_log_ends_in_its_last_state(case, one_journal, qapp):
    log, batches = case
    book = LogBook(one_journal)
    epoch = f"e{int(book.epoch[1:] or 0) + 1:06}"  # the platform was reset: a log of its own
    log, *batches = [_of_epoch(events, epoch) for events in (log, *batches)]
    last = {event.alarm.alarm_id: event.alarm for event in log}
    wanted = {i: alarm.seq for i, alarm in last.items() if alarm.is_open}
    book.take_snapshot(Position(epoch, 0), [], set(), False)
    told = [
        event
        for batch in batches
        for event in book.take([StoredEvent(event, b"{}") for event in batch]).events
    ]
    assert sorted(event.seq for event in told) == [event.seq for event in log]
    assert {a.alarm_id: a.seq for a in one_journal.open_alarms()} == wanted
    assert (book.contiguous, book.missing) == (len(log), 0)
    store = AlarmStore()
    store.merge(told)
    assert {i: alarm.seq for i, alarm in store.items().items()} == wanted


def _of_epoch(events: list[AlarmEvent], epoch: str) -> list[AlarmEvent]:
    replace = msgspec.structs.replace
    return [replace(e, epoch=epoch, alarm=replace(e.alarm, epoch=epoch)) for e in events]
