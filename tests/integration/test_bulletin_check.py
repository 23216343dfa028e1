"""`main.py assessment verify`, as it is called."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BULLETINS = ROOT / "tests" / "unit" / "domain" / "assessment" / "bulletins"


def run(*words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "main.py", "assessment", "verify", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30)


def test_that_a_bulletin_that_follows_from_its_counts_is_right():
    done = run(str(BULLETINS / "tianmen_2016_12.yaml"))
    assert done.returncode == 0, done.stderr
    assert "共 4 个数，0 个不符" in done.stdout


def test_that_a_rate_that_does_not_follow_is_named():
    done = run(str(BULLETINS / "ningguo_2021_08.yaml"), "--json")
    assert done.returncode == 1
    wrong = [c for c in json.loads(done.stdout)["checks"] if c["verdict"] == "wrong"]
    assert [(c["name"], c["printed"]) for c in wrong] == [("按时结案率", "99.6")]


@pytest.mark.parametrize(
    "name, content, words",
    [("a.yaml", "title: [", "不是有效的 YAML"), ("a.yaml", "甲".encode("gbk"), "不是 UTF-8"),
     ("a.csv", "unit,archive\n区,x\n", "第 2 行"), ("none.yaml", None, "打不开")],
)  # fmt: skip
def test_that_a_file_that_cannot_be_read_is_one_line_with_its_reason(
    tmp_path: Path, name: str, content: str | bytes | None, words: str
):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = run(str(path))
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
