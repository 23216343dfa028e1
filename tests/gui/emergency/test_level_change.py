"""Another level while crews are on their way: asked, signed elsewhere, late, and what then."""

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from desktop.domain.emergency.incidents import (
    ADD_ORDERS,
    APPROVE,
    RAISE_LEVEL,
    WITHDRAW,
    Incident,
    IncidentOrder,
    IncidentState,
    LevelAnswer,
    LevelAsked,
    LevelOutcome,
    OrderState,
    Signature,
)
from desktop.domain.emergency.plans import ResponseLevel
from desktop.domain.outreach import Receipt, ReceiptState
from desktop.errors import PlatformError
from desktop.shell.incident_watch import IncidentWatch
from desktop.shell.notices import NoticeBoard
from tests.gui.driving import until
from tests.gui.emergency.conftest import CREWS, PLACES, incident, no, page, seat, yes
from tests.gui.fake_room import NOW
from views.emergency.level_dialog import LevelDialog
from views.emergency.page import EmergencyPage
from views.emergency.supplement_dialog import SupplementDialog

__all__ = ["page"]
II, III = ResponseLevel.II, ResponseLevel.III
WHO = Signature("u-1", "李卫东", "seat-3", NOW)


def order(number: int, **changes: Any) -> IncidentOrder:
    site, _, place, lon, lat, _ = PLACES[number]
    unit_id, name, *_ = CREWS[number]
    values: dict[str, Any] = {
        "order_id": f"or-{number}", "unit_id": unit_id, "unit_name": name, "task_id": "pump",
        "task": "强排", "site_id": site, "place": place, "lon_deg": lon, "lat_deg": lat,
        "state": OrderState.SENT, "lead": True,
    }  # fmt: skip
    return IncidentOrder(**(values | changes))


def running(**changes: Any) -> Incident:
    """Ⅲ, with crews at the first three of eight places."""
    values: dict[str, Any] = {
        "state": IncidentState.ACTIVE, "level": III, "second_until": None, "by": "u-1",
        "alarm_ids": tuple(one[0] for one in PLACES), "clocks": {"T0": NOW, "T2": NOW},
        "orders": tuple(order(n) for n in range(3)),
    }  # fmt: skip
    return incident(**(values | changes))


def asked(by: Signature = WHO, level: ResponseLevel = II, **changes: Any) -> Incident:
    until_at = NOW + timedelta(seconds=60)
    return running(asked=LevelAsked(level, by), second_until=until_at, seq=2, **changes)


def answered(outcome: LevelOutcome, level: ResponseLevel = II, **changes: Any) -> Incident:
    told = LevelAnswer(level=level, asked=WHO, outcome=outcome, at=NOW + timedelta(seconds=30),
                       by="王国梁", before=III)  # fmt: skip
    return running(level_answer=told, seq=3, **changes)


async def shown(page, room, one: Incident, role: str = "duty_officer", user_id: str = "u-1",
                seat_id: str = "seat-3") -> None:  # fmt: skip
    room.session.put_session(seat(role, user_id, seat_id))
    room.incidents.take([one])
    room.incidents.flush()
    page.show_incident(one.incident_id)
    await until(lambda: page.running.levels.picture is not None)


def test_that_the_strip_says_the_level_and_what_its_plan_still_lacks(page, room, run):
    async def scenario():
        await shown(page, room, running())
        strip = page.running.strip
        assert strip.head.text() == "Ⅲ 级响应" and strip.isVisible()
        assert strip.lacking.text() == "本级还缺：抽排 5 队"
        assert strip.words.text().startswith("条件已达 Ⅱ 级：3 h 雨量 ≥ 50 mm")
        assert strip.change.isEnabled() and strip.supplement.isEnabled()
        assert not strip.bar.isVisible() and strip.height() < 50

    run(scenario())


def test_that_who_declined_is_lacking_again(page, room, run):
    async def scenario():
        said = Receipt(unit_id="T-1", order_id="or-0", state=ReceiptState.DECLINED, at=NOW)
        room.incidents.take_receipts([said])
        await shown(page, room, running())
        assert page.running.strip.lacking.text() == "本级还缺：抽排 6 队"

    run(scenario())


def test_that_a_held_bar_asks_for_the_reached_level_with_the_password(page, room, run):
    async def scenario():
        await shown(page, room, running())
        page.running.strip.change.click()
        dialog = page.running.dialog
        assert isinstance(dialog, LevelDialog) and dialog.level is II
        assert dialog.bar.text == "按住 2 秒 提请升级到 Ⅱ 级"
        assert "另一席位复核，60 s 内有效" in dialog.head.text()
        assert len(dialog.conditions.lines) == 3
        assert not dialog.segments[III].isEnabled() and dialog.segments[III].word == "现行"
        dialog.bar.held.emit()
        await until(lambda: not page.acting.busy)
        assert room.orders.given == [
            ("confirm", "demo-2026", "incident.approve"), (RAISE_LEVEL, "inc-1"),
        ]  # fmt: skip
        assert room.orders.bodies[0][2] == {"level": "II"}
        assert page.running.dialog is None

    run(scenario())


