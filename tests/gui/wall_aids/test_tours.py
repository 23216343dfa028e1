"""The runner and the bar of tours, on the real stores of the wall."""

import pytest

from desktop.context import RoomContext
from desktop.domain.cameras import Camera
from desktop.domain.tours import Pause, Tour
from desktop.domain.wall import CellOrigin, Span, empty_wall, preset
from tests.gui.fake_room import fake_room, open_room
from views.video_wall.tour_bar import TourBar
from views.video_wall.tour_editor import TourEditor
from views.video_wall.tours import TourRunner

SIX = Tour("夜巡", camera_ids=tuple(f"cam-{n}" for n in range(6)), dwell_s=20)


class Wall:
    """A room with six cameras, of which the last is offline, and a runner."""

    def __init__(self) -> None:
        self.room: RoomContext = fake_room()
        open_room(self.room)
        rows = [Camera(camera_id=f"cam-{n}", name=f"路口 {n}", online=n < 5) for n in range(6)]
        self.room.cameras.replace([(one.camera_id, one) for one in rows], "1", None)
        self.room.tours.keep_in(self.room.preferences)
        self.seen = True
        self.runner = TourRunner(self.room, lambda: self.seen)
        self.store = self.room.wall
        self.store.set_wall(empty_wall(preset("4")))

    def move(self, seconds_s: float) -> None:
        """In steps, as the timer does."""
        while seconds_s > 0:
            step_s = min(0.5, seconds_s)
            self.room.clock.move(step_s)
            self.runner.tick()
            seconds_s -= step_s

    def shown(self) -> list[str | None]:
        return [cell.camera_id for cell in self.store.wall.cells]


@pytest.fixture
def wall(qapp) -> Wall:
    return Wall()


def test_that_a_tour_goes_on_by_itself_on_all_cells_but_the_reserved_and_held_ones(wall):
    wall.store.put(0, "own")
    wall.store.hold(0, True)
    wall.runner.start(SIX)
    assert wall.shown() == ["own", "cam-0", "cam-1", None]
    wall.move(20)
    assert wall.shown() == ["own", "cam-2", "cam-3", None]
    assert wall.store.wall.cells[1].origin is CellOrigin.TOUR
    wall.move(20)
    assert wall.shown() == ["own", "cam-4", "cam-0", None]


def test_that_the_next_pictures_are_opened_before_they_are_shown(wall):
    wall.runner.start(SIX, (1,))
    wall.move(16.5)
    assert wall.store.next_of(1) is None
    wall.move(0.5)
    assert wall.store.next_of(1) == "cam-1" and wall.shown()[1] == "cam-0"
    wall.move(3)
    assert wall.shown()[1] == "cam-1" and wall.store.next_of(1) is None


def test_that_a_touch_pauses_and_the_tour_goes_on_after_its_time(wall):
    wall.room.tours.set_pause_s(30)
    wall.runner.start(SIX, (1, 2))
    wall.move(18)
    assert wall.store.next_of(1)
    wall.store.touch(1)
    run = wall.room.tours.run
    assert run.pause is Pause.TOUCH and wall.store.next_of(1) is None
    wall.move(29)
    assert wall.shown()[1] == "cam-0"
    wall.move(4)
    assert wall.shown()[1:3] == ["cam-2", "cam-3"]


def test_that_a_touch_elsewhere_is_none_of_the_tour_s_business(wall):
    wall.runner.start(SIX, (1,))
    wall.store.put(2, "other")
    assert wall.room.tours.run.pause is Pause.NONE


def test_that_a_picture_put_by_hand_takes_its_cell_out_of_the_tour(wall):
    wall.runner.start(SIX, (0, 1))
    wall.store.put(1, "by-hand")
    wall.runner.toggle()  # on at once
    assert wall.room.tours.run.cells == (0,)
    wall.move(40)
    assert wall.shown()[1] == "by-hand"
    wall.store.clear(0)
    assert wall.room.tours.run is None


def test_that_a_cell_that_an_alarm_took_is_left_to_it(wall):
    wall.runner.start(SIX, (0, 1))
    wall.store.link(0, "cam-5", "a1", 1.0)
    wall.move(20)
    assert wall.shown()[:2] == ["cam-5", "cam-1"]
    wall.store.unlink(0)
    wall.move(20)
    assert "cam-5" not in wall.shown()


def test_that_what_nobody_sees_does_not_go_on(wall):
    wall.runner.start(SIX, (0,))
    wall.seen = False
    wall.move(300)
    assert wall.shown()[0] == "cam-0" and wall.room.tours.run.pause is Pause.HIDDEN
    wall.seen = True
    wall.move(20.5)
    assert wall.shown()[0] == "cam-1"
    wall.store.add_tab()
    wall.move(100)
    assert wall.shown() == [None] * 9


