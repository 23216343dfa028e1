"""The detail: figures, guidance, history, and the order that is never optimistic."""

import asyncio

import pytest

from desktop.domain.alarms import Condition
from desktop.domain.link_messages import ServiceCondition, ServiceState, SessionState, User
from desktop.errors import PlatformError
from tests.gui.driving import until
from tests.gui.fake_room import A, R, acked, alarm, event, fill, live_health, rising_water
from tests.gui.windows import exposed
from views.alarm_desk import build_detail
from widgets.plain_label import PlainLabel


@pytest.fixture
def panel(qtbot, room):
    return exposed(qtbot, build_detail(room), (316, 900))


def texts(widget) -> list[str]:
    return [label.text() for label in widget.findChildren(PlainLabel) if label.isVisible()]


def select(room, one):
    room.alarms.put(one.alarm_id, one)
    room.alarms.flush()
    room.selection.select_alarm(one.alarm_id)


def test_that_nothing_selected_is_said(panel):
    assert "没有选中告警" in texts(panel)


def test_that_a_rising_underpass_shows_level_rise_and_minutes_to_the_line(panel, room, run):
    async def scene():
        fill(room)
        room.selection.select_alarm("a01")
        await until(lambda: "升级" in texts(panel))

    run(scene())
    said = texts(panel)
    assert {"0.31", "1.2", "16", "距 50 cm 线", "上升 近 2 min"} <= set(said)
    assert panel._figures._cells[2].property("hot") == "true"
    assert panel._trend.accessibleName() == "预计 03:27 到线"


def test_that_old_readings_give_no_minutes(panel, room, run):
    async def scene():
        fill(room)
        room.selection.select_alarm("a01")
        room.clock.move(120)
        panel._tick()

    run(scene())
    assert "读数停滞 无法预计" in texts(panel)
    assert panel._figures._cells[2].property("hot") == "stale"
    assert panel._trend.accessibleName() == ""


def test_that_falling_water_names_no_time_to_the_line(panel, room, run):
    async def scene():
        fill(room)
        room.selection.select_alarm("a01")
        falling = rising_water(minutes=4)
        levels = [reading.metrics["level_m"] for reading in falling][::-1]
        from msgspec.structs import replace

        del room.readings._courses["SW-0417"]
        room.readings.drop("SW-0417")
        room.readings.flush()
        room.readings.merge(
            replace(r, metrics={"level_m": level}) for r, level in zip(falling, levels, strict=True)
        )
        room.readings.flush()

    run(scene())
    assert "下降 近 2 min" in texts(panel)
    assert "未涨 距 50 cm 线" in texts(panel)


def test_that_the_guidance_names_the_industry_the_class_and_the_level(panel, room, run):
    async def scene():
        fill(room)
        room.selection.select_alarm("a01")

    run(scene())
    assert any(text.startswith("市政设施 · 下穿通道积水-") for text in texts(panel))


def test_that_guidance_has_at_most_three_numbered_steps(panel, room, run):
    async def scene():
        select(room, alarm("a", guidance="封路 落闸\n查人 看画面\n抢排 派泵车\n第四 不该出现"))

    run(scene())
    said = texts(panel)
    assert {"1", "2", "3", "封路", "落闸", "抢排"} <= set(said)
    assert "4" not in said and "不该出现" not in said


def test_that_the_history_says_time_what_and_who(panel, room, run):
    async def scene():
        one = alarm("a", A, 300)
        room.questions.events = (
            event("raised", one, 1, 300),
            event("acknowledged", alarm("a", A, 300, ack=acked("张敏")), 2, 30),
            event("some_new_kind", one, 3, 20),
        )
        select(room, one)
        await until(lambda: "报警" in texts(panel))

    run(scene())
    said = texts(panel)
    assert {"03:07:05", "报警", "确认", "张敏", "some_new_kind"} <= set(said)


def test_that_plain_updates_in_a_row_are_one_entry_with_their_count(panel, room, run):
    async def scene():
        one = alarm("a", A, 300)
        kinds = ["raised", "updated", "updated", "updated", "acknowledged", "updated"]
        room.questions.events = tuple(
            event(kind, alarm("a", A, 300, value=0.1 * seq, unit="m"), seq, 60 - seq)
            for seq, kind in enumerate(kinds)
        )
        select(room, one)
        await until(lambda: "报警" in texts(panel))

    run(scene())
    said = texts(panel)
    assert "更新 ×3" in said and "更新" in said and "0.3 m" in said and "0.2 m" not in said


