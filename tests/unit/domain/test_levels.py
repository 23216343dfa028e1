import msgspec
import pytest

from desktop.domain.levels import WarningLevel


def test_that_red_is_the_gravest_and_blue_the_least():
    assert sorted(WarningLevel, key=lambda level: level.rank) == [
        WarningLevel.RED,
        WarningLevel.ORANGE,
        WarningLevel.YELLOW,
        WarningLevel.BLUE,
    ]
    assert [level.rank for level in WarningLevel] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("wire", "roman", "glyph", "word"),
    [
        ("red", "Ⅰ", "特", "特别严重"),
        ("orange", "Ⅱ", "重", "严重"),
        ("yellow", "Ⅲ", "较", "较重"),
        ("blue", "Ⅳ", "般", "一般"),
    ],
)
def test_that_a_level_speaks_by_number_glyph_and_word(wire, roman, glyph, word):
    level = WarningLevel(wire)
    assert (level.roman, level.glyph, level.word) == (roman, glyph, word)


def test_that_a_level_nobody_knows_is_refused_on_the_wire():
    with pytest.raises(msgspec.ValidationError, match="purple"):
        msgspec.json.decode(b'"purple"', type=WarningLevel)
