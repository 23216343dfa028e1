"""The timeline of an incident: whether its chain holds, the desk's own lines in it, its export.

Source of the chain: GET /incidents/{id}/timeline. Each entry carries the hash of the one before
it; who changes, removes or inserts an entry breaks the chain there.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from desktop.domain.emergency.incidents import TimelineEntry

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A sheet takes a cell that begins so for a formula."""


class Check(NamedTuple):
    """`broken`: number of the first entry that is not as it was written; None: all hold."""

    length: int
    head: str
    broken: int | None = None
    reason: str = ""

    @property
    def holds(self) -> bool:
        return self.broken is None


class Line(NamedTuple):
    """One line as it is read: `number` 0 is the desk's own, not in the chain (yet)."""

    number: int
    at: datetime
    text: str
    by: str
    kind: str = ""
    hash: str = ""


def hash_of(entry: TimelineEntry) -> str:
    """SHA-256 over `previous` and the canonical JSON of the other fields but `hash`."""
    fields = msgspec.to_builtins(entry)
    del fields["hash"], fields["previous"]
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{entry.previous}{text}".encode("utf-8", "surrogatepass")).hexdigest()


def chained(entry: TimelineEntry, previous: TimelineEntry | None) -> TimelineEntry:
    """`entry` with number, `previous` and `hash` as they follow the entry before it."""
    placed = msgspec.structs.replace(
        entry,
        number=previous.number + 1 if previous else 1,
        previous=previous.hash if previous else "",
    )
    return msgspec.structs.replace(placed, hash=hash_of(placed))


def verify(
    entries: Sequence[TimelineEntry],
    known_head: tuple[int, str] | None = None,
    verified: Sequence[TimelineEntry] = (),
) -> Check:
    """Walks the chain from its first entry. `known_head`: number and hash seen before.

    An end that was cut off leaves a chain that holds: only what was seen before tells of it.
    `verified`: entries whose chain held; where these are the same still, they are not hashed anew.
    """
    number, head = 0, ""
    if verified and tuple(entries[: len(verified)]) == tuple(verified):
        number, head = verified[-1].number, verified[-1].hash
    for entry in entries[number:]:
        if reason := _wrong(entry, number, head):
            return Check(number, head, number + 1, reason)
        number, head = entry.number, entry.hash
        if known_head is not None and known_head[0] == number and known_head[1] != head:
            return Check(number, head, number, "与此前见过的不同：整条链可能被重写")
    if known_head is not None and known_head[0] > number:
        return Check(number, head, number + 1, f"末尾缺 {known_head[0] - number} 条")
    return Check(number, head)


def _wrong(entry: TimelineEntry, number: int, head: str) -> str:
    if entry.number != number + 1:
        return f"其后是第 {entry.number} 条"
    if entry.previous != head and not (number == 0 and not entry.previous.strip("0")):
        return "与前一条接不上"
    return "" if entry.hash == hash_of(entry) else "内容与写入时不同"


def merged(entries: Iterable[TimelineEntry], own: Iterable[Line]) -> list[Line]:
    """By time; entries keep the order of their numbers whatever their clocks say."""
    lines = [Line(e.number, e.at, e.text, e.by, e.kind, e.hash) for e in entries]
    lines.sort(key=lambda line: line.number)
    told = {(line.text, line.by) for line in lines}
    for line in sorted(own, key=lambda one: one.at):
        if (line.text, line.by) in told:
            continue
        place = next((i for i, one in enumerate(lines) if one.at > line.at), len(lines))
        lines.insert(place, line)
    return lines


def as_json(
    incident_id: str, entries: Sequence[TimelineEntry], check: Check, at: datetime, by: str
) -> bytes:
    """Entries as the platform gave them, so that anybody can verify them again."""
    facts = {
        "incident_id": incident_id,
        "exported_at": at.astimezone(UTC).isoformat(),
        "exported_by": by,
        "count": len(entries),
        "head": check.head,
        "broken": check.broken,
        "reason": check.reason,
        "entries": [msgspec.to_builtins(entry) for entry in entries],
    }
    return json.dumps(facts, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def as_csv(
    incident_id: str, entries: Sequence[TimelineEntry], check: Check, at: datetime, by: str
) -> bytes:
    """With a mark of its encoding; no cell is taken for a formula. The last line is the head."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("序号", "时间", "类别", "内容", "何人", "对象", "前一条", "哈希"))
    for e in entries:
        cells = (e.at.isoformat(), e.kind, e.text, e.by, e.ref, e.previous, e.hash)
        writer.writerow((e.number, *map(safe_cell, cells)))
    state = "已校验" if check.holds else f"第 {check.broken} 条不符：{check.reason}"
    export = f"{at.astimezone(UTC).isoformat()} 导出"
    writer.writerow(
        ("", export, safe_cell(incident_id), f"{len(entries)} 条，{state}", safe_cell(by), "", "",
         check.head)
    )  # fmt: skip
    return out.getvalue().encode("utf-8-sig", "replace")


def safe_cell(text: str) -> str:
    """An apostrophe before what a sheet would compute."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
