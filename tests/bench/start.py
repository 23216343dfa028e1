"""From the command to the first live alarm and the first live picture, by the clock on the wall.

Three starts: the platform runs already and the profile has seen it before; with the stand-in
city, its cache warm; the first ever, with nothing in any cache (city and pictures are made).
"""

import contextlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.bench.ordinary_user import GuestCenter, NoOrdinaryUser, OrdinaryUser, ordinary_user
from tests.bench.program import LIMIT_S, has_pictures, is_mirrored, program, until
from tests.command_center import CommandCenter, called
from tests.faults.city import City, CityLevers
from tests.x_server import x_server

_TITLE = "首条告警"
_TRIES = 3
_POINT = "SW-0500"


def measure() -> dict[str, object]:
    """Seconds. `window_s` is the bare floor: until the station answers at all."""
    own = _quickest(_start)
    platform = measure_platform_running()
    with _bare_cache():
        first = _start()
    return {"platform_running": platform, "with_standin": own, "first_ever": first}


def measure_platform_running() -> dict[str, object]:
    """Somebody signs in by the keyboard; the time of the typing (`typed_s`) is taken off."""
    try:
        with (
            ordinary_user() as user,
            tempfile.TemporaryDirectory() as name,
            City(Path(name), words=("--scale", "full")) as city,
        ):
            _guest_start(user, city, until_mirrored=True)
            return dict(_quickest(lambda: _guest_start(user, city)))
    except NoOrdinaryUser as error:
        return {"not_measured": str(error)}


def _quickest(start: Callable[[], dict[str, float]]) -> dict[str, float]:
    return min((start() for _ in range(_TRIES)), key=lambda found: found["both_s"])


def _start() -> dict[str, float]:
    with program("--as", "operator") as center:
        found = {"window_s": _answers(center)}
        until(center.is_ready)
        found["ready_s"] = time.monotonic() - center.began_s
        return _rounded(found | _first_live(center, center, 0.0))


def _guest_start(
    user: OrdinaryUser, city: City, *, until_mirrored: bool = False
) -> dict[str, float]:
    account = called(f"{city.url}/demo/accounts")[0]
    with x_server() as server:
        center = GuestCenter(user, server.display, city.url)
        try:
            found = {"window_s": _answers(center)}
            until(center.is_ready)
            found["sign_in_page_s"] = time.monotonic() - center.began_s
            typed_s = center.type_in(account["username"], account["password"])
            until(lambda: _is_live(center))
            until(center.is_ready)
            found |= {"typed_s": typed_s}
            found["ready_s"] = time.monotonic() - center.began_s - typed_s
            found |= _first_live(center, city, typed_s)
            if until_mirrored:
                until(lambda: is_mirrored(center))
            return _rounded(found)
        finally:
            center.end()


def _is_live(center: CommandCenter) -> bool:
    """Somebody is signed in and alarms flow."""
    return center.status().get("feeds", {}).get("alarms", {}).get("freshness") == "live"


def _answers(center: CommandCenter) -> float:
    until(lambda: bool(center.status()), LIMIT_S)
    return time.monotonic() - center.began_s


def _first_live(
    center: CommandCenter, city: CommandCenter | CityLevers, away_s: float
) -> dict[str, float]:
    """An alarm that is raised now, and a picture; `away_s` is not counted."""
    began_s = center.began_s + away_s
    draft: dict[str, Any] = {"point_id": _POINT, "level": "red", "title": _TITLE}
    alarm_id = city.control("/alarms", draft | {"condition": str(began_s)})["alarm_id"]
    until(lambda: center.alarm(alarm_id))
    alarm_s = time.monotonic() - began_s
    until(lambda: has_pictures(center))
    picture_s = time.monotonic() - began_s
    city.control(f"/alarms/{alarm_id}/clear", {})
    return {"alarm_s": alarm_s, "picture_s": picture_s, "both_s": max(alarm_s, picture_s)}


def _rounded(found: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 2) for name, value in found.items()}


@contextlib.contextmanager
def _bare_cache() -> Iterator[None]:
    before = os.environ.get("XDG_CACHE_HOME")
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_CACHE_HOME"] = str(Path(name))
        try:
            yield
        finally:
            if before is None:
                del os.environ["XDG_CACHE_HOME"]
            else:
                os.environ["XDG_CACHE_HOME"] = before
