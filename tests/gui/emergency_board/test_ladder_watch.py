"""The watch climbs by itself: once, from the seat that activated, and never after a jump."""

import asyncio
from datetime import timedelta

import msgspec
import pytest
from PySide6.QtWidgets import QWidget

from desktop.domain.emergency import ladder
from desktop.domain.emergency.incidents import ADD_ORDERS, Signature
from desktop.domain.order_state import OrderCondition
from desktop.domain.outreach import SEND, Channel, Outreach, Person
from desktop.errors import PlatformError
from desktop.shell.ladder_watch import SETTLED_S, LadderWatch
from desktop.shell.notices import NoticeBoard
from tests.gui.driving import until
from tests.gui.emergency_board.conftest import night, put
from tests.incident_parts import LADDER, SENT, order, plan


@pytest.fixture
def watch(qtbot, room):
    window = QWidget()
    qtbot.addWidget(window)
    board = NoticeBoard(room.clock, window)
    room.clock.at = SENT
    made = LadderWatch(room, board, window)
    made._timer.stop()
    made.look()
    yield made
    assert window is not None  # qtbot holds it by a weak reference only


def at(room, watch, after_s: float) -> None:
    """Second by second, as the timer does."""
    while room.clock.now() < SENT + timedelta(seconds=after_s):
        room.clock.move(1)
        watch.look()


def set_on(room, seconds: float) -> None:
    """The desk's clock shows more than has passed."""
    room.clock.move(seconds)
    room.clock.monotonic_s = lambda: (room.clock.at - timedelta(seconds=seconds)).timestamp()


def one_crew(**changes):
    return night(orders=(order(0),), messages=(), notes=(), **changes)


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_that_each_step_goes_at_its_time_and_once(room, watch, run):
    async def work():
        put(room, one_crew())
        at(room, watch, 59)
        await settle()
        assert room.orders.drafts == []
        at(room, watch, 64)
        await until(lambda: len(room.orders.drafts) == 1)
        at(room, watch, 118)
        await settle()
        assert len(room.orders.drafts) == 1
        at(room, watch, 125)
        await until(lambda: len(room.orders.drafts) == 2)
        assert [d.channel for d in room.orders.drafts] == [Channel.VOICE, Channel.SMS]
        assert room.orders.drafts[1].people[0].name == "陈洁（应急值班）"
        at(room, watch, 185)
        await until(lambda: bool(room.orders.incidents))
        (verb, _, body), *more = room.orders.incidents
        assert verb == ADD_ORDERS and body["replaces"] == "01KA000000" and not more

    run(work())


def test_that_a_window_started_anew_does_nothing_twice(room, watch, run):
    async def work():
        one = one_crew()
        put(room, one)
        text = ladder.step_text(one.orders[0], 1, False)
        sent = Outreach(order_id="om-1", verb=SEND, people=(Person("T-0000", "x"),), text=text,
                        channel=Channel.VOICE, about="01KA000000", made_at=SENT,
                        condition=OrderCondition.ACCEPTED)  # fmt: skip
        room.outreach.put("om-1", sent)
        at(room, watch, 100)
        await settle()
        assert room.orders.drafts == []

    run(work())


def test_that_nothing_goes_before_the_link_has_told_what_it_knows(room, watch, run):
    async def work():
        put(room, one_crew())
        room.health.set_link_connected(False)
        at(room, watch, 70)
        room.health.set_link_connected(True)
        at(room, watch, 70 + SETTLED_S - 1)
        await settle()
        assert room.orders.drafts == []
        at(room, watch, 72 + SETTLED_S)
        await until(lambda: len(room.orders.drafts) == 1)

    run(work())


def test_that_another_seat_only_looks_on(room, watch, run):
    async def work():
        put(room, one_crew(begun=Signature("u-9", "李卫东", "seat-9", SENT)))
        at(room, watch, 200)
        await settle()
        assert room.orders.drafts == [] and room.orders.incidents == []

    run(work())


def test_that_a_clock_that_was_set_fires_nothing(room, watch, run):
    async def work():
        put(room, one_crew())
        at(room, watch, 20)
        set_on(room, 60)
        watch.look()
        at(room, watch, 110)  # half a minute later
        await settle()
        assert room.orders.drafts == []
        at(room, watch, 126)  # the minute is over, whatever the desk's clock shows
        await until(lambda: room.orders.drafts)

    run(work())


def test_that_a_machine_that_slept_sends_nothing_when_it_hears_how_late_it_is(room, watch, run):
    async def work():
        put(room, one_crew())
        at(room, watch, 20)
        set_on(room, 45)  # asleep: only the clock on the wall went on
        watch.look()
        measured = msgspec.structs.replace(room.health.health, clock_offset_s=0.01)
        room.health.put(measured)
        at(room, watch, 70)
        assert not watch._climbing
        await settle()
        assert room.orders.drafts == [] and room.orders.incidents == []

    run(work())


def test_that_a_refusal_is_told_and_not_repeated(room, watch, run):
    async def work():
        put(room, one_crew())
        room.orders.error = PlatformError("平台没有确认")
        at(room, watch, 62)
        await until(lambda: bool(room.escalation.refusal(("01KA000000", 1))))
        room.orders.error = None
        at(room, watch, 90)
        await settle()
        assert len([g for g in room.orders.given if g[0] == "send_message"]) == 1

    run(work())


def test_that_new_crews_are_ordered_one_after_the_other(room, watch, run):
    """Each changes the incident: the second is ordered on what the first has left."""

    async def work():
        one = night(orders=(order(0), order(1)), messages=(), notes=())
        room.plans.replace([("flood", plan(ladder=LADDER[2:]))], "2", SENT)
        put(room, one)
        at(room, watch, 182)
        await until(lambda: len(room.orders.incidents) == 1)
        await settle()
        first = room.orders.incidents[0][2]
        assert len(room.orders.incidents) == 1 and first["replaces"] == "01KA000000"
        instead = order(9, unit_id=first["orders"][0]["unit_id"], replaces="01KA000000")
        put(room, msgspec.structs.replace(one, orders=(*one.orders, instead), revision=4, seq=8))
        await until(lambda: len(room.orders.incidents) == 2)
        second = room.orders.incidents[1][2]
        assert second["replaces"] == "01KA000001"
        assert second["orders"][0]["unit_id"] != first["orders"][0]["unit_id"]

    run(work())


def test_that_another_crew_is_asked_for_again_after_a_refusal(room, watch, run):
    async def work():
        room.plans.replace([("flood", plan(ladder=LADDER[2:]))], "2", SENT)
        put(room, one_crew())
        room.orders.error = PlatformError("响应已被别人改动")
        at(room, watch, 182)
        await until(lambda: bool(room.escalation.refusal(("01KA000000", 1))))
        room.orders.error = None
        at(room, watch, 190)
        await settle()
        assert room.orders.incidents == []
        at(room, watch, 200)
        await until(lambda: len(room.orders.incidents) == 1)

    run(work())


def test_that_a_drill_stays_a_drill(room, watch, run):
    async def work():
        put(room, one_crew(drill=True))
        at(room, watch, 62)
        await until(lambda: bool(room.orders.drafts))
        assert room.orders.drafts[0].drill and room.orders.drafts[0].text.startswith("【演练】")

    run(work())


def test_that_the_ladder_ends_where_the_plan_is_not_known(room, watch, run):
    async def work():
        room.plans.replace([], "2", SENT)
        put(room, msgspec.structs.replace(one_crew(), plan_id="unknown"))
        at(room, watch, 200)
        await settle()
        assert room.orders.drafts == []

    run(work())
