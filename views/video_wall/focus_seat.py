"""The tile that is looked at, with its player and the memory that its pictures come in."""

from datetime import timedelta

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.context import RoomContext
from desktop.domain.cameras import TileFigures, TileState, own_id
from desktop.stores.snapshots import Snapshot
from desktop.video.focus_canvas import FocusCanvas, FocusFrame
from views.video_wall.tile_seat import TileSeat
from widgets.focus_picture import image_over
from widgets.focus_tile import FocusTile

_LATE_LIMIT_S = 2
_TRIES = 3


class FocusSeat(TileSeat):
    """One at most for each number of desktop.video.places; see `focus_seat`."""

    still_taken = Signal(object)  # Snapshot
    is_focus = True
    tile: FocusTile

    def __init__(
        self, number: int, room: RoomContext, canvas: FocusCanvas, parent: QWidget
    ) -> None:
        super().__init__(number, room, parent)
        self._canvas = canvas
        self.remark = self.tr("低延迟")
        picture = self.tile.picture
        picture.window_resized.connect(self._canvas.resize)
        self._canvas.resize(picture.window_size())
        self._canvas.pictured.connect(self._on_frame)
        self._canvas.still_taken.connect(self._on_still)

    def new_tile(self, number: int, parent: QWidget) -> FocusTile:
        return FocusTile(number, parent)

    def look(self, part: tuple[float, float, float, float], aspect: float) -> None:
        """The pixels that are there at once, sharper ones with the next picture."""
        self.tile.picture.look(part, aspect > 0)
        super().look(part, aspect)

    def figures(self) -> TileFigures:
        """Nothing is held back before it is shown, and PyAV is given no device."""
        return msgspec.structs.replace(super().figures(), buffer_ms=0, by_processor=True)

    def why_unfit(self) -> str:
        """Why an ordinary tile does better; empty as long as this one does."""
        status, player = self.tile.status, self._player
        if player is not None and player.late_s >= _LATE_LIMIT_S:
            return self.tr("本机太慢")
        if status.state is TileState.FAILED:
            return status.reason
        if status.state is TileState.RETRY and status.attempt >= _TRIES:
            return self.tr("打不开：{0}").format(status.reason)
        return ""

    def ask_still(self) -> bool:
        """False without a live picture; else `still_taken` brings it."""
        if self.is_live:
            self._canvas.ask_still()
        return self.is_live

    def _open(self) -> None:
        """A hidden picture is not told that its size has changed."""
        self._canvas.resize(self.tile.picture.window_size())
        super()._open()

    def _show_masks(self) -> None:
        """Painted with the picture, and into each still of it."""
        camera = self._camera
        self.tile.picture.show_masks(self._room.masks.of(own_id(camera)) if camera else ())

    def _on_frame(self, frame: FocusFrame) -> None:
        self.tile.picture.show_frame(
            frame.pixels, frame.size, frame.stride, frame.source, frame.part
        )

    def _on_still(self, frame: FocusFrame) -> None:
        """The whole picture as it came, with the mask and the mark that it is seen with."""
        camera, clock = self._camera, self._room.clock
        if camera is None or not self.is_live:
            return
        image = image_over(frame.pixels, frame.size, frame.stride)
        now, age_s = clock.now(), max(0.0, clock.monotonic_s() - frame.came_s)
        self.still_taken.emit(
            Snapshot(
                self.tile.picture.dress(image),
                camera.camera_id,
                camera.name,
                now,
                now - timedelta(seconds=age_s),
            )
        )


def focus_seat(number: int, room: RoomContext, parent: QWidget) -> FocusSeat | None:
    """None where this station has none: safe mode, no memory, masks that cannot be read."""
    if room.video is None or not room.masks.is_known:
        return None
    try:
        canvas = room.video.canvas(number)
    except OSError:
        return None
    return FocusSeat(number, room, canvas, parent)
