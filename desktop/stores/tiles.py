"""What every video tile says of its picture."""

from desktop.domain.cameras import TileStatus
from desktop.stores.keyed import KeyedStore


class TileStore(KeyedStore[TileStatus]):
    """TileStatus by the tile's number as text."""

    def report(self, status: TileStatus) -> None:
        self.put(str(status.tile), status)

    def statuses(self) -> tuple[TileStatus, ...]:
        return tuple(sorted(self.items().values(), key=lambda status: status.tile))
