"""The sky over the city: a storm cell that moves, what fell, and the rain signal in force.

Signals: 蓝 12 h ≥ 50 mm, 黄 6 h ≥ 50, 橙 3 h ≥ 50, 红 3 h ≥ 100, reached or foreseen.
"""

import math
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from desktop.domain.alarms import AwareTime
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point

_WORDS = {
    None: "无降雨信号",
    WarningLevel.BLUE: "暴雨蓝色预警",
    WarningLevel.YELLOW: "暴雨黄色预警",
    WarningLevel.ORANGE: "暴雨橙色预警",
    WarningLevel.RED: "暴雨红色预警",
}
_M_PER_DEG = 111_195.0


class Weather(msgspec.Struct, frozen=True, kw_only=True):
    """`weather` on MQTT, retained, and GET /weather. `rain_mm_h` is the most in the city now.

    `wind_from_deg` is where the wind comes from, 0 north, clockwise.
    """

    at: AwareTime
    signal: WarningLevel | None
    signal_name: str
    signal_since: AwareTime | None
    rain_mm_h: float
    rain_1h_mm: float
    rain_3h_mm: float
    rain_6h_mm: float
    rain_12h_mm: float
    wind_from_deg: float
    wind_m_s: float
    temperature_c: float
    text: str


def rain_signal(
    mm_3h: float, mm_6h: float, mm_12h: float, rain_mm_h: float = 0.0
) -> WarningLevel | None:
    """The gravest signal whose sum is reached, or will be if it goes on raining like this.

    The milder the signal, the further ahead it looks: a half hour for red and orange.
    """
    if mm_3h + rain_mm_h * 0.5 >= 100:
        return WarningLevel.RED
    if mm_3h + rain_mm_h * 0.5 >= 50:
        return WarningLevel.ORANGE
    if mm_6h + rain_mm_h * 0.67 >= 50:
        return WarningLevel.YELLOW
    return WarningLevel.BLUE if mm_12h + rain_mm_h >= 50 else None


@dataclass
class StormCell:
    """Rain over a round area with a flat core; it crosses the city and turns at its ends."""

    lon_deg: float
    lat_deg: float
    radius_m: float
    peak_mm_h: float
    base_mm_h: float
    speed_m_s: float
    reach_m: float  # how far it goes to either side before it turns
    heading_deg: float = 70.0  # towards
    travelled_m: float = 0.0

    def step(self, seconds_s: float) -> None:
        self.travelled_m += self.speed_m_s * seconds_s

    def centre(self) -> tuple[float, float]:
        """lon_deg, lat_deg."""
        span = 4 * self.reach_m
        part = self.travelled_m % span
        offset = part if part <= self.reach_m else 2 * self.reach_m - part
        if part > 3 * self.reach_m:
            offset = part - span
        east = offset * math.sin(math.radians(self.heading_deg))
        north = offset * math.cos(math.radians(self.heading_deg))
        lat = self.lat_deg + north / _M_PER_DEG
        return self.lon_deg + east / (_M_PER_DEG * math.cos(math.radians(lat))), lat

    def rain_mm_h(self, point: Point) -> float:
        if point.lon_deg is None or point.lat_deg is None:
            return self.base_mm_h
        lon, lat = self.centre()
        narrow = math.cos(math.radians(lat))
        away = math.hypot((point.lon_deg - lon) * narrow, point.lat_deg - lat) * _M_PER_DEG
        core = math.exp(-((away / self.radius_m) ** 8))
        return self.base_mm_h + (self.peak_mm_h - self.base_mm_h) * core


@dataclass
class Sky:
    """Keeps the sums of rain; the figures are those of the wettest station."""

    rain_mm_h: float = 0.0
    wind_from_deg: float = 135.0
    wind_m_s: float = 2.4
    temperature_c: float = 27.5
    _elapsed_h: float = 0.0
    _fallen: deque[tuple[float, float]] = field(default_factory=deque)  # (hour, mm)
    _signal: WarningLevel | None = None
    _since: datetime | None = None

    def step(self, seconds_s: float, rain_mm_h: float, at: datetime) -> None:
        self.rain_mm_h = rain_mm_h
        self._elapsed_h += seconds_s / 3600
        if rain_mm_h > 0:
            self._add(rain_mm_h * seconds_s / 3600)
        while self._fallen and self._fallen[0][0] < self._elapsed_h - 12:
            self._fallen.popleft()
        found: WarningLevel | None = None  # a signal is lifted when the rain has ended
        if rain_mm_h >= 5:
            found = rain_signal(self._sum(3), self._sum(6), self._sum(12), rain_mm_h)
        if found is not self._signal:
            self._signal, self._since = found, at if found else None

    def _add(self, mm: float) -> None:
        """In steps of three minutes, so that twelve hours stay 240 entries."""
        if self._fallen and self._elapsed_h - self._fallen[-1][0] < 0.05:
            hour, sum_mm = self._fallen[-1]
            self._fallen[-1] = (hour, sum_mm + mm)
        else:
            self._fallen.append((self._elapsed_h, mm))

    def _sum(self, hours_h: float) -> float:
        first = self._elapsed_h - hours_h
        return sum(mm for hour, mm in self._fallen if hour >= first)

    def weather(self, at: datetime) -> Weather:
        name = _WORDS[self._signal]
        text = f"{name}，雨强 {self.rain_mm_h:.0f} mm/h" if self.rain_mm_h >= 1 else name
        return Weather(
            at=at,
            signal=self._signal,
            signal_name=name,
            signal_since=self._since,
            rain_mm_h=round(self.rain_mm_h, 1),
            rain_1h_mm=round(self._sum(1), 1),
            rain_3h_mm=round(self._sum(3), 1),
            rain_6h_mm=round(self._sum(6), 1),
            rain_12h_mm=round(self._sum(12), 1),
            wind_from_deg=self.wind_from_deg,
            wind_m_s=self.wind_m_s,
            temperature_c=self.temperature_c,
            text=text,
        )
