"""Telemetry topics: telemetry/{class_id}/{point_id}."""

import msgspec

from desktop.domain.points import Reading
from desktop.feeds.spec import FeedSpec
from desktop.feeds.wire import check_id, strict_decoder

MAX_ID_CHARS = 128
_decode = strict_decoder(Reading)


def decode_reading(topic: str, payload: bytes) -> Reading:
    """class_id and point_id come from the topic, not from the payload. Raises DecodeError."""
    reading = _decode(payload)
    class_id, point_id = topic.split("/")[-2:]
    check_id(class_id, MAX_ID_CHARS, "class_id")
    check_id(point_id, MAX_ID_CHARS, "point_id")
    return msgspec.structs.replace(reading, class_id=class_id, point_id=point_id)


def telemetry_feed(feed_id: str, class_id: str, stale_after_s: float) -> FeedSpec[Reading]:
    return FeedSpec(feed_id, f"telemetry/{class_id}/+", decode_reading, stale_after_s)
