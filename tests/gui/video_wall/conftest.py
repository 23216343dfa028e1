"""A wall of real widgets and a real store, whose players do what the test says."""

import pytest
from PySide6.QtCore import Qt

from desktop.domain.cameras import TileState
from desktop.domain.wall import preset
from tests.gui.video_tile.conftest import FakePlayer, FakePool
from tests.integration.video.room import TablePlatform, make_cameras, make_room, put_cameras
from views.video_wall.wall.grid import WallGrid


class WallPlayer(FakePlayer):
    def __init__(self, tile: int) -> None:
        super().__init__(tile)
        self.volumes: list[int] = []
        self.looks: list[tuple[tuple[float, ...], float]] = []

    def look(self, part, aspect: float = 0.0) -> None:
        self.looks.append((part, aspect))

    def set_volume(self, percent: int) -> None:
        self.volumes.append(percent)

    def go_live(self) -> None:
        """Its first picture, and then so many that it moves."""
        for shown in (1, 7):
            self.say(TileState.LIVE, age_ms=100, frames_shown=shown)


class WallPool(FakePool):
    def player(self, tile: int) -> WallPlayer:
        return self.players.setdefault(tile, WallPlayer(tile))

    def of(self, camera_id: str) -> WallPlayer:
        """The player that has this camera now."""
        found = [p for p in self.players.values() if p.status.camera_id == camera_id]
        assert len(found) == 1, found
        return found[0]

    def go_live(self) -> None:
        for player in self.players.values():
            if player.status.camera_id is not None:
                player.go_live()


@pytest.fixture
def pool(qapp) -> WallPool:
    return WallPool()


@pytest.fixture
def room(pool):
    room = make_room(TablePlatform(), pool)
    put_cameras(room, make_cameras(30))
    room.wall.set_layout(preset("4"))
    return room


@pytest.fixture
def grid(qtbot, room) -> WallGrid:
    grid = WallGrid(room)
    qtbot.addWidget(grid)
    grid.resize(1200, 700)
    with qtbot.waitExposed(grid):
        grid.show()
    grid.setFocus(Qt.FocusReason.OtherFocusReason)
    return grid
