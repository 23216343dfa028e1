"""暴雨内涝: rain of 70 mm/h, the underpass fills, a pump trips, alarms from everywhere.

Levels rise at real rates once water stands; when the storm is called in a running city the
first centimetres come in about half a minute, else one would wait an hour for the scene.
"""

from desktop.domain.levels import WarningLevel
from desktop.standin.catalogue import point
from desktop.standin.scenarios.occurrences import Draft, storm_occurrence
from desktop.standin.scenarios.scenario import Scenario
from desktop.standin.water import RED_STORM_MM_H

UNDERPASS_GAUGE = "SW-0417"
_STANDING_M = 0.27
_PUMP_TRIPS_S = 15.0
_PUMP_OUT_CM_MIN = 1.25


class Storm(Scenario):
    name = "storm"
    title = "暴雨内涝（起涨段按压缩时间）"

    def begin(self, at_start: bool) -> None:
        self._elapsed_s = 0.0
        self._next_s = 3.0
        self._pump_out = False
        self.city.water.rain_mm_h = RED_STORM_MM_H
        if at_start:
            now = self.city.now()
            self.city.water.rising_past(UNDERPASS_GAUGE, now, _STANDING_M, 0.55)

    def step(self, seconds_s: float) -> None:
        self._elapsed_s += seconds_s
        self._fill(seconds_s)
        if not self._pump_out and self._elapsed_s >= _PUMP_TRIPS_S:
            self._trip_pump()
        while self._elapsed_s >= self._next_s:
            self._next_s += self.chance.uniform(4, 11)
            storm_occurrence(self.city, self.chance)

    def _fill(self, seconds_s: float) -> None:
        """Brings gauges to standing water quickly; from there the model's real rates rule."""
        for gauge in self.city.water.gauges.values():
            if gauge.held or gauge.point.class_id == "river_level":
                continue
            underpass = gauge.point.point_id == UNDERPASS_GAUGE
            standing_m = _STANDING_M if underpass else gauge.ceiling_m * 0.55
            if gauge.level_m < standing_m:
                gauge.level_m = min(standing_m, gauge.level_m + 0.008 * seconds_s)

    def _trip_pump(self) -> None:
        self._pump_out = True
        gauge = self.city.water.gauges[UNDERPASS_GAUGE]
        gauge.gain_cm_min = _PUMP_OUT_CM_MIN
        self.city.raise_alarm(
            Draft(
                point=point("PS-002"),
                level=WarningLevel.ORANGE,
                title="2 号排水泵跳停",
                detail="过载跳停，1 号泵满频运行",
            )
        )
