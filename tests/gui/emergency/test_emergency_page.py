import asyncio
import threading

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.domain.emergency.dispatch import Method
from desktop.domain.emergency.incidents import (
    ACTIVATE,
    IncidentDraft,
    IncidentState,
)
from desktop.domain.emergency.plans import ResponseLevel
from desktop.domain.link_messages import (
    ServiceCondition,
    ServiceState,
)
from tests.gui.driving import until
from tests.gui.emergency.conftest import TableAdvisers, begun, incident, no, plan, seat, yes
from tests.gui.fake_room import NOW, alarm, live_health
from views.emergency.page import EmergencyPage


def test_that_an_alarm_alone_preselects_plan_level_and_proposal(page, room, run):
    async def scenario():
        await begun(page, room)
        picture = page.preparing.picture
        assert picture.draft.level is ResponseLevel.II
        assert picture.chosen.method is picture.recommended is Method.LEAST_LATEST
        assert page.proposals.cards[Method.LEAST_LATEST].isChecked()
        assert page.levels.segments[ResponseLevel.II].isChecked()
        assert page.levels.segments[ResponseLevel.II].word == "建议"
        assert page.levels.segments[ResponseLevel.IV].word == "已过"
        assert page.steps.track.now == 5
        assert page.pair.first.bar.why_not == ""

    run(scenario())


def test_that_the_held_bar_confirms_and_sends_one_activation(page, room, run):
    async def scenario():
        await begun(page, room)
        page.pair.first.bar.held.emit()
        await until(lambda: not page.acting.busy)
        await until(lambda: room.emergency.shown.order_id)
        assert [one[0] for one in room.orders.given] == ["confirm", ACTIVATE]
        assert room.orders.given[0] == ("confirm", "demo-2026", "incident.draft")
        (verb, _, draft), = room.orders.bodies  # fmt: skip
        assert verb == ACTIVATE and isinstance(draft, IncidentDraft)
        assert len(draft.orders) == 8 and draft.alarm_ids[0] == "s2"
        assert draft.reasons == tuple(row.line for row in page.preparing.picture.advice.rows)

    run(scenario())


def test_that_the_page_shows_what_is_being_sent_while_the_password_is_asked(
    qtbot, room, advisers, run
):
    async def scenario():
        asked, go_on = asyncio.Event(), asyncio.Event()

        async def slow(_parent, _what, confirm) -> bool:
            asked.set()
            await go_on.wait()
            await confirm("demo-2026")
            return True

        page = EmergencyPage(room, advisers, ask=slow)
        qtbot.addWidget(page)
        page.show()
        await begun(page, room)
        page.pair.first.bar.held.emit()
        await asked.wait()
        shown = page.preparing.picture
        page.preparing.refresh()
        await until(lambda: not page.preparing.is_working)
        assert page.preparing.picture.activation is shown.activation
        go_on.set()
        await until(lambda: not page.acting.busy)
        page.preparing.refresh()
        await until(lambda: not page.preparing.is_working)

    run(scenario())


def test_that_a_password_that_was_given_up_sends_nothing(qtbot, room, advisers, run):
    page = EmergencyPage(room, advisers, ask=no)
    qtbot.addWidget(page)

    async def scenario():
        await begun(page, room)
        page.pair.first.bar.held.emit()
        await until(lambda: not page.acting.busy)
        assert room.orders.given == [] and not room.emergency.shown.order_id

    run(scenario())


def test_that_what_was_chosen_by_hand_stays_when_the_suggestion_comes_again(page, room, run):
    async def scenario():
        await begun(page, room)
        page.levels.segments[ResponseLevel.III].click()
        page.proposals.cards[Method.IN_TURN].click()
        await until(lambda: page.preparing.picture.draft.level is ResponseLevel.III)
        page.preparing.refresh()
        await until(lambda: not page.preparing.is_working)
        picture = page.preparing.picture
        assert picture.draft.level is ResponseLevel.III
        assert picture.chosen.method is Method.IN_TURN
        assert "人工选" in page.levels.headline.text()

    run(scenario())


