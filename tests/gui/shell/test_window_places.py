"""A window whose monitor goes, also right after a start."""

import asyncio

import msgspec
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.shell import window_places
from desktop.shell.window_places import ScreenId, WindowPlace, WindowPlaces


class Kept:
    def __init__(self, place: WindowPlace) -> None:
        self.place = msgspec.json.encode(place).decode()

    async def ask(self, _question, _without):
        return self.place

    def write(self, _change) -> None:
        raise AssertionError("nothing has moved")


def test_that_a_monitor_that_goes_before_anything_was_kept_is_told(qtbot, monkeypatch):
    room = window_places._room(QGuiApplication.primaryScreen())
    window = QWidget()
    qtbot.addWidget(window)
    places = WindowPlaces(window, Kept(WindowPlace(room.screen, 0.1, 0.1, 0.5, 0.5)))
    told: list[tuple[str, str]] = []
    places.told.connect(lambda title, text: told.append((title, text)))
    asyncio.run(places.restore())
    window.show()
    places._save.stop()
    other = msgspec.structs.replace(room, screen=ScreenId("another"))
    monkeypatch.setattr(window_places, "_room", lambda _screen: other)
    places._look_at_screens()
    assert [title for title, _ in told] == ["显示器不在"]
