"""Cockpits at 3840x2160 with 24 panels, a new value in each of them every second."""

import json
import os
import subprocess
import sys

from tests.bench.cockpit_page import SIZE
from tests.command_center import ROOT
from tests.x_server import x_server

LIMIT_S = 300.0


def measure() -> dict[str, object]:
    """In a process of its own: the CPU time is that of the cockpit alone."""
    with x_server(*SIZE) as server:
        env = os.environ | {"DISPLAY": server.display, "QT_QPA_PLATFORM": "xcb"}
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.cockpit_page"], cwd=ROOT, env=env,
            capture_output=True, text=True, timeout=LIMIT_S, check=False,
        )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1] if done.stderr else "no word")
    return json.loads(done.stdout)
