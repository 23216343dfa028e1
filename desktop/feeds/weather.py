"""The weather over the city, retained: signal in force and rain."""

import msgspec

from desktop.domain.weather import STALE_AFTER_S, Weather
from desktop.feeds.spec import FeedSpec, by_payload
from desktop.feeds.wire import clean_message, typed


class _WireWeather(msgspec.Struct, frozen=True, kw_only=True):
    """`signal` may be a level, null, or the word none."""

    signal: str | None = None


_read_signal = msgspec.json.Decoder(_WireWeather).decode
_decode = msgspec.json.Decoder(Weather).decode


def decode_weather(payload: bytes) -> Weather:
    """Raises DecodeError."""
    payload = clean_message(payload)
    raw = typed(_read_signal, payload)
    if raw.signal == "none":
        payload = msgspec.json.encode(msgspec.json.decode(payload) | {"signal": None})
    return typed(_decode, payload)


FEED = FeedSpec("weather", "weather", by_payload(decode_weather), stale_after_s=STALE_AFTER_S)
