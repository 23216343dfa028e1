"""What the operator had before: page, filter, selection, held pictures; back after a restart."""

from typing import Any

from PySide6.QtCore import QObject, QTimer

from desktop.context import RoomContext
from desktop.domain.levels import WarningLevel
from desktop.shell.main_window import MainWindow
from views.video_wall import NearestTiles

NOTE_EVERY_MS = 1_000
LOOKED_FOR = 10  # notes with alarms on screen and not the one that was selected: it is no more


class WorkPlace(QObject):
    """Notes once a second what has changed; gives back once, when the alarms are there."""

    def __init__(self, room: RoomContext, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._room, self._window = room, window
        self._wanted: dict[str, Any] | None = None
        self._given = ""  # the selection that we brought back, until another one is made
        self._in_vain = 0
        self._noting = QTimer(self)
        self._noting.setInterval(NOTE_EVERY_MS)
        self._noting.timeout.connect(self._note)
        room.alarms.changed.connect(self._give_back_selection)
        room.alarms.changed.connect(self._take_back_selection)
        room.selection.alarm_changed.connect(self._on_selected)
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
        self._given, self._in_vain = "", 0
        self._give_back_selection()
        self._give_back_pictures()
        self._noting.start()

    def _give_back_selection(self) -> None:
        if self._wanted and (alarm_id := self._wanted.get("selected_alarm")):
            if self._room.alarms.get(alarm_id) is None:
                return  # comes with the snapshot, or has ended
            self._wanted["selected_alarm"] = ""
            self._given = alarm_id
            self._room.selection.select_alarm(alarm_id)

    def _take_back_selection(self) -> None:
        """What the link still had of an earlier platform goes when the platform has answered."""
        if self._given and self._room.alarms.last_known(self._given) is None:
            self._given = ""
            alarms = self._window.workstation.list
            gravest = alarms.view.marked_by_desk = alarms.model.gravest_unacknowledged()
            self._room.selection.select_alarm(gravest)

    def _on_selected(self, alarm_id: str) -> None:
        if alarm_id != self._given:
            self._given = ""
        by_hand = alarm_id and alarm_id != self._window.workstation.list.view.marked_by_desk
        if self._wanted and by_hand:  # who has chosen meanwhile is not led away again
            self._wanted["selected_alarm"] = ""

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
        self._in_vain += len(self._room.alarms) > 0
        if wanted.get("selected_alarm") and self._in_vain >= LOOKED_FOR:
            wanted["selected_alarm"] = ""
        if not wanted.get("selected_alarm"):
            keep.set("selected_alarm", self._room.selection.alarm_id)
        pictures = self._window.workstation.video
        if not wanted.get("pinned_cameras") and isinstance(pictures, NearestTiles):
            held = pictures.held()
            keep.set("pinned_cameras", {str(tile): one for tile, one in held.items()})


_LEVELS = {level.value for level in WarningLevel}
