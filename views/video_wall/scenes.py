"""Scenes on the wall: fills the layout that was asked for, beside the GUI loop."""

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop.context import RoomContext
from desktop.domain import wall_scenes
from desktop.domain.levels import WarningLevel
from desktop.domain.wall import CellOrigin
from desktop.domain.wall_scenes import Filled, Scene
from desktop.offload import offload
from desktop.tasks import TaskScope, loop_runs
from widgets import icons
from widgets.level_badge import colour_word
from widgets.passing_menu import passing_menu
from widgets.plain_label import plain_caption, plain_tip


class SceneRunner(QObject):
    """Acts on `room.wall`. What was asked for before the page was made is filled at once."""

    told = Signal(str)
    stood = Signal(str)  # the words for a wall that has become the scene

    def __init__(self, room: RoomContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room, self._store = room, room.scenes
        self._scope = TaskScope(self)
        self._turn = 0
        room.scenes.asked.connect(self.show)
        room.wall.changed.connect(self._on_wall)
        room.cameras.changed.connect(self._on_cameras)
        self._on_cameras()

    def show(self, scene_id: str) -> None:
        scene = self._store.get(scene_id)
        if scene is None:
            return
        if not len(self._room.cameras):
            self.told.emit(self.tr("摄像机名册还没有读到，「{0}」稍后上墙").format(scene.name))
            return
        self._turn += 1
        if loop_runs():
            self._scope.spawn(self._fill(scene, self._turn), name="fill a scene")

    async def _fill(self, scene: Scene, turn: int) -> None:
        room = self._room
        level = self._store.level_of(scene.scene_id)
        alarms = tuple(room.alarms.items().values())
        cameras, points = room.cameras.rows(), room.points.rows()

        def fill() -> Filled:
            places = wall_scenes.places_of(points), wall_scenes.alarm_places(alarms)
            return wall_scenes.fill(scene, level, cameras, *places)

        filled = await offload(fill)
        if turn == self._turn:  # not overtaken by another
            self._put(scene, filled)

    def _put(self, scene: Scene, filled: Filled) -> None:
        if not filled.camera_ids:
            self._store.stand("")
            self.told.emit(self.tr("「{0}」没有找到在线的摄像机，墙没有变").format(scene.name))
            return
        wall = self._room.wall
        wanted = wall_scenes.wall_of(filled)
        self._room.tours.ask("")  # it would take the scene's cells one after the other
        wall.set_wall(wall_scenes.onto(wall.wall, wanted, CellOrigin.SCENE))
        self._store.stand(scene.scene_id)
        found = len(filled.camera_ids)
        shown = sum(cell.origin is CellOrigin.SCENE for cell in wall.wall.cells)
        words = self.tr("「{0}」已上墙：{1} 路").format(scene.name, shown)
        if shown < found:
            words += self.tr("，固定的和告警的格没有动")
        if found < filled.wanted:
            words += self.tr("，还缺 {0} 路在线的").format(filled.wanted - found)
        self.stood.emit(words)

    def _on_wall(self) -> None:
        """Nothing of the scene is left: it does not stand any more."""
        cells = self._room.wall.wall.cells
        if self._store.standing and not any(one.origin is CellOrigin.SCENE for one in cells):
            self._store.stand("")

    def _on_cameras(self) -> None:
        if self._store.waiting and len(self._room.cameras):
            self.show(self._store.waiting)


class SceneButton(QToolButton):
    """Which scene stands; pressed, all of them with their keys and levels."""

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scene_button")
        self._room, self._store = room, room.scenes
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIcon(icons.icon("view-grid-outline", "text2", 16))
        self.clicked.connect(self._offer)
        room.scenes.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        scene = self._store.get(self._store.standing)
        words = self.tr("场景")
        self.setText(words if scene is None else f"{words} {plain_caption(scene.name)}")
        faults = [str(one) for one in self._store.faults]
        tip = self.tr("按主题换整面墙：固定的格和告警画面不动")
        self.setToolTip(plain_tip("\n".join([tip, *faults])))

    def choices(self) -> QMenu:
        menu = passing_menu(self)
        for scene in self._store.scenes:
            level = self._store.level_of(scene.scene_id)
            action = menu.addAction(self._title(scene, level))
            action.setCheckable(True)
            action.setChecked(scene.scene_id == self._store.standing)
            action.triggered.connect(partial(self._ask, scene.scene_id))
        if not self._store.scenes:
            menu.addAction(self.tr("没有可用的场景文件")).setEnabled(False)
        menu.addSeparator()
        auto = menu.addAction(self.tr("达到预警级别时自动切换"))
        auto.setCheckable(True)
        auto.setChecked(bool(self._room.preferences.get("wall_scene_by_level")))
        auto.triggered.connect(self._set_auto)
        for fault in self._store.faults:
            menu.addAction(plain_caption(str(fault))).setEnabled(False)
        return menu

    def _title(self, scene: Scene, level: WarningLevel | None) -> str:
        title = plain_caption(scene.name)
        if level is not None:
            title += self.tr("（{0}级）").format(colour_word(level))
        return f"{title}\tCtrl+Alt+{scene.key}" if scene.key else title

    def _offer(self) -> None:
        menu = self.choices()
        menu.popup(self.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _ask(self, scene_id: str, _checked: bool = False) -> None:
        self._store.ask(scene_id)

    def _set_auto(self, wanted: bool) -> None:
        self._room.preferences.set("wall_scene_by_level", wanted)