def test_that_forward_and_back_show_at_once_and_a_pause_by_key_stays(wall):
    wall.runner.start(SIX, (0,))
    wall.runner.toggle()
    wall.runner.step(-1)
    assert wall.shown()[0] == "cam-4"
    wall.runner.step(1)
    assert wall.shown()[0] == "cam-0"
    wall.move(300)
    assert wall.shown()[0] == "cam-0"


def test_that_a_tour_of_walls_leaves_held_cells_and_alarms_alone(wall):
    store = wall.store
    store.fill(["cam-0", "cam-1", "cam-2", "cam-3"])
    store.save_as("路口")
    store.set_wall(empty_wall(preset("9")).fill_from([f"cam-{n}" for n in range(5)]))
    store.save_as("全部")
    store.hold(0, True)
    wall.runner.start(Tour("两墙", wall_names=("路口", "全部"), dwell_s=10))
    assert store.wall.layout.count == 4 and store.wall.cells[0].held
    wall.move(10)
    assert store.wall.layout.count == 9 and store.wall.cells[0].held


def test_that_another_wall_ends_the_tour(wall):
    wall.runner.start(SIX, (0, 1))
    wall.store.set_wall(empty_wall(preset("9")).fill_from(["cam-3", "cam-4"]))
    assert wall.room.tours.run is None


def test_that_the_bar_says_where_the_tour_stands(wall, qtbot):
    bar = TourBar(wall.room, wall.runner)
    qtbot.addWidget(bar)
    assert not bar.hold.isVisibleTo(bar)
    wall.runner.start(SIX, (0,))
    assert bar.words.text() == "夜巡 1/5 · 20 s · 跳过离线 1"
    assert bar.hold.isVisibleTo(bar)
    wall.move(8)
    bar.tick()
    assert "12 s" in bar.words.text()
    bar.hold.click()
    assert "已暂停" in bar.words.text() and bar.hold.accessibleName() == "继续轮巡"
    bar.on.click()
    assert bar.words.text().startswith("夜巡 2/5")
    bar.end.click()
    assert wall.room.tours.run is None and not bar.words.isVisibleTo(bar)


def test_that_the_editor_makes_a_tour_that_is_kept_for_the_user(wall, qtbot):
    wall.store.fill(["cam-0", "cam-1"])
    editor = TourEditor(wall.room)
    qtbot.addWidget(editor)
    assert not editor.keep.isEnabled()
    editor.from_wall.click()
    editor.name.setText("早高峰")
    editor.dwell.setText("15")
    assert editor.begin.isEnabled()
    editor.begin.click()
    kept = wall.room.tours.get("早高峰")
    assert kept.camera_ids == ("cam-0", "cam-1") and kept.dwell_s == 15
    assert wall.room.tours.run.tour == kept
    assert wall.room.preferences.get("wall_tours")[0]["name"] == "早高峰"


def test_that_another_user_has_other_tours_and_nonsense_is_none(wall):
    wall.room.tours.save(SIX)
    kept = {"wall_tours": wall.room.preferences.get("wall_tours")}
    wall.room.preferences.load({})
    assert wall.room.tours.tours == ()
    wall.room.preferences.load({"wall_tours": [*kept["wall_tours"], {"name": 5}, "x"]})
    assert wall.room.tours.tours == (SIX,)


def test_that_a_tour_stays_with_its_own_pictures_when_cells_are_numbered_anew(wall):
    wall.store.set_wall(empty_wall(preset("9")).fill_from(f"own-{n}" for n in range(9)))
    wall.runner.start(SIX, (4, 5))
    wall.store.stretch(0, Span(0, 0, 1, 2))  # one cell fewer before them
    assert wall.room.tours.run.cells == (3, 4)
    own = {one for one in wall.shown() if one and one.startswith("own")}
    wall.move(120)
    assert own <= set(wall.shown())


def test_that_a_tour_goes_with_its_tab_and_ends_with_it(wall):
    wall.store.add_tab("二")
    wall.store.set_wall(empty_wall(preset("4")))
    wall.runner.start(SIX, (0,))
    wall.store.close_tab(0)
    wall.move(20.5)
    assert wall.shown()[0] == "cam-1"
    wall.store.add_tab("三")
    wall.store.choose_tab(0)
    wall.store.close_tab(0)
    assert wall.room.tours.run is None


def test_that_a_tour_ends_with_the_shift(wall):
    wall.store.keep_in(wall.room.preferences)
    wall.runner.start(SIX, (0,))
    wall.room.preferences.load({})
    assert wall.room.tours.run is None
