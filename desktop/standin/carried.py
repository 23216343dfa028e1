"""Cameras that are carried about: what the unit that bears one tells of itself."""

from collections.abc import Iterable

import numpy as np

from desktop.standin.basemap.frame import lon_lat_list
from desktop.standin.fleet import Fleet
from desktop.standin.generated.rows import Unit
from desktop.standin.streams import UnitState


class Carried:
    """`state(camera_id)` is None for a camera that nobody carries."""

    def __init__(self, fleet: Fleet, units: Iterable[Unit]) -> None:
        self._fleet = fleet
        self._bearer = {unit.camera_id: n for n, unit in enumerate(units) if unit.camera_id}

    def state(self, camera_id: str) -> UnitState | None:
        """Where the bearer is now and how fast."""
        number = self._bearer.get(camera_id)
        if number is None:
            return None
        spots, _ = self._fleet.places(np.array([number]))
        lon_deg, lat_deg = lon_lat_list(spots)[0]
        return UnitState(lon_deg, lat_deg, float(self._fleet.speed_kmh[number]) / 3.6)
