"""One button from a manhole alarm to the person who answers for the cover."""

import asyncio
from datetime import timedelta

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.commands.reach import Reach
from desktop.domain.emergency.incidents import IncidentState
from desktop.domain.order_state import OrderCondition
from desktop.domain.outreach import CALL, Person, Receipt, ReceiptState, with_receipts
from desktop.errors import PlatformError
from desktop.shell.notices import NoticeBoard
from desktop.shell.outreach_watch import OutreachWatch
from tests.gui.driving import until
from tests.gui.fake_room import NOW, alarm, open_room
from tests.gui.reach.conftest import COVER, on_duty
from tests.incident_parts import incident
from tests.samples import outreach
from views.alarm_desk.owner import OwnerSection


def sent(*states: str, **facts):
    owner = Person("owner:JG-000551", "邱华贞")
    known = {"people": (owner,), "about": COVER.asset_id, "made_at": NOW}
    one = outreach(facts.pop("order_id", "O-1"), **(known | facts))
    steps = [Receipt(unit_id=owner.person_id, state=ReceiptState(s), at=NOW) for s in states]
    return with_receipts(one, steps)


def shown(section: OwnerSection, run) -> OwnerSection:
    async def show() -> None:
        section.show_alarm(alarm("A-1", asset_id=COVER.asset_id, title="井盖倾斜 26.6°"))
        await until(lambda: not section.isHidden())

    section.resize(320, 400)
    run(show())
    return section


def texts(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.text())


def test_that_one_press_sends_the_task_to_the_owner_of_the_cover(desk, run, qtbot):
    section = OwnerSection(desk)
    qtbot.addWidget(section)
    shown(section, run)
    section.show()

    async def press() -> None:
        qtbot.mouseClick(section.panel.notify, Qt.MouseButton.LeftButton)
        await until(lambda: bool(desk.orders.given))

    run(press())
    ((verb, draft),) = desk.orders.given
    assert verb == "send" and draft.people == (Person("owner:JG-000551", "邱华贞"),)
    assert "井盖倾斜" in draft.text and "瑞平路 128 号燃气井" in draft.text
    assert draft.about == COVER.asset_id


def test_that_the_owner_stands_there_with_a_masked_number(desk, run, qtbot):
    section = OwnerSection(desk)
    qtbot.addWidget(section)
    shown(section, run)
    assert "邱华贞" in texts(section) and "182****0010" in texts(section)


def test_that_an_alarm_of_no_item_shows_no_owner(desk, run, qtbot):
    section = OwnerSection(desk)
    qtbot.addWidget(section)
    shown(section, run)
    section.show_alarm(alarm("A-2"))
    assert section.isHidden()


def test_that_the_owner_comes_with_the_register_of_a_first_start(desk, run, qtbot):
    known = dict(desk.questions.assets)
    desk.questions.assets.clear()  # nothing is mirrored yet
    section = OwnerSection(desk)
    qtbot.addWidget(section)

    async def start() -> None:
        section.show_alarm(alarm("A-1", asset_id=COVER.asset_id))
        await asyncio.sleep(0)
        assert section.isHidden()
        desk.questions.assets.update(known)
        desk.register_ages.put("assets", "v1", 1, NOW)
        await until(lambda: not section.isHidden())

    run(start())
    assert "邱华贞" in texts(section)


def test_that_a_role_without_the_right_reads_why(desk, run, qtbot):
    open_room(desk, "leader")
    section = OwnerSection(desk)
    qtbot.addWidget(section)
    shown(section, run)
    section.show()
    section.panel.refresh()
    assert not section.panel.notify.isEnabled() and section.panel.call.isEnabled()
    assert "领导无权发送通知" in texts(section.panel)


def test_that_the_clock_goes_from_sent_to_taken(desk, run, qtbot):
    section = OwnerSection(desk)
    qtbot.addWidget(section)
    shown(section, run)
    section.show()
    steps = {(): "已发送", ("delivered",): "已送达", ("delivered", "accepted"): "已接单"}
    for states, word in steps.items():
        desk.outreach.put("O-1", sent(*states))
        desk.outreach.flush()
        assert f"{word} · 0 s 前" in texts(section.panel)
    assert "已发送 03:12:05 → 已送达 03:12:05 → 已接单 03:12:05" in texts(section.panel)
    assert section.panel.next.isHidden()


