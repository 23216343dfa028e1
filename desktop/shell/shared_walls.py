"""Keeps the walls of everybody in step with the files of the profile, beside the GUI loop."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from desktop.context import RoomContext
from desktop.domain.audit import Outcome
from desktop.domain.permissions import Action, why_not
from desktop.domain.wall_tabs import SavedWall
from desktop.offload import offload
from desktop.reasons import system_reason
from desktop.shell.wall_files import (
    FOLDER,
    MOST_FILES,
    TooManyWalls,
    read_walls,
    remove_wall,
    write_wall,
)
from desktop.tasks import TaskScope

_SETTLE_MS = 200  # several files are copied in one go


class SharedWalls(QObject):
    """Writes only by right, and with a line in the audit trail."""

    refused = Signal(str)  # the operator's text

    def __init__(self, profile: Path, room: RoomContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder, self._room = profile / FOLDER, room
        self._scope = TaskScope(self)
        self._watcher = QFileSystemWatcher(self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.read)
        self._watcher.directoryChanged.connect(self._settle.start)
        room.wall.share_asked.connect(self._share)
        room.wall.unshare_asked.connect(self._unshare)

    def read(self) -> None:
        self._scope.spawn(self._read(), "read shared walls")

    async def _read(self) -> None:
        try:
            found = await offload(read_walls, self._folder)
        except OSError as error:
            self.refused.emit(self.tr("共用方案读不了：{0}").format(system_reason(error)))
            return
        if not self._watcher.directories() and await offload(self._folder.is_dir):
            self._watcher.addPath(str(self._folder))
        self._room.wall.show_shared(found)

    def _share(self, saved: SavedWall) -> None:
        self._do(saved.name, lambda: write_wall(self._folder, saved))

    def _unshare(self, name: str) -> None:
        self._do(name, lambda: remove_wall(self._folder, name))

    def _do(self, name: str, work: Callable[[], None]) -> None:
        user = self._room.session.user
        refusal = why_not(user.roles if user is not None else (), Action.WALL_EDIT)
        if refusal:
            self._room.audit.note(Action.WALL_EDIT, name, Outcome.NO_RIGHT, refusal)
            self.refused.emit(refusal)
            return
        self._scope.spawn(self._write(name, work), "write shared wall")

    async def _write(self, name: str, work: Callable[[], None]) -> None:
        try:
            await offload(work)
        except TooManyWalls:
            words = self.tr("共用方案已有 {0} 个，请先删除不用的")
            self.refused.emit(words.format(MOST_FILES))
            return
        except OSError as error:
            self.refused.emit(self.tr("共用方案没有存下：{0}").format(system_reason(error)))
            return
        self._room.audit.note(Action.WALL_EDIT, name)
        await self._read()
