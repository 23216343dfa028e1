"""The head of the alarm log: heartbeat of the platform and detector of a lost last event."""

from desktop.domain.alarms import AlarmHead
from desktop.feeds.spec import FeedSpec, by_payload
from desktop.feeds.wire import strict_decoder

FEED = FeedSpec(
    feed_id="alarm_head",
    topic="alarm/head",
    decode=by_payload(strict_decoder(AlarmHead)),
    stale_after_s=6.0,  # it comes every 2 s
    keeps_every_message=True,
)
