"""GET /statistics/cases: counts by the usual names, of one grouping and one span of time."""

import asyncio
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Annotated

import numpy as np
from fastapi import APIRouter, Query
from fastapi.responses import Response
from numpy.typing import NDArray

from desktop.domain.cases import PUBLIC_SOURCES, Source
from desktop.domain.duty import CITY_ZONE
from desktop.standin.case_classes import case_classes
from desktop.standin.cases import rows as r
from desktop.standin.cases.book import CaseBook
from desktop.standin.cases.months import city_rules
from desktop.standin.cases.rest import From, To, ready_book, seconds_of
from desktop.standin.cases.surroundings import Surroundings
from desktop.standin.wire import Problem, answer

Counts = dict[str, NDArray[np.float64]]
GROUPS = ("district", "org", "class", "source", "hour")
_PUBLIC = [one in PUBLIC_SOURCES for one in Source]
_PATROL = list(Source).index(Source.PATROL)
_CHINA_S = 8 * 3600
GroupBy = Annotated[str, Query(description="district, org, class, source or hour (0 to 23).")]


def intake(f: r.Rows, now_s: int) -> Counts:
    """Counts of each case that go by the time of its report."""
    done = {name: (f[name] > 0) & (f[name] <= now_s) for name in r.EVENTS}
    known = np.maximum(f["verify"], f["accept"])
    void = r.has(f, r.Flag.VOID) & np.where(f["register"] > 0, done["register"], known <= now_s)
    patrol, filed, sent = f["source"] == _PATROL, done["register"], done["dispatch"]
    again = r.has(f, r.Flag.REDISPATCHED) & done["sign"]
    in_time = filed & (f["register"] <= known.astype(np.int64) + r.REGISTER_S)
    sent_in_time = sent & (f["dispatch"] <= f["register"].astype(np.int64) + r.DISPATCH_S)
    return _numbers({
        "report": done["report"], "accept": done["accept"], "register": filed,
        "in_time_register": in_time, "void": filed & void,
        "dispatch": sent, "need_dispatch": sent, "in_time_dispatch": sent_in_time,
        "accur_dispatch": sent & ~again, "patrol_report": patrol, "valid_report": patrol & ~void,
        "public_report": np.array(_PUBLIC)[f["source"]],
        "missed": filed & r.has(f, r.Flag.MISSED), "repeated": filed & (f["repeats"] > 0),
        "register_hours": filed * (f["register"].astype(np.int64) - f["report"]) / 3600,
        "assigned": sent,
        "assign_minutes": sent * (f["dispatch"].astype(np.int64) - f["register"]) / 60,
    })  # fmt: skip


def handling(f: r.Rows, now_s: int) -> Counts:
    """Counts of each case that go by the limit of its handling: 应处置数 is what is due."""
    done, sent = _until(f["dispose"], now_s), _until(f["dispatch"], now_s)
    reviewed = r.appeal_at(f) + r.APPEAL_S <= now_s
    excused = (f["appeal"] == r.UPHELD) & reviewed
    in_time = done & ((f["dispose"] <= f["dispose_due"]) | excused)
    hung = r.has(f, r.Flag.SUSPENDED) & (f["dispatch"].astype(np.int64) + r.SUSPENDED_S > now_s)
    late = sent & ~done & (f["dispose_due"] <= now_s) & ~hung
    closed = done & _until(f["archive"], now_s)
    close_due = f["dispose_due"].astype(np.int64) + r.ARCHIVE_S
    called = _until(f["call_back"], now_s)
    pleased = called & r.has(f, r.Flag.SATISFIED)
    return _numbers({
        "dispose": done, "need_dispose": done | late, "in_time_dispose": in_time,
        "overtime_dispose": done & ~in_time, "overtime_to_dispose": late,
        "need_archive": done | late, "archive": closed,
        "in_time_archive": closed & ((f["archive"] <= close_due) | excused),
        "rework": f["rework"] * done, "return": f["returns"] * sent,
        "received": sent * (f["returns"].astype(np.int64) + 1),
        "checked": closed * (f["rework"].astype(np.int64) + 1), "check_passed": closed,
        "satisfied": pleased, "unsatisfied": called & ~pleased,
        "dispose_hours": done * (f["dispose"].astype(np.int64) - f["dispatch"]) / 3600,
    })  # fmt: skip


