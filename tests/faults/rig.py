"""The real parts that faults are injected into. Every one is ended by its `with` or fixture.

    with City(tmp_path / "city") as city, Desk(tmp_path / "desk", city.url) as desk:
        desk.sign_in()                          # the link and a station without a window
        alarm = city.raise_alarm(level="red")   # by the stand-in's control
        desk.wait_shown(alarm["alarm_id"])
        city.kill_broker(); desk.kill_link(); desk.start_link(); desk.kill_station() ...
        invariants.nothing_lost(city, desk)

City: `python -m desktop.standin` on ports that stay the same over restarts. `advertised_mqtt_port`
is what desks are told, so that a proxy can stand before the broker; for REST give the desk the
proxy's URL. Desk: `python -m desktop.link` with a profile of its own and `HeadlessStation`, a
process with the real link client and alarm store. Center: the whole program under its supervisor
on an X server of its own, its stand-in is `center.city`.
"""

import contextlib
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

import psutil

from desktop.lifeline import die_with_parent
from tests.command_center import ROOT, CommandCenter
from tests.faults.city import AEDES, POINT, PREFIX, City, CityLevers, SupervisedCity
from tests.faults.desk import STATION_LIMIT_S, Books, Desk, HeadlessStation
from tests.faults.processes import free_ports, gone, own, owned, paused, seconds, wait_for

__all__ = [
    "AEDES", "POINT", "PREFIX", "STATION_LIMIT_S", "Books", "Center", "City", "CityLevers",
    "Desk", "HeadlessStation", "SupervisedCity", "free_ports", "own", "owned", "paused", "seconds",
    "wait_for",
]  # fmt: skip


class Center(Books, CommandCenter):
    """The whole program with its window; `city` is its stand-in.

    `standin_words` are more options of the stand-in (--advertised-mqtt-port ...): then
    tests/faults/supervised.py starts the same supervisor with them.
    """

    def __init__(
        self, profile: Path, display: str, *words: str, standin_words: tuple[str, ...] = ()
    ) -> None:
        self._standin_words = standin_words
        self.city = SupervisedCity(profile)
        super().__init__(profile, display, "", *words)

    def start(self) -> None:
        if self._standin_words:
            program = ["-m", "tests.faults.supervised", *self._standin_words, "--"]
        else:
            program = ["main.py"]
        self.began_s = time.monotonic()
        command = [sys.executable, *program, "--profile", str(self.profile), *self._words]
        self.process = own(
            subprocess.Popen(command, cwd=ROOT, env=self.env, preexec_fn=die_with_parent)
        )

    def end(self) -> None:
        """Everything that it started is gone afterwards."""
        tree = [psutil.Process(pid) for pid in self.tree()] if self.process.poll() is None else []
        for process in tree:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.resume()
        super().end()
        gone(self.process)
        _, left = psutil.wait_procs(tree, 5)
        for process in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
