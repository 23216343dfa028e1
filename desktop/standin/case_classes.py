"""Classes of cases with their limits, for GET /catalogue."""

import re
import tomllib
from functools import cache
from pathlib import Path

import msgspec

FILE = Path(__file__).resolve().parents[2] / "resources" / "standin" / "case_classes.toml"
_LINE = re.compile(r"(?P<code>\d\d) (?P<name>\S+) (?P<value>\d+)(?P<unit>h|wh|d)")
_UNITS = {"h": ("urgent_hour", "紧急工作时"), "wh": ("work_hour", "工作时"),
          "d": ("work_day", "工作日")}  # fmt: skip


class Limit(msgspec.Struct, frozen=True):
    """unit: urgent_hour runs day and night, work_hour and work_day only in working time."""

    value: int
    unit: str
    text: str


class CaseClass(msgspec.Struct, frozen=True):
    """One row: `class_code` is the major's two digits and the minor's."""

    kind: str  # component, event
    major_code: str
    major_name: str
    minor_code: str
    name: str
    class_code: str
    limit: Limit


@cache
def case_classes() -> tuple[CaseClass, ...]:
    """Raises ValueError for a line that cannot be read."""
    data = tomllib.loads(FILE.read_text("utf-8"))
    return tuple(
        _row(major, line) for major in data["major"] for line in major["minors"].splitlines()
        if line
    )  # fmt: skip


def _row(major: dict[str, str], line: str) -> CaseClass:
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError(f"{FILE.name}: {line!r}")
    code, name, value, unit = found.groups()
    word, text = _UNITS[unit]
    limit = Limit(int(value), word, f"{value} {text}")
    return CaseClass(
        major["kind"], major["code"], major["name"], code, name, major["code"] + code, limit
    )