def test_that_nothing_is_begun_from_a_picture_of_the_choice_before(page, room, run):
    async def scenario():
        await begun(page, room)
        assert not page.pair.first.bar.why_not
        page.levels.segments[ResponseLevel.III].click()
        assert "正在按新的选择" in page.pair.first.bar.why_not
        page.pair.first.bar._start()
        assert page.pair.first.bar.share == 0
        await until(lambda: page.preparing.picture.draft.level is ResponseLevel.III)
        assert not page.pair.first.bar.why_not

    run(scenario())


def test_that_another_draft_takes_the_picture_of_the_one_before_away_at_once(page, room, run):
    async def scenario():
        await begun(page, room)
        shown = page.preparing.picture
        room.emergency.begin(shown.draft.alarm_ids[1:] or ["al-x"], room.clock.now(), drill=True)
        assert page.preparing.picture is None and page.pair.first.bar.why_not
        await until(lambda: not page.preparing.is_working)

    run(scenario())


def test_that_a_dragged_crew_is_pinned_and_the_proposals_are_solved_anew(page, room, advisers, run):
    async def scenario():
        await begun(page, room)
        at = page.map.layout_now
        start = at.crews["T-9"].toPoint()
        end = at.sites["s2"].toPoint()
        QTest.mousePress(page.map, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(page.map, end)
        QTest.mouseRelease(page.map, Qt.MouseButton.LeftButton, pos=end)
        assert room.emergency.shown.pins[0].unit_id == "T-9"
        await until(lambda: advisers.tasks[-1].pins == {"T-9": "s2"})
        await until(lambda: not page.preparing.is_working)
        leg = next(leg for leg in page.preparing.picture.chosen.legs if leg.by_hand)
        assert (leg.unit_id, leg.site_id) == ("T-9", "s2")
        page.map.released.emit("T-9")
        assert room.emergency.shown.pins == ()

    run(scenario())


def test_that_a_crew_dropped_beside_every_site_stays_where_it_was(page, room, run):
    async def scenario():
        await begun(page, room)
        start = page.map.layout_now.crews["T-9"].toPoint()
        QTest.mousePress(page.map, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseRelease(page.map, Qt.MouseButton.LeftButton, pos=QPoint(3, 300))
        assert room.emergency.shown.pins == ()

    run(scenario())


def test_that_a_crew_is_put_on_a_site_by_keys(page, room, run):
    async def scenario():
        await begun(page, room)
        page.map.setFocus()
        QTest.keyClick(page.map, Qt.Key.Key_Right)
        QTest.keyClick(page.map, Qt.Key.Key_Return)
        QTest.keyClick(page.map, Qt.Key.Key_Right)
        QTest.keyClick(page.map, Qt.Key.Key_Return)
        assert len(room.emergency.shown.pins) == 1
        QTest.keyClick(page.map, Qt.Key.Key_Right)
        assert page.step_back() and not page.step_back()

    run(scenario())


def test_that_an_answer_for_another_draft_is_thrown_away(page, room, advisers, run):
    async def scenario():
        await begun(page, room)
        advisers.gate = threading.Event()
        count = len(advisers.asked)
        room.emergency.begin(("s1",), NOW)
        await until(lambda: len(advisers.asked) > count)
        other = room.emergency.begin(("a01",), NOW)
        advisers.gate.set()
        await until(lambda: not page.preparing.is_working)
        assert page.preparing.picture.draft.draft_id == other.draft_id
        assert room.emergency.get(other.draft_id).alarm_ids[0] == "a01"

    run(scenario())


def test_that_the_loop_runs_on_while_the_rules_compute(page, room, advisers, run):
    async def scenario():
        advisers.gate = threading.Event()
        room.emergency.begin(("s2",), NOW)
        await until(lambda: len(advisers.asked) == 1)
        turns = 0
        while turns < 5:
            await asyncio.sleep(0.01)
            turns += 1
        assert page.preparing.picture is None
        assert "正在整理" in page.empty.accessibleName()
        advisers.gate.set()
        await until(lambda: page.preparing.picture is not None)

    run(scenario())


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda room, _: room.session.put_session(seat("leader")), "无权起草响应"),
        (lambda room, _: room.health.set_link_connected(False), "数据链路进程未连接"),
        (
            lambda room, _: room.health.put(
                live_health(rest=ServiceState(ServiceCondition.DOWN, NOW, "超时"))
            ),
            "接口中断",
        ),
        (lambda room, _: room.plans.replace([], "", NOW), "没有预案"),
        (
            lambda room, _: room.plans.replace([("flood", plan(levels={}))], "", NOW),
            "还没有级别",
        ),
        (lambda _, advisers: setattr(advisers, "level", None), "还没有级别"),
    ],
)
def test_that_what_keeps_from_beginning_stands_on_the_bar(page, room, advisers, run, spoil, words):
    async def scenario():
        spoil(room, advisers)
        await begun(page, room)
        page._tell_pair()
        assert words in page.pair.first.bar.why_not

    run(scenario())


