"""The whole program as a fault sees it: its processes by name, its window's facts, its notices."""

import os
import signal
from pathlib import Path
from typing import Any

import psutil

from desktop.control_client import ask
from desktop.errors import OperatorError
from desktop.shell.processes import process_rows
from tests.command_center import rows_of
from tests.faults.invariants import ALLOWANCE
from tests.faults.rig import Center, seconds, wait_for

__all__ = ["ALLOWANCE", "WholeDesk", "environment_for_blows"]

INJECT = Path(__file__).with_name("inject")
_NO_ANSWER = {
    "safe": None,
    "view": "",
    "selected_alarm": "",
    "unacknowledged": [],
    "window": {},
    "sound": {"condition": "", "red_waiting": False, "cues": {}},
    "frame_lit": False,
    "buttons": {},
    "notices": [],
}
READY_LIMIT_S = 90.0


def environment_for_blows(folder: Path) -> dict[str, str]:
    """What a Center must have in its environment so that `WholeDesk.strike` reaches it."""
    return {"PYTHONPATH": str(INJECT), "CHENGKAN_BLOWS": str(folder)}


class WholeDesk:
    """A running Center."""

    def __init__(self, center: Center, blows: Path | None = None) -> None:
        self.center, self._blows = center, blows

    # ---- processes ------------------------------------------------------------------------

    def pids(self) -> dict[str, int]:
        """By name: supervisor, standin, link, station, broker, video-1, sound, web-1 ..."""
        supervisor = self.center.process.pid
        try:
            return {str(r["name"]): int(str(r["pid"])) for r in process_rows(0, supervisor)}
        except psutil.NoSuchProcess:
            return {}

    def pid(self, name: str) -> int:
        return wait_for(lambda: self.pids().get(name), 20.0, f"a process {name}")

    def page_pid(self) -> int:
        """Of the map's page: the process that the engine's zygote has forked."""

        def find() -> int | None:
            web = {pid for name, pid in self.pids().items() if name.startswith("web-")}
            for pid in web:
                try:
                    if psutil.Process(pid).ppid() in web:
                        return pid
                except psutil.NoSuchProcess:
                    continue
            return None

        return wait_for(find, 20.0, "a process of the map page")

    def strike(self, name: str, word: str) -> None:
        """A blow from inside, see inject/sitecustomize.py."""
        assert self._blows is not None
        order = self._blows / str(self.pid(name))
        order.with_suffix(".new").write_text(word + "\n")
        os.replace(order.with_suffix(".new"), order)

    # ---- what the operator sees ----------------------------------------------------------

    def facts(self) -> dict[str, Any]:
        """The word `desk` of the window; nothing is there while it does not answer."""
        try:
            return ask(self.center.profile, {"word": "desk"}, limit_s=10.0)["desk"]
        except OperatorError:
            return dict(_NO_ANSWER)

    def button(self, words: str) -> list[int] | None:
        """Where the middle of a button is, None while it cannot be seen."""
        return self.facts().get("buttons", {}).get(words)

    def press_button(self, words: str) -> None:
        x_px, y_px = wait_for(lambda: self.button(words), 10.0, f"a button {words}")
        self.center.click(x_px, y_px)

    def notices(self) -> list[tuple[str, str, str]]:
        """key, title and text of everything that was told in this profile, oldest first."""
        path = self.center.profile / "desk.db"
        if not path.exists():
            return []
        return rows_of(path, "SELECT key, title, text FROM notices ORDER BY at")

    def told(self, key: str) -> list[tuple[str, str, str]]:
        return [row for row in self.notices() if row[0] == key]

    def times_told(self, key: str) -> int:
        """What is told again within a minute is one notice that counts."""
        query = "SELECT coalesce(sum(count), 0) FROM notices WHERE key = ?"
        return int(rows_of(self.center.profile / "desk.db", query, key)[0][0])

    def is_live(self) -> bool:
        """Signed in, alarms and map there, messages flow."""
        status = self.center.status()
        feeds = status.get("feeds", {})
        return bool(status.get("ready") and feeds.get("alarms", {}).get("freshness") == "live")

    # ---- faults --------------------------------------------------------------------------

    def back_after(self, name: str, blow: Any, promise_s: float) -> float:
        """Strikes a process; the seconds until a new one stands in its place and all is live.

        No other process may have been started anew, but those below the struck one.
        """
        before, stack = self.pids(), self._below(name)
        blow()
        pid = before[name]
        took_s = seconds(
            lambda: self.pids().get(name) not in (None, pid) and self.is_live(),
            promise_s * ALLOWANCE,
            f"{name} is back and all is live",
        )
        after = self.pids()
        for other in ("supervisor", "standin", "link", "station", "broker"):
            if other not in (name, *stack):
                assert after[other] == before[other], f"{other} was started anew, too"
        return took_s

    def _below(self, name: str) -> set[str]:
        names = {pid: other for other, pid in self.pids().items()}
        below = psutil.Process(self.pid(name)).children(recursive=True)
        return {names[child.pid] for child in below if child.pid in names}

    def kill(self, name: str, number: int = signal.SIGKILL) -> None:
        os.kill(self.pid(name), number)

    def stack(self, name: str) -> str:
        path = self.center.profile / "log" / f"{name}.stack"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def supervisor_log(self) -> str:
        return (self.center.profile / "log" / "supervisor.log").read_text("utf-8")
