"""The audit trail as a chain: each row carries the hash of the row before it. Pure.

Who changes, removes, inserts or re-orders a row breaks the chain there; who cuts the end off
is found by an anchor: the hash of the last row, told to the platform (POST /audit/anchors).
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

import msgspec

FIRST_PREVIOUS = "0" * 64


class Outcome(StrEnum):
    """What became of it."""

    DONE = "done"  # seen, changed, signed in
    GIVEN = "given"  # an order was written; its end is another row
    ACCEPTED = "accepted"
    REFUSED = "refused"  # by the platform
    EXPIRED = "expired"
    NO_RIGHT = "no_right"  # by this desk: the role may not
    FAILED = "failed"


class AuditEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be kept. entry_id makes a repeated report one row.

    `action` is an Action or a word of the trail itself (session.sign_in, audit.restarted).
    """

    entry_id: str
    at: datetime
    seat: str = ""
    user: str = ""
    role: str = ""
    action: str
    target: str = ""
    outcome: str = Outcome.DONE.value
    reason: str = ""


class AuditRow(msgspec.Struct, frozen=True, kw_only=True):
    """An entry with its place in the chain. `at` is text: what was hashed is what is kept."""

    seq: int
    entry_id: str
    at: str
    seat: str
    user: str
    role: str
    action: str
    target: str
    outcome: str
    reason: str
    previous: str
    hash: str


class AuditPage(msgspec.Struct, frozen=True, kw_only=True):
    """The newest rows, newest first, and whether the whole chain holds."""

    rows: tuple[AuditRow, ...]
    count: int
    broken_seq: int | None = None
    reason: str = ""
    anchored_seq: int = 0
    anchored_at: str = ""


class Anchor(NamedTuple):
    """The head of the chain at some time, as the platform was or will be told."""

    seq: int
    hash: str


class Verdict(NamedTuple):
    """`broken_seq` is the first row that is not as it was written; None: the chain holds."""

    row_count: int
    head: str
    broken_seq: int | None = None
    reason: str = ""


def chained(entry: AuditEntry, last: Anchor) -> AuditRow:
    """The row that follows `last` (seq 0 and FIRST_PREVIOUS at the beginning)."""
    row = AuditRow(
        seq=last.seq + 1,
        entry_id=entry.entry_id,
        at=entry.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        seat=entry.seat,
        user=entry.user,
        role=entry.role,
        action=entry.action,
        target=entry.target,
        outcome=entry.outcome,
        reason=entry.reason,
        previous=last.hash,
        hash="",
    )
    return msgspec.structs.replace(row, hash=hash_of(row))


def hash_of(row: AuditRow) -> str:
    """SHA-256 over the hash before it and the row's own canonical JSON (sorted, no spaces)."""
    fields = msgspec.structs.asdict(row)
    del fields["hash"]
    # default: a damaged file may hold a value of any kind where a text was
    text = json.dumps(
        fields, ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=repr
    )
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def verify(rows: Iterable[AuditRow], anchors: Sequence[Anchor] = ()) -> Verdict:
    """Walks the chain from its first row; `anchors` are heads that it must still contain."""
    wanted = {anchor.seq: anchor.hash for anchor in anchors}
    last = Anchor(0, FIRST_PREVIOUS)
    for row in rows:
        if reason := _wrong(row, last, wanted):
            return Verdict(last.seq, last.hash, last.seq + 1, reason)
        last = Anchor(row.seq, row.hash)
    if wanted and max(wanted) > last.seq:
        reason = f"末尾缺 {max(wanted) - last.seq} 条：锚定过第 {max(wanted)} 条"
        return Verdict(last.seq, last.hash, last.seq + 1, reason)
    return Verdict(last.seq, last.hash)


def _wrong(row: AuditRow, last: Anchor, wanted: dict[int, str]) -> str:
    if row.seq != last.seq + 1:
        return f"第 {last.seq + 1} 条不见了，其后是第 {row.seq} 条"
    if row.previous != last.hash:
        return "与前一条接不上：有记录被改动、插入或调换"
    if row.hash != hash_of(row):
        return "内容与写入时不同"
    if wanted.get(row.seq, row.hash) != row.hash:
        return "与报给平台的锚定值不同：整条链可能被重写"
    return ""
