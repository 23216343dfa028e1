"""What is old and over leaves the journal; what somebody still needs stays. SQLite is real."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.domain.alarms import Condition
from desktop.domain.link_messages import OrderCondition
from desktop.link import pruning
from desktop.link.pruning import Pruning
from local_db import outbox
from local_db.journal import Journal, Position, StoredEvent
from tests.samples import acknowledged, alarm, event
from tests.unit.link.fakes import START, MovedClock, make_ingest

OLD = START - timedelta(days=31)
YOUNG = START - timedelta(days=29)
OVER: dict[str, Any] = {"condition": Condition.RTN, "ack": acknowledged()}


def _stored(alarm_id: str, seq: int, at, **facts: Any) -> StoredEvent:
    one = event(alarm(alarm_id, seq, updated_at=at, **facts))
    return StoredEvent(one, msgspec.json.encode(one))


def _prune(path: Path, fill: Callable[[Journal], None]) -> tuple[list[int], list[str], int]:
    """Sequence numbers and alarms that are left after it, and how many steps it took."""
    steps = 0

    class Counting(MovedClock):
        async def sleep(self, seconds_s: float) -> None:
            nonlocal steps
            steps += seconds_s == pruning.PAUSE_S
            await super().sleep(seconds_s)

    async def run() -> None:
        journal, ingest = make_ingest(path)
        ingest.start()
        await ingest.run(fill)
        await Pruning(ingest, Counting()).prune()
        await asyncio.to_thread(ingest.stop)
        journal.close()

    asyncio.run(run())
    with contextlib.closing(sqlite3.connect(path)) as db:
        events = [seq for (seq,) in db.execute("SELECT seq FROM events ORDER BY seq")]
        alarms = [one for (one,) in db.execute("SELECT alarm_id FROM alarms ORDER BY alarm_id")]
    return events, alarms, steps


def test_that_what_is_old_and_over_goes_and_open_or_young_alarms_keep_all(tmp_path):
    def fill(journal: Journal) -> None:
        entries = [
            _stored("over", 1, OLD),
            _stored("open", 2, OLD),
            _stored("young", 3, OLD),
            _stored("over", 4, OLD, **OVER),
            _stored("young", 5, YOUNG, **OVER),
        ]
        journal.record(entries, Position("e1", 5))

    events, alarms, _ = _prune(tmp_path / "journal.db", fill)
    assert (events, alarms) == ([2, 5], ["open", "young"])


def test_that_times_are_compared_as_times_whatever_their_offset(tmp_path):
    from datetime import timezone

    limit = START - pruning.KEPT_FOR
    east = timezone(timedelta(hours=8))
    just_old = (limit - timedelta(minutes=1)).astimezone(east)  # its text sorts behind the limit

    def fill(journal: Journal) -> None:
        journal.record([_stored("a", 1, just_old, **OVER)], Position("e1", 1))

    assert _prune(tmp_path / "journal.db", fill)[:2] == ([], [])


@pytest.mark.parametrize("rows", [5, 6])
def test_that_a_long_journal_is_walked_in_steps(tmp_path, monkeypatch, rows):
    monkeypatch.setattr(pruning, "ROWS", rows)

    def fill(journal: Journal) -> None:
        old = [_stored(f"a{n}", n, OLD, **OVER) for n in range(1, 31)]
        young = [_stored(f"b{n}", n, YOUNG, **OVER) for n in range(31, 91)]
        journal.record(old + young, Position("e1", 90))

    events, alarms, steps = _prune(tmp_path / "journal.db", fill)
    assert (events, len(alarms)) == (list(range(31, 91)), 60)
    assert 90 // rows // 2 < steps < 40  # of the young events one step is looked at, not all


def test_that_settled_orders_go_and_waiting_ones_stay(tmp_path):
    def fill(journal: Journal) -> None:
        for order_id, state, at in (
            ("old", OrderCondition.ACCEPTED, OLD),
            ("waiting", OrderCondition.SENT, OLD),
            ("young", OrderCondition.REFUSED, YOUNG),
        ):
            created = at.timestamp()
            entry = outbox.OutboxEntry(
                order_id, "acknowledge", "a", {}, "u1", state, created, created + 120.0
            )
            outbox.add(journal, entry)

    path = tmp_path / "journal.db"
    _prune(path, fill)
    with contextlib.closing(sqlite3.connect(path)) as db:
        left = [one for (one,) in db.execute("SELECT order_id FROM outbox ORDER BY order_id")]
    assert left == ["waiting", "young"]
