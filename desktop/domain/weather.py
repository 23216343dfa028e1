"""The weather over the city as the platform tells it."""

from typing import Annotated

import msgspec

from desktop.domain.alarms import AwareTime
from desktop.domain.levels import WarningLevel

STALE_AFTER_S = 300.0


class Weather(msgspec.Struct, frozen=True, kw_only=True):
    """Source: MQTT city/{adcode}/weather, retained. `rain_mm_h`: the most in the city now.

    `signal` is the rain signal in force, None for none; `signal_name` its name on screen. The sums
    are those of the wettest station, None where the platform tells none.
    """

    at: AwareTime
    signal: WarningLevel | None = None
    rain_mm_h: Annotated[float, msgspec.Meta(ge=0, le=1000)] = 0.0
    rain_1h_mm: Annotated[float, msgspec.Meta(ge=0, le=2000)] | None = None
    rain_3h_mm: Annotated[float, msgspec.Meta(ge=0, le=2000)] | None = None
    signal_name: str = ""
    text: str = ""
