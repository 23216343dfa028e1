"""The program as an ordinary user starts it, on a platform that runs already.

It refuses a real platform to root, whose web sandbox is off: a bench of root starts it as
`nobody`, with a home of its own and a Python that this user may run.
"""

import contextlib
import os
import shutil
import site
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from Xlib import X
from Xlib.display import Display

from desktop.lifeline import die_with_parent
from desktop.settings import SETTINGS_FILE
from tests.bench.program import until
from tests.command_center import ROOT, CommandCenter

_NOBODY = 65534
_WIDTH_PX = 1000  # at least, of the main window
_NEEDED = "import PySide6.QtCore, msgspec, qasync"


class NoOrdinaryUser(RuntimeError):
    """The text says why."""


@dataclass(frozen=True)
class OrdinaryUser:
    """`uid` is None where this process is one already."""

    home: Path
    uid: int | None
    python: str
    environment: dict[str, str]

    def command_options(self) -> dict[str, object]:
        """For subprocess.Popen."""
        return {} if self.uid is None else {
            "user": self.uid, "group": self.uid, "extra_groups": []
        }  # fmt: skip


@contextlib.contextmanager
def ordinary_user() -> Iterator[OrdinaryUser]:
    """Raises NoOrdinaryUser."""
    with tempfile.TemporaryDirectory(prefix="ck") as name:
        home = Path(name)
        names = {"HOME": "", "XDG_CONFIG_HOME": ".config", "XDG_CACHE_HOME": ".cache",
                 "XDG_DATA_HOME": ".local/share", "XDG_RUNTIME_DIR": "run"}  # fmt: skip
        environment = {variable: str(home / folder) for variable, folder in names.items()}
        for folder in environment.values():
            Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.geteuid():
            yield OrdinaryUser(home, None, sys.executable, environment)
            return
        for path in (home, *home.rglob("*")):
            os.chown(path, _NOBODY, _NOBODY)
        environment |= {"PYTHONPATH": os.pathsep.join(site.getsitepackages()),
                        "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
        yield OrdinaryUser(home, _NOBODY, _python_for(_NOBODY, environment), environment)


def _python_for(uid: int, environment: dict[str, str]) -> str:
    """An interpreter of this version that the user may run; ours may lie in a closed home."""
    name = f"python3.{sys.version_info.minor}"
    found = [sys.executable, *(shutil.which(name, path=p) for p in ("/usr/bin", os.defpath))]
    for python in filter(None, found):
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            done = subprocess.run(
                [python, "-c", _NEEDED], cwd=ROOT, env=os.environ | environment, user=uid,
                group=uid, extra_groups=[], capture_output=True, check=False, timeout=30,
            )  # fmt: skip
            if not done.returncode:
                return python
    raise NoOrdinaryUser(f"no {name} that an ordinary user may run: run the bench as one")


class GuestCenter(CommandCenter):
    """The whole program with `platform_url` in its settings; somebody has to sign in by hand."""

    def __init__(self, user: OrdinaryUser, display: str, platform_url: str) -> None:
        self._user = user
        profile = user.home / "profile"
        if not profile.exists():
            profile.mkdir(mode=0o700)
            settings = profile / SETTINGS_FILE
            settings.write_text(f'platform_url = "{platform_url}"\n', "utf-8")
            if user.uid is not None:
                for path in (profile, settings):
                    os.chown(path, user.uid, user.uid)
        super().__init__(profile, display, platform_url)

    def start(self) -> None:
        self.env |= self._user.environment
        self.began_s = time.monotonic()
        command = [self._user.python, "main.py", "--profile", str(self.profile)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.env, preexec_fn=die_with_parent,
            **self._user.command_options(),  # type: ignore[call-overload]
        )  # fmt: skip

    def type_in(self, username: str, password: str) -> float:
        """Signs in by the keyboard, gives the seconds of typing."""
        until(lambda: _has_keys(self.display))
        began_s = time.monotonic()
        keys = ["type", username, "key", "Tab", "type", password, "key", "Return"]
        for order in (keys[:2], keys[2:4], keys[4:6], keys[6:]):
            subprocess.run(["xdotool", *order], env=self.env, check=True, timeout=10)
        return time.monotonic() - began_s


def _has_keys(display: str) -> bool:
    """Gives them to the main window once it is there: without a window manager nobody does."""
    screen = Display(display)
    try:
        for window in screen.screen().root.query_tree().children:
            shown = window.get_attributes().map_state == X.IsViewable
            if shown and window.get_geometry().width >= _WIDTH_PX:
                window.set_input_focus(X.RevertToParent, X.CurrentTime)
                screen.sync()
                return True
        return False
    finally:
        screen.close()
