"""A tour on the wall: the clock that moves it on, and what the operator's hand does to it."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QObject, QTimer

from desktop.context import RoomContext
from desktop.domain import tours
from desktop.domain.linkage import assign_tiles
from desktop.domain.tours import Due, Pause, Step, Tour, TourRun
from desktop.domain.wall import Cell, CellOrigin
from desktop.domain.wall_scenes import onto

TICK_MS = 250


class TourRunner(QObject):
    """Acts on `room.wall` and tells `room.tours` how it stands. `seen`: whether the wall's page is
    on the screen: what nobody sees does not go on."""

    def __init__(
        self, room: RoomContext, seen: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._room, self._seen = room, seen
        self._wall, self._store = room.wall, room.tours
        self._tab = 0
        self._layout = room.wall.wall.layout
        self._acting = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        room.wall.touched.connect(self._on_touched)
        room.wall.changed.connect(self._on_wall)
        room.wall.tab_closed.connect(self._on_tab_closed)
        room.wall.loaded.connect(self.stop)
        room.tours.asked.connect(self._on_asked)

    # ---- what the bar asks ------------------------------------------------------------------

    def start(self, tour: Tour, cells: Sequence[int] | None = None) -> None:
        """On these cells, else on all that nobody holds and that wait for no alarm."""
        self.stop()
        chosen = tuple(cells) if cells is not None else self.free_cells()
        self._tab, self._layout = self._wall.chosen_tab, self._wall.wall.layout
        self._put(tours.start(tour, chosen, self._now_s()))
        self._timer.start()
        self._show(0)

    def stop(self) -> None:
        """The pictures stay as they stand."""
        run = self._store.run
        self._timer.stop()
        if run is not None:
            self._give_up_next(run)
            self._store.show_run(None)

    def step(self, by: int) -> None:
        """The next or the former one now; a paused tour stays paused."""
        run = self._store.run
        if run is not None:
            self._show(run.step + by)

    def toggle(self) -> None:
        """Stands still by the operator's order, or goes on."""
        run = self._store.run
        if run is None:
            return
        if run.pause in (Pause.NONE, Pause.HIDDEN):
            self._give_up_next(run)
            self._put(tours.pause(run, Pause.KEY, self._now_s()))
        else:
            self._put(tours.resume(run, self._now_s()))

    def free_cells(self) -> tuple[int, ...]:
        """All cells without a pin that are not reserved for alarms; with one cell it is that."""
        wall = self._wall.wall
        reserved = self._room.tile_linkage.rules.cells(wall.layout)
        free = [n for n, cell in enumerate(wall.cells) if not cell.held]
        return tuple(n for n in free if n not in reserved) or tuple(free)

    def now(self) -> Step | None:
        """What the run shows."""
        run = self._store.run
        return None if run is None else self._step(run, run.step)

    # ---- the clock --------------------------------------------------------------------------

    def tick(self) -> None:
        """Called by the timer; tests call it after moving the clock."""
        run = self._store.run
        if run is None:
            return
        now_s = self._now_s()
        away = not self._seen() or self._wall.chosen_tab != self._tab
        if away and run.pause is Pause.NONE:
            run = tours.pause(run, Pause.HIDDEN, now_s)
        elif not away and run.pause is Pause.HIDDEN:
            run = tours.resume(run, now_s)
        run, due = tours.tick(run, now_s)
        self._put(run)
        if due is Due.PREPARE:
            self._prepare(run)
        elif due is Due.SHOW:
            self._show(run.step + 1)

    def _show(self, step: int) -> None:
        run = self._store.run
        if run is None:
            return
        found = self._step(run, step)
        if found is None:  # all of them offline: tried again after the dwell
            self._put(tours.shown(run, step, self._now_s()))
            return
        self._act(run, found)
        index = found.number - 1  # around at the ends
        self._put(tours.shown(run, index, self._now_s()))

    def _act(self, run: TourRun, found: Step) -> None:
        self._acting = True
        try:
            if run.tour.of_walls:
                self._show_wall(found.items[0])
            else:
                self._wall.put_all(dict(self._pairs(run, found)), CellOrigin.TOUR)
        finally:
            self._acting = False

    def _show_wall(self, name: str) -> None:
        saved = next((one for one in self._wall.saved if one.name == name), None)
        if saved is not None:
            self._wall.set_wall(onto(self._wall.wall, saved.wall, CellOrigin.TOUR))

    def _prepare(self, run: TourRun) -> None:
        found = self._step(run, run.step + 1)
        for cell, camera_id in self._pairs(run, found) if found is not None else ():
            if self._wall.wall.cells[cell].camera_id != camera_id:
                self._wall.prepare(cell, camera_id)

    def _pairs(self, run: TourRun, found: Step) -> list[tuple[int, str]]:
        """Cell and camera; a held one and one that shows an alarm are left out. A camera of the
        step before that comes again keeps its cell, and its picture goes on."""
        cells, wall = self._open_cells(run), self._wall.wall
        shown = assign_tiles([wall.cells[n].camera_id for n in cells], (), found.items)
        return [(n, one) for n, one in zip(cells, shown, strict=True) if one is not None]

    def _open_cells(self, run: TourRun) -> list[int]:
        cells = self._wall.wall.cells
        return [
            n for n in run.cells if n < len(cells) and not cells[n].held and cells[n].link is None
        ]

    def _step(self, run: TourRun, step: int) -> Step | None:
        width = 1 if run.tour.of_walls else len(self._open_cells(run))
        return tours.step_at(run.tour, step, width, self._usable(run.tour))

    def _usable(self, tour: Tour) -> Collection[str]:
        if tour.of_walls:
            return {one.name for one in self._wall.saved}
        found = (self._room.cameras.get(one) for one in tour.camera_ids)
        return {camera.camera_id for camera in found if camera is not None and camera.online}

    # ---- the hand ---------------------------------------------------------------------------

    def _on_touched(self, cell: int) -> None:
        """Whatever a person does in a toured cell stops the tour for a while. Where he put
        another picture, the cell is his from now on."""
        run = self._store.run
        if run is None or self._acting or self._wall.chosen_tab != self._tab:
            return
        if not run.tour.of_walls and cell not in run.cells:
            return
        self._give_up_next(run)
        now = self._wall.wall.cells[cell]
        taken = now.origin is not CellOrigin.TOUR and now.link is None
        if taken and not run.tour.of_walls:
            run = tours.on_cells(run, (one for one in run.cells if one != cell))
        if not run.cells:
            self.stop()
            return
        self._put(tours.pause(run, Pause.TOUCH, self._now_s(), float(self._store.pause_s)))

    def _on_wall(self) -> None:
        """Another layout has other numbers: the tour goes on where its pictures went. Where none
        of them is left it ends."""
        run, wall = self._store.run, self._wall.wall
        if run is None or run.tour.of_walls or self._acting or self._wall.chosen_tab != self._tab:
            return
        if wall.layout != self._layout:
            self._layout = wall.layout
            self._give_up_next(run)
            run = tours.on_cells(run, (n for n, one in enumerate(wall.cells) if _is_toured(one)))
            self._put(run)
        cells = [wall.cells[n] for n in run.cells]
        gone = not any(_is_toured(one) or one.link is not None for one in cells)
        if gone and (not run.cells or self.now() is not None):
            self.stop()

    def _on_tab_closed(self, number: int) -> None:
        if number == self._tab:
            self.stop()
        elif number < self._tab:
            self._tab -= 1

    def _on_asked(self, name: str) -> None:
        tour = self._store.get(name)
        if tour is not None:
            self.start(tour)
        elif not name:
            self.stop()

    def _give_up_next(self, run: TourRun) -> None:
        """Nothing goes on opening below the pictures while the tour stands."""
        for cell in run.cells:
            if self._wall.next_of(cell) is not None:
                self._wall.prepare(cell, None)

    def _put(self, run: TourRun) -> None:
        self._store.show_run(run)

    def _now_s(self) -> float:
        return self._room.clock.monotonic_s()


def _is_toured(cell: Cell) -> bool:
    """Also where an alarm stands in front of the tour's picture."""
    origin = cell.link.former_origin if cell.link is not None else cell.origin
    return origin is CellOrigin.TOUR