def test_that_a_history_that_cannot_be_fetched_says_why(panel, room, run):
    async def scene():
        room.questions.error = PlatformError("平台接口中断，历史暂时取不到")
        select(room, alarm("a"))
        await until(lambda: "平台接口中断，历史暂时取不到" in texts(panel))

    run(scene())


def test_that_what_could_not_be_asked_is_asked_when_the_session_is_back(panel, room, run):
    async def scene():
        user, one = room.session.user, alarm("a")
        room.questions.error = PlatformError("登录已失效，请重新登录")
        select(room, one)
        await until(lambda: "登录已失效，请重新登录" in texts(panel))
        room.session.put_session(SessionState())
        room.questions.error = None
        room.questions.events = (event("raised", one, 1, 300),)
        room.session.put_session(SessionState(user=user))
        await until(lambda: "报警" in texts(panel))
        assert "登录已失效，请重新登录" not in texts(panel)
        asked = len(room.questions.asked)
        room.session.put_session(SessionState(user=user))
        await asyncio.sleep(0)
        assert len(room.questions.asked) == asked  # an answer needs no second question

    run(scene())


def test_that_what_is_chosen_while_signed_out_is_asked_afterwards(panel, room, run):
    async def scene():
        user, one = room.session.user, alarm("a")
        room.session.put_session(SessionState())
        select(room, one)
        await asyncio.sleep(0)
        room.questions.events = (event("raised", one, 1, 300),)
        room.session.put_session(SessionState(user=user))
        await until(lambda: "报警" in texts(panel))

    run(scene())


def test_that_an_acknowledgement_waits_for_the_platforms_own_event(panel, room, run):
    async def scene():
        select(room, alarm("a", R, 38))
        button = panel.action.button
        assert button.isEnabled() and "未确认 38 s" in texts(panel)
        room.orders.gate = asyncio.Event()
        panel.acknowledge()
        await until(lambda: ("acknowledge", "a") in room.orders.given)
        assert not button.isEnabled()
        assert any("已发送，等平台回执" in text for text in texts(panel))
        room.orders.gate.set()
        await until(lambda: any("平台已受理" in text for text in texts(panel)))
        assert room.alarms.get("a").ack is None and not button.isEnabled()
        room.alarms.put("a", alarm("a", R, 38, seq=2, ack=acked("张敏", 0)))
        room.alarms.flush()
        assert "张敏 已确认" in texts(panel)
        assert button.text() == "已确认" and not button.isEnabled()

    run(scene())
    assert room.orders.given.count(("acknowledge", "a")) == 1


def test_that_of_an_order_without_an_answer_the_result_is_unknown(panel, room, run):
    async def scene():
        select(room, alarm("a", R, 38))
        room.orders.gate = asyncio.Event()
        panel.acknowledge()
        await until(lambda: ("acknowledge", "a") in room.orders.given)
        room.clock.move(11.0)
        panel.action.refresh()
        assert any("结果未知" in text and "不会重复执行" in text for text in texts(panel))
        assert not panel.action.button.isEnabled()
        room.orders.gate.set()
        await until(lambda: any("平台已受理" in text for text in texts(panel)))

    run(scene())


def test_that_a_second_press_gives_no_second_order(panel, room, run):
    async def scene():
        select(room, alarm("a"))
        room.orders.gate = asyncio.Event()
        panel.acknowledge()
        panel.acknowledge()
        panel.action.button.click()
        await until(lambda: bool(room.orders.given))
        room.orders.gate.set()
        await asyncio.sleep(0.05)

    run(scene())
    assert len(room.orders.given) == 1


def test_that_a_refusal_is_told_and_the_order_can_be_given_again(panel, room, run):
    told = []
    panel.refused.connect(told.append)

    async def scene():
        select(room, alarm("a"))
        room.orders.error = PlatformError("李卫东 03:12:19 已先确认")
        panel.acknowledge()
        await until(lambda: bool(told))
        assert panel.action.button.isEnabled()

    run(scene())
    assert told == ["李卫东 03:12:19 已先确认"]
    assert "李卫东 03:12:19 已先确认" in texts(panel)


