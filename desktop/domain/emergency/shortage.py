"""Why a site does not get a crew, in words for the officer."""

from collections.abc import Mapping
from enum import StrEnum

SKILL_WORDS = {
    "pump": "抽排", "manhole": "井盖处置", "repair": "抢修", "light": "照明", "sweep": "清扫",
    "rescue": "抢险", "patrol": "巡查", "enforce": "执法", "flood": "防汛", "gas": "燃气处置",
    "close": "交通封控", "look": "无人机查看", "sprinkle": "洒水", "waste": "清运",
}  # fmt: skip
"""Where the plan gives no word."""


class Bar(StrEnum):
    """What keeps a crew of the right skill from a site."""

    SENT = "sent"
    RESERVE = "reserve"
    NO_WAY = "no_way"
    OLD = "old"
    NO_POSITION = "no_position"
    ELSEWHERE = "elsewhere"
    REFUSED = "refused"


_WORDS = {
    Bar.SENT: "已派往其他任务",
    Bar.RESERVE: "留作本区备勤",
    Bar.NO_WAY: "无路可通",
    Bar.OLD: "位置过旧",
    Bar.NO_POSITION: "位置未知",
    Bar.ELSEWHERE: "在途去往别处",
    Bar.REFUSED: "已谢绝或未应答",
}


def skill_word(skill: str, given: str = "") -> str:
    return given or SKILL_WORDS.get(skill, skill)


def missing(word: str, skill: str, bars: Mapping[Bar, int]) -> str:
    """`bars`: how many crews of this skill each reason keeps away."""
    crews = f"会{skill_word(skill, word)}的班组" if skill else "可派的班组"
    counts = [(bar, bars[bar]) for bar in Bar if bars.get(bar, 0) > 0]
    if not counts:
        return f"没有{crews}"
    total = sum(count for _, count in counts)
    if len(counts) == 1:
        return f"{crews} {total} 个都{_WORDS[counts[0][0]]}"
    return f"{crews} {total} 个：" + "、".join(f"{n} 个{_WORDS[bar]}" for bar, n in counts)
