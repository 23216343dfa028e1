"""Courses over time, as they were: open where nothing is known."""

from datetime import UTC, datetime
from itertools import pairwise
from math import sin

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from desktop.domain.cockpit.cockpit_file import PanelKind, Threshold
from desktop.domain.levels import WarningLevel
from tests.gui.cockpit.panel_room import (
    DESK,
    WALL,
    a_panel,
    brightest,
    move_on,
    picture,
    rim_is_empty,
    series,
    shown,
)
from views.cockpit.axes import time_ticks, value_ticks
from views.cockpit.courses import dashed, thinned
from views.cockpit.line_chart import labels_of
from widgets.theme import colour

FLOW, MUD = "river.flow_m3s", "river.turbidity_ntu"
BIG = (1300, 800)


def wave(count, middle=40.0):
    return tuple(middle + 8 * sin(n / 4) for n in range(count))


def line(*metrics, **fields):
    return a_panel(PanelKind.LINE, *metrics, hours=fields.pop("hours", 168), **fields)


def test_that_a_gap_is_not_drawn_over(qapp):
    past = list(wave(169))
    past[60:100] = [None] * 40
    panel = shown(line(FLOW), series(FLOW, 40, tuple(past)), size=BIG)
    image, frame = picture(panel), panel.frames[0]
    first = series(FLOW, 40, tuple(past)).start.timestamp()

    def ink(index):
        x = round(frame.x(first + index * 3600))
        top, bottom = round(frame.plot.top()) + 2, round(frame.plot.bottom()) - 4
        return brightest(image, x, top, x + 1, bottom)

    assert ink(30) > 200 and ink(140) > 200
    grid = colour("bg3").lightness()
    assert all(ink(index) <= grid + 6 for index in range(63, 97, 3))


def test_that_metrics_of_different_units_have_an_axis_each(qapp):
    one = shown(line(FLOW, MUD), series(FLOW, 40, wave(169)), series(MUD, 12, wave(169, 12)))
    picture(one)
    assert [frame.chart.unit for frame in one.frames] == ["m³/s", "NTU"]
    assert one.frames[0].plot.left() == one.frames[1].plot.left()
    assert one.frames[0].plot.bottom() <= one.frames[1].plot.top()
    same = shown(
        line("case.open", "case.overdue"), series("case.open", 40), series("case.overdue", 4)
    )
    picture(same)
    assert len(same.frames) == 1


def test_that_labels_at_the_ends_do_not_lie_on_each_other(qapp):
    names = ["case.open", "case.overdue", "case.filed", "case.handling", "case.checking",
             "case.suspended"]  # fmt: skip
    panel = shown(line(*names, hours=720), *(series(name, 40) for name in names), size=BIG)
    picture(panel)
    labels = labels_of(panel.frames[0], WALL)
    high = WALL.body_px
    assert len(labels) == 6
    assert all(b.top - a.top >= high for a, b in pairwise(labels))
    assert labels[0].top >= panel.body().top() and labels[-1].top + high <= panel.body().bottom()
    assert len({one.line.order for one in labels}) == 6


def test_that_a_stale_line_has_its_age_and_all_of_them_the_panel(qapp):
    told = (series(FLOW, 40, wave(169)), series(MUD, 12, wave(169, 12), age_s=7300))
    panel = shown(line(FLOW, MUD), *told)
    assert [one.standing.words for one in panel.state.lines] == ["", "停滞 2 h"]
    assert not panel.state.standing.is_stale
    both = shown(line(MUD), told[1])
    assert both.state.standing.words == "停滞 2 h" and "停滞 2 h" in both.accessibleName()


def test_that_no_data_says_so(qapp):
    panel = shown(line(FLOW, title="流量"), size=BIG)
    assert "没有数据" in panel.accessibleName()
    assert brightest(picture(panel), 300, 300, 1000, 600) > 120


