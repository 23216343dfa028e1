"""journal.db is copied every night, and soon after a start when the last copy is old."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from desktop.clock import Clock
from desktop.link.storage import Storage
from local_db import backups

FIRST_S = 120.0  # a start has better things to do
LOOK_S = 600.0
NIGHT = range(2, 5)  # hours of the desk's own time
YOUNG = timedelta(hours=12)  # one copy a night
OLD = timedelta(hours=26)


class Backup:
    """Copies while the link works; what fails is told and tried again."""

    def __init__(
        self, journal: Path, storage: Storage, clock: Clock, first_s: float = FIRST_S
    ) -> None:
        self._journal, self._storage, self._clock = journal, storage, clock
        self._first_s = first_s

    async def run(self) -> None:
        """Never returns."""
        await self._clock.sleep(self._first_s)
        while True:
            if is_due(self._clock.now(), self._last()):
                await self._storage.backed_up(asyncio.to_thread(self._make))
            await self._clock.sleep(LOOK_S)

    def _last(self) -> datetime | None:
        times = map(backups.made_at, backups.newest_first(self._journal))
        return next((at for at in times if at is not None), None)

    def _make(self) -> None:
        if not backups.has_room(self._journal):
            raise OSError("no room for a copy")
        backups.make(self._journal, self._clock.now())


def is_due(now: datetime, last: datetime | None) -> bool:
    if last is None or last > now:  # a clock that was set back
        return True
    age = now - last
    return age >= OLD or (age >= YOUNG and now.astimezone().hour in NIGHT)
