"""The log of incidents as it comes by MQTT and REST: each event carries the whole incident."""

import msgspec

from desktop.domain.emergency.incidents import Incident, IncidentEvent
from desktop.feeds.spec import FeedSpec, by_payload
from desktop.feeds.wire import clean_message, strict_decoder, typed

MAX_REST_BYTES = 4 * 1024 * 1024
"""One incident of an answer: 500 orders with their texts; MQTT carries no more than 256 KiB."""

_event = msgspec.json.Decoder(IncidentEvent).decode
_incident = msgspec.json.Decoder(Incident).decode


def read_incident_event(payload: bytes) -> IncidentEvent:
    """An item of GET /incident-events. Raises DecodeError."""
    return typed(_event, clean_message(payload, MAX_REST_BYTES))


def read_incident(payload: bytes) -> Incident:
    """An item of GET /incidents, or the answer to an order. Raises DecodeError."""
    return typed(_incident, clean_message(payload, MAX_REST_BYTES))


FEED = FeedSpec(
    feed_id="incident_events",
    topic="incident/event",
    decode=by_payload(strict_decoder(IncidentEvent)),
    stale_after_s=6.0,
    keeps_every_message=True,
    is_optional=True,  # a platform without incidents has alarms all the same
    alive_with="incident_head",
)
