"""`make screenshots`: every view in every state at both sizes, with what is wrong on each.

Writes out/screenshots/STATE/VIEW-WIDTHxHEIGHT.png. Exit 1: a panel of one colour, a missing
glyph or a clipped text was found; each is named on standard output.
"""

import argparse
import contextlib
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from desktop.cockpit_rules import read_files
from desktop.control_client import ask
from tests.command_center import ROOT, CommandCenter, eventually
from tests.screens import responses
from tests.x_server import x_server

SIZES = ((1920, 1080), (3840, 2160))
LOGICAL = (1920, 1080)  # a larger screen shows the same, larger
READY_LIMIT_S, STATE_LIMIT_S, PICTURES_LIMIT_S = 180.0, 60.0, 240.0
CASES_LIMIT_S = 180.0
FLOOD_KEY, FIRST_OF_WALL = "ctrl+alt+1", 101
_PRESSES = 3
Status = dict[str, Any]


@contextlib.contextmanager
def running(profile: Path, display: str, role: str) -> Iterator[CommandCenter]:
    """On a screen of its own, ready; `role`: "" is nobody."""
    profile.mkdir(parents=True)
    (profile / "settings.toml").touch()  # it was asked already which city it wants
    center = CommandCenter(profile, display, role=role)
    try:
        eventually(center.is_ready, READY_LIMIT_S)
        yield center
    finally:
        center.end()


def wait(center: CommandCenter, is_so: Callable[[Status], bool], limit_s: float) -> None:
    """A state that does not come is seen on the pictures."""
    end_s = time.monotonic() + limit_s
    while time.monotonic() < end_s:
        with contextlib.suppress(KeyError):
            if is_so(center.status()):
                return
        time.sleep(0.5)


def sign_in(center: CommandCenter, username: str, password: str) -> None:
    """By the keyboard, as a person does."""
    center.type(username)
    center.press("Tab")
    center.type(password)
    center.press("Return")
    eventually(lambda: _is_live(center.status()), STATE_LIMIT_S)


def take(center: CommandCenter, folder: Path, *views: str) -> dict[str, Any]:
    """Pictures of these views, of every one without; gives what is wrong on each."""
    folder.mkdir(parents=True, exist_ok=True)
    order = {"word": "screenshot", "folder": str(folder), "size": LOGICAL, "views": views}
    return ask(center.profile, order, limit_s=PICTURES_LIMIT_S)["faults"]


