"""The command lines of the processes, and what each is handed in its environment."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop.lifeline import SESSION_FD
from desktop.settings import cache_folder
from desktop.supervision.child import ChildSpec, Timing
from desktop.supervision.policy import Mode

SILENCE_S = "CHENGKAN_BEAT_TIMEOUT_S"
START_ANEW = 12  # exit code of the station: settings.toml has changed, start everything again
TRY_AGAIN = 10  # exit code of the station: the operator wants the whole window anew
LINK_STAYS = "--stay"  # it does not end when it cannot work: it tells the station why
AFTER = "--after"  # tells a window that it stands for one that crashed, or hung
STANDIN_FIRST_BEAT_S = 600.0  # the first start draws and encodes the city's pictures


@dataclass(frozen=True)
class StartOptions:
    """What the command line asked for; empty platform_url means the stand-in city."""

    profile: Path
    platform_url: str = ""
    role: str = ""
    view: str = ""
    language: str = ""
    screen: int = 0  # the cockpit of `view` fills this monitor
    scenario: str = ""
    link: str = ""  # what the first window opens
    scale: str = "full"  # of the stand-in city
    notice: str = ""  # of the start itself: told in the window, which stands for a terminal
    first_start: bool = False  # the operator is asked which city this desk belongs to

    @property
    def standin(self) -> bool:
        return not self.platform_url


class Programs(Protocol):
    """Which programs are started: this module, or small ones of a test."""

    def standin_command(self, options: StartOptions, rest_port: int) -> ChildSpec: ...

    def link_command(
        self, options: StartOptions, platform_url: str, session_fd: int
    ) -> ChildSpec: ...

    def station_command(self, options: StartOptions, mode: Mode) -> ChildSpec: ...


def _timing(first_beat_s: float = 120.0) -> Timing:
    return Timing(first_beat_s, float(os.environ.get(SILENCE_S) or Timing.silence_s))


def standin_command(options: StartOptions, rest_port: int) -> ChildSpec:
    """`rest_port` 0 lets it choose; a restart gets the port of before."""
    scenario = ("--scenario", options.scenario) if options.scenario else ()
    state, cache = options.profile / "standin", cache_folder()
    folders = ("--state", str(state), "--cache", str(cache), "--scale", options.scale)
    command = (sys.executable, "-m", "desktop.standin", *folders, "--rest-port", str(rest_port))
    return ChildSpec("standin", (*command, *scenario), _timing(STANDIN_FIRST_BEAT_S))


def link_command(options: StartOptions, platform_url: str, session_fd: int) -> ChildSpec:
    """`session_fd` is memory that outlives the link: who is signed in survives its restart."""
    command = (sys.executable, "-m", "desktop.link", "--profile", str(options.profile))
    command += ("--platform", platform_url)
    env = {SESSION_FD: str(session_fd)}
    return ChildSpec("link", command, _timing(), env, (session_fd,), log_name="link.err.log")


def station_command(options: StartOptions, mode: Mode) -> ChildSpec:
    if mode is Mode.LAST_RESORT:
        command = (sys.executable, "-m", "desktop.shell.last_resort")
        return ChildSpec("station", (*command, "--profile", str(options.profile)), _timing())
    command = (sys.executable, "-m", "desktop.shell", "--profile", str(options.profile))
    given = {"--platform": options.platform_url, "--as": options.role}
    given |= {"--view": options.view, "--lang": options.language}
    for name, value in given.items():
        command += (name, value) if value else ()
    command += ("--open", options.link) if options.link else ()
    command += ("--screen", str(options.screen)) if options.screen else ()
    command += ("--notice", options.notice) if options.notice else ()
    command += ("--first-start",) if options.first_start else ()
    command += ("--safe",) if mode is Mode.SAFE else ()
    command += ("--standin",) if options.standin else ()
    return ChildSpec("station", command, _timing())
