"""Walls on the other monitors of the seat: what hangs where, thrown there from the workstation.

Each is a wall of its own with tour, linkage and scene; kept per user by the name of the monitor.
The shell tells which monitors there are and puts a window on each that has a wall.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from desktop.domain.monitors import Monitor, ScreenId, known_as
from desktop.domain.tours import Pause
from desktop.domain.wall_tabs import MOST_TABS, Kept, Tab
from desktop.stores.preferences import Preferences, read_as
from desktop.stores.tile_linkage import LinkageStore
from desktop.stores.tours import TourStore
from desktop.stores.wall import WallStore
from desktop.stores.wall_scenes import SceneStore

KEY_SCREENS = "wall_screens"
MOST_SCREENS = 3
"""Beside the workstation's own: each wants the machine to decode another wall."""


class Thrown(msgspec.Struct, frozen=True):
    """What is kept of one monitor."""

    screen: ScreenId
    kept: Kept


class ScreenWall(QObject):
    """One of MOST_SCREENS places; `screen` is None while nothing hangs there."""

    def __init__(self, slot: int, parent: QObject) -> None:
        super().__init__(parent)
        self.slot = slot
        self.screen: ScreenId | None = None
        self.wall, self.tours = WallStore(self), TourStore(self)
        self.linkage, self.scenes = LinkageStore(self), SceneStore(self)


