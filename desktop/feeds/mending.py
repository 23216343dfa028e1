"""An alarm whose platform uses words that this version does not know is still an alarm.

Only what an alarm says about itself is mended, and to the side that hides nothing; who it is
(ids, epoch, seq, revision) and values of a wrong type are refused as before.
"""

from enum import StrEnum
from typing import Any

import msgspec

from desktop.domain.alarms import (
    Alarm,
    AlarmEvent,
    Condition,
    Flow,
    Origin,
    Quality,
    Suppression,
    Verification,
)
from desktop.domain.levels import WarningLevel
from desktop.feeds.wire import DecodeError, clean_message, strict_decoder, typed

MAX_WORD_CHARS = 40
_MENDABLE = ("Invalid enum value", "Object missing required field")
_WORDS: dict[str, tuple[type[StrEnum], str | None]] = {  # None: the field's own default
    "level": (WarningLevel, WarningLevel.RED),  # nobody may overlook it
    "peak_level": (WarningLevel, None),
    "condition": (Condition, Condition.ACTIVE),
    "suppression": (Suppression, Suppression.NONE),
    "flow": (Flow, None),
    "verification": (Verification, None),
    "quality": (Quality, Quality.STALE),
    "origin": (Origin, None),
}
_NEEDED = {"class_id": "", "title": "（平台未给标题）", "level": "red", "condition": "active"}
_TIMES = ("raised_at", "updated_at")
_NAMES = {"level": "级别", "peak_level": "最高级别", "condition": "状态", "suppression": "屏蔽状态",
          "flow": "处置阶段", "verification": "核验", "quality": "数据质量", "origin": "来源",
          "class_id": "类型", "title": "标题", "raised_at": "触发时间",
          "updated_at": "更新时间"}  # fmt: skip

_decode_object = msgspec.json.Decoder(dict[str, Any]).decode
strict_event = strict_decoder(AlarmEvent)
strict_alarm = strict_decoder(Alarm)


class MendedEvent(AlarmEvent, frozen=True):
    """`strange`: unknown words and missing fields, as `alarm.level=purple`."""

    strange: tuple[str, ...] = ()


def read_event(payload: bytes) -> AlarmEvent:
    """JSON of one AlarmEvent, a MendedEvent where it was not as agreed. Raises DecodeError."""
    try:
        return strict_event(payload)
    except DecodeError as error:
        facts = _mendable(payload, error)
    if not isinstance(facts.get("alarm"), dict):
        return strict_event(payload)
    strange = tuple(f"alarm.{name}" for name in mend(facts["alarm"], facts.get("at")))
    event = strict_event(msgspec.json.encode(facts))
    return MendedEvent(event.epoch, event.seq, event.kind, event.at, event.alarm, strange)


def read_alarm(payload: bytes) -> Alarm:
    """JSON of one Alarm, an item of GET /alarms. Raises DecodeError."""
    try:
        return strict_alarm(payload)
    except DecodeError as error:
        facts = _mendable(payload, error)
    mend(facts, facts.get("updated_at"))
    return strict_alarm(msgspec.json.encode(facts))


def _mendable(payload: bytes, error: DecodeError) -> dict[str, Any]:
    """The message taken apart. Raises `error` where nothing can be mended."""
    if not error.reason.startswith(_MENDABLE):
        raise error
    return typed(_decode_object, clean_message(payload))


def mend(alarm: dict[str, Any], at: object) -> list[str]:
    """Changes `alarm` in place; gives what was strange. `at` stands for a missing time."""
    strange, told = _mend_words(alarm), list[str]()
    told += [f"{_NAMES[name]}“{word}”" for name, word in strange.items()]
    missing = [name for name in (*_NEEDED, *_TIMES) if name not in alarm]
    for name in missing:
        alarm[name] = _NEEDED.get(name, at)
        told.append(f"{_NAMES[name]}缺失")
    as_red = "；级别不明，按红色显示" if "level" in {*strange, *missing} else ""
    first = f"平台数据与约定不符：{'、'.join(told)}{as_red}"
    alarm["detail"] = f"{first}\n{alarm.get('detail') or ''}".strip()
    return [f"{name}={word}" for name, word in strange.items()] + [f"{n}（缺）" for n in missing]


def _mend_words(alarm: dict[str, Any]) -> dict[str, str]:
    strange: dict[str, str] = {}
    for name, (kind, safe) in _WORDS.items():
        word = alarm.get(name)
        if not isinstance(word, str) or word in {member.value for member in kind}:
            continue
        strange[name] = word[:MAX_WORD_CHARS]
        if safe is None:
            del alarm[name]
        else:
            alarm[name] = safe
    return strange
