"""The video wall: real pools and video processes into native windows, on a screen of its own.

1, 4, 9 (1:1) and 25 tiles of moving 640x360 pictures over HTTP-TS, 9 and 25 over RTSP. Processor
time of the video processes stands against `ffmpeg -threads 1 -f null` on the same streams just
after; the server, the X server and who reads the screen are counted apart. What was shown, and
how old it was, is read from the screen by burnt-in number. Peer: plain libVLC, one process.
"""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from desktop.lifeline import die_with_parent
from tests.bench.bare_decoding import SETTLES_S, bare_decoding, cores_of, running
from tests.bench.cameras import CameraServer, age_s, camera_server
from tests.bench.screen_numbers import Course, Grid, ScreenNumbers, camera_of, due
from tests.faults.processes import gone, own, read_line
from tests.x_server import XServer, x_server

ROOT = Path(__file__).resolve().parents[2]
WALLS = {"http-ts": (1, 4, 9, 25), "rtsp": (9, 25)}
PEERS = (9, 25)
COLUMNS = {1: 1, 4: 2, 9: 3, 25: 5}
SPAN_S = 6.0
LONG_S = 120.0  # after which memory is read
LIMIT_S = 30.0
_FRESH_S = 2.0  # a picture that is younger runs


def measure() -> dict[str, object]:
    """CPU in cores, times in ms; `of_floor` is CPU of the video processes through the floor's."""
    found: dict[str, Any] = {"goals": _GOALS}
    with camera_server() as cameras:
        for protocol, walls in WALLS.items():
            found[protocol] = {f"tiles_{n}": _attempt(_wall, cameras, n, protocol) for n in walls}
        walls, peers = found["http-ts"], {}
        for tiles in PEERS:
            floor = walls[f"tiles_{tiles}"].get("floor_cores")
            peers[f"tiles_{tiles}"] = _attempt(_peer, cameras, tiles, floor)
        found["plain_libvlc"] = peers
    return found | _per_tile(found["http-ts"])


def _attempt(work: Callable[..., dict[str, Any]], cameras: CameraServer, *what: Any) -> Any:
    """One wall that fails costs none of the others its figures."""
    print(f"[bench] wall: {work.__name__.strip('_')} {what}", file=sys.stderr)
    try:
        return work(cameras, *what)
    except (RuntimeError, TimeoutError, AssertionError, psutil.Error) as error:
        print(f"[bench] wall: {error}", file=sys.stderr)
        return {"error": f"{type(error).__name__}: {error}"}


def _per_tile(rows: dict[str, Any]) -> dict[str, float]:
    """Memory that a tile adds, between the smallest wall and the largest."""
    mb = {
        int(name.partition("_")[2]): row["pss_mb"] for name, row in rows.items() if "pss_mb" in row
    }
    most, least = max(mb, default=0), min(mb, default=0)
    if most == least:
        return {}
    return {"pss_mb_per_added_tile": round((mb[most] - mb[least]) / (most - least), 2)}


_GOALS = {
    "of_floor": {"tiles_9": 1.25, "tiles_25": 1.60, "tiles_4": 1.8},
    "shown_share": 0.98,
    "gui_late_ms": {"p99": 16, "max": 33},
    "latency_p95_ms": 400,
    "first_pictures_max_ms": {"tiles_9": 800},
    "helper_killed_ms": {"noticed": 100, "back": 1500},
    "closed_ms": 300,
    "pss_mb_per_added_tile": 8,
}


