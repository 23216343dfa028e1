"""The light of a case's limit, as it is read."""

import pytest

from desktop.domain.assessment.case_clock import LimitUse
from views.scoreboard.limit_bar import LimitBar

DAY = 7.5 * 3600


@pytest.mark.parametrize(
    "use, words",
    [
        (LimitUse(0.5, 3600, DAY, True), "● 绿灯 · 已用 50% · 余 1 h 0 min"),
        (LimitUse(0.9, 1800, DAY, True), "▲ 黄灯，已过 80% · 已用 90% · 余 30 min"),
        (LimitUse(1.2, -DAY - 3600, DAY, True), "■ 红灯，已超时限 · 已用 120% · 超 1 d 1 h"),
        (LimitUse(1.2, -600, DAY, False), "■ 红灯，已超时限 · 已用 120% · 超 10 min 办结"),
        (LimitUse(reason="节假日表没有 2031 年"), "时限不能计算：节假日表没有 2031 年"),
    ],
)
def test_that_the_light_has_shape_and_word(qapp, use, words):
    bar = LimitBar()
    bar.show_use(use)
    assert bar.words() == words and bar.accessibleName() == words
    bar.resize(400, bar.height())
    assert not bar.grab().isNull()


def test_that_marks_stand_at_80_and_100(qapp):
    """Where they are drawn, the ground is not the bar's."""
    bar = LimitBar()
    bar.show_use(LimitUse(0.0, 1, DAY, True))
    bar.resize(500, bar.height())
    image = bar.grab().toImage()
    row = [image.pixelColor(x, 37).name() for x in range(500)]
    drawn = [x for x in range(1, 500) if row[x] != row[0]]
    assert {min(drawn) // 2 * 2, max(drawn) // 2 * 2} <= {318, 320, 398, 400}


def test_that_a_case_without_a_limit_shows_none(qapp):
    bar = LimitBar()
    bar.show_use(None)
    assert bar.words() == "" and bar.isHidden()
