"""Writes still pictures into the profile: PNG with its facts, its SHA-256 in the audit trail."""

import hashlib
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QObject
from PySide6.QtGui import QImage

from desktop.context import RoomContext
from desktop.domain.audit import Outcome
from desktop.domain.permissions import Action, why_not
from desktop.offload import offload
from desktop.reasons import system_reason
from desktop.stores.snapshots import Snapshot
from desktop.tasks import TaskScope
from widgets.times import local

FOLDER = "snapshots"
MOST_FILES = 2_000
"""About 2 GB. What stands in the audit trail no program deletes: a person moves it away."""

_MOST_WAITING = 8


class FolderFull(Exception):
    """MOST_FILES pictures lie there."""


class SnapshotFiles(QObject):
    """By right; what is refused is noted too."""

    def __init__(self, profile: Path, room: RoomContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder, self._room = profile / FOLDER, room
        self._scope = TaskScope(self)
        self._waiting = 0
        room.snapshots.taken.connect(self._take)

    def _take(self, snapshot: Snapshot) -> None:
        room = self._room
        user = room.session.user
        refusal = why_not(user.roles if user is not None else (), Action.VIDEO_SNAPSHOT)
        if refusal:
            room.audit.note(Action.VIDEO_SNAPSHOT, snapshot.camera_id, Outcome.NO_RIGHT, refusal)
            room.snapshots.answered.emit(refusal)
        elif self._waiting >= _MOST_WAITING:
            room.snapshots.answered.emit(self.tr("上一批截图还在写盘，请稍候再截"))
        else:
            self._waiting += 1
            self._scope.spawn(self._write(snapshot), "write snapshot")

    async def _write(self, snapshot: Snapshot) -> None:
        room = self._room
        user = room.session.user
        try:
            path, digest = await offload(
                write_snapshot, self._folder, snapshot, user.name if user is not None else ""
            )
        except FolderFull:
            words = self.tr("截图没有存下：{0} 中已有 {1} 张，请管理员转存后移走")
            room.snapshots.answered.emit(words.format(self._folder, MOST_FILES))
            return
        except OSError as error:
            words = self.tr("截图没有存下：{0}").format(system_reason(error))
            room.snapshots.answered.emit(words)
            return
        finally:
            self._waiting -= 1
        room.audit.note(
            Action.VIDEO_SNAPSHOT, snapshot.camera_id, reason=f"{path.name} SHA-256 {digest}"
        )
        words = self.tr("截图已存：{0}（SHA-256 {1}…）").format(path, digest[:12])
        room.snapshots.answered.emit(words)


def write_snapshot(folder: Path, snapshot: Snapshot, by: str) -> tuple[Path, str]:
    """The file and its SHA-256; beside it a .json with the same facts. A picture that lies there is
    never replaced. Blocks; raises FolderFull and OSError."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if sum(1 for _ in folder.glob("*.png")) >= MOST_FILES:
        raise FolderFull
    facts = {
        "camera_id": snapshot.camera_id,
        "name": snapshot.name,
        "shown_at": snapshot.shown_at.isoformat(),
        "taken_at": snapshot.taken_at.isoformat(),
        "by": by,
    }
    data = _png(snapshot.image, facts)
    digest = hashlib.sha256(data).hexdigest()
    path = folder / f"{_stem(snapshot)}.png"
    _put(path, data)
    words = json.dumps(facts | {"sha256": digest}, ensure_ascii=False, indent=1)
    _put(path.with_suffix(".json"), words.encode())
    return path, digest


def _stem(snapshot: Snapshot) -> str:
    """The city's time to the millisecond: two of one second differ."""
    at = local(snapshot.taken_at)
    safe = re.sub(r"[^\w-]+", "_", snapshot.camera_id)[:40]
    return f"{at:%Y%m%d-%H%M%S}-{at.microsecond // 1000:03}-{safe}"


def _png(picture: object, facts: Mapping[str, str]) -> bytes:
    assert isinstance(picture, QImage)
    image = QImage(picture)  # the facts are written into a picture of our own
    for key, value in facts.items():
        image.setText(key, value)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload] # bytes, says its stub
        raise OSError("picture cannot be coded")
    return bytes(buffer.data().data())


def _put(path: Path, data: bytes) -> None:
    """Whole or not at all."""
    new = path.with_name(path.name + ".new")
    with new.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(new, path)  # not `replace`: it would take away what lies there
    finally:
        new.unlink()
