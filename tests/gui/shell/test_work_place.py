"""What the operator had before comes back once, when it is there."""

import pytest

from desktop.shell.main_window import MainWindow
from desktop.shell.work_place import LOOKED_FOR, WorkPlace
from tests.gui.fake_room import A, R, alarm
from tests.gui.windows import MAP
from views import alarm_desk


@pytest.fixture
def work(qtbot, room):
    window = MainWindow(room, (alarm_desk.VIEW, MAP))
    qtbot.addWidget(window)
    window.show()
    return WorkPlace(room, window, window)


def test_that_page_filter_and_selection_come_back_also_when_the_alarm_comes_later(work, room):
    kept = {"last_view": "map", "list_levels": ["red", "pink"], "selected_alarm": "a"}
    room.preferences.load(kept)
    work.give_back()
    assert work._window.shown_view() == "map"
    assert work._window.workstation.list.model.filter.levels == {R}
    assert room.selection.alarm_id == ""
    work._note()
    assert room.preferences.get("selected_alarm") == "a"  # not forgotten while it waits
    room.alarms.put("a", alarm("a", R, 5))
    room.alarms.flush()
    assert room.selection.alarm_id == "a"
    room.selection.select_alarm("")
    room.alarms.put("b", alarm("b", A, 5))
    room.alarms.flush()
    assert room.selection.alarm_id == ""  # given back once only


def test_that_a_selection_of_an_earlier_platform_gives_way_to_the_gravest(work, room):
    room.preferences.load({"selected_alarm": "old"})
    room.alarms.replace_open([alarm("old", A, 5)])
    room.alarms.flush()
    work.give_back()
    assert room.selection.alarm_id == "old"
    room.alarms.replace_open([alarm("new", R, 5), alarm("other", A, 9)])
    room.alarms.flush()
    assert room.selection.alarm_id == "new"


def test_that_a_choice_of_the_operator_ends_the_wait_for_the_old_selection(work, room):
    room.preferences.load({"selected_alarm": "late"})
    work.give_back()
    room.alarms.put("b", alarm("b", A, 5))
    room.alarms.put("c", alarm("c", A, 9))
    room.alarms.flush()
    other = {"b": "c", "c": "b"}[room.selection.alarm_id]
    room.selection.select_alarm(other)
    room.alarms.put("late", alarm("late", R, 5))
    room.alarms.flush()
    assert room.selection.alarm_id == other


def test_that_an_alarm_that_does_not_come_is_not_waited_for_for_ever(work, room):
    room.preferences.load({"selected_alarm": "gone"})
    work.give_back()
    room.alarms.put("b", alarm("b", A, 5))
    room.alarms.flush()
    for _ in range(LOOKED_FOR):
        work._note()
    assert room.preferences.get("selected_alarm") == "b"


def test_that_what_changes_is_noted(work, room):
    work.give_back()
    work._window.show_view("map")
    work._window.workstation.list.show_filter(frozenset({A}), "人民路")
    work._note()
    noted = [room.preferences.get(key) for key in ("last_view", "list_levels", "list_search")]
    assert noted == ["map", ["orange"], "人民路"]


def test_that_a_page_that_is_no_more_is_left_out(work, room):
    room.preferences.load({"last_view": "dragons"})
    work.give_back()
    assert work._window.shown_view() == "alarms"
