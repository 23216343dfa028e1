"""Sky, water, and what the instruments measure on the mean."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import numpy as np

from desktop.domain.levels import WarningLevel
from desktop.standin.city import City
from desktop.standin.instruments import Instruments
from desktop.standin.metrics.sheet import Edges, Past, Sheet

_SAMPLED = 24
"""Points of a class whose mean stands for it."""
MEANS = {
    "supply.pressure_mpa": ("water_pressure", "pressure_mpa"),
    "heat.pressure_mpa": ("heat", "pressure_mpa"),
    "heat.supply_c": ("heat", "supply_c"),
    "heat.return_c": ("heat", "return_c"),
    "river.flow_m3s": ("flow", "flow_m3s"),
    "river.turbidity_ntu": ("water_quality", "turbidity_ntu"),
    "river.ph": ("water_quality", "ph"),
    "river.oxygen_mg_l": ("water_quality", "oxygen_mg_l"),
    "gas.lel_pct": ("gas", "gas_lel_pct"),
    "lamp.current_a": ("street_light", "current_a"),
    "lamp.voltage_v": ("street_light", "voltage_v"),
    "bridge.strain_ue": ("bridge", "strain_ue"),
    "bridge.deflection_mm": ("bridge", "deflection_mm"),
    "bridge.vibration_mms": ("bridge", "vibration_mms"),
    "pump.current_a": ("pump", "current_a"),
}
MOSTS = {"gas.lel_max_pct": ("gas", "gas_lel_pct"), "bridge.strain_max_ue": ("bridge", "strain_ue")}


class InstrumentMetrics:
    """A value is a function of point and moment, so the past is known as well."""

    name, blocks, fresh_s, ready = "instruments", True, 15.0, True

    def __init__(self, city: City, instruments: Instruments, districts: Sequence[str]) -> None:
        self._city, self._instruments, self._districts = city, instruments, districts

    def present(self, at: datetime) -> Sheet:
        sheet = Sheet(self._districts, f"instruments/{int(at.timestamp()) // 15}")
        for name, (class_id, metric) in {**MEANS, **MOSTS}.items():
            values = self._values(class_id, metric, at)
            reduce = max if name in MOSTS else _mean
            sheet.set(name, reduce(values) if values else None, len(values))
        return sheet

    def past(self, wanted: Iterable[str], edges: Edges) -> Past:
        found: Past = {}
        for name in wanted:
            if name not in MEANS and name not in MOSTS:
                continue
            class_id, metric = MEANS.get(name) or MOSTS[name]
            rows = self._instruments.courses(class_id, metric, edges.astype(np.float64), _SAMPLED)
            if len(rows):
                found[name, "city"] = rows.max(axis=0) if name in MOSTS else rows.mean(axis=0)
        return found

    def _values(self, class_id: str, metric: str, at: datetime) -> list[float]:
        """Of the sampled points that speak; a value that a scenario set counts always."""
        moment = np.array([at.timestamp()])
        sampled = self._instruments.courses(class_id, metric, moment, _SAMPLED)
        given = [
            row[metric] for point_id, row in dict(self._city.readings).items()
            if metric in row and self._instruments.class_of(point_id) == class_id
        ]  # fmt: skip
        return [*(float(row[0]) for row in sampled), *given]


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


class SkyMetrics:
    """Rain, wind and the levels of water on roads, in underpasses, pipes and the river."""

    name, blocks, fresh_s, ready = "water", False, 1.0, True

    def __init__(self, city: City, districts: Sequence[str]) -> None:
        self._city, self._districts = city, districts

    def present(self, at: datetime) -> Sheet:
        sheet = Sheet(self._districts, f"water/{int(at.timestamp())}")
        self._weather(sheet)
        kinds = {"underpass_water": "underpass", "water_level": "road", "river_level": "river",
                 "pipe_level": "pipe"}  # fmt: skip
        for class_id, word in kinds.items():
            gauges = [g for g in self._city.water.gauges.values()
                      if g.point.class_id == class_id
                      and g.point.point_id not in self._city.silent]  # fmt: skip
            levels = [g.measured_m for g in gauges]
            sheet.set(f"water.{word}_max_m", max(levels, default=None), len(levels))
            if word in ("river", "pipe"):
                sheet.set(f"water.{word}_mean_m", _mean(levels) if levels else None, len(levels))
            lines = [line.value for g in gauges[:1] for line in g.point.thresholds]
            for number, word_of in enumerate(("line1", "line2", "line3", "line4")):
                over = sum(v >= lines[number] for v in levels) if number < len(lines) else 0
                sheet.set(f"water.{word}_{word_of}", float(over), len(levels))
        rising = [g.rise_cm_min() for g in self._city.water.flood_gauges()]
        sheet.set("water.rising", float(sum(r > 0.1 for r in rising)), len(rising))
        fastest = max((r for r in rising if r > 0), default=0.0)
        sheet.set("water.fastest_rise_cm_min", fastest, len(rising))
        return sheet

    def past(self, wanted: Iterable[str], edges: Edges) -> Past:
        """Of the last hours, as far as the gauges have kept their courses."""
        return {}

    def _weather(self, sheet: Sheet) -> None:
        told = self._city.weather
        for name in ("rain_mm_h", "rain_1h_mm", "rain_3h_mm", "rain_6h_mm", "rain_12h_mm",
                     "wind_m_s", "temperature_c"):  # fmt: skip
            sheet.set(f"weather.{name}", float(getattr(told, name)))
        order = (None, WarningLevel.BLUE, WarningLevel.YELLOW, WarningLevel.ORANGE,
                 WarningLevel.RED)  # fmt: skip
        sheet.set("weather.signal", float(order.index(told.signal)))
