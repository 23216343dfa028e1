"""The rig itself: its parts start, are struck, come back, and the invariants see what is wrong."""

import pytest

from tests.faults import invariants
from tests.faults.nemesis import schedule
from tests.faults.rig import City, Desk, paused, seconds


def test_that_a_city_and_a_desk_live_through_every_strike(city: City, desk: Desk):
    alarm = city.raise_alarm(level="orange")
    desk.wait_shown(alarm["alarm_id"])
    order_id = desk.order("acknowledge", alarm["alarm_id"], note="看到")
    desk.kill_link()  # perhaps before the order is in its outbox: the station gives it again
    desk.start_link()
    seconds(lambda: order_id in desk.outbox(), 20.0, "the order is in the outbox")
    with paused(city.pause_broker, city.resume_broker):
        desk.kill_station()
        desk.start_station()
    city.broker_down()
    city.raise_alarm()
    city.broker_up()
    invariants.normal_again(desk)
    invariants.nothing_lost(city, desk)
    assert sum(invariants.orders_executed_once(city, desk, [order_id]).values()) == 1
    assert invariants.nothing_shown_twice(desk) > 0
    invariants.stale_is_marked(desk.lights()["feeds"])
    invariants.notices_are_plain(desk.profile)
    invariants.no_secret_in(desk.profile, ["demo-2026"])
    invariants.databases_are_whole(desk.profile)
    desk.audit("SELECT count(*) FROM entries")


def test_that_a_city_that_dies_comes_back_on_its_ports_and_keeps_its_ledger(city, desk):
    first = city.raise_alarm()
    city.kill()
    assert first["alarm_id"] in {e["alarm_id"] for e in city.ledger("event")}
    seconds(lambda: desk.lights()["rest"] == "down", 30.0, "the desk sees it")
    city.start()
    invariants.normal_again(desk)
    second = city.raise_alarm()
    desk.wait_shown(second["alarm_id"])
    invariants.nothing_lost(city, desk)


def test_that_a_lost_event_and_a_doubled_order_are_seen(city: City, desk: Desk):
    """An oracle that cannot fail proves nothing."""
    alarm = city.raise_alarm()
    desk.wait_shown(alarm["alarm_id"])
    invariants.nothing_lost(city, desk)
    ledger = city.state / "ledger.jsonl"
    epoch, seq = city.seq()
    forged = f'{{"what": "event", "epoch": "{epoch}", "seq": {seq + 500}, "alarm_id": "x"}}\n'
    with ledger.open("a", encoding="utf-8") as file:
        file.write(forged.replace('"x"', '"x", "kind": "acknowledged"') * 2)
    with pytest.raises(AssertionError, match=f"lost: .*{seq + 500}"):
        invariants.nothing_lost(city, desk, limit_s=1.0)
    with pytest.raises(AssertionError, match="x: 2 times acknowledged"):
        invariants.orders_executed_once(city, desk, [], limit_s=1.0)


def test_that_a_seed_gives_its_schedule_again():
    names = ("broker", "link", "station")
    assert schedule(7, names, 9, (0.1, 1.0)) == schedule(7, names, 9, (0.1, 1.0))
    assert schedule(7, names, 9, (0.1, 1.0)) != schedule(8, names, 9, (0.1, 1.0))
    assert {s.name for s in schedule(7, names, 9, (0.1, 1.0))} == set(names)