def _wall(cameras: CameraServer, tiles: int, protocol: str) -> dict[str, Any]:
    """One wall from its first picture to its end, and the floor after it."""
    is_long = (protocol, tiles) == ("http-ts", max(WALLS["http-ts"]))
    grid = Grid(tiles, COLUMNS[tiles])
    urls = [cameras.url(camera_of(tile), protocol) for tile in range(tiles)]
    with x_server(grid.width, grid.height) as server, _desk(server, grid) as desk:
        screen = ScreenNumbers(server.display, grid)
        try:
            row = _first_pictures(desk, screen, urls, protocol)
            opened_s = time.monotonic()
            time.sleep(SETTLES_S)
            row |= _running(desk, cameras, server, tiles)
            row |= _seen(screen.watch(SPAN_S), tiles)
            if is_long:
                row["helper_killed_ms"] = _kill_a_helper(desk, screen)
                time.sleep(max(0.0, opened_s + LONG_S - time.monotonic()))
                row["shown_share_after_2_min"] = _seen(screen.watch(SPAN_S), tiles)["shown_share"]
            row["pss_mb"] = round(desk.pss_mb(), 1)
            row |= desk.close()
        finally:
            screen.close()
    row["floor_cores"] = bare_decoding(urls, SPAN_S)
    row["of_floor"] = round(row["helper_cores"] / row["floor_cores"], 2)
    return row


def _first_pictures(
    desk: "_Desk", screen: ScreenNumbers, urls: list[str], protocol: str
) -> dict[str, Any]:
    """From the order to the first number on each tile; the video processes run already."""
    desk.say({"open": urls, "protocol": protocol})
    opened_s = desk.hear("opened_at_s")["opened_at_s"]
    first: dict[int, float] = {}
    while len(first) < len(urls):
        at_s, numbers = screen.now()
        for tile, number in enumerate(numbers):
            if number is not None:
                first.setdefault(tile, at_s - opened_s)
        if at_s - opened_s > LIMIT_S:
            raise TimeoutError(f"pictures on {len(first)} of {len(urls)} tiles")
        time.sleep(0.01)
    times_ms = [seconds * 1000 for seconds in first.values()]
    return {"first_pictures_ms": {"median": round(float(np.median(times_ms))),
                                  "max": round(max(times_ms))}}  # fmt: skip


def _running(desk: "_Desk", cameras: CameraServer, server: XServer, tiles: int) -> dict[str, Any]:
    """Processor time by part, and how late the window was meanwhile."""
    pids = desk.pids()
    parts = {"helper": pids, "window": [desk.pid], "camera_server": [cameras.process.pid],
             "x_server": [server.process.pid]}  # fmt: skip
    desk.say({"measure": True})
    row = {f"{name}_cores": value for name, value in cores_of(parts, SPAN_S).items()}
    return row | {"helpers": len(pids), "gui_late_ms": desk.tell()["lateness"],
                  "machine_share": round(sum(row.values()) / (os.cpu_count() or 1), 2)}  # fmt: skip


def _seen(courses: list[Course], tiles: int) -> dict[str, Any]:
    ages = [age for course in courses for age in course.ages_ms()]
    shown = sum(course.shown() for course in courses)
    latency = {f"p{p}": round(float(np.percentile(ages, p))) for p in (50, 95)} if ages else {}
    worst = min(course.shown() for course in courses) / due(1, SPAN_S)
    return {
        "shown_share": round(shown / due(tiles, SPAN_S), 3),
        "shown_share_worst_tile": round(worst, 3),
        "latency_ms": latency,
    }


def _kill_a_helper(desk: "_Desk", screen: ScreenNumbers) -> dict[str, float]:
    """SIGKILL to one of several: until the station says so, until its pictures run again."""
    desk.forget()
    killed_s = time.monotonic()
    os.kill(desk.pids_known[0], 9)
    noticed_s = float(desk.hear("state")["at_s"])
    gone_tiles: set[int] = set()

    def all_fresh() -> float | None:
        at_s, numbers = screen.now()
        fresh = [n is not None and age_s(camera_of(t), n, at_s) < _FRESH_S
                 for t, n in enumerate(numbers)]  # fmt: skip
        gone_tiles.update(tile for tile, runs in enumerate(fresh) if not runs)
        return at_s if all(fresh) and gone_tiles else None

    back_s = _first(all_fresh)
    desk.hear_all()
    desk.pids()
    return {"noticed": round((noticed_s - killed_s) * 1000, 1), "tiles": len(gone_tiles),
            "back": round((back_s - killed_s) * 1000)}  # fmt: skip


