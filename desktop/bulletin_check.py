"""`main.py assessment verify FILE`: each printed rate of a bulletin beside the one that follows
from its counts."""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from desktop.assessment_rules import read_rules
from desktop.domain.assessment.bulletins import (
    BulletinRow,
    Check,
    Checker,
    Verdict,
    contradictions,
    read_bulletin,
    rows_of_csv,
)
from desktop.domain.assessment.counts import AT_MOST
from desktop.domain.marked_yaml import FileFault
from desktop.reasons import system_reason

LARGEST_BYTES = 16 << 20  # of a file that is read as a whole; a table is read row by row
MOST_SHOWN = 500
"""Figures of a longer table are listed only where something is wrong, up to so many."""
WRONG, UNREADABLE = 1, 2


@dataclass
class Report:
    """`checks`: those that are shown; `wrong`: contradictions with their rows."""

    title: str
    source: str = ""
    checks: list[Check] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    count: int = 0
    bad: int = 0
    contradictory: int = 0

    def add(self, row: BulletinRow, line: int, checks: Iterable[Check]) -> None:
        for check in checks:
            is_bad = check.verdict in (Verdict.WRONG, Verdict.MISSING)
            self.count, self.bad = self.count + 1, self.bad + is_bad
            self.checks.append(check)
        if len(self.checks) > 2 * MOST_SHOWN:
            self._shorten()
        for text in contradictions(row, AT_MOST):
            self.contradictory += 1
            if len(self.wrong) < MOST_SHOWN:
                place = f"第 {line} 行 " if line else ""
                self.wrong.append(f"{place}{row.unit}：{text}")

    def close(self) -> None:
        if self.count > MOST_SHOWN:
            self._shorten()

    def _shorten(self) -> None:
        self.checks = [one for one in self.checks if one.verdict is not Verdict.RIGHT]
        del self.checks[MOST_SHOWN:]


def verify_file(path: Path, as_json: bool) -> int:
    """Exit code: 0 all follow, 1 something does not, 2 the file cannot be read."""
    try:
        found = _of_table(path) if path.suffix.lower() == ".csv" else _of_paper(path)
    except OSError as error:
        return _refuse(f"{path.name} 打不开：{system_reason(error)}")
    except UnicodeDecodeError:
        return _refuse(f"{path.name} 不是 UTF-8 编码；请另存为 UTF-8 后再试")
    if not isinstance(found, Report):
        return _refuse(str(found))
    found.close()
    print(_as_json(found) if as_json else _in_words(path.name, found))
    return WRONG if found.bad or found.contradictory else 0


def _of_table(path: Path) -> Report | FileFault:
    """Row by row: a table of hundreds of megabytes takes no more memory than a short one."""
    checker, report = Checker(read_rules().catalogue), Report(path.name)
    with path.open(encoding="utf-8", newline="") as lines:
        for found in rows_of_csv(path.name, lines):
            if isinstance(found, FileFault):
                return found
            line, row = found
            report.add(row, line, [checker.check(row, key, line) for key in row.printed])
    return report


def _of_paper(path: Path) -> Report | FileFault | str:
    size = path.stat().st_size
    if size > LARGEST_BYTES:
        return f"{path.name} 有 {size >> 20} MB，通报不应超过 {LARGEST_BYTES >> 20} MB"
    found = read_bulletin(path.name, path.read_text("utf-8"))
    if isinstance(found, FileFault):
        return found
    bulletin, marked = found
    checker = Checker(read_rules().catalogue, bulletin.definitions)
    report = Report(bulletin.title, bulletin.source)
    for number, row in enumerate(bulletin.rows):
        at = f"rows[{number}]"
        checks = [checker.check(row, key, marked.line_of(f"{at}.printed.{key}"))
                  for key in row.printed]  # fmt: skip
        report.add(row, marked.line_of(f"{at}.counts"), checks)
    return report


def _refuse(text: str) -> int:
    print(text, file=sys.stderr)
    return UNREADABLE


def _as_json(report: Report) -> str:
    facts = {
        "title": report.title,
        "checks": msgspec.to_builtins(report.checks),
        "contradictions": report.wrong,
        "count": report.count,
        "bad": report.bad,
    }
    return json.dumps(facts, ensure_ascii=False, indent=1)


def _in_words(file: str, report: Report) -> str:
    about = " ".join(filter(None, (report.title, report.source)))
    lines = [about, *(_line(check) for check in report.checks)]
    lines += [f"计数矛盾　{file} {text}" for text in report.wrong]
    if hidden := report.count - len(report.checks):
        lines.append(f"另有 {hidden} 个数未列出")
    lines.append(
        f"共 {report.count} 个数，{report.bad} 个不符或无法复算，{report.contradictory} 处计数矛盾"
    )
    return "\n".join(lines)


def _line(check: Check) -> str:
    computed = "—" if check.computed is None else f"{check.computed:.4f}"
    parts = [
        check.verdict.word,
        check.unit,
        check.name,
        f"通报 {check.printed}",
        f"复算 {computed}",
    ]
    if check.verdict is not Verdict.RIGHT:
        parts += [check.formula, check.note, f"第 {check.line} 行" if check.line else ""]
    return "　".join(filter(None, parts))
