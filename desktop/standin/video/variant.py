"""Which of its four pictures a scene shows: by the city's clock and its rain."""

from datetime import datetime, time

from desktop.standin.video.osd import CITY_TIME
from desktop.standin.video.scenes.light import Variant

RAIN_MM_H = 2.0  # more than this is seen as rain
_DAWN, _DAY, _DUSK, _NIGHT = time(5, 30), time(7), time(17), time(19)


def variant_of(at: datetime, rain_mm_h: float) -> Variant:
    """`at` is any aware time; the city's clock is UTC+8. Raises ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError("a time without zone has no place on the city's clock")
    if rain_mm_h > RAIN_MM_H:
        return Variant.RAIN
    clock = at.astimezone(CITY_TIME).time()
    if _DAY <= clock < _DUSK:
        return Variant.DAY
    if _DAWN <= clock < _DAY or _DUSK <= clock < _NIGHT:
        return Variant.DUSK
    return Variant.NIGHT