def _full(screen: ScreenNumbers) -> float | None:
    """The moment, if a picture stands on every tile."""
    at_s, numbers = screen.now()
    return None if None in numbers else at_s


def _first(condition: Callable[[], float | None]) -> float:
    end_s = time.monotonic() + LIMIT_S
    while time.monotonic() < end_s:
        if (found := condition()) is not None:
            return found
        time.sleep(0.01)
    raise TimeoutError("pictures are not back")


def _peer(cameras: CameraServer, tiles: int, floor: float | None) -> dict[str, Any]:
    """The same wall by libVLC as it comes: HTTP-TS, all players in one process, no watch.

    `floor` of the same run, measured here where there is none.
    """
    grid = Grid(tiles, COLUMNS[tiles])
    urls = [cameras.url(camera_of(tile), "http-ts") for tile in range(tiles)]
    command = [sys.executable, "-m", "tests.bench.wall_peer", str(grid.columns), *urls]
    with x_server(grid.width, grid.height) as server, running(command, server.display) as peer:
        screen = ScreenNumbers(server.display, grid)
        try:
            _first(lambda: _full(screen))
            time.sleep(SETTLES_S)
            cores = cores_of({"peer": [peer.pid]}, SPAN_S)["peer"]
            row = {"cores": cores} | _seen(screen.watch(SPAN_S), tiles)
        finally:
            screen.close()
    floor = floor or bare_decoding(urls, SPAN_S)
    return row | {"floor_cores": floor, "of_floor": round(cores / floor, 2)}


class _Desk:
    """tests.bench.wall_desk from outside."""

    def __init__(self, display: str, grid: Grid) -> None:
        words = [sys.executable, "-m", "tests.bench.wall_desk", str(grid.tiles), str(grid.columns)]
        environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        self._process = own(
            subprocess.Popen(
                words,
                cwd=ROOT,
                env=environment,
                preexec_fn=die_with_parent,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        )
        self.pid = self._process.pid
        self.pids_known: list[int] = []
        self._rest = b""
        self._words: list[dict[str, Any]] = []
        self.hear("warm")

    def say(self, order: dict[str, Any]) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()

    def hear(self, key: str) -> dict[str, Any]:
        """The first word with this key that was not heard before."""
        while True:
            for place, word in enumerate(self._words):
                if key in word:
                    del self._words[: place + 1]
                    return word
            self._read(LIMIT_S)

    def hear_all(self) -> None:
        self.say({"tell": True})
        self.hear("lateness")

    def forget(self) -> None:
        """What was said up to now."""
        self.hear_all()
        self._words.clear()

    def tell(self) -> dict[str, Any]:
        self.say({"tell": True})
        return self.hear("lateness")

    def pids(self) -> list[int]:
        """Of the video processes."""
        self.pids_known = self.tell()["pids"]
        return self.pids_known

    def pss_mb(self) -> float:
        """Of the window and its video processes."""
        pids = [self.pid, *self.pids()]
        return sum(psutil.Process(pid).memory_full_info().pss for pid in pids) / 1e6

    def close(self) -> dict[str, Any]:
        """As the station closes: time until all video processes have ended."""
        self.say({"close": True})
        word = self.hear("closed_s")
        left = [pid for pid in self.pids_known if _runs(pid)]
        return {
            "closed_ms": round(word["closed_s"] * 1000),
            "close_late_max_ms": word["late_max_ms"],
            "processes_left": len(left),
        }

    def end(self) -> None:
        self._process.kill()
        gone(self._process)

    def _read(self, limit_s: float) -> None:
        data = read_line(self._process.stdout, limit_s)
        if not data:
            raise RuntimeError("the wall's window has ended")
        *lines, self._rest = (self._rest + data).split(b"\n")
        self._words += [json.loads(line) for line in lines]


def _runs(pid: int) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


@contextlib.contextmanager
def _desk(server: XServer, grid: Grid) -> Iterator[_Desk]:
    desk = _Desk(server.display, grid)
    try:
        yield desk
    finally:
        desk.end()
