"""A shift of the wall in minutes: layouts switched, servers lost, processes killed, and no growth.

`python -m tests.bench.wall_soak MINUTES` switches the layout each three seconds (in a shift each
two minutes), takes the cameras away every twentieth time and kills a video process every
fiftieth. After each round of layouts it looks at the largest one: memory (PSS), files and threads
of the window and its video processes. JSON on stdout; exit code 1 if one of them grew.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

import psutil

from tests.bench.cameras import CameraServer
from tests.bench.screen_numbers import Grid, ScreenNumbers, camera_of
from tests.bench.wall_outside import Desk, open_desk
from tests.x_server import x_server

LAYOUTS = ((25, 5), (1, 1), (9, 3), (4, 2), (16, 4))
"""Tiles and columns; the first is the one that is looked at."""

DWELL_S = 3.0
_LOOK_S = 6.0  # of the largest: all pictures stand, and have done so for a moment
_LIMIT_S = 45.0  # a server that came back may be asked only after the longest wait
_LOST_EACH, _KILLED_EACH = 20, 50
_MOST_GROWTH = 0.05
_FILES_MORE, _THREADS_MORE = 4, 8
_WARM_ROUNDS = 2  # heaps are still filling


def soak(minutes: float) -> dict[str, Any]:
    cameras, looks = CameraServer(), []
    counts = {"switches": 0, "servers_lost": 0, "processes_killed": 0}
    grid = Grid(*LAYOUTS[0])
    end_s = time.monotonic() + minutes * 60
    with x_server(grid.width, grid.height) as server, open_desk(server, grid) as desk:
        try:
            for tiles, columns in _rounds(lambda: time.monotonic() < end_s):
                urls = [cameras.url(camera_of(tile), "http-ts") for tile in range(tiles)]
                desk.say({"open": urls, "columns": columns, "protocol": "http-ts"})
                counts["switches"] += 1
                if counts["switches"] % _LOST_EACH == 0:
                    cameras = cameras.anew()
                    counts["servers_lost"] += 1
                if counts["switches"] % _KILLED_EACH == 0:
                    os.kill(desk.pids()[0], signal.SIGKILL)
                    counts["processes_killed"] += 1
                if (tiles, columns) == LAYOUTS[0]:
                    _wait_for_all(server.display, grid)
                    time.sleep(_LOOK_S)
                    looks.append(_look(desk))
                time.sleep(DWELL_S)
            closed = desk.close()
        finally:
            cameras.close()
    return counts | {"rounds": len(looks)} | closed | _growth(looks[_WARM_ROUNDS:])


def _rounds(goes_on: Callable[[], bool]) -> Iterator[tuple[int, int]]:
    while goes_on():
        yield from LAYOUTS
    yield LAYOUTS[0]


def _wait_for_all(display: str, grid: Grid) -> None:
    """Raises TimeoutError where a tile has no picture."""
    screen, end_s = ScreenNumbers(display, grid), time.monotonic() + _LIMIT_S
    try:
        while None in screen.now()[1]:
            if time.monotonic() > end_s:
                raise TimeoutError("a tile has no picture")
            time.sleep(0.1)
    finally:
        screen.close()


def _look(desk: Desk) -> dict[str, float]:
    processes = [psutil.Process(pid) for pid in (desk.pid, *desk.pids())]
    return {
        "pss_mb": desk.pss_mb(),
        "files": sum(process.num_fds() for process in processes),
        "threads": sum(process.num_threads() for process in processes),
    }


def _growth(looks: list[dict[str, float]]) -> dict[str, Any]:
    """Between the medians of the first and of the last third."""
    third = max(1, len(looks) // 3)
    found: dict[str, Any] = {}
    for name in ("pss_mb", "files", "threads"):
        first = median(look[name] for look in looks[:third])
        last = median(look[name] for look in looks[-third:])
        found[name] = {"first": round(first, 1), "last": round(last, 1),
                       "most": round(max(look[name] for look in looks), 1)}  # fmt: skip
    memory, files, threads = found["pss_mb"], found["files"], found["threads"]
    found["grew"] = (
        memory["last"] > memory["first"] * (1 + _MOST_GROWTH)
        or files["last"] > files["first"] + _FILES_MORE
        or threads["last"] > threads["first"] + _THREADS_MORE
    )
    return found


def main(minutes: float) -> int:
    found = soak(minutes)
    print(json.dumps(found, indent=1))
    return int(found["grew"] or found["processes_left"] > 0)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
