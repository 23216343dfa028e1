"""The PySide6 in use is the pinned one, and it does not lose references."""

import re
import subprocess
import sys

import PySide6
import pytest
from PySide6.QtCore import QObject, Signal

from tests.tree import ROOT

CALLS = 1_000


class Emitter(QObject):
    happened = Signal()


def drift(call, watched: object) -> int:
    """By how much 1,000 calls move the reference count of None or True (6.12.0: by 1,000)."""
    before = sys.getrefcount(watched)
    for _ in range(CALLS):
        call()
    return abs(sys.getrefcount(watched) - before)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None and True are immortal from 3.12 on")
def test_that_calls_into_qt_keep_the_counts_of_none_and_true_flat():
    emitter = Emitter()
    emitter.happened.connect(emitter.objectName)
    assert drift(lambda: emitter.setObjectName("x"), None) < 10
    assert drift(emitter.happened.emit, True) < 10
    assert drift(emitter.happened.emit, None) < 10


LOSING = """
import ctypes, sys
sys.path.insert(0, {root!r})
from tests.unit.guards.test_pyside import drift
lose = lambda: ctypes.pythonapi.Py_DecRef(ctypes.py_object(None))
keep = [None] * 5000
print(drift(lose, None))
"""


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None and True are immortal from 3.12 on")
def test_that_the_drift_of_a_losing_call_is_seen():
    done = subprocess.run(
        [sys.executable, "-c", LOSING.format(root=str(ROOT))],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert int(done.stdout) >= CALLS


def test_that_pyside_is_the_version_that_both_files_pin():
    pins = {
        re.search(r"^\s*\"?pyside6==([\d.]+)", (ROOT / name).read_text("utf-8"), re.I | re.M)[1]
        for name in ("pyproject.toml", "requirements.lock")
    }
    assert pins == {PySide6.__version__} == {"6.11.3"}
