"""A whole command center on the stand-in city, for as long as a block of code needs it."""

import contextlib
import dataclasses
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from desktop.control_client import ask
from desktop.errors import OperatorError
from desktop.lifeline import die_with_parent
from desktop.supervision.child import ROOT
from desktop.supervision.commands import StartOptions

POLL_S = 0.5
LIVE_TILES = 3
TILES_LIMIT_S = 60.0


@contextlib.contextmanager
def fresh_station(start: StartOptions, limit_s: float) -> Iterator[None]:
    """Starts it, waits until it shows alarms, map and pictures, and ends it afterwards.

    Raises OperatorError if it is not ready after `limit_s`.
    """
    start = dataclasses.replace(start, role=start.role or "operator")
    command = [sys.executable, str(ROOT / "main.py"), "--profile", str(start.profile)]
    command += ["--as", start.role, "--lang", start.language]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, preexec_fn=die_with_parent
    )
    try:
        _wait_until_ready(process, start, limit_s)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(12)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stderr:
            process.stderr.close()


def _wait_until_ready(process: subprocess.Popen[str], start: StartOptions, limit_s: float) -> None:
    began_s = time.monotonic()
    while (waited_s := time.monotonic() - began_s) < limit_s:
        if process.poll() is not None:
            said = process.stderr.read().strip() if process.stderr else ""
            raise OperatorError(said or "城瞰没能启动，原因见 log 目录")
        with contextlib.suppress(OperatorError):
            status = ask(start.profile, {"word": "status"})["status"]
            if _shows_everything(status) or (status["ready"] and waited_s > TILES_LIMIT_S):
                return
        time.sleep(POLL_S)  # noqa: TID251 - a command line waits, no loop is blocked
    raise OperatorError(f"{limit_s:.0f} 秒内没有就绪：请查看 {start.profile / 'log'} 中的日志")


def _shows_everything(status: dict[str, Any]) -> bool:
    live = sum(tile["state"] == "live" for tile in status["tiles"])
    return status["ready"] and status["alarms"]["open"] > 0 and live >= LIVE_TILES
