"""Painted widgets: what they show can be told from each other, also without colour."""

from datetime import timedelta
from itertools import combinations, pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from desktop.domain.levels import WarningLevel
from tests.gui.fake_room import NOW
from widgets import theme
from widgets.icons import icon, pixmap
from widgets.level_badge import LevelLook, paint_level
from widgets.plain_label import ElidedLabel, PlainLabel, WrappedLabel, plain_tip
from widgets.status_light import LightCondition, LightState, StatusLight
from widgets.timeline import Timeline, TimelineGap, TimelineMark
from widgets.times import age_text, hh_mm_ss, short_age_text
from widgets.trend_chart import Trend, TrendChart, TrendForecast, TrendLine


def grey(image: QImage) -> np.ndarray:
    flat = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(flat.constBits(), np.uint8).reshape(flat.height(), flat.bytesPerLine())
    return rows[:, : flat.width()].astype(int)


def painted(level: WarningLevel, look: LevelLook, size_px: int = 28) -> QImage:
    image = QImage(size_px + 8, size_px + 8, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(theme.colour("bg1"))
    painter = QPainter(image)
    paint_level(painter, QRectF(4, 4, size_px, size_px), level, look)
    painter.end()
    return image


@pytest.mark.parametrize("size_px", [14, 28, 44])
def test_that_levels_differ_in_grey(qapp, size_px):
    for one, other in combinations(WarningLevel, 2):
        a, b = (grey(painted(level, LevelLook.FILLED, size_px)) for level in (one, other))
        assert (abs(a - b) > 24).sum() > size_px / 2


def test_that_looks_of_one_level_differ_in_grey(qapp):
    for one, other in combinations(LevelLook, 2):
        a, b = (grey(painted(WarningLevel.ORANGE, look)) for look in (one, other))
        assert (abs(a - b) > 40).sum() > 8, (one, other)


def test_that_conditions_of_a_light_differ_in_grey(qtbot):
    images = []
    for condition in LightCondition:
        light = StatusLight("实时")
        qtbot.addWidget(light)
        light.show_state(LightState(condition, "字", "", ""))
        light.resize(light.sizeHint())
        images.append(grey(light.grab().toImage()))
    for a, b in pairwise(images):
        assert a.shape != b.shape or (abs(a - b) > 24).sum() > 6


def test_that_a_light_is_pressed_by_pointer_and_key(qtbot):
    light = StatusLight("实时")
    qtbot.addWidget(light)
    with qtbot.waitSignal(light.pressed):
        qtbot.mouseClick(light, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(light.pressed):
        qtbot.keyClick(light, Qt.Key.Key_Return)


def test_that_an_icon_takes_its_token(qapp):
    image = pixmap("close", "stale", 24).toImage()
    colours = {
        image.pixelColor(x, y).name() for x in range(24) for y in range(24)
        if image.pixelColor(x, y).alpha() == 255
    }  # fmt: skip
    assert colours == {theme.colour("stale").name()}
    assert not icon("close").isNull()


def test_that_an_unknown_icon_is_an_error(qapp):
    with pytest.raises(FileNotFoundError):
        pixmap("no-such-icon")


def test_that_every_token_of_the_stylesheet_is_known():
    sheet = theme.stylesheet()
    assert "@" not in sheet and theme.tokens()["selection"] in sheet


def test_that_a_label_and_its_tip_never_read_markup(qtbot):
    label = ElidedLabel("<b>很长的一行文字，一定会被截断</b>")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.is_cut() and "&lt;b&gt;" in label.toolTip()
    label.resize(600, 20)
    assert label.toolTip() == ""
    assert plain_tip("") == "" and "<br>" in plain_tip("a\nb")
    plain = PlainLabel()
    qtbot.addWidget(plain)
    plain.setToolTip("<i>x</i>")
    assert "&lt;i&gt;" in plain.toolTip()


@pytest.mark.parametrize(
    ("age_s", "text"),
    [(-3, "0 s"), (0.4, "0 s"), (59.9, "59 s"), (60, "1 min"), (3600, "1 h"), (90_000, "1 d")],
)
def test_that_an_age_is_one_figure_and_its_unit(age_s, text):
    assert age_text(age_s) == text


def test_that_times_are_the_citys():
    assert hh_mm_ss(NOW) == "03:12:05"
    assert short_age_text(0.84) == "0.8 s" and short_age_text(12.4) == "12 s"


def marks(*minutes: float, level: WarningLevel = WarningLevel.BLUE) -> list[TimelineMark]:
    return [
        TimelineMark(f"m{m}", NOW - timedelta(minutes=m), level, LevelLook.FILLED, "题")
        for m in minutes
    ]


@pytest.fixture
def strip(qtbot):
    made = Timeline()
    qtbot.addWidget(made)
    made.resize(1180, 80)
    made.show()
    return made


def test_that_marks_that_would_cover_each_other_are_one_with_the_gravest_first(strip):
    strip.show_strip(NOW, marks(60, 61) + marks(62, level=WarningLevel.RED) + marks(300), ())
    groups = strip.mark_groups()
    assert [len(members) for _, members in groups] == [1, 3]
    assert groups[1][1][0].level is WarningLevel.RED


def test_that_older_marks_than_the_strip_are_left_out(strip):
    strip.show_strip(NOW, marks(13 * 60), ())
    assert strip.mark_groups() == []


@pytest.mark.parametrize(("width_px", "hours"), [(1180, 1), (460, 2), (380, 3), (200, 4)])
def test_that_a_narrow_strip_names_fewer_hours(strip, width_px, hours):
    strip.resize(width_px, 80)
    assert strip.hours_between_words() == hours


def test_that_words_of_two_breaks_close_together_do_not_cover_each_other(strip):
    old, new = (
        TimelineGap(NOW - timedelta(minutes=start), NOW - timedelta(minutes=start - 1), text)
        for start, text in ((9, "缺口 60 s 已接回"), (4, "缺口 59 s 已接回"))
    )
    far = TimelineGap(NOW - timedelta(hours=6), NOW - timedelta(hours=5), "缺口 1 h 已接回")
    strip.show_strip(NOW, [], [], [far, old, new], None)
    assert [gap for gap, _ in strip.gap_labels(strip.fontMetrics())] == [new, far]


def test_that_a_press_on_a_mark_chooses_its_alarm(strip, qtbot):
    strip.show_strip(NOW, marks(60), [(NOW - timedelta(minutes=60), 12)])
    x, members = strip.mark_groups()[0]
    with qtbot.waitSignal(strip.alarm_chosen) as caught:
        place = QPointF(x, 16).toPoint()
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=place)
    assert caught.args == [members[0].alarm_id]


def course(*minutes_before: float):
    return [(NOW - timedelta(minutes=m), 10.0 + m) for m in minutes_before]


def trend(points, **more) -> Trend:
    lines = [TrendLine(WarningLevel.RED, 50, "50"), TrendLine(WarningLevel.BLUE, 5, "5")]
    return Trend(points, NOW, lines, **more)


def test_that_full_stale_and_empty_courses_look_different(qtbot):
    goal = TrendForecast(NOW + timedelta(minutes=16), 50)
    images = []
    for shown in (
        trend(course(30, 20, 10, 0), forecast=goal),
        trend(course(30, 20, 10), stale=True),
        trend((), empty_text="近 60 min 没有读数"),
    ):
        chart = TrendChart()
        qtbot.addWidget(chart)
        chart.resize(288, 188)
        chart.show_trend(shown)
        images.append(grey(chart.grab().toImage()))
    for one, other in combinations(images, 2):
        assert (abs(one - other) > 24).sum() > 200


def test_that_a_pause_is_a_gap_and_not_a_line(qapp):
    from widgets.trend_chart import _Scale

    scale = _Scale(trend(course(50, 49, 48, 10, 9, 8)), QRectF(0, 0, 252, 150))
    assert [len(piece) for piece in scale.pieces()] == [3, 3]
    assert len(scale.gaps()) == 1


def test_that_a_course_older_than_the_window_is_left_out(qapp):
    from widgets.trend_chart import _Scale

    assert _Scale(trend(course(90, 80)), QRectF(0, 0, 252, 150)).shown == []


@pytest.mark.parametrize("text", ["短", "很长的一行" * 12, "🚨" * 60, "无空格" * 400, ""])
def test_that_a_wrapped_label_has_two_lines_at_most_and_loses_no_character(qtbot, text):
    label = WrappedLabel(text)
    qtbot.addWidget(label)
    label.resize(200, 20)
    label.show()
    lines = label._lines(200)
    assert len(lines) <= 2 and "".join(lines) == text
    assert label.height() == label.fontMetrics().lineSpacing() * len(lines)
    assert label.is_cut() is bool(label.toolTip())
