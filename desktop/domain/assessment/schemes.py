"""A scheme (考评办法): parts and their weights, leagues, grades; in force from a day on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from desktop.domain.assessment.indicators import Name

GRADES = (("A", 90.0), ("B", 75.0), ("C", 60.0), ("D", 40.0), ("E", float("-inf")))


class Part(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """综合 (from indicators), 专项 (from inspections), 互评 (from votes)."""

    id: Name
    name: str
    weight: Annotated[float, Meta(gt=0, le=100)]


class Field(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One field of 专项 (市容环卫, 市政设施 …); `weight`: its share of that part."""

    id: Name
    name: str
    weight: Annotated[float, Meta(gt=0, le=100)]


class League(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Units that are ranked among each other. `full`: the points that are 100 %."""

    id: Name
    name: str
    units: tuple[str, ...]
    full: Annotated[float, Meta(gt=0, le=1000)] = 100.0


class Scheme(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`weights`: indicator -> weight within 综合; what is not named has its own weight.
    `fields`: of 专项; none where the platform tells its total alone."""

    id: Name
    name: str
    edition: str
    since: date
    until: date | None = None
    parts: Annotated[tuple[Part, ...], Meta(min_length=1)]
    weights: dict[str, float] = {}
    leagues: tuple[League, ...] = ()
    fields: tuple[Field, ...] = ()

    def fault(self) -> str:
        """In Chinese; empty when it can be used."""
        total = sum(part.weight for part in self.parts)
        if abs(total - 100) > 1e-6:
            return f"各部分权重之和为 {total:g}，应为 100"
        fields = sum(field.weight for field in self.fields)
        if self.fields and abs(fields - 100) > 1e-6:
            return f"专项各领域权重之和为 {fields:g}，应为 100"
        seen = [unit for league in self.leagues for unit in league.units]
        twice = sorted({unit for unit in seen if seen.count(unit) > 1})
        return f"{'、'.join(twice)} 同时在几个组别中" if twice else ""


class Adjustment(Struct, frozen=True, kw_only=True):
    """加分 or 扣分 with its reason; points of the total."""

    unit_id: str
    period: str
    points: float
    reason: str


class Score(Struct, frozen=True, kw_only=True):
    """One unit in one period. `total` None: not ranked, `excluded` says why.

    `parts`: points 0 to 100 of each, None where nothing is known; `covered`: the share of the
    weights of 综合 that had a figure.
    """

    unit_id: str
    parts: dict[str, float | None]
    adjustments: tuple[Adjustment, ...]
    total: float | None
    grade: str
    covered: float
    n: float
    robust: float | None = None
    rank: int | None = None
    excluded: str = ""


def scheme_on(schemes: Iterable[Scheme], day: date) -> Scheme | None:
    """The one in force: of several the one that came last."""
    held = [s for s in schemes if s.since <= day and (s.until is None or day <= s.until)]
    return max(held, key=lambda s: s.since, default=None)


def weighted(
    points: Mapping[str, float | None], weights: Mapping[str, float]
) -> tuple[float | None, float]:
    """Mean over those that have a figure, and what share of the weights they carry."""
    total = sum(weights.values())
    known = {name: value for name, value in points.items() if value is not None}
    carried = sum(weights.get(name, 0.0) for name in known)
    if not carried:
        return None, 0.0
    return sum(weights.get(n, 0.0) * v for n, v in known.items()) / carried, carried / total


def total_of(
    scheme: Scheme, parts: Mapping[str, float | None], adjustments: Sequence[Adjustment]
) -> float | None:
    """None where a part of the scheme is missing: a total of less would not compare."""
    if any(parts.get(part.id) is None for part in scheme.parts):
        return None
    points = sum(part.weight / 100 * (parts[part.id] or 0.0) for part in scheme.parts)
    return points + sum(one.points for one in adjustments)


def grade_of(points: float | None) -> str:
    if points is None:
        return ""
    return next(grade for grade, least in GRADES if points >= least)


def ranked(scores: Iterable[Score], robust: bool = False) -> list[Score]:
    """The best first, equal totals share a rank; who is not ranked comes last.

    `robust`: by the total at the lower bounds of the rates.
    """
    from msgspec.structs import replace

    rows = list(scores)

    def key(one: Score) -> float | None:
        return one.robust if robust else one.total

    in_order = sorted(rows, key=lambda s: (key(s) is None, -(key(s) or 0.0), s.unit_id))
    values = [key(one) for one in in_order if key(one) is not None]
    return [
        replace(one, rank=values.index(key(one)) + 1 if key(one) is not None else None)
        for one in in_order
    ]
