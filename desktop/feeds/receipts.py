"""Receipts of handsets and radios: receipt/{order_id}, QoS 1."""

import msgspec

from desktop.domain.outreach import Receipt
from desktop.feeds.spec import FeedSpec
from desktop.feeds.telemetry import MAX_ID_CHARS
from desktop.feeds.wire import check_id, strict_decoder

_decode = strict_decoder(Receipt)


def decode_receipt(topic: str, payload: bytes) -> Receipt:
    """The order's id comes from the topic. Raises DecodeError."""
    order_id = check_id(topic.rpartition("/")[2], MAX_ID_CHARS, "order_id")
    return msgspec.structs.replace(_decode(payload), order_id=order_id)


FEED = FeedSpec(
    feed_id="receipts",
    topic="receipt/+",
    decode=decode_receipt,
    stale_after_s=6.0,
    keeps_every_message=True,
    is_optional=True,
    alive_with="alarm_head",  # hours without a receipt are an ordinary night
)
