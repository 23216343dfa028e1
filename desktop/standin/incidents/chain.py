"""The timeline of an incident: append-only, each entry with the hash of the one before it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from desktop.domain.emergency.incidents import TimelineEntry
from desktop.domain.emergency.timeline import hash_of


class Line(NamedTuple):
    """What happened, before it has its place in the chain."""

    kind: str
    text: str
    by: str = ""
    ref: str = ""


def continued(
    before: Sequence[TimelineEntry], lines: Sequence[Line], at: datetime
) -> list[TimelineEntry]:
    """The entries that follow those before."""
    number, head = (before[-1].number, before[-1].hash) if before else (0, "")
    made: list[TimelineEntry] = []
    for line in lines:
        number += 1
        entry = TimelineEntry(number=number, at=at, kind=line.kind, text=line.text, by=line.by,
                              ref=line.ref, previous=head)  # fmt: skip
        head = hash_of(entry)
        made.append(msgspec.structs.replace(entry, hash=head))
    return made
