"""Bulletins that cities have published, their sources named in the files."""

from pathlib import Path

import pytest

from desktop.domain.assessment.bulletins import (
    Bulletin,
    BulletinRow,
    Verdict,
    contradictions,
    read_bulletin,
    read_bulletin_csv,
    verify,
)
from desktop.domain.assessment.counts import AT_MOST
from desktop.domain.assessment.files import read_assessment
from desktop.domain.marked_yaml import FileFault

FILES = sorted((Path(__file__).parent / "bulletins").glob("*.yaml"))
RULES = Path(__file__).resolve().parents[4] / "resources" / "assessment"
CATALOGUE = read_assessment(
    (p.name, p.read_text("utf-8")) for p in sorted(RULES.glob("*.yaml"))
).catalogue

WRONG = {("ningguo_2021_08.yaml", "按时结案率"): 591 / 594 * 100}  # printed 99.6
CUT = set[tuple[str, str]]()


def read(path: Path):
    found = read_bulletin(path.name, path.read_text("utf-8"))
    assert not isinstance(found, FileFault), str(found)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_that_what_was_printed_is_computed_to_the_digit(path: Path):
    bulletin, marked = read(path)
    for check in verify(bulletin, CATALOGUE, marked.lines):
        key = (path.name, check.name)
        if key in WRONG:
            assert check.verdict is Verdict.WRONG
            assert check.computed == pytest.approx(WRONG[key])
            assert check.line == 10
        else:
            assert check.verdict is Verdict.RIGHT, check


def test_that_there_are_at_least_five_and_each_names_its_source():
    assert len(FILES) >= 5
    assert all(read(path)[0].source for path in FILES)


def of(printed: str, **counts: float):
    row = BulletinRow(unit="区", counts=counts, printed={"archive_rate": printed})
    return verify(Bulletin(title="", source="", period="", rows=(row,)), CATALOGUE)[0]


@pytest.mark.parametrize(
    "printed, verdict",
    [("66.67", Verdict.RIGHT), ("66.67%", Verdict.RIGHT), ("66.66", Verdict.CUT),
     ("67", Verdict.RIGHT), ("66", Verdict.CUT), ("66.68", Verdict.WRONG), ("六成", Verdict.WRONG)],
)  # fmt: skip
def test_that_rounded_cut_and_wrong_are_told_apart(printed: str, verdict: Verdict):
    assert of(printed, need_archive=3, archive=2).verdict is verdict


def test_that_a_rate_of_nothing_is_not_judged():
    assert of("100", need_archive=0, archive=0).verdict is Verdict.NOTHING_DUE


def test_that_a_count_that_is_not_printed_is_named():
    found = of("100", archive=3)
    assert (found.verdict, found.note) == (Verdict.MISSING, "缺少 need_archive")


def test_that_counts_that_contradict_are_named():
    row = BulletinRow(unit="区", counts={"archive": 5, "need_archive": 4})
    assert contradictions(row, AT_MOST) == ["archive（5）大于 need_archive（4）"]


@pytest.mark.parametrize(
    "text, line",
    [("title: a\nsource: b\nperiod: c\nrows: []\n", 4), ("title: a\n", 1),
     ("title: a\nsource: b\nperiod: c\nrows:\n  - unit: x\n    counts: {a: -1}\n", 6)],
)  # fmt: skip
def test_that_a_file_that_cannot_be_read_says_where(text: str, line: int):
    found = read_bulletin("b.yaml", text)
    assert isinstance(found, FileFault)
    assert found.line == line


CSV = 'unit,need_archive,archive,printed:archive_rate\n东区,"1,000",980,98.0\n西区,0,0,100\n'


def test_that_a_table_is_a_bulletin_too():
    found = read_bulletin_csv("b.csv", "\ufeff" + CSV)
    assert not isinstance(found, FileFault)
    bulletin, marked = found
    checks = verify(bulletin, CATALOGUE, marked.lines)
    assert [(c.unit, c.verdict, c.line) for c in checks] == [
        ("东区", Verdict.RIGHT, 2), ("西区", Verdict.NOTHING_DUE, 3)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text, line, word",
    [("", 1, "表头"), ("unit,a\nx,1,2\n", 2, "3 列"), ("unit,a\nx,1\ny,abc\n", 3, "不是计数：abc"),
     ("unit,a\nx,nan\n", 2, "不是计数"), ("unit,a\nx,-1\n", 2, "不是计数")],
)  # fmt: skip
def test_that_a_table_that_cannot_be_read_says_row_and_reason(text: str, line: int, word: str):
    found = read_bulletin_csv("b.csv", text)
    assert isinstance(found, FileFault)
    assert found.line == line
    assert word in found.reason
