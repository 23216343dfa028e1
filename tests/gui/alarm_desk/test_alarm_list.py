"""The list: order, selection, the hand of the operator, filters, and its honesty."""

from PySide6.QtCore import QPoint, Qt

from desktop.domain.alarms import Condition, Suppression
from desktop.domain.freshness import Freshness
from desktop.domain.link_messages import FeedState, ServiceCondition, ServiceState
from tests.gui.alarm_desk.conftest import move_pointer, put, shown
from tests.gui.fake_room import A, B, R, Y, acked, alarm, live_health, night
from views.alarm_desk.delegate import HEIGHT_PX
from widgets.level_badge import LevelLook


def test_that_the_gravest_level_comes_first_and_in_it_the_newest(panel, room):
    put(room, alarm("y", Y, 10), alarm("r-old", R, 900), alarm("b", B, 1), alarm("r-new", R, 5))
    assert shown(panel) == ["r-new", "r-old", "y", "b"]


def test_that_alarms_of_one_moment_keep_one_order(panel, room):
    put(room, alarm("c", Y, 10), alarm("a", Y, 10), alarm("b", Y, 10))
    assert shown(panel) == ["a", "b", "c"]


def test_that_an_acknowledgement_moves_no_row(panel, room):
    put(room, alarm("a", Y, 10), alarm("b", Y, 20))
    put(room, alarm("a", Y, 10, seq=2, ack=acked("张敏")))
    assert shown(panel) == ["a", "b"]
    assert panel.model.row(0).state == "张敏 已确认"
    assert panel.model.row(0).look is LevelLook.OUTLINE


def test_that_a_raised_level_moves_its_row_up(panel, room):
    put(room, alarm("a", R, 10), alarm("b", A, 20), alarm("c", Y, 30), alarm("d", B, 40))
    put(room, alarm("d", R, 40, seq=2))
    assert shown(panel) == ["a", "d", "b", "c"]
    put(room, alarm("a", B, 10, seq=3))
    assert shown(panel) == ["d", "b", "c", "a"]


def test_that_random_turns_of_the_store_leave_a_sorted_list_without_doubles(panel, room):
    import random

    chance = random.Random(4)
    for turn in range(60):
        for _ in range(chance.randrange(1, 6)):
            number = chance.randrange(25)
            if chance.random() < 0.3:
                room.alarms.drop(f"a{number}")
            else:
                level = chance.choice([R, A, Y, B])
                put_one = alarm(f"a{number}", level, chance.randrange(900), seq=turn)
                room.alarms.put(put_one.alarm_id, put_one)
        if chance.random() < 0.3:
            panel.model.hold(not panel.model.held)
        room.alarms.flush()
    panel.model.hold(False)
    wanted = sorted(
        room.alarms.items().values(),
        key=lambda a: (a.level.rank, -a.raised_at.timestamp(), a.alarm_id),
    )
    assert shown(panel) == [a.alarm_id for a in wanted]


def test_that_the_selection_stays_on_its_alarm_when_rows_come_above_it(panel, room):
    put(room, alarm("a", Y, 10), alarm("b", Y, 20))
    room.selection.select_alarm("b")
    put(room, alarm("r", R, 1), alarm("o", A, 1))
    assert panel.view.current_alarm_id() == "b"
    assert room.selection.alarm_id == "b"


def test_that_the_selection_outlives_a_complete_snapshot(panel, room):
    put(room, alarm("a", Y, 10), alarm("b", Y, 20))
    room.selection.select_alarm("b")
    room.alarms.replace_open([alarm(f"n{i}", B, i) for i in range(400)] + [alarm("b", Y, 20)])
    room.alarms.flush()
    assert panel.model.rowCount() == 401
    assert panel.view.current_alarm_id() == "b"


def test_that_a_scrolled_list_keeps_its_rows_in_place(panel, room):
    put(room, *[alarm(f"b{i:02}", B, i) for i in range(40)])
    bar = panel.view.verticalScrollBar()
    bar.setValue(10 * HEIGHT_PX)
    before = panel.view.indexAt(QPoint(5, 5)).data(Qt.ItemDataRole.DisplayRole)
    put(room, *[alarm(f"r{i}", R, i) for i in range(3)])
    assert panel.view.indexAt(QPoint(5, 5)).data(Qt.ItemDataRole.DisplayRole) == before
    assert panel._pill.isVisible() and "3" in panel._pill.text()
    panel._pill.click()
    assert bar.value() == 0 and shown(panel)[:3] == ["r0", "r1", "r2"]
    assert not panel._pill.isVisible()


