"""The cells of the chosen wall: places the tiles, moves running pictures, takes hand and keys."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from desktop.context import RoomContext
from desktop.domain.camera_tree import CAMERA_MIME, ids_of
from desktop.domain.cameras import Camera, TileStatus
from desktop.domain.levels import WarningLevel
from desktop.domain.link_messages import ServiceCondition
from desktop.domain.picture_quality import Choice
from desktop.domain.wall import Cell
from views.video_wall.before_alarm import before_alarm
from views.video_wall.tile_seat import TileSeat
from views.video_wall.wall.carriers import Carriers
from views.video_wall.wall.cell import CellTiles
from views.video_wall.wall.empty_cell import paint_empty, paint_ring
from views.video_wall.wall.figures import Figures
from views.video_wall.wall.hand import Hand
from views.video_wall.wall.rects import cell_rects, gap_px
from views.video_wall.wall.stock import Stock
from views.video_wall.wall.wall_keys import WallKeys
from widgets.seen_timer import SeenTimer
from widgets.theme import colour

_EXPOSURE_MS, _SECOND_MS = 250, 1000


class WallGrid(QWidget):
    """Shows `room.wall`; every change goes through it."""

    dropped = Signal(object, int)  # camera ids in their order, and the cell they were let go over
    menu_asked = Signal(int, QPoint)  # cell, place on the screen
    counted = Signal()  # what the tiles say has changed
    snapshot_asked = Signal(int)  # cell
    masking_asked = Signal(int)  # cell
    map_asked = Signal(str)  # camera

    def __init__(self, room: RoomContext, number: int = 0, parent: QWidget | None = None) -> None:
        """`number`: which wall; 0 is the workstation's."""
        super().__init__(parent)
        self.setObjectName("wall_grid")
        self.setAccessibleName(self.tr("视频墙"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self._room, self._store = room, room.wall
        self._cells: list[CellTiles] = []
        self._stock = Stock(room, self, self._adopt, number)
        self._levels: dict[int, WarningLevel] = {}
        self._cards: dict[int, str] = {}
        self._aim: tuple[int, ...] = ()  # cells that what is dragged would fall into
        self._outline = QRect()  # what a dragged border would make
        self._rest_up = False
        self._figures = Figures()
        self._from_far = False
        self._beside: QWidget | None = None
        self._carriers = Carriers(room, self)
        self.hand = Hand(self, room.wall)
        self.keys = WallKeys(self, room.wall)
        self.installEventFilter(self)
        SeenTimer(self, _SECOND_MS, self._on_second)  # ages and figures go on by themselves
        SeenTimer(self, _EXPOSURE_MS, self._tick)
        room.wall.changed.connect(self.sync)
        room.wall.prepared.connect(self._on_prepared)
        room.cameras.changed.connect(self.sync)
        room.health.changed.connect(self._on_health)
        self.sync()

    # ---- what others ask --------------------------------------------------------------------

    def rects(self) -> list[QRect]:
        """Of the cells, also of those that an enlarged one covers."""
        return cell_rects(self._store.wall.layout, self.width(), self.height())

    def cell_at(self, point: QPoint) -> int | None:
        """The cell at a place of the grid; in a gap there is none."""
        focused = self._store.focused
        if focused is not None:
            return focused
        return next((n for n, rect in enumerate(self.rects()) if rect.contains(point)), None)

    def tiles_of(self, index: int) -> CellTiles:
        """Raises IndexError."""
        return self._cells[index]

    def status_of(self, index: int) -> TileStatus | None:
        """What the tile in front says; None for an empty cell."""
        front = self._cells[index].front if index < len(self._cells) else None
        return front.tile.status if front is not None else None

    def link_levels(self, levels: dict[int, WarningLevel]) -> None:
        """Frames in the colour of alarms, by cell."""
        self._levels = dict(levels)
        self._mark()

    def may_enlarge(self, index: int) -> bool:
        """What is empty has nothing to be seen larger; what is enlarged goes back in any case."""
        return (
            self._store.focused is not None or self._store.wall.cells[index].camera_id is not None
        )

    @property
    def count(self) -> int:
        return len(self._cells)

    def show_cards(self, cards: dict[int, str]) -> None:
        """One line of the event below the pictures of an alarm, by cell."""
        if cards != self._cards:
            self._cards = dict(cards)
            self._tell_feet()

    def take_choices(self, choices: dict[int, Choice]) -> None:
        """Which stream each cell takes where the operator left it to the wall."""
        for index, cell in enumerate(self._cells):
            cell.take_choice(choices.get(index))

    def show_aim(self, cells: Sequence[int], outline: QRect | None = None) -> None:
        self._aim, self._outline = tuple(cells), outline or QRect()
        self._mark()
        self.update()

    def read_from_far(self, far: bool) -> None:
        """Larger type, for a big screen that many look at."""
        self._from_far = far
        self.sync()

    def set_beside(self, facts: QWidget | None) -> None:
        """Stands at the right of the enlarged picture, which gives its room for it."""
        if facts is self._beside:
            return
        if self._beside is not None:
            self._beside.hide()
        self._beside = facts
        if facts is not None:
            facts.setParent(self)
            facts.show()
        self.sync()

    def toggle_stats(self) -> None:
        self._figures.toggle()
        self._tell_feet()

    # ---- the wall on the screen -------------------------------------------------------------

    def sync(self) -> None:
        """Brings the tiles to what the store says. Running pictures move with their tiles."""
        wall, focused = self._store.wall, self._store.focused
        wanted = [self._camera_of(cell) for cell in wall.cells]
        while len(self._cells) < len(wanted):
            self._cells.append(self._new_cell(len(self._cells)))
        self._move_running(wanted)
        for cell in self._cells[len(wanted) :]:
            cell.close()
        del self._cells[len(wanted) :]
        rects, whole = self.rects(), self._whole()
        for index, cell in enumerate(self._cells):
            seen = focused is None or focused == index
            cell.read_from_far(self._from_far)
            rect = whole if focused == index else rects[index]
            cell.show(wall.cells[index], wanted[index], rect, seen, focused == index)
        self._stock.put_away()
        self._mark()
        self.update()
        self.counted.emit()

    def _whole(self) -> QRect:
        """The place of an enlarged cell; puts beside it what belongs there."""
        rect = self.rect()
        if self._beside is not None:
            wide = self._beside.sizeHint().width()
            rect.setWidth(max(rect.width() - wide - gap_px(self._store.wall.layout), wide))
            self._beside.setGeometry(self.width() - wide, 0, wide, self.height())
        return rect

    def _move_running(self, wanted: list[Camera | None]) -> None:
        """Tiles whose camera is wanted in another cell now go there, with their picture."""
        loose: dict[str, list[TileSeat]] = {}
        for index, cell in enumerate(self._cells):
            front = cell.front
            if front is None or front.camera is None:
                continue
            here = wanted[index] if index < len(wanted) else None
            if here is None or here.camera_id != front.camera.camera_id:
                loose.setdefault(front.camera.camera_id, []).append(front)
        if not loose:
            return
        for index, camera in enumerate(wanted):
            found = loose.get(camera.camera_id) if camera is not None else None
            cell = self._cells[index]
            if not found or (cell.front is not None and cell.front not in _all(loose)):
                continue
            seat = found.pop(0)
            owner = next(one for one in self._cells if one.front is seat)
            owner.give_up()
            former = cell.give_up()
            cell.give(seat)
            if former is not None:
                self._stand_in(former, owner)

    def _stand_in(self, seat: TileSeat, owner: CellTiles) -> None:
        """The tile that was driven out goes where the other came from: two that swap are done."""
        owner.give(seat)

    def _new_cell(self, number: int) -> CellTiles:
        cell = CellTiles(number, self._stock.take, self._stock.take_focus, self)
        cell.raised.connect(self._mark)
        cell.returned.connect(self._on_returned)
        return cell

    def _adopt(self, seat: TileSeat) -> None:
        seat.tile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        seat.tile.installEventFilter(self)
        seat.tile.held_changed.connect(partial(self._on_pin, seat))
        seat.shown.connect(self._on_shown)

    def _on_returned(self, seat: TileSeat) -> None:
        self._stock.give_back(seat)
        QTimer.singleShot(0, self, self._stock.put_away)  # what is taken back in this turn goes on

    def _on_prepared(self, index: int) -> None:
        if index < len(self._cells):
            camera_id = self._store.next_of(index)
            self._cells[index].prepare(self._camera(camera_id))
            self._stock.put_away()

    def _camera_of(self, cell: Cell) -> Camera | None:
        """What a cell is to show: a camera as it is now, or the moments before an alarm."""
        camera = self._camera(cell.camera_id)
        if camera is None or cell.link is None or not cell.link.clip:
            return camera
        return before_alarm(camera, self._room.alarms.last_known(cell.link.alarm_id))

    def _camera(self, camera_id: str | None) -> Camera | None:
        return self._room.cameras.get(camera_id) if camera_id else None

    def _on_shown(self) -> None:
        self.counted.emit()

    def _on_pin(self, seat: TileSeat, _number: int, held: bool) -> None:
        index = self.cell_of(seat.tile)
        if index is not None:
            self._store.hold(index, held)
        self.setFocus()

    def cell_of(self, tile: QObject) -> int | None:
        """The cell in which a tile stands in front."""
        for index, cell in enumerate(self._cells):
            if cell.front is not None and cell.front.tile is tile:
                return index
        return None

    def _mark(self, _number: int = -1) -> None:
        selected = self._store.selected
        for index, cell in enumerate(self._cells):
            if cell.front is not None:
                cell.front.tile.choose(index in self._aim if self._aim else index == selected)
                cell.front.tile.link_to(self._levels.get(index) if cell.is_arrived else None)
        self._tell_feet()
        self._stock.put_away()

    def _tell_feet(self) -> None:
        """The event of an alarm, what carries the camera, the figures where they are wanted."""
        for index, cell in enumerate(self._cells):
            front = cell.front
            if front is None or front.camera is None:
                continue
            card = self._cards.get(index, "") if cell.is_arrived else ""
            parts = [card, self._carriers.line(front.camera)]
            first = " · ".join(filter(None, parts))
            lines = [first, *self._figures.lines(front)]
            front.tile.show_foot("\n".join(filter(None, lines)))

    # ---- clocks -----------------------------------------------------------------------------

    def _on_second(self) -> None:
        self._figures.forget()
        self._tell_feet()

    def _tick(self) -> None:
        for cell in self._cells:
            cell.check()
        self._stock.check_exposure()

    def _on_health(self) -> None:
        """A platform that came back is asked at once, whatever the tiles wait for."""
        rest_up = self._room.health.health.rest.condition is ServiceCondition.UP
        if rest_up and not self._rest_up:
            for cell in self._cells:
                cell.retry_now()
        self._rest_up = rest_up

    # ---- Qt ---------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sync()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keys.press(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        taken = (
            self.hand.grid_event(event) if watched is self else self.hand.tile_event(watched, event)
        )
        return taken or super().eventFilter(watched, event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(CAMERA_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        ids = dragged_ids(event)
        here = self.cell_at(event.position().toPoint())
        if here is None or not ids:
            self.show_aim(())
            event.ignore()
            return
        aim = [here]
        if len(ids) > 1:
            aim = list(self._store.wall.places_from(here)[: len(ids)])
        self.show_aim(aim)
        event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.show_aim(())

    def dropEvent(self, event: QDropEvent) -> None:
        self.show_aim(())
        ids, here = dragged_ids(event), self.cell_at(event.position().toPoint())
        if ids and here is not None:
            event.acceptProposedAction()
            self.dropped.emit(ids, here)
            self.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("bg0"))
        wall, focused = self._store.wall, self._store.focused
        for index, rect in enumerate(self.rects()):
            cell = self._cells[index] if index < len(self._cells) else None
            if focused is not None and focused != index:
                continue
            if cell is None or cell.front is None:
                chosen = not self._aim and index == self._store.selected
                where = self._whole() if focused == index else rect
                held = wall.cells[index].held
                missing = wall.cells[index].camera_id is not None
                paint_empty(painter, where, index + 1, chosen, held, missing, index in self._aim)
        if not self._outline.isNull():
            paint_ring(painter, self._outline)


def dragged_ids(event: QDropEvent) -> tuple[str, ...]:
    """Camera ids of what is dragged, in its order."""
    return ids_of(bytes(event.mimeData().data(CAMERA_MIME).data()))


def _all(loose: dict[str, list[TileSeat]]) -> set[TileSeat]:
    return {seat for seats in loose.values() for seat in seats}
