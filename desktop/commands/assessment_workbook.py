"""The board as a workbook whose formulas live: change a count and every score follows."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from desktop.domain.assessment.board import Board, BoardRow
from desktop.domain.assessment.evaluation import Evaluated
from desktop.domain.assessment.explaining import words_known, words_of
from desktop.domain.assessment.expressions import Steps
from desktop.domain.assessment.figures import Figures
from desktop.domain.assessment.indicators import Indicator, Unit
from desktop.domain.assessment.intervals import SMALL
from desktop.domain.assessment.periods import kind_of
from desktop.domain.assessment.schemes import GRADES
from desktop.domain.assessment.standings import INDICATORS, weights_of

COUNTS, RATES, SCORES, ABOUT = "计数", "指标", "得分", "说明"
_FIRST = 4
"""Row of the first unit on each sheet; above it names, formulas or targets, and weights."""
_TERM = re.compile(r"band\(\s*([a-z_0-9]+)\s*,\s*([a-z_0-9]+)\s*\)|[a-z][a-z0-9_]*")
_HEAD = PatternFill("solid", fgColor="E1E4E8")


class About(Struct, frozen=True):
    """Pairs of words for the first sheet."""

    lines: tuple[tuple[str, str], ...]


class _Places(Struct):
    """Where a thing stands: name -> letter of its column."""

    counts: dict[str, str]
    rates: dict[str, str]


def workbook(figures: Figures, board: Board, about: About) -> bytes:
    """The .xlsx. Blocks for some 100 ms: call it in offload."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = ABOUT
    rows = [(one.id, one.name, row) for one in board.leagues for row in one.rows]
    evaluated = figures.evaluated(kind_of(board.period))
    needed = _needed(evaluated, board)
    names = sorted({n for one in needed for n in figures.assessment.catalogue.base_counts(one.id)})
    places = _Places(_letters(names, 3), _letters([one.id for one in needed], 2))
    _write_about(first, about)
    _write_counts(book.create_sheet(COUNTS), figures, board, rows, names)
    _write_rates(book.create_sheet(RATES), figures, rows, needed, places)
    _write_scores(book.create_sheet(SCORES), figures, board, rows, needed, places)
    book.active = book.worksheets.index(book[SCORES])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _needed(evaluated: Mapping[str, Evaluated], board: Board) -> list[Indicator]:
    """The columns of the board, and after what they rest on: in the order of computation."""
    shown = {one.id for one in board.columns}
    weighted = set(weights_of(evaluated, board.scheme)) if board.scheme is not None else set()
    wanted = shown | weighted
    found: list[Indicator] = []
    for one in reversed(list(evaluated.values())):
        if one.indicator.id in wanted:
            found.insert(0, one.indicator)
            text = one.indicator.formula
            wanted |= {name for name in re.findall(r"[a-z][a-z0-9_]*", text) if name in evaluated}
    return found


def _letters(names: Sequence[str], first: int) -> dict[str, str]:
    return {name: get_column_letter(first + n) for n, name in enumerate(names)}


def _say(sheet: Worksheet, place: str, text: str, bold: bool = False) -> None:
    """Text stays text, also when it begins like a formula."""
    cell = sheet[place]
    cell.value = text
    cell.data_type = "s"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(wrap_text=bold, vertical="center")
    if bold:
        cell.fill = _HEAD


def _write_about(sheet: Worksheet, about: About) -> None:
    sheet.column_dimensions["A"].width = 18
    sheet.column_dimensions["B"].width = 80
    for number, (name, value) in enumerate(about.lines, 1):
        _say(sheet, f"A{number}", name, bold=True)
        _say(sheet, f"B{number}", value)


_Rows = Sequence[tuple[str, str, BoardRow]]


def _write_counts(
    sheet: Worksheet, figures: Figures, board: Board, rows: _Rows, names: Sequence[str]
) -> None:
    """An empty cell is 未上报."""
    _say(sheet, "A1", "编号", bold=True)
    _say(sheet, "B1", "单位", bold=True)
    table, at = figures.counts(kind_of(board.period)), figures.position(board.period)
    for name, letter in _letters(names, 3).items():
        _say(sheet, f"{letter}1", figures.assessment.count_words.get(name, name), bold=True)
        _say(sheet, f"{letter}2", name)
        for number, (_, _, row) in enumerate(rows, _FIRST):
            values = table.values.get(name)
            value = float("nan") if values is None else float(values[row.at, at])
            if not np.isnan(value):
                sheet[f"{letter}{number}"] = int(value) if value.is_integer() else value
    for number, (_, _, row) in enumerate(rows, _FIRST):
        _say(sheet, f"A{number}", row.unit_id)
        _say(sheet, f"B{number}", row.name)
    _finish(sheet, "C4")


