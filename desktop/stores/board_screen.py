"""The scoreboard on another monitor: which one, and what it shows there."""

import msgspec
from PySide6.QtCore import QObject, Signal

from desktop.domain.assessment.figures import Level
from desktop.domain.monitors import Monitor, ScreenId
from desktop.stores.preferences import Preferences, read_as

KEY_BOARD = "board_screen"


class Pushed(msgspec.Struct, frozen=True):
    """Stays as it was pushed; its figures are as fresh as the desk's."""

    level: Level
    period: str
    robust: bool = False


class _Kept(msgspec.Struct, frozen=True):
    screen: ScreenId
    pushed: Pushed


class BoardScreen(QObject):
    """`screen` is None while nothing is shown. Kept per user by the name of the monitor: it stands
    there again after a restart, and not for who signs in next."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.screen: ScreenId | None = None
        self.pushed: Pushed | None = None
        self._preferences: Preferences | None = None

    def keep_in(self, preferences: Preferences) -> None:
        """From now on it is that of the user who sits here."""
        self._preferences = preferences
        preferences.follow(KEY_BOARD, self._load)

    def push(self, monitor: Monitor, pushed: Pushed) -> None:
        self._put(monitor.screen, pushed)
        self._keep(_Kept(monitor.screen, pushed))

    def recall(self) -> None:
        """Taken back: it does not come again."""
        if self.screen is not None:
            self._put(None, None)
            self._keep(None)

    def _put(self, screen: ScreenId | None, pushed: Pushed | None) -> None:
        if (screen, pushed) != (self.screen, self.pushed):
            self.screen, self.pushed = screen, pushed
            self.changed.emit()

    def _keep(self, kept: _Kept | None) -> None:
        if self._preferences is not None:
            self._preferences.set(KEY_BOARD, msgspec.to_builtins(kept) if kept else {})

    def _load(self) -> None:
        value = self._preferences.get(KEY_BOARD) if self._preferences is not None else None
        kept = read_as(value, _Kept) if value else None
        self._put(kept.screen if kept else None, kept.pushed if kept else None)
