"""What the stand-in sent and what it was ordered: the oracle of every loss test."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


class Ledger:
    """Append-only JSON lines in `path`, and the same entries in memory.

    Each start of the city begins a new file; that of the start before is kept beside it.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            path.replace(path.with_suffix(".previous.jsonl"))
        self._file = path.open("w", encoding="utf-8", buffering=1)
        self.entries: list[dict[str, Any]] = []

    def event(self, epoch: str, seq: int, kind: str, alarm_id: str) -> None:
        self._append("event", epoch=epoch, seq=seq, kind=kind, alarm_id=alarm_id)

    def order(self, key: str, verb: str, target: str, by: str, status: int) -> None:
        """Each time that an order arrives; `status` is what was answered."""
        self._append("order", key=key, verb=verb, target=target, by=by, status=status)

    def effect(self, **facts: Any) -> None:
        """Something of an incident that goes outward, or that a drill holds back."""
        self._append("effect", **facts)

    def close(self) -> None:
        self._file.close()

    def _append(self, what: str, **facts: Any) -> None:
        entry = {"what": what, "at": datetime.now(UTC).isoformat(), **facts}
        self.entries.append(entry)
        self._file.write(json.dumps(entry, ensure_ascii=False) + "\n")
