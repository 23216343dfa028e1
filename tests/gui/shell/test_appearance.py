"""Text size and theme change while the window stands."""

import argparse

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.shell.appearance import Appearance
from desktop.shell.scaling import TextScale
from tests.gui.driving import until
from widgets import theme
from widgets.plain_label import PlainLabel


class FakeScale:
    works_now = True

    def __init__(self) -> None:
        self.applied: list[int] = []

    def apply(self, percent: int) -> None:
        self.applied.append(percent)


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.setMinimumSize(400, 300)
    QVBoxLayout(made).addWidget(PlainLabel("下穿通道积水", 16))
    made.setGeometry(0, 0, 1200, 720)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def look(window, room):
    dressed = []
    made = Appearance(window, room.preferences, FakeScale(), lambda: dressed.append(1))
    made.dressed = dressed
    made.start()
    yield made
    theme.use("dark")


def test_that_text_grows_in_steps_between_its_bounds(look, room):
    for _ in range(8):
        look.text_larger()
    assert room.preferences.get("text_scale_percent") == 150
    look.text_smaller()
    look.text_normal()
    assert look._scale.applied == [100, 110, 120, 130, 140, 150, 140, 100]


def test_that_a_text_size_kept_from_before_is_measured_only_once(window, room):
    """It is applied when it is loaded, and the screen is counted in its larger points then."""
    made = Appearance(window, room.preferences, FakeScale(), lambda: None)
    told = []
    made.told.connect(lambda title, text: told.append(text))
    room.preferences.set("text_scale_percent", 150)
    window.setMinimumSize(window.screen().availableSize() / 1.2)  # as 1.8 of 100 % would be
    made.start()
    assert (made._scale.applied, told) == ([150, 150], [])


def test_that_a_small_screen_bounds_the_text_and_says_so(look, room, window):
    told = []
    look.told.connect(lambda title, text: told.append(text))
    least = window.screen().availableSize() / 1.2
    window.setMinimumSize(least)
    room.preferences.set("text_scale_percent", 150)
    assert look._scale.applied[-1] == 120
    assert "120 %" in told[-1]


def test_that_the_theme_is_switched_once_for_all(look, room):
    look.toggle_theme()
    assert (theme.in_force(), room.preferences.get("theme")) == ("light", "light")
    room.preferences.set("theme", "light")
    assert look.dressed == [1]
    look.toggle_theme()
    assert theme.in_force() == "dark"


def test_that_a_real_window_keeps_its_place_while_everything_in_it_grows(run, window):
    scale = TextScale()
    assert scale.works_now

    async def work():
        at, ratio = window.geometry(), window.devicePixelRatioF()
        try:
            scale.apply(150)
            await until(lambda: window.devicePixelRatioF() == pytest.approx(1.5 * ratio))
            await until(lambda: window.geometry().width() == 800)
            assert window.geometry().height() == 480
        finally:
            scale.apply(100)
            await until(lambda: window.devicePixelRatioF() == ratio and window.geometry() == at)
            await until(lambda: not scale._settling.isActive())

    run(work())


def test_that_a_missing_chinese_font_is_told_in_letters_that_there_are(qapp, monkeypatch):
    from desktop.shell.app import _banner

    monkeypatch.setattr(theme, "FONT_FAMILY", "No Such Font")
    words = _banner(argparse.Namespace(safe=False, standin=False))
    assert "no Chinese font" in words and "fonts-noto-cjk" in words
