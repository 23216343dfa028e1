"""The tiles of the wall that no cell has at the moment."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.context import RoomContext
from desktop.domain.cameras import FIRST_WALL_TILE
from desktop.video.places import FIRST_FOCUS_TILE, WALL_TILES
from views.video_wall.focus_seat import FocusSeat, focus_seat
from views.video_wall.tile_seat import TileSeat


class Stock:
    """Makes tiles when they are first needed, and keeps them for the next."""

    def __init__(
        self,
        room: RoomContext,
        parent: QWidget,
        adopt: Callable[[TileSeat], None],
        number: int = 0,
    ) -> None:
        """`adopt` gets each tile once, when it is new; `number`: which wall, 0 the workstation's,
        which alone has a tile of low latency."""
        self._room, self._parent, self._adopt = room, parent, adopt
        self._free: list[TileSeat] = []
        self._made = 0
        self._focus: FocusSeat | None = None  # made when a cell is first enlarged
        self._focus_free, self._has_focus = True, number == 0
        self._first = FIRST_WALL_TILE + number * WALL_TILES

    def take(self) -> TileSeat:
        if self._free:
            return self._free.pop()
        seat = TileSeat(self._first + self._made, self._room, self._parent)
        self._made += 1
        self._adopt(seat)
        return seat

    def take_focus(self) -> TileSeat | None:
        """The one tile of low latency; None while it is elsewhere, or where there is none."""
        if self._focus is None and self._has_focus:
            self._focus = focus_seat(FIRST_FOCUS_TILE, self._room, self._parent)
            self._has_focus = self._focus is not None
            if self._focus is not None:
                self._adopt(self._focus)
                self._focus.still_taken.connect(self._room.snapshots.take)
        if self._focus is None or not self._focus_free:
            return None
        self._focus_free = False
        return self._focus

    def give_back(self, seat: TileSeat) -> None:
        if seat is self._focus:
            self._focus_free = True
        else:
            self._free.append(seat)

    def put_away(self) -> None:
        """They show nothing and are not seen."""
        for seat in self._idle():
            seat.seat(None)
            seat.tile.hide()

    def check_exposure(self) -> None:
        for seat in self._idle():
            seat.check_exposure()

    def _idle(self) -> list[TileSeat]:
        free = [self._focus] if self._focus is not None and self._focus_free else []
        return [*self._free, *free]
