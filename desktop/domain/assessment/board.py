"""What one scoreboard shows: leagues, ranks, changes, and the matrix of indicators by units."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from desktop.domain.assessment.evaluation import Evaluated
from desktop.domain.assessment.expressions import Values
from desktop.domain.assessment.figures import INDEX_OF_POST, Figures, Inputs, Level
from desktop.domain.assessment.indicators import Indicator, Unit
from desktop.domain.assessment.intervals import SMALL
from desktop.domain.assessment.periods import earlier, kind_of
from desktop.domain.assessment.schemes import Scheme, Score
from desktop.domain.assessment.special import special_scores
from desktop.domain.assessment.standings import NOT_REPORTED, standings

MAIN = "archive_in_time_rate"
"""按期结案率: its denominator is the n of a row, its interval the one that is drawn."""
WARNED_AFTER = 3
"""Periods in a row far off the target, after which a cell is marked."""


class Shade(IntEnum):
    """How far off its target a figure is."""

    NONE = 0
    LIGHT = 1
    MIDDLE = 2
    HEAVY = 3


class BoardRow(Struct, frozen=True, kw_only=True):
    """`at`: row in the arrays; `change`: places won since the period before; `rank` None: 不排;
    `on_their_basis`: our total with only those indicators that the platform's own rests on."""

    unit_id: str
    name: str
    at: int
    score: Score
    rank: int | None
    change: int | None
    delta: float | None
    n: float
    is_small: bool
    published: float | None
    on_their_basis: float | None = None


class BoardLeague(Struct, frozen=True):
    id: str
    name: str
    rows: tuple[BoardRow, ...]


class Board(Struct, frozen=True, kw_only=True):
    """Arrays are (units, columns); `status` as in evaluation.Status."""

    level: Level
    period: str
    scheme: Scheme | None
    columns: tuple[Indicator, ...]
    leagues: tuple[BoardLeague, ...]
    unreported: tuple[str, ...]
    missing_parts: tuple[str, ...] = ()
    values: Values
    status: NDArray[np.uint8]
    shades: NDArray[np.uint8]
    warned: NDArray[np.bool_]
    lower: Values
    upper: Values
    is_robust: bool = False
    """Ranked by the totals at the worse bounds of the rates."""

    def points(self, row: BoardRow) -> float | None:
        """By which it is ranked."""
        return row.score.robust if self.is_robust else row.score.total

    def row(self, unit_id: str) -> BoardRow | None:
        return next((r for one in self.leagues for r in one.rows if r.unit_id == unit_id), None)

    def column(self, indicator_id: str) -> int:
        """-1 for one that is not shown."""
        return next((n for n, one in enumerate(self.columns) if one.id == indicator_id), -1)

    def league_of(self, unit_id: str) -> BoardLeague | None:
        found = (one for one in self.leagues if any(r.unit_id == unit_id for r in one.rows))
        return next(found, None)


def board_of(figures: Figures, period: str, robust: bool = False) -> Board | None:
    """None for a period or a scheme that is not known, or where nobody has a figure."""
    at, scheme = figures.position(period), figures.scheme(period)
    if at < 0 or scheme is None:
        return None
    evaluated = figures.evaluated(kind_of(period))
    columns = _columns(evaluated, figures.level, at)
    if not columns:
        return None
    leagues = _leagues(figures, period, robust)
    before = _leagues(figures, earlier(period), robust)
    places = {r.unit_id: r.rank for one in before for r in one.rows}
    totals = {r.unit_id: r.score.total for one in before for r in one.rows}
    shown = tuple(_changed(one, places, totals) for one in leagues)
    return Board(
        level=figures.level,
        period=period,
        scheme=scheme,
        columns=tuple(one.indicator for one in columns),
        leagues=tuple(one for one in shown if one.rows),
        unreported=_unreported(leagues, figures),
        missing_parts=figures.missing_parts(period),
        values=_stack([one.value[:, at] for one in columns]),
        status=_stack([one.status[:, at] for one in columns]),
        shades=_stack([shades_of(one)[:, at] for one in columns]),
        warned=_stack([_warned(one, at) for one in columns]),
        lower=_stack([one.lower[:, at] for one in columns]),
        upper=_stack([one.upper[:, at] for one in columns]),
        is_robust=robust,
    )


