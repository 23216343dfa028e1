"""Everything that the platform can send, and everything that reads it, for tests of both."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import strategies as st

from desktop.clock import SystemClock
from desktop.domain.link_messages import Question
from desktop.errors import PlatformError
from desktop.feeds import FEEDS
from desktop.feeds.wire import DecodeError
from desktop.link import backfill, outbox, platform_probe, register_layers, rest, session
from desktop.link.questions import Questions
from desktop.link.register_rows import page_rows, read_page
from desktop.link.register_specs import REGISTERS
from desktop.link.rest import Refused, Response

SAMPLES = Path(__file__).parents[2] / "wire_samples"
EVENT = json.loads((SAMPLES / "alarm_event.json").read_bytes())
TOPICS = {
    feed.feed_id: "city/990100/" + feed.topic.replace("+", "vehicle", 1).replace("+", "V-1")
    for feed in FEEDS
}
AT = "2026-07-18T11:12:05+08:00"
ROW = {
    "asset_id": "a", "camera_id": "c", "class_id": "manhole", "point_id": "p", "org_id": "o",
    "unit_id": "u", "depot_id": "d", "duty_id": "y", "ticket_id": "t", "name": "人民路 1 号",
    "lon": 116.6, "lat": 28.9, "owner": {"name": "赵福磊", "phone": "13812345678"},
    "created_at": AT, "start": AT, "end": AT, "from": AT, "to": AT, "role": "operator",
    "kind": "vehicle", "state": "idle", "status": "open", "category": "路面", "place": "桥下",
    "thresholds": [{"level": "red", "value": 0.5}], "tags": ["street"], "phone": "13912345678",
}  # fmt: skip
_AREA = {"type": "Polygon", "coordinates": [[[116.6, 28.9], [116.7, 28.9], [116.6, 29.0]]]}
LAYER = {
    "type": "FeatureCollection",
    "features": [
        {"properties": {"kind": "road", "name": "滨江路", "class": 2},
         "geometry": {"type": "LineString", "coordinates": [[116.6, 28.9], [116.7, 28.9]]}},
        {"properties": {"district_id": "d", "grid_id": "g", "name": "滨江区"}, "geometry": _AREA},
    ],
}  # fmt: skip
GRANTED = {
    "access_token": "t", "expires_in": 600, "refresh_token": "r",
    "user": {"user_id": "u", "name": "张敏", "roles": ["operator"]},
    "mqtt": {"host": "127.0.0.1", "port": 1883, "prefix": "city/990100", "password": "p"},
}  # fmt: skip
STARTS: tuple[Any, ...] = (
    EVENT,
    EVENT["alarm"],
    {"epoch": "e", "seq": 7, "at": AT, "open": {"red": 1}},
    {"at": AT, "metrics": {"level_m": 0.42}, "quality": "good"},
    {"at": AT, "lon": 116.6, "lat": 28.9, "speed_kmh": 31.5, "state": "busy"},
    {"at": AT, "signal": "none", "rain_mm_h": 23.4, "text": "大到暴雨"},
    {"items": [ROW, ROW], "next_cursor": "n", "deleted": ["x"]},
    {"items": [EVENT], "next_cursor": None, "as_of": {"epoch": "e", "seq": 7}},
    {"streams": [{"url": "http://127.0.0.1/x", "protocol": "http-ts"}], "expires_at": AT},
    {"items": [{"at": AT, "value": 0.4}, {"at": AT, "metrics": {"level_m": 1}}]},
    {
        "title": "冲突",
        "detail": "已确认",
        "code": "already_acknowledged",
        "current": EVENT["alarm"],
    },
    {"time": AT, "version": "1"},
    LAYER,
    GRANTED,
)  # fmt: skip

NASTY_TEXTS = (
    "", "\x00", "\u202e红色\u202c", "\u200b", "\ud800", "<img src=file:///etc/passwd onerror=x>",
    "javascript:alert(1)", "{}{0}%s%n", "1e999", "None", "水" * 2000, "x" * 5000,
    "h" + "\u0301" * 99,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467", "مرحبا", AT, "9999-12-31T23:59:59.999999-14:00",
    "0001-01-01T00:00:00+14:00", "red", "../../x", "a\nb\tc", "\U000e0041",
)  # fmt: skip
_NUMBERS = (0, -1, 2**53, 2**53 + 1, -(2**63), 2**64, 10**400, 1e308, -0.0, 5e-324, float("nan"),
            float("inf"), 360.0, True)  # fmt: skip
scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40)
    | st.sampled_from(NASTY_TEXTS) | st.sampled_from(_NUMBERS)
)  # fmt: skip
any_json = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4)
    ),
    max_leaves=10,
)


@st.composite
def payloads(draw: st.DrawFn) -> bytes:
    """Bytes; or a good message with a value, then perhaps its bytes, changed."""
    if draw(st.integers(0, 7)) == 0:
        return draw(st.binary(max_size=300))
    message = json.loads(json.dumps(draw(st.sampled_from(STARTS))))
    for _ in range(draw(st.integers(0, 3))):
        message = _changed(draw, message)
    ensure_ascii = draw(st.booleans())
    wire = json.dumps(message, ensure_ascii=ensure_ascii).encode("utf-8", "surrogatepass")
    return _damaged(draw, wire) if draw(st.integers(0, 3)) == 0 else wire


def _changed(draw: st.DrawFn, value: Any) -> Any:
    """Another value somewhere, a field gone or a field more."""
    inside = isinstance(value, dict | list) and value and draw(st.integers(0, 4)) > 0
    if not inside:
        return draw(any_json)
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key = draw(st.sampled_from(keys))
    if draw(st.integers(0, 9)) == 0:
        del value[key]
    elif isinstance(value, dict) and draw(st.integers(0, 9)) == 0:
        value[draw(st.sampled_from(NASTY_TEXTS))] = draw(scalars)
    else:
        value[key] = _changed(draw, value[key])
    return value


def _damaged(draw: st.DrawFn, wire: bytes) -> bytes:
    at = draw(st.integers(0, len(wire)))
    length = draw(st.integers(0, 3))
    return wire[:at] + draw(st.binary(max_size=3)) + wire[at + length :]


class OneAnswer:
    """Stands in for Rest: whatever is asked, this is the body."""

    base_url = "http://127.0.0.1/api/v1"

    def __init__(self, body: bytes) -> None:
        self._body = body

    async def call(self, *_: Any, **__: Any) -> Response:
        return Response(200, self._body, "")

    get = call


def _register(name: str) -> Callable[[bytes], object]:
    spec = next(spec for spec in REGISTERS if spec.name == name)

    def read(body: bytes) -> object:
        return page_rows(spec, read_page(body).items)

    return read


def _question(name: str) -> Callable[[bytes], object]:
    params = {
        "camera_id": "c",
        "alarm_id": "a",
        "point_id": "p",
        "metric": "level_m",
        "asset_id": "s",
    }

    def read(body: bytes) -> object:
        questions = Questions(OneAnswer(body), SystemClock())  # pyright: ignore[reportArgumentType]
        return asyncio.run(questions.answer(Question(request_id="q", name=name, params=params)))

    return read


def _feed(feed_id: str) -> Callable[[bytes], object]:
    decode = next(feed.decode for feed in FEEDS if feed.feed_id == feed_id)
    return lambda body: decode(TOPICS[feed_id], body)


def _refusal(body: bytes) -> object:
    for status in (400, 401, 403, 404, 409, 500):
        try:
            rest._judged(Response(status, body, ""), signed=False)
        except Refused as error:
            outbox.refusal_text(error)
    return None


def _layer(body: bytes) -> object:
    cleaned = register_layers.clean_layer(body)
    return [make(cleaned) for _, make in register_layers.DERIVED.values()]


def _wanted_layers(body: bytes) -> object:
    return asyncio.run(register_layers.wanted_layers(OneAnswer(body)))  # pyright: ignore


DECODERS: dict[str, Callable[[bytes], object]] = {
    **{f"feed {feed.feed_id}": _feed(feed.feed_id) for feed in FEEDS},
    **{f"register {spec.name}": _register(spec.name) for spec in REGISTERS},
    **{f"question {n}": _question(n) for n in ("live", "alarm_history", "series", "owner")},
    "open list": lambda body: backfill._decoded(body, backfill._OpenList),
    "event page": lambda body: backfill._decoded(body, backfill._EventPage),
    "identity": backfill._identity_of,
    "refusal": _refusal,
    "health": rest.server_time,
    "token": session._granted,
    "demo accounts": platform_probe._accounts,
    "layer": _layer,
    "layer list": _wanted_layers,
}
"""By name; each may raise OWN_ERRORS and nothing else."""

OWN_ERRORS = (DecodeError, PlatformError)


def outcome(name: str, body: bytes) -> object | None:
    """What a decoder made of `body`; None for a refusal in its own words."""
    try:
        return DECODERS[name](body)
    except OWN_ERRORS as error:
        assert str(error) or getattr(error, "operator_text", "")
        return None


def texts_of(value: object) -> list[str]:
    """Every text in a decoded message."""
    plain = msgspec.to_builtins(value) if isinstance(value, msgspec.Struct) else value
    if isinstance(plain, str):
        return [plain]
    if isinstance(plain, dict):
        return [text for item in plain.values() for text in texts_of(item)]
    if isinstance(plain, list | tuple):
        return [text for item in plain for text in texts_of(item)]
    return []
