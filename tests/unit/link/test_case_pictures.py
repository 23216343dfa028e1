"""The question for a photograph of a case's file: a picture, or a refusal."""

import asyncio

import pytest

from desktop.clock import SystemClock
from desktop.domain.link_messages import Answer, Question
from desktop.link.questions import MOST_PICTURE_BYTES, Questions
from desktop.link.rest import Response

JPEG = b"\xff\xd8\xff\xe0 a picture"


class OneRest:
    """Answers every call with one body."""

    def __init__(self, body: bytes) -> None:
        self.body, self.asked = body, list[str]()

    async def call(self, _verb: str, path: str, **_more) -> Response:
        self.asked.append(path)
        return Response(200, self.body, "")


def ask(body: bytes) -> tuple[OneRest, Answer]:
    rest = OneRest(body)
    questions = Questions(rest, SystemClock())  # pyright: ignore[reportArgumentType]
    wanted = Question(request_id="q", name="attachment", params={"attachment_id": "../a b"})
    return rest, asyncio.run(questions.answer(wanted))


def test_that_a_photograph_comes_as_it_is_and_its_name_stays_a_name():
    rest, answer = ask(JPEG)
    assert answer.body == JPEG
    assert rest.asked == ["/attachments/..%2Fa%20b"]


@pytest.mark.parametrize("body", [b"", b"{}", b"<svg/>", JPEG + bytes(MOST_PICTURE_BYTES)])
def test_that_what_is_no_picture_goes_no_further(body):
    _, answer = ask(body)
    assert not answer.body and answer.error == "平台返回异常：不是画面"
