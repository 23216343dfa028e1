"""How well a drill (演练) went: reaction times against the plan's targets, receipts, troubles.

Each part gives 100 points at its target or before, 0 at twice the target or where it never came;
the whole is their weighted mean.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from statistics import median

from msgspec import Struct

from desktop.domain.emergency.clocks import T0, T1, T2, T3, T4, T5, T6, WORDS, target_min
from desktop.domain.emergency.plans import Targets
from desktop.domain.emergency.receipt_matrix import Row, Totals
from desktop.domain.outreach import ReceiptState

FULL = 100.0
_WEIGHTS = {T1: 1.5, T2: 2.0, T3: 2.0, T4: 3.0, T5: 1.0, T6: 0.5}
_ACCEPTED_WEIGHT = 2.0
_PASS, _GOOD = 60.0, 85.0


class Part(Struct, frozen=True, kw_only=True):
    """One line of the score. Minutes after T0; `value_min` None: it never came."""

    word: str
    value_min: float | None = None
    target_min: float | None = None
    points: float = 0.0
    weight: float = 1.0
    note: str = ""


class Score(Struct, frozen=True):
    points: float
    parts: tuple[Part, ...]

    @property
    def word(self) -> str:
        if self.points >= _GOOD:
            return "良好"
        return "合格" if self.points >= _PASS else "不合格"


def points_of(value_min: float | None, limit_min: float) -> float:
    """100 up to the target, then down to 0 at twice the target."""
    if value_min is None:
        return 0.0
    return max(0.0, min(FULL, FULL * (2.0 - max(0.0, value_min) / limit_min)))


def score(
    clocks: Mapping[str, datetime],
    targets: Targets,
    totals: Totals,
    rows: Iterable[Row] = (),
    now: datetime | None = None,
) -> Score:
    """Of a drill as far as it has come: what is not due yet at `now` costs nothing."""
    start = clocks.get(T0)
    parts = [
        _clock_part(name, start, clocks.get(name), limit)
        for name in _WEIGHTS
        if (limit := target_min(targets, name)) is not None
        and not _is_open(start, clocks.get(name), limit, now)
    ]
    if totals.sent:
        share = totals.accepted / totals.sent
        note = f"接受 {totals.accepted}/{totals.sent}{_answer_time(rows)}"
        parts.append(Part(word="接受率", points=FULL * share, weight=_ACCEPTED_WEIGHT, note=note))
    weight = sum(one.weight for one in parts)
    points = sum(one.points * one.weight for one in parts) / weight if weight else 0.0
    return Score(round(points, 1), tuple(parts))


def _is_open(
    start: datetime | None, at: datetime | None, limit: float, now: datetime | None
) -> bool:
    if at is not None or now is None or start is None:
        return False
    return now <= start + timedelta(minutes=limit)


def _clock_part(name: str, start: datetime | None, at: datetime | None, limit: float) -> Part:
    value = (at - start).total_seconds() / 60 if start and at else None
    return Part(
        word=f"{name} {WORDS[name]}",
        value_min=value,
        target_min=limit,
        points=points_of(value, limit),
        weight=_WEIGHTS[name],
    )


def _answer_time(rows: Iterable[Row]) -> str:
    """The median from sent to accepted."""
    spans = [
        (at - row.sent_at).total_seconds()
        for row in rows
        if row.sent_at and (at := row.at(ReceiptState.ACCEPTED))
    ]
    return f"，中位 {median(spans):.0f} s" if spans else ""
