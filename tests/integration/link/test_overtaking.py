"""Red that overtakes a flood: nothing that the link promises about order and loss is given up."""

import asyncio
import contextlib
import functools
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.alarms import AlarmEvent, Condition
from desktop.domain.levels import WarningLevel
from desktop.feeds import alarm_head, alarms
from desktop.link import lanes
from desktop.link.ingest import Arrived, Batch
from desktop.link.lanes import in_lanes
from desktop.link.log_book import LogBook
from desktop.link.sequence import Gap
from local_db.journal import Journal, Position, StoredEvent
from tests.samples import alarm, event
from tests.unit.link.fakes import make_ingest

RED, BLUE = WarningLevel.RED, WarningLevel.BLUE
FLOOD = 2 * lanes.WORTH_IT
HEAD = msgspec.json.encode({"epoch": "e1", "seq": FLOOD, "at": "2026-07-14T16:42:31Z"})


class Killed(BaseException):
    """Nobody catches it: the writer ends where it stands."""


def _stored(seq: int, alarm_id: str, **facts: Any) -> StoredEvent:
    one = event(alarm(alarm_id, seq, **facts))
    return StoredEvent(one, msgspec.json.encode(one))


def _flood(acknowledged: list[str]) -> Iterator[Arrived]:
    """Blue alarms, a head and, of every seventh, one that turns red."""
    for seq in range(1, FLOOD + 1):
        level = RED if seq % 7 == 0 else BLUE
        body = _stored(seq, f"a{seq % 20}", level=level).body
        note = functools.partial(acknowledged.append, str(seq))
        yield Arrived(alarms.FEED, "city/1/alarm/event", body, note)
        if seq == FLOOD // 2:
            note = functools.partial(acknowledged.append, "head")
            yield Arrived(alarm_head.FEED, "city/1/alarm/head", HEAD, note)


