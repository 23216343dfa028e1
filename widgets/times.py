"""Times and ages as the screen writes them: the city's zone, 24 hours."""

from datetime import datetime
from zoneinfo import ZoneInfo

CITY_ZONE = ZoneInfo("Asia/Shanghai")


def local(at: datetime) -> datetime:
    return at.astimezone(CITY_ZONE)


def hh_mm(at: datetime) -> str:
    return f"{local(at):%H:%M}"


def hh_mm_ss(at: datetime) -> str:
    return f"{local(at):%H:%M:%S}"


def age_text(age_s: float) -> str:
    """`38 s`, `9 min`, `3 h`, `2 d`: one figure and its unit, never negative."""
    age_s = max(0.0, age_s)
    if age_s < 60:
        return f"{int(age_s)} s"
    if age_s < 3600:
        return f"{int(age_s // 60)} min"
    if age_s < 86_400:
        return f"{int(age_s // 3600)} h"
    return f"{int(age_s // 86_400)} d"


def short_age_text(age_s: float) -> str:
    """The age of a live value: one decimal below 10 s."""
    return f"{max(0.0, age_s):.1f} s" if age_s < 9.95 else age_text(age_s)
