"""The scenes that can be switched to, which one stands, which one is offered."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from desktop.domain.levels import WarningLevel
from desktop.domain.scene_text import SceneFault
from desktop.domain.wall_scenes import Scene


class SceneStore(QObject):
    """`ask` from wherever the operator is; the wall's page fills the scene and says so."""

    changed = Signal()  # the list, the faults, the one that stands
    asked = Signal(str)  # scene_id

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scenes: tuple[Scene, ...] = ()
        self._faults: tuple[SceneFault, ...] = ()
        self._standing = ""
        self._levels: dict[str, WarningLevel] = {}
        self._waiting = ""

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """In the order of their keys."""
        return self._scenes

    @property
    def faults(self) -> tuple[SceneFault, ...]:
        return self._faults

    @property
    def standing(self) -> str:
        """scene_id that the wall was last filled with, "" for none."""
        return self._standing

    @property
    def waiting(self) -> str:
        """scene_id that was asked for and is not on the wall yet."""
        return self._waiting

    def get(self, scene_id: str) -> Scene | None:
        return next((one for one in self._scenes if one.scene_id == scene_id), None)

    def level_of(self, scene_id: str) -> WarningLevel | None:
        """What speaks for a scene now."""
        return self._levels.get(scene_id)

    def replace(self, scenes: Iterable[Scene], faults: Iterable[SceneFault] = ()) -> None:
        self._scenes, self._faults = tuple(scenes), tuple(faults)
        self.changed.emit()

    def show_levels(self, levels: dict[str, WarningLevel]) -> None:
        if levels != self._levels:
            self._levels = dict(levels)
            self.changed.emit()

    def ask(self, scene_id: str) -> None:
        if self.get(scene_id) is not None:
            self._waiting = scene_id
            self.asked.emit(scene_id)

    def stand(self, scene_id: str) -> None:
        """The wall shows it; "" when the wall became another."""
        if (scene_id, "") != (self._standing, self._waiting):
            self._standing, self._waiting = scene_id, ""
            self.changed.emit()
