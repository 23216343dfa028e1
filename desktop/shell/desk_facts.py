"""What the window shows right now, as the control socket's word `desk` tells it."""

from typing import Any

from PySide6.QtWidgets import QApplication, QPushButton

from desktop.context import RoomContext
from desktop.shell.main_window import MainWindow
from desktop.shell.red_frame import RedFrame
from desktop.shell.window_places import state_of


def desk_facts(window: MainWindow, room: RoomContext, safe: bool) -> dict[str, Any]:
    """GUI thread. Places are in logical pixels of the desktop."""
    listed = window.workstation.list.model.filter
    at = window.geometry()
    return {
        "safe": safe,
        "view": window.shown_view(),
        "selected_alarm": room.selection.alarm_id,
        "list_levels": sorted(level.value for level in listed.levels),
        "list_search": listed.words,
        "unacknowledged": sorted(room.alarms.waiting()),
        "window": {
            "screen": window.screen().name(),
            "state": state_of(window),
            "place": [at.x(), at.y(), at.width(), at.height()],
        },
        "walls": _walls(),
        "sound": {
            "condition": room.sound.condition.value,
            "silence_left_s": room.sound.silence_left_s,
            "red_waiting": room.sound.red_waiting,
            "cues": dict(room.sound.cues),
        },
        "frame_lit": any(frame.lit for frame in window.findChildren(RedFrame)),
        "buttons": _buttons(window),
        "notices": [[one.key, one.title, one.text] for one in window.notices.shown],
    }


def _walls() -> list[dict[str, Any]]:
    """The walls that stand on other monitors now."""
    found = [one for one in QApplication.topLevelWidgets() if one.objectName() == "wall_window"]
    places = [(one.screen().name(), one.geometry()) for one in found if one.isVisible()]
    return [
        {"screen": name, "place": [at.x(), at.y(), at.width(), at.height()]} for name, at in places
    ]


def _buttons(window: MainWindow) -> dict[str, list[int]]:
    """Words of each button in sight -> its middle on the desktop."""
    seen = [one for one in window.findChildren(QPushButton) if one.isVisible() and one.text()]
    middles = [(one.text(), one.mapToGlobal(one.rect().center())) for one in seen]
    return {words: [at.x(), at.y()] for words, at in middles}
