"""What a station is told first."""

from typing import Any

from desktop.domain.link_messages import AlarmSnapshot

SNAPSHOT_PART = 2000


def snapshot_parts(alarms: tuple[Any, ...]) -> list[AlarmSnapshot]:
    """At least one part: an empty list is news too."""
    starts = range(0, max(len(alarms), 1), SNAPSHOT_PART)
    return [
        AlarmSnapshot(
            alarms=alarms[start : start + SNAPSHOT_PART],
            first=start == 0,
            last=start == starts[-1],
        )
        for start in starts
    ]
