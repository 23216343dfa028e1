"""One live picture of a cockpit: real streams, stopped as soon as nobody sees them."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.context import RoomContext
from desktop.domain.cameras import Camera, TileState, TileStatus, own_id
from desktop.domain.levels import WarningLevel
from desktop.domain.picture_part import Size
from desktop.domain.picture_quality import wanted
from widgets.mask_cover import USUAL
from widgets.times import local
from widgets.video_tile import VideoTile

_WHOLE = (0.0, 0.0, 1.0, 1.0)


class VideoSeat(QObject):
    """`number`: lent by the pool; without a pool (safe mode) the tile says so."""

    def __init__(self, number: int, room: RoomContext, zoom: float, parent: QWidget) -> None:
        super().__init__(parent)
        self.number, self._room = number, room
        self.camera: Camera | None = None
        self._profile = "sub"
        self.tile = VideoTile(number, parent)
        self.tile.enlarge_type(zoom)
        self.tile.show_number(0)
        self.tile.setMinimumSize(1, 1)
        self._player = room.video.player(number) if room.video is not None else None
        if self._player is None:
            reason = self.tr("安全模式：视频未启动")
            self.tile.show_status(TileStatus(number, state=TileState.FAILED, reason=reason))
        else:
            self._player.status_changed.connect(self._show)
        self.tile.window_changed.connect(self.look)
        room.masks.changed.connect(self._show_masks)

    def seat(self, camera: Camera, level: WarningLevel | None, foot: str) -> None:
        """The same camera goes on without a break."""
        if self.camera is None or self.camera.camera_id != camera.camera_id:
            self.tile.show_camera(camera.name)
        self.camera = camera
        self.tile.link_to(level)
        lender = self.tr("{0}共享").format(camera.lender) if camera.shared else ""
        self.tile.show_foot(" · ".join(filter(None, (lender, foot))))
        self.look()

    def look(self, _number: int = 0) -> None:
        """Opens where it can be seen, and stops where it cannot."""
        if self._player is None or self.camera is None:
            return
        is_seen = self.tile.is_exposed()
        self._player.set_exposed(is_seen)
        if is_seen:
            camera = self.camera
            self._profile = wanted(
                self.tile.picture_height_px, camera.sub, camera.main, self._profile
            )
            self._player.show(camera, self.tile.window_id(), self._profile)
            self._show_masks()

    def close(self) -> None:
        """The number goes back to the pool."""
        self._room.masks.changed.disconnect(self._show_masks)
        if self._player is not None:
            self._player.status_changed.disconnect(self._show)
            self._player.set_exposed(False)
            assert self._room.video is not None
            self._room.video.give_back((self.number,))
        self._room.tiles.drop(str(self.number))
        self.tile.hide()
        self.tile.deleteLater()
        self.deleteLater()

    def _show(self, status: TileStatus) -> None:
        self.tile.show_status(status, self._room.clock.now())
        self.tile.mark(self._mark_text())
        self._room.tiles.report(status)

    def _show_masks(self) -> None:
        """Over the picture, as large as it is by now."""
        camera = self.camera
        masks = self._room.masks.of(own_id(camera)) if camera is not None else ()
        source = USUAL
        if masks and self._player is not None and (figures := self._player.figures()).width:
            source = Size(figures.width, figures.height)
        self.tile.show_masks(masks, source, _WHOLE, False)

    def _mark_text(self) -> str:
        """Who looks, across a picture that is lent; from the session, never from a message."""
        user = self._room.session.user
        if self.camera is None or not self.camera.is_marked or user is None:
            return ""
        seat = user.seat_id or self._room.settings.seat_id
        return f"{user.name} {seat} {local(self._room.clock.now()):%Y-%m-%d %H:%M}"
