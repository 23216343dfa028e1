"""A seeded schedule of strikes: the same seed gives the same schedule.

for strike in Nemesis(seed, {"link": kill, "broker": kill}, count=6, pause_s=(0.3, 1.2)):
    strike()        # waits its pause, then strikes; str(nemesis) tells all for a failure
"""

import random
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

Action = Callable[[], None]


class Strike(NamedTuple):
    at_s: float  # since the beginning of the schedule
    pause_s: float  # since the strike before
    name: str


def schedule(
    seed: int, names: tuple[str, ...], count: int, pause_s: tuple[float, float]
) -> list[Strike]:
    """Each name is struck as often as the others, give or take one."""
    chance = random.Random(seed)
    turns = [names[i % len(names)] for i in range(count)]
    chance.shuffle(turns)
    found: list[Strike] = []
    at_s = 0.0
    for name in turns:
        pause = round(chance.uniform(*pause_s), 3)
        at_s = round(at_s + pause, 3)
        found.append(Strike(at_s, pause, name))
    return found


class Nemesis:
    def __init__(
        self,
        seed: int,
        actions: Mapping[str, Action],
        count: int,
        pause_s: tuple[float, float] = (0.3, 1.5),
    ) -> None:
        self.seed = seed
        self._actions = actions
        self.strikes = schedule(seed, tuple(sorted(actions)), count, pause_s)

    def __iter__(self) -> Iterator[Action]:
        waiting = threading.Event()
        for strike in self.strikes:

            def act(strike: Strike = strike) -> None:
                waiting.wait(strike.pause_s)
                self._actions[strike.name]()

            yield act

    def __str__(self) -> str:
        plan = ", ".join(f"{s.name} at {s.at_s} s" for s in self.strikes)
        return f"seed {self.seed}: {plan}"
