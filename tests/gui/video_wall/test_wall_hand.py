"""What a hand does by mistake, and how it is taken back."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt

from desktop.domain.cameras import CameraKind
from desktop.domain.link_messages import SessionState, User
from desktop.domain.points import Reading
from desktop.domain.positions import Position
from desktop.domain.units import Unit, UnitKind, UnitState
from desktop.domain.wall import CellOrigin, preset
from tests.gui.video_wall.test_wall_page import Platform
from tests.integration.video.room import make_cameras, make_room, put_cameras
from views.video_wall.wall.carriers import Carriers
from views.video_wall.wall.page import WallPage
from views.video_wall.wall.strip import WallStrip
from views.video_wall.wall.words import stream_words
from widgets.video_tile import VideoTile

LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


def ids(room) -> list[str | None]:
    return [cell.camera_id for cell in room.wall.wall.cells]


def test_that_a_click_between_two_pictures_costs_none_of_them(qtbot, grid, room):
    room.wall.fill(["c1", "c2", "c3", "c4"])
    first, _, third, _ = grid.rects()
    gap = QPoint(first.center().x(), (first.bottom() + third.top()) // 2)
    assert grid.cell_at(gap) is None
    qtbot.mouseClick(grid, LEFT, pos=gap)
    qtbot.mouseDClick(grid, LEFT, pos=gap)
    assert ids(room) == ["c1", "c2", "c3", "c4"] and room.wall.wall.layout.layout_id == "4"


def test_that_an_empty_cell_is_not_enlarged(qtbot, grid, room):
    qtbot.mouseDClick(grid, LEFT, pos=grid.rects()[0].center())
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert room.wall.focused is None
    room.wall.put(0, "c1")
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert room.wall.focused == 0
    room.wall.clear(0)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert room.wall.focused is None, "what was enlarged goes back"


def test_that_ctrl_z_takes_back_step_by_step(qtbot, grid, room):
    room.wall.fill(["c1", "c2"])
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert ids(room)[:2] == [None, "c2"]
    qtbot.keyClick(grid, Qt.Key.Key_Z, CTRL)
    assert ids(room)[:2] == ["c1", "c2"]
    qtbot.keyClick(grid, Qt.Key.Key_Z, CTRL)
    assert ids(room)[:2] == [None, None]


def test_that_what_tours_and_alarms_do_is_no_step(room):
    room.wall.put(0, "c1")
    steps = room.wall.steps
    room.wall.put(1, "c2", CellOrigin.TOUR)
    room.wall.link(2, "c3", "a1", 0.0)
    assert room.wall.steps == steps
    room.wall.undo()
    assert ids(room)[0] is None


def test_that_another_tab_or_user_has_nothing_to_take_back(room):
    room.wall.put(0, "c1")
    room.wall.add_tab()
    assert not room.wall.undo()
    room.wall.put(0, "c2")
    room.wall.restore(replace(room.wall.kept, chosen=0))
    assert not room.wall.undo()


def test_that_only_the_aim_of_a_drag_is_framed(grid, room, pool):
    room.wall.fill(["c1", "c2", "c3", "c4"])
    grid.show_aim((2,))

    def framed() -> list[int]:
        tiles = [grid.tiles_of(n).front.tile for n in range(4)]
        return [n for n, tile in enumerate(tiles) if tile._chosen]

    assert framed() == [2]
    grid.show_aim(())
    assert framed() == [0]
    assert isinstance(grid.tiles_of(0).front.tile, VideoTile)


@pytest.fixture
def page(qtbot, pool, monkeypatch) -> WallPage:
    from views.video_wall.directory import CameraDirectory

    monkeypatch.setattr(CameraDirectory, "read", lambda self: None)
    room = make_room(Platform(), pool)
    put_cameras(room, make_cameras(9))
    room.session.put_session(SessionState(User("u1", "陈建华", ("duty_officer",))))
    room.wall.set_layout(preset("4"))
    page = WallPage(room)
    qtbot.addWidget(page)
    return page


def test_that_the_offer_to_take_back_ends_with_the_next_step(page):
    store = page._store
    store.fill(["c1", "c2"])
    store.clear_all()
    page._cell_menu.cleared.emit()
    assert page.strip.way_out == "撤销"
    store.put(0, "c3")
    assert page.strip.way_out == "", "it would take back the wrong thing"
    store.clear_all()
    page._cell_menu.cleared.emit()
    page.strip._way_out.click()
    assert store.wall.cells[0].camera_id == "c3" and page.strip.message == ""


def test_that_mere_words_go_by_themselves_and_questions_stay(qtbot, room, monkeypatch):
    monkeypatch.setattr("views.video_wall.wall.strip.FADE_MS", 30)
    from desktop.stores.feed_watch import FeedWatch

    strip = WallStrip(FeedWatch(room.health, "alarms", room.clock, room.wall), room.clock)
    qtbot.addWidget(strip)
    strip.tell("已上墙")
    qtbot.waitUntil(lambda: strip.message == "", timeout=2000)
    strip.tell("格子不够", "改用 9 格", lambda: None)
    qtbot.wait(120)
    assert strip.message == "格子不够"


def test_that_the_header_says_who_chose_the_stream_only_where_it_matters():
    from desktop.domain.picture_quality import Choice, Why
    from desktop.domain.wall import CellProfile

    auto, hand = CellProfile.AUTO, CellProfile.SUB
    spared = Choice("sub", Why.LOAD)
    assert stream_words(auto, None, "sub", 366) == "子", "the name needs the room"
    assert stream_words(auto, None, "main", 800) == "主 自动"
    assert stream_words(hand, None, "sub", 366) == "子 手动"
    assert stream_words(auto, spared, "sub", 366) == "子 降质"
    assert stream_words(hand, None, "sub", 300) == "子"


def test_that_a_drone_tells_height_battery_and_place_and_not_its_name_twice(room):
    drone = replace(make_cameras(1)[0], name="无人机 01 号", kind=CameraKind.DRONE)
    carriers = Carriers(room)
    unit = Unit(
        unit_id="U-1", kind=UnitKind.DRONE, name="无人机 01 号", camera_id=drone.camera_id,
        state=UnitState.BUSY,
    )  # fmt: skip
    room.units.replace([(unit.unit_id, unit)], "1", None)
    assert carriers.line(drone) == "没有上报位置"
    now = room.clock.now()
    metrics = {"altitude_m": 118.2, "battery_pct": 64.0}
    reading = Reading(point_id="U-1", class_id="drone", at=now, metrics=metrics)
    room.readings.merge([reading])
    room.positions.merge(
        [Position(unit_id="U-1", kind=UnitKind.DRONE, at=now, lon_deg=116.6, lat_deg=28.9,
                  speed_kmh=0.0)]
    )  # fmt: skip
    line = carriers.line(drone)
    assert line.startswith("高 118 m · 电量 64 % · 悬停 · 位置")
