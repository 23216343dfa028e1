"""One seat: what is kept for it, how it looks and sounds, where its window stands, its lock."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.context import RoomContext
from desktop.domain.duty import shift_start
from desktop.shell.appearance import Appearance
from desktop.shell.document_files import DocumentFiles
from desktop.shell.flood_watch import FloodWatch
from desktop.shell.locking import Locking
from desktop.shell.main_window import MainWindow
from desktop.shell.mask_file import MaskFile
from desktop.shell.notices import RED
from desktop.shell.preferences import DeskKeeping, PreferenceKeeping
from desktop.shell.printing import Printer
from desktop.shell.scaling import TextScale
from desktop.shell.shared_walls import SharedWalls
from desktop.shell.snapshot_files import SnapshotFiles
from desktop.shell.sound import Sound
from desktop.shell.sound_words import trouble_words
from desktop.shell.window_places import WindowPlaces
from desktop.shell.work_place import WorkPlace
from desktop.tasks import TaskScope
from local_db.desk import SEAT
from widgets.times import local

if TYPE_CHECKING:
    from desktop.shell.board_window import BoardWindows
    from desktop.shell.cockpit_window import CockpitWindows
    from desktop.shell.wall_windows import WallWindows

_MINUTE = "%Y-%m-%d %H:%M"  # as preferences keep local times; the later one is the greater
PREPARE_LIMIT_S = 3.0  # a slow disk must not keep the alarms from the operator


class Seat(QObject):
    """Wires these parts to the window; the composition root makes one."""

    def __init__(
        self, profile: Path, room: RoomContext, window: MainWindow, dress: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._room, self._window = room, window
        self._scope = TaskScope(self)
        self.keeping = DeskKeeping(profile / "desk.db", room.clock, self)
        self._kept = PreferenceKeeping(room.preferences, room.session, self.keeping, self)
        self.appearance = Appearance(window, room.preferences, TextScale(), dress)
        self.sound = Sound(room, parent=self)
        self._flood = FloodWatch(room, self.sound, window.notices, self)
        self.locking = Locking(room, window, window)
        self._places = WindowPlaces(window, self.keeping)
        self._walls = self._wall_windows()
        self._board = self._board_windows()
        self._cockpits = self._cockpit_windows()
        self._work = WorkPlace(room, window, self)
        self._shared_walls = SharedWalls(profile, room, self)
        self._snapshots = SnapshotFiles(profile, room, self)
        self._masks = MaskFile(profile, room, self)
        self._documents = DocumentFiles(profile, room, self)
        self._printer = Printer(room, self)
        self._connect()
        self._provide_keys()

    async def prepare(self) -> None:
        """Before the window is shown: what the seat keeps. A slow disk is not waited for.

        What comes late still comes: else neither its place nor a notice would be kept until
        its end.
        """
        preparing = self._scope.spawn(self._prepare(), "what the seat keeps")
        _, late = await asyncio.wait({preparing}, timeout=PREPARE_LIMIT_S)
        if late:
            text = self.tr("个人设置读取过慢，先按默认显示")
            self._window.notices.post("desk", self.tr("个人设置"), text)

    def start(self) -> None:
        """Once the window is shown."""
        self.appearance.start()
        self.locking.start()
        self.sound.start()
        self._shared_walls.read()
        if self._walls is not None:
            self._walls.look()

    async def close(self) -> None:
        self.sound.close()
        if self._walls is not None:
            self._walls.close()
        if self._board is not None:
            self._board.close()
        if self._cockpits is not None:
            self._cockpits.close()
        self._places.save()
        self._kept.flush()
        await self.keeping.close()

    def _wall_windows(self) -> "WallWindows | None":
        """None in safe mode, which has no wall."""
        if self._room.video is None:
            return None
        from desktop.shell.wall_windows import WallWindows

        walls = WallWindows(self._room, self._window, self._window.keys)
        walls.told.connect(self._tell_screens)
        walls.settled.connect(partial(self._window.notices.settle, "wall_screens"))
        self.locking.changed.connect(walls.lock)
        return walls

    def _board_windows(self) -> "BoardWindows | None":
        """The monitors are told by the walls; without those there is nowhere to push to."""
        if self._walls is None or self._room.assessment is None:
            return None
        from desktop.shell.board_window import BoardWindows

        return BoardWindows(self._room, self)

    def _cockpit_windows(self) -> "CockpitWindows | None":
        """Not in safe mode, which has no cockpits."""
        if self._walls is None:
            return None
        from desktop.shell.cockpit_window import CockpitWindows

        made = CockpitWindows(self._room, self)
        made.refused.connect(self._tell_cockpit)
        self._room.screens.changed.connect(made.begin)
        return made

    def show_cockpit(self, cockpit_id: str, number: int) -> None:
        """Over a whole monitor, as soon as somebody sits here."""
        if self._cockpits is not None:
            self._cockpits.wanted = (cockpit_id, number)
            self._cockpits.begin()

    # ---- wiring -----------------------------------------------------------------------------

    async def _prepare(self) -> None:
        await self._kept.load()
        await self._places.restore()
        await self._window.notices.keep_in(self.keeping)

    def _connect(self) -> None:
        self.keeping.kept_changed.connect(self._tell_keeping)
        self.keeping.rebuilt.connect(self._tell_rebuilt)
        self._kept.loaded.connect(self._on_loaded)
        self._shared_walls.refused.connect(self._tell_wall)
        self.appearance.told.connect(self._tell_desk)
        self._places.told.connect(self._tell_desk)
        self._places.settled.connect(self._on_screen_back)
        self.sound.silence_ended_by_red.connect(self._tell_silence_broken)
        self._room.sound.changed.connect(self._tell_sound)
        self._mute_told = False
        bar = self._window.top_bar
        bar.lock_pressed.connect(self.locking.lock)
        self.locking.changed.connect(self._on_locked)

    def _provide_keys(self) -> None:
        provide = self._window.keys.provide
        provide("silence", self._room.sound.silence)
        provide("lock", self.locking.lock)
        provide("text_larger", self.appearance.text_larger)
        provide("text_smaller", self.appearance.text_smaller)
        provide("text_normal", self.appearance.text_normal)
        provide("toggle_theme", self.appearance.toggle_theme)

    # ---- telling ----------------------------------------------------------------------------

    def _on_locked(self, locked: bool) -> None:
        self._window.overlays.set_locked(locked)
        if not locked:
            self._window.workstation.list.view.setFocus()

    def _tell_wall(self, text: str) -> None:
        self._window.notices.post("shared_walls", self.tr("共用布局方案"), text)

    def _on_loaded(self, owner: str) -> None:
        if owner == SEAT:
            return
        self._work.give_back()
        if self._cockpits is not None:
            self._cockpits.begin()
        self._ask_for_sound_test()

    def _ask_for_sound_test(self) -> None:
        """Once in a shift and for each user, however often the window was started anew."""
        preferences, now = self._room.preferences, self._room.clock.now()
        last = max(preferences.get("sound_tested_on"), preferences.get("sound_test_asked_on"))
        if last >= f"{shift_start(now):{_MINUTE}}":
            return
        preferences.set("sound_test_asked_on", f"{local(now):{_MINUTE}}")
        self._kept.flush()
        text = self.tr("本班还没有试听提示音：请打开「设置」试听红色提示音，确认听得到")
        self._window.notices.post("sound_test", self.tr("接班试音"), text)

    def _tell_keeping(self, trouble: str) -> None:
        if trouble:
            self._window.notices.post("desk", self.tr("个人设置没有保存"), trouble)
        else:
            self._window.notices.settle("desk")

    def _tell_rebuilt(self, damage: str) -> None:
        text = self.tr(
            "{0}，原文件已移入 quarantine。字号、音量、窗口位置回到默认，通知记录丢失；"
            "告警不受影响。请重新调整字号和音量。"
        ).format(damage)
        self._window.notices.post("desk_rebuilt", self.tr("个人设置已重建"), text)

    def _tell_cockpit(self, text: str) -> None:
        self._window.notices.post("cockpit_screen", self.tr("驾驶舱没有投屏"), text)

    def _tell_desk(self, title: str, text: str) -> None:
        self._window.notices.post("desk_told", title, text)

    def _tell_screens(self, title: str, text: str) -> None:
        self._window.notices.post("wall_screens", title, text)

    def _on_screen_back(self) -> None:
        self._window.notices.settle("desk_told")

    def _tell_silence_broken(self) -> None:
        text = self.tr("静音期间来了新的红色告警，提示音已恢复")
        self._window.notices.post("silence", self.tr("静音提前结束"), text)

    def _tell_sound(self) -> None:
        mute = self._room.sound.is_mute
        if mute == self._mute_told:
            return
        self._mute_told = mute
        if mute:
            words = trouble_words(self._room.sound)
            self._window.notices.post("mute", self.tr("本台无声"), words, RED)
        else:
            self._window.notices.settle("mute")
            text = self.tr("输出到 {0}。请在「设置」中试听一次").format(self._room.sound.device)
            self._window.notices.post("mute", self.tr("提示音已恢复"), text)
