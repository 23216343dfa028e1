"""The video wall's state: its tabs, what stands in them, which cell is chosen or enlarged.

The only place where the wall changes: the page, the directory, tours, linkage and scenes act here
and hear of it by `changed`. What lasts is kept with the preferences of the user, which are written
a quarter of a second after a change, beside the GUI thread.
"""

from collections.abc import Callable, Iterable, Mapping

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from desktop.domain.wall import CellOrigin, CellProfile, Fit, Layout, Span, Wall
from desktop.domain.wall_tabs import MOST_TABS, Kept, SavedWall, Tab, clean_name, new_tab
from desktop.stores.preferences import Preferences, read_as
from desktop.stores.saved_walls import SavedWalls

KEY_TABS = "wall_tabs"
MOST_PAST = 50  # steps that can be taken back


class WallStore(SavedWalls):
    """Cell numbers start at 0 and are those of the chosen tab. A number that is not there, as
    after a layout that became smaller meanwhile, changes nothing."""

    changed = Signal()  # anything that is seen of the wall
    prepared = Signal(int)  # cell: another camera is to be opened below its picture
    touched = Signal(int)  # cell: the operator's hand was on it; tours pause here
    sent_away = Signal(str, bool)  # alarm_id, whether its recording: by the operator's hand
    tab_closed = Signal(int)  # its number; those behind it have moved up
    loaded = Signal()  # the tabs of another user, or none: nothing of before stands any more

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tabs: tuple[Tab, ...] = (new_tab(),)
        self._chosen_tab = 0
        self._selected = 0
        self._focused: int | None = None
        self._next: dict[int, str] = {}
        self._past: list[Wall] = []  # of the shown tab, the latest last
        self._keeper: Callable[[Kept], None] | None = None

    # ---- what there is ----------------------------------------------------------------------

    @property
    def tabs(self) -> tuple[Tab, ...]:
        return self._tabs

    @property
    def chosen_tab(self) -> int:
        return self._chosen_tab

    @property
    def wall(self) -> Wall:
        """Of the chosen tab."""
        return self._tabs[self._chosen_tab].wall

    @property
    def selected(self) -> int:
        """The chosen cell: what a key acts on."""
        return min(self._selected, len(self.wall.cells) - 1)

    @property
    def focused(self) -> int | None:
        """The cell that fills the whole wall for now."""
        focused = self._focused
        return focused if focused is not None and self._has(focused) else None

    def next_of(self, index: int) -> str | None:
        """The camera that is being opened below the picture of a cell."""
        return self._next.get(index)

    # ---- tabs -------------------------------------------------------------------------------

    def add_tab(self, name: str = "", wall: Wall | None = None) -> int:
        """Its number; the last one where there is no room for another."""
        if len(self._tabs) < MOST_TABS:
            self._tabs = (*self._tabs, new_tab(name, wall))
            self._show_tab(len(self._tabs) - 1)
        return len(self._tabs) - 1

    def rename_tab(self, number: int, name: str) -> None:
        if 0 <= number < len(self._tabs):
            self._put_tab(number, replace(self._tabs[number], name=clean_name(name)))
            self._tell()

    def close_tab(self, number: int) -> None:
        """The last one becomes an empty wall."""
        if not 0 <= number < len(self._tabs):
            return
        rest = self._tabs[:number] + self._tabs[number + 1 :]
        self._tabs = rest or (new_tab(),)
        now = self._chosen_tab
        self._show_tab(min(now - (number < now), len(self._tabs) - 1))
        self.tab_closed.emit(number)

    def take_tab(self, number: int) -> Tab | None:
        """Closed here, for another wall."""
        if not 0 <= number < len(self._tabs):
            return None
        tab = self._tabs[number]
        self.close_tab(number)
        return tab

    def choose_tab(self, number: int) -> None:
        if 0 <= number < len(self._tabs) and number != self._chosen_tab:
            self._show_tab(number)

    def step_tab(self, step: int) -> None:
        """Around at the ends."""
        self.choose_tab((self._chosen_tab + step) % len(self._tabs))

    # ---- the hand of the operator -----------------------------------------------------------

    def select(self, index: int) -> None:
        if self._has(index) and index != self._selected:
            self._selected = index
            self.changed.emit()

    def step(self, step_rows: int, step_cols: int) -> None:
        """The chosen cell moves; an enlarged one gives its place to the next in reading order."""
        layout, here = self.wall.layout, self.selected
        if self.focused is None:
            self.select(layout.neighbour(here, step_rows, step_cols))
            return
        there = (here + (step_rows or step_cols)) % layout.count
        self._selected = self._focused = there
        self.changed.emit()

    def focus(self, index: int | None) -> None:
        """One cell over the whole wall; None gives the others their places back."""
        if index is not None and not self._has(index):
            return
        if index != self._focused:
            self._focused = index
            if index is not None:
                self._selected = index
                self.touched.emit(index)
            self.changed.emit()

    def toggle_focus(self, index: int) -> None:
        self.focus(None if self.focused == index else index)

    def touch(self, index: int) -> None:
        """The operator works in this cell (zoom, drag) without changing what stands in it."""
        self.touched.emit(index)

    # ---- what stands where ------------------------------------------------------------------

    def put(
        self,
        index: int,
        camera_id: str,
        origin: CellOrigin = CellOrigin.HAND,
        *,
        over_held: bool = False,
    ) -> None:
        self._act(index, lambda wall: wall.put(index, camera_id, origin, over_held=over_held),
                  by_hand=origin is CellOrigin.HAND)  # fmt: skip

    def put_all(self, cameras: Mapping[int, str], origin: CellOrigin) -> None:
        """Several cells in one change; held ones stay."""
        wall = self.wall
        for index, camera_id in cameras.items():
            if self._has(index):
                wall = wall.put(index, camera_id, origin)
        self._change(wall, origin is CellOrigin.HAND, keeps=origin is not CellOrigin.TOUR)

    def link(
        self, index: int, camera_id: str, alarm_id: str, since_s: float, *, clip: bool = False
    ) -> None:
        """An alarm takes the cell, see `Wall.link`."""
        self._act(index, lambda wall: wall.link(index, camera_id, alarm_id, since_s, clip=clip),
                  by_hand=False)  # fmt: skip

    def unlink(self, index: int) -> None:
        """The former picture returns."""
        self._act(index, lambda wall: wall.unlink(index), by_hand=False)

    def swap(self, first: int, second: int) -> None:
        if self._has(second) and first != second:
            self._act(first, lambda wall: wall.swap(first, second))
            self.touched.emit(second)

    def clear(self, index: int) -> None:
        self._act(index, lambda wall: wall.clear(index))

    def clear_all(self) -> None:
        self._change(self.wall.clear_all(), by_hand=True)

    def fill(self, ids: Iterable[str], start: int = 0, origin: CellOrigin = CellOrigin.HAND) -> int:
        """How many of them found a place; held cells are left as they are."""
        wanted = tuple(ids)
        places = self.wall.places_from(start)[: len(wanted)]
        return self._fill(self.wall.fill_from(wanted, start, origin), places, origin)

    def add(self, ids: Iterable[str], origin: CellOrigin = CellOrigin.HAND) -> int:
        """Into the empty cells, else from the first; how many of them found a place."""
        wanted = tuple(ids)
        places = self.wall.places_to_add()[: len(wanted)]
        return self._fill(self.wall.add(wanted, origin), places, origin)

    def hold(self, index: int, held: bool) -> None:
        self._act(index, lambda wall: wall.hold(index, held))

    def toggle_hold(self, index: int) -> None:
        if self._has(index):
            self.hold(index, not self.wall.cells[index].held)

    def set_fit(self, index: int, fit: Fit) -> None:
        self._act(index, lambda wall: wall.with_fit(index, fit))

    def set_profile(self, index: int, profile: CellProfile) -> None:
        self._act(index, lambda wall: wall.with_profile(index, profile))

    def set_layout(self, layout: Layout) -> None:
        self._focused = None
        self._change(self.wall.with_layout(layout))

    def stretch(self, index: int, wanted: Span) -> None:
        """One cell gets this rectangle of the grid."""
        self._act(index, lambda wall: wall.with_span(index, wanted))

    def split(self, index: int) -> None:
        self._act(index, lambda wall: wall.split(index))

    def set_wall(self, wall: Wall) -> None:
        """Everything of the chosen tab at once, as a scene wants it."""
        if wall.is_whole():
            self._focused = None
            self._change(wall)

    def prepare(self, index: int, camera_id: str | None) -> None:
        """Opens a camera below the picture of a cell; `put` of the same one raises it then with
        its first picture. None gives it up."""
        if not self._has(index) or self._next.get(index) == camera_id:
            return
        if camera_id is None:
            self._next.pop(index, None)
        else:
            self._next[index] = camera_id
        self.prepared.emit(index)

    # ---- back ----------------------------------------------------------------------------------

    @property
    def steps(self) -> int:
        """How many can be taken back."""
        return len(self._past)

    def undo(self) -> bool:
        """What the hand did last on this tab is taken back; False: there is nothing."""
        if not self._past:
            return False
        *self._past, wall = self._past
        before, self._focused = self.wall, None
        self._next.clear()
        self._put_tab(self._chosen_tab, replace(self._tabs[self._chosen_tab], wall=wall))
        self._tell()
        for index, cell in enumerate(wall.cells):
            if index >= len(before.cells) or cell != before.cells[index]:
                self.touched.emit(index)
        return True

    def open_saved(self, saved: SavedWall) -> None:
        """In the chosen tab."""
        self.set_wall(saved.wall)
        self.rename_tab(self._chosen_tab, saved.name)

    # ---- keeping ----------------------------------------------------------------------------

    def keep_in(self, preferences: Preferences) -> None:
        """From now on the tabs are those of the user who sits here."""
        self.keep_saved_in(preferences)
        self.keep_by(lambda kept: preferences.set(KEY_TABS, msgspec.to_builtins(kept)))
        preferences.loaded.connect(self._load_tabs)
        preferences.follow(KEY_TABS, self._load_tabs)

    def keep_by(self, keeper: Callable[[Kept], None]) -> None:
        """It hears of the tabs whenever they are worth to be kept."""
        self._keeper = keeper

    @property
    def kept(self) -> Kept:
        return Kept(self._tabs, self._chosen_tab)

    def _load_tabs(self) -> None:
        kept = self._preferences.get(KEY_TABS) if self._preferences is not None else None
        self.restore(read_as(kept, Kept) or Kept(()))

    def restore(self, kept: Kept) -> None:
        """These tabs from now on, and nothing of before."""
        tabs = tuple(tab for tab in kept.tabs if tab.wall.is_whole())[:MOST_TABS] or (new_tab(),)
        chosen = min(max(kept.chosen, 0), len(tabs) - 1)
        if (tabs, chosen) == (self._tabs, self._chosen_tab):
            return
        self._tabs, self._chosen_tab = tabs, chosen
        self._selected, self._focused = 0, None
        self._next.clear()
        self._past.clear()
        self.loaded.emit()
        self.changed.emit()

    def _keep(self) -> None:
        if self._keeper is not None:
            self._keeper(self.kept)

    # ---- changing ---------------------------------------------------------------------------

    def _has(self, index: int) -> bool:
        return 0 <= index < len(self.wall.cells)

    def _act(self, index: int, work: Callable[[Wall], Wall], by_hand: bool = True) -> None:
        if self._has(index):
            self._change(work(self.wall), by_hand, keeps=by_hand)
            if by_hand and self._has(index):  # a stretched cell may have taken the last ones
                self.touched.emit(index)

    def _fill(self, wall: Wall, places: tuple[int, ...], origin: CellOrigin) -> int:
        by_hand = origin is CellOrigin.HAND
        self._change(wall, by_hand)
        for place in places if by_hand else ():
            self.touched.emit(place)
        return len(places)

    def _change(self, wall: Wall, by_hand: bool = False, keeps: bool = True) -> None:
        """What alarms and tours show is not written: it comes and goes by itself, and could stand
        for the wall of a user whose own is still being read."""
        before = self.wall
        if wall == before:
            return
        if keeps:
            self._past = [*self._past, before][-MOST_PAST:]
        ids = [cell.camera_id for cell in wall.cells]
        waiting = self._next.items()  # what is shown by now is no next picture any more
        self._next = {n: one for n, one in waiting if n < len(ids) and ids[n] != one}
        self._put_tab(self._chosen_tab, replace(self._tabs[self._chosen_tab], wall=wall))
        if by_hand and wall.layout == before.layout:  # else it lost its place, and comes again
            for alarm_id, clip in before.links() - wall.links():
                self.sent_away.emit(alarm_id, clip)
        self._tell(keeps)

    def _show_tab(self, number: int) -> None:
        self._chosen_tab, self._selected, self._focused = number, 0, None
        self._next.clear()
        self._past.clear()
        self._tell()

    def _put_tab(self, number: int, tab: Tab) -> None:
        self._tabs = (*self._tabs[:number], tab, *self._tabs[number + 1 :])

    def _tell(self, keeps: bool = True) -> None:
        self.changed.emit()
        if keeps:
            self._keep()
