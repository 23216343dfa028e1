"""A picture that is opened below another: when it counts, when it comes to the front."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from desktop.domain.cameras import TileState
from desktop.domain.wall import CellOrigin


def test_that_a_picture_opened_ahead_counts_once_it_is_in_front_and_is_watched_from_then_on(
    qtbot, grid, room, pool
):
    from desktop.shell.lights import video_light
    from desktop.stores.viewing import ViewingLog

    class Audit(QObject):
        closing = Signal()

    watched = ViewingLog(room.tiles, room.session, Audit(grid), room.clock, grid)
    room.wall.put(0, "c1", CellOrigin.TOUR)
    pool.go_live()
    room.wall.prepare(0, "c2")

    def counted() -> tuple[str, list[str]]:
        room.tiles.flush()
        cameras = [viewing.camera_id for viewing in watched._viewings.values() if viewing.running]
        return video_light(room.tiles.statuses()).word, cameras

    assert counted() == ("1/1", ["c1"])
    pool.of("c2").go_live()
    assert counted() == ("1/1", ["c1"])
    room.wall.put(0, "c2", CellOrigin.TOUR)
    cell = grid.tiles_of(0)
    qtbot.waitUntil(lambda: cell.front.camera.camera_id == "c2", timeout=1000)
    assert counted() == ("1/1", ["c2"])


def test_that_a_picture_opened_ahead_in_vain_is_closed(qtbot, grid, room, pool):
    room.wall.put(0, "c1", CellOrigin.TOUR)
    pool.go_live()
    room.wall.prepare(0, "c2")
    grid.tiles_of(0).prepare(None)
    qtbot.waitUntil(lambda: pool.players[102].status.camera_id is None, timeout=1000)
    assert [s.camera_id for s in room.tiles.statuses() if s.camera_id] == ["c1"]


def test_that_a_picture_is_lifted_with_its_second_new_frame_and_not_before(grid, room, pool):
    room.wall.put(0, "c1", CellOrigin.TOUR)
    pool.go_live()
    room.wall.put(0, "c2", CellOrigin.TOUR)
    cell, player = grid.tiles_of(0), pool.of("c2")
    for shown in (4, 4, 5):  # counted before its window was there, then one
        player.say(TileState.LIVE, age_ms=40, frames_shown=shown)
        QApplication.processEvents()
        assert cell.front.camera.camera_id == "c1"
    player.say(TileState.STALLED, age_ms=2000, frames_shown=5)
    player.say(TileState.LIVE, age_ms=40, frames_shown=9)  # the first of a new session
    assert cell.front.camera.camera_id == "c1"
    player.say(TileState.LIVE, age_ms=40, frames_shown=11)
    assert cell.front.camera.camera_id == "c2"


def test_that_a_picture_that_ran_ahead_comes_to_the_front_at_once(grid, room, pool):
    room.wall.put(0, "c1", CellOrigin.TOUR)
    pool.go_live()
    room.wall.prepare(0, "c2")
    pool.of("c2").go_live()
    room.wall.put(0, "c2", CellOrigin.TOUR)
    assert grid.tiles_of(0).front.camera.camera_id == "c2"
