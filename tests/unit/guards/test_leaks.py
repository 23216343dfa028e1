"""The guard of tests/conftest.py sees what it is there for."""

import shutil
import subprocess
import sys

from tests.tree import ROOT, plant

LEAKING = """
import os, subprocess, sys, threading

never = threading.Event()
kept = []

def test_leaves_a_thread():
    threading.Thread(target=never.wait, name="stray", daemon=True).start()

def test_leaves_a_process():
    kept.append(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]))

def test_leaves_nothing():
    done = threading.Thread(target=lambda: None)
    done.start()
    done.join()
    subprocess.run([sys.executable, "-c", ""])

def test_has_a_home_of_its_own():
    assert "own" in os.environ["HOME"] and not os.listdir(os.environ["HOME"])
    open(os.path.join(os.environ["HOME"], "mine"), "w").close()

def test_has_a_home_that_nobody_used():
    assert not os.listdir(os.environ["HOME"])
"""


def test_that_a_left_thread_or_process_fails_its_test_and_names_the_place(tmp_path):
    plant(tmp_path, {"tests/test_leaking.py": LEAKING})
    (tmp_path / "tests/__init__.py").unlink()
    for name in ("tests/conftest.py", "tests/leaks.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    leaks = (tmp_path / "tests/leaks.py").read_text("utf-8")
    (tmp_path / "tests/leaks.py").write_text(leaks.replace("PATIENCE_S = 3.0", "PATIENCE_S = 0.2"))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "5 passed, 2 errors" in done.stdout, done.stdout + done.stderr
    assert "thread 'stray' started at" in done.stdout
    assert "test_leaking.py:8 test_leaves_a_thread" in done.stdout
    assert "test_leaking.py:11 test_leaves_a_process" in done.stdout
