"""The weather over the city, retained: signal in force and rain."""

import msgspec

from desktop.domain.weather import STALE_AFTER_S, Weather
from desktop.feeds.spec import FeedSpec, by_payload
from desktop.feeds.wire import strict_decoder, typed


class _WireWeather(msgspec.Struct, frozen=True, kw_only=True):
    """`signal` may be a level, null, or the word none."""

    signal: str | None = None


_strict = strict_decoder(_WireWeather)
_decode = msgspec.json.Decoder(Weather).decode


def decode_weather(payload: bytes) -> Weather:
    """Raises DecodeError."""
    raw = _strict(payload)
    if raw.signal == "none":
        payload = msgspec.json.encode(msgspec.json.decode(payload) | {"signal": None})
    return typed(_decode, payload)


FEED = FeedSpec("weather", "weather", by_payload(decode_weather), stale_after_s=STALE_AFTER_S)
