"""Whatever comes: every decoder takes it or refuses it in its own words, in bounded time."""

import json
import time

import pytest
from hypothesis import given, settings

from desktop.domain.texts import is_clean
from desktop.feeds import FEEDS
from desktop.feeds.wire import MAX_MESSAGE_BYTES, DecodeError
from tests.unit.feeds.wire_cases import DECODERS, EVENT, TOPICS, outcome, payloads, texts_of

LIMIT_S = 0.5  # of one message of the largest size, on a busy machine; measured: below 0.03 s


@pytest.mark.parametrize("name", DECODERS)
@settings(max_examples=100)
@given(payload=payloads())
def test_that_a_decoder_takes_a_message_or_refuses_it_in_its_own_words(name, payload):
    outcome(name, payload)


@settings(max_examples=300)
@given(payload=payloads())
def test_that_what_a_feed_takes_holds_only_texts_that_can_be_shown(payload):
    for feed in FEEDS:
        message = outcome(f"feed {feed.feed_id}", payload)
        assert all(is_clean(text) for text in texts_of(message))


def _deep(opening: str, closing: str) -> bytes:
    return (opening * 100_000 + closing * 100_000).encode()


LARGE = {
    "one text": json.dumps(EVENT | {"alarm": EVENT["alarm"] | {"title": "水" * 80_000}},
                           ensure_ascii=False).encode(),
    "one odd text": ('{"a": "' + "\u202e" * 80_000 + '"}').encode(),
    "marks": ('{"a": "' + "\u0301" * 120_000 + '"}').encode(),
    "escapes": ('{"a": "' + "\\u202e" * 40_000 + '"}').encode(),
    "many fields": json.dumps({f"k{n}": n for n in range(20_000)}).encode(),
    "many texts": json.dumps(["\u200b"] * 25_000, ensure_ascii=False).encode(),
    "many digits": b'{"seq": ' + b"9" * 250_000 + b"}",
    "exponent": b'{"seq": 1' + b"0" * 200_000 + b"e-200000}",
    "deep lists": _deep("[", "]"),
    "deep objects": _deep('{"a":', "}"),
    "backslashes": b'{"a": "' + b"\\\\" * 120_000 + b'"}',
    "too large": b" " * (MAX_MESSAGE_BYTES + 1),
    "open text": b'{"a": "' + b"x" * 250_000,
}  # fmt: skip


@pytest.mark.parametrize("kind", LARGE)
@pytest.mark.parametrize("feed_id", TOPICS)
def test_that_a_large_message_takes_bounded_time(feed_id, kind):
    start_s = time.thread_time()
    outcome(f"feed {feed_id}", LARGE[kind])
    assert time.thread_time() - start_s < LIMIT_S


@pytest.mark.parametrize("kind", ["deep lists", "deep objects", "many digits", "exponent"])
@pytest.mark.parametrize("name", [name for name in DECODERS if not name.startswith("feed")])
def test_that_an_answer_without_measure_is_refused_and_not_fatal(name, kind):
    outcome(name, LARGE[kind])


def test_that_a_feed_that_raises_something_else_would_be_seen(monkeypatch):
    def careless(body: bytes) -> object:
        return json.loads(body)["seq"] + 1

    monkeypatch.setitem(DECODERS, "careless", careless)
    with pytest.raises((KeyError, TypeError, ValueError)) as caught:
        outcome("careless", b"{}")
    assert not isinstance(caught.value, DecodeError)
