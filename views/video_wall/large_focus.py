"""The large tile beside an alarm has low latency: a second tile in front of it."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from desktop.context import RoomContext
from desktop.domain.cameras import MOVING_FRAMES, Camera, RecordedCamera, TileState
from desktop.video.places import FIRST_FOCUS_TILE
from views.video_wall.focus_seat import FocusSeat, focus_seat
from views.video_wall.tile_seat import TileSeat

NUMBER = FIRST_FOCUS_TILE + 1
"""The other one of the two is the wall's."""


class LargeFocus(QObject):
    """The ordinary tile below rests while this one is live, and takes over where it is not."""

    def __init__(self, room: RoomContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._room, self._parent = room, parent
        self._front: FocusSeat | None = None
        self._is_possible = True
        self._wanted: TileSeat | None = None  # in the large place
        self._under: TileSeat | None = None  # below the tile in front
        self._unfit = ""  # camera_id
        self._is_below = True
        self._begun: int | None = None  # pictures that it had shown when it went live

    @property
    def front(self) -> FocusSeat | None:
        """While it stands before another tile."""
        return self._front if self._under is not None else None

    def follow(self, seat: TileSeat | None) -> None:
        """The seat in the large place; None where none is larger than the others."""
        if seat is not self._wanted:
            self._wanted, self._unfit = seat, ""
        self.check()

    def check(self) -> None:
        """Each 250 ms, and when a tile or its camera has changed."""
        wanted, camera = self._wanted, self._wanted.camera if self._wanted else None
        under = self._under
        if under is not None and (under is not wanted or not _same(under.camera, self._front)):
            self._leave()
        if wanted is None or camera is None or isinstance(camera, RecordedCamera):
            return
        if self._under is None and camera.camera_id != self._unfit:
            self._enter(wanted, camera)
        if self._under is not None and self._front is not None:
            self._tend(self._front, self._under)

    def retry_now(self) -> None:
        if self.front is not None:
            self.front.retry_now()

    def _enter(self, under: TileSeat, camera: Camera) -> None:
        if self._front is None and self._is_possible:
            self._front = self._new_front()
            self._is_possible = self._front is not None
        front = self._front
        if front is None or not under.tile.is_exposed():
            return
        self._under, self._is_below = under, True
        front.tile.setGeometry(under.tile.geometry())
        front.tile.show()
        front.tile.stand_below()
        front.run_ahead(True)
        self._dress(front, under)  # its size is known only when it is shown
        front.seat(camera)

    def _new_front(self) -> FocusSeat | None:
        front = focus_seat(NUMBER, self._room, self._parent)
        if front is not None:
            front.tile.hide()
            front.tile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            front.tile.selected.connect(self._on_selected)
            front.tile.focus_requested.connect(self._on_focus)
            front.tile.held_changed.connect(self._on_held)
            front.shown.connect(self._on_shown)
        return front

    def _tend(self, front: FocusSeat, under: TileSeat) -> None:
        self._dress(front, under)
        front.check_exposure()
        camera = front.camera
        if camera is not None and front.why_unfit():
            self._unfit = camera.camera_id
            under.remark = front.why_unfit()
        if camera is not None and camera.camera_id == self._unfit:
            under.rest(False)
            if under.is_live or not front.is_live:
                self._leave()

    def _dress(self, front: FocusSeat, under: TileSeat) -> None:
        """It looks like the one that it stands before."""
        tile = front.tile
        if tile.geometry() != under.tile.geometry():
            tile.setGeometry(under.tile.geometry())
        front.fit_profile(under.camera)
        tile.show_number(under.tile.number)
        tile.link_to(under.tile.level)
        tile.choose(under.tile.hasFocus())
        if tile.held is not under.tile.held:
            blocked = tile.blockSignals(True)
            tile.hold(under.tile.held)
            tile.blockSignals(blocked)

    def _leave(self) -> None:
        self._begun = None
        under, self._under = self._under, None
        if self._front is not None:
            self._front.run_ahead(True)
            self._front.tile.hide()
            self._front.seat(None)
        if under is not None:
            under.rest(False)

    def _on_shown(self) -> None:
        front = self.front
        if front is None or not self._is_below:
            return
        status = front.tile.status
        if status.state is not TileState.LIVE:
            self._begun = None
        elif self._begun is None:
            self._begun = status.frames_shown
        elif status.frames_shown - self._begun >= MOVING_FRAMES:
            self._lift(front)

    def _lift(self, front: FocusSeat) -> None:
        """A window shows what is drawn after it was mapped: by now there is something in it."""
        self._is_below, self._begun = False, None
        front.tile.stand_above()
        if self._under is not None:
            self._under.rest(True)
            front.stand_for(self._under.tile.number)
        front.run_ahead(False)

    def _on_selected(self, _number: int) -> None:
        if self._under is not None:
            self._under.tile.selected.emit(self._under.tile.number)

    def _on_focus(self, _number: int) -> None:
        if self._under is not None:
            self._under.tile.focus_requested.emit(self._under.tile.number)

    def _on_held(self, _number: int, held: bool) -> None:
        if self._under is not None:
            self._under.tile.hold(held)


def _same(camera: Camera | None, front: FocusSeat | None) -> bool:
    shown = front.camera if front is not None else None
    return camera is not None and shown is not None and camera.camera_id == shown.camera_id
