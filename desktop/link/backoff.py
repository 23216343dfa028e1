"""How long to wait before the next try."""

import random

FIRST_S = 1.0
LONGEST_S = 30.0


class Backoff:
    """Full jitter: many desks do not come back in step after an outage."""

    def __init__(self, longest_s: float = LONGEST_S, chance: random.Random | None = None) -> None:
        self._longest_s = longest_s
        self._chance = chance or random.Random()
        self._failures = 0

    @property
    def failures(self) -> int:
        return self._failures

    def succeeded(self) -> None:
        self._failures = 0

    def failed(self) -> float:
        """Counts a failure; gives the seconds to wait."""
        longest = min(self._longest_s, FIRST_S * 2**self._failures)
        self._failures = min(self._failures + 1, 16)
        return self._chance.uniform(0.2, longest)
