"""Writes reports and exported timelines beside the still pictures: never over another file."""

import hashlib
import os
import re
from pathlib import Path

from PySide6.QtCore import QObject

from desktop.context import RoomContext
from desktop.domain.audit import Outcome
from desktop.offload import offload
from desktop.reasons import system_reason
from desktop.shell.snapshot_files import FOLDER
from desktop.stores.snapshots import Document
from desktop.tasks import TaskScope
from widgets import rights
from widgets.times import local

_MOST_TRIES = 100


class DocumentFiles(QObject):
    """By right; what is refused is noted too. The digest of each file stands in the trail."""

    def __init__(self, profile: Path, room: RoomContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder, self._room = profile / FOLDER, room
        self._scope = TaskScope(self)
        room.snapshots.filed.connect(self._take)

    def _take(self, document: Document) -> None:
        room = self._room
        user = room.session.user
        refusal = rights.why_not(user.roles if user is not None else (), document.action)
        if refusal:
            room.audit.note(document.action, document.about, Outcome.NO_RIGHT, refusal)
            room.snapshots.filing_answered.emit(refusal)
            return
        self._scope.spawn(self._write(document), "write document")

    async def _write(self, document: Document) -> None:
        room = self._room
        try:
            path, digest = await offload(write_document, self._folder, document)
        except OSError as error:
            words = self.tr("文件没有存下：{0}").format(system_reason(error))
            room.snapshots.filing_answered.emit(words)
            return
        reason = f"{path.name} SHA-256 {digest}"
        room.audit.note(document.action, document.about, reason=reason)
        words = self.tr("已存：{0}（SHA-256 {1}…）").format(path, digest[:12])
        room.snapshots.filing_answered.emit(words)


def write_document(folder: Path, document: Document) -> tuple[Path, str]:
    """The file and its SHA-256. Blocks; raises OSError."""
    folder.mkdir(mode=0o700, exist_ok=True)
    at = local(document.made_at)
    safe = re.sub(r"[^\w-]+", "_", document.stem)[:60]
    stem = f"{at:%Y%m%d-%H%M%S}-{safe}"
    new = folder / f"{stem}{document.suffix}.new"
    with new.open("wb") as file:
        file.write(document.data)
        file.flush()
        os.fsync(file.fileno())
    try:
        path = _linked(new, folder, stem, document.suffix)
    finally:
        new.unlink()
    return path, hashlib.sha256(document.data).hexdigest()


def _linked(new: Path, folder: Path, stem: str, suffix: str) -> Path:
    """Two of one second get a number. A link takes nothing away that lies there."""
    for number in range(1, _MOST_TRIES):
        path = folder / (f"{stem}{suffix}" if number == 1 else f"{stem}-{number}{suffix}")
        try:
            os.link(new, path)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(str(folder / stem))
