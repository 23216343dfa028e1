"""Windows of tests: real parts, with a plain page where map and pictures would stand."""

from typing import TypeVar

from PySide6.QtWidgets import QWidget

from desktop.context import RoomContext, ViewSpec
from desktop.domain.alarms import Alarm
from desktop.shell.main_window import MainWindow
from views import alarm_desk
from widgets.empty_state import EmptyState

MAP = ViewSpec("map", "地图", "map-outline.svg", lambda room: EmptyState("map-outline", "地图"))
VIDEO = ViewSpec("video", "视频", "cctv.svg", lambda room: EmptyState("cctv", "视频"))
DESK_VIEWS = (alarm_desk.VIEW, MAP, VIDEO)
FULL_HD = (1920, 1080)
AnyWidget = TypeVar("AnyWidget", bound=QWidget)


def put_alarms(room: RoomContext, *alarms: Alarm) -> None:
    """They are open, and the desk has been told."""
    for one in alarms:
        room.alarms.put(one.alarm_id, one)
    room.alarms.flush()


def exposed(qtbot, window: AnyWidget, size_px: tuple[int, int] = FULL_HD) -> AnyWidget:
    """On the screen, and ended with the test."""
    qtbot.addWidget(window)
    window.resize(*size_px)
    window.show()
    qtbot.waitExposed(window)
    return window


def activated(qtbot, window: MainWindow, size_px: tuple[int, int] = FULL_HD) -> MainWindow:
    """On the screen with the keyboard."""
    exposed(qtbot, window, size_px)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window
