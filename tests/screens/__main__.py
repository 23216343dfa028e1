"""`make screenshots`: every view in every state at both sizes, with what is wrong on each.

Writes out/screenshots/STATE/VIEW-WIDTHxHEIGHT.png. Exit 1: a panel of one colour, a missing
glyph or a clipped text was found; each is named on standard output.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from desktop.control_client import ask
from desktop.errors import OperatorError
from desktop.lifeline import die_with_parent
from desktop.supervision.profile import read_runtime
from tests.x_server import x_server

ROOT = Path(__file__).resolve().parents[2]
SIZES = ((1920, 1080), (3840, 2160))
LOGICAL = (1920, 1080)  # a larger screen shows the same, larger
READY_LIMIT_S, STATE_LIMIT_S, PICTURES_LIMIT_S = 180.0, 60.0, 240.0
Status = dict[str, Any]


class Center:
    """A running `main.py` on a screen of its own."""

    def __init__(self, profile: Path, display: str) -> None:
        self.profile = profile
        self.profile.mkdir(parents=True)
        (profile / "settings.toml").touch()  # it was asked already which city it wants
        self.env = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}

    @contextlib.contextmanager
    def running(self, *words: str) -> Iterator[None]:
        command = [sys.executable, "main.py", "--profile", str(self.profile), *words]
        process = subprocess.Popen(command, cwd=ROOT, env=self.env, preexec_fn=die_with_parent)
        try:
            if not self.wait(lambda status: status["ready"], READY_LIMIT_S):
                raise OperatorError("it was not ready in time")
            yield
        finally:
            process.terminate()
            process.wait(20)

    def wait(self, is_so: Callable[[Status], bool], limit_s: float) -> bool:
        end_s = time.monotonic() + limit_s
        while time.monotonic() < end_s:
            with contextlib.suppress(OperatorError, KeyError):
                if is_so(ask(self.profile, {"word": "status"}, limit_s=5.0)["status"]):
                    return True
            time.sleep(0.5)
        return False

    def sign_in(self, username: str, password: str) -> None:
        """By the keyboard, as a person does."""
        for words in (("type", username), ("key", "Tab"), ("type", password), ("key", "Return")):
            self._xdotool(*words)
        if not self.wait(_is_live, STATE_LIMIT_S):
            raise OperatorError("nobody is signed in")

    def press(self, key: str) -> None:
        self._xdotool("key", key)

    def _xdotool(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self.env, check=True)
        time.sleep(0.3)

    def control(self, path: str, body: dict[str, Any]) -> None:
        runtime = read_runtime(self.profile) or {}
        request = urllib.request.Request(
            runtime["control"] + path,
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        urllib.request.urlopen(request, timeout=15).read()

    def take(self, folder: Path) -> dict[str, Any]:
        folder.mkdir(parents=True, exist_ok=True)
        order = {"word": "screenshot", "folder": str(folder), "size": LOGICAL}
        return ask(self.profile, order, limit_s=PICTURES_LIMIT_S)


def calm(center: Center) -> None:
    center.wait(_shows_pictures, STATE_LIMIT_S)


def storm(center: Center) -> None:
    center.control("/scenario", {"name": "storm", "speed": 20})
    center.wait(lambda status: status["alarms"]["open"] >= 30, STATE_LIMIT_S)


def stale(center: Center) -> None:
    """The broker is away and so are the pictures: what is shown gets old."""
    center.control("/broker", {"action": "stop"})
    center.control("/faults", {"rest": "down"})
    center.wait(lambda status: not _is_live(status), STATE_LIMIT_S)
    time.sleep(15)


def refused(center: Center) -> None:
    """The platform is there and says no."""
    center.control("/faults", {"rest": "refuse"})
    center.control("/broker", {"action": "start"})
    time.sleep(15)


STATES: dict[str, Callable[[Center], None]] = {
    "calm": calm,
    "storm": storm,
    "stale": stale,
    "refused": refused,
}


def _is_live(status: Status) -> bool:
    return status["feeds"]["alarms"]["freshness"] == "live"


def _shows_pictures(status: Status) -> bool:
    return sum(tile["state"] == "live" for tile in status["tiles"]) >= 3


def take_size(size: tuple[int, int], folder: Path, wanted: set[str]) -> dict[str, list[str]]:
    """Faults by file of all states at one size."""
    found: dict[str, list[str]] = {}
    with x_server(*size) as server, tempfile.TemporaryDirectory(prefix="chengkan-") as scratch:
        center = Center(Path(scratch) / "empty", server.display)
        with center.running("--scale", "small"):
            found |= center.take(folder / "signed_out")["faults"]
            if "empty" in wanted:
                center.control("/faults", {"rest": "empty"})
                center.sign_in("zhangmin", "demo-2026")
                time.sleep(5)
                center.press("Escape")  # the guide of the first minutes
                found |= center.take(folder / "empty")["faults"]
        center = Center(Path(scratch) / "city", server.display)
        with center.running("--as", "operator", "--scale", "small"):
            for state, bring in STATES.items():
                if state in wanted:
                    bring(center)
                    found |= center.take(folder / state)["faults"]
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.screens")
    parser.add_argument("--folder", type=Path, default=ROOT / "out" / "screenshots")
    parser.add_argument("--states", nargs="*", default=["empty", *STATES])
    parser.add_argument("--size", type=int, nargs="*", default=[size[0] for size in SIZES])
    options = parser.parse_args()
    found: dict[str, list[str]] = {}
    for size in SIZES:
        if size[0] in options.size:
            found |= take_size(size, options.folder.absolute(), set(options.states))
    for file, lines in found.items():
        print(Path(file).relative_to(options.folder.absolute()))
        print("".join(f"    {line}\n" for line in lines), end="")
    print(f"{sum(map(len, found.values()))} faults; pictures in {options.folder}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
