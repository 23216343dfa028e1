"""The units as columns: a fix costs its own row, a tick one copy of the columns."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.domain.positions import LAST_KNOWN_AFTER_S, Position, stale_after_s
from desktop.domain.units import UnitKind, UnitState
from views.city_map.packing import pack, place_columns

KINDS = (UnitKind.VEHICLE, UnitKind.TEAM, UnitKind.OFFICER, UnitKind.RADIO, UnitKind.DRONE)
STATES = tuple(UnitState)
LIVE, STALE, LAST_KNOWN = 0, 1, 2
_KIND_NUMBER = {kind: number for number, kind in enumerate(KINDS)}
_STATE_NUMBER = {state: number for number, state in enumerate(STATES)}
_LIMIT_S = np.array([stale_after_s(kind) for kind in KINDS])
_COLUMNS: dict[str, Any] = {
    "lon": np.float64, "lat": np.float64, "at": np.float64, "heading": np.float32,
    "kind": np.uint8, "state": np.uint8,
}  # fmt: skip
_LEAST_ROWS = 256


class UnitSheet:
    """Rows in the order in which the units were first seen."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}
        self._columns: dict[str, NDArray[Any]] = {
            name: np.zeros(_LEAST_ROWS, kind) for name, kind in _COLUMNS.items()
        }

    def __len__(self) -> int:
        return len(self._rows)

    def put(self, positions: Iterable[Position]) -> None:
        for position in positions:
            row = self._rows.setdefault(position.unit_id, len(self._rows))
            if row >= len(self._columns["lon"]):
                self._grow()
            columns = self._columns
            columns["lon"][row] = position.lon_deg
            columns["lat"][row] = position.lat_deg
            columns["at"][row] = position.at.timestamp()
            heading = position.heading_deg
            columns["heading"][row] = np.nan if heading is None else heading
            columns["kind"][row] = _KIND_NUMBER[position.kind]
            columns["state"][row] = _STATE_NUMBER[position.state]

    def counts(self, now_s: float) -> Mapping[UnitKind, tuple[int, int]]:
        """Live and all of each kind."""
        trust, kinds = self._trust(self._ages(now_s)), self._column("kind")
        return {
            kind: (int(((kinds == number) & (trust == LIVE)).sum()), int((kinds == number).sum()))
            for kind, number in _KIND_NUMBER.items()
        }

    def body(self, now_s: float) -> bytes:
        """`now_s`: the platform's time, in seconds since 1970."""
        columns, origin = place_columns(self._column("lon"), self._column("lat"))
        ages = self._ages(now_s)
        columns["heading"] = self._column("heading")
        columns["age_s"] = ages.astype(np.float32)
        columns["kind"] = self._column("kind")
        columns["state"] = self._column("state")
        columns["freshness"] = self._trust(ages)
        return pack(columns, list(self._rows), **origin)

    def _ages(self, now_s: float) -> NDArray[np.float64]:
        return np.maximum(0.0, now_s - self._column("at"))

    def _trust(self, ages: NDArray[np.float64]) -> NDArray[np.uint8]:
        stale = ages > _LIMIT_S[self._column("kind")]
        return np.where(ages > LAST_KNOWN_AFTER_S, LAST_KNOWN, stale).astype(np.uint8)

    def _column(self, name: str) -> NDArray[Any]:
        return self._columns[name][: len(self._rows)]

    def _grow(self) -> None:
        for name, column in self._columns.items():
            self._columns[name] = np.concatenate([column, np.zeros_like(column)])
