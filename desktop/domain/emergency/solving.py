"""Who goes where, as plain numbers: rows are needed crews, columns crews; exact by scipy.

A row that gets nobody costs its penalty. Penalties are whole multiples of more than all minutes
together, so that the graver row is served first and minutes decide only among what is left.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from desktop.domain.emergency.scipy_calls import assigned, cheapest_shares

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Pairs = tuple[tuple[int, int], ...]
"""(row, crew)."""


@dataclass(frozen=True)
class Needs:
    """`cost` and `minutes` (rows, crews): inf where the crew cannot serve the row.

    `grade`: from 1, the higher the graver. `site`: of rows of one site a crew serves only one.
    `capacity`: rows that each crew can serve.
    """

    cost: Floats
    minutes: Floats
    grade: Ints
    site: Ints
    capacity: Ints

    @property
    def weight(self) -> float:
        """More than any choice of crews can cost."""
        finite = np.where(np.isfinite(self.cost), self.cost, 0.0)
        return 1.0 + float(finite.max(axis=1, initial=0.0).sum())


def least_total(needs: Needs) -> Pairs:
    """The least sum of costs among those that leave the least and least grave rows unserved."""
    found = _assigned(needs)
    return found if _is_lawful(needs, found) else _by_flow(needs)


def least_latest(needs: Needs) -> Pairs:
    """The least largest `minutes` among the same, and of these the least sum of costs."""
    best = least_total(needs)
    if not best:
        return best
    served = _served(needs, best)
    known: Floats = needs.minutes[np.isfinite(needs.cost)]
    limits = sorted(set(known.tolist()))
    low, high = 0, limits.index(max(float(needs.minutes[pair]) for pair in best))
    while low < high:
        middle = (low + high) // 2
        found = least_total(_within(needs, limits[middle]))
        if _served(needs, found) == served:
            high = middle
        else:
            low = middle + 1
    return least_total(_within(needs, limits[high]))


def _within(needs: Needs, most_min: float) -> Needs:
    return replace(needs, cost=np.where(needs.minutes <= most_min, needs.cost, np.inf))


def _served(needs: Needs, pairs: Pairs) -> int:
    return int(sum(needs.grade[row] for row, _ in pairs))


def _assigned(needs: Needs) -> Pairs:
    """With a column for each place that a crew has, and one for each row to stay unserved in."""
    crew_of = np.repeat(np.arange(len(needs.capacity)), needs.capacity)
    penalty = needs.weight * needs.grade
    cost = needs.cost[:, crew_of]
    never = (penalty * 2 + needs.weight)[:, None]
    rows = len(penalty)
    matrix = np.hstack([np.where(np.isfinite(cost), cost, never),
                        np.broadcast_to(penalty[:, None], (rows, rows))])  # fmt: skip
    row, column = assigned(matrix.astype(np.float64))
    taken = column < len(crew_of)
    pairs = zip(row[taken].tolist(), crew_of[column[taken]].tolist(), strict=True)
    return tuple((r, c) for r, c in pairs if np.isfinite(needs.cost[r, c]))


def _is_lawful(needs: Needs, pairs: Pairs) -> bool:
    return len({(int(needs.site[row]), crew) for row, crew in pairs}) == len(pairs)


def _by_flow(needs: Needs) -> Pairs:
    """The same for crews of more than one place: none goes twice to one site.

    Rows, crews, and a crew at a site bound nested sets: the corners of the program are whole.
    """
    row, crew = np.nonzero(np.isfinite(needs.cost))
    _, visit = np.unique(needs.site[row] * len(needs.capacity) + crew, return_inverse=True)
    rows, crews, count = len(needs.grade), len(needs.capacity), np.arange(len(row))
    line = np.concatenate([row, rows + crew, rows + crews + visit.reshape(-1)])
    bound = np.concatenate([np.ones(rows), needs.capacity, np.ones(int(visit.max()) + 1)])
    value = needs.cost[row, crew] - (needs.weight * needs.grade)[row]
    taken = cheapest_shares(value, line, np.tile(count, 3), bound.astype(np.float64)) > 0.5
    return tuple(zip(row[taken].tolist(), crew[taken].tolist(), strict=True))
