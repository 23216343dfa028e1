"""A bulletin (绩效通报) as it was printed: its counts, and whether its rates follow from them."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated, NamedTuple

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
    lines, rows = dict[str, int](), list[BulletinRow]()
    for found in rows_of_csv(file, text.splitlines(keepends=True)):
        if isinstance(found, FileFault):
            return found
        line, row = found
        lines[f"rows[{len(rows)}]"] = line
        lines |= {f"rows[{len(rows)}].printed.{name}": line for name in row.printed}
        rows.append(row)
    return Bulletin(title=file, source="", period="", rows=tuple(rows)), Marked(None, lines)


def rows_of_csv(file: str, lines: Iterable[str]) -> Iterator[tuple[int, BulletinRow] | FileFault]:
    """One after the other with its line, however long the table is; a fault is the last."""
    reader = csv.reader(_without_mark(lines))
    head, count = list[str](), 0
    try:
        for row in reader:
            if not head:
                head = [name.strip() for name in row]
                if _head_fault(head):
                    break
                continue
            if not any(cell.strip() for cell in row):
                continue
            found = _row_of(head, row)
            if isinstance(found, str):
                yield FileFault(file, reader.line_num, found)
                return
            count += 1
            yield reader.line_num, found
    except csv.Error as error:
        yield FileFault(file, reader.line_num, f"不是有效的 CSV：{error}")
        return
    if not count:
        yield FileFault(file, 1, _head_fault(head) or "至少要有表头和一行数据")


def _without_mark(lines: Iterable[str]) -> Iterator[str]:
    """Excel begins a file of UTF-8 with a mark."""
    for number, line in enumerate(lines):
        yield line if number else line.removeprefix("\ufeff")


def _head_fault(head: Sequence[str]) -> str:
    if len(head) < 2:
        return "至少要有表头和一行数据"
    twice = [name for name in head if head.count(name) > 1]
    return f"表头有两列都叫 {twice[0]}" if twice else ""


def _row_of(head: Sequence[str], row: Sequence[str]) -> BulletinRow | str:
    """Or the reason, in Chinese."""
    if len(row) != len(head):
        return f"有 {len(row)} 列，表头有 {len(head)} 列"
    counts, printed = dict[str, float](), dict[str, str]()
    for name, cell in zip(head[1:], (one.strip() for one in row[1:]), strict=True):
        if name.startswith(PRINTED) and cell:
            printed[name.removeprefix(PRINTED)] = cell
        elif cell:
            try:
                counts[name] = count_of(cell)
            except ValueError:
                return f"{name} 不是计数：{cell[:40]}"
    return BulletinRow(unit=row[0].strip() or "—", counts=counts, printed=printed)


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
    lines, checker = line_of or {}, Checker(catalogue, bulletin.definitions)
    return [
        checker.check(row, key, lines.get(f"rows[{n}].printed.{key}", 0))
        for n, row in enumerate(bulletin.rows)
        for key in row.printed
    ]


class _Rate(NamedTuple):
    """`ratio` None: `note` says why there is none."""

    name: str
    formula: str
    ratio: Expression | None
    note: str = ""


class Checker:
    """Printed figures one by one; a formula is read once, however many rows there are."""

    def __init__(
        self, catalogue: Catalogue, definitions: Mapping[str, Definition] | None = None
    ) -> None:
        self._catalogue, self._definitions = catalogue, definitions or {}
        self._rates: dict[str, _Rate] = {}

    def check(self, row: BulletinRow, key: str, line: int) -> Check:
        if (rate := self._rates.get(key)) is None:
            rate = self._rates[key] = self._rate(key)
        printed = row.printed[key]

        def told(verdict: Verdict, computed: float | None = None, note: str = "") -> Check:
            return Check(unit=row.unit, name=rate.name, formula=rate.formula, printed=printed,
                         computed=computed, verdict=verdict, line=line, note=note)  # fmt: skip

        if rate.ratio is None:
            return told(Verdict.MISSING, note=rate.note)
        if missing := sorted(rate.ratio.names - row.counts.keys()):
            return told(Verdict.MISSING, note=f"缺少 {'、'.join(missing)}")
        share = float(rate.ratio.value(row.counts)) * 100
        if np.isnan(share):
            return told(Verdict.NOTHING_DUE)
        return told(_verdict(printed, share), share)

    def _rate(self, key: str) -> _Rate:
        definition, known = self._definitions.get(key), self._catalogue.get(key)
        if definition is not None:
            name, above, below = definition.name, definition.numerator, definition.denominator
        elif known is not None and known.numerator:
            name, above, below = known.name, known.numerator, known.denominator
        else:
            return _Rate(key, "", None, f"没有指标 {key}，也没有写明定义")
        try:
            return _Rate(name, f"{above} / {below}", Expression(f"({above}) / ({below})"))
        except ExpressionFault as fault:
            return _Rate(name, "", None, str(fault))


def contradictions(row: BulletinRow, pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Counts that cannot be true together, in Chinese; see counts.AT_MOST."""
    have = row.counts
    return [
        f"{part}（{have[part]:g}）大于 {whole}（{have[whole]:g}）"
        for part, whole in pairs
        if part in have and whole in have and have[part] > have[whole]
    ]


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
