"""The five calls into scipy, with types: it ships without stubs."""
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false
# pyright: reportUnknownMemberType=false, reportAttributeAccessIssue=false
# pyright: reportUnknownArgumentType=false

from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment, linprog
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Graph = csr_matrix


def assigned(cost: Floats) -> tuple[Ints, Ints]:
    """Row and column of each pair of the cheapest assignment; as many as the shorter side."""
    rows, columns = linear_sum_assignment(cost)
    return cast(Ints, rows), cast(Ints, columns)


def cheapest_shares(value: Floats, lines: Ints, columns: Ints, bound: Floats) -> Floats:
    """Shares 0 to 1 of least value; the sum of the columns named for a line is <= its bound."""
    shape = (len(bound), len(value))
    matrix = coo_matrix((np.ones(len(lines)), (lines, columns)), shape=shape).tocsr()
    answer = linprog(value, A_ub=matrix, b_ub=bound, bounds=(0, 1), method="highs-ds")
    return np.asarray(answer.x, dtype=np.float64)


def graph(costs: Floats, tails: Ints, heads: Ints, nodes: int) -> Graph:
    """Each pair of nodes at most once; costs are over 0."""
    return csr_matrix((costs, (tails, heads)), shape=(nodes, nodes))


def least_costs(of: Graph, source: int) -> Floats:
    """From `source` to every node; inf where no way leads."""
    return cast(Floats, dijkstra(of, directed=True, indices=source))


def least_costs_and_before(of: Graph, source: int) -> tuple[Floats, Ints]:
    """And of each node the one before it, negative where there is none."""
    costs, before = dijkstra(of, directed=True, indices=source, return_predecessors=True)
    return cast(Floats, costs), cast(Ints, before)


class Nearest:
    """Finds which of many places lie nearest."""

    def __init__(self, places: Floats) -> None:
        self._tree = cKDTree(places)
        self._count = len(places)

    def of(self, spots: Floats, most: int) -> Ints:
        """(spots, up to `most`): numbers of the nearest places, nearest first."""
        most = min(most, self._count)
        _, found = self._tree.query(spots, k=most)
        return np.asarray(found, dtype=np.int64).reshape(len(spots), most)
