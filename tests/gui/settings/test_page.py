"""The settings page shows what stands and sets what is pressed."""

import pytest
from PySide6.QtWidgets import QPushButton, QToolButton

from desktop.stores.sound_state import SoundCondition
from tests.gui.driving import room
from views import settings
from widgets.plain_label import PlainLabel

__all__ = ["room"]


@pytest.fixture
def page(qtbot, room):
    made = settings.build(room)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    return made


def press(page, words: str) -> None:
    buttons = [*page.findChildren(QToolButton), *page.findChildren(QPushButton)]
    next(one for one in buttons if one.text() == words).click()


def texts(page) -> str:
    return "\n".join(label.text() for label in page.findChildren(PlainLabel))


def test_that_what_is_pressed_is_set_and_what_was_set_elsewhere_is_shown(page, room):
    press(page, "130 %")
    press(page, "日间（浅色）")
    press(page, "10 分钟")
    keys = ("text_scale_percent", "theme", "lock_after_min")
    assert [room.preferences.get(key) for key in keys] == [130, "light", 10]
    room.preferences.set("text_scale_percent", 150)
    assert page.text.value() == 150


def test_that_the_volume_can_be_tried_and_the_day_is_noted(page, room):
    tried = []
    room.sound.try_out_asked.connect(tried.append)
    room.sound.report(SoundCondition.READY, "扬声器", 0, False)
    page.sound.slider.setValue(35)
    press(page, "试听红色")
    assert (room.preferences.get("volume_percent"), tried) == (35, ["red"])
    assert room.preferences.get("sound_tested_on") == "2026-07-18 03:12"
    assert "输出到 扬声器" in texts(page)


def test_that_a_mute_desk_notes_no_test(page, room):
    room.sound.report(SoundCondition.NO_DEVICE, "", 0, False)
    press(page, "试听红色")
    assert room.preferences.get("sound_tested_on") == ""
    assert "本台无声" in texts(page)


def test_that_the_page_gives_its_first_values_back(page, room):
    press(page, "150 %")
    page.sound.slider.setValue(5)
    press(page, "恢复本页默认值")
    assert room.preferences.get("text_scale_percent") == 100
    assert page.sound.slider.value() == 70