def test_that_no_crew_at_all_is_said_and_the_people_are_still_told(page, room, run):
    async def scenario():
        room.units.replace([], "2", NOW)
        await begun(page, room)
        effects = page.outcome.effects.effects
        assert any(one.grave and "可派的队伍" in one.words for one in effects)
        assert any(one.grave and "未覆盖" in one.words for one in effects)
        assert page.preparing.picture.activation.draft.orders == ()
        assert page.pair.first.bar.why_not == ""

    run(scenario())


def test_that_nobody_to_send_and_nobody_to_tell_cannot_be_begun(page, room, run):
    async def scenario():
        room.units.replace([], "2", NOW)
        room.questions.rows = ()
        room.register_ages.put("duty", "2", 0, NOW)  # the platform has nobody on its roster
        await begun(page, room)
        assert "也没有可通知的人" in page.pair.first.bar.why_not

    run(scenario())


def test_that_alarms_of_a_running_incident_are_not_begun_a_second_time(page, room, run):
    async def scenario():
        await begun(page, room)
        room.incidents.take([incident(IncidentState.ACTIVE)])
        room.incidents.flush()
        page._tell_pair()
        assert page.pair.first.bar.why_not == (
            "03:12:05 张敏 已就这些告警启动「滨江环路下穿 · 防汛应急预案」；按「加入该响应」"
        )

    run(scenario())


def test_that_every_part_is_inside_the_page_at_every_size(qtbot, room, run):
    page = EmergencyPage(room, TableAdvisers(), ask=yes)
    qtbot.addWidget(page)
    page.show()

    async def scenario():
        await begun(page, room)
        for width, height in ((1864, 1040), (1224, 676), (3784, 2120)):
            page.resize(width, height)
            await asyncio.sleep(0)
            for part in (page._left, page.proposals, page.map, page.recipients, page.pair):
                right = part.mapTo(page, QPoint(part.width(), part.height()))
                assert right.x() <= page.width() and right.y() <= page.height(), part.objectName()
                assert part.height() > 60

    run(scenario())


def test_that_a_draft_whose_alarms_have_ended_becomes_no_other_one(page, room, advisers, run):
    async def scenario():
        await begun(page, room)
        before = room.emergency.shown
        assert page.pair.first.bar.why_not == "" and before.plan_id == "flood"
        advisers.plan_id = "gas"  # what goes on elsewhere asks for another plan
        room.alarms.replace_open([alarm("elsewhere")])
        room.alarms.flush()
        page.preparing.refresh()
        await until(lambda: not page.preparing.is_working)
        assert page.pair.first.bar.why_not.startswith("开始时的告警已全部结束")
        assert room.emergency.shown == before
        assert page.preparing.picture.activation is None

    run(scenario())


def test_that_a_response_that_has_closed_stays_on_the_desk_for_its_report(page, room, run):
    async def scenario():
        room.incidents.take([incident(IncidentState.ACTIVE)])
        room.incidents.flush()
        page._tell()
        assert page.board is not None and page._stack.currentWidget() is page.running
        room.incidents.take([incident(IncidentState.CLOSED, revision=2, seq=2)])
        room.incidents.flush()
        page._tick()
        assert page._stack.currentWidget() is page.running
        await begun(page, room)  # until somebody begins another one
        assert page._stack.currentWidget() is page._body

    run(scenario())
