"""What the operator set for this desk, by key; the shell keeps it in desk.db per user."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec
from PySide6.QtCore import QObject, Signal

SMALLEST_TEXT_PERCENT, LARGEST_TEXT_PERCENT, TEXT_STEP_PERCENT = 100, 150, 10
LOCK_AFTER_CHOICES_MIN = (0, 5, 10, 15, 30)  # 0: never by itself

FIRST_VALUES: Mapping[str, Any] = {
    "text_scale_percent": 100,
    "theme": "dark",
    "volume_percent": 70,
    "lock_after_min": 0,
    "guide_seen": False,
    "last_view": "alarms",
    "selected_alarm": "",
    "list_levels": [],
    "list_search": "",
    "camera_favourites": [],  # camera_ids in the order in which they were chosen
    "camera_recent": [],  # the last watched first
    "pinned_cameras": {},  # tile as text -> camera_id
    "wall_tabs": {},  # see desktop.stores.wall
    "wall_saved": [],
    "wall_screens": [],  # see desktop.stores.wall_screens
    "wall_tours": [],  # see desktop.stores.tours
    "wall_tour_pause_s": 60,
    "wall_linkage": {},  # see desktop.stores.tile_linkage
    "wall_scene_by_level": False,  # an emergency level switches the wall without being asked
    "board_screen": {},  # see desktop.stores.board_screen
    "emergency_drafts": {},  # see desktop.stores.emergency_draft
    "cockpit_screen": {},  # see desktop.stores.cockpit_screen
    "cockpit_pitch_mm": 0.63,  # from one pixel of the wall to the next
    "cockpit_distance_m": 4.0,  # of its readers
    "map_hidden_layers": [
        "grids",
        "item.lamp_post",
        "item.gully",
        "item.tree",
        "item.bin",
        "item.road_sign",
        "item.guard_rail",
        "item.cross_box",
        "item.hydrant",
        "item.bus_stop",
        "item.billboard",
        "item.toilet",
    ],
    "map_panel_open": False,
    "sound_tested_on": "",  # local time of the last volume test
    "sound_test_asked_on": "",  # local time of the last cue to make one
    "locked": {},  # user_id and since when, of a locked desk
}


T = TypeVar("T")


class Preferences(QObject):
    """`changed` names the key. A value is what JSON can hold."""

    changed = Signal(str)
    wished = Signal(str)  # key: set by the operator here, to be kept
    loaded = Signal()  # the values are those of another owner now

    def __init__(self, parent: QObject | None = None, **first: Any) -> None:
        """`first`: values of the administrator (settings.toml) that stand until somebody sets."""
        super().__init__(parent)
        self._first: dict[str, Any] = {**FIRST_VALUES, **first}
        self._values: dict[str, Any] = dict(self._first)
        self._readers: dict[str, list[Callable[[], None]]] = {}

    def get(self, key: str) -> Any:
        """Raises KeyError for a key that nobody declared."""
        return self._values[key]

    def first(self, key: str) -> Any:
        """What stands while nobody has set anything."""
        return self._first[key]

    def follow(self, key: str, read: Callable[[], None]) -> None:
        """`read` is called now and after each change of the value."""
        self._readers.setdefault(key, []).append(read)
        read()

    def set(self, key: str, value: Any) -> None:
        """An unknown key is an error of the program; a value of the wrong kind is dropped."""
        if key not in self._first:
            raise KeyError(key)
        if self._put(key, value):
            self.wished.emit(key)
            self._tell(key)

    def load(self, values: Mapping[str, Any]) -> None:
        """What was kept: everything else falls back to the first values. Wishes nothing."""
        wanted = {**self._first, **{key: one for key, one in values.items() if key in self._first}}
        for key, value in wanted.items():
            if self._put(key, value):
                self._tell(key)
        self.loaded.emit()

    def _tell(self, key: str) -> None:
        for read in self._readers.get(key, ()):
            read()
        self.changed.emit(key)

    def _put(self, key: str, value: Any) -> bool:
        value = _fitting(key, value, self._first[key])
        if value == self._values[key]:
            return False
        self._values[key] = value
        return True


def _fitting(key: str, value: Any, first: Any) -> Any:
    """A file of another version or a slip must not break the desk: the first value stands."""
    if type(value) is not type(first):
        return first
    if key == "text_scale_percent":
        return min(max(value, SMALLEST_TEXT_PERCENT), LARGEST_TEXT_PERCENT)
    if key == "volume_percent":
        return min(max(value, 0), 100)
    if key == "lock_after_min":
        return min(max(value, 0), 120)
    if key == "theme" and value not in ("dark", "light"):
        return first
    return value


def read_as(value: Any, kind: type[T]) -> T | None:
    """A kept value as a struct; None for what another version wrote."""
    try:
        return msgspec.convert(value, kind)
    except (msgspec.ValidationError, RecursionError):
        return None
