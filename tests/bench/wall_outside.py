"""tests.bench.wall_desk from outside: orders, words, processes."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from desktop.lifeline import die_with_parent
from tests.bench.screen_numbers import Grid
from tests.faults.processes import gone, own, read_line
from tests.x_server import XServer

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 30.0


class Desk:
    """tests.bench.wall_desk from outside."""

    def __init__(self, display: str, grid: Grid, kind: str) -> None:
        words = [sys.executable, "-m", "tests.bench.wall_desk", str(grid.tiles), str(grid.columns)]
        words.append(kind)
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
def open_desk(server: XServer, grid: Grid, kind: str = "wall") -> Iterator[Desk]:
    """Warm: its video processes run. `kind`: `wall`, or `focus` for one picture by AvBackend."""
    desk = Desk(server.display, grid, kind)
    try:
        yield desk
    finally:
        desk.end()
