"""Fixes of units: position/{kind}/{unit_id}, QoS 0, retained."""

import msgspec

from desktop.domain.positions import ALIASES, Position
from desktop.domain.units import UnitKind
from desktop.feeds.spec import FeedSpec
from desktop.feeds.telemetry import MAX_ID_CHARS
from desktop.feeds.wire import DecodeError, check_id, strict_decoder

_decode = strict_decoder(Position)


def decode_position(topic: str, payload: bytes) -> Position:
    """unit_id and kind come from the topic, not from the payload. Raises DecodeError."""
    word, unit_id = topic.split("/")[-2:]
    check_id(unit_id, MAX_ID_CHARS, "unit_id")
    position = _decode(payload)
    if position.lon_deg == 0 and position.lat_deg == 0:
        raise DecodeError("0, 0: a receiver without a fix")
    return msgspec.structs.replace(position, unit_id=unit_id, kind=_kind(word))


def _kind(word: str) -> UnitKind:
    try:
        return ALIASES.get(word) or UnitKind(word)
    except ValueError:
        raise DecodeError(f"kind {word[:40]!r} in the topic is not known") from None


FEED = FeedSpec("positions", "position/+/+", decode_position, stale_after_s=90.0)
