"""What a drone, a patrol car or a body camera writes below its clock, and its own course."""

import math
import zlib
from dataclasses import asdict, dataclass, replace

_CENTRE = (116.60, 28.90)
_METRES_PER_DEGREE = 111_320.0
_FULL_S = 26 * 60.0  # a battery's hour, and the way there and back


@dataclass(frozen=True)
class UnitState:
    """Where a unit is and how it does; what is unknown is not shown."""

    lon_deg: float | None = None
    lat_deg: float | None = None
    speed_m_s: float | None = None
    height_m: float | None = None
    battery_pct: float | None = None

    def completed(self, other: "UnitState") -> "UnitState":
        """What is not known here is taken from the other."""
        known = {key: value for key, value in asdict(self).items() if value is not None}
        return replace(other, **known)

    def line(self) -> str:
        """As it stands in the picture."""
        parts = []
        if self.height_m is not None:
            parts.append(f"高度{self.height_m:5.1f}m")
        if self.speed_m_s is not None:
            metres = self.height_m is not None
            speed = f"{self.speed_m_s:4.1f}m/s" if metres else f"{self.speed_m_s * 3.6:3.0f}km/h"
            parts.append(f"速度{speed}")
        if self.battery_pct is not None:
            parts.append(f"电量{self.battery_pct:3.0f}%")
        if self.lon_deg is not None and self.lat_deg is not None:
            parts.append(f"E{self.lon_deg:.5f} N{self.lat_deg:.5f}")
        return "  ".join(parts)


def own_course(scene: str, camera_id: str, at_s: float) -> UnitState:
    """A made-up course where nobody knows the unit's own; `at_s` is seconds since 1970."""
    seed = zlib.crc32(camera_id.encode())
    phase = seed % 3600
    turn = 2 * math.pi * (at_s + phase) / _FULL_S
    reach_m = {"drone": 1500.0, "vehicle": 2400.0}.get(scene, 180.0)
    east = reach_m * math.sin(turn) + (seed >> 8) % 2000 - 1000
    north = reach_m * math.sin(2 * turn) / 2 + (seed >> 16) % 1600 - 800
    lat = _CENTRE[1] + north / _METRES_PER_DEGREE
    lon = _CENTRE[0] + east / _METRES_PER_DEGREE / math.cos(math.radians(lat))
    battery = 96.0 - 74.0 * ((at_s + phase) % _FULL_S) / _FULL_S
    sway = math.sin(at_s * 0.7) + 0.5 * math.sin(at_s * 1.9 + phase)
    match scene:
        case "drone":
            return UnitState(lon, lat, 16.0 + 0.3 * sway, 118.0 + 0.6 * sway, battery)
        case "vehicle":
            return UnitState(lon, lat, 12.0 + 0.5 * sway)
        case _:
            return UnitState(lon, lat, battery_pct=battery)