def shades_of(one: Evaluated) -> NDArray[np.uint8]:
    """By how much more is wrong than the target allows: up to 1.25 times light, 1.6 middle."""
    target, value = one.indicator.target, one.value
    result = np.zeros(value.shape, dtype=np.uint8)
    if target is None:
        return result
    higher = one.indicator.higher_is_better
    with np.errstate(invalid="ignore", divide="ignore"):
        if higher and one.indicator.unit is Unit.PERCENT:
            times = (100 - value) / max(100 - target, 1.0)
        else:
            times = target / value if higher else value / max(target, 1e-9)
        missed = value < target if higher else value > target
        result[missed] = Shade.LIGHT
        result[missed & (times > 1.25)] = Shade.MIDDLE
        result[missed & (times > 1.6)] = Shade.HEAVY
    return result


def _leagues(figures: Figures, period: str, robust: bool) -> list[BoardLeague]:
    at, scheme = figures.position(period), figures.scheme(period)
    if at < 0 or scheme is None:
        return []
    inputs = figures.inputs_of(period)
    evaluated = {
        name: replace(one, **{f: getattr(one, f)[:, at : at + 1] for f in _ARRAYS})
        for name, one in figures.evaluated(kind_of(period)).items()
    }
    names = {league.id: league.name for league in scheme.leagues}
    theirs = _on_basis(figures, evaluated, scheme, inputs)
    found: list[BoardLeague] = []
    for index, units in _indices(figures):
        weights = {name: float(name == index) for name in evaluated} if index else scheme.weights
        scored = standings(
            evaluated,
            figures.table.unit_ids,
            0,
            replace(scheme, weights=weights),
            special=special_scores(inputs, scheme),
            votes=inputs.votes,
            adjustments=inputs.adjustments,
            robust=robust,
        )
        late = set(inputs.not_reported) if figures.level is Level.DISTRICT else set[str]()
        for league, each in scored.items():
            scores = [_late(one) if one.unit_id in late else one for one in each]
            rows = [_row(figures, evaluated, s, inputs) for s in scores if s.unit_id in units]
            rows = [replace(one, on_their_basis=theirs.get(one.unit_id)) for one in rows]
            name = names.get(league, "") or (evaluated[index].indicator.name if index else "")
            found.append(BoardLeague(league or index, name, _placed(rows, robust)))
    return found


def _on_basis(
    figures: Figures, evaluated: Mapping[str, Evaluated], scheme: Scheme, inputs: Inputs
) -> dict[str, float | None]:
    """Our totals with the platform's choice of indicators; empty where it has told none."""
    if not inputs.published_basis or figures.level is not Level.DISTRICT:
        return {}
    left_out = {name: 0.0 for name in evaluated if name not in inputs.published_basis}
    scored = standings(
        evaluated,
        figures.table.unit_ids,
        0,
        replace(scheme, weights=scheme.weights | left_out),
        special=special_scores(inputs, scheme),
        votes=inputs.votes,
        adjustments=inputs.adjustments,
    )
    return {one.unit_id: one.total for scores in scored.values() for one in scores}


def _late(score: Score) -> Score:
    """未上报: no total and no place; what the cases tell stays."""
    return replace(score, total=None, robust=None, grade="", excluded=NOT_REPORTED)


_ARRAYS = ("value", "numerator", "denominator", "status", "lower", "upper")


