"""Memory of processes over a run: how fast it grows, and what it comes back to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median

import numpy as np

from tests.faults.invariants import memory_mb

YOUNG_S = 30.0  # of a life: it starts, imports, reads its database
_LEAST = 6  # samples, for a figure


@dataclass
class Course:
    """Proportional share (PSS, MB) of each process over time (s), by life of the process."""

    samples: dict[str, dict[int, list[tuple[float, float]]]] = field(default_factory=dict)

    def sample(self, at_s: float, pids: Mapping[str, int]) -> None:
        for name, pid in pids.items():
            if (mb := memory_mb(pid)) > 0:
                self.add(name, pid, at_s, mb)

    def add(self, name: str, pid: int, at_s: float, mb: float) -> None:
        self.samples.setdefault(name, {}).setdefault(pid, []).append((at_s, mb))

    def slope_mb_per_h(self, name: str, from_s: float, to_s: float) -> float | None:
        """By least squares; several lives share one slope, each has a level of its own."""
        above = below = 0.0
        count = 0
        for rows in self._grown_up(name, from_s, to_s):
            at, mb = np.array(rows).T
            above += float(((at - at.mean()) * (mb - mb.mean())).sum())
            below += float(((at - at.mean()) ** 2).sum())
            count += len(rows)
        return round(above / below * 3600, 1) if count >= _LEAST and below else None

    def level_mb(self, name: str, from_s: float, to_s: float) -> float | None:
        """Median of what was seen then."""
        seen = [mb for rows in self._grown_up(name, from_s, to_s) for _, mb in rows]
        return round(median(seen), 1) if seen else None

    def points_mb(self, name: str, whole_s: float, points: int = 12) -> list[float]:
        """Evenly spaced over the run: the nearest sample of any life."""
        rows = sorted(row for life in self.samples.get(name, {}).values() for row in life)
        at = [whole_s * n / (points - 1) for n in range(points)]
        return [round(min(rows, key=lambda r: abs(r[0] - s))[1], 1) for s in at] if rows else []

    def _grown_up(self, name: str, from_s: float, to_s: float) -> list[list[tuple[float, float]]]:
        lives = self.samples.get(name, {}).values()
        return [
            kept
            for rows in lives
            if (kept := [(at, mb) for at, mb in rows
                         if from_s <= at <= to_s and at - rows[0][0] >= YOUNG_S])
        ]  # fmt: skip
