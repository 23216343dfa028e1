"""The short look at a message and the walk through it give the same, whatever it is."""

import json
from unittest.mock import patch

from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.feeds import wire
from desktop.feeds.wire import DecodeError, clean_large, clean_message

_NUMBERS = st.from_regex(
    r"\A-?(?:0|[1-9][0-9]{0,19})(?:\.[0-9]{1,19})?(?:[eE][+-]?[0-9]{1,4})?\Z"
) | st.sampled_from([
    "9007199254740992", "9007199254740993", "-9007199254740993", "12345678901234567", "01",
    "1e308", "1e309", "123456789012345E294", "1e0000400", "1e-999", "0e999", "NaN", "-Infinity",
    "1" + "0" * 310, "1.", "1" * 5000,
])  # fmt: skip
_PARTS = st.sampled_from([
    "a", "水位", "°", "·", "\x7f", "\x00", "\x1f", "\t", "\n", "\x85", "\xad", "\u061c", "\u200b",
    "\u202e", "\u2028", "\u2069", "\u3164", "\ufeff", "\ufffe", "\U000e0041", "\U0001f30a",
    "\u0301" * 4, "\u0301" * 5, "\u1ab0" * 5, "\u20d0" * 5, "\ufe20" * 5,
    r"\u202E", r"\u0000", r"\ud800", r"\ud83c\udf0a", r"\udf0a\ud83c", r"\u6c34", r"\n", r"\r",
    r"\\", r"\\u202e", r"\"", r"\/", r"\x", "\\", ",12345678901234567", ": -1e999", "{" * 9,
    "x" * 1400,
])  # fmt: skip
_STRINGS = st.lists(_PARTS, max_size=5).map(lambda parts: '"' + "".join(parts) + '"')
_NAMES = _STRINGS | st.sampled_from(
    ['"a"', r'"\u0061"', '"id"', '"camera_ids"', '"URL"', '"x_url"']
)
_SPACE = st.sampled_from(["", "", " ", "\n", "\t", "\r"])


def _list(items: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(st.tuples(_SPACE, items).map("".join), max_size=3).map(
        lambda parts: "[" + ",".join(parts) + "]"
    )


def _object(items: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    field = st.tuples(_SPACE, _NAMES, _SPACE, st.just(":"), _SPACE, items, _SPACE).map("".join)
    return st.lists(field, max_size=4).map(lambda parts: "{" + ",".join(parts) + "}")


_JSON = st.recursive(
    _NUMBERS | _STRINGS | st.sampled_from(["true", "null", "tru", ""]),
    lambda inner: _list(inner) | _object(inner) | inner.map(lambda text: "[" * 9 + text + "]" * 9),
    max_leaves=10,
)


@settings(max_examples=600)
@given(st.tuples(_SPACE, _JSON, _SPACE).map("".join))
@example('{"a":"\x7f"}')
@example('{"id":"12345678901234567","n":[ 12345678901234567]}')
@example('{"a":1,"\\u0061":1}')
def test_that_the_short_look_and_the_walk_give_the_same(text):
    payload = text.encode("utf-8", "surrogatepass")
    short = _outcome(payload)
    with patch.object(wire, "is_ordinary", lambda _: False):
        assert short == _outcome(payload)


@settings(max_examples=200)
@given(_STRINGS)
@example('"a\x7f"')
def test_that_no_text_of_a_large_answer_passes_uncleaned(text):
    payload = f'{{"features":[{{"name":{text}}}]}}'.encode("utf-8", "surrogatepass")
    expected = _outcome(payload)
    try:
        cleaned = json.loads(clean_large(payload))
    except (DecodeError, ValueError):
        cleaned = None
    if cleaned is not None and len(payload) <= wire.MAX_STRING_BYTES:
        assert repr(cleaned) == expected


def _outcome(payload: bytes) -> str | None:
    """What is let in, as text: 1, 1.0 and True are not the same. None: refused."""
    try:
        return repr(json.loads(clean_message(payload)))
    except DecodeError:
        return None
