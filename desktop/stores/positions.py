"""Where the units are, and where they were in the last ten minutes."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QObject

from desktop.domain.positions import TRAIL_S, Position
from desktop.stores.columns import Columns
from desktop.stores.keyed import KeyedStore

INTERVAL_MS = 500
KEPT_PER_UNIT = 600  # one fix a second for the whole trail


class Place(NamedTuple):
    """Where a unit was; `at_s` since the epoch."""

    at_s: float
    lon_deg: float
    lat_deg: float


class PositionStore(KeyedStore[Position]):
    """The newest Position by unit_id, and the trail of each unit."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent, INTERVAL_MS)
        self._trails: dict[str, Columns] = {}

    def merge(self, positions: Iterable[Position]) -> None:
        for position in positions:
            known = self.get(position.unit_id)
            if known is None or position.at > known.at:
                self.put(position.unit_id, position)
                self._follow(position)

    def trail(self, unit_id: str) -> tuple[Place, ...]:
        """Oldest first, at most TRAIL_S before the newest."""
        rows = self._trails[unit_id].rows() if unit_id in self._trails else []
        places = [Place(**row) for row in rows]
        return tuple(one for one in places if places[-1].at_s - one.at_s <= TRAIL_S)

    def _follow(self, position: Position) -> None:
        trail = self._trails.setdefault(position.unit_id, Columns(KEPT_PER_UNIT))
        trail.append({"at_s": position.at.timestamp(), "lon_deg": position.lon_deg,
                      "lat_deg": position.lat_deg})  # fmt: skip
