"""What the operator had before: page, filter, selection, held pictures; back after a restart."""

from typing import Any

from PySide6.QtCore import QObject, QTimer

from desktop.context import RoomContext
from desktop.domain.levels import WarningLevel
from desktop.shell.main_window import MainWindow
from views.video_wall import NearestTiles

NOTE_EVERY_MS = 1_000


class WorkPlace(QObject):
    """Notes once a second what has changed; gives back once, when the alarms are there."""

    def __init__(self, room: RoomContext, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._room, self._window = room, window
        self._wanted: dict[str, Any] | None = None
        self._noting = QTimer(self)
        self._noting.setInterval(NOTE_EVERY_MS)
        self._noting.timeout.connect(self._note)
        room.alarms.changed.connect(self._give_back_selection)
        room.cameras.changed.connect(self._give_back_pictures)

    def give_back(self) -> None:
        """What the preferences hold now: called when those of the user were loaded."""
        kept = self._room.preferences
        self._wanted = {key: kept.get(key) for key in ("selected_alarm", "pinned_cameras")}
        levels = frozenset(WarningLevel(one) for one in kept.get("list_levels") if one in _LEVELS)
        self._window.workstation.list.show_filter(levels, kept.get("list_search"))
        if self._window.overlays.opener.led:  # a link goes before what was
            self._wanted["selected_alarm"] = ""
        elif kept.get("last_view") in self._window.view_ids():
            self._window.show_view(kept.get("last_view"))
        self._give_back_selection()
        self._give_back_pictures()
        self._noting.start()

    def _give_back_selection(self) -> None:
        if self._wanted and (alarm_id := self._wanted.get("selected_alarm")):
            if self._room.alarms.get(alarm_id) is None:
                return  # comes with the snapshot, or has ended
            self._wanted["selected_alarm"] = ""
            self._room.selection.select_alarm(alarm_id)

    def _give_back_pictures(self) -> None:
        if self._wanted and (kept := self._wanted.get("pinned_cameras")):
            cameras = {
                int(tile): str(camera_id)
                for tile, camera_id in kept.items()
                if tile.isdecimal() and self._room.cameras.get(str(camera_id)) is not None
            }
            pictures = self._window.workstation.video
            if cameras and isinstance(pictures, NearestTiles):  # none in safe mode
                self._wanted["pinned_cameras"] = {}
                pictures.hold(cameras)

    def _note(self) -> None:
        if self._room.session.user is None:
            return
        keep, wanted = self._room.preferences, self._wanted or {}
        shown = self._window.workstation.list.model.filter
        keep.set("last_view", self._window.shown_view())
        keep.set("list_levels", sorted(level.value for level in shown.levels))
        keep.set("list_search", shown.words)
        if not wanted.get("selected_alarm"):
            keep.set("selected_alarm", self._room.selection.alarm_id)
        pictures = self._window.workstation.video
        if not wanted.get("pinned_cameras") and isinstance(pictures, NearestTiles):
            held = pictures.held()
            keep.set("pinned_cameras", {str(tile): one for tile, one in held.items()})


_LEVELS = {level.value for level in WarningLevel}
