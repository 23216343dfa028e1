"""The journal does not grow for ever: what is old and over is forgotten, a little at a time."""

from collections.abc import Callable
from datetime import datetime, timedelta

from desktop.clock import Clock
from desktop.link.ingest import Ingest
from local_db import incidents, outbox, outreach
from local_db.journal import Journal

KEPT_FOR = timedelta(days=30)
FIRST_S = 60.0  # a start has better things to do
PERIOD_S = 6 * 3600.0
ROWS = 2000  # some 10 ms of the writer: an alarm behind them does not wait long
PAUSE_S = 0.1

Step = Callable[[Journal, datetime, int, int], int]


class Pruning:
    """Open alarms keep all their events; everything else is kept for 30 days."""

    def __init__(self, ingest: Ingest, clock: Clock) -> None:
        self._ingest = ingest
        self._clock = clock

    async def run(self) -> None:
        """Never returns."""
        await self._clock.sleep(FIRST_S)
        while True:
            await self.prune()
            await self._clock.sleep(PERIOD_S)

    async def prune(self) -> None:
        """Once through the journal, in steps between which messages are written."""
        before = self._clock.now() - KEPT_FOR
        await self._walk(Journal.prune_events, before)
        await self._walk(Journal.prune_alarms, before)
        await self._ingest.run(lambda journal: outbox.prune(journal, before.timestamp()))
        await self._ingest.run(lambda journal: outreach.prune(journal, before.timestamp()))
        await self._ingest.run(lambda journal: incidents.prune(journal, before.timestamp()))

    async def _walk(self, step: Step, before: datetime) -> None:
        row = 0
        while True:
            after = row
            row = await self._ingest.run(lambda j, after=after: step(j, before, after, ROWS))
            if not row:
                return
            await self._clock.sleep(PAUSE_S)
