"""Counters of one feed since the link's start."""

from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from desktop.feeds.wire import needs_cleaning
from desktop.link.unmapped import UnmappedFields

LATE_AFTER_S = 10.0


@dataclass
class FeedCounters:
    received: int = 0
    stored: int = 0
    rejected: int = 0
    duplicates: int = 0
    backfilled: int = 0
    missing: int = 0  # known to exist and not here yet
    late: int = 0
    cleaned: int = 0  # came in with texts that were cut or freed of what cannot be seen
    last_s: float | None = None  # monotonic time of the last message
    late_after_s: float = LATE_AFTER_S
    offset_s: float | None = None  # platform's clock minus ours; unknown: nothing counts as late
    unmapped: UnmappedFields = field(default_factory=UnmappedFields)

    def note_received(self, now_s: float, count: int = 1) -> None:
        self.received += count
        self.last_s = now_s

    def examine(
        self, message: object, payload: bytes, now: datetime, now_s: float, is_first: bool = False
    ) -> None:
        """A message that was decoded: was it late, and what of it do we not read.

        `is_first`: a retained value of before our time is old, not late.
        """
        if isinstance(message, msgspec.Struct):
            self.unmapped.look(payload, type(message), now_s)
            self.unmapped.note(getattr(message, "strange", ()))
            self.cleaned += needs_cleaning(payload)
        at = getattr(message, "at", None)
        if self.offset_s is None or is_first or not isinstance(at, datetime):
            return
        if (now - at).total_seconds() + self.offset_s > self.late_after_s:
            self.late += 1

    def age_s(self, now_s: float) -> float | None:
        return None if self.last_s is None else max(0.0, now_s - self.last_s)