def test_that_nobody_answering_offers_the_next_step_and_tells_everybody(desk, run, qtbot):
    section = OwnerSection(desk)
    board = NoticeBoard(desk.clock, section)
    watch = OutreachWatch(desk, board, section)
    qtbot.addWidget(section)
    desk.questions.rows = [on_duty("王某", 1), on_duty("李某", 2)]
    shown(section, run)
    section.show()
    desk.outreach.put("O-1", sent("delivered"))
    desk.outreach.flush()
    desk.clock.move(299)
    watch.look()
    section.panel.refresh()
    assert not board.shown and section.panel.next.isHidden()
    desk.clock.move(1)
    watch.look()
    section.panel.refresh()
    (notice,) = board.shown
    assert notice.title == "责任人未接单" and "邱华贞" in notice.text and "下一位" in notice.text
    assert not section.panel.next.isHidden()

    async def press() -> None:
        qtbot.mouseClick(section.panel.next, Qt.MouseButton.LeftButton)
        await until(lambda: bool(desk.orders.given))

    run(press())
    assert desk.orders.given[0][1].people[0].person_id == "duty:org-drain:leader:1"
    watch.look()
    assert len(board.kept) == 1  # once
    desk.outreach.put("O-1", sent("delivered", "accepted"))
    desk.outreach.flush()
    assert not board.shown


def test_that_who_declines_is_told_at_once(desk, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    board = NoticeBoard(desk.clock, window)
    watch = OutreachWatch(desk, board, window)
    desk.outreach.put("O-1", sent("delivered", "declined"))
    watch.look()
    assert "拒绝接单" in board.shown[0].text


def test_that_who_was_urged_by_a_response_is_left_in_peace_when_it_is_stood_down(desk, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    board = NoticeBoard(desk.clock, window)
    watch = OutreachWatch(desk, board, window)
    one = incident(orders=1)
    for number, order_id in enumerate(("O-1", "O-2")):
        made_at = NOW + timedelta(seconds=30 * number)
        about = one.orders[0].order_id
        desk.outreach.put(order_id, sent("delivered", order_id=order_id, about=about,
                                         made_at=made_at))  # fmt: skip
    desk.incidents.take([one])
    desk.incidents.flush()
    desk.clock.move(340)
    watch.look()
    assert board.shown
    ending = msgspec.structs.replace(one, seq=one.seq + 1, state=IncidentState.STANDING_DOWN)
    desk.incidents.take([ending])
    desk.incidents.flush()
    watch.look()
    desk.clock.move(600)
    watch.look()
    assert not board.shown


def test_that_the_next_in_line_skips_who_was_asked_already(desk, run):
    desk.questions.rows = [on_duty("李某", 2), on_duty("王某", 1)]
    first = run(Reach(desk).next_in_line(COVER.asset_id))
    assert first is not None and first.name == "王某（带班领导）"
    desk.outreach.put("O-2", sent(order_id="O-2", people=(first,)))
    second = run(Reach(desk).next_in_line(COVER.asset_id))
    assert second is not None and second.name == "李某（带班领导）"


def test_that_an_item_without_a_person_says_what_to_do(desk, run):
    desk.questions.assets["X"] = msgspec.structs.replace(COVER, asset_id="X", owner=None)
    with pytest.raises(PlatformError, match="没有登记责任人"):
        run(Reach(desk).notify_owner("X"))
    with pytest.raises(PlatformError, match="名册中没有"):
        run(Reach(desk).notify_owner("Y"))


def test_that_a_refused_order_is_told_beside_the_button(desk, run, qtbot):
    section = OwnerSection(desk)
    qtbot.addWidget(section)
    shown(section, run)
    section.show()
    desk.orders.error = PlatformError("平台不可用，请稍候再试")

    async def press() -> None:
        qtbot.mouseClick(section.panel.notify, Qt.MouseButton.LeftButton)
        await until(lambda: "平台不可用" in texts(section.panel))

    run(press())


def test_that_a_call_is_hung_up_by_the_same_button(desk, run, qtbot):
    section = OwnerSection(desk)
    qtbot.addWidget(section)
    shown(section, run)
    section.show()
    desk.outreach.put("O-1", sent("ringing", "connected", verb=CALL))
    desk.outreach.flush()
    assert section.panel.call.text() == "挂断" and "通话中" in texts(section.panel)

    async def press() -> None:
        qtbot.mouseClick(section.panel.call, Qt.MouseButton.LeftButton)
        await until(lambda: bool(desk.orders.given))

    run(press())
    assert desk.orders.given == [("hang_up", "O-1")]


def test_that_an_order_that_never_left_says_so(desk, run, qtbot):
    section = OwnerSection(desk)
    qtbot.addWidget(section)
    shown(section, run)
    section.show()
    desk.outreach.put("O-1", sent(condition=OrderCondition.EXPIRED, refusal="平台一直不可用"))
    desk.outreach.flush()
    assert "未发出：平台一直不可用" in texts(section.panel)
    assert not section.panel.next.isHidden()
