"""GET /assessments: schemes by their days, and what one month has beside its cases."""

import asyncio
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
from fastapi import APIRouter, Request
from fastapi.responses import Response
from msgspec import to_builtins
from numpy.typing import NDArray

from desktop.domain.assessment.counts import CountTable
from desktop.domain.assessment.evaluation import evaluate
from desktop.domain.assessment.schemes import Adjustment, Field, Scheme, scheme_on
from desktop.domain.assessment.standings import standings
from desktop.domain.duty import CITY_ZONE
from desktop.standin.cases import rows as r
from desktop.standin.cases.answers import CaseAnswers
from desktop.standin.cases.book import CaseBook, HeldMonth
from desktop.standin.cases.month import Month
from desktop.standin.cases.months import city_rules
from desktop.standin.cases.rest import ready_book
from desktop.standin.cases.statistics import Statistics
from desktop.standin.cases.surroundings import Surroundings
from desktop.standin.wire import Problem, answer, catalogue

_PERIOD = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_SEALED_DAY, _SEALED_HOUR = 5, 18  # of the month that follows
_APPEALS = 200


@dataclass(frozen=True)
class Beside:
    """What inspectors and the districts themselves gave in one month."""

    special: dict[str, float]
    fields: dict[str, dict[str, float]]
    votes: dict[str, dict[str, float]]
    adjustments: tuple[Adjustment, ...]
    counts: dict[str, dict[str, float]]
    late: tuple[str, ...]


def beside(month: Month, places: Surroundings, seed: int) -> Beside:
    """The same for the same seed and month."""
    rng = np.random.default_rng([seed, month.number, 23])
    units, size = places.districts, len(places.districts)
    quality = places.quality[:, 0] + places.quality[:, 1] * (month.year - 2026)
    special = np.clip(90 + 5 * quality + rng.normal(0, 1.6, size), 60, 99.5)
    rated = np.clip(88 + 4 * quality + rng.normal(0, 2.4, (size, size)), 60, 100)
    np.fill_diagonal(rated, np.clip(rated.diagonal() + 6, 0, 100))  # own votes are kind
    late = tuple(units[n] for n in range(size) if rng.random() < 0.03)
    adjustments = tuple(_adjustments(rng, month, units))
    counts = {unit: _other_counts(rng, float(q)) for unit, q in zip(units, quality, strict=True)}
    known = scheme_on(city_rules().schemes, month.days[-1])
    fields = _fields(special, known.fields if known else (), [seed, month.number, 29])
    told = {unit: fields[n] for n, unit in enumerate(units) if fields and unit not in late}
    return Beside(
        {
            u: _whole(known, told[u]) if u in told else round(float(s), 2)
            for u, s in zip(units, special, strict=True)
            if u not in late
        },
        told,
        {
            unit: {rater: round(float(rated[n, m]), 1) for n, rater in enumerate(units)}
            for m, unit in enumerate(units)
        },
        adjustments,
        {unit: found for unit, found in counts.items() if unit not in late},
        late,
    )


def _fields(
    special: NDArray[np.float64], fields: tuple[Field, ...], seed: list[int]
) -> list[dict[str, float]]:
    """Around the whole of each unit; by a course of its own, so that nothing else changes."""
    rng = np.random.default_rng(seed)
    apart = np.clip(special[:, None] + rng.normal(0, 2.2, (len(special), len(fields))), 55, 100)
    names = [field.id for field in fields]
    return [
        {name: round(float(points), 1) for name, points in zip(names, row, strict=True)}
        for row in apart
    ] if fields else []  # fmt: skip


def _whole(scheme: Scheme | None, points: dict[str, float]) -> float:
    fields = scheme.fields if scheme is not None else ()
    return round(sum(points[one.id] * one.weight for one in fields) / 100, 4)


def _adjustments(rng: np.random.Generator, month: Month, units: list[str]) -> list[Adjustment]:
    known = ((0.5, "市级以上现场会在该区召开"), (0.3, "创新做法被市级推广"),
             (-0.5, "媒体曝光问题整改不力"), (-0.2, "弄虚作假，一案多报"))  # fmt: skip
    found: list[Adjustment] = []
    for unit in units:
        if rng.random() < 0.12:
            points, reason = known[int(rng.integers(len(known)))]
            found.append(
                Adjustment(unit_id=unit, period=str(month), points=points, reason=reason)
            )  # fmt: skip
    return found


def _other_counts(rng: np.random.Generator, quality: float) -> dict[str, float]:
    """Base counts that no case tells: alarms, devices, responses, data."""
    alarms, devices, data = (int(rng.poisson(many)) for many in (420, 2600, 310))
    confirmed, incidents = int(alarms * 0.97), int(rng.poisson(3))
    worse = 0.03 * (1 - quality)
    checked = int(rng.poisson(60))
    return {
        "alarm": alarms,
        "alarm_false": int(rng.binomial(alarms, min(0.06 + worse, 0.4))),
        "alarm_confirmed": confirmed,
        "alarm_confirm_minutes": round(confirmed * (0.8 + 8 * worse), 1),
        "device": devices,
        "device_online": int(rng.binomial(devices, 0.99 - worse / 2)),
        "incident": incidents,
        "incident_start_minutes": round(incidents * (3.5 + 40 * worse), 1),
        "incident_reached": incidents,
        "incident_first_minutes": round(incidents * (20 + 150 * worse), 1),
        "lifeline": int(rng.poisson(5)),
        "data_due": data,
        "data_in_time": int(rng.binomial(data, 0.98 - worse)),
        "data_checked": checked,
        "data_right": int(rng.binomial(checked, 0.98 - worse)),
    }


