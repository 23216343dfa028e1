"""`make test` tries what has failed once more: one that fails twice is red, else it is named."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
# In place of a screen: drops xvfb-run's own words (-a -n NUMBER -s WORDS) and runs the rest.
NO_SCREEN = '#!/bin/sh\nshift 5\nexec "$@"\n'
FAILS_ONCE = """
from pathlib import Path

def test_that_shakes():
    tried = Path(__file__).with_suffix(".tried")
    first = not tried.exists()
    tried.touch()
    assert not first
"""
FAILS_TWICE = "def test_that_is_broken():\n    assert False\n"
PASSES = "def test_that_is_well():\n    pass\n"


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    path.chmod(0o755)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A project of few tests with the script that runs all of ours."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "test", tmp_path / ".ci" / "test")
    program(tmp_path / ".venv/bin/python", f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    program(tmp_path / "bin/xvfb-run", NO_SCREEN)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    gate: as ours\n", "utf-8")
    for name in ("unit", "gui", "integration", "journeys", "faults"):
        (tmp_path / "tests" / name).mkdir(parents=True)
    (tmp_path / "tests/unit/test_well.py").write_text(PASSES, "utf-8")
    return tmp_path


def run(tree: Path) -> "subprocess.CompletedProcess[str]":
    env = os.environ | {
        "PATH": f"{tree / 'bin'}:{os.environ['PATH']}",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    env.pop("PYTEST_ADDOPTS", None)
    command = [str(tree / ".ci" / "test"), "-q"]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)


def test_that_all_green_is_green_at_once(tree: Path):
    done = run(tree)
    assert done.returncode == 0, done.stdout
    assert "Once more" not in done.stdout


@pytest.mark.parametrize("share", ["unit", "integration"])
def test_that_what_fails_twice_makes_it_red(tree: Path, share: str):
    (tree / "tests" / share / "test_broken.py").write_text(FAILS_TWICE, "utf-8")
    done = run(tree)
    assert done.returncode == 1, done.stdout
    assert done.stdout.count(f"FAILED tests/{share}/test_broken.py::test_that_is_broken") == 2


@pytest.mark.parametrize("share", ["unit", "integration"])
def test_that_what_passes_the_second_time_is_green_and_named(tree: Path, share: str):
    (tree / "tests" / share / "test_shaky.py").write_text(FAILS_ONCE, "utf-8")
    done = run(tree)
    assert done.returncode == 0, done.stdout
    first, second = done.stdout.split("Once more what has failed:")
    assert f"FAILED tests/{share}/test_shaky.py::test_that_shakes" in first
    assert f"PASSED tests/{share}/test_shaky.py::test_that_shakes" in second
    assert "test_that_is_well" not in second  # only what has failed


def test_that_tests_that_cannot_be_read_are_no_second_try(tree: Path):
    (tree / "tests/unit/test_unreadable.py").write_text("import nothing_of_this_name\n", "utf-8")
    done = run(tree)
    assert done.returncode == 2, done.stdout
    assert "Once more" not in done.stdout
