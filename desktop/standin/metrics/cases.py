"""Cases: what flows through each day, what stands open, and the rates of the month.

All of it is read from the life of each case, so any moment of the past has its true value.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from desktop.domain.cases import Source as CaseSource
from desktop.standin.case_classes import CaseClass, case_classes
from desktop.standin.cases import rows as r
from desktop.standin.cases.book import CaseBook
from desktop.standin.metrics.rates import RATES, month_start_s, month_values
from desktop.standin.metrics.sheet import Edges, Past, Sheet

_MONTHS = 3
"""Of the newest months cases may still be open, or be due in the last month."""
_BACK = (86_400, 7 * 86_400, 30 * 86_400)
_CHINA_S = 8 * 3600
NEVER = 2**33
MAJORS = {
    ("component", "01"): "utility", ("component", "02"): "traffic", ("component", "03"): "hygiene",
    ("component", "04"): "green", ("component", "05"): "other_part", ("event", "01"): "clean",
    ("event", "02"): "advert", ("event", "03"): "works", ("event", "04"): "street",
    ("event", "05"): "sudden", ("event", "06"): "other_event",
}  # fmt: skip
MINORS = {
    "暴露生活垃圾": "garbage", "积存垃圾渣土": "debris", "道路不洁": "dirty_road",
    "道路破损": "broken_road", "占道经营": "stall", "无照经营游商": "hawker", "店外经营": "outside",
    "非机动车乱停放": "bikes", "非法小广告": "flyer", "违规户外广告": "billboard",
    "私搭乱建": "building", "施工扰民": "noise", "施工扬尘": "dust", "渣土车未密闭": "truck",
    "绿地脏乱": "green_dirty", "行道树": "tree", "病虫害": "pest", "河道污染": "river",
    "水域不洁": "water_dirty", "道路积水": "flood", "路面塌陷": "collapse", "路灯": "lamp",
    "垃圾箱": "bin", "公共厕所": "toilet", "燃气管道破裂": "gas", "供水管道破裂": "main",
    "露天烧烤": "barbecue", "乱堆物料": "pile", "跨河桥": "bridge", "街头座椅": "bench",
    "户外健身设施": "gym",
}  # fmt: skip
FLOWS = ("report", "register", "dispatch", "dispose", "archive")
Rows = r.Rows
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Span:
    """`end` None: only the begin is counted, from each midnight on."""

    metric_id: str
    begin: NDArray[np.int64]
    end: NDArray[np.int64] | None
    mask: Mask


class CaseMetrics:
    """Blocks for up to a second in a full city."""

    name, blocks, fresh_s = "cases", True, 60.0

    def __init__(self, book: CaseBook, districts: Sequence[str], all_codes: Sequence[str]) -> None:
        """`all_codes`: of the city's arrays, in their order."""
        self._book, self._districts = book, districts
        at = {code: n for n, code in enumerate(districts)}
        self._number = np.array([at[code] for code in all_codes], dtype=np.int64)
        self._rates: dict[int, dict[tuple[str, str], tuple[float, float]]] = {}

    @property
    def ready(self) -> bool:
        return self._book.ready

    def present(self, at: datetime) -> Sheet:
        now_s = int(at.timestamp())
        sheet = Sheet(self._districts, f"cases/{now_s}")
        moments = np.array([now_s - back for back in reversed(_BACK)] + [now_s])
        for (metric_id, scope), values in self._counted(moments).items():
            sheet.set(metric_id, float(values[-1]), scope=scope)
            for back, value in zip(reversed(_BACK), values[:-1].tolist(), strict=True):
                sheet.earlier[metric_id, scope, back] = float(value)
        for (metric_id, scope), (value, n) in self._month(now_s).items():
            sheet.set(metric_id, None if np.isnan(value) else value, n, scope)
        return sheet

    def past(self, wanted: Iterable[str], edges: Edges) -> Past:
        names = set(wanted)
        found: Past = {}
        if names & RATES.keys():
            found |= self._month_past(edges)
        if names - RATES.keys():
            found |= self._counted(edges)
        return {key: values for key, values in found.items() if key[0] in names}

    # ---- flows and stocks -------------------------------------------------------------------

    def _counted(self, moments: Edges) -> Past:
        """Every flow and stock at each moment, of the city and its districts."""
        midnights = (moments - 1 + _CHINA_S) // 86_400 * 86_400 - _CHINA_S
        edges = np.unique(np.concatenate([moments, midnights]))
        at, since = np.searchsorted(edges, moments), np.searchsorted(edges, midnights)
        size = len(self._districts)
        sums: dict[str, NDArray[np.int64]] = {}
        for held in self._book.months:
            if not self._counts(held.month.start_s, int(moments[-1])):
                continue
            district = self._number[held.rows["district"]]
            for span in _spans(held.rows):
                known = sums.setdefault(span.metric_id, np.zeros((size, len(moments)), np.int64))
                begun = _cumulated(span.begin, span.mask, district, edges, size)
                if span.end is None:
                    known += begun[:, at] - begun[:, since]
                else:
                    ended = _cumulated(span.end, span.mask, district, edges, size)
                    known += (begun - ended)[:, at]
        found: Past = {}
        for metric_id, values in sums.items():
            found[metric_id, "city"] = values.sum(axis=0).astype(float)
            for number, scope in enumerate(self._districts):
                found[metric_id, scope] = values[number].astype(float)
        return found

    def _counts(self, start_s: int, now_s: int) -> bool:
        return start_s <= now_s and start_s >= now_s - (_MONTHS + 1) * 31 * 86_400

    # ---- rates of the month -----------------------------------------------------------------

    def _month(self, now_s: int) -> dict[tuple[str, str], tuple[float, float]]:
        since = [h for h in self._book.months if self._counts(h.month.start_s, now_s)]
        return month_values(
            [h.rows for h in since], self._number, self._districts, month_start_s(now_s), now_s
        )

    def _month_past(self, edges: Edges) -> Past:
        """At each midnight; a day that is over never changes and is kept."""
        found: Past = {}
        for place, edge in enumerate(edges.tolist()):
            if (edge + _CHINA_S) % 86_400:
                continue
            if edge not in self._rates:
                self._rates[edge] = self._month(edge - 1)
            for key, (value, _) in self._rates[edge].items():
                found.setdefault(key, np.full(len(edges), np.nan))[place] = value
        for old in sorted(self._rates)[:-40]:
            del self._rates[old]
        return found


