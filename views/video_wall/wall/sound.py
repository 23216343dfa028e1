"""The sound of one camera of the wall: at most one, softer than every alarm, silent under a red."""

from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.context import RoomContext
from desktop.domain.cameras import Camera, RecordedCamera, TileState, TileStatus
from desktop.video.places import SOUND_TILE
from views.video_wall.wall.grid import WallGrid

LOOK_MS = 250
_ICON, _SILENT_ICON, _OPENING_ICON = "volume-high", "pause-circle-outline", "timer-sand"
_AWAY = (TileState.RETRY, TileState.REFUSED, TileState.FAILED)


class _Player(Protocol):
    @property
    def status(self) -> TileStatus: ...

    def show(self, camera: Camera, window_id: int, profile: str = "sub") -> None: ...

    def clear(self) -> None: ...

    def set_volume(self, percent: int) -> None: ...


class WallSound(QObject):
    """Belongs to a camera, not to a cell: it ends when that camera is not seen any more."""

    told = Signal(str)  # why there is none

    def __init__(self, room: RoomContext, grid: WallGrid) -> None:
        super().__init__(grid)
        self._room, self._grid = room, grid
        self._camera: Camera | None = None
        self._player: _Player | None = None
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MS)
        self._looking.timeout.connect(self.look)
        room.sound.changed.connect(self.look)
        room.session.changed.connect(self.look)

    @property
    def camera_id(self) -> str | None:
        return self._camera.camera_id if self._camera is not None else None

    @property
    def is_silent(self) -> bool:
        """A red that calls is heard alone, unless the operator has silenced it for a minute."""
        sound = self._room.sound
        return sound.red_waiting and not sound.silence_left_s

    def toggle(self) -> None:
        """Of the chosen cell; another one that sounded gives way."""
        seat = self._grid.tiles_of(self._room.wall.selected).front
        camera = seat.camera if seat is not None else None
        if camera is None or camera.camera_id == self.camera_id:
            self._end()
        elif isinstance(camera, RecordedCamera) or self._room.video is None:
            self.told.emit(self.tr("这一格没有实时画面，没有声音"))
        else:
            self._begin(camera)

    def look(self) -> None:
        """Called by the timer and whenever an alarm may sound."""
        if self._camera is None or self._player is None:
            return
        if self._room.session.user is None or not self._is_seen():
            self._end()
            return
        self._player.set_volume(self._volume_percent())
        self._mark()

    def _begin(self, camera: Camera) -> None:
        player = self._the_player()
        self._camera = camera
        player.set_volume(self._volume_percent())
        player.show(camera, 0)
        self._looking.start()
        self._mark()

    def _end(self) -> None:
        self._camera = None
        self._looking.stop()
        if self._player is not None:
            self._player.clear()
        self._mark()

    def _give_way(self) -> None:
        """The wall of another monitor is heard now; the player is its."""
        self._camera = None
        self._looking.stop()
        self._mark()

    def _the_player(self) -> _Player:
        if self._player is None:
            assert self._room.video is not None
            player = self._room.video.player(SOUND_TILE)
            player.status_changed.connect(self._on_status)
            self._player = player
        return self._player

    def _on_status(self, status: TileStatus) -> None:
        """Its picture has a player of its own: here only the sound is missing."""
        if self._camera is not None and status.camera_id not in (None, self.camera_id):
            self._give_way()
        elif self._camera is not None and status.state in _AWAY:
            words = self.tr("{0}：没有声音，或本台没有声音输出").format(self._camera.name)
            self._end()
            self.told.emit(words)
        elif self._camera is not None:
            self._mark()

    def _is_seen(self) -> bool:
        if not self._grid.isVisible():
            return False
        fronts = (self._grid.tiles_of(index).front for index in range(self._grid.count))
        return any(
            seat is not None
            and seat.camera is not None
            and seat.camera.camera_id == self.camera_id
            and seat.tile.isVisible()
            for seat in fronts
        )

    def _volume_percent(self) -> int:
        """The operator's own for alarms, of which the player makes less."""
        return 0 if self.is_silent else int(self._room.preferences.get("volume_percent"))

    def _mark(self) -> None:
        """The sign stands in the header of the picture that is heard, or will be."""
        live = self._player is not None and self._player.status.state is TileState.LIVE
        icon = _SILENT_ICON if self.is_silent else _ICON if live else _OPENING_ICON
        for index in range(self._grid.count):
            seat = self._grid.tiles_of(index).front
            if seat is not None:
                heard = seat.camera is not None and seat.camera.camera_id == self.camera_id
                seat.tile.show_sound(icon if heard else "")
