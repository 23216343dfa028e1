"""One case as a row of numbers: what a month's file holds, and what is answered from it.

A row holds the whole life of its case, also what is still to come: at any moment it is read as far
as that moment.
"""

from enum import IntFlag

import numpy as np
from numpy.typing import NDArray

EVENTS = (
    "report", "accept", "verify", "register", "dispatch", "sign", "dispose", "check", "archive",
    "call_back",
)  # fmt: skip
ROW = np.dtype(
    [(name, "<u4") for name in EVENTS]
    + [("dispose_due", "<u4"), ("last", "<u4"), ("item", "<u4"), ("repeats", "<u4")]
    + [("verify_wait", "<u2"), ("check_wait", "<u2"), ("flags", "<u2"), ("serial", "<u2")]
    + [(name, "u1") for name in (
        "cls", "source", "district", "street", "org", "joint", "rework", "returns", "extensions",
        "appeal",
    )]
)  # fmt: skip
"""Times: Unix seconds, 0 for what never happens; `last`: when the row changes for the last time.
`*_wait`: seconds until the task of that step went out. `repeats`: row of the month + 1. `item`:
what stands where it happened. `joint`: a department that helps + 1. `serial`: of its day."""
Rows = NDArray[np.void]
Times = NDArray[np.int64]

VERIFY_S, REGISTER_S, DISPATCH_S, SIGN_S, CHECK_S = 7200, 1800, 600, 7200, 14_400
SENT_S = 900  # a task to verify or to check goes out in so much
ARCHIVE_S = 86_400  # after the limit of handling
APPEAL_AFTER_S, APPEAL_S = 100_000, 260_000
SUSPENDED_S = 10 * 86_400
UPHELD, REJECTED = 1, 2


class Flag(IntFlag):
    VOID = 1
    MISSED = 2
    REDISPATCHED = 4
    SATISFIED = 8
    SUSPENDED = 16
    URGENT = 32


def has(rows: Rows, flag: Flag) -> NDArray[np.bool_]:
    return (rows["flags"] & flag) > 0


def appeal_at(rows: Rows) -> Times:
    """0 for none."""
    at = rows["archive"].astype(np.int64) + APPEAL_AFTER_S
    return np.where(rows["appeal"] > 0, at, 0)


def updated(rows: Rows, now_s: int) -> Times:
    """When each row changed for the last time until now; 0 for what is not reported yet."""
    result = np.zeros(len(rows), dtype=np.int64)
    appealed = appeal_at(rows)
    reviewed = np.where(appealed > 0, appealed + APPEAL_S, 0)
    for at in (*(rows[name].astype(np.int64) for name in EVENTS), appealed, reviewed):
        np.maximum(result, np.where(at <= now_s, at, 0), out=result)
    return result


def last_change(rows: Rows) -> Times:
    return updated(rows, 2**62)


def states(rows: Rows, now_s: int) -> NDArray[np.uint8]:
    """Index into desktop.domain.cases.State of each row that is reported."""
    happened = {name: (rows[name] > 0) & (rows[name] <= now_s) for name in EVENTS}
    known = np.where(rows["verify"] > 0, happened["verify"], happened["accept"])
    result = np.zeros(len(rows), dtype=np.uint8)
    result[happened["register"]] = 2
    result[happened["dispatch"]] = 3
    until = rows["dispatch"].astype(np.int64) + SUSPENDED_S
    result[happened["dispatch"] & has(rows, Flag.SUSPENDED) & (now_s < until)] = 4
    result[happened["dispose"]] = 5
    result[happened["archive"]] = 6
    ended = np.where(rows["register"] > 0, happened["register"], known)
    result[has(rows, Flag.VOID) & ended] = 1
    return result


def in_order_of_change(rows: Rows) -> Rows:
    """Sorted by `last`, `repeats` and `serial` set; given in the order of the reports."""
    day = (rows["report"].astype(np.int64) + 8 * 3600) // 86_400
    first = np.searchsorted(day, day, side="left")
    rows["serial"] = np.arange(len(rows)) - first
    order = np.argsort(rows["last"], kind="stable")
    place = np.empty(len(rows), dtype=np.int64)
    place[order] = np.arange(len(rows))
    again = rows["repeats"] > 0
    rows["repeats"][again] = place[rows["repeats"][again] - 1] + 1
    return rows[order]
