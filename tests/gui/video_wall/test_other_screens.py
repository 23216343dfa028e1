"""The wall of another monitor: bare, steered from both sides, never left without a way back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.domain.cameras import FIRST_WALL_TILE
from desktop.domain.link_messages import SessionState, User
from desktop.domain.monitors import Monitor, ScreenId
from desktop.domain.wall import preset
from desktop.shell.keys import KeyRegistry
from desktop.shell.wall_windows import WallWindow, WallWindows
from desktop.video.places import WALL_TILES
from tests.gui.video_wall.test_wall_page import Platform
from tests.integration.video.room import make_cameras, make_room, put_cameras

DESK = Monitor(ScreenId("DESK"), 0, 0, 1920, 1080, 1, is_desk=True)
OTHER = Monitor(ScreenId("OTHER"), 1920, 0, 1920, 1080, 2)


@pytest.fixture
def room(pool):
    room = make_room(Platform(), pool)
    put_cameras(room, make_cameras(30))
    user = User("u1", "陈建华", ("duty_officer",))
    room.session.put_session(SessionState(user=user))
    room.screens.show_monitors((DESK, OTHER))
    return room


@pytest.fixture
def desk(room):
    """The store from which tabs are thrown in this room."""
    return room.screens._desk


@pytest.fixture
def window(qtbot, room, desk) -> WallWindow:
    desk.set_layout(preset("4"))
    desk.fill(["c1", "c2"])
    room.screens.throw(0, OTHER)
    holder = QWidget()
    qtbot.addWidget(holder)
    keys = KeyRegistry(holder, [("wall", "视频墙")])
    window = WallWindow(room, room.screens.places[0], keys)
    qtbot.addWidget(window)
    window.resize(1600, 900)
    with qtbot.waitExposed(window):
        window.show()
    return window


def shown(window: WallWindow) -> list[str]:
    fronts = [window.page.grid.tiles_of(n).front for n in range(window.page.grid.count)]
    return [one.camera.camera_id for one in fronts if one is not None and one.camera is not None]


def test_that_it_shows_what_was_thrown_with_players_of_its_own(window):
    assert shown(window) == ["c1", "c2"]
    front = window.page.grid.tiles_of(0).front
    assert front is not None
    assert front.tile.status.tile >= FIRST_WALL_TILE + WALL_TILES, "below are the workstation's"
    assert window.page.directory is None and window.page.head.isHidden()


def test_that_f11_brings_tabs_and_layouts_and_esc_takes_them_away(qtbot, window):
    qtbot.keyClick(window.page.grid, Qt.Key.Key_F11)
    assert not window.page.head.isHidden()
    qtbot.keyClick(window.page.grid, Qt.Key.Key_Escape)
    assert window.page.head.isHidden()


def test_that_esc_gives_an_enlarged_picture_its_place_back_first(qtbot, window):
    qtbot.keyClick(window.page.grid, Qt.Key.Key_F11)
    qtbot.keyClick(window.page.grid, Qt.Key.Key_Return)
    qtbot.keyClick(window.page.grid, Qt.Key.Key_Escape)
    assert not window.page.head.isHidden()


def test_that_a_key_of_the_workstation_works_there_too(qtbot, window):
    done: list[str] = []
    window._keys.provide("silence", lambda: done.append("silence"))
    qtbot.keyClick(window.page.grid, Qt.Key.Key_F9)
    assert done == ["silence"]
    window._keys.set_covered(True)
    qtbot.keyClick(window.page.grid, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert done == ["silence"]


def test_that_closing_it_is_only_a_wish_and_a_lock_closes_nothing(qtbot, window):
    asked: list[int] = []
    window.recall_asked.connect(lambda: asked.append(1))
    window.close()
    assert window.isVisible() and not asked, "the lock closes every other window"
    event = QCloseEvent()
    window.closeEvent(event)
    assert not event.isAccepted()


def test_that_the_menus_lead_there_and_back(window, room, desk):
    words = [one.text() for one in window.page._cell_menu.build(0).actions()]
    assert any("收回到工作站" in one for one in words)
    assert any("画面布局" in one for one in words)
    window.page.throwing.recall(room.screens.places[0])
    assert [cell.camera_id for cell in desk.wall.cells][:2] == ["c1", "c2"]


def test_that_windows_follow_monitors_session_and_lock(qtbot, room, desk, monkeypatch):
    screen = QGuiApplication.primaryScreen()
    there = Monitor(ScreenId(screen.name(), screen.serialNumber()), 0, 0, 800, 600, 2)
    holder = QWidget()
    qtbot.addWidget(holder)
    windows = WallWindows(room, holder, KeyRegistry(holder, []))
    told: list[str] = []
    windows.told.connect(lambda _title, text: told.append(text))
    room.screens.show_monitors((DESK, there))
    desk.fill(["c1"])
    room.screens.throw(0, there)
    (window,) = windows._windows.values()
    assert window.isVisible() and window.isFullScreen()
    windows.lock(True)
    assert window.isVisible() and not window.page.isEnabled()
    windows.lock(False)
    room.screens.show_monitors((DESK,))
    assert not window.isVisible() and screen.name() in told[0]
    room.screens.show_monitors((DESK, there))
    assert window.isVisible()
    room.session.put_session(SessionState())
    assert not window.isVisible(), "nobody is signed in"
    windows.close()


def test_that_each_monitor_shows_its_number_for_a_moment(qtbot, room, monkeypatch):
    monkeypatch.setattr("desktop.shell.wall_windows.NUMBER_MS", 50)
    holder = QWidget()
    qtbot.addWidget(holder)
    windows = WallWindows(room, holder, KeyRegistry(holder, []))
    room.screens.numbers_asked.emit()
    assert [one.text() for one in windows._numbers] == ["1"]
    qtbot.waitUntil(lambda: not windows._numbers, timeout=2000)
    windows.close()
