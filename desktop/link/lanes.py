"""Red and orange overtake: of what waits for a commit, the gravest alarms are committed first.

Looked at are bytes that were not decoded yet, so a glance must do. It decides about the order
only, never about what is stored: a wrong one costs some milliseconds.
"""

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from desktop.domain.alarms import AlarmEvent
from desktop.domain.levels import WarningLevel

WORTH_IT = 50
"""So many messages take longer to commit than one more transaction."""
_CALM = re.compile(rb'"level"\s*:\s*"(?:yellow|blue)"')
_GRAVE = (WarningLevel.RED, WarningLevel.ORANGE)
_ALARM_ID = re.compile(rb'"alarm_id"\s*:\s*"([^"\\]*)"')


class Waiting(Protocol):
    @property
    def payload(self) -> bytes: ...


W = TypeVar("W", bound=Waiting)


def is_grave(payload: bytes) -> bool:
    """What does not say that it is yellow or blue is taken for red, here as everywhere."""
    return _CALM.search(payload) is None


def in_lanes(batch: Sequence[W]) -> list[list[W]]:
    """The batch in the parts that are committed one after the other; small ones stay whole.

    With a grave message goes everything of the same alarm: its order stays as it came.
    """
    if len(batch) < WORTH_IT:
        return [list(batch)]
    grave = {_alarm_id(one.payload) for one in batch if is_grave(one.payload)} - {b""}
    first = [one for one in batch if _alarm_id(one.payload) in grave] if grave else []
    if not first or len(first) == len(batch):
        return [list(batch)]
    return [first, [one for one in batch if _alarm_id(one.payload) not in grave]]


def grave_first(events: Sequence[AlarmEvent]) -> tuple[AlarmEvent, ...]:
    """For those who are told: the order within one alarm stays."""
    grave = {event.alarm.alarm_id for event in events if event.alarm.level in _GRAVE}
    return tuple(sorted(events, key=lambda event: event.alarm.alarm_id not in grave))


def _alarm_id(payload: bytes) -> bytes:
    """Empty for what names no alarm, as a head: that waits with the others."""
    found = _ALARM_ID.search(payload)
    return found[1] if found else b""
