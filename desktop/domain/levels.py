"""The four warning levels and the words that go with them."""

from enum import StrEnum


class WarningLevel(StrEnum):
    """Ⅰ-Ⅳ as 红橙黄蓝.

    Source: 突发事件应对法 (one red to four blue); wire names of `Alarm.level`.
    """

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    BLUE = "blue"

    @property
    def rank(self) -> int:
        """1 for Ⅰ (red) to 4 for Ⅳ (blue): the smaller, the graver."""
        return _RANKS[self]

    @property
    def roman(self) -> str:
        return "ⅠⅡⅢⅣ"[self.rank - 1]

    @property
    def glyph(self) -> str:
        """The one character drawn inside the level's shape."""
        return "特重较般"[self.rank - 1]

    @property
    def word(self) -> str:
        """The word of a 预警 level (an 事件 level reads otherwise)."""
        return ("特别严重", "严重", "较重", "一般")[self.rank - 1]


_RANKS = {level: index for index, level in enumerate(WarningLevel, start=1)}
