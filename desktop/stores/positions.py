"""Where the units are, and where they were in the last ten minutes."""

from collections import deque
from collections.abc import Iterable
from datetime import timedelta

from PySide6.QtCore import QObject

from desktop.domain.positions import TRAIL_S, Position
from desktop.stores.keyed import KeyedStore

INTERVAL_MS = 500
KEPT_PER_UNIT = 600  # one fix a second for the whole trail
_TRAIL = timedelta(seconds=TRAIL_S)


class PositionStore(KeyedStore[Position]):
    """The newest Position by unit_id, and the trail of each unit."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent, INTERVAL_MS)
        self._trails: dict[str, deque[Position]] = {}

    def merge(self, positions: Iterable[Position]) -> None:
        for position in positions:
            known = self.get(position.unit_id)
            if known is None or position.at > known.at:
                self.put(position.unit_id, position)
                self._follow(position)

    def trail(self, unit_id: str) -> tuple[Position, ...]:
        """Oldest first, at most TRAIL_S before the newest."""
        return tuple(self._trails.get(unit_id, ()))

    def _follow(self, position: Position) -> None:
        trail = self._trails.setdefault(position.unit_id, deque(maxlen=KEPT_PER_UNIT))
        trail.append(position)
        while position.at - trail[0].at > _TRAIL:
            trail.popleft()
