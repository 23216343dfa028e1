"""Where a window comes back, on the screens that are there today."""

import msgspec
import pytest
from PySide6.QtCore import QRect

from desktop.domain.monitors import ScreenId
from desktop.shell.window_places import Room, WindowPlace, choose_room, is_lost, rect_in

LEFT = Room(ScreenId("DP-1", "A1"), 0, 0, 1920, 1080)
RIGHT = Room(ScreenId("DP-2", "B2"), 1920, 0, 3840, 2160)
LEAST = (1100, 620)


def place(screen: ScreenId, **changes) -> WindowPlace:
    return msgspec.structs.replace(WindowPlace(screen, 0.0, 0.0, 1.0, 1.0), **changes)


def test_that_a_window_comes_back_on_its_screen():
    assert choose_room(place(ScreenId("DP-2", "B2")), [LEFT, RIGHT]) == (RIGHT, True)


def test_that_a_screen_on_another_plug_is_known_by_its_serial():
    assert choose_room(place(ScreenId("HDMI-1", "B2")), [LEFT, RIGHT]) == (RIGHT, True)


def test_that_two_screens_with_the_same_serial_are_told_by_name():
    twins = [Room(ScreenId(name, "000"), x, 0, 1920, 1080) for name, x in (("a", 0), ("b", 1920))]
    assert choose_room(place(ScreenId("b", "000")), twins)[0].x == 1920


def test_that_a_screen_without_a_serial_is_known_by_its_name():
    rooms = [LEFT, Room(ScreenId("DP-3"), 1920, 0, 1280, 1024)]
    assert choose_room(place(ScreenId("DP-3")), rooms) == (rooms[1], True)


def test_that_a_screen_that_is_gone_gives_the_primary_and_says_so():
    assert choose_room(place(ScreenId("DP-9", "Z")), [LEFT, RIGHT]) == (LEFT, False)


def test_that_shares_hold_on_another_resolution():
    half = place(RIGHT.screen, x=0.5, y=0.25, width=0.5, height=0.5)
    assert rect_in(half, RIGHT, LEAST) == (3840, 540, 1920, 1080)
    smaller = Room(RIGHT.screen, 1920, 0, 2560, 1440)
    assert rect_in(half, smaller, LEAST) == (3200, 360, 1280, 720)


def test_that_a_window_is_never_outside_nor_smaller_than_it_can_be():
    odd = place(LEFT.screen, x=0.9, y=-0.4, width=0.1, height=0.1)
    assert rect_in(odd, LEFT, LEAST) == (820, 0, 1100, 620)
    tiny = Room(LEFT.screen, 0, 0, 1024, 600)
    assert rect_in(place(LEFT.screen), tiny, LEAST) == (0, 0, 1024, 600)


@pytest.mark.parametrize(
    ("window", "lost"),
    [
        ((100, 100, 1400, 850), False),
        ((1850, 100, 1400, 850), True),  # a strip at the edge, with nothing to take hold of
        ((1700, 100, 1400, 850), False),
        ((100, 1070, 1400, 850), True),
        ((100, -800, 1400, 850), True),  # its foot is seen, its title is not
        ((2100, 60, 1400, 850), True),
    ],
)
def test_that_a_window_is_lost_when_its_upper_edge_cannot_be_taken_hold_of(window, lost):
    assert is_lost(QRect(*window), [QRect(0, 0, 1920, 1080)]) is lost
