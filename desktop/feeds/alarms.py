"""The alarm log as it comes by MQTT."""

from desktop.domain.alarms import AlarmEvent
from desktop.feeds.spec import FeedSpec, by_payload
from desktop.feeds.wire import strict_decoder

decode_event = strict_decoder(AlarmEvent)
"""JSON of one AlarmEvent, by MQTT or an item of GET /alarm-events. Raises DecodeError."""

FEED = FeedSpec(
    feed_id="alarms",
    topic="alarm/event",
    decode=by_payload(decode_event),
    stale_after_s=6.0,  # three missed heads
    keeps_every_message=True,
    alive_with="alarm_head",
)
