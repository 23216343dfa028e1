"""The profile's privacy masks: read at the start, written by right and with an audit line."""

import logging
import os
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject

from desktop.context import RoomContext
from desktop.domain.audit import Outcome
from desktop.domain.permissions import Action, why_not
from desktop.domain.privacy_masks import FILE, Mask, Masks, decode, with_camera
from desktop.offload import offload
from desktop.reasons import system_reason
from desktop.tasks import TaskScope

log = logging.getLogger(__name__)


def read_masks(profile: Path) -> Masks | None:
    """Without a file there are none. None for a file that cannot be read: no picture is painted
    by this station then, for it might be one that is to be masked."""
    try:
        return decode((profile / FILE).read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.DecodeError) as error:
        log.error("privacy masks are not used, nor are pictures of low latency: %s", error)
        return None


def write_masks(profile: Path, masks: Masks) -> None:
    """Whole or not at all. Blocks; raises OSError."""
    path = profile / FILE
    new = path.with_name(f"{FILE}.new")
    with new.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(masks), indent=1))
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)


class MaskFile(QObject):
    """One change after the other: each is made to what the file holds then."""

    def __init__(self, profile: Path, room: RoomContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._profile, self._room = profile, room
        self._scope = TaskScope(self)
        self._is_writing = False
        room.masks.asked.connect(self._on_asked)

    def _on_asked(self, camera_id: str, masks: tuple[Mask, ...]) -> None:
        room = self._room
        user = room.session.user
        refusal = why_not(user.roles if user is not None else (), Action.VIDEO_MASK)
        if refusal:
            room.audit.note(Action.VIDEO_MASK, camera_id, Outcome.NO_RIGHT, refusal)
            room.masks.answered.emit(refusal)
        elif not room.masks.is_known:
            words = self.tr("遮挡没有存下：{0} 读不了，请先修好它")
            room.masks.answered.emit(words.format(FILE))
        elif self._is_writing:
            room.masks.answered.emit(self.tr("上一次修改还在写盘，请稍候再存"))
        else:
            self._is_writing = True
            self._scope.spawn(self._write(camera_id, masks), "write privacy masks")

    async def _write(self, camera_id: str, masks: tuple[Mask, ...]) -> None:
        room = self._room
        wanted = with_camera(room.masks.all(), camera_id, masks)
        try:
            await offload(write_masks, self._profile, wanted)
        except OSError as error:
            words = self.tr("遮挡没有存下：{0}").format(system_reason(error))
            room.masks.answered.emit(words)
            return
        finally:
            self._is_writing = False
        room.audit.note(Action.VIDEO_MASK, camera_id, reason=f"{len(masks)} masks")
        room.masks.show(wanted)
        words = self.tr("{0} 的遮挡已存：{1} 处").format(camera_id, len(masks))
        room.masks.answered.emit(words)
