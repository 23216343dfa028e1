"""Fixes of units on their way to the station: the newest of each, at most twice a second."""

from collections.abc import Callable

from desktop.clock import Clock
from desktop.domain.positions import Position

FLUSH_S = 0.5
MOST_UNITS = 20_000
PART = 2_000


class Positions:
    """The telemetry puts, `run` tells what changed; a station that comes gets `latest`."""

    def __init__(self, tell: Callable[[tuple[Position, ...]], None], clock: Clock) -> None:
        self._tell = tell
        self._clock = clock
        self._latest: dict[str, Position] = {}
        self._changed: set[str] = set()

    def put(self, position: Position) -> bool:
        """False when it is not newer than the one known, or one unit too many."""
        known = self._latest.get(position.unit_id)
        if known is None and len(self._latest) >= MOST_UNITS:
            return False
        if known is not None and position.at <= known.at:
            return False
        self._latest[position.unit_id] = position
        self._changed.add(position.unit_id)
        return True

    async def run(self) -> None:
        """Never returns."""
        while True:
            await self._clock.sleep(FLUSH_S)
            self.flush()

    def flush(self) -> None:
        if not self._changed:
            return
        changed, self._changed = self._changed, set()
        for part in parts([self._latest[unit_id] for unit_id in changed]):
            self._tell(part)

    @property
    def latest(self) -> list[tuple[Position, ...]]:
        return parts(list(self._latest.values()))


def parts(positions: list[Position]) -> list[tuple[Position, ...]]:
    return [tuple(positions[start : start + PART]) for start in range(0, len(positions), PART)]
