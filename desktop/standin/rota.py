"""Whose turn it is: everybody once in a period, spread evenly over it."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Rota:
    """Moves on with the time that has passed; the members may change between two turns."""

    def __init__(self, period_s: float) -> None:
        self._period_s = period_s
        self._at = 0.0  # 0..1, the part of the period that is over

    def turn(self, members: Sequence[T], seconds_s: float) -> list[T]:
        """Those whose place in the period has come in so many seconds more, at most all once."""
        before, step = self._at, min(seconds_s / self._period_s, 1.0)
        after = before + step
        self._at = after % 1.0
        count = len(members)
        first, last = -int(-before * count // 1), -int(-after * count // 1)
        return [members[n % count] for n in range(first, last)]