def fill_wall(center: CommandCenter, size: tuple[int, int]) -> None:
    """The scene of floods. Without a window manager only a click gives a window the keys."""
    ask(center.profile, {"word": "view", "view_id": "wall"})
    center.click(size[0] * 5 // 8, size[1] // 2)
    for _ in range(_PRESSES):  # the keys come to it a moment later, how late the machine says
        time.sleep(1)
        center.press(FLOOD_KEY)
        wait(center, lambda status: _live_tiles(status, FIRST_OF_WALL) >= 1, STATE_LIMIT_S / 3)
        if _live_tiles(center.status(), FIRST_OF_WALL):
            break
    wait(center, lambda status: _live_tiles(status, FIRST_OF_WALL) >= 12, STATE_LIMIT_S)


def calm(center: CommandCenter) -> None:
    wait(center, lambda status: _live_tiles(status) >= 3, STATE_LIMIT_S)


def storm(center: CommandCenter) -> None:
    center.control("/scenario", {"name": "storm", "speed": 20})
    wait(center, lambda status: status["alarms"]["open"] >= 30, STATE_LIMIT_S)


def stale(center: CommandCenter) -> None:
    """The broker is away and so are the pictures: what is shown gets old."""
    center.control("/broker", {"action": "stop"})
    center.control("/faults", {"rest": "down"})
    wait(center, lambda status: not _is_live(status), STATE_LIMIT_S)
    time.sleep(15)


def refused(center: CommandCenter) -> None:
    """The platform is there and says no."""
    center.control("/faults", {"rest": "refuse"})
    center.control("/broker", {"action": "start"})
    time.sleep(15)


def tiles(center: CommandCenter) -> None:
    """What befalls a picture, one after the other; the others go on."""
    center.control("/broker", {"action": "start"})
    center.control("/faults", {"rest": "ok"})
    ask(center.profile, {"word": "view", "view_id": "wall"})
    wait(center, lambda status: _live_tiles(status, FIRST_OF_WALL) >= 12, STATE_LIMIT_S)
    shown = [one["camera_id"] for one in center.status()["tiles"] if _is_live_tile(one)]
    for camera_id, mode in zip(shown, ("frozen", "refuse", "notfound", "silent"), strict=False):
        center.control(f"/streams/{camera_id}", {"mode": mode})
    time.sleep(6)


def scoreboard(center: CommandCenter) -> None:
    """Every case is here; before, it says how far they have come."""
    ask(center.profile, {"word": "view", "view_id": "scoreboard"})
    wait(center, lambda _: _cases_are_whole(center.profile / "cases.db"), CASES_LIMIT_S)
    time.sleep(8)  # counted anew a second after the last page


def cockpits(center: CommandCenter) -> None:
    """Whose values have come; each is shown once before."""
    for view in COCKPITS:
        ask(center.profile, {"word": "view", "view_id": view})
        time.sleep(4)


STATES: dict[str, Callable[[CommandCenter], None]] = {
    "calm": calm,
    "cockpits_calm": cockpits,
    "scoreboard": scoreboard,
    "storm": storm,
    "cockpits_storm": cockpits,
    "stale": stale,
    "refused": refused,
    "tiles": tiles,
}
COCKPITS = tuple(f"cockpit/{one}" for one in read_files().cockpits)
ONLY = {
    "tiles": ("wall",),
    "scoreboard": ("scoreboard",),
    "cockpits_calm": COCKPITS,
    "cockpits_storm": COCKPITS,
}


def _cases_are_whole(path: Path) -> bool:
    with (
        contextlib.suppress(sqlite3.Error),
        sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db,
    ):
        rows = db.execute("SELECT value FROM meta WHERE key = 'whole'").fetchall()
        return rows == [("1",)]
    return False


def _is_live(status: Status) -> bool:
    return status.get("feeds", {}).get("alarms", {}).get("freshness") == "live"


def _live_tiles(status: Status, first: int = 0) -> int:
    return sum(_is_live_tile(tile, first) for tile in status["tiles"])


def _is_live_tile(tile: dict[str, Any], first: int = FIRST_OF_WALL) -> bool:
    """`first`: below it are the tiles of another view."""
    return tile["tile"] >= first and tile["state"] == "live"


def take_size(size: tuple[int, int], folder: Path, wanted: set[str]) -> dict[str, list[str]]:
    """Faults by file of all states at one size."""
    found: dict[str, list[str]] = {}
    with x_server(*size) as server, tempfile.TemporaryDirectory(prefix="chengkan-") as scratch:
        with running(Path(scratch) / "empty", server.display, "") as center:
            found |= take(center, folder / "signed_out")
            if "empty" in wanted:
                center.control("/faults", {"rest": "empty"})
                sign_in(center, "zhangmin", "demo-2026")
                time.sleep(5)
                center.press("Escape")  # the guide of the first minutes
                found |= take(center, folder / "empty")
        with running(Path(scratch) / "city", server.display, "operator") as center:
            fill_wall(center, size)
            for state, bring in STATES.items():
                if state in wanted:
                    bring(center)
                    found |= take(center, folder / state, *ONLY.get(state, ()))
        if wanted & responses.STATES.keys():
            with running(Path(scratch) / "response", server.display, "duty_officer") as center:
                found |= take_response(center, size[0], folder, wanted)
    return found


def take_response(
    center: CommandCenter, wide_px: int, folder: Path, wanted: set[str]
) -> dict[str, list[str]]:
    """Each state follows from the one before: those that are not wanted are gone through too."""
    found: dict[str, list[str]] = {}
    storm(center)
    response = responses.Response(center, wide_px)
    for state, bring in responses.STATES.items():
        bring(response)
        if state in wanted:
            found |= take(center, folder / state, responses.VIEW)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.screens")
    parser.add_argument("--folder", type=Path, default=ROOT / "out" / "screenshots")
    parser.add_argument("--states", nargs="*", default=["empty", *STATES, *responses.STATES])
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
