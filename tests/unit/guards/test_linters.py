"""ruff and basedpyright are set so that they turn red where the house wants it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tree import ROOT, plant

BIN = Path(sys.executable).parent


def ruff(file: str, code: str) -> str:
    done = subprocess.run(
        [
            *(str(BIN / "ruff"), "check", "--no-cache", "--quiet", "--output-format=concise"),
            *("--stdin-filename", str(ROOT / file), "-"),
        ],
        input=code,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return done.stdout + done.stderr


THREAD = "import threading\n\nthreading.Thread(target=print).start()\n"
BREACHES = {
    "thread": ("TID251", THREAD),
    "qthread": ("TID251", "from PySide6.QtCore import QThread\n\nQThread()\n"),
    "lost task": (
        "TID251",
        "import asyncio\n\n\nasync def f(work):\n    return asyncio.create_task(work)\n",
    ),
    "blocking sleep": ("TID251", "import time\n\ntime.sleep(1)\n"),
    "blocking open in a coroutine": (
        "ASYNC230",
        "async def f():\n    with open('x') as file:\n        return file.read()\n",
    ),
    "import order": ("I001", "import sys\nimport os\n\nprint(os, sys)\n"),
    "unused import": ("F401", "import os\n"),
    "mutable default": ("B006", "def f(x=[]):\n    return x\n"),
    "old annotation": ("UP", "from typing import List\n\nx: List[int] = []\n"),
    "long line": ("E501", f"x = '{'x' * 100}'\n"),
}


@pytest.mark.parametrize(("code", "text"), BREACHES.values(), ids=BREACHES)
def test_that_ruff_sees_a_breach(code, text):
    assert code in ruff("desktop/shell/planted.py", text)


@pytest.mark.parametrize("file", ["desktop/video/planted.py", "desktop/link/mqtt.py"])
def test_that_a_thread_passes_where_threads_belong(file):
    assert ruff(file, THREAD) == ""


def test_that_types_are_strict_in_the_domain_and_standard_in_the_shell(tmp_path):
    loose = "def total(values):\n    return sum(values)\n"
    wrong = "def word() -> str:\n    return 1\n"
    plant(
        tmp_path,
        {f"desktop/{p}/loose.py": loose for p in ("domain", "feeds", "stores", "shell")}
        | {"desktop/shell/wrong.py": wrong},
    )
    for folder in ("views", "widgets", "local_db"):
        (tmp_path / folder).mkdir()
    (tmp_path / "main.py").touch()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / ".venv").symlink_to(Path(sys.prefix))
    done = subprocess.run(
        [str(BIN / "basedpyright"), "--outputjson"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    for package in ("domain", "feeds", "stores"):
        assert f"{package}/loose.py" in done.stdout, done.stdout
    assert "shell/loose.py" not in done.stdout
    assert "shell/wrong.py" in done.stdout
