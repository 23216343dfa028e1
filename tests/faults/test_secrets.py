"""Canaries in the place of every secret: after a day with crashes none lies in any file."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.lifeline import die_with_parent
from tests.command_center import ROOT
from tests.faults import canary_city, invariants, secrets_search
from tests.faults.rig import Center, City, Desk, own, seconds, wait_for
from tests.faults.whole_desk import READY_LIMIT_S, WholeDesk, environment_for_blows

BACK_LIMIT_S = 60.0
RIGHT, WRONG = canary_city.PASSWORD, "falsche-kanarie-77d1"
CANARIES = (*canary_city.ALL, WRONG)


class CanaryCenter(Center):
    """The whole program on a city of canaries; what it prints goes to a file."""

    def __init__(self, folder: Path, display: str) -> None:
        self.printed = folder / "printed"
        self.printed.mkdir()
        super().__init__(folder / "席位 一", display)

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.faults.canary_city", "--profile", str(self.profile)]
        with (self.printed / "program.txt").open("wb") as printed:
            self.process = own(
                subprocess.Popen(
                    [*command, *self._words],
                    cwd=ROOT,
                    env=self.env,
                    stdout=printed,
                    stderr=subprocess.STDOUT,
                    preexec_fn=_with_core_files,
                )
            )

    def word(self, *words: str, **more_env: str) -> str:
        """A word of the command line; what it printed is kept, too."""
        before, self.env = self.env, self.env | more_env
        try:
            done = self.main(*words)
        finally:
            self.env = before
        said = done.stdout + done.stderr
        (self.printed / f"{words[0]}.txt").write_text(said, "utf-8")
        return said


def _with_core_files() -> None:
    """As on a machine that keeps core files of every crash."""
    die_with_parent()
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@pytest.fixture
def whole(display: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WholeDesk]:
    blows, scratch = tmp_path / "blows", tmp_path / "tmp"
    blows.mkdir()
    scratch.mkdir()
    for name, value in environment_for_blows(blows).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TMPDIR", str(scratch))
    with CanaryCenter(tmp_path, display) as center:
        whole = WholeDesk(center, blows)
        wait_for(whole.is_live, READY_LIMIT_S, "the program is ready")
        yield whole


def live_tiles(whole: WholeDesk) -> list[dict[str, Any]]:
    return [t for t in whole.center.status().get("tiles", []) if t.get("state") == "live"]


def a_day(whole: WholeDesk, folder: Path) -> None:
    """What an operator does, and the administrator."""
    center = whole.center
    assert isinstance(center, CanaryCenter)
    alarm_id = center.city.raise_alarm(level="red")["alarm_id"]
    wait_for(lambda: alarm_id in whole.facts().get("unacknowledged", ()), 20.0, "the alarm")
    center.word("open", f"chengkan://alarm/{alarm_id}")
    wait_for(lambda: live_tiles(whole), 60.0, "a live picture")
    center.word("status", "--json")
    center.word("screenshot", str(folder / "pictures"))
    center.word("doctor", "--user", "zhangmin", CHENGKAN_PASSWORD=RIGHT)
    center.press("ctrl+l")
    for password in (WRONG, RIGHT):
        subprocess.run(["xdotool", "type", "--delay", "5", password], env=center.env, check=True)
        center.press("Return")
    center.city.rest_fault("expire_tokens")
    center.city.kill_broker()
    wait_for(whole.is_live, BACK_LIMIT_S, "all is live after the broker")


def a_bad_day(whole: WholeDesk) -> int:
    """Errors, crashes and hangs while the secrets are in memory; gives how many crashes."""
    for word in ("slot", "task"):
        whole.strike("station", word)
    wait_for(lambda: whole.told("bug") or whole.notices(), 20.0, "the errors were told")
    os.kill(whole.pid("station"), signal.SIGUSR1)
    crashes = 0
    for name in ("video-1", "link", "station"):
        if name in whole.pids():
            os.kill(whole.pid(name), signal.SIGSEGV)
            crashes += 1
            wait_for(whole.is_live, BACK_LIMIT_S, f"all is live after a crash of {name}")
    return crashes


@pytest.mark.fault("46a", "崩溃与诊断中的密码", promise="任何文件、命令行、环境中都没有")
def test_that_no_secret_is_left_by_a_day_with_crashes(
    whole: WholeDesk, tmp_path: Path, measured: dict[str, Any]
) -> None:
    a_day(whole, tmp_path)
    shown, looked = secrets_search.in_processes(whole.center.tree(), CANARIES)
    assert shown == [] and looked >= 10
    measured["crashes"] = a_bad_day(whole)
    shown, _ = secrets_search.in_processes(whole.center.tree(), CANARIES)
    assert shown == []
    whole.center.end()
    folders = [tmp_path, Path(os.environ["HOME"]).parent, *_kept_by_others()]
    found, files = secrets_search.in_files(folders, CANARIES)
    assert found == []
    measured["files"] = files
    stacks = [p for p in tmp_path.rglob("*.stack") if p.stat().st_size]
    assert len(stacks) >= 2, "the crashes have left no stacks: nothing was searched"
    assert not [p for p in (*tmp_path.rglob("core*"), *ROOT.glob("core*")) if p.is_file()]


def _kept_by_others() -> list[Path]:
    """Where the engine and the toolkit write; the pictures of the stand-in are not searched."""
    names = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
    return [Path(os.environ[name]) for name in names if name in os.environ]


@pytest.mark.fault("46", "无密钥环、密钥环锁定", promise="只在本次会话登录，不写明文")
@pytest.mark.parametrize("keyring", ["absent", "locked"])
def test_that_without_a_keyring_the_session_ends_with_the_program(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keyring: str
) -> None:
    if keyring == "absent":
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    else:  # a bus that answers nobody
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")
    with Desk(tmp_path / "desk", city.url) as desk:
        desk.sign_in()
        assert desk.lights()["user"]
        desk.kill_link()
        desk.start_link()  # the same desk goes on: who is signed in was kept in memory
        invariants.normal_again(desk)
        desk.end()
        invariants.no_secret_in(desk.profile, ["demo-2026"])
        again = Desk.__new__(Desk)
        again.__dict__ |= desk.__dict__
        again.link = type(desk.link)(desk.profile, city.url)  # another evening: no memory of it
        again._own_link()
        again.start_station()
        with again:
            seconds(lambda: again.lights()["rest"] == "up", 20.0, "the platform is reached")
            assert not again.lights()["user"]


# ---- the search itself ---------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(9))
def test_that_a_secret_is_found_in_every_form(tmp_path: Path, number: int) -> None:
    form = secrets_search.forms(RIGHT)[number]
    (tmp_path / "log").write_bytes(b"a" * (secrets_search._CHUNK - 7) + form + b"z" * 99)
    found, files = secrets_search.in_files([tmp_path], CANARIES)
    assert files == 1 and len(found) == 1 and RIGHT in found[0]


def test_that_a_secret_of_a_process_is_found() -> None:
    program = "import sys; print('here', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", program, RIGHT]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, env={"A": WRONG}, **pipes) as process:
        assert process.stdout is not None and process.stdout.readline()
        found, _ = secrets_search.in_processes([process.pid], CANARIES)
        process.communicate()
    assert len(found) == 2
