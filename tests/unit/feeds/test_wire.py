"""The bounds of the contract: what breaks one is a DecodeError, and nothing else is raised."""

import json
import math
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.alarms import AlarmEvent, AlarmHead
from desktop.domain.cameras import Camera, LiveAnswer
from desktop.domain.points import Point
from desktop.domain.texts import CUT_MARK, find_odd, is_clean
from desktop.feeds import FEEDS, alarm_head, alarms, water_levels
from desktop.feeds.wire import (
    MAX_STRING_BYTES,
    DecodeError,
    clean_large,
    clean_message,
    is_ordinary,
    needs_cleaning,
    strict_decoder,
)

SAMPLES = Path(__file__).parents[2] / "wire_samples"
EVENT = (SAMPLES / "alarm_event.json").read_bytes()


def _with(**changes: object) -> bytes:
    return json.dumps(json.loads(EVENT) | changes, ensure_ascii=False).encode()


def _odd_characters() -> set[str]:
    """One of each kind, and the ends of each range."""
    ends = "\x00\x08\x0b\x1f\x7f\x80\x9f\xad\u061c\u200b\u200f\u202a\u202e\u2028\u2029\u2060\u2069"
    return set(ends) | set("\u206f\u115f\u1160\u180e\u3164\uffa0\ufff9\ufffe\uffff\ufeff\U000e0001")


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
        '{"a_id": "x\u202e"}'.encode(),
        b'{"alarm_id": "\\u200b"}',
        b'{"camera_ids": ["a", "\\u0000"]}',
        '{"epoch": "\ufeff"}'.encode(),
        b'{"a_id": "' + b"x" * 4097 + b'"}',
        b"[" * 17 + b"]" * 17,
        b"[" * 100_000,
        b'{"a": "' + b"x" * 300_000 + b'"}',
    ],
)
def test_that_a_message_beyond_a_bound_is_refused(payload):
    with pytest.raises(DecodeError):
        clean_message(payload)


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
    clean_message(payload)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u202e水位\u202c高", "水位高"),
        ("积\u200b水\u2066\ufeff", "积水"),
        ("a\x00b\x7f\x85c", "ab\nc"),
        ("\x1b[31m红", "[31m红"),
        ("一\r\n二\u2028三", "一\n二\n三"),
        ("\U000e0041旗", "旗"),
        ("h" + "\u0301" * 50, "h" + "\u0301" * 4),
        ("a\nb\tc", "a\nb\tc"),
        ("<b>{} %s</b>", "<b>{} %s</b>"),
    ],
)
@pytest.mark.parametrize("ensure_ascii", [True, False])
def test_that_a_hostile_title_costs_its_unseen_characters_and_not_the_alarm(
    text, shown, ensure_ascii
):
    event = alarms.decode_event(_in_title(text, ensure_ascii))
    assert event.alarm.title == shown
    assert event.seq == json.loads(EVENT)["seq"]


def test_that_half_a_character_is_left_out_of_a_title():
    assert alarms.decode_event(_in_title("水\ud800位", ensure_ascii=True)).alarm.title == "水位"
    with pytest.raises(DecodeError):  # not UTF-8 at all
        alarms.decode_event(_in_title("\ud800", ensure_ascii=False))


@pytest.mark.parametrize("letter", ["x", "水", "\U0001f30a"])
def test_that_a_text_without_end_is_cut_and_says_so(letter):
    title = alarms.decode_event(_in_title(letter * 60_000)).alarm.title
    assert title.endswith(CUT_MARK) and title.startswith(letter * 100)
    assert MAX_STRING_BYTES - 4 < len(title.encode()) <= MAX_STRING_BYTES


def test_that_a_field_whose_name_is_not_clean_is_left_out():
    message = json.loads(EVENT) | {"k\u202eind": "raised", "more": {"a\x00": 1, "b": 2}}
    cleaned = json.loads(clean_message(json.dumps(message).encode()))
    assert cleaned == json.loads(EVENT) | {"more": {"b": 2}}


def test_that_only_what_was_cleaned_counts_as_cleaned():
    assert not needs_cleaning(EVENT)
    assert not needs_cleaning(_in_title("\u4e00\u00e9", ensure_ascii=True))
    assert needs_cleaning(_in_title("a\u200b"))


@pytest.mark.parametrize("odd", sorted(_odd_characters()))
def test_that_every_odd_character_is_found_in_utf8_and_in_escapes(odd):
    for ensure_ascii in (True, False):
        payload = json.dumps({"a": f"水{odd}x"}, ensure_ascii=ensure_ascii).encode()
        assert json.loads(clean_message(payload))["a"].replace("\n", "") == "水x"


def test_that_a_topic_cannot_carry_a_hostile_id():
    payload = (SAMPLES / "water_level.json").read_bytes()
    for point_id in ("a\u202e", "\u200b", "x\x00", "p" * 129, ""):
        with pytest.raises(DecodeError):
            water_levels.FEED.decode(f"city/990100/telemetry/water_level/{point_id}", payload)


def test_that_a_layer_of_the_map_keeps_its_shape_when_a_name_is_cleaned():
    body = json.dumps({"type": "FeatureCollection", "features": [{"n": "路\u202e", "x": 116.6}]})
    for wire in (body.encode(), json.dumps(json.loads(body), ensure_ascii=False).encode()):
        assert json.loads(clean_large(wire))["features"] == [{"n": "路", "x": 116.6}]


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
        event = alarms.decode_event(payload)
    except DecodeError:
        return
    _walk(msgspec.to_builtins(event))


def _walk(value: object) -> None:
    """What was taken holds nothing that the contract forbids."""
    if isinstance(value, str):
        assert is_clean(value)
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
        clean_message(payload)
    except DecodeError:
        return False
    return True


def test_that_alarm_head_counts_are_whole_numbers():
    with pytest.raises(DecodeError):
        alarm_head.FEED.decode(
            "t", b'{"epoch":"e","seq":1,"at":"2026-07-14T16:42:31Z","open":{"red":0.5}}'
        )


@pytest.mark.parametrize(
    "text",
    [
        '{"grid_id":"9901090010130004"}',
        '{"alarm_id":"al-01E234567890123456789012"}',
        '{"title":"井盖倾斜 15.8°","detail":"甲·乙"}',
        '{"share":0.1234567890123456789}',
    ],
)
def test_that_what_looks_like_much_and_is_nothing_odd_is_not_walked(text):
    assert is_ordinary(text.encode())


@pytest.mark.parametrize("number", ["9007199254740993", "-9007199254740993", "1e999", "2.5E+400"])
@pytest.mark.parametrize("form", ["[{0}]", '{{"a":{0}}}', '{{"a": {0}}}', "{0}"])
def test_that_a_number_out_of_bounds_is_found_wherever_it_stands(number, form):
    with pytest.raises(DecodeError):
        clean_message(form.format(number).encode())


def test_that_no_odd_character_passes_for_ordinary():
    planes = (*range(0xD800), *range(0xE000, 0x10000), *range(0xE0000, 0xE1000))
    odd = [chr(code) for code in planes if find_odd(chr(code))]
    assert len(odd) > 4000
    assert [c for c in odd if is_ordinary(json.dumps({"t": c}, ensure_ascii=False).encode())] == []
