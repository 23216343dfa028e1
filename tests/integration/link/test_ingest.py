"""The writer on a disk that is full, with a real database."""

import asyncio
import contextlib
import functools
import json
from collections.abc import AsyncIterator
from concurrent.futures import Future
from pathlib import Path

from desktop.feeds import alarm_head, alarms
from desktop.link.ingest import Arrived, Batch, Ingest
from tests.integration.link.parts import AT, EPOCH, alarm
from tests.unit.link.fakes import make_ingest


def _arrived(seq: int, acknowledged: list[int], **more: object) -> Arrived:
    changed = alarm(seq, seq, detail="水" * 1000) | more
    event = {"epoch": EPOCH, "seq": seq, "kind": "raised", "at": changed["updated_at"]}
    payload = json.dumps(event | {"alarm": changed}, ensure_ascii=False).encode()
    return Arrived(alarms.FEED, "city/1/alarm/event", payload, lambda: acknowledged.append(seq))


@contextlib.asynccontextmanager
async def writing(folder: Path, batches: "asyncio.Queue[Batch]") -> AsyncIterator[Ingest]:
    journal, ingest = make_ingest(folder / "journal.db", batches.put_nowait)
    with contextlib.closing(journal):
        ingest.start()
        yield ingest
        await asyncio.to_thread(ingest.stop)


def test_that_on_a_full_disk_alarms_are_shown_unacknowledged_and_saved_later(tmp_path: Path):
    batches: asyncio.Queue[Batch] = asyncio.Queue()
    acknowledged: list[int] = []

    async def run() -> None:
        async with writing(tmp_path, batches) as ingest:
            await ingest.run(lambda j: limit_pages(j, 1))
            for seq in range(1, 21):
                ingest.put(_arrived(seq, acknowledged))
            async with asyncio.timeout(10.0):
                shown = await batches.get()
                assert shown.events and shown.storage_error
                assert not acknowledged
                told = [event.seq for event in shown.events]
                await ingest.run(lambda j: limit_pages(j, 100_000))
                while True:
                    batch = await batches.get()
                    told += [event.seq for event in batch.events]
                    if batch.storage_error == "":
                        break
            assert sorted(told) == list(range(1, 21))  # each once, saved or not
            assert len(await ingest.run(lambda j: j.open_alarms())) == 20
            assert acknowledged == list(range(1, 21))

    asyncio.run(run())


def test_that_a_disk_that_is_full_for_long_does_not_stop_the_broker(tmp_path: Path):
    """It sends no more than some hundred messages that nobody acknowledges."""
    batches: asyncio.Queue[Batch] = asyncio.Queue()
    acknowledged: list[int] = []
    heads: list[int] = []
    head = json.dumps({"epoch": EPOCH, "seq": 1, "at": AT}).encode()

    async def run() -> None:
        async with writing(tmp_path, batches) as ingest:
            await ingest.run(lambda j: limit_pages(j, 1))
            for seq in range(1, 301):
                ingest.put(_arrived(seq, acknowledged))
            ingest.put(Arrived(alarm_head.FEED, "h", head, lambda: heads.append(1)))
            async with asyncio.timeout(20.0):
                while len(acknowledged) < 100 or not heads:
                    await batches.get()
                listed = [a.alarm_id for a in await asyncio.wrap_future(_open_list(ingest))]
                assert len(listed) == 300  # a window that comes now sees them all
                await ingest.run(lambda j: limit_pages(j, 100_000))
                while (await batches.get()).storage_error != "":
                    pass

    asyncio.run(run())
    assert sorted(acknowledged) == list(range(1, 301)) and heads == [1]


def _open_list(ingest) -> "Future[tuple]":
    found: Future[tuple] = Future()
    ingest.with_open_alarms(found.set_result)
    return found


def test_that_on_a_full_disk_what_comes_again_is_not_kept_again(tmp_path: Path):
    batches: asyncio.Queue[Batch] = asyncio.Queue()
    acknowledged: list[int] = []

    async def run() -> None:
        async with writing(tmp_path, batches) as ingest:
            await ingest.run(lambda j: limit_pages(j, 1))
            messages = [_arrived(seq, []) for seq in range(1, 21)]
            async with asyncio.timeout(20.0):
                for connection in range(5):  # each brings what the one before left unacknowledged
                    for message in messages:
                        ack = functools.partial(acknowledged.append, connection)
                        ingest.put(message._replace(acknowledge=ack))
                    while not (await batches.get()).storage_error:
                        pass
                await ingest.run(lambda j: limit_pages(j, 100_000))
                while (await batches.get()).storage_error != "":
                    pass

    asyncio.run(run())
    assert acknowledged == [4] * 20  # once each, on the connection that lives


def limit_pages(journal, count: int) -> None:
    """SQLite says "database or disk is full" beyond it."""
    connection = journal.engine.raw_connection()
    connection.driver_connection.execute(f"PRAGMA max_page_count={count}")
    connection.close()


def test_that_a_message_after_a_pause_does_not_wait_and_a_flood_shares_commits(tmp_path: Path):
    batches: asyncio.Queue[Batch] = asyncio.Queue()

    async def run() -> None:
        async with writing(tmp_path, batches) as ingest:
            for seq in range(1, 501):
                ingest.put(_arrived(seq, []))
            count, told = 0, 0
            async with asyncio.timeout(10.0):
                while told < 500:
                    told += len((await batches.get()).events)
                    count += 1
            assert count <= 50

    asyncio.run(run())


def test_that_a_red_alarm_in_a_flood_is_saved_and_told_before_what_waits(tmp_path: Path):
    batches: asyncio.Queue[Batch] = asyncio.Queue()
    acknowledged: list[int] = []

    async def run() -> None:
        journal, ingest = make_ingest(tmp_path / "journal.db", batches.put_nowait)
        with contextlib.closing(journal):
            for seq in range(1, 301):
                ingest.put(_arrived(seq, acknowledged, level="blue"))
            ingest.put(_arrived(301, acknowledged, level="red"))
            ingest.start()
            async with asyncio.timeout(10.0):
                first = await batches.get()
                saved = await ingest.run(lambda j: len(j.open_alarms()))
                told = [event.seq for event in (first.events + (await batches.get()).events)]
            await asyncio.to_thread(ingest.stop)
            assert saved == 301

        assert told == [301, *range(1, 301)]

    asyncio.run(run())
    assert acknowledged == list(range(1, 302))  # in the order in which they came


def test_that_a_red_alarm_is_shown_first_on_a_full_disk_too(tmp_path: Path):
    batches: asyncio.Queue[Batch] = asyncio.Queue()
    acknowledged: list[int] = []

    async def run() -> None:
        journal, ingest = make_ingest(tmp_path / "journal.db", batches.put_nowait)
        with contextlib.closing(journal):
            for seq in range(1, 101):
                ingest.put(_arrived(seq, acknowledged, level="blue"))
            for seq in range(101, 121):
                ingest.put(_arrived(seq, acknowledged, level="red"))
            limit_pages(journal, 1)
            ingest.start()
            async with asyncio.timeout(20.0):
                first, second = await batches.get(), await batches.get()
                assert [event.seq for event in first.events] == list(range(101, 121))
                assert first.storage_error
                assert [event.seq for event in second.events] == list(range(1, 101))
                assert not acknowledged
                await ingest.run(lambda j: limit_pages(j, 100_000))
                while (await batches.get()).storage_error != "":
                    pass
            await asyncio.to_thread(ingest.stop)

    asyncio.run(run())
    assert sorted(acknowledged) == list(range(1, 121))
