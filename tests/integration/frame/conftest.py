"""A command center of fake children, and what its processes have recorded of themselves."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.lifeline import die_with_parent

HERE = Path(__file__).parent


def wait_until(condition: Callable[[], Any], limit_s: float = 8.0) -> Any:
    """The first true value of `condition`; fails after `limit_s`."""
    end_s = time.monotonic() + limit_s
    while time.monotonic() < end_s:
        if value := condition():
            return value
        time.sleep(0.02)
    pytest.fail(f"not within {limit_s} s: {condition}")


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


class Center:
    """The supervisor's process and its fake children."""

    def __init__(self, profile: Path) -> None:
        self.profile = profile
        profile.mkdir(parents=True, exist_ok=True)
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> "Center":
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "fake_center.py"), str(self.profile)],
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=die_with_parent,
        )
        return self

    def order(self, name: str, words: str) -> None:
        (self.profile / f"{name}.new").write_text(words)
        os.replace(self.profile / f"{name}.new", self.profile / f"{name}.do")

    def starts(self, name: str) -> list[dict[str, Any]]:
        path = self.profile / f"{name}.starts"
        if not path.exists():
            return []
        return [json.loads(line) for line in path.read_text().splitlines()]

    def wait_for_start(self, name: str, number: int = 1) -> dict[str, Any]:
        return wait_until(lambda: len(self.starts(name)) >= number and self.starts(name)[-1])

    def all_up(self) -> "Center":
        for name in ("standin", "link", "station"):
            self.wait_for_start(name)
        return self

    def wait(self, limit_s: float = 10.0) -> tuple[int, str]:
        assert self.process is not None
        _, error = self.process.communicate(timeout=limit_s)
        return self.process.returncode, error

    def pids(self) -> list[int]:
        rows = [row for name in ("standin", "link", "station") for row in self.starts(name)]
        return [pid for row in rows for pid in (row["pid"], row["grandchild"])]


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    center = Center(tmp_path / "profile")
    yield center
    process = center.process
    if process is not None:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if process.stderr:
            process.stderr.close()
