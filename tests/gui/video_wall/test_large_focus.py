"""The large tile beside an alarm: low latency in front, the ordinary one resting behind it."""

import msgspec
import pytest
from PySide6.QtCore import Qt

from desktop.domain.cameras import StreamSize, TileState
from tests.gui.video_wall.test_focus_cell import FocusPlayer, FocusPool
from tests.integration.video.room import TablePlatform, make_cameras, make_room, put_cameras
from views.video_wall.large_focus import NUMBER
from views.video_wall.nearest import NearestTiles

WIDE, COLUMN = (1240, 1072), (412, 952)


@pytest.fixture
def pool(qapp) -> FocusPool:
    return FocusPool()


@pytest.fixture
def tiles(qtbot, pool) -> NearestTiles:
    room = make_room(TablePlatform(), pool)
    sizes = {"sub": StreamSize(640, 360, 25), "main": StreamSize(1920, 1080, 25)}
    cameras = (msgspec.structs.replace(one, **sizes) for one in make_cameras(8))
    put_cameras(room, tuple(cameras))
    tiles = NearestTiles(room)
    qtbot.addWidget(tiles)
    tiles.resize(*WIDE)
    with qtbot.waitExposed(tiles):
        tiles.show()
    tiles._check_exposure()
    return tiles


def focus_of(pool: FocusPool) -> FocusPlayer:
    return pool.player(NUMBER)


def lift(qtbot, tiles: NearestTiles, pool: FocusPool) -> None:
    pool.go_live()
    first = pool.players[1]
    qtbot.waitUntil(lambda: not first.exposed, timeout=2000)


def test_that_it_stands_before_the_large_tile_once_it_is_live(qtbot, tiles, pool):
    assert focus_of(pool).opened == [("c1", "main")]
    pool.players[1].say(TileState.LIVE)
    tiles._check_exposure()
    assert pool.players[1].exposed, "nothing rests before the other is live"
    lift(qtbot, tiles, pool)
    front, under = tiles.focus.front, tiles._seats[0]
    assert front.tile.geometry() == under.tile.geometry() and front.tile.isVisible()
    under.tile.hold(True)
    tiles._check_exposure()
    assert front.tile.held
    with qtbot.waitSignal(under.tile.selected, timeout=500):
        qtbot.mouseClick(front.tile, Qt.MouseButton.LeftButton)


def test_that_the_room_hears_of_one_picture_in_the_large_place(qtbot, tiles, pool):
    room = tiles._room

    def heard() -> list[tuple[int, str | None, TileState]]:
        room.tiles.flush()
        return [(s.tile, s.camera_id, s.state) for s in room.tiles.statuses()][:1] + [
            (s.tile, s.camera_id, s.state) for s in room.tiles.statuses() if s.tile > 4
        ]

    pool.players[1].say(TileState.LIVE)
    assert heard() == [(1, "c1", TileState.LIVE)]
    lift(qtbot, tiles, pool)
    pool.players[1].say(TileState.IDLE)
    assert heard() == [(1, "c1", TileState.LIVE)]
    focus_of(pool).say(TileState.STALLED)
    assert heard() == [(1, "c1", TileState.STALLED)]
    pool.players[1].say(TileState.OPENING)
    tiles.resize(*COLUMN)
    assert heard() == [(1, "c1", TileState.OPENING)]


def test_that_in_a_column_there_is_none(qtbot, tiles, pool):
    lift(qtbot, tiles, pool)
    tiles.resize(*COLUMN)
    assert tiles.focus.front is None
    assert pool.players[1].exposed and focus_of(pool).status.camera_id is None
    tiles.resize(*WIDE)
    assert tiles.focus.front is not None


def test_that_another_large_tile_takes_it_along(qtbot, tiles, pool):
    lift(qtbot, tiles, pool)
    tiles._on_focus(3)
    assert pool.players[1].exposed
    assert focus_of(pool).opened[-1][0] == "c3"
    pool.go_live()
    qtbot.waitUntil(lambda: not pool.players[3].exposed, timeout=2000)


def test_that_a_camera_it_cannot_show_has_its_ordinary_tile_back_when_that_is_live(
    qtbot, tiles, pool
):
    lift(qtbot, tiles, pool)
    pool.players[1].say(TileState.IDLE)
    focus_of(pool).late_s = 2
    tiles._check_exposure()
    assert pool.players[1].exposed and tiles.focus.front is not None
    pool.players[1].say(TileState.LIVE)
    tiles._check_exposure()
    assert tiles.focus.front is None
    tiles._check_exposure()
    assert tiles.focus.front is None, "tried again at once"
    assert "太慢" in tiles._seats[0].remark


def test_that_a_stream_that_it_cannot_play_leaves_at_once(qtbot, tiles, pool):
    focus_of(pool).say(TileState.FAILED, reason="无")
    tiles._check_exposure()
    assert tiles.focus.front is None and pool.players[1].exposed
