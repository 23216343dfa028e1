"""By which streets the crews of the shown incident go, looked at again every few seconds."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from desktop.clock import Clock
from desktop.commands.street_ways import StreetWays
from desktop.domain.emergency.arrivals import THERE_M, Place, Way, straight_min
from desktop.domain.emergency.driving import Drive, Line, Shut, left_of
from desktop.domain.emergency.incidents import IncidentOrder
from desktop.domain.geo import distance_m
from desktop.tasks import TaskScope, loop_runs

AGAIN_S = 5.0


class _Found(NamedTuple):
    """`at`: platform's time for which it holds."""

    drive: Drive
    at: datetime


class CrewWays(QObject):
    """`changed` after each round; between two of them the minutes run down by themselves."""

    changed = Signal()

    def __init__(self, streets: StreetWays, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._streets, self._clock = streets, clock
        self._scope = TaskScope(self)
        self._found: dict[str, _Found] = {}
        self._asked = frozenset[str]()
        self._begun_s: float | None = None
        self._running = False
        self.has_streets: bool | None = None
        """None: not looked yet."""

    @property
    def shut(self) -> tuple[Shut, ...]:
        return self._streets.shut if self.has_streets else ()

    def forget(self) -> None:
        """Another incident."""
        self._found, self._asked, self._begun_s = {}, frozenset(), None

    def look(self, under_way: Mapping[str, tuple[Place, IncidentOrder]], now: datetime) -> None:
        """Where each crew stands, by order_id. At once the first time, then each AGAIN_S."""
        now_s = self._clock.monotonic_s()
        known = under_way.keys() <= self._asked
        is_due = self._begun_s is None or not known or now_s - self._begun_s >= AGAIN_S
        if self._running or not under_way or not is_due or not loop_runs():
            return
        self._running, self._begun_s, self._asked = True, now_s, frozenset(under_way)
        asked = {
            order_id: (place, (order.lon_deg, order.lat_deg))
            for order_id, (place, order) in under_way.items()
            if distance_m(*place, order.lon_deg, order.lat_deg) > THERE_M
        }
        self._scope.spawn(self._look(asked, now), "ways of crews")

    def way(self, order_id: str, now: datetime) -> Way:
        """For `arrival`: minutes that are left, None where every way is shut."""
        found = self._found.get(order_id)
        if found is None:
            return straight_min
        minutes = found.drive.minutes
        gone = (now - found.at) / timedelta(minutes=1)
        return lambda _here, _goal: None if minutes is None else max(0.0, minutes - gone)

    def is_by_street(self, order_id: str) -> bool:
        return order_id in self._found

    def line(self, order_id: str, here: Place) -> Line:
        """What is left of it; empty: none is known."""
        found = self._found.get(order_id)
        return left_of(found.drive.line, here) if found is not None else ()

    async def _look(self, asked: Mapping[str, tuple[Place, Place]], at: datetime) -> None:
        try:
            drives = await self._streets.drives(tuple(asked.values()))
        finally:
            self._running = False
        self.has_streets = drives is not None
        pairs = zip(asked, drives or (), strict=False)
        self._found = {key: _Found(drive, at) for key, drive in pairs}
        self.changed.emit()