def test_that_the_order_is_frozen_while_the_pointer_works_in_the_list(panel, room):
    put(room, alarm("a", Y, 10), alarm("b", Y, 20))
    move_pointer(panel, 1)
    put(room, alarm("r", R, 1))
    room.alarms.drop("a")
    room.alarms.flush()
    assert shown(panel) == ["a", "b"]
    assert panel.model.row(0).closed
    assert panel._pill.isVisible()
    panel.view.release()
    assert shown(panel) == ["r", "b"]


def test_that_a_waiting_alarm_that_closes_never_comes(panel, room):
    put(room, alarm("a", Y, 10))
    move_pointer(panel, 0)
    put(room, alarm("r", R, 1))
    room.alarms.drop("r")
    room.alarms.flush()
    panel.view.release()
    assert shown(panel) == ["a"]


def test_that_the_gravest_waiting_alarm_is_selected_until_the_operator_chooses(panel, room):
    put(room, alarm("y", Y, 10), alarm("r", R, 20))
    assert room.selection.alarm_id == "r"
    room.selection.select_alarm("y")
    put(room, alarm("r2", R, 1))
    assert room.selection.alarm_id == "y"


def test_that_a_selection_by_the_desk_keeps_no_graver_alarm_out_of_sight(panel, room):
    put(room, alarm("y", Y, 10))
    put(room, *(alarm(f"r{n}", R, 1) for n in range(40)))
    assert panel.view.verticalScrollBar().value() == 0
    assert len(shown(panel)) == 41


def test_that_a_flood_stands_until_the_rate_has_fallen_well_below_its_line(panel, room):
    put(room, *(alarm(f"b{n}", B, 1) for n in range(10)))
    panel._tick()
    assert "只有红、橙发声" in panel._flood.text()
    room.clock.move(6 * 60)
    put(room, *(alarm(f"c{n}", B, -5) for n in range(6)))
    room.clock.move(4 * 60)
    panel._tick()
    assert "只有红、橙发声" in panel._flood.text()
    room.clock.move(10 * 60)
    panel._tick()
    assert "只有红、橙发声" not in panel._flood.text()


def test_that_keys_walk_the_list_and_choose(panel, room):
    room.selection.select_alarm("a")
    put(room, alarm("a", Y, 10), alarm("b", Y, 20), alarm("c", Y, 30))
    assert room.selection.alarm_id == "a"
    panel.step(1)
    panel.step(1)
    panel.step(1)
    assert room.selection.alarm_id == "c"
    panel.step(-1)
    assert room.selection.alarm_id == "b"


def test_that_a_press_chooses_the_row_under_it(panel, room, qtbot):
    put(room, alarm("a", Y, 10), alarm("b", Y, 20))
    middle = QPoint(60, HEIGHT_PX + 20)
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert room.selection.alarm_id == "b"


def test_that_a_level_filter_lists_only_that_level_and_says_so(panel, room):
    put(room, alarm("a", R, 10), alarm("b", Y, 20))
    panel.toggle_level(Y)
    assert shown(panel) == ["b"]
    assert panel._filter_bar.isVisible() and "较重" in panel._filter_text.text()
    panel.toggle_level(Y)
    assert shown(panel) == ["a", "b"]
    assert not panel._filter_bar.isVisible()


def test_that_words_are_searched_in_title_and_place(panel, room):
    put(room, alarm("a", detail="东门路 3 号"), alarm("b", detail="昌邑路", title="路灯离线"))
    panel._search.setText("路灯 昌邑")
    assert shown(panel) == ["b"]
    panel._search.setText("没有这样的")
    assert panel._stack.currentWidget() is panel._empty


def test_that_shelved_alarms_are_counted_and_two_presses_away(panel, room):
    put(room, alarm("a"), alarm("s", suppression=Suppression.SHELVED))
    assert shown(panel) == ["a"]
    assert "搁置 1" in panel._hidden.text()
    panel._hidden.click()
    assert shown(panel) == ["s"]
    assert panel.model.row(0).look is LevelLook.SHELVED


def test_that_counts_are_of_all_alarms_not_of_the_filter(panel, room):
    put(room, alarm("a", R), alarm("b", Y, ack=acked("张敏")), alarm("c", Y))
    panel.toggle_level(R)
    assert panel._counts.text() == "未确认 2 / 3"


def test_that_a_cleared_unacknowledged_alarm_is_dashed(panel, room):
    put(room, alarm("a", condition=Condition.RTN))
    assert panel.model.row(0).state == "恢复未确认"
    assert panel.model.row(0).look is LevelLook.DASHED