class WallScreens(QObject):
    """`desk` is the workstation's own wall: tabs go from there to a monitor, and come back."""

    changed = Signal()  # the monitors, or what hangs on them
    numbers_asked = Signal()  # each monitor is to show its number for a moment

    def __init__(
        self, desk: WallStore, tours: TourStore, scenes: SceneStore, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._tours, self._scenes = desk, tours, scenes
        self._monitors: tuple[Monitor, ...] = ()
        self._preferences: Preferences | None = None
        self.places = tuple(self._place(slot) for slot in range(MOST_SCREENS))
        desk.saved_changed.connect(self._share_saved)
        scenes.changed.connect(self._share_scenes)

    # ---- monitors ---------------------------------------------------------------------------

    @property
    def monitors(self) -> tuple[Monitor, ...]:
        """In the order of their numbers."""
        return self._monitors

    def others(self) -> tuple[Monitor, ...]:
        """Without the one on which the workstation stands: a wall would cover it."""
        return tuple(one for one in self._monitors if not one.is_desk)

    def show_monitors(self, monitors: Iterable[Monitor]) -> None:
        found = tuple(monitors)
        if found != self._monitors:
            self._monitors = found
            self.changed.emit()

    def monitor_of(self, place: ScreenWall) -> Monitor | None:
        """Where its window stands now; None while that monitor is away."""
        if place.screen is None:
            return None
        found = known_as(place.screen, [one.screen for one in self._monitors])
        return self._monitors[found] if found is not None else None

    def on(self, monitor: Monitor) -> ScreenWall | None:
        return next((one for one in self.hung() if self.monitor_of(one) == monitor), None)

    def hung(self) -> tuple[ScreenWall, ...]:
        """Also those whose monitor is away."""
        return tuple(one for one in self.places if one.screen is not None)

    # ---- there and back ---------------------------------------------------------------------

    def throw(self, tab: int, monitor: Monitor) -> bool:
        """A tab of the workstation goes there, with its tour; what hung there comes back as tabs.
        False: there is no room for those, or no monitor of that name."""
        if monitor not in self.others() or not 0 <= tab < len(self._desk.tabs):
            return False
        place = self.on(monitor) or self._free_place()
        back = _worth(place.wall.tabs) if place.screen is not None else ()
        if max(len(self._desk.tabs) - 1, 1) + len(back) > MOST_TABS:
            return False
        tour = self._tour_of(tab)
        scene = self._scenes.standing if tab == self._desk.chosen_tab else ""
        moved = self._desk.take_tab(tab)
        assert moved is not None
        self._bring(back, choose=False)
        place.screen = monitor.screen
        place.wall.restore(Kept((moved,)))
        place.scenes.stand(scene)
        self._keep()
        self.changed.emit()
        if tour:
            place.tours.ask(tour)
        return True

    def recall(self, place: ScreenWall) -> bool:
        """Its tabs come back to the workstation. False: there is no room for them."""
        if place.screen is None:
            return False
        back = _worth(place.wall.tabs)
        if len(self._desk.tabs) + len(back) > MOST_TABS:
            return False
        blank = len(self._desk.tabs) == 1 and not _worth(self._desk.tabs)
        self._clear(place)
        self._bring(back, choose=True)
        if blank and back:
            self._desk.close_tab(0)
        self._keep()
        self.changed.emit()
        return True

    def send_camera(self, camera_id: str, monitor: Monitor) -> bool:
        """One more picture there, beside what hangs. False: every cell is held, or nothing hangs
        there."""
        place = self.on(monitor)
        return place is not None and place.wall.add((camera_id,)) > 0

    # ---- keeping ----------------------------------------------------------------------------

    def keep_in(self, preferences: Preferences) -> None:
        """From now on the walls are those of the user who sits here."""
        self._preferences = preferences
        for place in self.places:
            place.wall.keep_saved_in(preferences)
            place.tours.keep_in(preferences)
            place.linkage.keep_in(preferences)
        preferences.follow(KEY_SCREENS, self._load)

    def _keep(self, _kept: object = None) -> None:
        if self._preferences is not None:
            rows = [msgspec.to_builtins(one) for one in self._rows()]
            self._preferences.set(KEY_SCREENS, rows)

    def _rows(self) -> list[Thrown]:
        return [Thrown(one.screen, one.wall.kept) for one in self.places if one.screen is not None]

    def _load(self) -> None:
        rows: list[Any] = []
        if self._preferences is not None:
            rows = self._preferences.get(KEY_SCREENS)
        found = [one for row in rows if (one := read_as(row, Thrown)) is not None][:MOST_SCREENS]
        if found == self._rows():
            return
        for place in self.places:
            self._clear(place)
        for place, one in zip(self.places, found, strict=False):
            place.screen = one.screen
            place.wall.restore(one.kept)
        self.changed.emit()

    # ---- inside -----------------------------------------------------------------------------

    def _place(self, slot: int) -> ScreenWall:
        place = ScreenWall(slot, self)
        place.wall.keep_by(self._keep)
        place.wall.share_asked.connect(self._desk.share_asked)
        place.wall.unshare_asked.connect(self._desk.unshare_asked)
        return place

    def _free_place(self) -> ScreenWall:
        """A new one; else that of a monitor that is away, else the last: its tabs come back."""
        free = [one for one in self.places if one.screen is None]
        away = [one for one in self.places if self.monitor_of(one) is None]
        return (free or away or list(self.places))[0]

    def _clear(self, place: ScreenWall) -> None:
        place.screen = None
        place.tours.ask("")
        place.wall.restore(Kept(()))

    def _bring(self, tabs: Iterable[Tab], choose: bool) -> None:
        chosen = self._desk.chosen_tab
        for tab in tabs:
            self._desk.add_tab(tab.name, tab.wall)
        if not choose:
            self._desk.choose_tab(chosen)

    def _tour_of(self, tab: int) -> str:
        """Of the tab that is shown; one of another tab stands hidden."""
        run = self._tours.run
        shown = run is not None and run.pause is not Pause.HIDDEN
        return run.tour.name if run is not None and shown and tab == self._desk.chosen_tab else ""

    def _share_saved(self) -> None:
        shared = [one for one in self._desk.saved if one.shared]
        for place in self.places:
            place.wall.show_shared(shared)

    def _share_scenes(self) -> None:
        for place in self.places:
            if (place.scenes.scenes, place.scenes.faults) != (
                self._scenes.scenes,
                self._scenes.faults,
            ):
                place.scenes.replace(self._scenes.scenes, self._scenes.faults)
            place.scenes.show_levels(
                {
                    one.scene_id: level
                    for one in self._scenes.scenes
                    if (level := self._scenes.level_of(one.scene_id)) is not None
                }
            )


def _worth(tabs: Iterable[Tab]) -> tuple[Tab, ...]:
    """Those that somebody would miss."""
    return tuple(tab for tab in tabs if tab.name or any(cell.camera_id for cell in tab.wall.cells))