def test_that_one_signature_lowers_it_and_another_level_is_chosen_by_hand(page, room, run):
    async def scenario():
        await shown(page, room, running(level=II))
        page.running.ask_level()
        dialog = page.running.dialog
        assert dialog.level is None and dialog.bar.why_not == "还没有选级别"
        dialog.segments[III].click()
        assert dialog.bar.text == "按住 2 秒 降级到 Ⅲ 级"
        assert "应急值班一人签发，立即生效" in dialog.head.text()
        dialog.bar.held.emit()
        await until(lambda: not page.acting.busy)
        assert room.orders.bodies[0][2] == {"level": "III"}

    run(scenario())


def test_that_a_refusal_is_read_in_the_dialog_and_a_password_given_up_keeps_it(
    qtbot, room, advisers, run
):
    page = EmergencyPage(room, advisers, ask=no)
    qtbot.addWidget(page)
    page.show()

    async def scenario():
        await shown(page, room, running())
        page.running.ask_level()
        page.running.dialog.bar.held.emit()
        await until(lambda: not page.acting.busy)
        assert page.running.dialog is not None and room.orders.given == []
        page.acting._ask = yes
        room.orders.error = PlatformError("未执行调整级别：这次响应刚有更新")
        page.running.dialog.bar.held.emit()
        await until(lambda: not page.acting.busy)
        assert "刚有更新" in page.running.dialog.trouble.text()
        assert page.running.dialog.bar.text.startswith("按住 2 秒")
        page.running.dialog.close()

    run(scenario())


def test_that_the_other_seat_reads_who_asks_and_signs_with_its_own_password(page, room, run):
    async def scenario():
        await shown(page, room, asked(), "leader", "u-2", "seat-1")
        strip = page.running.strip
        assert strip.words.text() == (
            "03:12:05 李卫东 seat-3 提请升级到 Ⅱ 级 · "
            "依据：3 h 雨量 ≥ 50 mm；下穿通道 30 min 内到 50 cm ≥ 2 处"
        )
        assert strip.left.text() == "剩 60 s" and strip.countdown == pytest.approx(1, abs=0.01)
        assert strip.bar.text == "按住 2 秒 复核并升级" and strip.bar.why_not == ""
        assert strip.refuse.isVisible() and not strip.withdraw.isVisible()
        strip.bar.held.emit()
        await until(lambda: not page.acting.busy)
        assert room.orders.given == [
            ("confirm", "demo-2026", "incident.approve"), (APPROVE, "inc-1"),
        ]  # fmt: skip

    run(scenario())


def test_that_the_other_seat_sends_it_back_and_who_asked_takes_it_back(page, room, run):
    async def scenario():
        await shown(page, room, asked(), "leader", "u-2", "seat-1")
        page.running.strip.refuse.click()
        await until(lambda: not page.acting.busy)
        room.session.put_session(seat("duty_officer", "u-1", "seat-3"))
        page._tell()
        strip = page.running.strip
        assert strip.withdraw.isVisible() and not strip.bar.isVisible()
        assert not strip.refuse.isVisible()
        strip.withdraw.click()
        await until(lambda: not page.acting.busy)
        assert [one[2] for one in room.orders.bodies] == [
            {"reason": "复核人退回"}, {"reason": "提请人撤回"},
        ]  # fmt: skip
        assert {one[0] for one in room.orders.bodies} == {WITHDRAW}

    run(scenario())


@pytest.mark.parametrize(
    ("session", "words"),
    [
        (("leader", "u-2", "seat-3"), "同为 seat-3"),
        (("dispatcher", "u-2", "seat-1"), "无权"),
    ],
)
def test_that_who_may_not_sign_reads_why(page, room, run, session, words):
    async def scenario():
        await shown(page, room, asked(), *session)
        strip = page.running.strip
        assert words in strip.bar.why_not and not strip.refuse.isVisible()

    run(scenario())


def test_that_too_late_is_said_before_and_after_the_platform_has_said_it(page, room, run):
    async def scenario():
        await shown(page, room, asked(), "leader", "u-2", "seat-1")
        room.clock.move(61)
        page._tick()
        assert page.running.strip.bar.why_not == "已超时，等平台作废"
        room.incidents.take([answered(LevelOutcome.EXPIRED)])
        room.incidents.flush()
        strip = page.running.strip
        assert strip.words.text() == "03:12:35 李卫东 提请 Ⅱ 级 无人复核，已作废，维持 Ⅲ 级"
        assert strip.change.isEnabled() and not strip.bar.isVisible()

    run(scenario())


