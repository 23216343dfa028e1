"""The head of the alarm log: heartbeat of the platform and detector of a lost last event."""

from desktop.domain.alarms import AlarmHead
from desktop.feeds.spec import FeedSpec
from desktop.feeds.wire import strict_decoder

_decode = strict_decoder(AlarmHead)


def _from_topic(topic: str, payload: bytes) -> AlarmHead:
    return _decode(payload)


FEED = FeedSpec(
    feed_id="alarm_head",
    topic="alarm/head",
    decode=_from_topic,
    stale_after_s=6.0,  # it comes every 2 s
    keeps_every_message=True,
)
