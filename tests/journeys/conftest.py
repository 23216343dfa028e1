"""One whole command center on a display of its own, started once for all journeys."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from desktop.control_client import ask
from desktop.errors import OperatorError
from desktop.lifeline import die_with_parent

ROOT = Path(__file__).resolve().parents[2]
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


class CommandCenter:
    """`main.py --as operator` and what an operator or a city could do to it."""

    def __init__(self, profile: Path, display: str) -> None:
        self.profile, self.display = profile, display
        self.env = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        self.began_s = time.monotonic()
        command = [sys.executable, "main.py", "--profile", str(profile), "--as", "operator",
                   "--scale", "small"]  # fmt: skip
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

    def control(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """A call of the stand-in's control paths."""
        runtime = json.loads((self.profile / "runtime.json").read_text("utf-8"))
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            runtime["control"] + path, data, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or b"null")

    def press(self, *keys: str) -> None:
        """Keys as from the keyboard, through the X server."""
        subprocess.run(["xdotool", "key", *keys], env=self.env, check=True, timeout=10)

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


@pytest.fixture(autouse=True)
def nothing_left_running() -> None:
    """Not per test here: the command center lives through all journeys, and the last of them
    proves that nothing outlives it."""


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """An X server of our own, without a window manager, 1920x1080."""
    read_fd, write_fd = os.pipe()
    command = ["Xvfb", "-displayfd", str(write_fd), "-screen", "0", "1920x1080x24", "-nolisten"]
    with subprocess.Popen(
        [*command, "tcp"],
        pass_fds=(write_fd,),
        stderr=subprocess.DEVNULL,
        preexec_fn=die_with_parent,
    ) as server:
        os.close(write_fd)
        with os.fdopen(read_fd) as file:
            number = file.readline().strip()
        yield f":{number}"
        server.terminate()


@pytest.fixture(scope="session")
def center(
    session_folders: None, display: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[CommandCenter]:
    center = CommandCenter(tmp_path_factory.mktemp("journey") / "指挥 profile", display)
    yield center
    center.end()
