"""One feed: a topic, how to decode it, and when it counts as stale."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


def by_payload(decode: Callable[[bytes], T]) -> Callable[[str, bytes], T]:
    """For a topic that says nothing about the message."""

    def decode_payload(topic: str, payload: bytes) -> T:
        return decode(payload)

    return decode_payload


@dataclass(frozen=True)
class FeedSpec(Generic[T]):
    """A row of FEEDS.

    `topic` is relative to the prefix that the platform names at sign-in (city/{adcode}).
    `decode` takes topic and payload and raises desktop.feeds.wire.DecodeError, nothing else.
    """

    feed_id: str
    topic: str
    decode: Callable[[str, bytes], T]
    stale_after_s: float
    keeps_every_message: bool = False
    """QoS 1, committed before it is acknowledged; otherwise QoS 0, the last value per topic."""
    is_optional: bool = False
    """A broker that does not let us read it still has the alarms."""
    alive_with: str = ""
    """Another feed whose messages also prove that this one is alive."""
