"""The alarm log as it comes by MQTT."""

from desktop.feeds.mending import read_event, strict_event
from desktop.feeds.spec import FeedSpec, by_payload

decode_event = strict_event
"""JSON of one AlarmEvent as the contract has it. Raises DecodeError."""

FEED = FeedSpec(
    feed_id="alarms",
    topic="alarm/event",
    decode=by_payload(read_event),
    stale_after_s=6.0,  # three missed heads
    keeps_every_message=True,
    alive_with="alarm_head",
)
