"""What the second person reads and does, and what the first reads of it."""

import pytest
from msgspec import structs

from desktop.domain.emergency.dispatch import Method
from desktop.domain.emergency.incidents import (
    APPROVE,
    WITHDRAW,
    IncidentState,
)
from desktop.domain.emergency.plans import ResponseLevel
from tests.gui.driving import until
from tests.gui.emergency.conftest import accepted, begun, incident, seat
from views.emergency.second_person import PartState


def test_that_the_giver_waits_and_can_withdraw(page, room, run):
    async def scenario():
        await begun(page, room)
        page.pair.first.bar.held.emit()
        await until(lambda: room.orders.bodies)
        room.incidents.take([incident(by="u-1", alarm_ids=room.orders.bodies[0][2].alarm_ids)])
        room.incidents.flush()
        room.emergency.take_order(accepted(room.emergency.shown.order_id))
        assert room.emergency.shown.incident_id == "inc-1"
        assert page.pair.second.left.text() == "剩 41 s"
        assert page.pair.second.countdown == pytest.approx(1.0, abs=0.01)
        assert page.pair.second.bar.text == "等待复核"
        room.clock.move(20.5)
        page._tell_pair()
        assert page.pair.second.countdown == pytest.approx(0.5, abs=0.01)
        page.pair.withdraw.click()
        await until(lambda: not page.acting.busy)
        assert room.orders.given[-1] == (WITHDRAW, "inc-1")

    run(scenario())


def test_that_another_seat_approves_with_its_own_password(page, room, run):
    async def scenario():
        room.session.put_session(seat("leader", "u-2", "seat-1"))
        room.incidents.take([incident()])
        room.incidents.flush()
        assert page.incident.incident_id == "inc-1"
        assert page.pair.second.bar.why_not == ""
        page.pair.second.bar.held.emit()
        await until(lambda: not page.acting.busy)
        assert [one[0] for one in room.orders.given] == ["confirm", APPROVE]
        assert room.orders.given[0][2] == "incident.approve"

    run(scenario())


def test_that_the_second_person_reads_clocks_and_the_plan_of_the_other_seat(page, room, run):
    async def scenario():
        room.session.put_session(seat("leader", "u-2", "seat-1"))
        begun_there = structs.replace(
            incident(), method="least_latest", clocks={"T0": room.clock.now()}
        )
        room.incidents.take([begun_there])
        room.incidents.flush()
        page.show_incident("inc-1")
        assert [cell.name for cell in page.clocks.cells][:3] == ["T0", "T1", "T2"]
        assert page.clocks.cells[0].come and "待复核" in page.clocks.cells[2].time
        cards = page.proposals.cards
        assert "发起席选定" in cards[Method.LEAST_LATEST].why_not
        assert "发起席未选" in cards[Method.IN_TURN].why_not
        assert "最晚到达最短" in page.map.words

    run(scenario())


@pytest.mark.parametrize(
    ("session", "words"),
    [
        (seat("leader", "u-9", "seat-1"), None),  # the giver, whatever the role
        (seat("leader", "u-2", "seat-9"), "同为 seat-9"),
        (seat("operator", "u-2", "seat-1"), "无权批准响应"),
    ],
)
def test_that_who_may_not_approve_reads_why(page, room, run, session, words):
    async def scenario():
        room.session.put_session(session)
        room.incidents.take([incident()])
        room.incidents.flush()
        page.show_incident("inc-1")
        if words is None:
            assert page.pair.second.bar.text == "等待复核"
        else:
            assert words in page.pair.second.bar.why_not
            assert ("seat_id" in page.pair.second.note.text()) is (words == "同为 seat-9")
        page.pair.second.bar._start()
        assert page.pair.second.bar.share == 0

    run(scenario())


def test_that_an_expired_draft_can_be_begun_again(page, room, run):
    async def scenario():
        await begun(page, room)
        page.pair.first.bar.held.emit()
        await until(lambda: room.orders.bodies)
        ids = room.orders.bodies[0][2].alarm_ids
        room.emergency.take_order(accepted(room.emergency.shown.order_id))
        assert room.emergency.shown.is_sent
        room.incidents.take([incident(IncidentState.EXPIRED, by="u-1", alarm_ids=ids)])
        room.incidents.flush()
        await until(lambda: not room.emergency.shown.is_sent and not page.preparing.is_working)
        assert "已作废" in page.pair.trouble.text()
        await until(lambda: page.pair.first.bar.why_not == "")

    run(scenario())


def test_that_the_second_persons_part_is_told_by_the_level(page, room, run):
    async def scenario():
        room.session.put_session(seat("duty_officer"))
        await begun(page, room)
        page.levels.segments[ResponseLevel.III].click()
        await until(lambda: "一人签发" in page.pair.second.bar.text)
        page.levels.segments[ResponseLevel.I].click()
        await until(lambda: "60 s 内复核" in page.pair.second.bar.text)
        assert PartState.IDLE

    run(scenario())
