"""The execution board over real stores."""

import asyncio
from datetime import timedelta

import msgspec

from desktop.domain.alarms import Note
from desktop.domain.emergency import ladder
from desktop.domain.emergency.incidents import (
    ADD_ORDERS,
    CLOCK,
    NOTE,
    STAND_DOWN,
    TICK,
    IncidentState,
    OrderState,
)
from desktop.domain.outreach import ReceiptState
from desktop.domain.points import Reading
from desktop.errors import PlatformError
from tests.gui.driving import until
from tests.gui.emergency_board.conftest import (
    board_of,
    board_room,
    choose,
    night,
    put,
    put_fix,
    texts,
)
from tests.gui.fake_room import POINTS, alarm
from tests.incident_parts import SENT, order, receipt
from views.emergency.board import ExecutionBoard
from views.emergency.board.clock_facts import board_clocks
from views.emergency.board.matrix_model import ANSWER, DELIVERED, NEXT, READ, SCENE, WHO
from views.emergency.board.redispatch import RedispatchDialog
from widgets.confirm_dialog import ConfirmDialog

S = ReceiptState


def test_that_the_matrix_shows_troubles_first_in_words(qtbot, room):
    board = board_of(qtbot, room)
    assert texts(board, WHO)[:4] == ["抢险车 澄A·20814", "照明车 澄A·71002", "抢修班组 5 组",
                                     "井盖班组 2 组"]  # fmt: skip
    assert texts(board, ANSWER)[0] == "× 拒绝 车辆故障"
    assert texts(board, DELIVERED)[3] == "未送达 5:00"
    assert texts(board, READ)[2] == "未读 4:57"
    assert "送达 7/14" in board.matrix.totals.text() and "拒绝 1" in board.matrix.totals.text()


def test_that_crews_alone_and_messages_alone_can_be_shown(qtbot, room):
    board = board_of(qtbot, room)
    board.matrix._show_only(1)
    assert board.matrix.model.rowCount() == 8
    board.matrix._show_only(2)
    assert board.matrix.model.rowCount() == 6


def test_that_a_crew_on_its_way_has_its_arrival_and_its_lateness(qtbot, room):
    put_fix(room, "T-0001", 116.70, 28.90, age_s=3)
    board = board_of(qtbot, room)
    scene = texts(board, SCENE)[texts(board, WHO).index("泵车 澄A·12345")]
    assert "晚" in scene and "到" in scene
    assert texts(board, SCENE)[texts(board, WHO).index("抽排班组 3 组")].startswith("到场 ")
    put_fix(room, "T-0001", 116.604, 28.903, age_s=1)
    board.state.refresh()
    scene = texts(board, SCENE)[texts(board, WHO).index("泵车 澄A·12345")]
    assert "晚" not in scene


def test_that_the_chosen_row_stays_chosen_when_rows_change_places(qtbot, room):
    board = board_of(qtbot, room)
    choose(board, 1)
    one = night().orders[1]
    room.incidents.take_receipts([receipt(one.order_id, one.unit_id, S.DECLINED, 290, note="堵车")])
    board.state.refresh()
    found = board.matrix.chosen()
    assert found is not None and found[1].person_id == one.unit_id
    assert board.matrix.table.selectionModel().selectedRows()[0].row() < 4


def test_that_timers_run_and_a_hold_is_a_note_for_every_desk(qtbot, room, run):
    async def work():
        room.clock.at = SENT + timedelta(seconds=20)
        board = board_of(qtbot, room, receipts={})
        assert texts(board, NEXT)[0] == "0:40 后 语音催办"
        choose(board, 0)
        board.matrix.hold.click()
        await until(lambda: bool(room.orders.incidents))
        verb, _, body = room.orders.incidents[0]
        assert verb == NOTE and body == {"text": ladder.hold_note("01KA000000", True)}
        note = Note("张敏", SENT + timedelta(seconds=21), body["text"])
        put(room, night(notes=(note,), seq=9))
        assert texts(board, NEXT)[0] == "已暂停：语音催办"
        assert board.matrix.hold.text() == "恢复催办"

    run(work())


def test_that_an_operator_may_climb_early_and_only_once(qtbot, room, run):
    async def work():
        room.clock.at = SENT + timedelta(seconds=20)
        board = board_of(qtbot, room, receipts={})
        choose(board, 0)
        room.orders.gate = asyncio.Event()
        board.matrix.step.click()
        board.matrix.step.click()
        await until(lambda: room.escalation.is_order_running("01KA000000"))
        await until(lambda: texts(board, NEXT)[0] == "正在发出…")
        room.orders.gate.set()
        await until(lambda: bool(room.orders.drafts))
        (draft,) = room.orders.drafts
        assert ladder.step_mark("01KA000000", 1) in draft.text and draft.incident_id
        assert draft.people[0].person_id == "T-0000" and not draft.drill

    run(work())


