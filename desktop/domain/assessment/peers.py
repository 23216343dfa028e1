"""县区互评: each rates the others; the own vote does not count, nor do the extremes."""

from collections.abc import Mapping
from statistics import fmean, pstdev

from msgspec import Struct

TRIM_FROM = 6
"""Votes from which the highest and the lowest are left out."""
ODD_SIGMAS = 2.0


class PeerScore(Struct, frozen=True):
    """`mean` after trimming, None without votes; `low`, `high`: of all votes but the own."""

    mean: float | None
    votes: int
    low: float | None = None
    high: float | None = None
    spread: float = 0.0


def peer_score(unit_id: str, votes: Mapping[str, float]) -> PeerScore:
    """`votes`: rater -> 0 to 100."""
    others = sorted(score for rater, score in votes.items() if rater != unit_id)
    if not others:
        return PeerScore(None, 0)
    kept = others[1:-1] if len(others) >= TRIM_FROM else others
    return PeerScore(fmean(kept), len(others), others[0], others[-1], pstdev(others))


def odd_raters(votes: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """rater -> how many sigmas its mean stands apart from the raters' means, beyond ODD_SIGMAS.

    `votes`: unit -> rater -> score.
    """
    given: dict[str, list[float]] = {}
    for unit, of_unit in votes.items():
        for rater, score in of_unit.items():
            if rater != unit:
                given.setdefault(rater, []).append(score)
    means = {rater: fmean(scores) for rater, scores in given.items()}
    if len(means) < 3 or (sigma := pstdev(means.values())) == 0:
        return {}
    middle = fmean(means.values())
    apart = {rater: (mean - middle) / sigma for rater, mean in means.items()}
    return {rater: sigmas for rater, sigmas in apart.items() if abs(sigmas) > ODD_SIGMAS}
