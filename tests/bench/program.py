"""The whole program beside a bench: on a screen of its own, at the size that is asked for."""

import contextlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil

from desktop.domain.cameras import TileState
from desktop.lifeline import die_with_parent
from tests.command_center import ROOT, CommandCenter, rows_of
from tests.x_server import x_server

LIMIT_S = 120.0
DRAWN_LIMIT_S = 400.0
CITY = ("standin", "broker", "encoder")  # not ours to count: a city has its own


class _Center(CommandCenter):
    def __init__(self, pictures: str, *more: Any) -> None:
        self._pictures = pictures
        super().__init__(*more)

    def start(self) -> None:
        if not self._pictures:
            super().start()
            return
        self.began_s = time.monotonic()
        command = [sys.executable, "-m", "tests.bench.elsewhere_city", self._pictures]
        command += ["--profile", str(self.profile), *self._words]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.env, preexec_fn=die_with_parent)


@contextlib.contextmanager
def program(*words: str, pictures: str = "") -> Iterator[CommandCenter]:
    """A command center with a new profile, full city; ended when the bench is done with it.

    `pictures` is an address with {camera_id} in it, from where they come in place of the city.
    """
    with tempfile.TemporaryDirectory() as name, x_server() as server:
        profile = Path(name) / "profile"
        center = _Center(pictures, profile, server.display, "", "--scale", "full", *words)
        try:
            yield center
        finally:
            center.end()


def until(condition: Callable[[], Any], limit_s: float = LIMIT_S) -> float:
    """Seconds until it holds. Raises TimeoutError."""
    start_s = time.monotonic()
    while not condition():
        if time.monotonic() - start_s > limit_s:
            raise TimeoutError(getattr(condition, "__doc__", None) or str(condition))
        time.sleep(0.05)
    return time.monotonic() - start_s


def has_pictures(center: CommandCenter, count: int = 1) -> bool:
    states = [tile["state"] for tile in center.status().get("tiles", [])]
    return states.count(TileState.LIVE.value) >= count


def is_mirrored(center: CommandCenter) -> bool:
    """The items are here: what comes after is the running of a day, not of a start."""
    query = "SELECT count FROM registers WHERE name = 'assets'"
    return bool(rows_of(center.profile / "cache.db", query))


def is_drawn(center: CommandCenter) -> bool:
    """The stand-in has drawn the pictures of this hour: it takes a core as long as it does."""
    names = [row["name"] for row in center.status().get("processes", [])]
    return bool(names) and "encoder" not in names


def cpu_percent(center: CommandCenter, span_s: float) -> dict[str, float]:
    """Of one core, by process, over `span_s` seconds."""
    rows = center.status()["processes"]
    processes = {row["name"]: psutil.Process(row["pid"]) for row in rows}
    before = {name: sum(one.cpu_times()[:2]) for name, one in processes.items()}
    start_s = time.monotonic()
    time.sleep(span_s)
    taken_s = time.monotonic() - start_s
    return {
        name: round((sum(one.cpu_times()[:2]) - before[name]) / taken_s * 100, 1)
        for name, one in processes.items()
    }


def spread(values: list[float]) -> dict[str, float]:
    """p50, p95, p99, max of at least two values."""
    parts = statistics.quantiles(values, n=100, method="inclusive")
    return {"p50": round(parts[49], 1), "p95": round(parts[94], 1),
            "p99": round(parts[98], 1), "max": round(max(values), 1), "n": len(values)}  # fmt: skip