def test_that_an_order_to_one_alarm_does_not_block_another(panel, room, run):
    async def scene():
        select(room, alarm("a"))
        panel.acknowledge()
        await until(lambda: bool(room.orders.given) and not panel.action.button.isEnabled())
        select(room, alarm("b"))
        assert panel.action.button.isEnabled()
        room.selection.select_alarm("a")
        assert not panel.action.button.isEnabled()

    run(scene())


@pytest.mark.parametrize(
    ("turn", "reason"),
    [
        (lambda room: room.session.put_session(SessionState(user=User("u", "王", ("leader",)))),
         "领导无权确认告警，请值班员"),
        (lambda room: room.health.set_link_connected(False), "数据链路进程未连接"),
    ],
)  # fmt: skip
def test_that_a_button_that_cannot_be_pressed_says_why(panel, room, run, turn, reason):
    async def scene():
        select(room, alarm("a"))
        turn(room)

    run(scene())
    assert not panel.action.button.isEnabled()
    assert any(reason in text for text in texts(panel))


def test_that_a_broken_interface_is_told_before_the_press_not_after(panel, room, run):
    async def scene():
        select(room, alarm("a"))
        down = ServiceState(ServiceCondition.DOWN, room.clock.now(), "连接超时")
        room.health.put(live_health(rest=down))

    run(scene())
    assert panel.action.button.isEnabled()
    assert any("先存入待发" in text for text in texts(panel))


def test_that_the_goal_of_the_class_counts_down_and_then_over(panel, room, run):
    async def scene():
        fill(room)
        room.selection.select_alarm("a01")

    run(scene())
    assert "1 min 内须确认，还剩 22 s" in texts(panel)
    room.clock.move(60)
    panel._tick()
    assert "1 min 内须确认，已超 38 s" in texts(panel)


def test_that_an_alarm_that_closes_leaves_the_panel(panel, room, run):
    async def scene():
        select(room, alarm("a"))
        room.alarms.drop("a")
        room.alarms.flush()

    run(scene())
    assert "这条告警已不在未结清单" in texts(panel)
    assert not panel.action.button.isVisible()


def test_that_a_returned_unacknowledged_alarm_can_still_be_acknowledged(panel, room, run):
    async def scene():
        select(room, alarm("a", condition=Condition.RTN))

    run(scene())
    assert panel.action.button.isEnabled()


def test_that_markup_from_outside_stays_text(panel, room, run):
    async def scene():
        hostile = "<b>火</b>"
        room.questions.events = (event("<i>x</i>", alarm("a", title=hostile), 1),)
        select(room, alarm("a", title=hostile, detail=hostile, guidance=hostile))
        await until(lambda: "<i>x</i>" in texts(panel))

    run(scene())
    from PySide6.QtCore import Qt

    for label in panel.findChildren(PlainLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert "<b>" not in label.toolTip()
    assert "<b>火</b>" in texts(panel)


def test_that_an_alarm_that_ended_stays_to_be_read_but_not_to_be_ordered(panel, room, run):
    async def scene():
        room.alarms.merge([event("raised", alarm("a", R, 300), 1)])
        room.alarms.flush()
        room.selection.select_alarm("a")
        ended = alarm("a", R, 300, seq=2, condition=Condition.RTN, ack=acked("张敏"))
        room.alarms.merge([event("closed", ended, 2)])
        room.alarms.flush()

    run(scene())
    assert room.alarms.get("a") is None
    said = texts(panel)
    assert "告警已结束，不用再操作" in said and "张敏 已确认" in said
    assert not panel.action.button.isEnabled() and "这条告警已不在未结清单" not in said


def test_that_a_long_place_and_detail_take_a_second_line(panel, room, run):
    async def scene():
        words = "望湖路下穿通道北引道 · 升速 16.4 cm/min，8 min 内到 50 cm 线"
        select(room, alarm("a", detail=words))

    run(scene())
    label = panel._place
    assert label.height() == 2 * label.fontMetrics().lineSpacing()
    assert not label.is_cut() and label.toolTip() == ""
