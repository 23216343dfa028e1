"""One tile with its player: hands the window over once it is there, the status back."""

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.context import RoomContext
from desktop.domain.cameras import Camera, TileFigures, TileState, TileStatus, own_id
from desktop.domain.picture_part import Size
from desktop.domain.picture_quality import wanted
from widgets.mask_cover import USUAL
from widgets.times import local
from widgets.video_tile import VideoTile

WHOLE = ((0.0, 0.0, 1.0, 1.0), 0.0)


class TileSeat(QObject):
    """Without a pool (safe mode) the tile says so and stays empty."""

    shown = Signal()  # the tile has shown what its player says
    is_focus = False

    def __init__(self, number: int, room: RoomContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.tile = self.new_tile(number, parent)
        self.remark = ""  # for the figures: why the picture comes as it does
        self._room = room
        self._camera: Camera | None = None
        self._profile = "sub"
        self._part = WHOLE
        self._is_ahead = False
        self._rests = False
        self._stands_for: int | None = None
        self._player = room.video.player(number) if room.video is not None else None
        if self._player is None:
            reason = self.tr("安全模式：视频未启动")
            self._show(TileStatus(number, state=TileState.FAILED, reason=reason))
        else:
            self._player.status_changed.connect(self._show)
            self._show(self._player.status)
        self.tile.window_changed.connect(self._on_window)
        room.masks.changed.connect(self._show_masks)

    def new_tile(self, number: int, parent: QWidget) -> VideoTile:
        """Called once."""
        return VideoTile(number, parent)

    @property
    def camera(self) -> Camera | None:
        return self._camera

    @property
    def profile(self) -> str:
        """main or sub."""
        return self._profile

    @property
    def is_live(self) -> bool:
        return self.tile.status.state is TileState.LIVE

    def figures(self) -> TileFigures:
        """How its picture comes at the moment; see LivePlayer.figures."""
        return self._player.figures() if self._player is not None else TileFigures()

    def seat(self, camera: Camera | None) -> None:
        """The camera of this tile from now on; the same one goes on without a break."""
        known = self._camera.camera_id if self._camera else None
        new = camera.camera_id if camera else None
        self._camera = camera
        self._show_masks()
        if new == known or self._player is None:
            return
        self.tile.show_camera(camera.name if camera else "", self._source_badge())
        if camera is None or not self.tile.is_exposed():
            self._player.clear()  # the old camera's picture must not stand under a new name
        self._open()
        self._show(self._player.status)

    def run_ahead(self, ahead: bool) -> None:
        """A picture that is opened where nobody can see it yet counts nowhere, and nobody has
        watched it: the room hears of it once it is in front."""
        if ahead is not self._is_ahead:
            self._is_ahead = ahead
            self._report(self.tile.status)

    def check_exposure(self) -> None:
        if self._player is not None:
            self._player.set_exposed(self._is_seen())
            self._open()
            self._show_masks()

    def rest(self, rests: bool) -> None:
        """Another tile in front of this one shows the same camera."""
        if rests is not self._rests:
            self._rests = rests
            self.check_exposure()
            self._report(self.tile.status)

    def stand_for(self, number: int | None) -> None:
        """The room hears of this picture as that of the tile with this number."""
        self._stands_for = number

    def _is_seen(self) -> bool:
        return self.tile.is_exposed() and not self._rests

    def fit_profile(self, coming: Camera | None = None) -> None:
        """After a change of size: a big picture takes the main stream. `coming`: before `seat`."""
        camera = coming if coming is not None else self._camera
        sub, main = (camera.sub, camera.main) if camera else (None, None)
        self.take_profile(wanted(self.tile.picture_height_px, sub, main, self._profile))

    def take_profile(self, profile: str) -> None:
        """Opens anew where another stream runs."""
        if profile != self._profile:
            self._profile = profile
            self._open()

    def look(self, part: tuple[float, float, float, float], aspect: float) -> None:
        """Which part of the picture is shown; see LivePlayer.look. Told when it changes."""
        if self._player is not None and (part, aspect) != self._part:
            self._part = (part, aspect)
            self._player.look(part, aspect)
            self._show_masks()

    def retry_now(self) -> None:
        if self._player is not None:
            self._player.retry_now()

    def why_unfit(self) -> str:
        """An ordinary tile serves for everything."""
        return ""

    def _open(self) -> None:
        """Does nothing while the tile has no place on screen: its window is not made yet."""
        if self._player is not None and self._camera is not None and self._is_seen():
            self._player.show(self._camera, self.tile.window_id(), self._profile)

    def _show_masks(self) -> None:
        """Over the picture, as large as it is by now."""
        camera = self._camera
        masks = self._room.masks.of(own_id(camera)) if camera is not None else ()
        source = USUAL
        if masks and (figures := self.figures()).width:
            source = Size(figures.width, figures.height)
        part, aspect = self._part
        self.tile.show_masks(masks, source, part, aspect > 0)

    def _source_badge(self) -> str:
        camera = self._camera
        if camera is None or not camera.shared:
            return ""
        return self.tr("{0}共享").format(camera.lender)

    def _mark_text(self) -> str:
        """From the session and the desk's clock, never from a message."""
        user = self._room.session.user
        if self._camera is None or not self._camera.is_marked or user is None:
            return ""
        seat = user.seat_id or self._room.settings.seat_id
        now = local(self._room.clock.now())
        return f"{user.name} {seat} {now:%Y-%m-%d %H:%M}"

    def _on_window(self, _number: int) -> None:
        self._open()

    def _show(self, status: TileStatus) -> None:
        self.tile.show_status(status, self._room.clock.now())
        self.tile.mark(self._mark_text())
        self._report(status)
        self.shown.emit()

    def _report(self, status: TileStatus) -> None:
        if self._is_ahead:
            self._room.tiles.drop(str(status.tile))
        elif not self._rests:
            number = self._stands_for or status.tile
            self._room.tiles.report(msgspec.structs.replace(status, tile=number))
