"""Plays one scenario at a time and steps the city each second."""

import asyncio
import logging
import random
import time
from collections.abc import Callable, Coroutine
from typing import Any

from desktop.standin.broker import Broker, BrokerFailed
from desktop.standin.city import STEP_S, City
from desktop.standin.scenarios import scenario_named
from desktop.standin.scenarios.scenario import Levers, Scenario

log = logging.getLogger(__name__)

_MOST_LATE_S = 2.0  # more than this is not made up: the machine has slept


class BrokerLevers:
    """Lets a scenario stop and start the broker; one order after the other."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._last: asyncio.Task[None] | None = None

    def stop_broker(self) -> None:
        self._order(self._broker.stop)

    def start_broker(self) -> None:
        self._order(self._broker.start)

    def _order(self, act: Callable[[], Coroutine[Any, Any, None]]) -> None:
        before = self._last

        async def carry_out() -> None:
            if before is not None:
                await asyncio.wait([before])
            try:
                await act()
            except BrokerFailed as error:
                log.error("%s", error)

        self._last = asyncio.get_running_loop().create_task(carry_out())


class Stage:
    def __init__(self, city: City, levers: Levers | None = None) -> None:
        self._city = city
        self._levers = levers
        self.name = ""
        self.speed = 1.0
        self._scenario: Scenario | None = None
        self._since_city_s = 0.0

    def play(self, name: str, speed: float = 1.0, at_start: bool = False) -> None:
        """`speed`: seconds of city time per second. Raises KeyError for an unknown name."""
        made = scenario_named(name)
        if self._scenario is not None:
            self._scenario.end()
        # a scenario's chance is its own: what was played before does not change it
        chance = random.Random(f"{self._city.seed}/{name}")
        self._scenario = made(self._city, chance, self._levers)
        self.name, self.speed = name, speed
        self._scenario.begin(at_start)

    def facts(self) -> dict[str, int]:
        return self._scenario.facts() if self._scenario is not None else {}

    @property
    def step_s(self) -> float:
        return self._scenario.step_s if self._scenario is not None else STEP_S

    async def run(self) -> None:
        due_s = time.monotonic()
        while True:
            due_s = max(due_s + self.step_s, time.monotonic() - _MOST_LATE_S)
            # also when it is late: REST must have its turn between two steps
            await asyncio.sleep(max(due_s - time.monotonic(), 0.001))
            try:
                self.step()
            except Exception:  # a fault of one scenario must not stop the city
                log.exception("scenario %s", self.name)

    def step(self) -> None:
        """One step of the scenario, and of the city once a second."""
        step_s = self.step_s
        if self._scenario is not None:
            self._scenario.step(step_s * self.speed)
        self._since_city_s += step_s
        if self._since_city_s >= STEP_S - 1e-6:
            self._since_city_s = 0.0
            self._city.step(STEP_S * self.speed)
