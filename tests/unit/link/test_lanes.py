"""Which messages are committed before the others."""

from typing import NamedTuple

import pytest

from desktop.domain.levels import WarningLevel
from desktop.link.lanes import WORTH_IT, grave_first, in_lanes, is_grave
from tests.gui.fake_room import alarm, event


class Waiting(NamedTuple):
    name: str
    payload: bytes


def told(alarm_id: str, level: str, name: str = "") -> Waiting:
    text = f'{{"seq":1,"alarm":{{"alarm_id":"{alarm_id}","level":"{level}","peak_level":"red"}}}}'
    return Waiting(name or f"{alarm_id} {level}", text.encode())


def many(level: str = "blue") -> list[Waiting]:
    return [told(f"a{number}", level) for number in range(WORTH_IT)]


def names(lanes: list[list[Waiting]]) -> list[list[str]]:
    return [[one.name for one in lane] for lane in lanes]


@pytest.mark.parametrize(
    ("payload", "grave"),
    [
        (b'{"level":"red"}', True),
        (b'{"level": "orange"}', True),
        (b'{"level" : "yellow", "peak_level": "red"}', False),
        (b'{"level":"blue"}', False),
        (b'{"level":"purple"}', True),  # shown as red
        (b'{"title":"no level"}', True),
        (b'{"level":"red","title":"\\"level\\":\\"blue\\""}', True),
    ],
)
def test_that_what_is_not_plainly_yellow_or_blue_is_grave(payload, grave):
    assert is_grave(payload) is grave


def test_that_a_red_one_is_committed_before_what_waited_longer():
    batch = [*many(), told("r", "red")]
    first, rest = names(in_lanes(batch))
    assert first == ["r red"]
    assert rest == [one.name for one in batch[:-1]]


def test_that_the_order_within_one_alarm_stays():
    batch = [
        told("r", "blue", "raised"), *many(), told("r", "red", "worse"), *many("yellow"),
        told("r", "blue", "better"),
    ]  # fmt: skip
    first, rest = names(in_lanes(batch))
    assert first == ["raised", "worse", "better"]
    assert len(rest) == 2 * WORTH_IT


def test_that_a_few_messages_share_one_commit():
    batch = [told("a", "blue"), told("r", "red")]
    assert names(in_lanes(batch)) == [["a blue", "r red"]]


@pytest.mark.parametrize("level", ["blue", "red"])
def test_that_messages_of_one_lane_share_one_commit(level):
    assert len(in_lanes(many(level))) == 1


def test_that_grave_alarms_of_a_page_are_told_first_and_each_in_its_order():
    page = [
        event("raised", alarm("a", WarningLevel.BLUE, 1), 1),
        event("raised", alarm("b", WarningLevel.YELLOW, 1), 2),
        event("raised", alarm("c", WarningLevel.BLUE, 1), 3),
        event("level_changed", alarm("b", WarningLevel.ORANGE, 1), 4),
    ]
    assert [(one.alarm.alarm_id, one.seq) for one in grave_first(page)] == [
        ("b", 2), ("b", 4), ("a", 1), ("c", 3),
    ]  # fmt: skip
