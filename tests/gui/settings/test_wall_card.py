"""Type of the cockpits' wall: computed, kept, and shown on a card."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.monitors import Monitor, ScreenId
from desktop.domain.wall_type import wall_sizes
from tests.gui.driving import room
from views.settings.wall_card import WallCard

__all__ = ["room"]

WALL = Monitor(ScreenId("W"), 0, 0, 1920, 1080, 2)


@pytest.fixture
def card(room, qtbot) -> WallCard:
    made = WallCard(room)
    qtbot.addWidget(made)
    return made


def test_that_sizes_are_those_of_the_table_of_walls():
    assert wall_sizes(0.63, 4.0) == (37, 46, 55)
    assert wall_sizes(1.25, 4.0) == (19, 23, 28)


def test_that_pitch_and_distance_are_kept_and_told_with_their_sizes(card, room):
    card.pitch.setValue(1.25)
    assert room.preferences.get("cockpit_pitch_mm") == 1.25
    assert "中文 23 px" in card.told.text()
    room.preferences.set("cockpit_distance_m", 8.0)
    assert card.distance.value() == 8.0
    assert "中文 47 px" in card.told.text()


def test_that_a_monitor_without_room_for_such_type_is_named(card, room):
    room.screens.show_monitors([WALL])
    room.preferences.set("cockpit_distance_m", 6.0)
    assert "屏 2 放不下" in card.told.text()


def test_that_the_card_shows_every_size_and_goes_with_a_key(card, qtbot):
    card.show_card(WALL)
    shown = card.card
    assert shown is not None
    assert [px for _, px in shown.lines()][:3] == [55, 46, 37]
    qtbot.waitExposed(shown)
    QTest.keyClick(shown, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: card.card is None)
