"""A scenario: begins, is stepped with city time, and leaves the city as it should be."""

import random
from abc import ABC, abstractmethod
from typing import ClassVar, Protocol

from desktop.domain.alarms import Alarm
from desktop.standin.city import City, Draft


class Levers(Protocol):
    """What a scenario may do to the platform itself; each returns at once."""

    def stop_broker(self) -> None: ...

    def start_broker(self) -> None: ...


class NoLevers:
    """Where there is no broker, as in tests of the rules."""

    def stop_broker(self) -> None:
        pass

    def start_broker(self) -> None:
        pass


class Scenario(ABC):
    """`step` gets seconds of city time: real seconds times the speed factor.

    `chance` is the scenario's own: the same seed plays the same things, whatever was before.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    step_s: ClassVar[float] = 1.0  # real seconds between two steps

    def __init__(self, city: City, chance: random.Random, levers: Levers | None = None) -> None:
        self.city = city
        self.chance = chance
        self.levers: Levers = levers or NoLevers()
        self.elapsed_s = 0.0
        self._mine: list[str] = []

    @abstractmethod
    def begin(self, at_start: bool) -> None:
        """`at_start`: the city has just been made, its past may still be shaped."""

    @abstractmethod
    def step(self, seconds_s: float) -> None: ...

    def end(self) -> None:
        """Another scenario comes: what this one brought is repaired one by one."""
        for alarm_id in self._mine:
            self.city.aftercare.clear_later(alarm_id, self.chance.uniform(30, 300))
        self._mine.clear()

    def facts(self) -> dict[str, int]:
        """Figures of this scenario for the control page, by their Chinese word."""
        return {}

    def tell(self, draft: Draft, for_s: float | None = None) -> Alarm:
        """Raises an alarm that ends after `for_s` of city time, at the latest soon after `end`."""
        alarm = self.city.raise_alarm(draft)
        self._mine.append(alarm.alarm_id)
        if for_s is not None:
            self.city.aftercare.clear_later(alarm.alarm_id, for_s)
        return alarm

    def every(self, seconds_s: float, period_s: float) -> bool:
        """Whether a moment of a period lay in the step that has just been taken."""
        return self.elapsed_s // period_s != (self.elapsed_s - seconds_s) // period_s
