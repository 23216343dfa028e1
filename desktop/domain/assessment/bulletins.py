"""A bulletin (绩效通报) as it was printed: its counts, and whether its rates follow from them."""

import csv
import io
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated

import msgspec
import numpy as np
from msgspec import Meta, Struct

from desktop.domain.assessment.expressions import Expression, ExpressionFault
from desktop.domain.assessment.indicators import Catalogue, Name
from desktop.domain.marked_yaml import FileFault, Marked, fault_of, read_yaml

PRINTED = "printed:"


class Definition(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A rate as this bulletin defines it, where its name or formula is not ours."""

    name: str
    numerator: str
    denominator: str


class BulletinRow(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`printed`: indicator -> the figure as printed, with its decimals ("98.80")."""

    unit: Annotated[str, Meta(min_length=1)]
    counts: dict[str, Annotated[float, Meta(ge=0)]]
    printed: dict[str, str] = {}


class Bulletin(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`source`: who published it; `period`: as printed."""

    title: str
    source: str
    period: str
    published: str = ""
    definitions: dict[Name, Definition] = {}
    rows: Annotated[tuple[BulletinRow, ...], Meta(min_length=1)]


class Verdict(StrEnum):
    RIGHT = "right"
    CUT = "cut"  # cut off and not rounded
    WRONG = "wrong"
    NOTHING_DUE = "nothing_due"
    MISSING = "missing"  # a count that the formula needs is not printed

    @property
    def word(self) -> str:
        return {"right": "一致", "cut": "截断", "wrong": "不符", "nothing_due": "无应办",
                "missing": "缺计数"}[self.value]  # fmt: skip


class Check(Struct, frozen=True, kw_only=True):
    """One printed figure beside ours. `computed`: not rounded; None without one."""

    unit: str
    name: str
    formula: str
    printed: str
    computed: float | None
    verdict: Verdict
    line: int = 0
    note: str = ""


def read_bulletin(file: str, text: str) -> tuple[Bulletin, Marked] | FileFault:
    marked = read_yaml(file, text)
    if isinstance(marked, FileFault):
        return marked
    try:
        bulletin = msgspec.convert(marked.value, Bulletin, strict=False)
    except msgspec.ValidationError as error:
        return fault_of(file, marked, error)
    return bulletin, marked


def read_bulletin_csv(file: str, text: str) -> tuple[Bulletin, Marked] | FileFault:
    """First column the unit; others are counts by name, and `printed:NAME` for printed figures."""
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    if len(rows) < 2 or len(rows[0]) < 2:
        return FileFault(file, 1, "至少要有表头和一行数据")
    head, lines, found = [name.strip() for name in rows[0]], dict[str, int](), list[BulletinRow]()
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(head):
            return FileFault(file, number, f"有 {len(row)} 列，表头有 {len(head)} 列")
        counts, printed = dict[str, float](), dict[str, str]()
        for name, cell in zip(head[1:], (one.strip() for one in row[1:]), strict=True):
            if name.startswith(PRINTED) and cell:
                printed[name.removeprefix(PRINTED)] = cell
                lines[f"rows[{len(found)}].printed.{name.removeprefix(PRINTED)}"] = number
            elif cell:
                try:
                    counts[name] = count_of(cell)
                except ValueError:
                    return FileFault(file, number, f"{name} 不是计数：{cell[:40]}")
        found.append(BulletinRow(unit=row[0].strip() or "—", counts=counts, printed=printed))
    bulletin = Bulletin(title=file, source="", period="", rows=tuple(found))
    return bulletin, Marked(None, lines)


def count_of(cell: str) -> float:
    """Raises ValueError for what is no finite number from 0 on; 1,234 is one."""
    count = float(cell.replace(",", ""))
    if not 0 <= count < 1e15:
        raise ValueError(cell)
    return count


def verify(
    bulletin: Bulletin, catalogue: Catalogue, line_of: Mapping[str, int] | None = None
) -> list[Check]:
    """Each printed figure. `line_of`: path of a field -> line in its file."""
    lines = line_of or {}
    return [
        _check(row, key, printed, bulletin, catalogue, lines.get(f"rows[{n}].printed.{key}", 0))
        for n, row in enumerate(bulletin.rows)
        for key, printed in row.printed.items()
    ]


def contradictions(row: BulletinRow, pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Counts that cannot be true together, in Chinese; see counts.AT_MOST."""
    have = row.counts
    return [
        f"{part}（{have[part]:g}）大于 {whole}（{have[whole]:g}）"
        for part, whole in pairs
        if part in have and whole in have and have[part] > have[whole]
    ]


def _check(
    row: BulletinRow, key: str, printed: str, bulletin: Bulletin, catalogue: Catalogue, line: int
) -> Check:
    definition, known = bulletin.definitions.get(key), catalogue.get(key)
    if definition is not None:
        name, above, below = definition.name, definition.numerator, definition.denominator
    elif known is not None and known.numerator:
        name, above, below = known.name, known.numerator, known.denominator
    else:
        return _missing(row, key, printed, line, f"没有指标 {key}，也没有写明定义")
    formula = f"{above} / {below}"
    try:
        ratio = Expression(f"({above}) / ({below})")
    except ExpressionFault as fault:
        return _missing(row, name, printed, line, str(fault))
    if missing := sorted(ratio.names - row.counts.keys()):
        return _missing(row, name, printed, line, f"缺少 {'、'.join(missing)}", formula)
    share = float(ratio.value(row.counts)) * 100
    if np.isnan(share):
        return Check(unit=row.unit, name=name, formula=formula, printed=printed, computed=None,
                     verdict=Verdict.NOTHING_DUE, line=line)  # fmt: skip
    return Check(unit=row.unit, name=name, formula=formula, printed=printed, computed=share,
                 verdict=_verdict(printed, share), line=line)  # fmt: skip


def _verdict(printed: str, share: float) -> Verdict:
    try:
        figure = Decimal(printed.strip().rstrip("%％"))
    except InvalidOperation:
        return Verdict.WRONG
    step = Decimal(1).scaleb(min(int(figure.as_tuple().exponent), 0))
    exact = Decimal(repr(share))
    if abs(figure - exact) <= step / 2 + Decimal("1e-9"):
        return Verdict.RIGHT
    return Verdict.CUT if Decimal(0) <= exact - figure < step else Verdict.WRONG


def _missing(
    row: BulletinRow, name: str, printed: str, line: int, note: str, formula: str = ""
) -> Check:
    return Check(unit=row.unit, name=name, formula=formula, printed=printed, computed=None,
                 verdict=Verdict.MISSING, line=line, note=note)  # fmt: skip
