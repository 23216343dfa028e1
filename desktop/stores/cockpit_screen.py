"""The cockpits on another monitor: which monitor, which of them, and what stands there now."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from PySide6.QtCore import QObject, Signal

from desktop.domain.cockpit.rotation import LONGEST_S, SHORTEST_S, USUAL_S, Cause, Rotation
from desktop.domain.monitors import ScreenId
from desktop.stores.preferences import Preferences, read_as

KEY = "cockpit_screen"
PITCH_KEY, DISTANCE_KEY = "cockpit_pitch_mm", "cockpit_distance_m"


class Frozen(msgspec.Struct, frozen=True):
    """What was shown at that time stands still, with a note of who stopped it."""

    at: datetime
    note: str = ""


class Kept(msgspec.Struct, frozen=True):
    """What stands there again after a restart: a wall has nobody who would set it up."""

    screen: ScreenId
    cockpit_ids: tuple[str, ...]
    dwell_s: float = USUAL_S


class CockpitScreen(QObject):
    """`screen` is None while nothing is shown. The only writer of its rotation."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.screen: ScreenId | None = None
        self.rotation = Rotation(ids=())
        self.frozen: Frozen | None = None
        self._preferences: Preferences | None = None

    # ---- there and back ---------------------------------------------------------------------

    def push(
        self, screen: ScreenId, cockpit_ids: Iterable[str], dwell_s: float, now_s: float
    ) -> None:
        """`dwell_s`: how long each is shown, kept between SHORTEST_S and LONGEST_S."""
        dwell_s = min(max(dwell_s, SHORTEST_S), LONGEST_S)
        self.screen, self.frozen = screen, None
        self.rotation = Rotation(ids=tuple(cockpit_ids), dwell_s=dwell_s, since_s=now_s)
        self._keep()
        self.changed.emit()

    def recall(self) -> None:
        if self.screen is not None:
            self.screen, self.frozen, self.rotation = None, None, Rotation(ids=())
            self._keep()
            self.changed.emit()

    # ---- what stands there ------------------------------------------------------------------

    def step(self, by: int, now_s: float) -> None:
        self._turn(self.rotation.stepped(by, now_s))

    def toggle_pause(self, now_s: float) -> None:
        self._turn(self.rotation.toggled(now_s))

    def tick(self, now_s: float) -> None:
        """A frozen wall does not turn, whatever happens: it says so itself."""
        if self.screen is not None and self.frozen is None:
            self._turn(self.rotation.ticked(now_s))

    def tell(self, causes: Iterable[Cause], now_s: float) -> None:
        if self.screen is not None and self.frozen is None:
            self._turn(self.rotation.told(causes, now_s))

    def freeze(self, at: datetime, note: str) -> None:
        self.frozen = Frozen(at, note)
        self.changed.emit()

    def thaw(self) -> None:
        if self.frozen is not None:
            self.frozen = None
            self.changed.emit()

    def _turn(self, rotation: Rotation) -> None:
        if rotation != self.rotation:
            self.rotation = rotation
            self.changed.emit()

    # ---- keeping ----------------------------------------------------------------------------

    def keep_in(self, preferences: Preferences) -> None:
        """From now on it is that of the user who sits here."""
        self._preferences = preferences
        preferences.follow(KEY, self._load)

    def _keep(self) -> None:
        if self._preferences is None:
            return
        kept: object = {}
        if self.screen is not None:
            row = Kept(self.screen, self.rotation.ids, self.rotation.dwell_s)
            kept = msgspec.to_builtins(row)
        self._preferences.set(KEY, kept)

    def _load(self) -> None:
        assert self._preferences is not None
        kept = read_as(self._preferences.get(KEY), Kept)
        if kept is None:
            if self.screen is not None:
                self.screen, self.frozen, self.rotation = None, None, Rotation(ids=())
                self.changed.emit()
        elif (kept.screen, kept.cockpit_ids) != (self.screen, self.rotation.ids):
            self.screen, self.frozen = kept.screen, None
            self.rotation = Rotation(ids=kept.cockpit_ids, dwell_s=kept.dwell_s)
            self.changed.emit()
