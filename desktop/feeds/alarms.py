"""The alarm log as it comes by MQTT."""

from desktop.domain.alarms import AlarmEvent
from desktop.feeds.spec import FeedSpec
from desktop.feeds.wire import strict_decoder

_decode = strict_decoder(AlarmEvent)

decode_event = _decode
"""JSON of one AlarmEvent, by MQTT or an item of GET /alarm-events. Raises DecodeError."""


def _from_topic(topic: str, payload: bytes) -> AlarmEvent:
    return _decode(payload)


FEED = FeedSpec(
    feed_id="alarms",
    topic="alarm/event",
    decode=_from_topic,
    stale_after_s=6.0,  # three missed heads
    keeps_every_message=True,
    alive_with="alarm_head",
)
