"""A scenario: called once when it starts and then every second."""

import random
from typing import ClassVar

from desktop.standin.city import City


class Scenario:
    """`step` gets seconds of city time: real seconds times the speed factor."""

    name: ClassVar[str]
    title: ClassVar[str]

    def __init__(self, city: City, chance: random.Random) -> None:
        self.city = city
        self.chance = chance

    def begin(self, at_start: bool) -> None:
        """`at_start`: the city has just been made, its past may still be shaped."""

    def step(self, seconds_s: float) -> None:
        raise NotImplementedError