def test_that_a_limit_too_far_away_is_told_in_words(qapp):
    limits = (
        Threshold(at=1000, level=WarningLevel.BLUE),
        Threshold(at=50, level=WarningLevel.BLUE),
    )
    near = shown(line(FLOW, thresholds=limits), series(FLOW, 40, wave(169)), size=BIG)
    picture(near)
    assert near.frames[0].low < 50 < near.frames[0].high < 1000
    far = shown(line(FLOW, thresholds=limits[:1]), series(FLOW, 40, wave(169)), size=BIG)
    picture(far)
    assert far.frames[0].outside == limits[:1]


def _moved(panel, x):
    at = QPointF(x, 300)
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(panel, event)


def test_that_a_desk_shows_the_sample_under_the_pointer_and_a_wall_none(qapp):
    told = series(FLOW, 40, wave(169))
    desk = shown(line(FLOW), told, scale=DESK, size=(700, 400), is_wall=False)
    before = picture(desk)
    _moved(desk, 300)
    assert (desk.pointed_s - told.start.timestamp()) % 3600 == 0
    assert picture(desk) != before
    wall = shown(line(FLOW), told, size=BIG)
    still = picture(wall)
    _moved(wall, 300)
    assert wall.pointed_s is None and picture(wall) == still


def test_that_a_second_without_news_repaints_nothing(qapp):
    panel = shown(line(FLOW), series(FLOW, 40, wave(169)), size=BIG)
    panel.show()
    QApplication.processEvents()
    before = panel.paints
    for _ in range(20):
        move_on(panel, 1.0)
        QApplication.processEvents()
    assert panel.paints == before
    panel.close()


@pytest.mark.parametrize("scale", [WALL, DESK])
@pytest.mark.parametrize("size", [(1300, 800), (700, 330), (420, 220), (260, 160)])
def test_that_nothing_runs_over_the_edge(qapp, scale, size):
    told = (series(FLOW, 1234.56, wave(169, 1200)), series(MUD, 12, wave(169, 12)))
    assert rim_is_empty(shown(line(FLOW, MUD), *told, scale=scale, size=size))


# ---- axes and courses -------------------------------------------------------------------------


def test_that_days_begin_at_midnight_of_the_city():
    start = datetime(2026, 7, 7, 2, 31, tzinfo=UTC).timestamp()
    ticks = time_ticks(start, start + 7 * 86_400, 8)
    assert [tick.text for tick in ticks] == [f"07-{day:02}" for day in range(8, 15)]
    assert all(datetime.fromtimestamp(tick.at, UTC).hour == 16 for tick in ticks)
    hours = time_ticks(start, start + 86_400, 4)
    assert [tick.text for tick in hours] == ["12:00", "18:00", "07-08", "06:00"]


@pytest.mark.parametrize(
    "low, high, texts",
    [
        (0.0, 100.0, ["0", "20", "40", "60", "80", "100"]),
        (0.301, 0.345, ["0.31", "0.32", "0.33", "0.34"]),
        (-3.0, 9.0, ["-2.5", "0.0", "2.5", "5.0", "7.5"]),
        (0.0, 4_000.0, ["0", "1,000", "2,000", "3,000", "4,000"]),
    ],
)
def test_that_marks_of_an_axis_are_round(low, high, texts):
    assert [tick.text for tick in value_ticks(low, high, 5)] == texts


def test_that_thinning_keeps_the_highest_and_the_lowest():
    run = tuple((float(n), 500.0 if n == 333 else -9.0 if n == 777 else 1.0) for n in range(2000))
    kept = thinned(run, 200, 2000)
    assert len(kept) <= 402
    assert {(333.0, 500.0), (777.0, -9.0), run[0], run[-1]} <= set(kept)


def test_that_dashes_follow_the_way_and_hide_no_peak():
    run = [(0.0, 0.0), (50.0, 0.0), (51.0, 300.0), (52.0, 0.0), (100.0, 0.0)]
    pieces = dashed(run, (10.0, 5.0))
    drawn = sum(abs(b[0] - a[0]) + abs(b[1] - a[1]) for piece in pieces for a, b in pairwise(piece))
    assert 0.6 < drawn / 700 < 0.72
    assert max(y for piece in pieces for _, y in piece) > 290
