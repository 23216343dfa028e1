import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from views.emergency.hold_bar import HoldBar


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def bar(qtbot, seconds) -> HoldBar:
    bar = HoldBar("按住 2 秒 发起", now_s=seconds)
    qtbot.addWidget(bar)
    bar.resize(300, 96)
    bar.show()
    bar.acts = []
    bar.held.connect(lambda: bar.acts.append(seconds.now))
    return bar


def press(bar):
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(50, 40))


def release(bar):
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(50, 40))


def test_that_one_point_nine_seconds_do_nothing(bar, seconds):
    press(bar)
    seconds.now += 1.9
    bar.look()
    assert "1.9 / 2.0" in bar.text
    release(bar)
    seconds.now += 5
    bar.look()
    assert bar.acts == [] and bar.share == 0


def test_that_two_seconds_act_once_however_long_it_is_held(bar, seconds):
    press(bar)
    for _ in range(40):
        seconds.now += 0.1
        bar.look()
    release(bar)
    assert len(bar.acts) == 1


def test_that_a_hold_that_ends_between_two_frames_acts(bar, seconds):
    press(bar)
    seconds.now += 2.0
    release(bar)
    assert len(bar.acts) == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_that_a_held_key_acts_as_a_held_mouse(bar, seconds, key):
    QTest.keyPress(bar, key)
    seconds.now += 1.0
    bar.look()
    assert bar.share == 0.5
    seconds.now += 1.0
    bar.look()
    QTest.keyRelease(bar, key)
    assert len(bar.acts) == 1
    QTest.keyClick(bar, key)
    assert len(bar.acts) == 1


def test_that_leaving_the_bar_with_the_mouse_cancels(bar, seconds):
    press(bar)
    seconds.now += 1.5
    QTest.mouseMove(bar, QPoint(50, 300))
    bar.mouseMoveEvent(moved(QPoint(50, 300)))
    seconds.now += 1.5
    bar.look()
    release(bar)
    assert bar.acts == []


def moved(at: QPoint):
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    return QMouseEvent(
        QEvent.Type.MouseMove, QPointF(at), QPointF(at), Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip


def test_that_a_bar_with_a_reason_cannot_be_held_and_says_it(bar, seconds):
    bar.tell("发起", "值班员无权起草响应")
    press(bar)
    seconds.now += 3
    bar.look()
    release(bar)
    assert bar.acts == []
    assert "无权" in bar.accessibleDescription()


def test_that_a_reason_that_comes_while_it_is_held_stops_it(bar, seconds):
    press(bar)
    seconds.now += 1.9
    bar.tell("发起", "接口中断")
    seconds.now += 1
    bar.look()
    release(bar)
    assert bar.acts == []


def test_that_the_words_are_painted_in_two_colours_at_the_edge_of_the_fill(bar, seconds):
    from widgets.theme import colour

    press(bar)
    seconds.now += 1.0
    image = bar.grab().toImage()
    y = image.height() // 8
    left = image.pixelColor(image.width() // 4, y)
    right = image.pixelColor(image.width() * 3 // 4, y)
    assert left == colour("text") and right == colour("bg0")
    release(bar)