def _indices(figures: Figures) -> list[tuple[str, set[str]]]:
    """Which one indicator counts for which units; "" for all by their weights."""
    everyone = set(figures.table.unit_ids)
    if figures.level is Level.ORG:
        return [("department_index", everyone)]
    if figures.level is not Level.PERSON:
        return [("", everyone)]
    return [
        (index, {unit for unit in everyone if figures.posts.get(unit) == post})
        for post, index in INDEX_OF_POST.items()
    ]


def _row(
    figures: Figures, evaluated: Mapping[str, Evaluated], score: Score, inputs: Inputs
) -> BoardRow:
    at = figures.table.unit_ids.index(score.unit_id)
    main = evaluated.get(MAIN)
    n = float(main.denominator[at, 0]) if main is not None else score.n
    n = score.n if np.isnan(n) or (n == 0 and figures.level is Level.PERSON) else n
    return BoardRow(
        unit_id=score.unit_id,
        name=figures.names.get(score.unit_id, score.unit_id),
        at=at,
        score=score,
        rank=None,
        change=None,
        delta=None,
        n=n,
        is_small=n < SMALL,
        published=inputs.published.get(score.unit_id),
    )


def _placed(rows: Sequence[BoardRow], robust: bool) -> tuple[BoardRow, ...]:
    """A small sample shows its score and takes no place; who has no score comes last."""

    def key(row: BoardRow) -> float:
        return (row.score.robust if robust else row.score.total) or 0.0

    able = [row for row in rows if row.score.total is not None and not row.is_small]
    values = [key(row) for row in able]
    ranked = [replace(row, rank=values.index(key(row)) + 1) for row in able]
    small = [row for row in rows if row.score.total is not None and row.is_small]
    rest = [r for r in rows if r.score.total is None and r.score.excluded != NOT_REPORTED]
    return (*ranked, *small, *rest)


def _changed(
    league: BoardLeague, places: Mapping[str, int | None], totals: Mapping[str, float | None]
) -> BoardLeague:
    def now(row: BoardRow) -> BoardRow:
        place, before, total = places.get(row.unit_id), totals.get(row.unit_id), row.score.total
        change = None if place is None or row.rank is None else place - row.rank
        delta = None if before is None or total is None else total - before
        return replace(row, change=change, delta=delta)

    return BoardLeague(league.id, league.name, tuple(now(row) for row in league.rows))


def _unreported(leagues: Sequence[BoardLeague], figures: Figures) -> tuple[str, ...]:
    seen = {row.unit_id for one in leagues for row in one.rows}
    asked = set[str]().union(*(units for _, units in _indices(figures)))
    return tuple(
        figures.names.get(unit, unit)
        for unit in figures.table.unit_ids
        if unit not in seen and unit in asked
    )


def _columns(evaluated: Mapping[str, Evaluated], level: Level, at: int) -> list[Evaluated]:
    """In the order of their codes; without a column that nobody has a figure of."""
    order = "EQSAD"
    posts = set(INDEX_OF_POST.values()) | {"department_index"}
    wanted = [
        one
        for one in evaluated.values()
        if (
            one.indicator.code or (level in (Level.ORG, Level.PERSON) and one.indicator.id in posts)
        )
        and not np.isnan(one.value[:, at]).all()
    ]

    def place(one: Evaluated) -> tuple[int, int]:
        code = one.indicator.code
        if not code:
            return (-1, 0)
        number = int(code[1:]) if code[1:].isdigit() else 0
        return (order.find(code[0]) if code[0] in order else len(order), number)

    return sorted(wanted, key=place)


def _warned(one: Evaluated, at: int) -> NDArray[np.bool_]:
    """Far off the target in each of the last WARNED_AFTER periods."""
    last = shades_of(one)[:, max(at + 1 - WARNED_AFTER, 0) : at + 1]
    heavy = np.count_nonzero(last == Shade.HEAVY, axis=1)
    return np.asarray(heavy >= WARNED_AFTER, dtype=np.bool_)


def _stack(columns: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Columns beside each other."""
    return np.stack(columns, axis=1)
