"""Watches the telemetry for points that fall silent and reports them: POST /alarms."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from desktop.clock import Clock
from desktop.domain.alarms import Alarm
from desktop.domain.points import Point, Reading
from desktop.domain.silence import (
    CLASS_ID,
    Finding,
    Heard,
    PointKey,
    findings,
    silent_points,
    unknown_to,
)
from desktop.errors import PlatformError
from desktop.link.rest import Rest
from local_db.cache import read_alarm_classes, read_points

log = logging.getLogger(__name__)

PERIOD_S = 15.0
GRACE_S = 60.0
"""The platform may have noticed by itself: it is given this long before the desk speaks."""
WINDOW_S = 1800
"""The key of a report holds for so long: the same silence is not reported twice in it."""


class SilenceWatch:
    """`put` on the loop with each batch of readings; `run` looks each 15 s.

    `offset_s` is the platform's clock minus ours, None while unknown: then nothing is judged.
    """

    def __init__(
        self,
        rest: Rest,
        cache_path: Path,
        clock: Clock,
        line_up_since: Callable[[], datetime | None],
        offset_s: Callable[[], float | None],
        may_report: Callable[[], bool],
        open_alarms: Callable[[], Awaitable[Iterable[Alarm]]],
    ) -> None:
        self._rest, self._cache_path, self._clock = rest, cache_path, clock
        self._line_up_since, self._offset_s = line_up_since, offset_s
        self._may_report, self._open_alarms = may_report, open_alarms
        self._heard: dict[PointKey, Heard] = {}
        self._first_seen: dict[str, datetime] = {}  # condition_key -> when the desk noticed
        self._reported: dict[str, int] = {}  # condition_key -> window

    def put(self, readings: Iterable[Reading]) -> None:
        for reading in readings:
            key = reading.class_id, reading.point_id
            last = self._heard.get(key)
            self._heard[key] = last.then(reading.at) if last else Heard(reading.at)

    async def run(self) -> None:
        """Never returns."""
        while True:
            await self._clock.sleep(PERIOD_S)
            try:
                await self.look()
            except PlatformError as error:
                log.info("silence: %s", error.operator_text)

    async def look(self) -> None:
        """Reports what is silent and what the platform does not know. Raises PlatformError."""
        since, offset_s = self._line_up_since(), self._offset_s()
        if since is None or offset_s is None or not self._may_report():
            return
        now = self._clock.now() + timedelta(seconds=offset_s)
        silent = silent_points(self._heard, now, since)
        found = await self._findings(silent) if silent else []
        self._first_seen = {
            f.condition_key: self._first_seen.get(f.condition_key, now) for f in found
        }
        for finding in found:
            if now - self._first_seen[finding.condition_key] >= timedelta(seconds=GRACE_S):
                await self._report(finding, now)

    async def _findings(self, silent: dict[PointKey, float]) -> list[Finding]:
        points, classes = await asyncio.gather(
            asyncio.to_thread(read_points, self._cache_path),
            asyncio.to_thread(read_alarm_classes, self._cache_path),
        )
        registered: dict[str, Point] = {point.point_id: point for point in points}
        # A point that the register does not have any more was taken out: nobody waits for it.
        silent = {key: s for key, s in silent.items() if key[1] in registered}
        names = {point_id: registered[point_id].name for _, point_id in silent}
        found = findings(silent, names, {c.class_id: c.name for c in classes})
        alarms = await self._open_alarms()
        known = [a.point_id for a in alarms if a.class_id == CLASS_ID and a.point_id]
        return unknown_to(known, found)

    async def _report(self, finding: Finding, now: datetime) -> None:
        window = int(now.timestamp()) // WINDOW_S
        if self._reported.get(finding.condition_key) == window:
            return
        body = {
            "condition_key": finding.condition_key,
            "class_id": CLASS_ID,
            "level": finding.level.value,
            "title": finding.title[:200],
            "detail": finding.detail,
            "point_id": finding.point_ids[0],
        }
        headers = {"Idempotency-Key": f"{finding.condition_key}@{window}"}
        await self._rest.call("POST", "/alarms", body=body, headers=headers)
        self._reported[finding.condition_key] = window
        log.info("reported: %s", finding.title)
