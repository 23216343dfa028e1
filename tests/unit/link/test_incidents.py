"""Incidents from the journal to the stations: order, epochs, receipts that overtake, restarts."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.domain.emergency.incidents import Incident, IncidentState
from desktop.domain.link_messages import IncidentReceiptsTold, IncidentsTold, Message
from desktop.domain.outreach import ReceiptState
from desktop.feeds import incident_events, incident_head, receipts
from desktop.link.incidents import Incidents
from desktop.link.ingest import Arrived, Batch
from desktop.link.rest import Problem, Refused, Response
from local_db import incidents as table
from local_db.incidents import IncidentLog
from local_db.journal import Journal, Position, StoredEvent
from tests.incident_samples import event, incident, message, order, receipt
from tests.samples import at
from tests.unit.link.fakes import START, MovedClock, ScriptedRest, make_ingest

GONE = Refused("平台上没有这一项", 404, Problem(code="no_such_incident"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    found = Journal(path)
    yield found
    found.close()


class Link:
    """A real writer with the incidents behind it; what stations are told is in `told`."""

    def __init__(self, path: Path, rest: ScriptedRest | None = None) -> None:
        self.clock = MovedClock()
        self.told: list[Message] = []
        self.acknowledged: list[str] = []
        self.rest = rest or ScriptedRest(GONE)
        self.journal, self.ingest = make_ingest(path, self._on_batch)
        self.incidents = Incidents(
            self.rest,
            self.ingest,
            self.clock,
            lambda: True,
            self.told.append,  # pyright: ignore
        )
        self.doubts = 0

    def _on_batch(self, batch: Batch) -> None:
        if batch.receipts:
            self.incidents.take_receipts(batch.receipts)
        self.incidents.take(batch.incidents)
        self.doubts += batch.incidents.other_epoch

    def arrive(self, *messages: Any) -> None:
        """By MQTT."""
        for one in messages:
            feed, topic = incident_events.FEED, "city/1/incident/event"
            if hasattr(one, "unit_id"):
                feed, topic = receipts.FEED, f"city/1/receipt/{one.order_id}"
            elif not hasattr(one, "incident"):
                feed, topic = incident_head.FEED, "city/1/incident/head"
            body = msgspec.json.encode(one)
            self.ingest.put(Arrived(feed, topic, body, lambda t=topic: self.acknowledged.append(t)))

    async def settle(self) -> None:
        await self.ingest.run(lambda journal: None)
        await asyncio.sleep(0)

    def items(self) -> list[Incident]:
        return [one for told in self.told if isinstance(told, IncidentsTold) for one in told.items]


def play(link: Callable[[], Link], scene: Callable[[Link], Coroutine[Any, Any, None]]) -> Link:
    async def run() -> Link:
        made = link()
        made.ingest.start()
        try:
            await made.incidents.resume()
            await scene(made)
        finally:
            await asyncio.to_thread(made.ingest.stop)
            made.journal.close()
        return made

    return asyncio.run(run())


async def _based(link: Link) -> None:
    """The platform's open list was empty: its epoch is known."""
    await link.ingest.incidents.take_snapshot(Position("e1", 0), [], set(), True)


def test_that_an_event_is_committed_then_told_then_acknowledged(path):
    async def scene(link: Link) -> None:
        await _based(link)
        link.arrive(event(incident()))
        await link.settle()
        assert IncidentLog(link.journal).present(["in-1"])["in-1"].seq == 1

    link = play(lambda: Link(path), scene)
    assert [one.incident_id for one in link.items()] == ["in-1"]
    assert link.acknowledged == ["city/1/incident/event"]


def test_that_a_late_event_never_takes_an_incident_back_in_time(path):
    async def scene(link: Link) -> None:
        await _based(link)
        link.arrive(event(incident(seq=3, revision=3, state=IncidentState.STANDING_DOWN)))
        await link.settle()
        link.arrive(event(incident(seq=2, revision=2)), event(incident(seq=3, revision=3)))
        await link.settle()

    link = play(lambda: Link(path), scene)
    assert [(one.seq, one.state.value) for one in link.items()] == [(3, "standing_down")]


def test_that_a_strange_epoch_is_told_and_doubted(path):
    async def scene(link: Link) -> None:
        await _based(link)
        link.arrive(event(incident(epoch="e2")))
        await link.settle()

    link = play(lambda: Link(path), scene)
    assert link.doubts == 1 and [one.epoch for one in link.items()] == ["e2"]


def test_that_the_head_alone_shows_what_is_missing(path):
    async def scene(link: Link) -> None:
        await _based(link)
        link.arrive(msgspec.convert({"epoch": "e1", "seq": 2, "at": at()}, type=_head()))
        await link.settle()
        gap = link.ingest.incidents.book.gap()
        assert gap is not None and (gap.first, gap.last, gap.by_head) == (1, 2, True)
        page = [StoredEvent(event(incident(seq=n)), b"{}") for n in (1, 2)]
        assert await link.ingest.incidents.take_page("e1", 1, page, 2) == 2
        assert link.ingest.incidents.book.gap() is None

    assert [one.seq for one in play(lambda: Link(path), scene).items()] == [2]


def _head() -> type:
    from desktop.domain.emergency.incidents import IncidentHead

    return IncidentHead


