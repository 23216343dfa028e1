"""The head of the log of incidents: detector of a lost last event."""

from desktop.domain.emergency.incidents import IncidentHead
from desktop.feeds.spec import FeedSpec, by_payload
from desktop.feeds.wire import strict_decoder

FEED = FeedSpec(
    feed_id="incident_head",
    topic="incident/head",
    decode=by_payload(strict_decoder(IncidentHead)),
    stale_after_s=6.0,  # it comes every 2 s
    keeps_every_message=True,
    is_optional=True,
)