def test_that_another_crew_is_proposed_by_arrival_and_sent(qtbot, room, run):
    async def work():
        board = board_of(qtbot, room)
        board.show()
        choose(board, 2)
        board.matrix.redispatch.click()
        dialog = board.matrix.findChild(RedispatchDialog)
        assert dialog is not None
        etas = [one.eta_min for one in dialog.found]
        assert etas == sorted(etas) and dialog.found[0].unit_id == "S-0000"
        dialog.button.click()
        await until(lambda: bool(room.orders.incidents))
        verb, incident_id, body = room.orders.incidents[0]
        assert (verb, incident_id) == (ADD_ORDERS, "YJ-20260718-003")
        assert body["replaces"] == "01KA000002" and body["orders"][0]["unit_id"] == "S-0000"
        assert {"lon", "lat", "task_id", "place"} <= set(body["orders"][0])
        second = order(2, order_id="01KB", unit_id="S-0000", unit_name="抽排班组 10 组",
                       replaces="01KA000002")  # fmt: skip
        put(room, night(orders=(*night().orders, second), seq=9))
        assert texts(board, NEXT)[-1] == "已改派 抽排班组 10 组"

    run(work())


def test_that_a_refused_order_is_told_and_can_be_given_again(qtbot, room, run):
    async def work():
        board = board_of(qtbot, room)
        told: list[str] = []
        board.told.connect(told.append)
        room.orders.error = PlatformError("平台没有确认")
        choose(board, 4)
        board.matrix.hold.click()
        await until(lambda: bool(told))
        assert told == ["平台没有确认"] and board.matrix.hold.isEnabled()
        board.show_incident(night().incident_id)  # as the page does each second
        assert board.message.text() == "平台没有确认" and not board.message.isHidden()

    run(work())


def test_that_a_tick_and_a_note_are_ordered(qtbot, room, run):
    async def work():
        board = board_of(qtbot, room)
        assert not board.checklist.lines["close"].box.isEnabled()
        board.checklist.lines["people"].box.click()
        board.notes.field.setText("泵车已接管")
        board.notes.field.returnPressed.emit()
        await until(lambda: len(room.orders.incidents) == 2)
        assert [(v, b) for v, _, b in room.orders.incidents] == [
            (TICK, {"item_id": "people"}), (NOTE, {"text": "泵车已接管"}),
        ]  # fmt: skip
        await until(lambda: board.notes.field.text() == "")

    run(work())


def test_that_the_timeline_is_verified_and_a_changed_entry_is_named(qtbot, room, run):
    async def work():
        board = board_of(qtbot, room)
        await until(lambda: "已校验 5 条" in board.timeline.verdict.text())
        entries = list(room.questions.entries)
        entries[2] = msgspec.structs.replace(entries[2], text="别的")
        room.questions.entries = tuple(entries)
        board.state.fetch_timeline()
        await until(lambda: board.timeline.verdict.text().startswith("第 3 条不符"))

    run(work())


def test_that_the_timeline_is_exported_with_its_head(qtbot, room, run):
    async def work():
        board = board_of(qtbot, room)
        await until(lambda: bool(board.state.entries))
        filed = []
        room.snapshots.filed.connect(filed.append)
        board.timeline.csv.click()
        board.timeline.json.click()
        head = room.questions.entries[-1].hash
        assert [one.suffix for one in filed] == [".csv", ".json"]
        assert all(head in one.data.decode() for one in filed)

    run(work())


def test_that_a_stand_down_needs_a_reason_a_hold_and_the_password(qtbot, room, run):
    async def work():
        board = board_of(qtbot, room)
        board.show()
        panel = board.stand_down
        assert "原因" in panel.bar.why_not
        panel.reason.setText("水位回落至 8 cm")
        assert panel.bar.why_not == ""
        panel.bar.held.emit()
        await until(lambda: panel.findChild(ConfirmDialog) is not None)
        dialog = panel.findChild(ConfirmDialog)
        assert "撤回 8 条调度令、2 条通知" in dialog.findChildren(type(dialog.error))[0].text()
        dialog.password.setText("demo")
        dialog.button.click()
        await until(lambda: bool(room.orders.incidents))
        verb, _, body = room.orders.incidents[0]
        assert verb == STAND_DOWN and body == {"reason": "水位回落至 8 cm"}
        assert room.orders.passwords == ["demo"]

    run(work())


def test_that_the_reason_of_one_response_is_none_for_the_next(qtbot, room):
    board = board_of(qtbot, room)
    board.stand_down.reason.setText("水位回落至 8 cm")
    put(room, msgspec.structs.replace(night(), incident_id="in-next", seq=900))
    board.show_incident("in-next")
    assert board.stand_down.reason.text() == ""
    assert "原因" in board.stand_down.bar.why_not


