"""Who with a radio is nearest to a place: by the newest fixes, not by the register."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from desktop.domain.geo import distance_m
from desktop.domain.positions import Position
from desktop.domain.units import UnitKind, UnitState

CALLED = (UnitKind.RADIO, UnitKind.OFFICER, UnitKind.TEAM)
"""Kinds of units that have somebody who answers."""
REACH_M = 5_000.0
_OFF = (UnitState.OFF_DUTY, UnitState.OFFLINE)


class Near(NamedTuple):
    position: Position
    distance_m: float
    age_s: float


def nearest(
    positions: Iterable[Position],
    lon_deg: float,
    lat_deg: float,
    now: datetime,
    kinds: tuple[UnitKind, ...] = CALLED,
    count: int = 30,
) -> list[Near]:
    """On duty, within REACH_M, nearest first; `now` is the platform's time."""
    # A degree's worth first: the whole city's distances would cost milliseconds of the window.
    found = [
        Near(
            one,
            distance_m(lon_deg, lat_deg, one.lon_deg, one.lat_deg),
            max(0.0, (now - one.at).total_seconds()),
        )
        for one in positions
        if one.kind in kinds
        and one.state not in _OFF
        and abs(one.lat_deg - lat_deg) < 0.05
        and abs(one.lon_deg - lon_deg) < 0.06
    ]
    found = [one for one in found if one.distance_m <= REACH_M]
    return sorted(found, key=lambda one: one.distance_m)[:count]
