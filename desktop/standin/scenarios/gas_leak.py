"""燃气泄漏: %LEL climbs at one point, the probes down the wind follow, the pressure drops.

The valve is closed after ten minutes; then the gas thins and the alarms end by themselves.
"""

import math
from dataclasses import dataclass

from msgspec.structs import replace

from desktop.domain.geo import distance_m
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point, Threshold
from desktop.standin.scenarios.line_watch import LineWatch, lines_of
from desktop.standin.scenarios.occurrences import Draft, Pools
from desktop.standin.scenarios.scenario import Scenario

LINES = ((WarningLevel.YELLOW, 20.0), (WarningLevel.ORANGE, 25.0), (WarningLevel.RED, 50.0))
_BEGINS_S, _VALVE_S = 8.0, 600.0
_RISE_PCT_MIN, _MOST_PCT = 12.0, 68.0
_THINS_S = 150.0  # to a third, once the valve is closed
_PRESSURE_S = 45.0
# degrees off the wind, metres away
_PROBES = ((0, 70), (12, 130), (-18, 190), (35, 110), (175, 90), (-80, 120))
_M_PER_DEG = 111_195.0


@dataclass
class _Probe:
    watch: LineWatch
    share: float  # of the source's value
    delay_s: float


class GasLeak(Scenario):
    name = "gas_leak"
    title = "燃气泄漏"

    def begin(self, at_start: bool) -> None:
        source = _source(self.city.places.points[0], Pools(self.city, self.chance))
        wind = self.city.sky
        self._wind_s = wind.wind_m_s
        self._source = source
        self._probes = [_Probe(self._watch(source), 1.0, 0.0)]
        for off_deg, away_m in _PROBES:
            off = off_deg + self.chance.uniform(-6, 6)
            probe = _downwind(source, wind.wind_from_deg + 180 + off, away_m, len(self._probes))
            share = max(math.cos(math.radians(off)), 0.0) ** 2 * math.exp(-away_m / 240)
            self._probes.append(_Probe(self._watch(probe), share, away_m / wind.wind_m_s))
        self._pressure_told = False

    def step(self, seconds_s: float) -> None:
        self.elapsed_s += seconds_s
        for probe in self._probes:
            value = self._lel_pct(self.elapsed_s - probe.delay_s) * probe.share
            probe.watch.see(max(value + self.chance.gauss(0, 0.15), 0.0))
        if not self._pressure_told and self.elapsed_s >= _BEGINS_S + _PRESSURE_S:
            self._pressure_told = True
            self.tell(
                Draft(
                    point=self._source,
                    level=WarningLevel.ORANGE,
                    title="燃气管网压力 0.21 MPa",
                    detail="3 min 内下降 0.09 MPa，低于 0.25 MPa",
                    value=0.21,
                    limit=0.25,
                    unit="MPa",
                    condition="pressure",
                ),
                for_s=_VALVE_S + 120,
            )

    def end(self) -> None:
        super().end()
        for probe in self._probes:
            probe.watch.end()

    def _lel_pct(self, elapsed_s: float) -> float:
        """At the source, in % of the lower explosive limit."""
        leaking_s = min(elapsed_s, _VALVE_S) - _BEGINS_S
        value = min(max(leaking_s, 0.0) / 60 * _RISE_PCT_MIN, _MOST_PCT)
        if elapsed_s > _VALVE_S:
            value *= math.exp(-(elapsed_s - _VALVE_S) / _THINS_S)
        return value

    def _watch(self, point: Point) -> LineWatch:
        return LineWatch(self.city, point, lines_of(point, LINES), _words, 2.0, 3.0)


def _words(value: float, line: Threshold) -> tuple[str, str]:
    return f"燃气浓度 {value:.0f} %LEL", f"超过 {line.value:.0f} %LEL 线"


def _source(centre: Point, pools: Pools) -> Point:
    """The gas point nearest to the first of the register."""
    found = min(pools.of("gas"), key=lambda p: _away_m(centre, p))
    if found.metric:
        return found
    return replace(found, class_id="gas", unit="%LEL", metric="gas_lel_pct")


def _away_m(a: Point, b: Point) -> float:
    if a.lon_deg is None or a.lat_deg is None or b.lon_deg is None or b.lat_deg is None:
        return math.inf
    return distance_m(a.lon_deg, a.lat_deg, b.lon_deg, b.lat_deg)


def _downwind(source: Point, heading_deg: float, away_m: float, number: int) -> Point:
    """A probe in a chamber near the source; it is in no register."""
    assert source.lon_deg is not None and source.lat_deg is not None
    turn = math.radians(heading_deg)
    narrow = _M_PER_DEG * math.cos(math.radians(source.lat_deg))
    return replace(
        source,
        point_id=f"{source.point_id}-J{number}",
        name=f"{source.name} {away_m:.0f} m 井室探头",
        lon_deg=round(source.lon_deg + away_m * math.sin(turn) / narrow, 6),
        lat_deg=round(source.lat_deg + away_m * math.cos(turn) / _M_PER_DEG, 6),
    )
