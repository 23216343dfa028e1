"""Units that were sent somewhere: they drive there along the streets and stay until freed."""

from collections import deque
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from desktop.standin.routes import Leg, Routes

THERE_M = 60.0
"""So near is on the scene."""


@dataclass
class Errand:
    """`goal`: x, y in m. `legs`: still to drive after the present edge. `wait_s`: before it sets
    out.
    """

    order_id: str
    goal: tuple[float, float]
    legs: deque[Leg] = field(default_factory=deque)
    stop_m: float = 0.0
    wait_s: float = 0.0
    is_there: bool = False


class Errands:
    """By the unit's number. Moves `edge`, `along_m` and `forward` of the fleet in place."""

    def __init__(
        self, routes: Routes, edge: NDArray[np.int64], along_m: NDArray[np.float64],
        forward: NDArray[np.bool_], length_m: NDArray[np.float64],
    ) -> None:  # fmt: skip
        self._routes = routes
        self._edge, self._along, self._forward = edge, along_m, forward
        self._length_m = length_m
        self.by_number: dict[int, Errand] = {}

    def begin(
        self, number: int, order_id: str, goal: tuple[float, float], wait_s: float = 0.0
    ) -> None:
        errand = Errand(order_id, goal, wait_s=wait_s)
        edge, along = int(self._edge[number]), float(self._along[number])
        forward, route = self._routes.route(edge, along, goal)
        self._forward[number] = forward
        errand.legs, errand.stop_m = deque(route.legs), route.stop_m
        self.by_number[number] = errand

    def shut(self, edges: frozenset[int]) -> None:
        """Who would drive through a street that is shut now takes another way."""
        if not self._routes.shut(edges):
            return
        for number, errand in list(self.by_number.items()):
            if not errand.is_there and any(edge in edges for edge, _ in errand.legs):
                self.begin(number, errand.order_id, errand.goal, errand.wait_s)

    def drive(self, number: int, seconds_s: float) -> float:
        """Rolls on for so long; the speed of the street it ends on, in m/s. 0 when it is there."""
        errand = self.by_number[number]
        left_s = self.set_out(number, seconds_s)
        if left_s <= 0:
            return 0.0
        while left_s > 0 and not errand.is_there:
            edge = int(self._edge[number])
            pace = self._pace(edge)
            to_go = self._to_go(number, errand)
            if to_go > pace * left_s:
                step = pace * left_s
                self._along[number] += step if self._forward[number] else -step
                return pace
            left_s -= to_go / pace
            self._next(number, errand)
        return 0.0 if errand.is_there else self._pace(int(self._edge[number]))

    def set_out(self, number: int, seconds_s: float) -> float:
        """What is left of the time once it is on its way."""
        errand = self.by_number[number]
        left_s = max(seconds_s - errand.wait_s, 0.0)
        errand.wait_s = max(errand.wait_s - seconds_s, 0.0)
        return left_s

    def eta_s(self, number: int) -> float:
        """What is left of the way at the streets' pace."""
        errand = self.by_number[number]
        if errand.is_there:
            return 0.0
        total = errand.wait_s + self._to_go(number, errand) / self._pace(int(self._edge[number]))
        for place, (edge, forward) in enumerate(errand.legs):
            share = 1.0
            if place == len(errand.legs) - 1:
                share = errand.stop_m / max(float(self._length_m[edge]), 1e-9)
                share = share if forward else 1 - share
            total += float(self._routes.time_s[edge]) * share
        return total

    def _pace(self, edge: int) -> float:
        return float(self._length_m[edge] / max(float(self._routes.time_s[edge]), 1e-9))

    def _to_go(self, number: int, errand: Errand) -> float:
        """Metres to the end of the present edge, or to the stop on it."""
        along, edge = float(self._along[number]), int(self._edge[number])
        ahead = bool(self._forward[number])
        end = float(self._length_m[edge]) if ahead else 0.0
        stop = end if errand.legs else errand.stop_m
        return max(stop - along if ahead else along - stop, 0.0)

    def _next(self, number: int, errand: Errand) -> None:
        if not errand.legs:
            self._along[number] = errand.stop_m
            errand.is_there = True
            return
        edge, forward = errand.legs.popleft()
        self._edge[number], self._forward[number] = edge, forward
        self._along[number] = 0.0 if forward else float(self._length_m[edge])
