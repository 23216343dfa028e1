"""Nothing is lost and nothing doubled, whatever dies. Broker, database and processes are real."""

import json
import random
import sqlite3
import threading
from contextlib import closing

import pytest

from desktop.domain.link_messages import AlarmEvents, AlarmSnapshot, LinkHealth
from tests.integration.link.parts import AT, EPOCH, wait_for


def stored(desk) -> list[int]:
    path = desk.profile / "journal.db"
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        rows = db.execute("SELECT seq FROM events WHERE epoch = ? ORDER BY seq", (EPOCH,))
        return [seq for (seq,) in rows]


def log_of(desk) -> list[tuple]:
    path = desk.profile / "journal.db"
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        return db.execute("SELECT rowid, * FROM events ORDER BY rowid").fetchall()


def complete(desk) -> bool:
    return stored(desk) == [event["seq"] for event in desk.platform.log]


def asks_no_more(desk) -> bool:
    """Looks for longer than two ticks of back-fill."""
    asked = desk.platform.requests.count("GET /alarm-events")
    threading.Event().wait(0.6)
    return desk.platform.requests.count("GET /alarm-events") == asked


def test_that_a_killed_link_loses_and_doubles_nothing(desk):
    desk.platform.keeps_log = False  # only what is committed before its PUBACK is safe
    desk.signed_in()
    publisher = desk.publisher()
    sent = [publisher.event(desk.platform.append(number % 500)) for number in range(3000)]
    for count in (400, 1700):  # in the stream: some messages have arrived and are not committed
        wait_for(lambda count=count: len(stored(desk)) >= count, 10.0, f"{count} are stored")
        desk.link.kill()
        desk.link.start()
    for message in sent:
        message.wait_for_publish(10.0)
    # Nobody signs in again: the restarted link finds its session in the memory file.
    wait_for(lambda: complete(desk), 20.0, "the journal holds what was published")
    station = desk.station()
    station.expect(AlarmSnapshot, lambda part: part.last)
    listed = [alarm.alarm_id for part in station.of(AlarmSnapshot) for alarm in part.alarms]
    assert sorted(listed) == sorted(f"alarm-{number}" for number in range(500))


