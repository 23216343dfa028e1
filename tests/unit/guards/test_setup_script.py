""".ci/setup installs what is missing, says why, heals after an interruption, costs nothing twice.

The system's tools are stubs that write down how they were called.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.tree import ROOT

STUBS = {
    "id": 'echo "$STUB_UID"',
    "dpkg": "exit 0",
    "dpkg-query": (
        'for name in "$@"; do case $name in -*) ;; *)\n'
        '  [ -e "$STUBS/absent/$name" ] || echo "ii  $name" ;; esac; done'
    ),
    "apt-get": (
        'echo "apt-get $*" >>"$STUBS/log"\n'
        'case " $* " in *" install "*) rm -f "$STUBS/absent/"* ;; esac'
    ),
    "sudo": "exit 1",
    "systemctl": 'echo "systemctl $*" >>"$STUBS/log"',
    "python3": (
        'case "$1 $2" in\n'
        '"-m venv") mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; echo venv >>"$STUBS/log" ;;\n'
        '"-m pip") [ "$3" = install ] || exit 0\n'
        '  echo pip >>"$STUBS/log"; [ ! -e "$STUBS/offline" ] ;;\n'
        "-c*) echo 3.11.2 ;;\n"
        "esac"
    ),
}


class Machine:
    """A tree with .ci/setup and a lock file, on a system made of stubs."""

    def __init__(self, root: Path) -> None:
        self.root, self.stubs = root / "tree", root / "stubs"
        shutil.copytree(ROOT / ".ci", self.root / ".ci")
        (self.root / "requirements.lock").write_text("a==1\n")
        (self.stubs / "absent").mkdir(parents=True)
        for name, body in STUBS.items():
            stub = self.stubs / name
            stub.write_text(f"#!/bin/bash\n{body}\n")
            stub.chmod(0o755)

    def lacks(self, *packages: str) -> None:
        for name in packages:
            (self.stubs / "absent" / name).touch()

    def set_up(self, purpose: str = "test", uid: int = 0) -> subprocess.CompletedProcess[str]:
        (self.stubs / "log").write_text("")
        return subprocess.run(
            ["bash", ".ci/setup", purpose],
            cwd=self.root,
            env={
                "PATH": f"{self.stubs}:/usr/bin:/bin",
                "STUBS": str(self.stubs),
                "STUB_UID": str(uid),
                "SETUP_POLICY": str(self.stubs / "policy"),
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    @property
    def log(self) -> list[str]:
        return (self.stubs / "log").read_text().splitlines()


@pytest.fixture
def machine(tmp_path) -> Machine:
    return Machine(tmp_path)


def test_that_the_first_run_says_what_it_does_and_the_second_is_silent(machine):
    machine.lacks("libvlc5", "xvfb")
    first = machine.set_up()
    assert first.returncode == 0, first.stderr
    assert [line.split()[0] for line in machine.log] == ["apt-get", "apt-get", "venv", "pip"]
    assert machine.log[1].endswith("--no-install-recommends libvlc5 xvfb")
    assert "libvlc5 xvfb" in first.stderr and "requirements.lock" in first.stderr
    assert not (machine.stubs / "policy").exists()
    second = machine.set_up()
    assert (second.returncode, second.stdout, second.stderr, machine.log) == (0, "", "", [])


def test_that_running_needs_no_test_packages_and_linting_none_at_all(machine):
    machine.lacks("libvlc5", "xvfb")
    machine.set_up("lint")
    assert machine.log == ["venv", "pip"]
    machine.set_up("run")
    assert machine.log[1].endswith("--no-install-recommends libvlc5")


def test_that_an_interrupted_installation_is_finished_by_the_next_run(machine):
    (machine.stubs / "offline").touch()
    failed = machine.set_up()
    assert failed.returncode == 1 and "network" in failed.stderr.splitlines()[-1]
    (machine.stubs / "offline").unlink()
    assert machine.set_up().returncode == 0
    assert machine.log == ["pip"]
    assert machine.set_up().stderr == ""


def test_that_a_new_lock_file_updates_the_environment(machine):
    machine.set_up()
    (machine.root / "requirements.lock").write_text("a==2\n")
    machine.set_up()
    assert machine.log == ["pip"]


def test_that_an_account_without_rights_gets_one_line_with_the_command(machine):
    machine.lacks("mosquitto")
    refused = machine.set_up(uid=1000)
    assert refused.returncode == 1 and machine.log == []
    (line,) = refused.stderr.splitlines()
    assert "apt-get install -y --no-install-recommends mosquitto" in line


def test_that_what_an_interrupted_run_left_to_stop_services_is_taken_away(machine):
    (machine.stubs / "policy").write_text("#!/bin/sh\n# chengkan set-up\nexit 101\n")
    machine.lacks("mosquitto")
    assert machine.set_up().returncode == 0
    assert not (machine.stubs / "policy").exists()


def test_that_a_policy_of_the_machine_is_left_alone(machine):
    (machine.stubs / "policy").write_text("#!/bin/sh\nexit 0\n")
    machine.lacks("mosquitto")
    machine.set_up()
    assert (machine.stubs / "policy").read_text() == "#!/bin/sh\nexit 0\n"
