"""The tours of the user who sits here, and the one that runs on the wall."""

from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from desktop.domain.tours import (
    FIRST_PAUSE_S,
    LONGEST_PAUSE_S,
    MOST_TOURS,
    SHORTEST_PAUSE_S,
    Tour,
    TourRun,
)
from desktop.stores.preferences import Preferences, read_as

KEY_TOURS, KEY_PAUSE = "wall_tours", "wall_tour_pause_s"


class TourStore(QObject):
    """`run` is set by the runner of the wall's page; a tour does not survive the window."""

    changed = Signal()  # the list of tours
    run_changed = Signal()
    asked = Signal(str)  # a tour is to be started, by name; "" stops the one that runs

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tours: tuple[Tour, ...] = ()
        self._run: TourRun | None = None
        self._preferences: Preferences | None = None

    @property
    def tours(self) -> tuple[Tour, ...]:
        return self._tours

    @property
    def run(self) -> TourRun | None:
        return self._run

    @property
    def pause_s(self) -> int:
        """How long a touched tour stands still."""
        kept = self._preferences.get(KEY_PAUSE) if self._preferences is not None else FIRST_PAUSE_S
        return min(max(kept, SHORTEST_PAUSE_S), LONGEST_PAUSE_S)

    def set_pause_s(self, pause_s: int) -> None:
        if self._preferences is not None:
            self._preferences.set(KEY_PAUSE, pause_s)

    def get(self, name: str) -> Tour | None:
        return next((tour for tour in self._tours if tour.name == name), None)

    def save(self, tour: Tour, former_name: str = "") -> None:
        """A tour of the same name is replaced, also the one it was called before."""
        tour = tour.sound()
        if not tour.is_complete:
            return
        names = {tour.name, former_name}
        places = [n for n, one in enumerate(self._tours) if one.name in names]
        rest = [one for one in self._tours if one.name not in names]
        rest.insert(min(places, default=len(rest)), tour)
        self._put(tuple(rest)[-MOST_TOURS:])

    def remove(self, name: str) -> None:
        self._put(tuple(one for one in self._tours if one.name != name))

    def show_run(self, run: TourRun | None) -> None:
        if run != self._run:
            self._run = run
            self.run_changed.emit()

    def ask(self, name: str) -> None:
        self.asked.emit(name)

    def keep_in(self, preferences: Preferences) -> None:
        """From now on the tours are those of the user who sits here."""
        self._preferences = preferences
        preferences.follow(KEY_TOURS, self._load)

    def _put(self, tours: tuple[Tour, ...]) -> None:
        if tours == self._tours:
            return
        self._tours = tours
        if self._preferences is not None:
            rows = [msgspec.to_builtins(tour) for tour in tours]
            self._preferences.set(KEY_TOURS, rows)
        self.changed.emit()

    def _load(self) -> None:
        rows: list[Any] = []
        if self._preferences is not None:
            rows = self._preferences.get(KEY_TOURS)
        found = tuple(tour for row in rows if (tour := _read(row)) is not None)
        if found != self._tours:
            self._tours = found
            self.changed.emit()


def _read(row: Any) -> Tour | None:
    """None for what another version wrote, and for a tour of nothing."""
    tour = read_as(row, Tour)
    return tour.sound() if tour is not None and tour.sound().is_complete else None
