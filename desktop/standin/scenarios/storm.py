"""暴雨内涝: a storm cell moves over the city; gauges rise at real rates, alarms from everywhere.

Called in a running city the water begins at the ground: the fastest place crosses its first
line in about a minute, the underpass takes a quarter of an hour. At the start of a city its
past is shaped, so that the storm is in full course.
"""

import logging
import math
from collections.abc import Sequence

from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point
from desktop.standin.floodnet import folder_from_environment, read_floods, worst_storm
from desktop.standin.scenarios.occurrences import Draft, Pools, storm_occurrence
from desktop.standin.scenarios.scenario import Scenario
from desktop.standin.water import RED_STORM_MM_H, Gauge
from desktop.standin.weather import StormCell

log = logging.getLogger(__name__)

UNDERPASS_GAUGE, UNDERPASS_PUMP = "SW-0417", "PS-002"
_STANDING_M = 0.27
_PUMP_TRIPS_S = 15.0
_PUMP_OUT_CM_MIN = 1.25
_UNDER_WAY_MIN = 45.0  # at the start of a city: how long the first places have been rising
_CELL_M_S, _BASE_MM_H, _SMALLEST_CELL_M = 3.0, 12.0, 4_000.0


class Storm(Scenario):
    name = "storm"
    title = "暴雨内涝"

    def begin(self, at_start: bool) -> None:
        self._pools = Pools(self.city, self.chance)
        self._next_s = 3.0
        self._pump_out = False
        self._gain_cm_min = self.city.water.gauges[UNDERPASS_GAUGE].gain_cm_min
        self._cell = storm_cell(self.city.places.points)
        self.city.water.rain_mm_h = RED_STORM_MM_H
        self.city.water.rain_at = self._cell.rain_mm_h
        if not self._replay() and at_start:
            self._shape_past()

    def step(self, seconds_s: float) -> None:
        self.elapsed_s += seconds_s
        self._cell.step(seconds_s)
        if not self._pump_out and self.elapsed_s >= _PUMP_TRIPS_S:
            self._trip_pump()
        while self.elapsed_s >= self._next_s:
            self._next_s += self.chance.uniform(4, 11)
            self.tell(storm_occurrence(self.city, self.chance, self._pools))

    def end(self) -> None:
        super().end()
        water = self.city.water
        water.rain_mm_h, water.rain_at = 0.0, None
        water.gauges[UNDERPASS_GAUGE].gain_cm_min = self._gain_cm_min
        for gauge in water.gauges.values():
            gauge.flood = None

    def _shape_past(self) -> None:
        """Each gauge is somewhere on its way up: some have just begun, some stand at the top."""
        now, water = self.city.now(), self.city.water
        water.rising_past(UNDERPASS_GAUGE, now, _STANDING_M, 0.55)
        for point_id, gauge in water.gauges.items():
            under_way = self.chance.uniform(0, _UNDER_WAY_MIN) * self._wet_part(gauge)
            risen_m = gauge.gain_cm_min * under_way / 100
            to_m = min(gauge.floor_m + risen_m, gauge.ceiling_m)
            if point_id != UNDERPASS_GAUGE and to_m > gauge.floor_m + 0.005:
                water.rising_past(point_id, now, to_m, gauge.gain_cm_min)

    def _wet_part(self, gauge: Gauge) -> float:
        return self._cell.rain_mm_h(gauge.point) / RED_STORM_MM_H

    def _replay(self) -> bool:
        """Measured floods on the flood points, where their folder is named. Says if it did."""
        folder = folder_from_environment()
        if folder is None:
            return False
        try:
            floods = worst_storm(read_floods(folder))
        except OSError as error:
            log.warning("floods cannot be read from %s: %s", folder, error)
            return False
        gauges = self.city.water.flood_gauges()
        self.chance.shuffle(gauges)
        for flood, gauge in zip(floods, gauges, strict=False):
            gauge.flood = flood
            gauge.flood_at_s = -(flood.began - floods[0].began).total_seconds()
        return bool(floods)

    def _trip_pump(self) -> None:
        self._pump_out = True
        self.city.water.gauges[UNDERPASS_GAUGE].gain_cm_min = _PUMP_OUT_CM_MIN
        self.tell(
            Draft(
                point=self.city.places.point(UNDERPASS_PUMP),
                level=WarningLevel.ORANGE,
                title="2 号排水泵跳停",
                detail="过载跳停，1 号泵满频运行",
            )
        )


def storm_cell(points: Sequence[Point]) -> StormCell:
    """Begins over the first point of the register and crosses all of them, there and back."""
    first = points[0]
    placed = [(p.lon_deg, p.lat_deg) for p in points if p.lon_deg is not None]
    assert first.lon_deg is not None and first.lat_deg is not None
    narrow = math.cos(math.radians(first.lat_deg))
    east_m = max(abs(lon - first.lon_deg) for lon, _ in placed) * 111_195 * narrow
    radius_m = max(_SMALLEST_CELL_M, east_m * 0.85)
    return StormCell(
        lon_deg=first.lon_deg,
        lat_deg=first.lat_deg,
        radius_m=radius_m,
        peak_mm_h=RED_STORM_MM_H,
        base_mm_h=_BASE_MM_H,
        speed_m_s=_CELL_M_S,
        reach_m=max(east_m * 0.6, 1000.0),
    )