def _until(at: NDArray[np.uint32], now_s: int) -> NDArray[np.bool_]:
    return (at > 0) & (at <= now_s)


def _numbers(counts: Mapping[str, NDArray[np.generic]]) -> Counts:
    return {name: np.asarray(column, dtype=np.float64) for name, column in counts.items()}


class Statistics:
    """Blocks: from a coroutine call it in a thread."""

    def __init__(self, book: CaseBook, places: Surroundings) -> None:
        self._book, self._places = book, places
        self.names: dict[str, list[str]] = {
            "district": places.districts,
            "org": places.orgs,
            "class": [f"{row.kind}-{row.class_code}" for row in case_classes()],
            "source": [str(one) for one in Source],
            "hour": [str(hour) for hour in range(24)],
        }

    def counts(
        self, group_by: str, from_s: int, to_s: int, now_s: int, work_only: bool = False
    ) -> dict[str, NDArray[np.float64]]:
        """Name -> a sum for each of `names[group_by]`."""
        size, sums = len(self.names[group_by]), dict[str, NDArray[np.float64]]()
        for held in self._book.months:
            if held.month.start_s >= min(to_s, now_s):
                continue
            for field, count in (("report", intake), ("dispose_due", handling)):
                # what is due in a span may have been reported long before
                if field == "report" and held.end_s <= from_s:
                    continue
                at = held.rows[field]
                fits = (at >= from_s) & (at < to_s) & (held.rows["report"] <= now_s)
                if work_only:
                    fits &= self._worked(at)
                rows = held.rows[fits]
                groups = self._groups(rows, group_by)
                for name, column in count(rows, now_s).items():
                    known = sums.setdefault(name, np.zeros(size))
                    known += np.bincount(groups, column, size)
        return sums

    def _groups(self, rows: r.Rows, group_by: str) -> NDArray[np.int64]:
        if group_by == "hour":
            return (rows["report"].astype(np.int64) + _CHINA_S) // 3600 % 24
        field = {"class": "cls"}.get(group_by, group_by)
        return rows[field].astype(np.int64)

    def _worked(self, at: NDArray[np.uint32]) -> NDArray[np.bool_]:
        """On a working day of the city's calendar; in a year it does not know, of the week."""
        calendar = city_rules().calendar
        assert calendar is not None, "resources/assessment/calendar.yaml"
        day = (at.astype(np.int64) + _CHINA_S) // 86_400
        known, where = np.unique(day, return_inverse=True)
        first = date(1970, 1, 1)
        worked = [calendar.is_worked(first + timedelta(days=n)) for n in known.tolist()]
        return np.array(worked, dtype=np.bool_)[where]


def statistics_router(book: CaseBook, places: Surroundings) -> APIRouter:
    router = APIRouter(tags=["cases"])
    known = Statistics(book, places)

    @router.get("/statistics/cases")
    async def statistics(
        group_by: GroupBy = "district", start: From = None, end: To = None,
        work_only: bool = False,
    ) -> Response:  # fmt: skip
        """Without `from` since the month began. What was taken in counts by its report, what was
        to be handled by its limit. Beyond the common contract: more names than the contract's.
        """
        if group_by not in GROUPS:
            raise Problem(400, "bad_group", f"group_by 只能是 {'、'.join(GROUPS)}")
        now_s = ready_book(book)
        month = datetime.fromtimestamp(now_s, CITY_ZONE).replace(
            day=1, hour=0, minute=0, second=0
        )  # fmt: skip
        from_s = seconds_of(start, "from", int(month.timestamp()))
        to_s = seconds_of(end, "to", now_s + 1)
        sums = await asyncio.to_thread(
            known.counts, group_by, from_s, to_s, now_s, work_only
        )  # fmt: skip
        items = [
            {group_by: name, **{count: _short(v[n]) for count, v in sums.items()}}
            for n, name in enumerate(known.names[group_by])
        ]
        as_of = datetime.fromtimestamp(now_s, CITY_ZONE).isoformat()
        return answer({"group_by": group_by, "as_of": as_of, "items": items, "next_cursor": None})

    return router


def _short(value: float) -> float | int:
    return int(value) if float(value).is_integer() else round(float(value), 3)