ORDER = [str(n) for n in range(1, FLOOD // 2 + 1)] + ["head"]
ORDER += [str(n) for n in range(FLOOD // 2 + 1, FLOOD + 1)]


async def _take(
    path: Path, acknowledged: list[str], until: int = FLOOD, missing: list[int] | None = None
) -> tuple[list[int], Any]:
    """The flood as one batch; the sequence numbers in the order in which they were told.

    `missing` gets what is counted as missing at each word.
    """
    batches: asyncio.Queue[Batch] = asyncio.Queue()
    journal, ingest = make_ingest(path, batches.put_nowait)
    tell = ingest._tell

    def note(batch: Batch) -> None:
        if missing is not None:
            missing.append(ingest._counters["alarms"].missing)
        tell(batch)

    ingest._tell = note
    if not journal.position().epoch:
        journal.set_position(Position("e1", 0))
    with contextlib.closing(journal):
        ingest.book = LogBook(journal)
        for arrived in _flood(acknowledged):
            ingest.put(arrived)
        ingest.start()
        told: list[int] = []
        while len(told) < until and not (ingest._thread.ident and not ingest._thread.is_alive()):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.1):
                    told += [one.seq for one in (await batches.get()).events]
        await asyncio.to_thread(ingest.stop)
        return told, ingest


def _in_journal(path: Path) -> list[int]:
    with contextlib.closing(sqlite3.connect(path)) as db:
        return [seq for (seq,) in db.execute("SELECT seq FROM events ORDER BY seq")]


def test_that_red_is_told_first_and_pubacks_keep_the_order_of_arrival(tmp_path):
    acknowledged: list[str] = []
    missing: list[int] = []
    told, ingest = asyncio.run(_take(tmp_path / "journal.db", acknowledged, missing=missing))
    assert set(missing) == {0}  # what waits for its turn is not missing
    red = {f"a{seq % 20}" for seq in range(7, FLOOD + 1, 7)}
    first = [seq for seq in range(1, FLOOD + 1) if f"a{seq % 20}" in red]
    assert told[: len(first)] == first  # with all that is told of the same alarms, in its order
    assert sorted(told) == list(range(1, FLOOD + 1))
    assert acknowledged == ORDER
    assert (ingest.book.contiguous, ingest.book.gap(), ingest.book.missing) == (FLOOD, None, 0)


def test_that_a_kill_between_the_lanes_acknowledges_nothing_and_loses_nothing(tmp_path):
    path, acknowledged = tmp_path / "journal.db", []
    record, calls = Journal.record, []

    def killed_at_the_second(self: Journal, *args: Any, **more: Any) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise Killed
        record(self, *args, **more)

    async def killed() -> None:
        with (
            patch.object(Journal, "record", killed_at_the_second),
            patch("threading.excepthook", lambda _: None),
        ):
            await _take(path, acknowledged)

    asyncio.run(killed())
    assert acknowledged == []
    kept = _in_journal(path)
    assert 0 < len(kept) < FLOOD  # the grave ones, and holes between them
    with contextlib.closing(Journal(path)) as journal:
        lost = sorted(set(range(1, FLOOD + 1)) - set(kept))
        assert LogBook(journal).gap() == Gap("e1", lost[0], kept[-1], by_head=False)
    # The broker brings everything again.
    told, ingest = asyncio.run(_take(path, acknowledged, len(lost)))
    assert sorted(told) == lost
    assert acknowledged == ORDER and _in_journal(path) == list(range(1, FLOOD + 1))
    assert (ingest.book.gap(), ingest.book.missing) == (None, 0)
    counters = ingest._counters["alarms"]
    assert (counters.stored, counters.duplicates) == (FLOOD - len(kept), len(kept))


def test_that_a_disk_that_refuses_is_asked_once_for_a_flood(tmp_path):
    acknowledged, sizes = [], []

    def refuse(_: Journal, stored: list[StoredEvent], *_args: Any, **_more: Any) -> None:
        sizes.append(len(stored))
        raise sqlite3.OperationalError("database or disk is full")

    async def run() -> None:
        batches: asyncio.Queue[Batch] = asyncio.Queue()
        journal, ingest = make_ingest(tmp_path / "journal.db", batches.put_nowait)
        journal.set_position(Position("e1", 0))
        first, *flood = _flood(acknowledged)
        with contextlib.closing(journal), patch.object(Journal, "record", refuse):
            ingest.book = LogBook(journal)
            ingest.put(first)
            ingest.start()
            told = 0
            async with asyncio.timeout(10):
                while told < FLOOD:
                    batch = await batches.get()
                    assert batch.storage_error
                    told += len(batch.events)
                    if told == 1:
                        await ingest.run(lambda _: [ingest.put(one) for one in flood])
            await asyncio.to_thread(ingest.stop)

    asyncio.run(run())
    assert set(sizes) == {1, FLOOD}  # the first one, then all at once
    assert acknowledged == ["head"]  # it needs no disk


def test_that_a_row_of_another_version_does_not_stop_the_writer(tmp_path):
    with contextlib.closing(Journal(tmp_path / "journal.db")) as journal:
        journal.set_position(Position("e1", 0))
        book = LogBook(journal)
        book.take([_stored(2, "a")])
        with journal.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alarms SET body = x'7b7d'")
        (late,) = book.take([_stored(1, "a")]).events
        assert (late.seq, late.alarm.seq) == (1, 1)


_EVENTS = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(list(WarningLevel)), st.booleans()),
    min_size=3, max_size=24,
)  # fmt: skip


@settings(max_examples=25)
@given(_EVENTS, st.randoms(use_true_random=False), st.integers(0, 4))
def test_that_overtaking_changes_neither_journal_nor_what_an_alarm_is_told(
    tmp_path_factory, events, random_, gaps
):
    """As they come, some missing, some twice: with lanes and without them it ends the same."""
    entries = [
        _stored(
            seq, f"a{number}", level=level, condition=Condition.RTN if over else Condition.ACTIVE
        )
        for seq, (number, level, over) in enumerate(events, 1)
    ]
    del entries[1 : 1 + gaps]
    arrived = entries + random_.sample(entries, len(entries) // 2)
    random_.shuffle(arrived)
    folder = tmp_path_factory.mktemp("lanes")
    with patch.object(lanes, "WORTH_IT", 1):
        parts = in_lanes([_Waiting(entry.body, entry) for entry in arrived])
    split = _end(folder / "split.db", [[one.entry for one in part] for part in parts])
    whole = _end(folder / "whole.db", [arrived])
    assert split[:3] == whole[:3]
    for told in (split[3], whole[3]):
        for alarm_id in {one.alarm.alarm_id for one in told}:
            states = [one.alarm.seq for one in told if one.alarm.alarm_id == alarm_id]
            assert states == sorted(states)  # nobody goes back in time
    assert sorted(e.seq for e in split[3]) == sorted(e.seq for e in whole[3])


class _Waiting(msgspec.Struct):
    payload: bytes
    entry: StoredEvent


def _end(path: Path, parts: list[list[StoredEvent]]) -> tuple[Any, Any, Any, list[AlarmEvent]]:
    with contextlib.closing(Journal(path)) as journal:
        journal.set_position(Position("e1", 0))
        book = LogBook(journal)
        told = [one for part in parts for one in book.take(part).events]
        with journal.reading() as db:
            rows = db.execute("SELECT * FROM alarms ORDER BY alarm_id").fetchall()
            seqs = db.execute("SELECT seq FROM events ORDER BY seq").fetchall()
        return rows, seqs, (book.contiguous, book.gap()), told