class Assessments:
    """Blocks: from a coroutine call it in a thread."""

    def __init__(self, book: CaseBook, places: Surroundings, seed: int) -> None:
        self._book, self._places, self._seed = book, places, seed
        self._statistics = Statistics(book, places)
        self._answers = CaseAnswers(book, places)
        self.published = lru_cache(maxsize=64)(self._published)

    def period(self, held: HeldMonth, now_s: int) -> dict[str, Any]:
        month, given = held.month, beside(held.month, self._places, self._seed)
        sealed_s = _sealed_s(month)
        is_sealed = sealed_s <= now_s
        scheme = scheme_on(city_rules().schemes, month.days[-1])
        published, basis = self.published(held, sealed_s) if is_sealed else ({}, [])
        return {
            "period": str(month),
            "scheme_id": scheme.id if scheme else None,
            "level": "district",
            "special": given.special,
            "special_fields": given.fields,
            "votes": given.votes,
            "adjustments": to_builtins(given.adjustments),
            "counts": given.counts,
            "not_reported": given.late,
            "published": published,
            "published_basis": basis,
            "sealed_at": _time(sealed_s) if is_sealed else None,
            "appeals": self._appeals(held, now_s),
        }

    def _published(self, held: HeldMonth, sealed_s: int) -> tuple[dict[str, float], list[str]]:
        """The platform's own totals, of the counts as they stood when the month was sealed, and
        the indicators that they rest on. Later closes and appeals are not in them."""
        rules, month = city_rules(), held.month
        scheme = scheme_on(rules.schemes, month.days[-1])
        if scheme is None:
            return {}, []
        given, units = beside(month, self._places, self._seed), self._places.districts
        sums = self._statistics.counts("district", month.start_s, held.end_s, sealed_s)
        values = {name: column[:, None] for name, column in sums.items()}
        for name in next(iter(given.counts.values()), {}):
            told = [given.counts.get(unit, {}).get(name, np.nan) for unit in units]
            values[name] = np.array(told, dtype=np.float64)[:, None]
        evaluated = evaluate(rules.catalogue, CountTable(units, [str(month)], values))
        known = {k: one for k, one in evaluated.items() if not np.isnan(one.value).all()}
        ranked = standings(
            known, units, 0, scheme, special=given.special, votes=given.votes,
            adjustments=given.adjustments,
        )  # fmt: skip
        totals = {
            score.unit_id: round(score.total, 2)
            for scores in ranked.values()
            for score in scores
            if score.total is not None
        }
        return totals, list(known)

    def _appeals(self, held: HeldMonth, now_s: int) -> list[dict[str, Any]]:
        """Of cases that were reported in the month, the latest first."""
        at = r.appeal_at(held.rows)
        these = np.flatnonzero((at > 0) & (at <= now_s))
        these = these[np.argsort(-at[these], kind="stable")][:_APPEALS]
        keys = [(0, held.month.number, row) for row in these.tolist()]
        found: list[dict[str, Any]] = []
        for case in self._answers.cases(keys, now_s):
            if case.appeal is not None:
                told = to_builtins(case.appeal)
                found.append({"case_id": case.case_id, "unit_id": case.district_id, **told})
        return found


def _sealed_s(month: Month) -> int:
    start = datetime.fromtimestamp(month.plus(1).start_s, CITY_ZONE)
    sealed = start + timedelta(days=_SEALED_DAY - 1, hours=_SEALED_HOUR)
    return int(sealed.timestamp())


def _time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, CITY_ZONE).isoformat(timespec="milliseconds")


def assessment_router(book: CaseBook, places: Surroundings, seed: int) -> APIRouter:
    router = APIRouter(tags=["assessments"])
    known = Assessments(book, places, seed)

    @router.get("/assessments/schemes")
    async def schemes(request: Request) -> Response:
        return catalogue(request, {"items": to_builtins(city_rules().schemes), "next_cursor": None})

    @router.get("/assessments/{period}")
    async def period(period: str) -> Response:
        """`published` is empty until the month is sealed, on the 5th of the next one."""
        now_s = ready_book(book)
        if not _PERIOD.fullmatch(period):
            raise Problem(400, "bad_period", "考评期写作 2026-07")
        first = date.fromisoformat(f"{period}-01")
        held = book.held(first.year * 12 + first.month - 1)
        if held is None or held.month.start_s > now_s:
            raise Problem(404, "no_such_period", f"没有 {period} 的考评资料")
        return answer(await asyncio.to_thread(known.period, held, now_s))

    return router
