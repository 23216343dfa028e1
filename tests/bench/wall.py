"""The video wall: real pools and video processes into native windows, on a screen of its own.

1, 4, 9 (1:1) and 25 tiles of moving 640x360 pictures over HTTP-TS, 9 and 25 over RTSP, one focus
picture over both. Processor time of the video processes stands against `ffmpeg -threads 1 -f
null` on the same streams at the same time; the server, the X server and who reads the screen are
counted apart. What was shown, and how old it was, is read from the screen by burnt-in number.
Peers: plain libVLC in one process, mpv with a process a tile.
"""

import os
import shutil
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import psutil

from tests.bench.bare_decoding import SETTLES_S, cores_of, running, times_bare_decoding
from tests.bench.cameras import PHASES, CameraServer, age_s, camera_server
from tests.bench.screen_numbers import Course, Grid, ScreenNumbers, camera_of, due
from tests.bench.wall_outside import LIMIT_S, Desk, open_desk
from tests.x_server import XServer, x_server

WALLS = {"http-ts": (1, 4, 9, 25), "rtsp": (9, 25)}
PEERS = (9, 25)
COLUMNS = {1: 1, 4: 2, 9: 3, 25: 5}
SPAN_S = 6.0
LONG_S = 120.0  # after which memory is read
_FRESH_S = 2.0  # a picture that is younger runs


def measure() -> dict[str, object]:
    """CPU in cores, times in ms; `of_floor` is CPU of the video processes through the floor's."""
    found: dict[str, Any] = {"goals": _GOALS, "focus": {}}
    with camera_server() as cameras:
        for protocol, walls in WALLS.items():
            found[protocol] = {f"tiles_{n}": _attempt(_wall, cameras, n, protocol) for n in walls}
            found["focus"][protocol] = _attempt(_focus, cameras, protocol)
        for peer in ("libvlc", "mpv"):
            found[peer] = {f"tiles_{n}": _attempt(_peer, cameras, n, peer) for n in PEERS}
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
    "focus_latency_p95_ms": 80,
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
    with x_server(grid.width, grid.height) as server, open_desk(server, grid) as desk:
        screen = ScreenNumbers(server.display, grid)
        try:
            row = _first_pictures(desk, screen, urls, protocol)
            opened_s = time.monotonic()
            time.sleep(SETTLES_S)
            row |= _running(desk, cameras, server)
            row |= _seen(screen.watch(SPAN_S), tiles)
            if is_long:
                row["helper_killed_ms"] = _kill_a_helper(desk, screen)
                time.sleep(max(0.0, opened_s + LONG_S - time.monotonic()))
                row["shown_share_after_2_min"] = _seen(screen.watch(SPAN_S), tiles)["shown_share"]
            row["pss_mb"] = round(desk.pss_mb(), 1)
            row |= times_bare_decoding(urls[:PHASES], desk.pids(), tiles, _watch(screen, tiles))
            row |= desk.close()
        finally:
            screen.close()
    return row


def _watch(screen: ScreenNumbers, tiles: int) -> Callable[[], Callable[[], float]]:
    """Looks at the screen for a span, then tells which share of what was due was shown."""

    def look() -> Callable[[], float]:
        samples = screen.record(SPAN_S)
        return lambda: _seen(screen.courses(samples), tiles)["shown_share"]

    return look


def _focus(cameras: CameraServer, protocol: str) -> dict[str, Any]:
    """One picture that the window paints, 1.5 times as large as it was sent."""
    grid = Grid(1, 2)
    urls = [cameras.url(camera_of(0), protocol)]
    with x_server(grid.width, grid.height) as server, open_desk(server, grid, "focus") as desk:
        screen = ScreenNumbers(server.display, grid)
        try:
            row = _first_pictures(desk, screen, urls, protocol)
            time.sleep(SETTLES_S)
            row |= _running(desk, cameras, server)
            return row | _seen(screen.watch(SPAN_S), 1)
        finally:
            screen.close()


def _first_pictures(
    desk: Desk, screen: ScreenNumbers, urls: list[str], protocol: str
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


def _running(desk: Desk, cameras: CameraServer, server: XServer) -> dict[str, Any]:
    """Processor time by part and of all others, and how late the window was meanwhile."""
    pids = desk.pids()
    parts = {"helper": pids, "window": [desk.pid], "camera_server": [cameras.process.pid],
             "x_server": [server.process.pid]}  # fmt: skip
    desk.say({"measure": True})
    busy_s, began_s = _busy_s(), time.monotonic()
    row = {f"{name}_cores": value for name, value in cores_of(parts, SPAN_S).items()}
    busy = (_busy_s() - busy_s) / (time.monotonic() - began_s)
    return row | {"helpers": len(pids), "gui_late_ms": desk.tell()["lateness"],
                  "machine_share": round(sum(row.values()) / (os.cpu_count() or 1), 2),
                  "others_cores": round(max(0.0, busy - sum(row.values())), 2)}  # fmt: skip


def _busy_s() -> float:
    """Seconds of all processors together since the start of the machine."""
    times = psutil.cpu_times()
    return sum(times) - times.idle - times.iowait - times.guest - times.guest_nice


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


def _kill_a_helper(desk: Desk, screen: ScreenNumbers) -> dict[str, float]:
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


def _peer(cameras: CameraServer, tiles: int, peer: str) -> dict[str, Any]:
    """The same wall by who does nothing else: HTTP-TS, no watch over it."""
    if peer == "mpv" and shutil.which(peer) is None:
        return {"absent": True}
    grid = Grid(tiles, COLUMNS[tiles])
    urls = [cameras.url(camera_of(tile), "http-ts") for tile in range(tiles)]
    command = [sys.executable, "-m", "tests.bench.wall_peer", peer, str(grid.columns), *urls]
    with x_server(grid.width, grid.height) as server, running(command, server.display) as process:
        screen = ScreenNumbers(server.display, grid)
        try:
            _first(lambda: _full(screen))
            time.sleep(SETTLES_S)
            pids = [one.pid for one in psutil.Process(process.pid).children()] + [process.pid]
            row: dict[str, Any] = cores_of({"cores": pids}, SPAN_S)
            row |= _seen(screen.watch(SPAN_S), tiles)
            return row | times_bare_decoding(urls[:PHASES], pids, tiles, _watch(screen, tiles))
        finally:
            screen.close()