def _write_rates(
    sheet: Worksheet, figures: Figures, rows: _Rows, needed: Sequence[Indicator], places: _Places
) -> None:
    words = words_known(figures)
    _say(sheet, "A1", "单位", bold=True)
    _say(sheet, "A2", "公式", bold=True)
    _say(sheet, "A3", "目标", bold=True)
    for one in needed:
        letter = places.rates[one.id]
        _say(sheet, f"{letter}1", f"{one.code} {one.name}".strip(), bold=True)
        _say(sheet, f"{letter}2", words_of(one.text, words))
        if one.target is not None:
            sheet[f"{letter}3"] = one.target
        for number in range(_FIRST, _FIRST + len(rows)):
            cell = sheet[f"{letter}{number}"]
            cell.value = rate_formula(one, places.counts, places.rates, number, figures)
            cell.number_format = "0.00"
    for number, (_, _, row) in enumerate(rows, _FIRST):
        _say(sheet, f"A{number}", row.name)
    _finish(sheet, "B4")


def rate_formula(
    one: Indicator,
    counts: Mapping[str, str],
    rates: Mapping[str, str],
    row: int,
    figures: Figures,
) -> str:
    """One indicator of one unit: 未上报 where a count is empty, 无应办 where it divides by 0."""
    catalogue = figures.assessment.catalogue
    bases = sorted(catalogue.base_counts(one.id))
    cells = ",".join(f"{COUNTS}!{counts[name]}{row}" for name in bases)

    def term(found: re.Match[str]) -> str:
        name = found[0]
        if found[2]:
            return _banded(f"{COUNTS}!{counts[found[1]]}{row}", catalogue.bands[found[2]])
        if name in ("min", "max"):
            return name.upper()
        if name in counts:
            return f"{COUNTS}!{counts[name]}{row}"
        is_share = (other := catalogue.get(name)) is not None and other.unit is Unit.PERCENT
        return f"({rates[name]}{row}/100)" if is_share else f"{rates[name]}{row}"

    scale = "*100" if one.unit is Unit.PERCENT else ""
    text = one.formula or f"({one.numerator})/({one.denominator})"
    value = f'IFERROR(({_TERM.sub(term, text)}){scale},"无应办")'
    return f'=IF(COUNT({cells})<{len(bases)},"未上报",{value})'


def _banded(cell: str, steps: Steps) -> str:
    text = f"{steps.all[-1]:g}"
    for upper, points in reversed(list(zip(steps.upper, steps.all, strict=False))):
        text = f"IF({cell}<={upper:g},{points:g},{text})"
    return text


# ---- scores -----------------------------------------------------------------------------------


def _write_scores(
    sheet: Worksheet,
    figures: Figures,
    board: Board,
    rows: _Rows,
    needed: Sequence[Indicator],
    places: _Places,
) -> None:
    scheme = board.scheme
    assert scheme is not None
    evaluated = figures.evaluated(kind_of(board.period))
    weights = weights_of(evaluated, scheme)
    posts = {league for league, _, _ in rows if league in evaluated}
    if posts:
        weights = dict.fromkeys(posts, 1.0)  # each row by its own index
    scored = [one for one in needed if one.id in weights]
    fixed = ["名次", "单位", "组别", "应结案 n"]
    parts = [part.id for part in scheme.parts]
    points = _letters([one.id for one in scored], len(fixed) + 1)
    ends = _letters([*parts, "adjusted", "total", "grade", "platform", "gap"],
                    len(fixed) + 1 + len(scored))  # fmt: skip
    titles = {part.id: f"{part.name} {part.weight:g}%" for part in scheme.parts}
    titles |= {"adjusted": "加减分", "total": "总分", "grade": "等级", "platform": "平台公布",
               "gap": "差额"}  # fmt: skip
    for number, text in enumerate(fixed, 1):
        _say(sheet, f"{get_column_letter(number)}1", text, bold=True)
    for one in scored:
        _say(sheet, f"{points[one.id]}1", f"{one.name} 得分", bold=True)
        sheet[f"{points[one.id]}2"] = weights[one.id]
    _say(sheet, "B2", "权重")
    for name, letter in ends.items():
        _say(sheet, f"{letter}1", titles[name], bold=True)
    last = _FIRST + len(rows) - 1
    for number, (league, name, row) in enumerate(rows, _FIRST):
        _say(sheet, f"B{number}", row.name)
        _say(sheet, f"C{number}", name or league or "全部")
        sheet[f"D{number}"] = row.n
        for one in scored:
            value = f"{RATES}!{places.rates[one.id]}{number}"
            _number(sheet, f"{points[one.id]}{number}", points_formula(one, value))
        index = points[league] if league in posts else ""
        _write_total(sheet, number, row, board, list(points.values()), ends, index)
        _number(sheet, f"A{number}", _rank(number, last, ends["total"]), "0")
    _finish(sheet, f"C{_FIRST}")