def test_that_a_dead_channel_is_told_with_the_time_of_the_last_word(panel, room):
    put(room, alarm("a"))
    down = ServiceState(ServiceCondition.DOWN, room.clock.now(), "正在重连")
    room.health.put(live_health(12.0, mqtt=down))
    assert panel._banner.isVisible()
    assert "截至 03:11:53" in panel._banner._text.text()
    assert "实时通道中断" in panel._banner._text.text()
    room.health.put(live_health(0.5))
    assert not panel._banner.isVisible()


def test_that_a_stale_feed_is_told_though_the_connection_stands(panel, room):
    feeds = {"alarms": FeedState(Freshness.STALE, age_s=9.0)}
    room.health.put(live_health(feeds=feeds))
    assert panel._banner.isVisible()


def test_that_a_silent_link_is_told_though_its_last_word_was_good(panel, room):
    room.clock.move(5)
    panel._watch.check()
    assert panel._banner.isVisible()


def test_that_an_empty_list_on_a_dead_channel_is_not_called_quiet(panel, room):
    room.health.set_link_connected(False)
    assert panel._empty.accessibleName() == "实时通道中断"


def test_that_an_empty_list_on_a_live_channel_is_called_quiet(panel, room):
    put(room, alarm("a"))
    room.alarms.drop("a")
    room.alarms.flush()
    assert panel._empty.accessibleName() == "没有未结告警"


def test_that_markup_from_outside_stays_text(panel, room):
    hostile = "<b>火</b><img src=x>&amp;"
    put(room, alarm("a", title=hostile, detail="<script>1</script>"))
    row = panel.model.row(0)
    assert row.title == hostile and row.place == "<script>1</script>"
    static, _ = panel.view.itemDelegate()._cache.line(row.title, 14, False, 300)
    assert static.textFormat() is Qt.TextFormat.PlainText


def test_that_no_text_is_laid_out_a_second_time(panel, room):
    """Laying out is most of the cost of a row: the second paint of twenty rows has none."""
    panel.resize(360, 20 * HEIGHT_PX + 160)
    put(room, *night(), *[alarm(f"z{i}", B, i, ack=acked("李卫东")) for i in range(20)])
    panel.view.grab()
    made = dict(panel.view.itemDelegate()._cache._lines)
    panel.view.grab()
    assert len(made) > 20
    assert panel.view.itemDelegate()._cache._lines == made


def test_that_the_selected_row_is_not_pushed_out_of_sight(panel, room):
    put(room, *[alarm(f"b{i:02}", B, i) for i in range(40)])
    last_seen = panel.view.viewport().height() // HEIGHT_PX - 1
    room.selection.select_alarm(f"b{last_seen:02}")
    panel.view.verticalScrollBar().setValue(0)
    put(room, *[alarm(f"r{i}", R, i) for i in range(3)])
    place = panel.view.visualRect(panel.view.currentIndex())
    assert panel.view.viewport().rect().contains(place)
    assert panel.view.current_alarm_id() == f"b{last_seen:02}"


def test_that_an_ended_alarm_hands_its_mark_to_no_neighbour(panel, room):
    put(room, alarm("a", Y, 10), alarm("b", Y, 20), alarm("c", Y, 30), alarm("d", Y, 40))
    room.selection.select_alarm("b")
    room.alarms.drop("b")
    room.alarms.flush()
    assert panel.view.current_alarm_id() == "" and not panel.view.selectedIndexes()
    assert room.selection.alarm_id == "b"
    panel.step(1)
    assert room.selection.alarm_id == "c"  # goes on from where the ended one stood
    room.alarms.drop("c")
    room.alarms.flush()
    panel.view._hand_left()
    panel.step(-1)
    assert room.selection.alarm_id == "a"


def test_that_a_filter_says_how_many_unanswered_alarms_it_hides(panel, room):
    put(room, alarm("a", R, 10), alarm("b", Y, 20), alarm("c", Y, 30, ack=acked("张敏")))
    panel.show_levels(frozenset({Y}))
    assert "未列出的未确认 1 条" in panel._filter_text.text()
    put(room, alarm("d", R, 5))
    panel._tell_counts()
    assert "未列出的未确认 2 条" in panel._filter_text.text()
    panel.show_levels(frozenset({R, Y}))
    assert "未列出" not in panel._filter_text.text()


def test_that_the_word_of_new_alarms_covers_no_row(panel, room):
    put(room, alarm("a", R, 10))
    panel.model.hold(True)
    put(room, alarm("b", B, 1))
    assert panel._pill.isVisible()
    assert not panel._pill.geometry().intersects(panel._stack.geometry())
    assert panel.rect().contains(panel._pill.geometry())


def test_that_an_alarm_without_a_title_is_not_an_empty_row(panel, room):
    put(room, alarm("a", title=" ", value=0.4, unit="m"))
    assert panel.model.row(0).title == "告警（平台没有给标题） 0.4 m"
