"""Cockpits on a wall: what stands there, that it turns, stands still, and lets nobody in."""

import pytest
from PySide6.QtWidgets import QWidget

from desktop.domain.cockpit.rotation import HOLD_S
from desktop.domain.link_messages import SessionState
from desktop.domain.monitors import Monitor, ScreenId
from desktop.domain.wall_type import fits, wall_sizes
from desktop.shell.cockpit_window import CockpitWindows
from tests.gui.cockpit.conftest import one
from tests.gui.driving import until
from tests.gui.fake_room import R, alarm, open_room
from views.cockpit.type_scale import desk_scale, fitted_scale, wall_scale
from views.cockpit.wall import SHIFTS_PX, CockpitWall
from views.cockpit.wall_dialog import WallDialog

HERE = ScreenId("L")


@pytest.fixture
def wall(room, put):
    put(overview=one("overview", "总"), gas=one("gas", "燃气"), emergency=one("emergency", "应急"))
    made = CockpitWall(room)
    made.resize(1920, 1080)
    yield made
    made.hide()
    made.deleteLater()


async def seen(wall: CockpitWall, title: str) -> None:
    await until(lambda: wall.grid is not None and wall.grid.cockpit.title == title)


def test_that_the_wall_turns_and_says_how_long_still(wall, room, run):
    async def body() -> None:
        room.cockpit_screen.push(HERE, ("gas", "overview"), 60, room.clock.monotonic_s())
        wall.show()
        await seen(wall, "燃气")
        assert "1/2" in wall.strip.accessibleName()
        assert "60 s 后换屏" in wall.strip.accessibleName()
        room.clock.move(60)
        room.cockpit_screen.tick(room.clock.monotonic_s())
        await seen(wall, "总")
        room.cockpit_screen.toggle_pause(room.clock.monotonic_s())
        assert "轮播已暂停" in wall.strip.accessibleName()

    run(body())


def test_that_nobody_drills_on_a_wall_and_type_is_as_large_as_the_room_asks_for(wall, room, run):
    async def body() -> None:
        room.cockpit_screen.push(HERE, ("gas",), 60, 0)
        wall.show()
        await seen(wall, "燃气")
        assert all(panel.context.is_wall for panel in wall.grid.panels())
        assert wall.grid.scale == fitted_scale(0.63, 4.0, 1080)
        room.preferences.set("cockpit_distance_m", 1.5)
        assert wall.grid.scale == wall_scale(0.63, 1.5)

    run(body())


def test_that_type_never_outgrows_the_monitor():
    assert fitted_scale(0.63, 4.0, 2160) == wall_scale(0.63, 4.0)
    assert fitted_scale(0.63, 4.0, 1080) == desk_scale(1080)
    assert fits(wall_sizes(0.63, 4.0), 2160)
    assert not fits(wall_sizes(0.63, 4.0), 1080)


def test_that_a_frozen_wall_says_since_when_and_runs_nothing(wall, room, run):
    async def body() -> None:
        room.cockpit_screen.push(HERE, ("gas", "overview"), 60, 0)
        wall.show()
        await seen(wall, "燃气")
        room.cockpit_screen.freeze(room.clock.now(), "汇报用")
        assert wall.cover.words == "已冻结 03:12 起　汇报用"
        assert wall.cover.isVisible()
        assert not wall.grid.isVisible()
        room.clock.move(600)
        room.cockpit_screen.tick(room.clock.monotonic_s())
        assert room.cockpit_screen.rotation.shown == "gas", "a frozen wall does not turn"
        room.cockpit_screen.thaw()
        assert not wall.cover.isVisible()
        assert wall.grid.isVisible()

    run(body())


def test_that_the_picture_moves_by_pixels_and_keeps_its_size(wall, run, room):
    async def body() -> None:
        room.cockpit_screen.push(HERE, ("gas",), 60, 0)
        wall.show()
        await seen(wall, "燃气")
        size, places = wall.inside.size(), set()
        builds = wall.grid.builds
        for _ in SHIFTS_PX:
            wall.shift()
            places.add((wall.inside.x(), wall.inside.y()))
            assert wall.inside.size() == size
        assert places == set(SHIFTS_PX)
        assert max(max(place) for place in places) <= 4
        assert wall.grid.builds == builds

    run(body())


def test_that_a_red_alarm_brings_the_overview_and_says_why_until_it_is_over(wall, room, run):
    open_room(room, "duty_officer")
    windows = CockpitWindows(room)

    async def body() -> None:
        room.cockpit_screen.push(HERE, ("gas", "emergency"), 60, room.clock.monotonic_s())
        wall.show()
        await seen(wall, "燃气")
        room.alarms.put("a", alarm("a", R, title="地道积水"))
        room.alarms.flush()
        windows._tell_causes()
        await seen(wall, "总")
        assert "地道积水　已自动切到本屏" in wall.strip.accessibleName()
        room.alarms.replace_open([])
        room.alarms.flush()
        windows._tell_causes()
        room.clock.move(HOLD_S)
        room.cockpit_screen.tick(room.clock.monotonic_s())
        await seen(wall, "燃气")

    run(body())
    windows.close()


def test_that_a_wall_of_a_person_without_the_right_is_taken_back(room):
    windows = CockpitWindows(room)
    open_room(room, "duty_officer")
    room.cockpit_screen.push(HERE, ("gas",), 60, 0)
    assert room.cockpit_screen.screen == HERE
    open_room(room, "operator")
    assert room.cockpit_screen.screen is None
    room.session.put_session(SessionState())
    assert windows.window is None


def test_that_the_dialog_pushes_what_is_chosen_and_notes_it(room, put, qtbot):
    put(a=one("a"), b=one("b", "乙"))
    monitor = Monitor(HERE, 0, 0, 1920, 1080, 1, False)
    room.screens.show_monitors([monitor])
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = WallDialog(room, "a", parent)
    assert dialog.chosen() == ("a",)
    dialog.boxes["b"].setChecked(True)
    dialog._dwells.button(30).setChecked(True)
    dialog.push(monitor)
    assert room.cockpit_screen.screen == HERE
    assert (room.cockpit_screen.rotation.ids, room.cockpit_screen.rotation.dwell_s) == (
        ("a", "b"), 30,
    )  # fmt: skip
    assert "甲" in dialog.state.text()
    dialog.taking.click()
    assert room.cockpit_screen.screen is None
