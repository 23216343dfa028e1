"""Rates of the running month, by the same counts as GET /statistics/cases."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desktop.domain.duty import CITY_ZONE
from desktop.standin.cases.rows import Rows
from desktop.standin.cases.statistics import handling, intake


class Rate(NamedTuple):
    """`parts` over `wholes`, times `factor`; without wholes a count."""

    parts: tuple[str, ...]
    wholes: tuple[str, ...] = ()
    factor: float = 100.0


RATES: dict[str, Rate] = {
    "case.month.report": Rate(("report",)),
    "case.month.register": Rate(("register",)),
    "case.month.need_dispose": Rate(("need_dispose",)),
    "case.month.dispose": Rate(("dispose",)),
    "case.month.archive": Rate(("archive",)),
    "case.month.rework": Rate(("rework",)),
    "case.month.overdue": Rate(("overtime_dispose", "overtime_to_dispose")),
    "case.month.unsatisfied": Rate(("unsatisfied",)),
    "case.rate.register": Rate(("register",), ("report",)),
    "case.rate.register_in_time": Rate(("in_time_register",), ("register",)),
    "case.rate.dispatch_in_time": Rate(("in_time_dispatch",), ("need_dispatch",)),
    "case.rate.dispatch_accuracy": Rate(("accur_dispatch",), ("need_dispatch",)),
    "case.rate.dispose_in_time": Rate(("in_time_dispose",), ("need_dispose",)),
    "case.rate.archive": Rate(("archive",), ("need_archive",)),
    "case.rate.archive_in_time": Rate(("in_time_archive",), ("need_archive",)),
    "case.rate.rework": Rate(("rework",), ("dispose",)),
    "case.rate.return": Rate(("return",), ("received",)),
    "case.rate.check_passed": Rate(("check_passed",), ("checked",)),
    "case.rate.overdue": Rate(("overtime_dispose", "overtime_to_dispose"), ("need_dispose",)),
    "case.rate.repeated": Rate(("repeated",), ("register",)),
    "case.rate.valid_report": Rate(("valid_report",), ("patrol_report",)),
    "case.rate.missed": Rate(("missed",), ("register",)),
    "case.rate.satisfied": Rate(("satisfied",), ("satisfied", "unsatisfied")),
    "case.rate.public": Rate(("public_report",), ("report",)),
    "case.hours.dispose": Rate(("dispose_hours",), ("dispose",), 1.0),
    "case.hours.register": Rate(("register_hours",), ("register",), 1.0),
    "case.minutes.assign": Rate(("assign_minutes",), ("assigned",), 1.0),
}
Numbers = NDArray[np.float64]


def month_start_s(now_s: int) -> int:
    local = datetime.fromtimestamp(now_s, CITY_ZONE)
    return int(local.replace(day=1, hour=0, minute=0, second=0, microsecond=0).timestamp())


def month_values(
    months: Sequence[Rows], number: NDArray[np.int64], districts: Sequence[str],
    from_s: int, now_s: int,
) -> dict[tuple[str, str], tuple[float, float]]:  # fmt: skip
    """(metric_id, scope_id) -> value and n; NaN where nothing was due."""
    sums: dict[str, Numbers] = {}
    for rows in months:
        for field, count in (("report", intake), ("dispose_due", handling)):
            at = rows[field]
            chosen = rows[(at >= from_s) & (at <= now_s) & (rows["report"] <= now_s)]
            groups = number[chosen["district"]]
            for name, column in count(chosen, now_s).items():
                known = sums.setdefault(name, np.zeros(len(districts)))
                known += np.bincount(groups, column, len(districts))
    found: dict[tuple[str, str], tuple[float, float]] = {}
    for metric_id, rate in RATES.items():
        part = _sum(sums, rate.parts, len(districts))
        whole = _sum(sums, rate.wholes, len(districts)) if rate.wholes else None
        found[metric_id, "city"] = _value(rate, part.sum(), None if whole is None else whole.sum())
        for place, scope in enumerate(districts):
            of = whole[place] if whole is not None else None
            found[metric_id, scope] = _value(rate, part[place], of)
    return found


def _sum(sums: dict[str, Numbers], names: Sequence[str], size: int) -> Numbers:
    return sum((sums[name] for name in names if name in sums), np.zeros(size))


def _value(rate: Rate, part: float, whole: float | None) -> tuple[float, float]:
    if whole is None:
        return float(part), float(part)
    return (rate.factor * float(part) / float(whole), float(whole)) if whole else (np.nan, 0.0)
