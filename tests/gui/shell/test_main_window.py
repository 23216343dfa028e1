"""The window: who sees what, the keys, the modes, the notices."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop.context import ViewSpec
from desktop.domain.freshness import Freshness
from desktop.domain.link_messages import (
    FeedState,
    OutboxState,
    ServiceCondition,
    ServiceState,
    SessionState,
)
from desktop.errors import PlatformError
from desktop.shell.main_window import MainWindow
from desktop.shell.notices import RED
from desktop.shell.places import Mode
from tests.gui.driving import until
from tests.gui.fake_room import R, Y, alarm, live_health
from tests.gui.windows import DESK_VIEWS, activated, put_alarms
from views import alarm_desk
from widgets.plain_label import PlainLabel


class Bare(PlainLabel):
    """A page with something enlarged in it."""

    enlarged = bare = True

    def set_bare(self, bare: bool) -> None:
        self.bare = bare

    def step_back(self) -> bool:
        was, self.enlarged = self.enlarged, False
        return was


VIEWS = (
    *DESK_VIEWS,
    ViewSpec("page", "别页", "cog-outline.svg", lambda room: PlainLabel("别页")),
)


@pytest.fixture
def window(qtbot, room):
    put_alarms(room, alarm("a", R, 20), alarm("b", Y, 30))
    return activated(qtbot, MainWindow(room, VIEWS))


def press(window, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(window, key, modifier)


def texts(widget) -> list[str]:
    return [label.text() for label in widget.findChildren(PlainLabel)]


def test_that_signed_out_only_the_sign_in_page_is_seen(window, room):
    room.session.put_session(SessionState())
    assert window.sign_in.isVisible() and not window.workstation.isVisible()
    press(window, Qt.Key.Key_F2)
    assert window.workstation.mode is Mode.ALARMS
    room.session.put_session(SessionState(user=room.session.user))


def test_that_the_parts_do_not_overlap_and_nothing_is_left_over(window):
    parts = [part.geometry() for part in window.workstation._parts()]
    for index, one in enumerate(parts):
        assert one.width() > 0 and window.workstation.rect().contains(one)
        assert not any(one.intersects(other) for other in parts[index + 1 :])


def test_that_the_map_and_then_the_pictures_take_the_middle_and_give_it_back(window):
    work = window.workstation
    press(window, Qt.Key.Key_F2)
    assert work.mode is Mode.MAP and work.map.isVisible() and not work.video.isVisible()
    press(window, Qt.Key.Key_F3)
    assert work.mode is Mode.VIDEO and work.video.isVisible() and not work.map.isVisible()
    assert work.list.isVisible() and work.detail.isVisible()
    press(window, Qt.Key.Key_Escape)
    assert work.mode is Mode.ALARMS and work.map.isVisible() and work.video.isVisible()
    press(window, Qt.Key.Key_F3)
    press(window, Qt.Key.Key_F3)
    assert work.mode is Mode.ALARMS


def test_that_numbers_choose_the_views_in_the_order_shown(window):
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.workstation.mode is Mode.MAP
    press(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert window._work.currentWidget() is window._pages["page"]
    press(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window._work.currentWidget() is window.workstation
    assert window.view_ids() == ("alarms", "map", "video", "page")


def test_that_arrows_walk_the_alarms_from_anywhere(window, room):
    window.workstation.map.setFocus()
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Down)
    assert room.selection.alarm_id == "b"
    press(window, Qt.Key.Key_Up)
    assert room.selection.alarm_id == "a"


def test_that_ctrl_enter_acknowledges_the_selected_alarm_from_anywhere(window, room, run):
    async def scene():
        room.selection.select_alarm("b")
        window.workstation.map.setFocus()
        press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: bool(room.orders.given))

    run(scene())
    assert room.orders.given == [("acknowledge", "b")]


def test_that_a_refused_order_becomes_a_notice_that_can_be_read_again(window, room, run):
    async def scene():
        room.selection.select_alarm("b")
        room.orders.error = PlatformError("<b>李卫东</b> 已先确认")
        window.workstation.acknowledge()
        await until(lambda: bool(window.notices.shown))

    run(scene())
    assert window.notices.shown[0].text == "<b>李卫东</b> 已先确认"
    assert "<b>李卫东</b> 已先确认" in texts(window.notices)
    press(window, Qt.Key.Key_Escape)
    assert window.notices.shown == () and len(window.notices.kept) == 1


def test_that_a_notice_covers_neither_a_picture_nor_the_order(window):
    for number in range(5):
        window.notices.post(
            f"k{number}", "标题", "一行说明，一行说明，一行说明，一行说明，一行说明"
        )
    QTest.qWait(1)
    assert len(window.notices.shown) == 3 and len(window.notices.kept) == 5
    work = window.workstation

    def place(part) -> QRect:
        corner = part.mapTo(window.centralWidget(), part.rect().topLeft())
        return QRect(corner, part.size())

    stack = window.notices.geometry()
    assert place(work.detail).contains(stack)
    assert not stack.intersects(place(work.video)) and not stack.intersects(place(work.map))
    assert not stack.intersects(place(work.detail.action))


def test_that_notices_stand_right_above_the_order_also_when_it_comes_later(window, room):
    room.selection.select_alarm("a")
    window.notices.post("k", "标题", "一行说明")
    QTest.qWait(1)
    action = window.workstation.detail.action
    top = action.mapTo(window.centralWidget(), QPoint(0, 0)).y()
    assert 0 < top - (window.notices.geometry().bottom() + 1) <= 8


def test_that_locating_gives_the_middle_back_and_asks_again(window, room):
    room.selection.select_alarm("a")
    asked = []
    room.selection.alarm_changed.connect(asked.append)
    window.show_view("video")
    press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert window.workstation.mode is Mode.ALARMS and asked == ["a"]


def test_that_a_pressed_count_filters_the_list_and_shows_it(window, room):
    count = window.top_bar._counts[Y]
    count.click()
    assert window.workstation.list.model.rowCount() == 1
    assert count.isChecked() and not window.top_bar._counts[R].isChecked()
    count.click()
    assert window.workstation.list.model.rowCount() == 2 and not count.isChecked()


def test_that_the_number_at_the_alarms_counts_the_unacknowledged(window):
    assert window.navigation._items["alarms"]._count == 2


def test_that_a_broken_service_is_told_once_and_its_return_too(window, room):
    down = ServiceState(ServiceCondition.DOWN, room.clock.now(), "正在第 3 次重连")
    room.health.put(live_health(mqtt=down))
    window._services.speak()
    room.health.put(live_health(mqtt=down))
    window._services.speak()
    assert [n.title for n in window.notices.kept] == ["实时通道中断"]
    assert "正在第 3 次重连" in window.notices.kept[0].text
    room.health.put(live_health())
    assert window.notices.kept[0].title == "实时通道已恢复"


def test_that_a_link_that_hangs_is_told_once_and_its_return_too(window, room):
    room.clock.move(5)
    window._services._watch.check()
    assert window._services._patience.isActive()
    window._services.speak()
    window._services.speak()
    assert [n.title for n in window.notices.kept] == ["数据链路中断"]
    assert "不是现状" in window.notices.kept[0].text
    room.health.put(live_health())
    assert window.notices.kept[0].title == "数据链路已恢复"


def test_that_messages_that_cannot_be_read_are_told_once_a_minute_and_counted(window, room):
    def unreadable(count: int) -> None:
        feeds = {"alarms": FeedState(Freshness.LIVE, age_s=0.5, rejected=count)}
        room.health.put(live_health(feeds=feeds))

    unreadable(2)
    unreadable(5)
    assert [n.title for n in window.notices.kept] == ["有消息无法读取"]
    assert window.notices.kept[0].text.startswith("2 条")
    assert window.top_bar.live.state.age == "拒收 5"
    room.clock.move(61)
    unreadable(6)
    assert window.notices.kept[0].text.startswith("4 条")


def test_that_what_a_newer_platform_sends_is_told_once_a_day(window, room):
    def strange(*names: str) -> None:
        feeds = {"alarms": FeedState(Freshness.LIVE, age_s=0.5, unmapped=names)}
        room.health.put(live_health(feeds=feeds))

    strange("alarm.level=purple")
    strange("alarm.level=purple", "alarm.colour")
    assert [n.title for n in window.notices.kept] == ["平台数据与约定不同"]
    assert (
        "1 处" in window.notices.kept[0].text
        and "告警事件 alarm.level=purple" in window.notices.kept[0].text
    )
    room.clock.move(24 * 3600 + 1)
    strange("alarm.level=purple", "alarm.colour")
    assert "1 处" in window.notices.kept[0].text and "alarm.colour" in window.notices.kept[0].text


def test_that_an_expired_order_is_told(window, room):
    room.health.put(live_health(outbox=OutboxState(pending=0, expired=1)))
    assert window.notices.kept[0].title == "有操作过期未送出"


def test_that_signing_out_is_an_order_that_can_fail(window, room, run):
    async def scene():
        room.orders.error = PlatformError("平台没有答复")
        window.top_bar.sign_out_asked.emit()
        await until(lambda: bool(window.notices.kept))

    run(scene())
    assert room.orders.given == [("sign_out",)]


def test_that_without_map_and_video_the_desk_still_works(qtbot, room):
    room.alarms.put("a", alarm("a", R))
    room.alarms.flush()
    safe = MainWindow(room, (alarm_desk.VIEW,), banner="安全模式", way_out="恢复视频和地图")
    qtbot.addWidget(safe)
    safe.show()
    assert "地图已停用" in texts(safe) and "视频已停用" in texts(safe)
    assert "安全模式" in texts(safe)
    assert safe.workstation.list.model.rowCount() == 1
    with qtbot.waitSignal(safe.restart_asked):
        safe.findChild(QPushButton, "banner_way_out").click()


def test_that_a_gap_of_the_live_channel_is_seen_on_the_strip(window, room):
    down = ServiceState(ServiceCondition.DOWN, room.clock.now(), "")
    room.health.put(live_health(1.0, mqtt=down))
    room.clock.move(90)
    assert window.workstation._gaps_until(room.clock.now())[-1].text == "中断 1 min"
    room.health.put(live_health(0.1))
    assert [gap.text for gap in window.workstation._gaps] == ["缺口 1 min 已接回"]


def test_that_closing_the_window_frees_its_views(qtbot, room, qapp):
    import weakref

    made = MainWindow(room, VIEWS)
    made.show()
    gone = [weakref.ref(made.workstation.list.model), weakref.ref(made.workstation)]
    made.close()
    made.deleteLater()
    del made
    QTest.qWait(10)
    import gc

    gc.collect()
    room.alarms.put("z", alarm("z", R))
    room.alarms.flush()
    assert [ref() for ref in gone] == [None, None]


def test_that_a_double_click_enlarges_a_picture_and_another_gives_the_map_back(window):
    work = window.workstation
    work._enlarge_video(3)
    assert work.mode is Mode.VIDEO
    work._enlarge_video(2)
    assert work.mode is Mode.VIDEO  # another picture takes the large place
    work._enlarge_video(2)
    assert work.mode is Mode.ALARMS


def test_that_esc_leaves_what_is_enlarged_then_the_bare_screen_then_the_page(qtbot, room):
    wall = ViewSpec("wall", "墙", "cog-outline.svg", lambda room: Bare("墙"))
    window = activated(qtbot, MainWindow(room, (*VIEWS, wall)))
    press(window, Qt.Key.Key_F11)
    page = window.findChild(Bare)
    assert page.bare and page.isVisible() and window.top_bar.isHidden()
    press(window, Qt.Key.Key_Escape)
    assert not page.enlarged and page.bare
    press(window, Qt.Key.Key_Escape)
    assert not page.bare and not window.top_bar.isHidden() and page.isVisible()
    press(window, Qt.Key.Key_Escape)
    assert not page.isVisible()


def test_that_esc_empties_the_search_before_it_leaves_it(window, room):
    field = window.workstation.list._search
    window.workstation.list.focus_search()
    field.setText("井盖")
    press(field, Qt.Key.Key_Escape)
    assert field.text() == "" and field.hasFocus()
    press(field, Qt.Key.Key_Escape)
    assert not field.hasFocus()


def test_that_every_notice_of_the_stack_shows_all_of_its_words(window):
    words = "自 12:58:14 起。画面上的告警不是现状；守护进程会重启数据链路，不用操作。" * 2
    for number in range(3):
        window.notices.post(f"k{number}", "数据链路中断", words)
        QTest.qWait(20)
    for card in window.notices._cards.values():
        said = next(label for label in card.findChildren(PlainLabel) if label.text() == words)
        assert said.height() >= said.heightForWidth(said.width())
        assert said.geometry().bottom() <= card.height()


def test_that_a_notice_on_a_page_is_one_line_below_it_and_covers_and_moves_nothing(window):
    window.show_view("page")
    QTest.qWait(1)
    shown = window._work.currentWidget()
    place = QRect(shown.mapTo(window.centralWidget(), QPoint(0, 0)), shown.size())
    window.notices.post("k", "本台无声", "没有找到音频输出设备", RED)
    window.notices.post("j", "接口已恢复", "照常工作")
    QTest.qWait(1)
    assert QRect(shown.mapTo(window.centralWidget(), QPoint(0, 0)), shown.size()) == place
    assert window.notices.isVisible() and not window.notices.geometry().intersects(place)
    assert window._lane.height() >= window.notices.height()
    assert "没有找到音频输出设备" in texts(window.notices)  # the gravest, not the newest
    assert any("另有 1 条" in text for text in texts(window.notices))
    press(window, Qt.Key.Key_Escape)
    QTest.qWait(1)
    assert [notice.key for notice in window.notices.shown] == ["j"]
    window.notices.settle("j")
    QTest.qWait(1)
    assert QRect(shown.mapTo(window.centralWidget(), QPoint(0, 0)), shown.size()) == place
    window.notices.post("k", "本台无声", "没有找到音频输出设备", RED)
    window.show_view("alarms")
    QTest.qWait(1)
    assert not window._lane.isVisible() and window.notices.height() > 60
