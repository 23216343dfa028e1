"""Hand-written stand-ins for the parts around one part of the link."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from desktop.link.ingest import Batch, Ingest
from desktop.link.rest import Response
from local_db.journal import Journal

START = datetime(2026, 7, 14, 8, 0, tzinfo=UTC)


class MovedClock:
    """Sleeping moves it: no test waits."""

    def __init__(self) -> None:
        self.passed_s = 0.0
        self.wall_shift_s = 0.0

    def now(self) -> datetime:
        return START + timedelta(seconds=self.passed_s + self.wall_shift_s)

    def monotonic_s(self) -> float:
        return self.passed_s

    async def sleep(self, seconds_s: float) -> None:
        self.passed_s += seconds_s
        await asyncio.sleep(0)


class ScriptedRest:
    """Answers calls from a script of responses and exceptions; the last one repeats."""

    def __init__(self, *answers: Response | Exception) -> None:
        self._answers = list(answers)
        self.calls: list[tuple[str, str, dict[str, Any]]] = []
        self.obliged_s = 0.0
        self.wait_s = 0.0

    async def call(self, method: str, path: str, **more: Any) -> Response:
        self.calls.append((method, path, more))
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def get(self, path: str, params: Any = None, **more: Any) -> Response:
        return await self.call("GET", path, params=params, **more)


def make_ingest(
    path: Path, on_batch: Callable[[Batch], None] | None = None
) -> tuple[Journal, Ingest]:
    """A real journal behind a real writer; call in a running loop, then `start`."""
    from desktop.clock import SystemClock
    from desktop.feeds import FEEDS
    from desktop.link.counters import FeedCounters

    journal = Journal(path)
    ingest = Ingest(
        journal,
        {feed.feed_id: FeedCounters() for feed in FEEDS},
        asyncio.get_running_loop().call_soon_threadsafe,
        on_batch or (lambda batch: None),
        lambda: None,
        SystemClock(),
    )
    return journal, ingest
