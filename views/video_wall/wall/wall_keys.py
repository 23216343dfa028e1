"""The keys of the wall while it has the focus; the key sheet names them in desktop.shell.keys."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence

from desktop.domain.wall import CellProfile, Fit
from desktop.stores.wall import WallStore

if TYPE_CHECKING:
    from views.video_wall.wall.grid import WallGrid

DIGITS_MS = 700
"""Within it a second digit belongs to the first: 1 and 2 are cell 12."""

_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_TAKEN_BY_OTHERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class WallKeys(QObject):
    """`press` says whether a key was one of ours."""

    def __init__(self, grid: "WallGrid", store: WallStore) -> None:
        super().__init__(grid)
        self._grid, self._store = grid, store
        self._digits = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DIGITS_MS)
        self._timer.timeout.connect(self._forget)
        self._orders: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Return: self._focus,
            Qt.Key.Key_Enter: self._focus,
            Qt.Key.Key_Delete: self._clear,
            Qt.Key.Key_H: self._hold,
            Qt.Key.Key_A: self._fit,
            Qt.Key.Key_M: self._profile,
            Qt.Key.Key_I: grid.toggle_stats,
            Qt.Key.Key_S: self._snapshot,
            Qt.Key.Key_G: self._map,
            Qt.Key.Key_X: self._split,
            Qt.Key.Key_Plus: self._zoom_in,
            Qt.Key.Key_Equal: self._zoom_in,
            Qt.Key.Key_Minus: self._zoom_out,
            Qt.Key.Key_PageUp: self._former_tab,
            Qt.Key.Key_PageDown: self._next_tab,
        }

    def add(self, key: Qt.Key, order: Callable[[], None]) -> None:
        """Of what moves the wall beside the hand."""
        self._orders[key] = order

    def press(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Undo):
            self._store.undo()
            return True
        if event.modifiers() & _TAKEN_BY_OTHERS:
            return False
        key = event.key()
        if key in _STEPS:
            self._store.step(*_STEPS[Qt.Key(key)])
            return True
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self._digit(chr(key))
            return True
        order = self._orders.get(key)
        if order is None:
            return False
        order()
        return True

    def _digit(self, digit: str) -> None:
        count = len(self._store.wall.cells)
        both = self._digits + digit
        wanted = both if both and 0 < int(both) <= count else digit
        if 0 < int(wanted) <= count:
            self._store.select(int(wanted) - 1)
        self._digits = wanted if int(wanted) * 10 <= count else ""
        self._timer.start()

    def _forget(self) -> None:
        self._digits = ""

    def _focus(self) -> None:
        if self._grid.may_enlarge(self._store.selected):
            self._store.toggle_focus(self._store.selected)

    def _clear(self) -> None:
        self._store.clear(self._store.selected)

    def _hold(self) -> None:
        self._store.toggle_hold(self._store.selected)

    def _fit(self) -> None:
        index = self._store.selected
        fills = self._store.wall.cells[index].fit is Fit.FILL
        self._store.set_fit(index, Fit.KEEP if fills else Fit.FILL)

    def _profile(self) -> None:
        """Around: by size, main, sub."""
        index, order = self._store.selected, tuple(CellProfile)
        now = order.index(self._store.wall.cells[index].profile)
        self._store.set_profile(index, order[(now + 1) % len(order)])

    def _snapshot(self) -> None:
        self._grid.snapshot_asked.emit(self._store.selected)

    def _map(self) -> None:
        camera_id = self._store.wall.cells[self._store.selected].camera_id
        if camera_id is not None:
            self._grid.map_asked.emit(camera_id)

    def _split(self) -> None:
        self._store.split(self._store.selected)

    def _zoom_in(self) -> None:
        self._zoom(1.0)

    def _zoom_out(self) -> None:
        self._zoom(-1.0)

    def _zoom(self, steps: float) -> None:
        index = self._store.selected
        cell = self._grid.tiles_of(index)
        cell.look(cell.zoom.turned(steps, 0.5, 0.5))
        self._store.touch(index)

    def _former_tab(self) -> None:
        self._store.step_tab(-1)

    def _next_tab(self) -> None:
        self._store.step_tab(1)
