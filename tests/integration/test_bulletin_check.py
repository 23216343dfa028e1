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


def test_that_counts_that_contradict_are_named_with_file_and_row(tmp_path: Path):
    table = tmp_path / "june.csv"
    table.write_text("unit,need_archive,archive,in_time_archive\n东区,10,9,8\n西区,10,9,11\n")
    done = run(str(table))
    assert done.returncode == 1
    assert "计数矛盾　june.csv 第 3 行 西区：in_time_archive（11）大于 archive（9）" in done.stdout
    paper = tmp_path / "june.yaml"
    paper.write_text("title: 通报\nsource: 某市\nperiod: 六月\nrows:\n  - unit: 西区\n"
                     "    counts: {need_archive: 8, archive: 9}\n")  # fmt: skip
    done = run(str(paper))
    assert "june.yaml 第 6 行 西区：archive（9）大于 need_archive（8）" in done.stdout


ROW = "某街道办事处{n},5000,4900,4850,98.00,{rate}\n"
HEAD = (
    "unit,need_archive,archive,in_time_archive,printed:archive_rate,printed:archive_in_time_rate\n"
)
BOUNDED = """
import resource, sys
from pathlib import Path
from desktop.bulletin_check import verify_file
code = verify_file(Path(sys.argv[1]), False)
print("PEAK", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
sys.exit(code)
"""


def peak_mb(path: Path) -> tuple[int, int, str]:
    command = [sys.executable, "-c", BOUNDED, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    words = done.stdout.split("PEAK ")
    return done.returncode, int(words[1]), words[0] + done.stderr


def test_that_a_long_table_takes_no_more_memory_than_a_short_one(tmp_path: Path):
    """Nothing of it is kept, so the size does not matter; each wrong row is named."""
    short, long = tmp_path / "short.csv", tmp_path / "long.csv"
    short.write_text(HEAD + "".join(ROW.format(n=n, rate="97.00") for n in range(10)))
    with long.open("w") as out:
        out.write(HEAD)
        for n in range(120_000):
            out.write(ROW.format(n=n, rate="97.01" if n == 99_999 else "97.00"))
    code, little, _ = peak_mb(short)
    assert code == 0
    code, much, text = peak_mb(long)
    assert code == 1 and much < little + 12
    assert "共 240000 个数，1 个不符" in text and "第 100001 行" in text


def test_that_a_long_table_that_breaks_off_says_row_and_reason_and_nothing_else(tmp_path: Path):
    path = tmp_path / "cut.csv"
    path.write_text(
        HEAD + "".join(ROW.format(n=n, rate="97.00") for n in range(5000)) + "某街道,5000"
    )
    done = run(str(path))
    assert done.returncode == 2 and not done.stdout
    assert "cut.csv 第 5002 行：有 2 列，表头有 6 列" in done.stderr