def test_that_nothing_is_acknowledged_before_the_disk_has_it(desk):
    desk.platform.keeps_log = False
    desk.signed_in()
    publisher = desk.publisher()
    publisher.event(desk.platform.append(0)).wait_for_publish(5.0)
    wait_for(lambda: complete(desk), 5.0, "the first one is stored")
    with closing(sqlite3.connect(desk.profile / "journal.db", isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")  # nobody else can commit
        for number in range(1, 50):
            publisher.event(desk.platform.append(number)).wait_for_publish(5.0)
        threading.Event().wait(0.5)  # what may not be sent has the time to be sent
        desk.link.kill()
        db.execute("ROLLBACK")
    assert stored(desk) == [1]
    desk.link.start()
    wait_for(lambda: complete(desk), 20.0, "the broker still had what was not committed")


def test_that_a_second_delivery_changes_neither_the_log_nor_the_alarm(desk):
    station = desk.signed_in()
    publisher = desk.publisher()
    raised = desk.platform.append(1)
    closed = desk.platform.append(1, "closed", condition="rtn", ack={"by": "王", "at": AT})
    for event in (raised, closed):
        publisher.event(event)
    wait_for(lambda: complete(desk), 5.0, "both are stored")
    before = log_of(desk)
    publisher.event(raised | {"kind": "raised again"})
    health = station.expect(LinkHealth, lambda told: told.feeds["alarms"].duplicates == 1)
    assert health.feeds["alarms"].received == 3
    assert log_of(desk) == before
    later = desk.station().expect(AlarmSnapshot, lambda part: part.last)
    assert later.alarms == ()  # it stays closed


def test_that_a_killed_broker_is_made_good_by_back_fill(desk):
    station = desk.signed_in()
    desk.broker.kill()
    for number in range(300):
        desk.platform.append(number)  # nobody hears it
    wait_for(lambda: complete(desk), 12.0, "the platform is asked while the broker is away")
    desk.broker.start()
    filled = station.expect(AlarmEvents, lambda events: events.backfilled)
    assert filled.events[0].seq == 1
    seen = [event.seq for batch in station.of(AlarmEvents) for event in batch.events]
    assert sorted(seen) == list(range(1, 301))


@pytest.mark.parametrize("stumbles", [False, True])
def test_that_every_message_three_times_and_shuffled_ends_as_the_platform_has_it(desk, stumbles):
    """A broker that stumbles gives back-fill the time to be first."""
    station = desk.signed_in()
    publisher = desk.publisher()
    events = []
    for number in range(60):
        events.append(desk.platform.append(number))
        if number % 2:
            ack = {"by": "王", "at": events[-1]["at"]}
            events.append(desk.platform.append(number, "cleared", condition="rtn", ack=ack))
    chance = random.Random(7)
    shuffled = events * 3
    chance.shuffle(shuffled)
    half = len(shuffled) // 2
    for event in shuffled[:half]:
        publisher.event(event)
    if stumbles:
        station.expect(AlarmEvents, lambda batch: batch.backfilled, 6.0)
    for event in shuffled[half:]:
        publisher.event(event)
    wait_for(lambda: complete(desk), 10.0, "all are stored once")
    feed = station.expect(LinkHealth, lambda h: h.feeds["alarms"].received >= 270).feeds["alarms"]
    # What comes late on a busy machine is back-filled meanwhile: it is then a duplicate more.
    assert feed.stored + feed.backfilled == 90
    assert feed.duplicates == feed.received - feed.stored
    told = [event for batch in station.of(AlarmEvents) for event in batch.events]
    assert sorted(event.seq for event in told) == list(range(1, 91))
    present = {}
    for event in told:  # what a station that only follows the events would show
        present[event.alarm.alarm_id] = event.alarm
    open_ids = {alarm_id for alarm_id, alarm in present.items() if alarm.is_open}
    assert open_ids == {f"alarm-{number}" for number in range(0, 60, 2)}


def test_that_a_lost_last_event_is_found_by_the_head(desk):
    station = desk.signed_in()
    publisher = desk.publisher()
    publisher.event(desk.platform.append(1)).wait_for_publish(5.0)
    station.expect(AlarmEvents, lambda batch: batch.events[0].seq == 1)
    wait_for(lambda: asks_no_more(desk), 10.0, "the back-fill of the connecting is over")
    desk.platform.append(2)  # its message is lost
    publisher.head(desk.platform)
    station.expect(AlarmEvents, lambda batch: batch.backfilled and batch.events[0].seq == 2, 4.0)


def test_that_a_wrong_message_is_put_aside_and_the_next_one_comes_through(desk):
    station = desk.signed_in()
    publisher = desk.publisher()
    for payload in (b"{", b"\xff", json.dumps({"seq": 1}).encode(), b'{"a":1,"a":2}', b"{"):
        publisher.raw("alarm/event", payload)
    publisher.event(desk.platform.append(1))
    station.expect(AlarmEvents, lambda batch: batch.events[0].seq == 1)
    health = station.expect(LinkHealth, lambda h: h.feeds["alarms"].stored == 1)
    assert (health.feeds["alarms"].rejected, health.feeds["alarms"].received) == (5, 6)
    path = desk.profile / "journal.db"
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        rows = db.execute("SELECT payload, count FROM quarantine ORDER BY id").fetchall()
    assert (rows[0], len(rows)) == ((b"{", 2), 4)


def test_that_a_reset_platform_replaces_the_open_list(desk):
    station = desk.signed_in()
    publisher = desk.publisher()
    publisher.event(desk.platform.append(1))
    station.expect(AlarmEvents, lambda batch: True)
    desk.platform.log.clear()
    desk.platform.epoch = "01JC0000000000000000000002"
    desk.platform.append(7)
    desk.platform.append(8)
    publisher.event(desk.platform.log[1])  # the first one of the new epoch is lost
    snapshot = station.expect(
        AlarmSnapshot, lambda part: {a.alarm_id for a in part.alarms} == {"alarm-7", "alarm-8"}
    )
    assert snapshot.first and snapshot.last
    station.expect(AlarmEvents, lambda batch: batch.backfilled and batch.events[0].seq == 1)
