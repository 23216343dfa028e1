"""Scores and ranks of all units in one period: what the scoreboard's first table shows."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from msgspec.structs import replace

from desktop.domain.assessment.evaluation import Evaluated, Status
from desktop.domain.assessment.expressions import Values
from desktop.domain.assessment.indicators import Unit
from desktop.domain.assessment.peers import peer_score
from desktop.domain.assessment.schemes import (
    Adjustment,
    Scheme,
    Score,
    grade_of,
    ranked,
    total_of,
    weighted,
)

INDICATORS, SPECIAL, PEERS = "indicators", "special", "peers"
"""ids of the parts that the desk can fill: 综合, 专项, 互评."""
NOT_REPORTED, NOTHING_DUE, PART_MISSING = "未上报", "无应办", "缺{0}"


def standings(
    evaluated: Mapping[str, Evaluated],
    unit_ids: Sequence[str],
    period: int,
    scheme: Scheme,
    *,
    special: Mapping[str, float] | None = None,
    votes: Mapping[str, Mapping[str, float]] | None = None,
    adjustments: Iterable[Adjustment] = (),
    robust: bool = False,
) -> dict[str, list[Score]]:
    """league_id -> its scores, the best first. Units of no league stand under "".

    `period`: index of the column; `special`: unit -> 0 to 100; `votes`: unit -> rater -> 0 to 100.
    """
    given = list(adjustments)
    scores = {
        unit: _score(evaluated, unit, row, period, scheme, special or {}, (votes or {}), given)
        for row, unit in enumerate(unit_ids)
    }
    named = {unit for league in scheme.leagues for unit in league.units}
    leagues = {one.id: one.units for one in scheme.leagues}
    if rest := [unit for unit in unit_ids if unit not in named]:
        leagues[""] = tuple(rest)
    return {
        league: ranked((scores[unit] for unit in units if unit in scores), robust)
        for league, units in leagues.items()
    }


def weights_of(evaluated: Mapping[str, Evaluated], scheme: Scheme) -> dict[str, float]:
    """indicator -> weight within 综合; the scheme's word before the indicator's own."""
    named = {key: scheme.weights.get(key, one.indicator.weight) for key, one in evaluated.items()}
    return {key: weight for key, weight in named.items() if weight > 0}


def _score(
    evaluated: Mapping[str, Evaluated],
    unit: str,
    row: int,
    period: int,
    scheme: Scheme,
    special: Mapping[str, float],
    votes: Mapping[str, Mapping[str, float]],
    adjustments: Sequence[Adjustment],
) -> Score:
    weights = weights_of(evaluated, scheme)
    points = {key: _at(evaluated[key].points, row, period) for key in weights}
    lowest = {key: _at(_sure_points(evaluated[key]), row, period) for key in weights}
    mean, covered = weighted(points, weights)
    sure, _ = weighted(lowest, weights)
    parts = {INDICATORS: mean, SPECIAL: special.get(unit)}
    parts[PEERS] = peer_score(unit, votes.get(unit, {})).mean
    mine = tuple(one for one in adjustments if one.unit_id == unit)
    total = total_of(scheme, parts, mine)
    score = Score(
        unit_id=unit,
        parts={part.id: parts.get(part.id) for part in scheme.parts},
        adjustments=mine,
        total=total,
        grade=grade_of(total),
        covered=covered,
        n=_cases(evaluated, row, period),
        robust=total_of(scheme, parts | {INDICATORS: sure}, mine),
    )
    if total is not None:
        return score
    return replace(score, excluded=_why(evaluated, score, row, period, scheme))


def _why(
    evaluated: Mapping[str, Evaluated], score: Score, row: int, period: int, scheme: Scheme
) -> str:
    if score.parts.get(INDICATORS) is None:
        states = {int(one.status[row, period]) for one in evaluated.values()}
        return NOT_REPORTED if Status.NOT_REPORTED in states else NOTHING_DUE
    missing = [part.name for part in scheme.parts if score.parts.get(part.id) is None]
    return PART_MISSING.format("、".join(missing))


def _sure_points(one: Evaluated) -> Values:
    """Points at the worse bound of the interval; without one, the points themselves."""
    if one.indicator.unit is not Unit.PERCENT or one.indicator.formula:
        return one.points
    return replace(one, value=one.lower if one.indicator.higher_is_better else one.upper).points


def _cases(evaluated: Mapping[str, Evaluated], row: int, period: int) -> float:
    """n of the largest base: what the period rests on."""
    seen = [_at(one.denominator, row, period) or 0.0 for one in evaluated.values()]
    return max(seen, default=0.0)


def _at(values: Values, row: int, period: int) -> float | None:
    value = float(values[row, period])
    return None if np.isnan(value) else value