def _write_total(
    sheet: Worksheet,
    number: int,
    row: BoardRow,
    board: Board,
    points: Sequence[str],
    ends: Mapping[str, str],
    index: str,
) -> None:
    assert board.scheme is not None
    if index:
        mean = f"={index}{number}"
    else:
        mine, weights = (f"{points[0]}{n}:{points[-1]}{n}" for n in (number, "$2"))
        known = f"SUMPRODUCT(ISNUMBER({mine})*{weights})"
        mean = f'=IF({known}=0,"",SUMPRODUCT({mine},{weights})/{known})'
    sum_of: list[str] = []
    for part in board.scheme.parts:
        place = f"{ends[part.id]}{number}"
        if part.id == INDICATORS:
            _number(sheet, place, mean)
        elif (value := row.score.parts.get(part.id)) is not None:
            _number(sheet, place, value)
        sum_of.append(f"{part.weight:g}/100*{place}")
    given = sum(one.points for one in row.score.adjustments)
    _number(sheet, f"{ends['adjusted']}{number}", given)
    cells = ",".join(f"{ends[part.id]}{number}" for part in board.scheme.parts)
    total = f"{ends['total']}{number}"
    whole = "+".join([*sum_of, f"{ends['adjusted']}{number}"])
    count = len(board.scheme.parts)
    _number(sheet, total, f'=IF(COUNT({cells})<{count},"缺数",{whole})')
    _number(sheet, f"{ends['grade']}{number}", _grade(total))
    if row.published is not None:
        published = f"{ends['platform']}{number}"
        _number(sheet, published, row.published)
        gap = f'=IF(ISNUMBER({total}),ROUND({published}-{total},2),"")'
        _number(sheet, f"{ends['gap']}{number}", gap)


def points_formula(one: Indicator, value: str) -> str:
    """What part of the target is reached, 0 to 100; as Evaluated.points."""
    if one.target is None or one.target == 0:
        points = value if one.higher_is_better else f"100-{value}"
    elif one.higher_is_better:
        points = f"100*{value}/{one.target:g}"
    else:
        points = f"IF({value}=0,100,100*{one.target:g}/{value})"
    return f'=IF(ISNUMBER({value}),MAX(0,MIN(100,{points})),"")'


def _rank(number: int, last: int, total: str) -> str:
    """Within its league; a small sample takes no place."""
    scores, leagues, counts = (f"{c}${_FIRST}:{c}${last}" for c in (f"${total}", "$C", "$D"))
    better = f'COUNTIFS({leagues},C{number},{scores},">"&{total}{number},{counts},">={SMALL}")'
    return f'=IF(AND(ISNUMBER({total}{number}),D{number}>={SMALL}),{better}+1,"不排")'


def _grade(total: str) -> str:
    text = f'"{GRADES[-1][0]}"'
    for grade, least in reversed(GRADES[:-1]):
        text = f'IF({total}>={least:g},"{grade}",{text})'
    return f'=IF(ISNUMBER({total}),{text},"")'


def _number(sheet: Worksheet, place: str, value: Any, form: str = "0.00") -> None:
    sheet[place] = value
    sheet[place].number_format = form


def _finish(sheet: Worksheet, frozen: str) -> None:
    sheet.freeze_panes = frozen
    sheet.row_dimensions[1].height = 44
    for number in range(1, sheet.max_column + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 14 if number < 4 else 11
