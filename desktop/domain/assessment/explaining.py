"""Why a figure is what it is: formula in words, its counts, and its course over the months."""

import re
from collections.abc import Mapping
from datetime import datetime

import numpy as np
from msgspec import Struct

from desktop.domain.assessment.board import Board, Shade, shades_of
from desktop.domain.assessment.evaluation import Evaluated, Standing, Status
from desktop.domain.assessment.figures import Figures
from desktop.domain.assessment.indicators import Indicator
from desktop.domain.assessment.intervals import SMALL
from desktop.domain.assessment.periods import kind_of, year_before

SHOWN_PERIODS = 13
"""So that the same month of the year before is the first."""
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class CountLine(Struct, frozen=True):
    """`value` None: 未上报."""

    id: str
    word: str
    value: float | None


class Explanation(Struct, frozen=True, kw_only=True):
    """One cell of the matrix. `gap`: how far beyond the target, negative when short of it."""

    indicator: Indicator
    unit_id: str
    unit_name: str
    period: str
    status: Status
    standing: Standing
    value: float | None
    numerator: float | None
    denominator: float | None
    lower: float | None
    upper: float | None
    gap: float | None
    is_small: bool
    is_certain: bool
    """The whole interval lies on one side of the target."""
    formula: str
    numerator_words: str
    denominator_words: str
    counts: tuple[CountLine, ...]
    edition: str
    as_of: datetime | None


class CoursePoint(Struct, frozen=True):
    period: str
    value: float | None
    median: float | None
    is_missed: bool
    n: float | None


class Course(Struct, frozen=True, kw_only=True):
    """`month_on_month` 环比, `year_on_year` 同比: differences, in the indicator's unit."""

    indicator: Indicator
    points: tuple[CoursePoint, ...]
    month_on_month: float | None
    year_on_year: float | None
    to_median: float | None
    missed_in_a_row: int


def words_of(expression: str, words: Mapping[str, str]) -> str:
    """`in_time_archive / need_archive` as `按期结案数 ÷ 应结案数`."""
    text = _NAME.sub(lambda found: words.get(found[0], found[0]), expression)
    return text.replace(" * ", " × ").replace(" / ", " ÷ ").replace(" - ", " − ")


def words_known(figures: Figures) -> dict[str, str]:
    """Of counts and of indicators."""
    named = {one.id: one.name for one in figures.assessment.catalogue.indicators}
    return named | figures.assessment.count_words | {"band": "分段"}


def explain(figures: Figures, board: Board, unit_id: str, indicator_id: str) -> Explanation | None:
    """None for a unit or an indicator that the level does not have."""
    kind, at = kind_of(board.period), figures.position(board.period)
    one = figures.evaluated(kind).get(indicator_id)
    if one is None or unit_id not in figures.table.unit_ids or at < 0:
        return None
    row, words = figures.table.unit_ids.index(unit_id), words_known(figures)
    value, lower, upper = (_at(a, row, at) for a in (one.value, one.lower, one.upper))
    target, indicator = one.indicator.target, one.indicator
    gap = None
    if value is not None and target is not None:
        gap = value - target if indicator.higher_is_better else target - value
    n = _at(one.denominator, row, at)
    return Explanation(
        indicator=indicator,
        unit_id=unit_id,
        unit_name=figures.names.get(unit_id, unit_id),
        period=board.period,
        status=Status(int(one.status[row, at])),
        standing=Standing(int(one.standing[row, at])),
        value=value,
        numerator=_at(one.numerator, row, at),
        denominator=n,
        lower=lower,
        upper=upper,
        gap=gap,
        is_small=n is not None and n < SMALL and bool(indicator.denominator),
        is_certain=target is not None
        and lower is not None
        and upper is not None
        and (upper < target or lower > target),
        formula=words_of(indicator.text, words),
        numerator_words=words_of(indicator.numerator, words),
        denominator_words=words_of(indicator.denominator, words),
        counts=_counts(figures, board.period, indicator_id, row),
        edition=board.scheme.edition if board.scheme is not None else "",
        as_of=figures.as_of,
    )


def course_of(figures: Figures, board: Board, unit_id: str, indicator_id: str) -> Course | None:
    """Up to SHOWN_PERIODS periods, the board's the last; the median is that of the league."""
    kind, at = kind_of(board.period), figures.position(board.period)
    one, league = figures.evaluated(kind).get(indicator_id), board.league_of(unit_id)
    if one is None or at < 0 or unit_id not in figures.table.unit_ids:
        return None
    row = figures.table.unit_ids.index(unit_id)
    peers = [each.at for each in league.rows] if league is not None else [row]
    missed, periods = shades_of(one) > Shade.NONE, figures.periods(kind)
    first = max(0, at + 1 - SHOWN_PERIODS)
    points = tuple(
        CoursePoint(
            periods[n],
            _at(one.value, row, n),
            _median(one, peers, n),
            bool(missed[row, n]),
            _at(one.denominator, row, n),
        )
        for n in range(first, at + 1)
    )
    last = points[len(points) - 1]
    now, same = last.value, figures.position(year_before(board.period))
    before = points[-2].value if len(points) > 1 else None
    return Course(
        indicator=one.indicator,
        points=points,
        month_on_month=_less(now, before),
        year_on_year=_less(now, _at(one.value, row, same) if same >= 0 else None),
        to_median=_less(now, last.median),
        missed_in_a_row=_run(missed[row, : at + 1].tolist()),
    )


def _counts(figures: Figures, period: str, indicator_id: str, row: int) -> tuple[CountLine, ...]:
    """Every count below the indicator, in the order of their file."""
    catalogue, words = figures.assessment.catalogue, figures.assessment.count_words
    table, at = figures.counts(kind_of(period)), figures.position(period)
    used = catalogue.base_counts(indicator_id)
    return tuple(
        CountLine(
            name, words[name], _at(table.values[name], row, at) if name in table.values else None
        )
        for name in words
        if name in used
    )


def _median(one: Evaluated, rows: list[int], at: int) -> float | None:
    known = one.value[rows, at]
    known = known[~np.isnan(known)]
    return float(np.median(known)) if len(known) else None


def _run(missed: list[bool]) -> int:
    count = 0
    while count < len(missed) and missed[-1 - count]:
        count += 1
    return count


def _less(value: float | None, other: float | None) -> float | None:
    return None if value is None or other is None else value - other


def _at(values: np.ndarray, row: int, at: int) -> float | None:
    value = float(values[row, at])
    return None if np.isnan(value) else value
