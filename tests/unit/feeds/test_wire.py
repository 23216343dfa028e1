"""The bounds of the contract: what breaks one is a DecodeError, and nothing else is raised."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.alarms import AlarmEvent, AlarmHead
from desktop.domain.cameras import Camera, LiveAnswer
from desktop.domain.points import Point
from desktop.feeds import FEEDS, alarm_head, alarms, water_levels
from desktop.feeds.wire import DecodeError, check_message, is_ordinary, strict_decoder

SAMPLES = Path(__file__).parents[2] / "wire_samples"
EVENT = (SAMPLES / "alarm_event.json").read_bytes()


def _with(**changes: object) -> bytes:
    return json.dumps(json.loads(EVENT) | changes, ensure_ascii=False).encode()


def _in_title(text: str, ensure_ascii: bool = False) -> bytes:
    event = json.loads(EVENT)
    event["alarm"]["title"] = text
    return json.dumps(event, ensure_ascii=ensure_ascii).encode("utf-8", "surrogatepass")


def test_that_the_sample_event_is_decoded_and_unknown_fields_do_no_harm():
    event = alarms.FEED.decode("city/990100/alarm/event", EVENT)
    assert isinstance(event, AlarmEvent)
    assert (event.seq, event.alarm.lon_deg, event.alarm.guidance.count("\n")) == (
        1042,
        116.604213,
        2,
    )


def test_that_a_reading_takes_class_and_point_from_its_topic():
    payload = (SAMPLES / "water_level.json").read_bytes()
    reading = water_levels.FEED.decode("city/990100/telemetry/water_level/wl-0007", payload)
    assert (reading.class_id, reading.point_id, reading.metrics["level_m"]) == (
        "water_level",
        "wl-0007",
        0.42,
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("alarm_head", AlarmHead),
        ("camera", Camera),
        ("point", Point),
        ("live", LiveAnswer),
    ],
)
def test_that_every_sample_of_the_contract_is_decoded(name, kind):
    strict_decoder(kind)((SAMPLES / f"{name}.json").read_bytes())


def test_that_every_feed_has_its_own_name_and_topic():
    assert len({feed.feed_id for feed in FEEDS}) == len(FEEDS)
    assert len({feed.topic for feed in FEEDS}) == len(FEEDS)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xef\xbb\xbf" + EVENT,
        EVENT.decode().encode("utf-16"),
        b'{"a": "\xff"}',
        b'{"a": "\xed\xa0\x80"}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": 1E+999}',
        b'{"a": 9007199254740993}',
        b'{"a": -18446744073709551616}',
        b'{"a": ' + b"9" * 6000 + b"}",
        b'{"a": 1, "a": 2}',
        b'{"x": {"a": 1, "\\u0061": 2}}',
        b'{"a": "\\ud800"}',
        b'{"a": "\\u0000"}',
        b'{"a": "\\b"}',
        b'{"a": "\x7f"}',
        '{"a": "\u202e"}'.encode(),
        b'{"a": "\\u202e"}',
        '{"a": "\u2066"}'.encode(),
        '{"a": "\u0085"}'.encode(),
        b'{"\\u202e": 1}',
        b'{"a": "' + b"x" * 4097 + b'"}',
        ('{"a": "' + "水" * 1366 + '"}').encode(),
        b"[" * 17 + b"]" * 17,
        b"[" * 100_000,
        b'{"a": "' + b"x" * 300_000 + b'"}',
    ],
)
def test_that_a_message_beyond_a_bound_is_refused(payload):
    with pytest.raises(DecodeError):
        check_message(payload)


@pytest.mark.parametrize(
    "payload",
    [
        b'{"a": 9007199254740992}',
        b'{"a": 0.12345678901234567}',
        b'{"a": "a\\nb\\tc \\"d\\" \\\\b"}',
        b'{"a": "' + b"x" * 4096 + b'"}',
        b"[" * 16 + b"]" * 16,
        b'{"a": {"b": 1}, "c": {"b": 1}}',
        '{"a": "“滨江”——路…"}'.encode(),
        b'{"a": "\\u6ee8"}',
    ],
)
def test_that_a_message_within_the_bounds_passes(payload):
    check_message(payload)


@pytest.mark.parametrize("text", ["\u202eabc", "a\u0000", "\ud800", "\x1b[31m"])
@pytest.mark.parametrize("ensure_ascii", [True, False])
def test_that_a_hostile_title_is_refused_however_it_is_written(text, ensure_ascii):
    with pytest.raises(DecodeError):
        alarms.decode_event(_in_title(text, ensure_ascii))


@pytest.mark.parametrize(
    "changes",
    [
        {"seq": "1"},
        {"seq": -1},
        {"seq": 1.5},
        {"seq": True},
        {"at": "2026-07-14T16:42:31"},
        {"alarm": None},
        {"epoch": 7},
    ],
)
def test_that_a_wrong_field_is_refused_with_its_path(changes):
    with pytest.raises(DecodeError) as caught:
        alarms.decode_event(_with(**changes))
    assert next(iter(changes)) in caught.value.reason


def test_that_the_sample_takes_the_cheap_way():
    assert is_ordinary(json.dumps(json.loads(EVENT), ensure_ascii=False).encode())


@given(st.binary(max_size=400))
def test_that_no_bytes_raise_anything_but_decode_error(payload):
    for feed in FEEDS:
        try:
            feed.decode("city/990100/telemetry/water_level/p", payload)
        except DecodeError:
            continue


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.sampled_from(list(json.loads(EVENT)["alarm"])), _json, st.booleans())
def test_that_any_value_in_any_field_is_taken_or_refused(field, value, ensure_ascii):
    event = json.loads(EVENT)
    event["alarm"][field] = value
    payload = json.dumps(event, ensure_ascii=ensure_ascii).encode("utf-8", "surrogatepass")
    try:
        alarms.decode_event(payload)
    except DecodeError:
        return
    _walk(value)


def _walk(value: object) -> None:
    """What was taken holds nothing that the contract forbids."""
    if isinstance(value, str):
        assert not any(0xD800 <= ord(c) <= 0xDFFF or ord(c) in (0, 0x202E) for c in value)
    elif isinstance(value, float):
        assert math.isfinite(value)
    elif isinstance(value, int):
        assert abs(value) <= 2**53
    elif isinstance(value, dict):
        for key, item in value.items():
            _walk(key)
            _walk(item)
    elif isinstance(value, list):
        for item in value:
            _walk(item)


@given(_json)
def test_that_the_cheap_way_and_the_thorough_one_agree(value):
    """Padding with braces in a text forces the thorough way without changing what is said."""
    payload = json.dumps({"v": value}, ensure_ascii=False).encode("utf-8", "surrogatepass")
    forced = json.dumps({"v": value, "pad": "{" * 20}, ensure_ascii=False)
    assert _verdict(payload) == _verdict(forced.encode("utf-8", "surrogatepass"))


def _verdict(payload: bytes) -> bool:
    try:
        check_message(payload)
    except DecodeError:
        return False
    return True


def test_that_alarm_head_counts_are_whole_numbers():
    with pytest.raises(DecodeError):
        alarm_head.FEED.decode(
            "t", b'{"epoch":"e","seq":1,"at":"2026-07-14T16:42:31Z","open":{"red":0.5}}'
        )