def test_that_a_given_up_password_sends_nothing(qtbot, room, run):
    async def work():
        board = board_of(qtbot, room)
        board.show()
        board.stand_down.reason.setText("误启动")
        board.stand_down.bar.held.emit()
        await until(lambda: board.stand_down.findChild(ConfirmDialog) is not None)
        board.stand_down.findChild(ConfirmDialog).close()
        await until(lambda: board.stand_down.bar.text == "按住 2 秒 解除响应")
        assert room.orders.incidents == []

    run(work())


def test_that_each_recall_shows_its_state_the_last_order_first(qtbot, room):
    states = (OrderState.RECALLED, OrderState.RECALLING, OrderState.RECALL_UNREAD)
    orders = tuple(order(n, state=states[n], recalled_at=SENT) for n in range(3))
    one = night(orders=orders, state=IncidentState.STANDING_DOWN, end_reason="水退")
    board = board_of(qtbot, room, one, receipts={})
    model = board.stand_down.recalls.model()
    names = [model.index(n, 0).data() for n in range(3)]
    assert names == ["抢险车 澄A·20814", "泵车 澄A·12345", "抽排班组 3 组"]
    assert [model.index(n, 2).data()[:4] for n in range(3)] == ["撤回未读", "撤回中 ", "已读撤回"]
    assert board.matrix.redispatch.isEnabled() is False
    assert texts(board, ANSWER)[:2] == ["撤回中", "撤回未读"] and texts(board, SCENE)[0] == "—"


def test_that_a_drill_is_stamped_and_scored(qtbot, room):
    board = board_of(qtbot, room, night(drill=True))
    board.show()
    assert board.stamp.isVisible() and board.stamp.size() == board.size()
    assert board.score.text().startswith("演练评分") and "真实渠道" in board.matrix.aside.text()
    put(room, night(seq=9))
    assert not board.stamp.isVisible() and not board.score.isVisible()


def test_that_people_tell_when_it_is_under_control_and_when_all_is_over(qtbot, room, run):
    async def work():
        board = board_of(qtbot, room)
        board.stand_down.clocks["T5"].click()
        await until(lambda: bool(room.orders.incidents))
        verb, _, body = room.orders.incidents[0]
        assert verb == CLOCK and body["name"] == "T5" and body["at"].startswith("2026-07-17T19:11")
        clocks = dict(night().clocks) | {"T5": SENT + timedelta(minutes=5)}
        put(room, night(clocks=clocks, seq=9))
        assert board.stand_down.clocks["T5"].text() == "T5 03:11:00"
        assert not board.stand_down.clocks["T5"].isEnabled()

    run(work())


def test_that_the_clocks_of_the_page_follow_the_board(qtbot, room):
    board = board_of(qtbot, room)
    facts = board_clocks(board.state)
    assert facts is not None and facts.here == "T3" and facts.first_there is not None
    assert facts.waits is not None and facts.waits["T3"][1] == "接受 4/8"
    assert facts.targets.controlled_min == 90
    room.incidents.take([], whole=True)
    assert board_clocks(board.state) is None


def test_that_the_line_of_the_water_is_told_while_it_rises(qtbot, room):
    point = POINTS[0]
    at = room.clock.now()
    rising = [Reading(at=at - timedelta(seconds=30 * n), metrics={"level_m": 0.35 - 0.006 * n},
                      point_id=point.point_id, class_id=point.class_id)
              for n in range(9, -1, -1)]  # fmt: skip
    room.points.replace([(point.point_id, point)], "1", at)
    room.readings.merge(rising)
    room.alarms.replace_open([alarm("a01", point_id=point.point_id)])
    board = board_of(qtbot, room)
    facts = board_clocks(board.state)
    assert facts is not None and facts.line_words == "50 cm 线"
    assert facts.line_at == at + timedelta(minutes=12.5)
    slow = [Reading(at=at + timedelta(seconds=30 * n), metrics={"level_m": 0.3 + 0.0006 * n},
                    point_id=point.point_id, class_id=point.class_id)
            for n in range(1, 12)]  # fmt: skip
    room.readings.merge(slow)
    room.clock.move(330)
    facts = board_clocks(board.state)
    assert facts is not None and facts.line_at is None  # two and a half hours are not shown


def test_that_a_leader_sees_all_and_is_told_why_nothing_can_be_pressed(qtbot, qapp):
    room = board_room("leader")
    board = board_of(qtbot, room)
    choose(board, 2)
    assert not board.matrix.redispatch.isEnabled() and "无权" in board.matrix.reason.text()
    assert board.notes.field.isEnabled() and board.stand_down.bar.why_not.startswith("请先")


def test_that_nothing_sent_leaves_an_empty_board_with_words(qtbot, room):
    board = ExecutionBoard(room)
    qtbot.addWidget(board)
    board.show()
    assert board.empty.isVisible()
    put(room, night(state=IncidentState.EXPIRED))
    board.show_incident(night().incident_id)
    assert board.empty.isVisible()
    put(room, night(seq=9))
    assert not board.empty.isVisible()
