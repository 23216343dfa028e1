"""From the platform's publishing to the changed pixel on the screen, at 200 events a second.

One alarm changes between red and orange at the head of the list; a spot of its row is read from
the X server. The spot is found by comparing pictures of both states. The floor is the time that
reading the spot takes.
"""

import itertools
import time

import numpy as np
from Xlib import X
from Xlib.display import Display

from tests.bench.program import program, spread, until
from tests.command_center import CommandCenter

RATE_PER_S, PROBES = 200, 150
LIST = (0, 60, 640, 700)  # x, y, width, height of the part of the screen where the list stands
_GOAL = {"p50": 80, "p99": 200}
_POINT = "SW-0500"
_LOST_S = 3.0


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


def measure() -> dict[str, object]:
    """Milliseconds from the call that publishes (its way through REST included) to the pixel."""
    with program("--as", "operator") as center:
        until(center.is_ready)
        screen = Screen(center.display)
        draft = {"point_id": _POINT, "level": "red", "title": "通道积水", "condition": "pixel"}
        alarm_id = center.control("/alarms", draft)["alarm_id"]
        spot, colours = _find_spot(center, screen, alarm_id)
        center.control("/load", {"per_s": RATE_PER_S, "for_s": 600})
        time.sleep(5.0)
        taken = [_probe(center, screen, alarm_id, spot, colours, turn) for turn in range(PROBES)]
        lateness = center.status()["gui_lateness_ms"]
        floor_ms = _floor(screen, spot)
    seen = [ms for ms in taken if ms is not None]
    return {
        "publish_to_pixel_ms": spread(seen),
        "goal_ms": _GOAL,
        "lost": len(taken) - len(seen),
        "gui_lateness_ms": lateness,
        "read_floor_ms": round(floor_ms, 2),
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


def _probe(
    center: CommandCenter,
    screen: Screen,
    alarm_id: str,
    spot: tuple[int, int],
    colours: tuple[bytes, bytes],
    turn: int,
) -> float | None:
    """None: not seen within _LOST_S."""
    time.sleep(0.25 + 0.013 * (turn % 17))  # no common beat with the stores' 100 ms
    level = ("red", "orange")[turn % 2]
    start_s = time.perf_counter()
    _change(center, alarm_id, level)
    while screen.spot(*spot) != colours[turn % 2]:
        if time.perf_counter() - start_s > _LOST_S:
            return None
        time.sleep(0.001)
    return (time.perf_counter() - start_s) * 1e3


def _floor(screen: Screen, spot: tuple[int, int]) -> float:
    start_s = time.perf_counter()
    for _ in range(100):
        screen.spot(*spot)
    return (time.perf_counter() - start_s) * 10
