"""Scenes of the wall from outside of it: their files, their keys, and when one is offered."""

import logging
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from desktop.context import RoomContext
from desktop.domain.levels import WarningLevel
from desktop.domain.scene_text import SceneFault, read_scenes
from desktop.domain.wall_scenes import Scene, emergency_level, open_alarms
from desktop.shell.keys import KeyGroup, KeyRegistry, KeySpec
from desktop.shell.notices import NoticeBoard
from desktop.stores.wall_scenes import SceneStore
from widgets.level_badge import colour_word

log = logging.getLogger(__name__)

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "wall_scenes"
OWN_FOLDER = "wall_scenes"
LOOK_MS = 1000
MOST_FILES, MOST_BYTES = 50, 100_000


class SceneDesk(Protocol):
    """The window as it is needed here."""

    keys: KeyRegistry
    notices: NoticeBoard

    def show_view(self, view_id: str) -> None: ...


def read_scene_files(store: SceneStore, folders: list[Path]) -> None:
    """Some small files at the start; those of a later folder replace the earlier ones."""
    files: list[tuple[str, str]] = []
    faults: list[SceneFault] = []
    for path in [one for folder in folders for one in sorted(folder.glob("*.toml"))[:MOST_FILES]]:
        try:
            if path.stat().st_size > MOST_BYTES:
                words = QCoreApplication.translate("SceneWatch", "文件超过 {0} 字节")
                raise ValueError(words.format(MOST_BYTES))
            files.append((path.name, path.read_text("utf-8")))
        except (OSError, ValueError) as error:  # of UTF-8 too
            faults.append(SceneFault(path.name, 0, str(error)))
    scenes, found = read_scenes(files)
    for fault in (*faults, *found):
        log.error("scene is not used: %s", fault)
    store.replace(scenes, (*faults, *found))


class SceneWatch(QObject):
    """Offers a scene when its level is reached, once for each level; or switches by setting."""

    def __init__(self, room: RoomContext, desk: SceneDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._room, self._desk, self._store = room, desk, room.scenes
        self._told: dict[str, WarningLevel] = {}
        self._keyed: set[str] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(LOOK_MS)
        self._soon.timeout.connect(self.look)
        room.alarms.changed.connect(self._look_soon)
        room.weather.changed.connect(self._look_soon)
        room.scenes.changed.connect(self._give_keys)
        self._give_keys()

    def switch(self, scene_id: str) -> None:
        """By a key or a command, from wherever the operator is."""
        self._desk.notices.settle(f"scene:{scene_id}")
        self._desk.show_view("wall")
        self._store.ask(scene_id)

    def look(self) -> None:
        """Which level speaks for which scene now; tests call it."""
        weather = self._room.weather.weather
        signal = weather.signal if weather is not None else None
        alarms = open_alarms(self._room.alarms.items().values())
        levels = {
            scene.scene_id: level
            for scene in self._store.scenes
            if (level := emergency_level(scene, signal, alarms)) is not None
        }
        self._store.show_levels(levels)
        if self._room.session.user is None:
            return
        for scene in self._store.scenes:
            self._tell(scene, levels.get(scene.scene_id))

    def _tell(self, scene: Scene, level: WarningLevel | None) -> None:
        told = self._told.get(scene.scene_id)
        if level is None:
            if told is not None:
                del self._told[scene.scene_id]
                self._desk.notices.settle(f"scene:{scene.scene_id}")
            return
        if told is not None and told.rank <= level.rank:
            return
        self._told[scene.scene_id] = level
        if self._room.preferences.get("wall_scene_by_level"):
            self._store.ask(scene.scene_id)
            words = self.tr("视频墙已自动切到「{0}」，固定的格没有动")
            self._post(scene, level, words.format(scene.name))
        elif self._store.standing != scene.scene_id:
            way = f"Ctrl+Alt+{scene.key}" if scene.key else "Ctrl+K"
            words = self.tr("按 {0} 把视频墙切到「{1}」场景")
            self._post(scene, level, words.format(way, scene.name))

    def _post(self, scene: Scene, level: WarningLevel, words: str) -> None:
        title = self.tr("{0}达到{1}级").format(scene.name, colour_word(level))
        self._desk.notices.post(f"scene:{scene.scene_id}", title, words)

    def _give_keys(self) -> None:
        """A line of the key table for each scene, with its name."""
        for scene in self._store.scenes:
            if scene.scene_id in self._keyed:
                continue
            self._keyed.add(scene.scene_id)
            slot = f"scene:{scene.scene_id}"
            keys = (f"Ctrl+Alt+{scene.key}",) if scene.key else ()
            words = self.tr("视频墙场景：{0}").format(scene.name)
            self._desk.keys.add(KeySpec(slot, keys, words, KeyGroup.VIEWS, slot))
            self._desk.keys.provide(slot, partial(self.switch, scene.scene_id))

    def _look_soon(self, *_what: object) -> None:
        if not self._soon.isActive():
            self._soon.start()
