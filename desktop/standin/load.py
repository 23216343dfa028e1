"""A steady stream of alarm events at a set rate: what measurements of a desk need."""

import asyncio
import time
from dataclasses import replace
from itertools import cycle, islice

from desktop.domain.levels import WarningLevel
from desktop.standin.city import City, Draft

_OPEN = 500  # so many alarms change in turn
_STEP_S = 0.02


class Load:
    """At most one stream at a time; its alarms end with it."""

    def __init__(self, city: City) -> None:
        self._city = city
        self._running: asyncio.Task[None] | None = None

    def start(self, per_s: float, for_s: float) -> None:
        """`per_s` changes of alarms a second; 0 ends what runs."""
        if self._running is not None:
            self._running.cancel()
        self._running = None
        if per_s > 0:
            self._running = asyncio.get_running_loop().create_task(self._run(per_s, for_s))

    async def _run(self, per_s: float, for_s: float) -> None:
        places = islice(cycle(self._city.places.points), _OPEN)
        drafts = [
            Draft(
                point=point, level=WarningLevel.BLUE, title="上报测试", condition=f"load-{number}"
            )
            for number, point in enumerate(places)
        ]
        ids = [self._city.raise_alarm(draft).alarm_id for draft in drafts]
        turns = cycle(zip(ids, drafts, strict=True))
        try:
            began_s, told = time.monotonic(), 0
            while (elapsed_s := time.monotonic() - began_s) < for_s:
                for alarm_id, draft in islice(turns, int(elapsed_s * per_s) - told):
                    told += 1
                    self._city.tell_again(alarm_id, replace(draft, value=float(told)))
                await asyncio.sleep(_STEP_S)
        finally:
            for alarm_id in ids:
                self._city.clear(alarm_id, "系统联调组")
