"""City metrics on their way through the link."""

import asyncio
import json

import msgspec

from desktop.clock import SystemClock
from desktop.domain.cockpit.series import Against, read_series
from desktop.domain.link_messages import Answer, Question
from desktop.link.questions import Questions
from desktop.link.rest import Response

ROW = {
    "metric_id": "alarm.open", "scope_id": "city", "at": "2026-11-22T10:00:00Z", "value": 5,
    "n": None, "as_of": "2026-11-22T10:00:00Z", "source_id": "alarms/1",
    "earlier": {"day": 3, "eon": 1},
    "series": {"start": "2026-11-22T08:00:00Z", "step_s": 3600, "values": [1, None, 5]},
    "unknown": True,
}  # fmt: skip


class OneRest:
    def __init__(self, body: bytes) -> None:
        self.body, self.asked = body, list[tuple[str, dict[str, str]]]()

    async def call(self, _verb: str, path: str, **more) -> Response:
        self.asked.append((path, more["params"]))
        return Response(200, self.body, "")


def ask(body: bytes, **params: str) -> tuple[OneRest, Answer]:
    rest = OneRest(body)
    questions = Questions(rest, SystemClock())  # pyright: ignore[reportArgumentType]
    question = Question(request_id="q", name="metrics", params=params)
    return rest, asyncio.run(questions.answer(question))


def test_that_a_gap_stays_a_gap_and_an_unknown_comparison_is_left_out():
    rest, answer = ask(json.dumps({"items": [ROW]}).encode(), names="alarm.open", scope="city")
    (series,) = read_series(answer.body or b"")
    assert series.values == (1.0, None, 5.0)
    assert series.present.value == 5.0
    assert series.earlier == {Against.DAY: 3.0}
    assert rest.asked == [("/metrics", {"names": "alarm.open", "scope": "city"})]


def test_that_hours_behind_the_value_are_asked_for_with_their_begin():
    rest, _ = ask(b'{"items":[]}', names="a.b", scope="city", hours="720")
    assert "from" in rest.asked[0][1]


def test_that_a_row_that_cannot_be_right_is_left_out_alone():
    wrong = [
        ROW | {"value": "many"}, ROW | {"source_id": ""}, ROW | {"at": "2026-11-22"},
        ROW | {"series": ROW["series"] | {"step_s": 0}}, {"metric_id": "x.y"}, 7,
    ]  # fmt: skip
    _, answer = ask(json.dumps({"items": [*wrong, ROW]}).encode(), names="a.b", scope="city")
    assert len(msgspec.json.decode(answer.body or b"")) == 1


def test_that_nonsense_is_a_refusal_in_words():
    for body in (b"", b"[]", b'{"items":7}', b"\xff"):
        _, answer = ask(body, names="a.b", scope="city")
        assert not answer.body and "城市体征" in answer.error
