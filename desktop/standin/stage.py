"""Plays one scenario at a time and steps the city each second."""

import asyncio
import logging

from desktop.standin.city import STEP_S, City
from desktop.standin.scenarios import scenario_named

log = logging.getLogger(__name__)


class Stage:
    def __init__(self, city: City) -> None:
        self._city = city
        self.name = ""
        self.speed = 1.0
        self._scenario = None

    def play(self, name: str, speed: float = 1.0, at_start: bool = False) -> None:
        """`speed`: seconds of city time per second. Raises KeyError for an unknown name."""
        self._scenario = scenario_named(name)(self._city, self._city.chance)
        self.name, self.speed = name, speed
        self._scenario.begin(at_start)

    async def run(self) -> None:
        while True:
            await asyncio.sleep(STEP_S)
            try:
                self.step()
            except Exception:  # a fault of one scenario must not stop the city
                log.exception("scenario %s", self.name)

    def step(self) -> None:
        seconds_s = STEP_S * self.speed
        if self._scenario is not None:
            self._scenario.step(seconds_s)
        self._city.step(seconds_s)
