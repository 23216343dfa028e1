"""A copy of the tree, a mistake in it, and what the tests say to that."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PATCHES = Path(__file__).parent
NO_LOSS = (
    "tests/integration/link/test_no_loss.py",
    "tests/integration/link/test_ingest.py",
    "tests/integration/link/test_mqtt.py",
)
LIMIT_S = 300.0
_CAUGHT_BY = re.compile(r"^Caught by: (\S+)$", re.MULTILINE)
_FAILED = re.compile(r"^(?:FAILED|ERROR) (tests/\S+?::\S+)", re.MULTILINE)


class Verdict(NamedTuple):
    name: str
    is_right: bool
    text: str
    seconds: float


class TestRun(NamedTuple):
    __test__ = False

    is_green: bool
    failed: str  # the first test that failed; empty when none did, or pytest could not start
    said: str  # last line of pytest
    seconds: float


class Mutant:
    """One patch file: words for people, `Caught by:` lines, then a diff against the tree."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.stem
        text = path.read_text(encoding="utf-8")
        self.caught_by: tuple[str, ...] = tuple(_CAUGHT_BY.findall(text))

    def apply(self, tree: Path, check_only: bool = False) -> str:
        """Empty when it applies, else what git said."""
        flags = ["--check"] if check_only else []
        command = ["git", "apply", "-C1", *flags, str(self.path)]
        # Not the repository that happens to be around `tree`: its index knows nothing of it.
        env = os.environ | {"GIT_CEILING_DIRECTORIES": str(tree.parent), "LC_ALL": "C"}
        done = subprocess.run(command, cwd=tree, env=env, capture_output=True, text=True)
        return done.stderr.strip().replace("\n", "; ") if done.returncode else ""


def mutants() -> list[Mutant]:
    return [Mutant(path) for path in sorted(PATCHES.glob("*.patch"))]


def copy_tree(target: Path) -> Path:
    """Everything that belongs to the project, as it lies in the tree now."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    for name in filter(None, os.fsdecode(listed.stdout).split("\0")):
        source = ROOT / name
        if source.is_file():  # not deleted, no submodule
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target / name)
    return target


def run_tests(tree: Path, which: tuple[str, ...]) -> TestRun:
    """Stops at the first failure."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *which]
    env = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    started_s = time.monotonic()
    try:
        done = subprocess.run(
            command, cwd=tree, env=env, capture_output=True, text=True, timeout=LIMIT_S
        )
    except subprocess.TimeoutExpired:
        return TestRun(False, "", f"not done within {LIMIT_S:.0f} s", LIMIT_S)
    seconds = time.monotonic() - started_s
    failed = _FAILED.search(done.stdout)
    lines = (done.stdout + done.stderr).strip().splitlines() or ["nothing"]
    is_red = done.returncode == 1 and failed is not None
    return TestRun(done.returncode == 0, failed[1] if is_red and failed else "", lines[-1], seconds)
