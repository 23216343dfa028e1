"""The whole phone of an owner: asked when it is wanted, and nowhere kept."""

import msgspec

from desktop.clock import SystemClock
from desktop.domain.assets import Owner
from desktop.domain.link_messages import Question
from desktop.link.questions import Questions


def test_that_the_owner_is_asked_of_the_platform_and_a_refusal_is_told(platform, mirror):
    async def work(_registers, rest) -> None:
        questions = Questions(rest, SystemClock())
        one = Question(request_id="1", name="owner", params={"asset_id": "JG-0001"})
        answer = await questions.answer(one)
        assert answer.body is not None
        assert msgspec.json.decode(answer.body, type=Owner).phone == "13812345678"
        other = Question(request_id="2", name="owner", params={"asset_id": "JG-0002"})
        refused = await questions.answer(other)
        assert refused.body is None and "领导无权查看电话号码" in refused.error

    mirror.run(work)
    assert b"13812345678" not in mirror.path.read_bytes()
