"""One place of the wall: its tile, and a second one below while the next picture opens."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, QTimer, Signal

from desktop.domain.cameras import MOVING_FRAMES, Camera, CameraKind, RecordedCamera, TileState
from desktop.domain.picture_quality import Choice, wanted
from desktop.domain.wall import Cell, CellOrigin, CellProfile, Fit
from views.video_wall.tile_seat import TileSeat
from views.video_wall.wall.words import stream_words
from views.video_wall.wall.zoom import Zoom
from views.video_wall.words import KIND_ICONS

WAIT_MS = 6_000
"""A next picture that does not come by then takes its place all the same, and says why."""
_SEEN = (TileState.LIVE, TileState.STALLED)
_FAR_PX, _LARGEST_TYPE = 340, 1.6
"""Seen from four metres the type grows with the cell, up to 22 px for a name."""


class CellTiles(QObject):
    """The tiles of one cell. Tiles come from and go back to the grid's stock."""

    raised = Signal(int)  # cell number: another tile stands in front now
    returned = Signal(object)  # a TileSeat that is not wanted here any more

    def __init__(
        self,
        number: int,
        take: Callable[[], TileSeat],
        take_focus: Callable[[], TileSeat | None],
        parent: QObject,
    ) -> None:
        """`take_focus` gives the tile of low latency, or None while there is none."""
        super().__init__(parent)
        self.number = number
        self._take, self._take_focus = take, take_focus
        self._enlarged = False
        self._unfit = ""  # why the camera has no low latency here
        self.front: TileSeat | None = None
        self.below: TileSeat | None = None
        self._cell = Cell()
        self._camera: Camera | None = None
        self._rect = QRect()
        self._visible = True
        self._from_far = False
        self.zoom = Zoom()
        self.choice: Choice | None = None  # of the wall's quality rules
        self._begun: int | None = None  # pictures that the one below had shown when it went live
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(WAIT_MS)
        self._patience.timeout.connect(self._lift)

    @property
    def is_arrived(self) -> bool:
        """What the wall wants here stands in front, and not still the picture before it."""
        return _shows(self.front, self._camera)

    # ---- what is to be seen -----------------------------------------------------------------

    def give(self, seat: TileSeat) -> None:
        """A tile that runs already: it moves here with its picture."""
        self.front = seat

    def give_up(self) -> TileSeat | None:
        """The tile in front, for another cell."""
        seat, self.front = self.front, None
        self.zoom = Zoom()
        return seat

    def show(
        self,
        cell: Cell,
        camera: Camera | None,
        rect: QRect,
        visible: bool,
        enlarged: bool = False,
    ) -> None:
        """What the wall wants here now. `camera` None: empty, or not in the register."""
        if not enlarged or camera is None or not _shows(self.front, camera):
            self._unfit = ""
        self._enlarged = enlarged
        self._cell, self._camera, self._rect, self._visible = cell, camera, rect, visible
        self._place()
        if camera is None:
            self._drop_below()
            self._return(self.give_up())
            return
        if _shows(self.front, camera):
            assert self.front is not None
            self.front.seat(camera)
            self._follow_profile()
        elif _shows(self.below, camera):
            self._lift_when_seen()
        elif self._goes_on():
            self._open_below(camera, self._profile())
            self._lift_when_seen()
        else:
            self._drop_below()
            if self.front is None:
                self.give(self._take())
            self._open_front(camera)
        self._tell_part()
        self._dress()

    def read_from_far(self, far: bool) -> None:
        """From the next `show` on."""
        self._from_far = far

    def prepare(self, camera: Camera | None) -> None:
        """Opens the next camera below; it stays there until `show` wants it."""
        if camera is None:
            self._drop_below()
        elif not _shows(self.below, camera) and not _shows(self.front, camera):
            self._open_below(camera, self._profile())

    def take_choice(self, choice: Choice | None) -> None:
        """What the rules of the whole wall give this cell."""
        if choice == self.choice:
            return
        self.choice = choice
        if self.front is not None and _shows(self.front, self._camera):
            self._follow_profile()
            self._dress()

    def look(self, zoom: Zoom) -> None:
        self.zoom = zoom
        self._tell_part()
        self._dress()

    def check(self) -> None:
        """Each 250 ms: only what is exposed plays."""
        for seat in (self.front, self.below):
            if seat is not None:
                seat.check_exposure()
        front = self.front
        if front is None or not _shows(front, self._camera):
            return
        if front.is_focus and not self._unfit:
            self._give_up_focus(front.why_unfit())
        if front.is_focus is not self._wants_focus() and self.below is None:
            self._follow_profile()  # the tile of low latency was in another's hands

    def retry_now(self) -> None:
        if self.front is not None:
            self.front.retry_now()

    def close(self) -> None:
        self._drop_below()
        self._return(self.give_up())

    # ---- the tile in front ------------------------------------------------------------------

    def _goes_on(self) -> bool:
        """A picture that nobody touched stays until the next one is there."""
        moves = self._cell.origin is not CellOrigin.HAND
        return moves and self._visible and self.front is not None and self.front.is_live

    def _open_front(self, camera: Camera) -> None:
        seat = self.front
        assert seat is not None
        self.zoom = Zoom()
        self._put(seat)
        seat.run_ahead(False)
        seat.take_profile(self._profile())
        seat.seat(camera)
        seat.tile.stand_above()
        self._tell_part()

    def _follow_profile(self) -> None:
        seat, wanted = self.front, self._profile()
        assert seat is not None and self._camera is not None
        if self._follow_kind(seat, self._camera, wanted):
            return
        if seat.profile == wanted:
            if _shows(self.below, self._camera):
                self._drop_below()  # it was to be another stream, and is not any more
        elif not self._visible or not seat.is_live:
            seat.take_profile(wanted)
        elif not _shows(self.below, self._camera):
            self._open_below(self._camera, wanted)
            self._lift_when_seen()

    def _follow_kind(self, front: TileSeat, camera: Camera, profile: str) -> bool:
        """The enlarged picture has low latency where it can. True: nothing else is to be done."""
        wants, below = self._wants_focus(), self.below
        if below is not None and below.is_focus and not wants:
            self._drop_below()
        if front.is_focus is wants:
            if wants:
                front.take_profile(profile)
            return wants
        if _shows(self.below, camera) and self.below is not None and self.below.is_focus is wants:
            self.below.take_profile(profile)
            self._lift_when_seen()
            return True
        if not self._visible:  # another one is enlarged, and wants it
            self._drop_below()
            self._return(self.give_up())
            self.give(self._take())
            self._open_front(camera)
            return True
        seat = self._take_focus() if wants else self._take()
        if seat is None:
            return False
        self._open_below(camera, profile, seat)
        self._lift_when_seen()
        return True

    def _wants_focus(self) -> bool:
        live = self._camera is not None and not isinstance(self._camera, RecordedCamera)
        return live and self._enlarged and self._visible and not self._unfit

    def _give_up_focus(self, why: str) -> None:
        if why and why != self._unfit:
            self._unfit = why
            self._follow_profile()
            self._dress()

    def _profile(self) -> str:
        """By the order of the operator, else by the size of the picture."""
        if self._cell.profile is not CellProfile.AUTO:
            return self._cell.profile.value
        now = self.front.profile if self.front is not None else "sub"
        tile = self.front.tile if self.front is not None else None
        ratio = tile.devicePixelRatioF() if tile is not None else 1.0
        if self.choice is not None:
            return self.choice.profile
        camera = self._camera
        sub, main = (camera.sub, camera.main) if camera is not None else (None, None)
        return wanted(round(self._rect.height() * ratio), sub, main, now)

    # ---- the one below ----------------------------------------------------------------------

    def _open_below(self, camera: Camera, profile: str, seat: TileSeat | None = None) -> None:
        self._drop_below()
        seat = self.below = seat if seat is not None else self._take()
        seat.shown.connect(self._on_below)
        self._put(seat)
        seat.tile.stand_below()
        seat.run_ahead(True)
        seat.take_profile(profile)
        seat.seat(camera)

    def _drop_below(self) -> None:
        self._begun = None
        self._patience.stop()
        seat, self.below = self.below, None
        if seat is not None:
            seat.shown.disconnect(self._on_below)
            self._return(seat)

    def _lift_when_seen(self) -> None:
        """Its native window is mapped below the other; it is lifted once pictures run in it."""
        if self.below is None:
            return
        refused = self.below.tile.status.state in (TileState.REFUSED, TileState.FAILED)
        if refused or self._runs_below():
            self._lift()
        elif not self._patience.isActive():
            self._patience.start()

    def _lift(self) -> None:
        """The tile below comes to the front; the former one goes."""
        seat = self.below
        self._patience.stop()
        if seat is None or not _shows(seat, self._camera):
            return
        if self._gave_up_stream(seat):
            if seat.is_focus:
                self._unfit = seat.why_unfit() or seat.tile.status.reason or self.tr("没有画面")
            self._drop_below()
            self._dress()
            self.raised.emit(self.number)  # what came back is put away
            return
        seat.shown.disconnect(self._on_below)
        same = _shows(self.front, self._camera)
        zoom = self.zoom
        self.below, self._begun = None, None
        former = self.give_up()
        self.give(seat)
        self.zoom = zoom if same else Zoom()
        self._tell_part()
        self._dress()
        seat.tile.stand_above()
        seat.run_ahead(False)
        self._return(former)
        self.raised.emit(self.number)

    def _gave_up_stream(self, seat: TileSeat) -> bool:
        """The other stream of a camera does not come: the one that runs is better than none."""
        front = self.front
        return (
            _shows(front, self._camera)
            and front is not None
            and (front.is_live or seat.is_focus)
            and (not seat.is_live)
        )

    def _runs_below(self) -> bool:
        """A native window shows only what is drawn after it was mapped, with the first picture."""
        status = self.below.tile.status if self.below is not None else None
        if status is None or status.state is not TileState.LIVE:
            self._begun = None
            return False
        if self._begun is None:
            self._begun = status.frames_shown
        return status.frames_shown - self._begun >= MOVING_FRAMES

    def _on_below(self) -> None:
        self._runs_below()  # one that was opened long before it is wanted is ready at once
        if _shows(self.below, self._camera):
            self._lift_when_seen()

    # ---- looks ------------------------------------------------------------------------------

    def _place(self) -> None:
        for seat in (self.front, self.below):
            if seat is not None:
                self._put(seat)

    def _put(self, seat: TileSeat) -> None:
        tile = seat.tile
        tile.fill(self._cell.fit is Fit.FILL)
        tile.enlarge_type(self._type_scale)
        if tile.geometry() != self._rect:
            tile.setGeometry(self._rect)
        tile.setVisible(self._visible)

    @property
    def _type_scale(self) -> float:
        grown = round(self._rect.width() / _FAR_PX, 1)
        return min(max(grown, 1.0), _LARGEST_TYPE) if self._from_far else 1.0

    def _dress(self) -> None:
        for seat in (self.front, self.below):
            if seat is None or seat.camera is None:
                continue
            tile = seat.tile
            tile.show_number(self.number + 1)
            fixed = seat.camera.kind is CameraKind.FIXED
            tile.show_kind("" if fixed else KIND_ICONS[seat.camera.kind])
            tile.show_note(self._note(seat))
            if not seat.is_focus:
                seat.remark = self.tr("非低延迟：{0}").format(self._unfit) if self._unfit else ""
            if tile.held is not self._cell.held:
                blocked = tile.blockSignals(True)
                tile.hold(self._cell.held)
                tile.blockSignals(blocked)

    def _note(self, seat: TileSeat) -> str:
        """How far it is enlarged; which stream, for who sits before it."""
        parts: list[str] = []
        if not self.zoom.is_whole and seat is self.front:
            parts.append(f"×{self.zoom.factor:.1f}")
        if not self._from_far and not isinstance(seat.camera, RecordedCamera):
            parts.append(
                stream_words(self._cell.profile, self.choice, seat.profile, self._rect.width())
            )
        if self._enlarged and seat is self.front:
            parts.append(self.tr("· Esc 还原"))
        return " ".join(parts)

    def _tell_part(self) -> None:
        seat = self.front
        if seat is None:
            return
        picture = seat.tile.picture_rect
        fills = self._cell.fit is Fit.FILL and picture.height() > 0
        seat.look(self.zoom.part, picture.width() / picture.height() if fills else 0.0)

    def _return(self, seat: TileSeat | None) -> None:
        if seat is not None:
            seat.tile.choose(False)
            seat.tile.link_to(None)
            seat.tile.show_foot("")
            seat.tile.show_sound("")
            seat.look(Zoom().part, 0.0)
            self.returned.emit(seat)


def _shows(seat: TileSeat | None, camera: Camera | None) -> bool:
    return (
        seat is not None
        and camera is not None
        and seat.camera is not None
        and seat.camera.camera_id == camera.camera_id
    )
