"""The enlarged cell: low latency where it can be had, and the ordinary tile where not."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication

from desktop.domain.cameras import TileState
from desktop.domain.picture_part import WHOLE, Size
from desktop.domain.wall import preset
from desktop.video import wire
from desktop.video.focus_canvas import FocusCanvas, FocusFrame
from desktop.video.places import FIRST_FOCUS_TILE
from tests.gui.video_wall.conftest import WallPlayer, WallPool
from tests.integration.video.room import TablePlatform, make_cameras, make_room, put_cameras
from views.video_wall.focus_seat import FocusSeat
from views.video_wall.tile_seat import TileSeat
from views.video_wall.wall.figures import Figures
from views.video_wall.wall.grid import WallGrid

MASK = ((0.0, 0.0), (0.5, 0.0), (0.5, 0.5), (0.0, 0.5))


class FocusPlayer(WallPlayer):
    late_s = 0


class FocusPool(WallPool):
    def __init__(self) -> None:
        super().__init__()
        self.sent: list[wire.ToVideo] = []
        self.memory = FocusCanvas(0, self.sent.append)

    def player(self, tile: int) -> FocusPlayer:
        return self.players.setdefault(tile, FocusPlayer(tile))

    def canvas(self, tile: int) -> FocusCanvas:
        assert tile >= FIRST_FOCUS_TILE
        return self.memory

    @property
    def focus(self) -> FocusPlayer:
        return self.player(FIRST_FOCUS_TILE)

    def picture(self, value: int = 90) -> None:
        pixels = bytes([value, value, value, 255]) * (320 * 180)
        self.memory.pictured.emit(
            FocusFrame(pixels, Size(320, 180), 320 * 4, Size(1920, 1080), WHOLE, 0.0)
        )


@pytest.fixture
def pool(qapp) -> FocusPool:
    return FocusPool()


def figures_of(seat: TileSeat) -> str:
    figures = Figures()
    figures.toggle()
    return " · ".join(figures.lines(seat))


def enlarge(grid: WallGrid, room, pool: FocusPool, index: int = 1):
    room.wall.fill(["c1", "c2", "c3", "c4"])
    pool.go_live()
    room.wall.toggle_focus(index)
    return grid.tiles_of(index)


def settle(qtbot, cell, is_focus: bool) -> FocusSeat:
    qtbot.waitUntil(
        lambda: cell.front.is_focus is is_focus and cell.below is None and cell.front.is_live,
        timeout=2000,
    )
    return cell.front


def test_that_low_latency_opens_below_and_takes_the_place_with_its_first_picture(
    qtbot, grid, room, pool
):
    cell = enlarge(grid, room, pool)
    assert not cell.front.is_focus and cell.front.is_live  # nothing is black meanwhile
    assert cell.below.is_focus and pool.focus.opened[0][0] == "c2"
    grid._tick()
    pool.focus.go_live()
    seat = settle(qtbot, cell, True)
    assert seat.tile.geometry() == grid.rect()
    assert "低延迟" in figures_of(seat)
    assert sum(p.status.camera_id == "c2" for p in pool.players.values()) == 1


def test_that_it_goes_back_to_an_ordinary_tile_without_a_gap(qtbot, grid, room, pool):
    cell = enlarge(grid, room, pool)
    pool.go_live()
    settle(qtbot, cell, True)
    room.wall.toggle_focus(1)
    assert cell.front.is_focus and cell.front.is_live and not cell.below.is_focus
    pool.go_live()
    settle(qtbot, cell, False)
    assert pool.focus.status.camera_id is None
    other = grid.tiles_of(2)
    room.wall.toggle_focus(2)
    pool.go_live()
    settle(qtbot, other, True)


def test_that_a_camera_without_a_stream_for_it_stays_ordinary_and_says_why(qtbot, grid, room, pool):
    cell = enlarge(grid, room, pool)
    pool.focus.say(TileState.FAILED, reason="本机不能播放此摄像机的流：hls")
    pool.of("c2").say(TileState.LIVE)
    assert not cell.front.is_focus and cell.below is None
    assert "hls" in figures_of(cell.front)
    grid._tick()
    assert cell.below is None or not cell.below.is_focus, "tried again at once"
    room.wall.toggle_focus(1)
    room.wall.toggle_focus(1)
    assert cell.below.is_focus


def test_that_a_machine_that_is_too_slow_gets_the_ordinary_tile(qtbot, grid, room, pool):
    cell = enlarge(grid, room, pool)
    pool.go_live()
    settle(qtbot, cell, True)
    pool.focus.late_s = 1
    grid._tick()
    assert cell.front.is_focus and cell.below is None
    pool.focus.late_s = 2
    grid._tick()
    assert cell.front.is_focus and not cell.below.is_focus
    pool.go_live()
    seat = settle(qtbot, cell, False)
    assert "太慢" in figures_of(seat)


def test_that_pictures_are_painted_with_the_mark_and_the_mask(qtbot, pool):
    room = make_room(TablePlatform(), pool)
    put_cameras(room, make_cameras(4))
    room.masks.show({"c2": (MASK,)})
    room.wall.set_layout(preset("4"))
    grid = WallGrid(room)
    qtbot.addWidget(grid)
    grid.resize(1200, 700)
    with qtbot.waitExposed(grid):
        grid.show()
    cell = enlarge(grid, room, pool)
    pool.picture(200)
    pool.go_live()
    picture = settle(qtbot, cell, True).tile.picture
    image = picture.frame().toImage()
    wide, high = image.width(), image.height()
    assert image.pixelColor(wide * 3 // 4, high * 3 // 4).red() == 200
    assert image.pixelColor(wide // 4, high // 4).red() != 200
    cell.look(cell.zoom.turned(8, 0.0, 0.0))  # a mask stays on what it covers
    image = picture.frame().toImage()
    assert image.pixelColor(wide * 3 // 4, high * 3 // 4).red() != 200
    still = picture.dress(QImage(64, 36, QImage.Format.Format_RGB32))
    assert still.size().width() == 64 and still.pixelColor(5, 5) == image.pixelColor(2, 2)
    picture.mark("张敏 一号席")
    marked = picture.frame().toImage()
    assert marked != image


def test_that_the_wheel_keeps_the_place_under_the_pointer_with_any_shape(qtbot, grid, room, pool):
    cell = enlarge(grid, room, pool)
    pool.picture()
    pool.memory.pictured.emit(
        FocusFrame(bytes(4 * 4 * 3), Size(4, 3), 16, Size(640, 480), WHOLE, 0.0)
    )
    pool.go_live()
    tile = settle(qtbot, cell, True).tile
    rect = tile.picture_rect
    assert abs(rect.width() / rect.height() - 4 / 3) < 0.02, "a picture of 4:3 has no room beside"
    point = QPointF(rect.x() + rect.width() * 0.3, rect.y() + rect.height() * 0.7)
    event = QWheelEvent(
        point, QPointF(tile.mapToGlobal(point)), QPoint(), QPoint(0, 240),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(tile, event)
    (left, top, width, height), _aspect = pool.focus.looks[-1]
    assert left + 0.3 * width == pytest.approx(0.3, abs=0.003)
    assert top + 0.7 * height == pytest.approx(0.7, abs=0.003)


def test_that_a_still_is_asked_for_and_carries_the_time_of_the_camera(qtbot, grid, room, pool):
    cell = enlarge(grid, room, pool)
    pool.picture()
    assert not pool.sent or not any(isinstance(one, wire.Still) for one in pool.sent)
    pool.go_live()
    seat = settle(qtbot, cell, True)
    assert seat.ask_still() and isinstance(pool.sent[-1], wire.Still)
    came_s = room.clock.monotonic_s() - 0.5
    frame = FocusFrame(bytes(16 * 9 * 4), Size(16, 9), 64, Size(16, 9), WHOLE, came_s)
    with qtbot.waitSignal(room.snapshots.taken, timeout=500) as told:
        pool.memory.still_taken.emit(frame)
    snapshot = told.args[0]
    assert snapshot.camera_id == "c2" and snapshot.image.width() == 16
    assert 0.4 < (snapshot.taken_at - snapshot.shown_at).total_seconds() < 2.0


def test_that_no_picture_is_painted_here_while_masks_cannot_be_read(qtbot, pool):
    room = make_room(TablePlatform(), pool)
    room.masks.is_known = False
    put_cameras(room, make_cameras(4))
    grid = WallGrid(room)
    qtbot.addWidget(grid)
    room.wall.set_layout(preset("4"))
    grid.show()
    cell = enlarge(grid, room, pool)
    assert not cell.front.is_focus and (cell.below is None or not cell.below.is_focus)
