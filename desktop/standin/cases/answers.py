"""Rows as the wire's cases, read as far as a moment."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

import numpy as np

from desktop.domain.cases import (
    Appeal,
    Case,
    CaseKind,
    CaseLimit,
    Source,
    Stage,
    State,
    Step,
)
from desktop.standin.case_classes import case_classes
from desktop.standin.cases import rows as r
from desktop.standin.cases.book import CaseBook, Key
from desktop.standin.cases.surroundings import (
    ACCEPTORS,
    CHIEFS,
    DISPATCHERS,
    HANDLERS,
    Surroundings,
    person_of,
)

_SOURCES, _STATES = tuple(Source), tuple(State)
_KINDS = {str(one): one for one in CaseKind}
_PATROL = _SOURCES.index(Source.PATROL)
_STEPS = tuple(Step(name) for name in r.EVENTS)
_OF_THE_UNIT, _TASKS = (Step.SIGN, Step.DISPOSE), (Step.VERIFY, Step.CHECK)
_CHINA = timezone(timedelta(hours=8))  # cheaper to write than a named zone
_REDISPATCHED, _MISSED = int(r.Flag.REDISPATCHED), int(r.Flag.MISSED)
_SATISFIED = int(r.Flag.SATISFIED)
_MORNING_S = 30_600  # what fell into the night has to be sent until 8:30
_REASONS = ("材料运输受阻，非本单位原因", "权属不清，移交时已超期", "现场被占用无法作业")


class CaseAnswers:
    def __init__(self, book: CaseBook, places: Surroundings) -> None:
        self._book, self._places = book, places

    def cases(self, keys: Sequence[Key], now_s: int) -> list[Case]:
        """In the same order."""
        found: dict[Key, Case] = {}
        for number in {month for _, month, _ in keys}:
            mine = [key for key in keys if key[1] == number]
            held = self._book.held(number)
            assert held is not None
            rows = held.rows[[row for _, _, row in mine]]
            first = held.rows[np.maximum(rows["repeats"].astype(np.int64) - 1, 0)]
            for key, case in zip(mine, self._made(rows, first, now_s), strict=True):
                found[key] = case
        return [found[key] for key in keys]

    def _made(self, rows: r.Rows, first: r.Rows, now_s: int) -> list[Case]:
        spots, grids = self._places.lon_lat(rows), self._places.grids(rows)
        communities = self._places.communities(rows)
        states = r.states(rows, now_s).tolist()
        changed = r.updated(rows, now_s).tolist()
        names = rows.dtype.names or ()
        facts = [dict(zip(names, row, strict=True)) for row in rows.tolist()]
        earlier = [dict(zip(names, row, strict=True)) for row in first.tolist()]
        return [
            self._case(f, e, spots[n], grids[n], communities[n], states[n], changed[n], now_s)
            for n, (f, e) in enumerate(zip(facts, earlier, strict=True))
        ]

    def _case(
        self, f: dict[str, int], first: dict[str, int], spot: list[float], grid: str,
        community: int, state: int, changed: int, now_s: int,
    ) -> Case:  # fmt: skip
        kind, org = case_classes()[f["cls"]], self._places.orgs[f["org"]]
        sent = 0 < f["dispatch"] <= now_s
        stages = self._stages(f, org, community, now_s)
        joint = f["joint"] > 0 and sent
        done = f["dispose"] <= now_s
        place = self._places.address(f["item"])
        suspended = _STATES[state] is State.SUSPENDED
        return Case(
            case_id=self.case_id(f),
            class_code=kind.class_code,
            class_name=kind.name,
            kind=_KINDS[kind.kind],
            source=_SOURCES[f["source"]],
            district_id=self._places.districts[f["district"]],
            street_id=self._places.streets[f["street"]],
            grid_id=grid,
            org_id=org if sent else "",
            lon_deg=round(spot[0], 6),
            lat_deg=round(spot[1], 6),
            place=place,
            text=f"{place}{kind.name}{'损坏或缺失' if kind.kind == 'component' else ''}",
            state=_STATES[state],
            stages=stages,
            limit=CaseLimit(kind.limit.value, kind.limit.unit, kind.limit.text),
            due_at=_time(f["dispose_due"] + r.ARCHIVE_S) if sent else None,
            suspended_until=_time(f["dispatch"] + r.SUSPENDED_S) if suspended else None,
            rework=f["rework"] if sent and done else 0,
            returns=f["returns"] if sent and 0 < f["sign"] <= now_s else 0,
            extensions=f["extensions"] if sent else 0,
            redispatched=bool(f["flags"] & _REDISPATCHED) and 0 < f["sign"] <= now_s,
            is_valid=_STATES[state] is not State.VOID,
            is_missed=bool(f["flags"] & _MISSED) and 0 < f["register"] <= now_s,
            repeats=self.case_id(first) if f["repeats"] else "",
            satisfied=_satisfied(f, now_s),
            joint_org_ids=(self._places.orgs[f["joint"] - 1],) if joint else (),
            joint_due_at=_time(f["dispose_due"]) if joint else None,
            joint_at=_time(_joint_s(f)) if joint and _joint_s(f) <= now_s else None,
            appeal=_appeal(f, org, now_s),
            revision=1 + sum(0 < f[name] <= now_s for name in r.EVENTS),
            updated_at=_at(changed),
        )

    def case_id(self, f: dict[str, int]) -> str:
        """6 digits of the district, the day, 5 of its serial."""
        day = _at(f["report"])
        return f"{self._places.districts[f['district']]}{day:%Y%m%d}{f['serial']:05d}"

    def _stages(self, f: dict[str, int], org: str, community: int, now_s: int) -> tuple[Stage, ...]:
        """What is done, and what is awaited."""
        limits, by = _limits(f), self._people(f, community)
        result: list[Stage] = []
        for step, limit, who in zip(_STEPS, limits, by, strict=True):
            at = f[step.value]
            if not at:
                continue
            at_work = org if step in _OF_THE_UNIT else ""
            task = step in _TASKS
            sent, sent_due = _sent(f, step) if task else (0, 0)
            if at > now_s:
                result.append(
                    Stage(
                        stage=step,
                        org_id=at_work,
                        due_at=_time(limit),
                        sent_at=_time(sent) if sent <= now_s else None,
                        sent_due_at=_time(sent_due),
                    )
                )
                break
            result.append(
                Stage(
                    stage=step,
                    at=_at(at),
                    by=who[0],
                    by_name=who[1],
                    org_id=at_work,
                    due_at=_time(limit),
                    sent_at=_time(sent),
                    sent_due_at=_time(sent_due),
                )
            )
        return tuple(result)

    def _people(self, f: dict[str, int], community: int) -> tuple[tuple[str, str], ...]:
        """Of each of EVENTS."""
        shift = (f["report"] + 28_800) // 28_800  # three shifts a day
        patrol = person_of("jd", community)
        chief = person_of("zb", shift * 3 % CHIEFS)
        handler = person_of("cz", f["org"] * HANDLERS + f["item"] % HANDLERS)
        clerk = person_of("sl", (shift * 5 + f["serial"]) % ACCEPTORS)
        sender = person_of("pq", (shift * 7 + f["serial"]) % DISPATCHERS)
        first = patrol if f["source"] == _PATROL else ("", "")
        return (first, clerk, patrol, chief, sender, handler, handler, patrol, chief, clerk)


def _limits(f: dict[str, int]) -> tuple[int, ...]:
    """Of each of EVENTS until when it has to be done; 0 without a limit."""
    known = f["verify"] or f["accept"]
    return (
        0,
        f["report"] + r.REGISTER_S,
        f["accept"] + f["verify_wait"] + r.VERIFY_S,
        known + r.REGISTER_S,
        f["register"] + r.DISPATCH_S,
        f["dispatch"] + r.SIGN_S,
        f["dispose_due"],
        f["dispose"] + f["check_wait"] + r.CHECK_S,
        f["dispose_due"] + r.ARCHIVE_S,
        0,
    )


def _sent(f: dict[str, int], step: Step) -> tuple[int, int]:
    """When the task of verifying or checking went out, and until when it had to."""
    if step is Step.VERIFY:
        return f["accept"] + f["verify_wait"], f["accept"] + r.SENT_S
    of_day = (f["dispose"] + 28_800) % 86_400
    wait = _MORNING_S - of_day if of_day < _MORNING_S else 0
    if of_day > 75_000:
        wait = 86_400 - of_day + _MORNING_S
    return f["dispose"] + f["check_wait"], f["dispose"] + max(wait, r.SENT_S)


def _satisfied(f: dict[str, int], now_s: int) -> bool | None:
    known = 0 < f["call_back"] <= now_s
    return bool(f["flags"] & _SATISFIED) if known else None


def _joint_s(f: dict[str, int]) -> int:
    """When the helping department was done: now and then after the limit."""
    share = 0.35 + f["serial"] % 100 / 135
    return f["dispatch"] + int((f["dispose_due"] - f["dispatch"]) * share)


def _appeal(f: dict[str, int], org: str, now_s: int) -> Appeal | None:
    at = f["archive"] + r.APPEAL_AFTER_S
    if not f["appeal"] or at > now_s:
        return None
    reviewed = at + r.APPEAL_S
    reason = _REASONS[f["serial"] % len(_REASONS)]
    if reviewed > now_s:
        return Appeal(at=_at(at), org_id=org, reason=reason)
    upheld = f["appeal"] == r.UPHELD
    who = person_of("zb", f["serial"] % CHIEFS)[1]
    words = "申诉成立，剔除超期统计" if upheld else "申诉不成立，维持超期"
    return Appeal(
        at=_at(at), org_id=org, reason=reason, state="upheld" if upheld else "rejected",
        reviewed_at=_at(reviewed), reviewed_by=who, answer=words,
    )  # fmt: skip


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, _CHINA)


def _time(seconds: int | None) -> datetime | None:
    return _at(seconds) if seconds else None
