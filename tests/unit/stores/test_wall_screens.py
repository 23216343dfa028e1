"""Tabs go to another monitor and come back; nothing of them is lost on the way."""

import json

import pytest

from desktop.domain.monitors import Monitor, ScreenId
from desktop.domain.tours import Tour
from desktop.domain.tours import start as start_tour
from desktop.domain.wall import preset
from desktop.domain.wall_tabs import MOST_TABS
from desktop.stores.preferences import Preferences
from desktop.stores.tours import TourStore
from desktop.stores.wall import WallStore
from desktop.stores.wall_scenes import SceneStore
from desktop.stores.wall_screens import MOST_SCREENS, WallScreens


def monitor(number: int, is_desk: bool = False) -> Monitor:
    return Monitor(ScreenId(f"DP-{number}"), number * 1920, 0, 1920, 1080, number, is_desk)


DESK, SECOND, THIRD = monitor(1, is_desk=True), monitor(2), monitor(3)


class Room:
    def __init__(self, preferences: Preferences | None = None) -> None:
        self.preferences = preferences or Preferences()
        self.desk, self.tours, self.scenes = WallStore(), TourStore(), SceneStore()
        self.desk.keep_in(self.preferences)
        self.screens = WallScreens(self.desk, self.tours, self.scenes)
        self.screens.keep_in(self.preferences)
        self.screens.show_monitors((DESK, SECOND, THIRD))

    def fill(self, *ids: str) -> None:
        self.desk.set_layout(preset("4"))
        self.desk.fill(ids)

    def on(self, monitor: Monitor) -> list[str]:
        place = self.screens.on(monitor)
        assert place is not None
        return [cell.camera_id for cell in place.wall.wall.cells if cell.camera_id]


@pytest.fixture
def room(qapp) -> Room:
    return Room()


def ids(store: WallStore) -> list[str]:
    return [cell.camera_id for cell in store.wall.cells if cell.camera_id]


def test_that_a_tab_goes_there_with_its_pictures_and_leaves_the_desk(room):
    room.fill("c1", "c2")
    room.desk.add_tab("其他")
    assert room.screens.throw(0, SECOND)
    assert room.on(SECOND) == ["c1", "c2"]
    assert [tab.name for tab in room.desk.tabs] == ["其他"]


def test_that_what_hung_there_comes_back_as_a_tab(room):
    room.fill("c1")
    room.screens.throw(0, SECOND)
    room.fill("c2")
    assert room.screens.throw(0, SECOND)
    assert room.on(SECOND) == ["c2"]
    assert [ids for tab in room.desk.tabs for ids in [tab.wall.cells[0].camera_id]] == [None, "c1"]


def test_that_taken_back_it_takes_the_place_of_the_empty_desk(room):
    room.fill("c1")
    room.screens.throw(0, THIRD)
    place = room.screens.on(THIRD)
    assert place is not None and room.screens.recall(place)
    assert len(room.desk.tabs) == 1 and ids(room.desk) == ["c1"]
    assert room.screens.on(THIRD) is None and place.wall.wall.cells[0].camera_id is None


def test_that_nothing_goes_where_the_workstation_stands_or_no_monitor_is(room):
    room.fill("c1")
    assert not room.screens.throw(0, DESK)
    assert not room.screens.throw(0, monitor(9))
    assert not room.screens.throw(7, SECOND)
    assert ids(room.desk) == ["c1"] and not room.screens.hung()


def test_that_without_room_for_what_comes_back_nothing_is_changed(room):
    room.fill("c1")
    room.screens.throw(0, SECOND)
    while len(room.desk.tabs) < MOST_TABS:
        room.desk.add_tab("x")
    place = room.screens.on(SECOND)
    assert place is not None and not room.screens.recall(place)
    assert room.on(SECOND) == ["c1"]
    assert room.screens.throw(0, SECOND), "the one that goes makes room"
    assert len(room.desk.tabs) == MOST_TABS


def test_that_the_walls_of_all_monitors_are_there_after_a_restart(room):
    room.fill("c1", "c2")
    room.screens.throw(0, SECOND)
    room.fill("c3")
    room.screens.throw(0, THIRD)
    place = room.screens.on(THIRD)
    assert place is not None
    place.wall.put(1, "c4")
    kept = json.loads(json.dumps(room.preferences.get("wall_screens")))
    preferences = Preferences()
    later = Room(preferences)
    preferences.load({"wall_screens": kept})
    assert later.on(SECOND) == ["c1", "c2"] and later.on(THIRD) == ["c3", "c4"]
    preferences.load({})
    assert not later.screens.hung(), "another user has walls of his own"


def test_that_another_version_s_value_hangs_nothing(qapp):
    preferences = Preferences()
    room = Room(preferences)
    preferences.load({"wall_screens": [7, {"screen": {}}, {"screen": {"name": "DP-2"}}]})
    assert not room.screens.hung()


def test_that_a_monitor_that_is_away_keeps_its_wall(room):
    room.fill("c1")
    room.screens.throw(0, SECOND)
    room.screens.show_monitors((DESK, THIRD))
    (place,) = room.screens.hung()
    assert room.screens.monitor_of(place) is None
    room.screens.show_monitors((DESK, SECOND, THIRD))
    assert room.on(SECOND) == ["c1"]


def test_that_with_every_place_taken_the_wall_of_an_absent_monitor_comes_back(room):
    far = [monitor(number) for number in range(2, 2 + MOST_SCREENS + 1)]
    room.screens.show_monitors((DESK, *far))
    for number, one in enumerate(far[:-1]):
        room.fill(f"c{number}")
        assert room.screens.throw(0, one)
    room.screens.show_monitors((DESK, *far[1:]))
    room.fill("new")
    assert room.screens.throw(0, far[-1])
    assert room.on(far[-1]) == ["new"] and len(room.screens.hung()) == MOST_SCREENS
    assert "c0" in [cell.camera_id for tab in room.desk.tabs for cell in tab.wall.cells]


def test_that_the_tour_and_the_scene_go_with_the_tab(room):
    room.fill("c1")
    asked: list[str] = []
    room.screens.places[0].tours.asked.connect(asked.append)
    room.tours.show_run(start_tour(Tour("夜巡", ("c1", "c2")), (0,), 0.0))
    room.scenes.stand("flood")
    room.screens.throw(0, SECOND)
    assert asked == ["夜巡"]
    assert room.screens.places[0].scenes.standing == "flood"


def test_that_one_picture_joins_those_that_hang_there(room):
    assert not room.screens.send_camera("c9", SECOND), "nothing hangs there"
    room.fill("c1")
    room.screens.throw(0, SECOND)
    assert room.screens.send_camera("c9", SECOND)
    assert room.on(SECOND) == ["c1", "c9"]


def test_that_a_wall_saved_over_there_is_the_user_s_own_everywhere(room):
    room.fill("c1")
    room.screens.throw(0, SECOND)
    room.screens.places[0].wall.save_as("防汛二")
    assert [one.name for one in room.desk.saved] == ["防汛二"]
