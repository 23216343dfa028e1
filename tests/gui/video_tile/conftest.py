"""A pool without processes: its players do what the test says."""

import pytest
from PySide6.QtCore import QObject, Signal

from desktop.domain.cameras import Camera, TileFigures, TileState, TileStatus
from desktop.video.focus_canvas import FocusCanvas
from tests.integration.video.room import TablePlatform, make_cameras, make_room, put_cameras


class FakePlayer(QObject):
    status_changed = Signal(object)

    def __init__(self, tile: int) -> None:
        super().__init__()
        self.status = TileStatus(tile)
        self.opened: list[tuple[str, str]] = []  # camera_id, profile
        self.exposed = True
        self.retries = 0
        self.now = TileFigures()
        self.asked = 0  # for its figures
        self._open: tuple[str, int, str] | None = None

    def show(self, camera: Camera, window_id: int, profile: str = "sub") -> None:
        if self._open != (camera.camera_id, window_id, profile):
            self._open = (camera.camera_id, window_id, profile)
            self.opened.append((camera.camera_id, profile))
            self.say(TileState.OPENING)

    def clear(self) -> None:
        self._open = None
        self.say(TileState.IDLE)

    def set_exposed(self, exposed: bool) -> None:
        self.exposed = exposed

    def figures(self) -> TileFigures:
        self.asked += 1
        return self.now

    def retry_now(self) -> None:
        self.retries += 1

    def say(self, state: TileState, **fields: object) -> None:
        camera_id = self._open[0] if self._open else None
        self.status = TileStatus(self.status.tile, camera_id, state, **fields)
        self.status_changed.emit(self.status)


class FakePool:
    def __init__(self) -> None:
        self.players: dict[int, FakePlayer] = {}

    def player(self, tile: int) -> FakePlayer:
        return self.players.setdefault(tile, FakePlayer(tile))

    def canvas(self, tile: int) -> FocusCanvas:
        raise OSError("no memory for pictures here")


@pytest.fixture
def pool(qapp) -> FakePool:
    return FakePool()


@pytest.fixture
def room(pool):
    room = make_room(TablePlatform(), pool)
    put_cameras(room, make_cameras(8))
    return room
