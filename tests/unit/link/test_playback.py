"""The question where a recording is: its times, and an address that never shows."""

import asyncio
import json
from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest

from desktop.clock import SystemClock
from desktop.domain.cameras import LiveAnswer, Protocol
from desktop.domain.link_messages import Answer, Question
from desktop.link.questions import Questions
from desktop.link.rest import Response

START = datetime(2026, 7, 18, 3, 12, 5, tzinfo=timezone(timedelta(hours=8)))
SECRET = "http://10.0.0.1/r.m3u8?token=geheim"


class OneRest:
    """Answers every call with one body."""

    def __init__(self, body: bytes) -> None:
        self.body, self.asked = body, list[tuple[str, dict[str, str]]]()

    async def call(self, _verb: str, path: str, **more) -> Response:
        self.asked.append((path, more["params"]))
        return Response(200, self.body, "")


def ask(body: bytes, start: str = START.isoformat()) -> tuple[OneRest, Answer]:
    rest = OneRest(body)
    questions = Questions(rest, SystemClock())  # pyright: ignore[reportArgumentType]
    params = {"camera_id": "cam/1", "from": start, "to": (START + timedelta(10)).isoformat()}
    return rest, asyncio.run(questions.answer(Question(request_id="q", name="playback",
                                                       params=params)))  # fmt: skip


@pytest.mark.parametrize("protocol", ["hls", "mp4"])
def test_that_a_recording_is_asked_in_utc_and_opened_by_the_same_way(protocol):
    body = {"url": SECRET, "protocol": protocol, "start": "2026-07-17T19:12:05Z"}
    rest, answer = ask(json.dumps(body).encode())
    path, params = rest.asked[0]
    assert path == "/cameras/cam%2F1/playback"
    assert datetime.fromisoformat(params["from"]) == START.astimezone(UTC)
    assert params["from"].endswith("+00:00")
    (stream,) = msgspec.json.decode(answer.body, type=LiveAnswer).streams
    assert stream.protocol is Protocol.HLS and stream.url == SECRET
    assert "geheim" not in repr(stream)


@pytest.mark.parametrize("body", [b"", b"{}", b'{"url": 5}', b"\xff", b"[]"])
def test_that_nonsense_is_a_refusal_in_words(body):
    _, answer = ask(body)
    assert not answer.body and "录像地址" in answer.error


def test_that_a_time_that_is_none_is_refused_and_nothing_is_asked():
    rest, answer = ask(b"{}", start="yesterday")
    assert not rest.asked and answer.error
