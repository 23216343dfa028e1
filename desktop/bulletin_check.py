"""`main.py assessment verify FILE`: each printed rate of a bulletin beside the one that follows
from its counts."""

import json
import sys
from pathlib import Path

import msgspec

from desktop.assessment_rules import read_rules
from desktop.domain.assessment.bulletins import (
    Bulletin,
    Check,
    Verdict,
    contradictions,
    read_bulletin,
    read_bulletin_csv,
    verify,
)
from desktop.domain.assessment.counts import AT_MOST
from desktop.domain.marked_yaml import FileFault
from desktop.reasons import system_reason

LARGEST_BYTES = 16 << 20
WRONG, UNREADABLE = 1, 2


def verify_file(path: Path, as_json: bool) -> int:
    """Exit code: 0 all follow, 1 something does not, 2 the file cannot be read."""
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            return _refuse(f"{path.name} 有 {size >> 20} MB，通报不应超过 {LARGEST_BYTES >> 20} MB")
        text = path.read_text("utf-8")
    except OSError as error:
        return _refuse(f"{path.name} 打不开：{system_reason(error)}")
    except UnicodeDecodeError:
        return _refuse(f"{path.name} 不是 UTF-8 编码；请另存为 UTF-8 后再试")
    read = read_bulletin_csv if path.suffix.lower() == ".csv" else read_bulletin
    found = read(path.name, text)
    if isinstance(found, FileFault):
        return _refuse(str(found))
    bulletin, marked = found
    rules = read_rules()
    checks = verify(bulletin, rules.catalogue, marked.lines)
    wrong = [
        f"{row.unit}：{text}" for row in bulletin.rows for text in contradictions(row, AT_MOST)
    ]
    print(_as_json(bulletin, checks, wrong) if as_json else _in_words(bulletin, checks, wrong))
    bad = any(check.verdict in (Verdict.WRONG, Verdict.MISSING) for check in checks)
    return WRONG if bad or wrong else 0


def _refuse(text: str) -> int:
    print(text, file=sys.stderr)
    return UNREADABLE


def _as_json(bulletin: Bulletin, checks: list[Check], wrong: list[str]) -> str:
    facts = {
        "title": bulletin.title,
        "checks": msgspec.to_builtins(checks),
        "contradictions": wrong,
    }
    return json.dumps(facts, ensure_ascii=False, indent=1)


def _in_words(bulletin: Bulletin, checks: list[Check], wrong: list[str]) -> str:
    about = " ".join(filter(None, (bulletin.title, bulletin.source)))
    lines = [about, *(_line(check) for check in checks), *(f"计数矛盾　{text}" for text in wrong)]
    bad = sum(check.verdict in (Verdict.WRONG, Verdict.MISSING) for check in checks)
    lines.append(f"共 {len(checks)} 个数，{bad} 个不符或无法复算，{len(wrong)} 处计数矛盾")
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
