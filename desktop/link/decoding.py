"""A batch of messages, decoded and sorted by what becomes of them. Writer's thread only."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from desktop.domain.alarms import AlarmEvent, AlarmHead
from desktop.domain.emergency.incidents import IncidentEvent, IncidentHead
from desktop.domain.outreach import Receipt
from desktop.feeds.spec import FeedSpec
from desktop.feeds.wire import DecodeError
from desktop.link.counters import FeedCounters
from local_db.journal import StoredEvent

M = TypeVar("M")


class Arrived(NamedTuple):
    """One MQTT message. `acknowledge` sends its PUBACK, if its connection still lives."""

    feed: FeedSpec[Any]
    topic: str
    payload: bytes
    acknowledge: Callable[[], None]


@dataclass
class Decoded:
    alarms: list[StoredEvent[AlarmEvent]] = field(default_factory=list)
    heads: list[AlarmHead] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    incidents: list[StoredEvent[IncidentEvent]] = field(default_factory=list)
    incident_heads: list[IncidentHead] = field(default_factory=list)
    refused: list[tuple[Arrived, str]] = field(default_factory=list)  # with the reason


def decoded(
    batch: Iterable[Arrived], counters: Mapping[str, FeedCounters], now: datetime, now_s: float
) -> Decoded:
    """Looks at each for diagnosis, too; `now_s` is monotonic."""
    found = Decoded()
    for arrived in batch:
        try:
            message = arrived.feed.decode(arrived.topic, arrived.payload)
        except DecodeError as error:
            found.refused.append((arrived, error.reason))
            continue
        counters[arrived.feed.feed_id].examine(message, arrived.payload, now, now_s)
        if isinstance(message, AlarmEvent):
            found.alarms.append(StoredEvent(message, arrived.payload))
        elif isinstance(message, AlarmHead):
            found.heads.append(message)
        elif isinstance(message, Receipt):
            found.receipts.append(message)
        elif isinstance(message, IncidentEvent):
            found.incidents.append(StoredEvent(message, arrived.payload))
        elif isinstance(message, IncidentHead):
            found.incident_heads.append(message)
    return found


def messages_of(batch: Iterable[Arrived], kind: type[M]) -> list[M]:
    """Those of one kind that can be read; nothing is counted."""
    messages: list[M] = []
    for arrived in batch:
        try:
            message = arrived.feed.decode(arrived.topic, arrived.payload)
        except DecodeError:
            continue
        if isinstance(message, kind):
            messages.append(message)
    return messages