def test_that_a_receipt_that_overtakes_its_order_is_told_with_it(path):
    async def scene(link: Link) -> None:
        await _based(link)
        link.arrive(receipt("or-1"), receipt("or-foreign"))
        await link.settle()
        link.arrive(event(incident()))
        await link.settle()
        told = asyncio.create_task(link.incidents.tell_receipts())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        told.cancel()

    link = play(lambda: Link(path), scene)
    told = [one for m in link.told if isinstance(m, IncidentReceiptsTold) for one in m.receipts]
    assert [(one.order_id, one.unit_id) for one in told] == [("or-1", "team-1")]


def test_that_many_receipts_are_told_in_few_messages_each_once(path):
    many = [receipt("me-1", f"owner:1-{n}") for n in range(2500)]

    async def scene(link: Link) -> None:
        await _based(link)
        link.arrive(event(incident(messages=(message(1, 2500),))))
        await link.settle()
        link.incidents.take_receipts([*many, *many])
        told = asyncio.create_task(link.incidents.tell_receipts())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        told.cancel()

    link = play(lambda: Link(path), scene)
    parts = [m.receipts for m in link.told if isinstance(m, IncidentReceiptsTold)]
    assert [len(part) for part in parts] == [1000, 1000, 500]


def test_that_a_new_link_greets_with_what_the_journal_has(path):
    async def before(link: Link) -> None:
        await _based(link)
        ended = incident("in-2", 2, state=IncidentState.CLOSED, orders=(order(2),))
        link.clock.wall_shift_s = (at() - START).total_seconds()
        link.arrive(event(incident()), event(ended), receipt("or-1"), receipt("or-2", "team-2"))
        await link.settle()

    play(lambda: Link(path), before)

    async def after(link: Link) -> None:
        whole, *more = link.incidents.greeting
        assert isinstance(whole, IncidentsTold) and whole.whole
        assert [one.incident_id for one in whole.items] == ["in-1"]
        assert [one.incident_id for m in more[:1] for one in m.items] == ["in-2"]
        assert {one.order_id for one in more[-1].receipts} == {"or-1", "or-2"}

    def again() -> Link:
        link = Link(path)
        link.clock.wall_shift_s = (at(3600) - START).total_seconds()
        return link

    play(again, after)


def test_that_what_the_platform_lost_is_shown_open_no_more(path):
    async def scene(link: Link) -> None:
        await _based(link)
        link.arrive(event(incident()))
        await link.settle()
        await link.ingest.incidents.take_snapshot(Position("e2", 0), [], set(), True)
        await link.settle()
        run = asyncio.create_task(link.incidents.run())
        while link.incidents.get("in-1") is not None:
            await asyncio.sleep(0)
        run.cancel()
        last = [m for m in link.told if isinstance(m, IncidentsTold)][-1]
        assert last.whole and last.items == ()

    link = play(lambda: Link(path, ScriptedRest(GONE)), scene)
    assert link.rest.calls[0][:2] == ("GET", "/incidents/in-1")


def test_that_receipts_are_asked_again_page_by_page(path):
    said = receipt("or-1", state=ReceiptState.ACCEPTED)
    one = Response(200, msgspec.json.encode(incident()))
    pages = [
        Response(200, msgspec.json.encode({"items": [receipt("or-1")], "next_cursor": "1"})),
        Response(200, msgspec.json.encode({"items": [said], "next_cursor": None})),
    ]

    async def scene(link: Link) -> None:
        await _based(link)
        link.arrive(event(incident()))
        await link.settle()
        run = asyncio.create_task(link.incidents.run())
        while len(link.rest.calls) < 3:
            await asyncio.sleep(0.001)
        await link.settle()
        run.cancel()
        assert [m.receipts for m in link.incidents.greeting if isinstance(m, IncidentReceiptsTold)]
        assert len(link.incidents.greeting[-1].receipts) == 2

    play(lambda: Link(path, ScriptedRest(one, *pages)), scene)


def test_that_closed_incidents_are_forgotten_after_their_time_and_open_ones_are_not(journal):
    log = IncidentLog(journal)
    closed = incident("in-2", 2, state=IncidentState.CLOSED)
    log.record([StoredEvent(event(incident()), b"1"), StoredEvent(event(closed), b"2")],
               Position("e1", 2))  # fmt: skip
    table.prune(journal, (at() + timedelta(days=31)).timestamp())
    assert set(log.present(["in-1", "in-2"])) == {"in-1"}
    with journal.reading() as db:
        assert db.execute("SELECT incident_id FROM incident_events").fetchall() == [("in-1",)]


def test_that_the_logs_of_alarms_and_incidents_do_not_touch(journal):
    IncidentLog(journal).set_position(Position("e7", 70))
    assert journal.position() == Position() and IncidentLog(journal).position() == ("e7", 70)


def test_that_a_link_that_has_not_asked_the_platform_yet_says_so(path):
    async def work() -> None:
        link = Link(path)
        link.ingest.start()
        try:
            await link.incidents.resume()
            first = link.incidents.greeting[0]
            assert isinstance(first, IncidentsTold) and first.whole and not first.listed
            link.incidents.offered(True)
            said = link.told[-1]
            assert isinstance(said, IncidentsTold) and said.listed and said.offered
            again = link.incidents.greeting[0]
            assert isinstance(again, IncidentsTold) and again.listed
        finally:
            await asyncio.to_thread(link.ingest.stop)
            link.journal.close()

    asyncio.run(work())
