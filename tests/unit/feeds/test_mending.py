"""A platform that is newer than this desk: its alarms are alarms."""

import json
from typing import Any

import pytest

from desktop.domain.alarms import Condition, Quality, Suppression
from desktop.domain.levels import WarningLevel
from desktop.feeds.mending import MendedEvent, read_alarm, read_event
from desktop.feeds.wire import DecodeError

AT = "2026-07-14T16:42:31.000+08:00"


def facts(**more: Any) -> dict[str, Any]:
    alarm = {"alarm_id": "a", "revision": 1, "epoch": "e", "seq": 1, "class_id": "pump",
             "level": "blue", "condition": "active", "title": "泵站", "raised_at": AT,
             "updated_at": AT, "detail": "一号泵"}  # fmt: skip
    return {"epoch": "e", "seq": 1, "kind": "raised", "at": AT, "alarm": alarm | more}


def without(*names: str) -> dict[str, Any]:
    event = facts()
    for name in names:
        del event["alarm"][name]
    return event


def read(event: dict[str, Any]):
    return read_event(json.dumps(event).encode())


def test_that_an_honest_event_is_as_it_came():
    event = read(facts())
    assert not isinstance(event, MendedEvent)
    assert event.alarm.detail == "一号泵"


def test_that_an_unknown_level_is_shown_as_red_and_said():
    event = read(facts(level="purple"))
    assert event.alarm.level is WarningLevel.RED
    assert event.strange == ("alarm.level=purple",)
    assert event.alarm.detail.startswith("平台数据与约定不符：级别“purple”；级别不明，按红色显示")
    assert event.alarm.detail.endswith("一号泵")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("condition", Condition.ACTIVE),
        ("suppression", Suppression.NONE),
        ("quality", Quality.STALE),
        ("peak_level", None),
    ],
)
def test_that_an_unknown_word_hides_no_alarm(name: str, safe: object):
    alarm = read(facts(**{name: "new-word"})).alarm
    assert getattr(alarm, name) == safe
    assert (alarm.level, alarm.is_open) == (WarningLevel.BLUE, True)
    assert "new-word" in alarm.detail and "红色" not in alarm.detail


@pytest.mark.parametrize("name", ["class_id", "level", "condition", "title", "raised_at"])
def test_that_a_missing_field_costs_not_the_row(name: str):
    event = read(without(name))
    assert event.alarm.alarm_id == "a"
    assert event.strange == (f"alarm.{name}（缺）",)
    assert event.alarm.raised_at == event.at


def test_that_a_renamed_field_is_a_missing_one():
    event = facts(severity="orange")
    del event["alarm"]["level"]
    assert read(event).alarm.level is WarningLevel.RED


@pytest.mark.parametrize("name", ["alarm_id", "revision", "epoch", "seq"])
def test_that_an_alarm_without_its_identity_is_refused(name: str):
    with pytest.raises(DecodeError, match=name):
        read(without(name))


@pytest.mark.parametrize("wrong", [{"level": None}, {"level": 7}, {"title": 7}, {"value": "x"}])
def test_that_a_value_of_a_wrong_type_is_refused(wrong: dict[str, Any]):
    with pytest.raises(DecodeError):
        read(facts(**wrong))


def test_that_an_item_of_the_open_list_is_mended_as_well():
    alarm = read_alarm(json.dumps(facts(level="purple")["alarm"]).encode())
    assert alarm.level is WarningLevel.RED and "purple" in alarm.detail