@pytest.mark.parametrize(
    ("outcome", "level", "words"),
    [
        (LevelOutcome.REFUSED, III, "03:12:35 王国梁 退回了 李卫东 提请的 Ⅱ 级，维持 Ⅲ 级"),
        (LevelOutcome.WITHDRAWN, III, "03:12:35 李卫东 撤回了提请 Ⅱ 级，维持 Ⅲ 级"),
        (LevelOutcome.CHANGED, II, "03:12:35 Ⅲ → Ⅱ 级 · 李卫东 提请，王国梁 复核"),
    ],
)
def test_that_every_end_of_a_request_is_read(page, room, run, outcome, level, words):
    async def scenario():
        await shown(page, room, answered(outcome, level=II) if level is III else _raised())
        assert page.running.strip.words.text() == words

    run(scenario())


def _raised() -> Incident:
    told = answered(LevelOutcome.CHANGED).level_answer
    return running(level_answer=told, level=II, seq=3)


def test_that_the_raised_level_offers_crews_and_people_it_asks_for_besides(page, room, run):
    async def scenario():
        await shown(page, room, _raised())
        page.running.strip.supplement.click()
        dialog = page.running.dialog
        assert isinstance(dialog, SupplementDialog)
        await until(lambda: dialog.offer is not None)
        orders = dialog.offer.supplement.orders
        assert {one.site_id for one in orders} == {one[0] for one in PLACES[3:]}
        assert not {one.unit_id for one in orders} & {"T-1", "T-2", "T-3"}  # on their way already
        leaders = [one for one in dialog.offer.supplement.messages if one.text.endswith("。")]
        assert any("Ⅱ 级启动" in one.text for one in leaders)
        assert dialog.bar.text.startswith("按住 2 秒 下达 5 道调度令，通知 6 人")
        dialog.bar.held.emit()
        await until(lambda: not page.acting.busy)
        ((verb, incident_id, body),) = room.orders.bodies
        assert (verb, incident_id) == (ADD_ORDERS, "inc-1")
        assert body["orders"] == orders and len(body["messages"]) >= 1
        assert page.running.dialog is None

    run(scenario())


def test_that_nobody_left_to_send_and_nothing_left_to_ask_are_said(page, room, run):
    async def scenario():
        bound = tuple(
            order(0, order_id=f"or-b{n}", unit_id=one[0], site_id="elsewhere")
            for n, one in enumerate(CREWS)
        )
        other = running(incident_id="inc-2", orders=bound, alarm_ids=("x",), seq=9)
        room.incidents.take([other])
        await shown(page, room, running())
        page.running.ask_supplement()
        dialog = page.running.dialog
        await until(lambda: dialog.offer is not None)
        assert "没有可派的空闲队伍" in dialog.bar.why_not
        assert "没有空闲的抽排队" in dialog.lacking.text()
        whole = running(orders=tuple(order(n) for n in range(8)), seq=10)
        room.incidents.take([whole])
        room.incidents.flush()
        page.running.ask_supplement()
        dialog = page.running.dialog
        await until(lambda: dialog.offer is not None)
        assert dialog.bar.why_not == "本级预案要求的队伍都已派出"
        dialog.close()

    run(scenario())


def test_that_the_strip_goes_with_the_response(page, room, run):
    async def scenario():
        await shown(page, room, running())
        room.incidents.take([running(state=IncidentState.STANDING_DOWN, seq=5)])
        room.incidents.flush()
        page._tell()
        assert not page.running.strip.isVisible()

    run(scenario())


def test_that_every_desk_hears_of_a_level_that_waits_and_who_asked_of_its_end(qtbot, room, run):
    frame = QWidget()
    qtbot.addWidget(frame)
    board = NoticeBoard(room.clock, frame)

    async def scenario():
        watch = IncidentWatch(room, board, frame)
        room.session.put_session(seat("leader", "u-2", "seat-1"))
        room.incidents.take([asked()])
        room.incidents.flush()
        (notice,) = board.shown
        assert notice.title == "等你复核"
        assert notice.text.startswith("李卫东 提请 Ⅲ 级变更为 Ⅱ 级，03:13:05 前有效")
        room.incidents.take([answered(LevelOutcome.EXPIRED)])
        room.incidents.flush()
        assert board.shown == ()  # another's request: its end is told to who asked
        room.session.put_session(seat("duty_officer", "u-1", "seat-3"))
        room.incidents.take([asked()])
        room.incidents.flush()
        assert board.shown == ()
        room.incidents.take([answered(LevelOutcome.EXPIRED)])
        room.incidents.flush()
        (notice,) = board.shown
        assert notice.title == "级别变更已作废" and "维持 Ⅲ 级" in notice.text
        assert watch is not None

    run(scenario())
