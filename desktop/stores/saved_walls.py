"""Walls under a name: the user's own, and those of everybody at this place."""

from collections.abc import Iterable
from typing import Any, cast

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from desktop.domain.wall import Wall
from desktop.domain.wall_tabs import MOST_SAVED, SavedWall, clean_name
from desktop.stores.preferences import Preferences, read_as

KEY_SAVED = "wall_saved"


class SavedWalls(QObject):
    """What a wall can be saved as; the wall itself is that of the store that is made of it."""

    saved_changed = Signal()
    share_asked = Signal(object)  # SavedWall: for everybody at this place
    unshare_asked = Signal(str)  # name

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._own: tuple[SavedWall, ...] = ()
        self._shared: tuple[SavedWall, ...] = ()
        self._preferences: Preferences | None = None

    @property
    def wall(self) -> Wall:
        """What stands now."""
        raise NotImplementedError

    @property
    def saved(self) -> tuple[SavedWall, ...]:
        """The user's own first, then the shared ones."""
        return self._own + self._shared

    def save_as(self, name: str) -> None:
        """The chosen tab under a name of the user's own, without the alarms of the moment; the same
        name is replaced."""
        name = clean_name(name)
        if not name:
            return
        rest = [one for one in self._own if one.name != name]
        self._own = (*rest, SavedWall(name, self.wall.at_rest()))[-MOST_SAVED:]
        self._keep_saved()

    def remove_saved(self, name: str) -> None:
        self._own = tuple(one for one in self._own if one.name != name)
        self._keep_saved()

    def share_as(self, name: str) -> None:
        """The chosen tab for everybody; the shell writes it, by right."""
        name = clean_name(name)
        if name:
            self.share_asked.emit(SavedWall(name, self.wall.at_rest(), shared=True))

    def show_shared(self, found: Iterable[SavedWall]) -> None:
        """What the administrator laid out for everybody, as the shell reads it."""
        self._shared = tuple(replace(one, shared=True) for one in found if one.wall.is_whole())
        self.saved_changed.emit()

    def keep_saved_in(self, preferences: Preferences) -> None:
        """Only the walls with a name."""
        self._preferences = preferences
        preferences.follow(KEY_SAVED, self._load_saved)

    def _load_saved(self) -> None:
        rows = cast(list[Any], self._preferences.get(KEY_SAVED)) if self._preferences else []
        found = [read_as(row, SavedWall) for row in rows]
        own = tuple(one for one in found if one is not None and one.wall.is_whole())
        if own != self._own:
            self._own = own[:MOST_SAVED]
            self.saved_changed.emit()

    def _keep_saved(self) -> None:
        if self._preferences is not None:
            rows = [msgspec.to_builtins(one) for one in self._own]
            self._preferences.set(KEY_SAVED, rows)
        self.saved_changed.emit()
