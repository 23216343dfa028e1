"""The workbook: its formulas are computed here anew, and must give what the board shows."""

import io
import re
from typing import Any

import openpyxl
import pytest

from desktop.commands.assessment_workbook import (
    COUNTS,
    RATES,
    SCORES,
    About,
    _banded,
    workbook,
)
from desktop.domain.assessment.board import MAIN, board_of
from desktop.domain.assessment.expressions import Steps
from tests.score_figures import district_figures

JUNE = "2026-06"
_PLACE = re.compile(
    r'"[^"]*"|(?:(?P<sheet>[一-鿿]+)!)?\$?(?P<c1>[A-Z]{1,2})\$?(?P<r1>\d+)'
    r"(?::\$?(?P<c2>[A-Z]{1,2})\$?(?P<r2>\d+))?"
)


class Reckoner:
    """The few functions of a spreadsheet that the formulas use."""

    def __init__(self, book: Any) -> None:
        self.book, self.known = book, {}

    def cell(self, sheet: str, place: str) -> Any:
        if (sheet, place) not in self.known:
            value = self.book[sheet][place].value
            if isinstance(value, str) and value.startswith("="):
                value = self.compute(sheet, value[1:])
            self.known[sheet, place] = value
        return self.known[sheet, place]

    def compute(self, sheet: str, text: str) -> Any:
        def named(found: re.Match[str]) -> str:
            if not found["c1"]:
                return found[0]
            where = found["sheet"] or sheet
            if found["c2"]:
                return f"R({where!r},{found['c1']}_,{found['c2']}_,{found['r1']},{found['r2']})"
            return f"C({where!r},'{found['c1']}{found['r1']}')"

        text = re.sub(r"([A-Z]{1,2})_", r"'\1'", _PLACE.sub(named, text))
        text = re.sub(r"(?<![<>=])=(?!=)", "==", text).replace('">"&', '">",')
        text = text.replace("AND(", "ALL(")
        return eval(lazy(text), {"__builtins__": {}} | self.names())

    def names(self) -> dict[str, Any]:
        def is_number(x: Any) -> Any:
            if isinstance(x, list):
                return Row(float(is_number(one)) for one in x)
            return isinstance(x, int | float)

        def iferror(work: Any, other: Any) -> Any:
            try:
                return work()
            except (ZeroDivisionError, TypeError):
                return other()

        def product(*rows: list[Any]) -> float:
            if len(rows) == 1:
                return sum(rows[0])
            pairs = zip(*rows, strict=True)
            return sum(a * b for a, b in pairs if is_number(a) and is_number(b))

        return {
            "C": self.cell, "R": self.row, "ISNUMBER": is_number, "IFERROR": iferror,
            "IF": lambda test, yes, no: yes() if test() else no(), "MIN": min, "MAX": max,
            "COUNT": lambda *all_: sum(is_number(one) for one in all_), "SUMPRODUCT": product,
            "ROUND": round, "ALL": lambda *all_: all(all_),
        }  # fmt: skip

    def row(self, sheet: str, first: str, last: str, top: int, bottom: int) -> "Row":
        from openpyxl.utils import column_index_from_string, get_column_letter

        columns = range(column_index_from_string(first), column_index_from_string(last) + 1)
        places = (f"{get_column_letter(c)}{r}" for r in range(top, bottom + 1) for c in columns)
        return Row(self.cell(sheet, place) for place in places)


def lazy(text: str) -> str:
    """Each argument of IF and IFERROR is computed only when it is wanted."""
    found = re.search(r"\bIF(?:ERROR)?\(", text)
    if found is None:
        return text
    depth, parts, begun, quoted = 0, [], found.end(), False
    for at in range(found.end(), len(text)):
        quoted ^= text[at] == '"'
        if quoted:
            continue
        if text[at] in ",)" and depth == 0:
            parts.append(lazy(text[begun:at]))
            begun = at + 1
            if text[at] == ")":
                head = text[: found.end()] + ",".join(f"lambda:({part})" for part in parts)
                return head + ")" + lazy(text[at + 1 :])
        depth += {"(": 1, ")": -1}.get(text[at], 0)
    raise ValueError(text)


class Row(list[Any]):
    def __mul__(self, other: Any) -> "Row":
        return Row(a * b for a, b in zip(self, other, strict=True))


@pytest.fixture(scope="module")
def made():
    figures = district_figures()
    board = board_of(figures, JUNE)
    data = workbook(figures, board, About((("说明", "=1+1"),)))
    return figures, board, openpyxl.load_workbook(io.BytesIO(data))


def column_of(sheet: Any, title: str) -> str:
    return next(cell.column_letter for cell in sheet[1] if title in str(cell.value))


def test_that_every_rate_follows_from_the_counts_beside_it(made):
    _, board, book = made
    reckoner, sheet = Reckoner(book), book[RATES]
    rows = [row for league in board.leagues for row in league.rows]
    for n, one in enumerate(board.columns):
        letter = column_of(sheet, f"{one.code} {one.name}")
        for number, row in enumerate(rows, 4):
            value = reckoner.cell(RATES, f"{letter}{number}")
            shown = board.values[row.at, n]
            if shown != shown:
                assert value in ("无应办", "未上报")
            else:
                assert value == pytest.approx(shown), one.code


def test_that_the_total_is_the_board_s(made):
    _, board, book = made
    reckoner, total = Reckoner(book), column_of(book[SCORES], "总分")
    rows = [row for league in board.leagues for row in league.rows]
    for number, row in enumerate(rows, 4):
        assert reckoner.cell(SCORES, f"{total}{number}") == pytest.approx(row.score.total)


def test_that_a_changed_count_moves_rate_and_total(made):
    figures, board, _ = made
    book = openpyxl.load_workbook(io.BytesIO(workbook(figures, board, About(()))))
    total = f"{column_of(book[SCORES], '总分')}11"
    rate = f"{column_of(book[RATES], '按期结案率')}11"
    before = Reckoner(book).cell(SCORES, total)
    book[COUNTS][f"{column_of(book[COUNTS], '按期结案数')}11"] = 0
    after = Reckoner(book)
    assert after.cell(RATES, rate) == 0
    assert after.cell(SCORES, total) < before - 1
    book[COUNTS][f"{column_of(book[COUNTS], '应结案数')}11"] = 0
    assert Reckoner(book).cell(RATES, rate) == "无应办"
    book[COUNTS][f"{column_of(book[COUNTS], '应结案数')}11"] = None
    assert Reckoner(book).cell(RATES, rate) == "未上报"


def test_that_text_that_begins_like_a_formula_stays_text(made):
    _, _, book = made
    cell = book["说明"]["B1"]
    assert (cell.value, cell.data_type) in (("=1+1", "s"), ("=1+1", "inlineStr"))


def test_that_bands_become_steps():
    steps = Steps(((50, 100), (100, 90)), 0)
    assert _banded("A1", steps) == "IF(A1<=50,100,IF(A1<=100,90,0))"


def test_that_the_small_sample_takes_no_place_in_the_workbook(made):
    _, board, book = made
    formula = book[SCORES]["A4"].value
    assert ">=30" in formula and "不排" in formula
    assert MAIN in {one.id for one in board.columns}
