"""What moves by itself at all times: the fleet's positions and all measured values on MQTT."""

import asyncio
import time
from datetime import datetime
from typing import Any

from desktop.standin.city import City
from desktop.standin.fleet import EXPIRY_S, Fleet
from desktop.standin.instruments import Instruments
from desktop.standin.publisher import Publisher
from desktop.standin.video.unit_state import own_course

_TICK_S = 0.25
_LONGEST_STEP_S = 2.0  # behind a pause of the machine nobody jumps


class Motion:
    """Small shares at short ticks: the messages of a second come spread over it."""

    def __init__(
        self, city: City, fleet: Fleet, instruments: Instruments, publisher: Publisher
    ) -> None:
        self._city = city
        self._fleet = fleet
        self._instruments = instruments
        self._publisher = publisher

    async def run(self) -> None:
        """Never returns."""
        before = time.monotonic()
        while True:
            await asyncio.sleep(_TICK_S)
            now = time.monotonic()
            self.tick(min(now - before, _LONGEST_STEP_S))
            before = now

    def tick(self, seconds_s: float) -> None:
        """Real seconds: the speed of a scenario is the weather's, not the traffic's."""
        at = self._city.now()
        self._fleet.step(seconds_s, at)
        for name, position in self._fleet.positions(self._fleet.due(), at):
            self._publisher.brief(f"position/{name}", position, EXPIRY_S)
            if drone := self._fleet.aloft(name):
                topic = f"telemetry/{name}"
                self._publisher.brief(topic, _flight(drone, at), EXPIRY_S)
        self._publisher.telemetry(self._city, at, seconds_s)
        for point in self._instruments.due(seconds_s):
            given = self._city.readings.get(point.point_id)
            if given is not None:  # the publisher tells it with the gauges
                self._instruments.remember(point.point_id, at, given)
            elif point.point_id not in self._city.silent:
                topic = f"telemetry/{point.class_id}/{point.point_id}"
                self._publisher.brief(topic, self._instruments.reading(point, at))


def _flight(drone: str, at: datetime) -> dict[str, Any]:
    """Height and battery as they stand in the drone's own picture."""
    own = own_course("drone", drone, at.timestamp())
    assert own.height_m is not None and own.battery_pct is not None
    metrics = {"altitude_m": round(own.height_m, 1), "battery_pct": round(own.battery_pct)}
    return {"at": at, "metrics": metrics, "quality": "good"}
