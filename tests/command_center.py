"""The whole program as an operator starts it, for tests: started, asked, clicked, ended."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
import pytest

from desktop.control_client import ask
from desktop.errors import OperatorError
from desktop.lifeline import die_with_parent

ROOT = Path(__file__).resolve().parents[1]
READY_LIMIT_S = 60.0
BACK_LIMIT_S = 40.0  # generous: two busy cores


def eventually(condition: Callable[[], Any], limit_s: float = BACK_LIMIT_S) -> Any:
    """The first true value of `condition`; fails after `limit_s`."""
    end_s = time.monotonic() + limit_s
    last: Any = None
    while time.monotonic() < end_s:
        last = condition()
        if last:
            return last
        time.sleep(0.1)
    owner = getattr(condition, "__self__", None)
    if isinstance(owner, CommandCenter):  # what it says of itself tells more than False
        last = {k: v for k, v in owner.status().items() if k in ("map", "alarms", "tiles", "feeds")}
    pytest.fail(f"not within {limit_s} s, last: {last!r}")


def rows_of(path: Path, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """Reads a database of the running program without being able to change it."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=10.0)) as db:
        return db.execute(query, values).fetchall()


class CommandCenter:
    """`main.py --as operator` and what an operator or a city could do to it."""

    def __init__(
        self, profile: Path, display: str, platform: str = "", *words: str, role: str = "operator"
    ) -> None:
        """Without `platform` (a URL) it has a small stand-in of its own; `role`: "" is nobody."""
        self.profile, self.display = profile, display
        self.env = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        where = ["--platform", platform] if platform else ["--scale", "small"]
        who = ["--as", role] if role and not platform else []
        self._words = [*who, *where, *words]
        self.start()

    def start(self) -> None:
        self.began_s = time.monotonic()
        command = [sys.executable, "main.py", "--profile", str(self.profile), *self._words]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.env, preexec_fn=die_with_parent)

    def main(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "main.py", *words, "--profile", str(self.profile)]
        return subprocess.run(
            command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False, timeout=60
        )

    def status(self) -> dict[str, Any]:
        """Empty while the station does not answer."""
        try:
            return ask(self.profile, {"word": "status"}, limit_s=5.0)["status"]
        except OperatorError:
            return {}

    def is_ready(self) -> bool:
        return bool(self.status().get("ready"))

    def pid(self, name: str) -> int | None:
        for row in self.status().get("processes", []):
            if row["name"] == name:
                return row["pid"]
        return None

    def tree(self) -> set[int]:
        root = psutil.Process(self.process.pid)
        return {root.pid, *(child.pid for child in root.children(recursive=True))}

    def journal(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return rows_of(self.profile / "journal.db", query, *values)

    def alarm(self, alarm_id: str) -> dict[str, Any]:
        """As the link has it; empty while it does not know it."""
        rows = self.journal("SELECT body FROM alarms WHERE alarm_id = ?", alarm_id)
        return json.loads(rows[0][0]) if rows else {}

    def runtime(self) -> dict[str, Any]:
        return json.loads((self.profile / "runtime.json").read_text("utf-8"))

    def control(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """A call of the stand-in's control paths."""
        return called(self.runtime()["control"] + path, body)

    def press(self, *keys: str) -> None:
        """Keys as from the keyboard, through the X server."""
        subprocess.run(["xdotool", "key", *keys], env=self.env, check=True, timeout=10)

    def type(self, text: str) -> None:
        subprocess.run(["xdotool", "type", text], env=self.env, check=True, timeout=20)

    def click(self, x_px: int, y_px: int) -> None:
        words = ["xdotool", "mousemove", str(x_px), str(y_px), "click", "1"]
        subprocess.run(words, env=self.env, check=True, timeout=10)

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def called(
    url: str, body: dict[str, Any] | None = None, headers: dict[str, str] | None = None
) -> Any:
    """GET, or POST of `body`; the decoded answer. Raises OSError."""
    data = None if body is None else json.dumps(body).encode()
    head = {"Content-Type": "application/json"} | (headers or {})
    with urllib.request.urlopen(urllib.request.Request(url, data, head), timeout=10) as answer:
        return json.loads(answer.read() or b"null")
