import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QFontMetrics, QWheelEvent
from PySide6.QtWidgets import QApplication

from desktop.domain.camera_tree import CAMERA_MIME
from desktop.domain.cameras import TileFigures, TileState
from desktop.domain.levels import WarningLevel
from desktop.domain.wall import CellOrigin, CellProfile, Fit, Span, preset
from views.video_wall.wall import cell as cells

LEFT = Qt.MouseButton.LeftButton


def middle(grid, index: int) -> QPoint:
    return grid.rects()[index].center()


def drag(qtbot, grid, start: QPoint, end: QPoint) -> None:
    """On the widgets that lie there, as the pointer would."""
    for point, send in ((start, qtbot.mousePress), (end, qtbot.mouseMove)):
        target = grid.childAt(start) or grid
        send(target, LEFT, pos=target.mapFrom(grid, point)) if send is qtbot.mousePress else (
            _move(target, grid, start, point)
        )
    target = grid.childAt(start) or grid
    qtbot.mouseRelease(target, LEFT, pos=target.mapFrom(grid, end))


def _move(target, grid, start: QPoint, end: QPoint) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    for point in (start + (end - start) / 2, end):
        here = QPointF(target.mapFrom(grid, point))
        event = QMouseEvent(
            QEvent.Type.MouseMove, here, QPointF(target.mapToGlobal(here)),
            Qt.MouseButton.NoButton, LEFT, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(target, event)


def drop(grid, ids: list[str], index: int) -> None:
    data = QMimeData()
    data.setData(CAMERA_MIME, "\n".join(ids).encode())
    event = QDropEvent(
        QPointF(middle(grid, index)), Qt.DropAction.CopyAction, data, LEFT,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    grid.dropEvent(event)


def opened(pool) -> list[tuple[str, str]]:
    return [one for player in pool.players.values() for one in player.opened]


def test_that_only_cells_with_a_camera_have_a_player(grid, room, pool):
    room.wall.fill(["c1", "c2"])
    assert sorted(pool.players) == [101, 102]
    assert opened(pool) == [("c1", "sub"), ("c2", "sub")]


def test_that_two_cells_that_swap_open_nothing_anew(qtbot, grid, room, pool):
    room.wall.fill(["c1", "c2", "c3", "c4"])
    pool.go_live()
    before = opened(pool)
    drag(qtbot, grid, middle(grid, 0), middle(grid, 3))
    assert [cell.camera_id for cell in room.wall.wall.cells] == ["c4", "c2", "c3", "c1"]
    assert opened(pool) == before
    assert grid.tiles_of(3).front.tile.geometry() == grid.rects()[3]
    assert grid.tiles_of(3).front.camera.camera_id == "c1"


def test_that_another_layout_leaves_running_pictures_running(grid, room, pool):
    room.wall.fill(["c1", "c2", "c3", "c4"])
    pool.go_live()
    before = opened(pool)
    for layout in ("9", "13", "6", "25"):
        room.wall.set_layout(preset(layout))
    assert opened(pool) == before
    assert all(p.status.state is TileState.LIVE for p in pool.players.values())


def test_that_another_tab_keeps_the_cameras_that_both_have(grid, room, pool):
    room.wall.fill(["c1", "c2", "c3"])
    pool.go_live()
    room.wall.add_tab()
    assert all(p.status.camera_id is None for p in pool.players.values())
    room.wall.choose_tab(0)
    pool.go_live()
    before = len(opened(pool))
    room.wall.add_tab()
    room.wall.step_tab(-1)
    room.wall.step_tab(-1)
    assert len(pool.players) == 3 and len(opened(pool)) > before


def test_that_a_drop_over_several_cells_asks_the_page_with_its_place(qtbot, grid, room):
    with qtbot.waitSignal(grid.dropped, timeout=500) as told:
        drop(grid, ["c1", "c2", "c3"], 1)
    assert told.args == [("c1", "c2", "c3"), 1]


def test_that_an_enlarged_cell_fills_the_wall_with_the_main_stream_and_goes_back(
    qtbot, grid, room, pool
):
    room.wall.fill(["c1", "c2", "c3", "c4"])
    pool.go_live()
    qtbot.keyClick(grid, Qt.Key.Key_2)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    cell = grid.tiles_of(1)
    assert cell.front.tile.geometry() == grid.rect()
    assert not grid.tiles_of(0).front.tile.isVisible()
    assert cell.below is not None and cell.below.profile == "main"
    assert cell.front.is_live and cell.front.profile == "sub"  # seen until the other is there
    pool.go_live()
    qtbot.waitUntil(lambda: cell.front.profile == "main", timeout=1000)
    assert cell.below is None
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert grid.tiles_of(0).front.tile.isVisible()
    assert cell.front.tile.geometry() == grid.rects()[1]


def test_that_a_double_click_does_the_same(qtbot, grid, room, pool):
    room.wall.fill(["c1", "c2"])
    tile = grid.tiles_of(1).front.tile
    qtbot.mouseDClick(tile, LEFT, pos=tile.rect().center())
    assert room.wall.focused == 1
    qtbot.mouseDClick(tile, LEFT, pos=tile.rect().center())
    assert room.wall.focused is None


def test_that_a_tour_never_shows_a_cell_without_a_picture(qtbot, grid, room, pool):
    room.wall.put(0, "c1", CellOrigin.TOUR)
    pool.go_live()
    room.wall.prepare(0, "c2")
    cell = grid.tiles_of(0)
    assert cell.front.camera.camera_id == "c1" and cell.below.camera.camera_id == "c2"
    assert cell.front.tile.isVisible() and cell.below.tile.geometry() == grid.rects()[0]
    room.wall.put(0, "c2", CellOrigin.TOUR)
    assert cell.front.camera.camera_id == "c1"  # the next one has no picture yet
    pool.of("c2").go_live()
    qtbot.waitUntil(lambda: cell.front.camera.camera_id == "c2", timeout=1000)
    assert cell.below is None
    assert not any(p.status.camera_id == "c1" for p in pool.players.values())


def test_that_a_next_picture_that_never_comes_takes_its_place_and_says_why(
    qtbot, room, pool, monkeypatch
):
    monkeypatch.setattr(cells, "WAIT_MS", 50)
    grid = cells_grid(qtbot, room)
    room.wall.put(0, "c1", CellOrigin.TOUR)
    pool.go_live()
    room.wall.put(0, "c2", CellOrigin.TOUR)
    cell = grid.tiles_of(0)
    qtbot.waitUntil(lambda: cell.front.camera.camera_id == "c2", timeout=1000)


def test_that_a_refused_next_picture_is_shown_at_once(grid, room, pool):
    room.wall.put(0, "c1", CellOrigin.LINKAGE)
    pool.go_live()
    room.wall.put(0, "c2", CellOrigin.LINKAGE)
    pool.of("c2").say(TileState.REFUSED, reason="没有权限")
    tile = grid.tiles_of(0).front.tile
    assert tile.page_lines()[:2] == ("被拒绝", "没有权限")


def test_that_what_the_operator_puts_is_named_at_once(grid, room, pool):
    room.wall.put(0, "c1")
    pool.go_live()
    room.wall.put(0, "c2")
    assert grid.tiles_of(0).front.camera.camera_id == "c2"
    assert grid.tiles_of(0).below is None


def test_that_the_other_stream_that_does_not_come_leaves_the_one_that_runs(
    qtbot, room, pool, monkeypatch
):
    monkeypatch.setattr(cells, "WAIT_MS", 50)
    grid = cells_grid(qtbot, room)
    room.wall.put(0, "c1")
    pool.go_live()
    room.wall.set_profile(0, CellProfile.MAIN)
    cell = grid.tiles_of(0)
    qtbot.waitUntil(lambda: cell.below is None, timeout=1000)
    assert cell.front.profile == "sub" and cell.front.is_live


def test_that_a_border_dragged_over_a_neighbour_merges_and_x_splits_again(qtbot, grid, room, pool):
    room.wall.fill(["c1", "c2", "c3", "c4"])
    rects = grid.rects()
    gap = QPoint(rects[0].right() + 3, rects[0].center().y())
    drag(qtbot, grid, gap, middle(grid, 1))
    assert room.wall.wall.layout.spans[0] == Span(0, 0, 1, 2)
    assert room.wall.wall.cells[0].camera_id == "c1"
    room.wall.select(0)
    qtbot.keyClick(grid, Qt.Key.Key_X)
    shown = sorted(cell.camera_id for cell in room.wall.wall.cells)
    assert shown == ["c1", "c2", "c3", "c4"]


def test_that_the_keys_do_what_the_sheet_says(qtbot, grid, room, pool):
    room.wall.set_layout(preset("16"))
    room.wall.fill([f"c{n}" for n in range(1, 13)])
    store = room.wall
    qtbot.keyClicks(grid, "12")
    assert store.selected == 11
    qtbot.keyClick(grid, Qt.Key.Key_Up)
    assert store.selected == 7
    qtbot.keyClick(grid, Qt.Key.Key_H)
    assert store.wall.cells[7].held and grid.tiles_of(7).front.tile.held
    qtbot.keyClick(grid, Qt.Key.Key_A)
    assert store.wall.cells[7].fit is Fit.FILL
    assert pool.of("c8").looks[-1][1] > 0
    qtbot.keyClick(grid, Qt.Key.Key_M)
    assert store.wall.cells[7].profile is CellProfile.MAIN
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert store.wall.cells[7].camera_id is None
    qtbot.keyClick(grid, Qt.Key.Key_I)
    assert grid.tiles_of(0).front.tile._foot == "没有实时画面"
    store.add_tab()
    qtbot.keyClick(grid, Qt.Key.Key_PageUp)
    assert store.chosen_tab == 0


def test_that_the_pin_of_a_tile_holds_its_cell(qtbot, grid, room):
    room.wall.put(2, "c1")
    grid.tiles_of(2).front.tile._header.pin.click()
    assert room.wall.wall.cells[2].held


def test_that_the_wheel_enlarges_around_the_pointer_and_a_new_camera_is_whole(grid, room, pool):
    room.wall.put(0, "c1")
    pool.go_live()
    tile = grid.tiles_of(0).front.tile
    point = QPointF(tile.picture_rect.center())
    event = QWheelEvent(
        point, QPointF(tile.mapToGlobal(point)), QPoint(), QPoint(0, 360),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(tile, event)
    left, top, width, height = pool.of("c1").looks[-1][0]
    assert width == height == pytest.approx(1 / 1.25**3)
    assert left + width / 2 == pytest.approx(0.5, abs=0.01)
    assert top + height / 2 == pytest.approx(0.5, abs=0.01)
    player = pool.of("c1")
    room.wall.put(0, "c2")
    assert player.looks[-1][0] == (0.0, 0.0, 1.0, 1.0)


def test_that_a_hidden_wall_stops_its_pictures(grid, room, pool):
    room.wall.put(0, "c1")
    grid._tick()
    assert pool.of("c1").exposed
    grid.hide()
    grid._tick()
    assert not pool.of("c1").exposed


def test_that_a_camera_that_the_register_lacks_waits_for_it(grid, room, pool):
    room.wall.put(0, "later")
    assert pool.players == {}
    from tests.integration.video.room import make_cameras, put_cameras

    cameras = make_cameras(3)
    put_cameras(room, (*cameras, type(cameras[0])(camera_id="later", name="后来的")))
    assert [one for one, _ in opened(pool)] == ["later"]


def cells_grid(qtbot, room):
    from views.video_wall.wall.grid import WallGrid

    grid = WallGrid(room)
    qtbot.addWidget(grid)
    grid.resize(1200, 700)
    with qtbot.waitExposed(grid):
        grid.show()
    return grid


def test_that_a_carried_camera_says_who_has_it_and_gives_the_line_its_room(qtbot, grid, room, pool):
    from desktop.domain.cameras import Camera, CameraKind
    from desktop.domain.units import Unit, UnitKind
    from tests.integration.video.room import put_cameras

    room.units.replace(
        [("O-1", Unit(unit_id="O-1", kind=UnitKind.OFFICER, name="郭松刚", camera_id="b1"))],
        "1",
        None,
    )
    put_cameras(room, (Camera(camera_id="b1", name="执法记录仪", kind=CameraKind.BODYCAM),))
    room.wall.put(0, "b1")
    pool.go_live()
    tile = grid.tiles_of(0).front.tile
    assert "佩戴人 郭松刚" in tile._foot and "审计" in tile._foot
    qtbot.waitUntil(lambda: tile.picture_rect.bottom() < tile.height() - 20, timeout=1000)


def test_that_the_figures_are_asked_for_while_they_are_shown_and_once_a_second(
    qtbot, grid, room, pool
):
    room.wall.put(0, "c1")
    pool.go_live()
    player, tile = pool.of("c1"), grid.tiles_of(0).front.tile
    player.now = TileFigures("http-ts", "h264", 640, 360, 24.96, 812, 3, 40, 300)
    grid._on_second()
    assert player.asked == 0 and tile._foot == ""
    qtbot.keyClick(grid, Qt.Key.Key_I)
    what, way = "25.0 帧/s · 640×360 H.264 · HTTP-TS", "812 kbit/s · 丢 3 帧 · 积压 40 ms"
    assert tile._foot == f"{what} · {way} · 缓冲 300 ms"
    room.wall.set_layout(preset("16"))  # in narrow tiles nothing is cut off
    grid._on_second()
    assert tile._foot.splitlines() == [what, way]
    assert tile.picture_rect.bottom() < tile.height() - 40  # nothing is painted over the picture
    player.now = replace(player.now, by_processor=True)
    grid._on_second()
    assert tile._foot.splitlines()[1] == f"软解 · {way}"
    asked = player.asked
    room.wall.select(1)
    room.wall.select(0)
    assert player.asked == asked
    grid._on_second()
    assert player.asked == asked + 1
    player.say(TileState.STALLED, age_ms=3000)
    grid._on_second()
    assert tile._foot == "没有实时画面"
    qtbot.keyClick(grid, Qt.Key.Key_I)
    assert tile._foot == ""


def test_that_seen_from_far_the_type_grows_with_the_cell_and_shrinks_again(grid, room):
    room.wall.fill(["c1", "c2"])
    tile = grid.tiles_of(0).front.tile
    usual = tile.header_px
    grid.read_from_far(True)
    assert tile.header_px == round(usual * 1.6)
    assert tile.picture_rect.top() >= tile.header_px
    room.wall.set_layout(preset("36"))
    assert grid.tiles_of(0).front.tile.header_px == usual  # no room for larger letters
    room.wall.set_layout(preset("4"))
    grid.read_from_far(False)
    assert grid.tiles_of(0).front.tile.header_px == usual


def test_that_from_far_only_the_pin_of_a_held_picture_is_seen(grid, room):
    room.wall.fill(["c1", "c2"])
    room.wall.hold(1, True)
    pins = [grid.tiles_of(n).front.tile._header.pin for n in (0, 1)]
    grid.read_from_far(True)
    assert [pin.isHidden() for pin in pins] == [True, False]
    room.wall.hold(0, True)
    assert not pins[0].isHidden()
    grid.read_from_far(False)
    room.wall.hold(0, False)
    assert not pins[0].isHidden()


def test_that_nothing_plays_behind_another_page_and_all_goes_on_with_this_one(
    qtbot, grid, room, pool
):
    room.wall.fill(["c1", "c2"])
    players = [pool.of("c1"), pool.of("c2")]
    qtbot.waitUntil(lambda: all(player.exposed for player in players))
    grid.hide()
    qtbot.waitUntil(lambda: not any(player.exposed for player in players), timeout=1000)
    grid.show()
    qtbot.waitUntil(lambda: all(player.exposed for player in players), timeout=1000)


def test_that_the_figures_have_room_for_the_large_type_of_a_big_screen(qtbot, grid, room, pool):
    room.wall.put(0, "c1")
    pool.go_live()
    player, tile = pool.of("c1"), grid.tiles_of(0).front.tile
    player.now = TileFigures("http-ts", "h264", 640, 360, 24.96, 812, 3, 40, 300)
    grid.read_from_far(True)
    qtbot.keyClick(grid, Qt.Key.Key_I)
    metrics, room_px = QFontMetrics(tile.foot_font), tile.width() - 16
    for line in tile._foot.splitlines():
        assert metrics.horizontalAdvance(line) <= room_px, line


def test_that_event_and_frame_wait_for_their_own_picture(grid, room, pool):
    """Until then the picture of before stands there, and would be taken for that of the alarm."""
    room.wall.put(0, "c1")
    pool.go_live()
    room.wall.link(0, "c2", "a1", 0.0)
    grid.link_levels({0: WarningLevel.RED})
    grid.show_cards({0: "0.42 m"})
    tile = grid.tiles_of(0).front.tile
    assert grid.tiles_of(0).front.camera.camera_id == "c1"
    assert tile.level is None and tile._foot == ""
    pool.go_live()
    grid.tiles_of(0)._lift()
    front = grid.tiles_of(0).front
    assert front.camera.camera_id == "c2"
    assert front.tile.level is WarningLevel.RED and front.tile._foot == "0.42 m"
