"""Base counts from cases: by district, street, department and person, and by month.

A case counts in two months, each whole, so that no part outgrows its whole at a turn of the month:
what is about taking it in in the month in which it was reported, what is about handling it in the
month in which its handling is due (应处置数: due in the period). 应结案数 is 处置数 + 超时未处置数
and goes with the handling. What no case tells (devices, alarms, data) is not counted here.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from enum import IntFlag

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from desktop.domain.assessment.expressions import Values
from desktop.domain.duty import CITY_ZONE

TIMES = (
    "reported", "accepted", "filed", "file_due", "dispatched", "dispatch_due", "signed",
    "sign_due", "disposed", "dispose_due", "closed", "close_due", "verified", "verify_due",
    "verify_sent", "verify_sent_due", "checked", "check_due", "check_sent", "check_sent_due",
    "joint", "joint_due",
)  # fmt: skip
AREAS = ("district", "street", "org")
PEOPLE = ("reporter", "verifier", "checker", "acceptor", "chief", "closer", "dispatcher")
FACTS = np.dtype(
    [(name, "<u4") for name in (*TIMES, *AREAS, *PEOPLE)]
    + [(name, "<u2") for name in ("month_in", "month_due", "flags", "rework", "returns", "kind")]
)
"""What of one case is counted. Times: whole Unix seconds, 0 for what was not. Units and `kind`
(the class): numbers that the store gives, 0 for none. Months: see `month_of`."""
Facts = NDArray[np.void]

INTAKE = (
    "report", "accept", "register", "in_time_register", "void", "valid_report", "patrol_report",
    "public_report", "missed", "register_hours", "assigned", "assign_minutes", "need_dispatch",
    "dispatch", "in_time_dispatch", "accur_dispatch", "repeated", "need_verify",
    "in_time_verify", "verify_sent", "verify_sent_in_time", "hotline", "hotline_signed",
)  # fmt: skip
HANDLING = (
    "need_dispose", "dispose", "in_time_dispose", "overtime_dispose", "overtime_to_dispose",
    "dispose_hours", "need_archive", "archive", "in_time_archive", "rework", "return", "received",
    "need_check", "in_time_check", "check_sent", "check_sent_in_time", "checked",
    "check_passed", "satisfied", "unsatisfied", "responded", "response_hours", "hotline_due",
    "hotline_in_time", "need_call_back", "called_back", "joint_due", "joint_in_time",
    "joint_hours", "joint_closed",
)  # fmt: skip
COUNTED = (*INTAKE, *HANDLING)
_INTAKE_NAMES, _HANDLING_NAMES = frozenset(INTAKE), frozenset(HANDLING)
LEVELS = ("district", "street", "org", "person")
POSTS: Mapping[str, frozenset[str]] = {
    "reporter": frozenset(("report", "patrol_report", "valid_report", "register")),
    "verifier": frozenset(("need_verify", "in_time_verify", "missed")),
    "checker": frozenset(("need_check", "in_time_check")),
    "acceptor": frozenset((
        "accept", "verify_sent", "verify_sent_in_time", "check_sent", "check_sent_in_time",
        "need_call_back", "called_back",
    )),
    "chief": frozenset(("register", "in_time_register", "void", "register_hours")),
    "closer": frozenset(("need_archive", "archive", "in_time_archive")),
    "dispatcher": frozenset((
        "need_dispatch", "dispatch", "in_time_dispatch", "accur_dispatch", "assigned",
        "assign_minutes",
    )),
}  # fmt: skip
"""Which counts are whose at the level of persons."""
POST_OF = {
    "reporter": "supervisor", "verifier": "supervisor", "checker": "supervisor",
    "acceptor": "acceptor", "chief": "chief", "closer": "chief", "dispatcher": "dispatcher",
}  # fmt: skip


class Flag(IntFlag):
    VOID = 1  # 作废, 不予受理
    PATROL = 2
    PUBLIC = 4
    HOTLINE = 8
    MISSED = 16
    REPEATED = 32
    SATISFIED = 64
    UNSATISFIED = 128
    CALLED_BACK = 256
    UPHELD = 512  # an appeal that was upheld leaves the overdue statistics
    ENDED = 1024  # closed or void: time changes nothing any more
    SUSPENDED = 2048  # 挂账: its clock stands
    VALID = 4096
    REDISPATCHED = 8192


class Tally(Struct, frozen=True):
    """Sums of some cases: row n is of `units[n]` in `months[n]`, columns as COUNTED."""

    units: NDArray[np.int64]
    months: NDArray[np.int64]
    sums: Values


def month_of(at: datetime) -> int:
    """Months since year 0, city time."""
    local = at.astimezone(CITY_ZONE)
    return local.year * 12 + local.month - 1


def month_text(month: int) -> str:
    """2026-06."""
    return f"{month // 12:04}-{month % 12 + 1:02}"


def month_number(text: str) -> int:
    """Of 2026-06. Raises ValueError."""
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1


def unix_of(at: datetime | None) -> int:
    """Whole seconds; 0 for None and for what lies before 1970 or after 2106."""
    if at is None:
        return 0
    seconds = int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())
    return seconds if 0 < seconds < 2**32 else 0


def columns_of(facts: Facts, as_of: float, names: Collection[str] = COUNTED) -> dict[str, Values]:
    """Each count of each case, at least those of `names`. `as_of`: Unix seconds; what is due
    later is not due yet."""
    found = _intake(facts, as_of) if not _INTAKE_NAMES.isdisjoint(names) else {}
    if not _HANDLING_NAMES.isdisjoint(names):
        found.update(_handling(facts, as_of))
    return found


def tally(facts: Facts, as_of: float, level: str, sign: NDArray[np.int8] | None = None) -> Tally:
    """Sums by unit and month at one of LEVELS; `sign`: -1 takes a case away."""
    columns = columns_of(facts, as_of)
    parts: list[tuple[NDArray[np.int64], Values]] = []
    fields = PEOPLE if level == "person" else (level,)
    for field in fields:
        for names, month in ((INTAKE, "month_in"), (HANDLING, "month_due")):
            mine = POSTS[field] if level == "person" else None
            wanted = [name for name in names if mine is None or name in mine]
            known = (facts[field] > 0) & (facts[month] > 0)
            if wanted and known.any():
                keys = facts[field].astype(np.int64) << 16 | facts[month]
                weight = np.asarray(known if sign is None else known * sign, dtype=np.float64)
                parts.append(_summed(keys, columns, wanted, weight))
    if not parts:
        nothing = np.zeros(0, dtype=np.int64)
        return Tally(nothing, nothing, np.zeros((0, len(COUNTED))))
    keys = np.concatenate([keys for keys, _ in parts])
    unique, where = np.unique(keys, return_inverse=True)
    sums = np.zeros((len(unique), len(COUNTED)))
    np.add.at(sums, where, np.concatenate([sums for _, sums in parts]))
    return Tally(unique >> 16, unique & 0xFFFF, sums)


def _summed(
    keys: NDArray[np.int64],
    columns: Mapping[str, Values],
    names: list[str],
    weight: Values,
) -> tuple[NDArray[np.int64], Values]:
    used = np.flatnonzero(weight)
    unique, where = np.unique(keys[used], return_inverse=True)
    sums = np.zeros((len(unique), len(COUNTED)))
    factor = weight[used]
    for name in names:
        sums[:, _AT[name]] = np.bincount(where, columns[name][used] * factor, len(unique))
    return unique, sums


_AT = {name: n for n, name in enumerate(COUNTED)}


def _has(facts: Facts, flag: Flag) -> NDArray[np.bool_]:
    return (facts["flags"] & flag) > 0


def _in_time(at: NDArray[np.uint32], due: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """What has no limit cannot be late."""
    return (at > 0) & ((at <= due) | (due == 0))


def _took(start: NDArray[np.uint32], end: NDArray[np.uint32], unit_s: float) -> Values:
    known = (start > 0) & (end > 0)
    return np.where(known, np.maximum(end.astype(np.int64) - start, 0) / unit_s, 0.0)


def _due(at: NDArray[np.uint32], due: NDArray[np.uint32], as_of: float) -> NDArray[np.bool_]:
    """Done, or its limit is over."""
    return (at > 0) | ((due > 0) & (due <= as_of))


def _intake(f: Facts, as_of: float) -> dict[str, Values]:
    filed, void, waits = f["filed"] > 0, _has(f, Flag.VOID), ~_has(f, Flag.ENDED)
    patrol, signs = _has(f, Flag.PATROL), _has(f, Flag.HOTLINE) & (f["dispatched"] > 0)
    sent = f["dispatched"] > 0
    to_send = sent | (filed & waits & _due(f["dispatched"], f["dispatch_due"], as_of))
    verify = (f["verify_due"] > 0) & _due(f["verified"], f["verify_due"], as_of)
    verify_sent = (f["verify_sent_due"] > 0) & _due(f["verify_sent"], f["verify_sent_due"], as_of)
    return {
        "report": np.ones(len(f)),
        "accept": f["accepted"] > 0,
        "register": filed,
        "in_time_register": _in_time(f["filed"], f["file_due"]),
        "void": filed & void,
        "valid_report": patrol & _has(f, Flag.VALID),
        "patrol_report": patrol,
        "public_report": _has(f, Flag.PUBLIC),
        "missed": filed & _has(f, Flag.MISSED),
        "register_hours": _took(f["reported"], f["filed"], 3600),
        "assigned": sent & filed,
        "assign_minutes": _took(f["filed"], f["dispatched"], 60),
        "need_dispatch": to_send,
        "dispatch": sent,
        "in_time_dispatch": _in_time(f["dispatched"], f["dispatch_due"]),
        "accur_dispatch": sent & ~_has(f, Flag.REDISPATCHED),
        "repeated": filed & _has(f, Flag.REPEATED),
        "need_verify": verify,
        "in_time_verify": verify & _in_time(f["verified"], f["verify_due"]),
        "verify_sent": verify_sent,
        "verify_sent_in_time": verify_sent & _in_time(f["verify_sent"], f["verify_sent_due"]),
        "hotline": signs,
        "hotline_signed": signs & _in_time(f["signed"], f["sign_due"]),
    }  # pyright: ignore[reportReturnType]


def _handling(f: Facts, as_of: float) -> dict[str, Values]:
    """What was never dispatched was nobody's work; a void case that was handled stays out."""
    real = ~_has(f, Flag.VOID) & (f["dispatched"] > 0)
    done, excused = real & (f["disposed"] > 0), _has(f, Flag.UPHELD)
    in_time = done & (_in_time(f["disposed"], f["dispose_due"]) | excused)
    still = real & ~done & ~excused & ~_has(f, Flag.ENDED) & ~_has(f, Flag.SUSPENDED)
    late = still & (f["dispose_due"] > 0) & (f["dispose_due"] <= as_of)
    closed, hotline = done & (f["closed"] > 0), _has(f, Flag.HOTLINE)
    check = done & (f["check_due"] > 0) & _due(f["checked"], f["check_due"], as_of)
    check_sent = done & (f["check_sent_due"] > 0)
    check_sent &= _due(f["check_sent"], f["check_sent_due"], as_of)
    responded, call = real & (f["signed"] > 0), closed & _has(f, Flag.PUBLIC)
    joint = real & (f["joint_due"] > 0) & _due(f["joint"], f["joint_due"], as_of)
    helped = real & (f["joint"] > 0)
    return {
        "need_dispose": done | late,
        "dispose": done,
        "in_time_dispose": in_time,
        "overtime_dispose": done & ~in_time,
        "overtime_to_dispose": late,
        "dispose_hours": _took(f["dispatched"], f["disposed"], 3600) * done,
        "need_archive": done | late,
        "archive": closed,
        "in_time_archive": closed & (_in_time(f["closed"], f["close_due"]) | excused),
        "rework": f["rework"] * done,
        "return": f["returns"] * real,
        "received": real * (f["returns"].astype(np.int64) + 1),
        "need_check": check,
        "in_time_check": check & _in_time(f["checked"], f["check_due"]),
        "check_sent": check_sent,
        "check_sent_in_time": check_sent & _in_time(f["check_sent"], f["check_sent_due"]),
        "checked": (f["checked"] > 0) * (f["rework"].astype(np.int64) + 1) * done,
        "check_passed": (f["checked"] > 0) & closed,
        "satisfied": done & _has(f, Flag.SATISFIED),
        "unsatisfied": done & _has(f, Flag.UNSATISFIED),
        "responded": responded,
        "response_hours": _took(f["reported"], f["signed"], 3600) * responded,
        "hotline_due": hotline & (done | late),
        "hotline_in_time": hotline & in_time,
        "need_call_back": call,
        "called_back": call & _has(f, Flag.CALLED_BACK),
        "joint_due": joint,
        "joint_in_time": joint & _in_time(f["joint"], f["joint_due"]),
        "joint_hours": _took(f["dispatched"], f["joint"], 3600) * helped,
        "joint_closed": helped,
    }  # pyright: ignore[reportReturnType]
