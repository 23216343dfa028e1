"""Values of one source at one moment, by metric and unit."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from desktop.domain.cockpit.metrics import CITY

Edges = NDArray[np.int64]
"""Unix seconds, rising."""
Past = dict[tuple[str, str], NDArray[np.float64]]
"""(metric_id, scope_id) -> a value at each edge, NaN where nothing is known."""


class Told(NamedTuple):
    value: float | None
    n: float | None = None


class Sheet:
    """Counts begin at 0 for every unit; what is set is set."""

    def __init__(self, districts: Sequence[str], source_id: str) -> None:
        self.districts, self.source_id = tuple(districts), source_id
        self.values: dict[tuple[str, str], Told] = {}
        self.earlier: dict[tuple[str, str, int], float] = {}  # seconds back -> value

    def begin(self, *metric_ids: str, by_district: bool = True) -> None:
        for metric_id in metric_ids:
            for scope in (CITY, *(self.districts if by_district else ())):
                self.values[metric_id, scope] = Told(0.0)

    def add(self, metric_id: str, district: str | None, amount: float = 1.0) -> None:
        """To the district, where it is one, and to the city. Nothing where it has not begun."""
        for scope in (CITY, district):
            if scope and (metric_id, scope) in self.values:
                told = self.values[metric_id, scope]
                self.values[metric_id, scope] = Told((told.value or 0.0) + amount, told.n)

    def set(
        self, metric_id: str, value: float | None, n: float | None = None, scope: str = CITY
    ) -> None:
        self.values[metric_id, scope] = Told(value, n)

    def get(self, metric_id: str, scope: str = CITY) -> float:
        told = self.values.get((metric_id, scope))
        return told.value or 0.0 if told else 0.0

    def rate(self, metric_id: str, part: str, whole: str, by_district: bool = True) -> None:
        """Percent of two counts; None where there is nothing to share."""
        for scope in (CITY, *(self.districts if by_district else ())):
            of = self.get(whole, scope)
            share = 100 * self.get(part, scope) / of if of else None
            self.values[metric_id, scope] = Told(share, of)

    def columns(self, metric_id: str, by_district: NDArray[np.float64]) -> None:
        """One number for each district, in their order, and their sum."""
        self.set(metric_id, float(by_district.sum()))
        for scope, value in zip(self.districts, by_district.tolist(), strict=True):
            self.set(metric_id, float(value), scope=scope)


class Source(Protocol):
    """`blocks`: its reads belong on a thread; else they belong on the loop."""

    name: str
    blocks: bool
    fresh_s: float  # a sheet is good for so long

    @property
    def ready(self) -> bool: ...

    def present(self, at: datetime) -> Sheet: ...

    def past(self, wanted: Iterable[str], edges: Edges) -> Past:
        """Of the metrics whose past is known; the others have a course made for them."""
        ...
