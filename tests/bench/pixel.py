"""From the platform's publishing to the changed pixel on the screen, at 200 events a second, and
in a storm of 2,000.

One alarm changes between red and orange at the head of the list; a spot of its row is read from
the X server. The spot is found by comparing pictures of both states. The floor is the time that
reading the spot takes. Where the time goes: `platform` up to the broker's word (REST and the
platform included), `link` up to the link's word to its stations, `window` up to the pixel.
"""

import itertools
import time
from typing import NamedTuple

import numpy as np
from Xlib import X
from Xlib.display import Display

from tests.bench.ears import Ears
from tests.bench.program import is_mirrored, program, spread, until
from tests.command_center import CommandCenter

RATE_PER_S, PROBES = 200, 150
STORM_PER_S, STORM_PROBES = 2_000, 50
LIST = (0, 60, 640, 700)  # x, y, width, height of the part of the screen where the list stands
_GOAL = {"p50": 80, "p99": 200}
_POINT = "SW-0500"
_LOST_S = 5.0
_SETTLES_S = 5.0
_HOPS = ("platform", "link", "window")


class Screen:
    def __init__(self, display: str) -> None:
        self._display = Display(display)
        self._root = self._display.screen().root

    def read(self, x: int, y: int, width: int, height: int) -> np.ndarray:
        """height x width x 4 bytes, blue first."""
        image = self._root.get_image(x, y, width, height, X.ZPixmap, 0xFFFFFFFF)
        return np.frombuffer(image.data, np.uint8).reshape(height, width, 4)

    def spot(self, x: int, y: int) -> bytes:
        return self.read(x, y, 1, 1).tobytes()


class Probed(NamedTuple):
    """Milliseconds of one change; what was not seen within _LOST_S has no hops."""

    whole: float
    hops: dict[str, float]
    lost: bool = False


def measure() -> dict[str, object]:
    """Milliseconds from the call that publishes (its way through REST included) to the pixel."""
    with program("--as", "operator") as center:
        until(center.is_ready)
        until(lambda: is_mirrored(center))
        screen = Screen(center.display)
        draft = {"point_id": _POINT, "level": "red", "title": "通道积水", "condition": "pixel"}
        alarm_id = center.control("/alarms", draft)["alarm_id"]
        spot, colours = _find_spot(center, screen, alarm_id)
        probe = Probe(center, screen, alarm_id, spot, colours)
        steady = _under_load(center, probe, RATE_PER_S, PROBES)
        storm = _under_load(center, probe, STORM_PER_S, STORM_PROBES)
        probe.close()
        floor_ms = _floor(screen, spot)
    return {
        **steady,
        "goal_ms": _GOAL,
        "storm": storm | {"goal_max_ms": 1000},
        "read_floor_ms": round(floor_ms, 2),
    }


def _under_load(center: CommandCenter, probe: "Probe", per_s: int, count: int) -> dict[str, object]:
    center.control("/load", {"per_s": per_s, "for_s": 600})
    time.sleep(_SETTLES_S)
    taken = [probe.take(turn) for turn in range(count)]
    lateness = center.status().get("gui_lateness_ms", {})
    center.control("/load", {"per_s": 0})
    hops = {name: [one.hops[name] for one in taken if name in one.hops] for name in _HOPS}
    return {
        "publish_to_pixel_ms": spread([one.whole for one in taken]),
        "hops_ms": {name: spread(values) for name, values in hops.items() if len(values) > 1},
        "lost": sum(one.lost for one in taken),
        "gui_lateness_ms": lateness,
    }


def _find_spot(
    center: CommandCenter, screen: Screen, alarm_id: str
) -> tuple[tuple[int, int], tuple[bytes, bytes]]:
    """Where red and orange differ most, steadily: each state is looked at twice."""
    seen: dict[str, list[np.ndarray]] = {"red": [], "orange": []}
    for level in itertools.chain(*[seen] * 2):
        _change(center, alarm_id, level)
        time.sleep(1.5)
        seen[level].append(screen.read(*LIST).astype(int))
    steady = sum(np.abs(first - second).sum(axis=2) for first, second in seen.values()) == 0
    apart = np.abs(seen["red"][0] - seen["orange"][0]).sum(axis=2) * steady
    y, x = np.unravel_index(int(apart.argmax()), apart.shape)
    if not apart[y, x]:
        raise RuntimeError("the list does not show the alarm")
    spot = (LIST[0] + int(x), LIST[1] + int(y))
    colours = [seen[level][0][y, x].astype(np.uint8).tobytes() for level in ("red", "orange")]
    return spot, (colours[0], colours[1])


def _change(center: CommandCenter, alarm_id: str, level: str) -> None:
    center.control(f"/alarms/{alarm_id}", {"level": level, "title": "通道积水"})


class Probe:
    """Changes the alarm and looks for the change on the screen."""

    def __init__(
        self,
        center: CommandCenter,
        screen: Screen,
        alarm_id: str,
        spot: tuple[int, int],
        colours: tuple[bytes, bytes],
    ) -> None:
        self._center, self._screen, self._alarm_id = center, screen, alarm_id
        self._spot, self._colours = spot, colours
        self._ears = Ears(center)
        self.close = self._ears.close

    def take(self, turn: int) -> Probed:
        time.sleep(0.25 + 0.013 * (turn % 17))  # no common beat with the stores' own
        self._ears.expect(self._alarm_id.encode())
        start_s = time.perf_counter()
        _change(self._center, self._alarm_id, ("red", "orange")[turn % 2])
        while self._screen.spot(*self._spot) != self._colours[turn % 2]:
            if time.perf_counter() - start_s > _LOST_S:
                return Probed(_LOST_S * 1e3, {}, lost=True)
            time.sleep(0.001)
        seen_s = time.perf_counter()
        return Probed((seen_s - start_s) * 1e3, _hops(start_s, self._ears.heard_s(), seen_s))


def _hops(start_s: float, heard_s: dict[str, float], seen_s: float) -> dict[str, float]:
    """Milliseconds of each part of the way; none while an ear has not heard it yet."""
    if len(heard_s) < len(_HOPS) - 1:
        return {}
    times_s = [start_s, heard_s["broker"], heard_s["link"], seen_s]
    pairs = itertools.pairwise(times_s)
    return {name: (end - begin) * 1e3 for name, (begin, end) in zip(_HOPS, pairs, strict=True)}


def _floor(screen: Screen, spot: tuple[int, int]) -> float:
    start_s = time.perf_counter()
    for _ in range(100):
        screen.spot(*spot)
    return (time.perf_counter() - start_s) * 10
