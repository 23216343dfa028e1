"""What the operator had before comes back once, when it is there."""

import pytest

from desktop.context import ViewSpec
from desktop.shell.main_window import MainWindow
from desktop.shell.work_place import WorkPlace
from tests.gui.fake_room import A, R, alarm
from views import alarm_desk
from widgets.empty_state import EmptyState

VIEWS = (
    alarm_desk.VIEW,
    ViewSpec("map", "地图", "map-outline.svg", lambda room: EmptyState("map-outline", "地图")),
)


@pytest.fixture
def work(qtbot, room):
    window = MainWindow(room, VIEWS)
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
