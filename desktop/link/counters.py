"""Counters of one feed since the link's start."""

from dataclasses import dataclass


@dataclass
class FeedCounters:
    received: int = 0
    stored: int = 0
    rejected: int = 0
    duplicates: int = 0
    backfilled: int = 0
    last_s: float | None = None  # monotonic time of the last message

    def note_received(self, now_s: float, count: int = 1) -> None:
        self.received += count
        self.last_s = now_s

    def age_s(self, now_s: float) -> float | None:
        return None if self.last_s is None else max(0.0, now_s - self.last_s)
