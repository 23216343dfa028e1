import json

import pytest

from desktop.domain.wall import CellOrigin, Span, preset
from desktop.domain.wall_tabs import MOST_TABS
from desktop.stores.preferences import Preferences
from desktop.stores.wall import WallStore


@pytest.fixture
def kept():
    preferences = Preferences()
    store = WallStore()
    store.keep_in(preferences)
    return store, preferences


def again(preferences: Preferences) -> WallStore:
    """A desk that starts anew with what was written."""
    later = Preferences()
    later.load(json.loads(json.dumps({k: preferences.get(k) for k in ("wall_tabs", "wall_saved")})))
    store = WallStore()
    store.keep_in(later)
    return store


def test_that_tabs_layouts_and_cameras_come_back_after_a_restart(kept):
    store, preferences = kept
    store.fill(["a", "b"])
    store.stretch(0, Span(0, 0, 2, 1))
    store.add_tab("防汛")
    store.set_layout(preset("13"))
    store.put(3, "c")
    store.hold(3, True)
    later = again(preferences)
    assert later.tabs == store.tabs
    assert later.chosen_tab == 1


def test_that_the_wall_of_who_sits_down_next_is_their_own(kept):
    store, preferences = kept
    store.put(0, "a")
    preferences.load({})
    assert store.wall.cells[0].camera_id is None
    assert len(store.tabs) == 1


@pytest.mark.parametrize("value", [{"tabs": 3}, {"tabs": []}, {"tabs": [{"wall": {}}]}, {"x": 1}])
def test_that_what_cannot_be_read_is_an_empty_wall(value):
    preferences = Preferences()
    preferences.load({"wall_tabs": value, "wall_saved": [value, 7]})
    store = WallStore()
    store.keep_in(preferences)
    assert len(store.tabs) == 1 and store.wall.layout.count == 9
    assert store.saved == ()


def test_that_a_kept_layout_with_a_hole_is_not_taken(kept):
    store, preferences = kept
    value = json.loads(json.dumps(preferences.get("wall_tabs") or {}))
    store.put(0, "a")
    value = json.loads(json.dumps(preferences.get("wall_tabs")))
    del value["tabs"][0]["wall"]["layout"]["spans"][4]
    preferences.load({"wall_tabs": value})
    assert store.wall.is_whole() and store.wall.cells[0].camera_id is None


def test_that_a_hand_on_a_cell_is_told_and_a_tour_is_not(kept):
    store, _ = kept
    touched = []
    store.touched.connect(touched.append)
    store.put(2, "a")
    store.put(3, "b", CellOrigin.TOUR)
    store.swap(2, 4)
    store.focus(4)
    assert touched == [2, 2, 4, 4]


def test_that_only_a_change_is_told(kept):
    store, _ = kept
    store.put(0, "a")
    told = []
    store.changed.connect(lambda: told.append(1))
    store.put(0, "a")
    store.hold(0, False)
    store.put(99, "a")
    assert told == []


def test_that_the_last_tab_is_emptied_and_others_go(kept):
    store, _ = kept
    store.put(0, "a")
    store.add_tab("二")
    store.close_tab(0)
    assert [tab.name for tab in store.tabs] == ["二"]
    store.close_tab(0)
    assert len(store.tabs) == 1 and store.tabs[0].name == ""


def test_that_there_are_no_more_tabs_than_find_room(kept):
    store, _ = kept
    for _ in range(MOST_TABS + 3):
        store.add_tab()
    assert len(store.tabs) == MOST_TABS
    store.step_tab(1)
    assert store.chosen_tab == 0


def test_that_arrows_move_an_enlarged_cell_on(kept):
    store, _ = kept
    store.focus(0)
    store.step(0, 1)
    assert (store.focused, store.selected) == (1, 1)
    store.focus(None)
    store.step(1, 0)
    assert store.selected == 4


def test_that_a_saved_wall_comes_back_with_its_cameras_and_its_name(kept):
    store, preferences = kept
    store.fill(["a", "b"])
    store.save_as("  早高峰 ")
    store.clear_all()
    later = again(preferences)
    assert [one.name for one in later.saved] == ["早高峰"]
    later.open_saved(later.saved[0])
    assert later.wall.cells[1].camera_id == "b"
    assert later.tabs[0].name == "早高峰"


def test_that_what_is_prepared_is_told_once_and_forgotten_with_the_tab(kept):
    store, _ = kept
    told = []
    store.prepared.connect(told.append)
    store.prepare(2, "x")
    store.prepare(2, "x")
    assert told == [2] and store.next_of(2) == "x"
    store.add_tab()
    assert store.next_of(2) is None


def test_that_an_alarm_s_picture_is_sent_away_only_by_the_hand(kept):
    store, preferences = kept
    away = []
    store.sent_away.connect(lambda alarm_id, clip: away.append((alarm_id, clip)))
    for cell, alarm_id in enumerate(("a", "b", "c", "d")):
        store.link(cell, f"cam-{alarm_id}", alarm_id, 1.0, clip=alarm_id == "b")
    store.swap(0, 5)
    store.unlink(3)
    assert away == []
    store.put(5, "other")
    store.clear(1)
    assert away == [("a", False), ("b", True)]
    store.set_layout(preset("1"))
    store.set_layout(preset("9"))
    store.link(2, "cam-c", "c", 1.0)
    preferences.load({})
    assert len(away) == 2


def test_that_a_wall_is_saved_and_shared_without_the_alarm_of_the_moment(kept):
    store, _ = kept
    shared = []
    store.share_asked.connect(shared.append)
    store.fill(["a", "b"])
    store.link(1, "alarm-camera", "r", 1.0)
    store.save_as("一")
    store.share_as("一")
    for saved in (store.saved[0], shared[0]):
        assert [cell.camera_id for cell in saved.wall.cells[:2]] == ["a", "b"]
        assert not saved.wall.links()


def test_that_a_touch_names_no_cell_that_a_stretched_one_took(kept):
    store, _ = kept
    touched = []
    store.touched.connect(touched.append)
    store.stretch(8, Span(0, 0, 3, 3))
    assert store.wall.layout.count == 1 and touched == []


def test_that_what_alarms_and_tours_show_is_not_written(kept):
    store, preferences = kept
    wished = []
    preferences.wished.connect(wished.append)
    store.put_all({0: "a", 1: "b"}, CellOrigin.TOUR)
    store.link(2, "x", "r", 1.0)
    store.unlink(2)
    assert wished == [] and store.wall.cells[1].camera_id == "b"
    store.put(2, "c")
    assert wished == ["wall_tabs"]


def test_that_what_was_not_written_goes_with_its_user_all_the_same(kept):
    store, preferences = kept
    loaded = []
    store.loaded.connect(lambda: loaded.append(1))
    store.put_all({0: "a"}, CellOrigin.TOUR)
    preferences.load({})  # nothing was kept, and nothing is: no key has another value
    assert loaded == [1] and store.wall.cells[0].camera_id is None
    preferences.load({})
    assert loaded == [1]