def _cumulated(
    times: NDArray[np.int64], mask: Mask, district: NDArray[np.int64], edges: Edges, size: int
) -> NDArray[np.int64]:
    """How many have happened until each edge, by district."""
    chosen = np.flatnonzero(mask & (times <= edges[-1]))
    place = np.searchsorted(edges, times[chosen], side="left")
    flat = district[chosen] * len(edges) + place
    return np.bincount(flat, minlength=size * len(edges)).reshape(size, -1).cumsum(axis=1)


def _spans(rows: Rows) -> Iterable[Span]:
    """What is counted of a month's cases. A void case is in no hands after it is refused."""

    def time(name: str) -> NDArray[np.int64]:
        at = rows[name].astype(np.int64)
        return np.where(at > 0, at, NEVER)

    times = {name: time(name) for name in r.EVENTS}
    void = r.has(rows, r.Flag.VOID)
    every = np.ones(len(rows), np.bool_)
    known = np.where(rows["verify"] > 0, times["verify"], times["accept"])
    leaves = np.where(void, np.where(rows["register"] > 0, times["register"], known), NEVER)
    filed = np.where(void, NEVER, times["register"])
    for name in FLOWS:
        yield Span(f"case.{name}_today", times[name], None, every)
    yield Span("case.void_today", leaves, None, void)
    due = rows["dispose_due"].astype(np.int64)  # NEVER does not go into 32 bits
    late = np.where((rows["dispatch"] > 0) & (times["dispose"] > due), due, NEVER)
    yield Span("case.overdue", late, np.maximum(times["dispose"], late), every)
    yield Span("case.reported", times["report"], np.minimum(filed, leaves), every)
    yield Span("case.filed", filed, times["dispatch"], every)
    yield Span("case.handling", times["dispatch"], times["dispose"], every)
    yield Span("case.checking", times["dispose"], times["archive"], every)
    yield Span("case.open", filed, times["archive"], every)
    hung = r.has(rows, r.Flag.SUSPENDED) & (rows["dispatch"] > 0)
    until = np.minimum(times["dispose"], times["dispatch"] + r.SUSPENDED_S)
    yield Span("case.suspended", times["dispatch"], until, hung)
    urgent = r.has(rows, r.Flag.URGENT)
    yield Span("case.urgent_open", filed, times["archive"], urgent)
    yield Span("case.returned_open", filed, times["archive"], rows["returns"] > 0)
    yield Span("case.joint_open", filed, times["archive"], rows["joint"] > 0)
    yield from _by_kind(rows, times, filed)


def _by_kind(
    rows: Rows, times: dict[str, NDArray[np.int64]], filed: NDArray[np.int64]
) -> Iterable[Span]:
    for number, source in enumerate(CaseSource):
        yield Span(f"case.source.{source}", times["report"], None, rows["source"] == number)
    for key, chosen in _classes(lambda row: MAJORS[row.kind, row.major_code]).items():
        mine = np.isin(rows["cls"], chosen)
        yield Span(f"case.major.{key}", times["report"], None, mine)
        yield Span(f"case.major_open.{key}", filed, times["archive"], mine)
    for key, chosen in _classes(lambda row: MINORS.get(row.name, "")).items():
        if key:
            mine = np.isin(rows["cls"], chosen)
            yield Span(f"case.class.{key}", times["report"], None, mine)
            yield Span(f"case.class_open.{key}", filed, times["archive"], mine)


def _classes(key_of: Callable[[CaseClass], str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, row in enumerate(case_classes()):
        found.setdefault(key_of(row), []).append(number)
    return found
