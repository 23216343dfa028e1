"""How far a source can be trusted to show the present."""

from enum import StrEnum


class Freshness(StrEnum):
    NEVER = "never"  # nothing came yet
    LIVE = "live"
    STALE = "stale"  # older than the source's limit
    LOST = "lost"  # the way to the source is down


def freshness(age_s: float | None, stale_after_s: float, connected: bool) -> Freshness:
    """`age_s` is the age of the last sign of life, None before the first."""
    if age_s is None:
        return Freshness.NEVER
    if not connected:
        return Freshness.LOST
    return Freshness.LIVE if age_s <= stale_after_s else Freshness.STALE
