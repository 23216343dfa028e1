"""What became of the desk's own files is said once: what was lost, what was done, what to do."""

from PySide6.QtCore import QObject

from desktop.context import RoomContext
from desktop.domain.link_messages import StorageNotice
from desktop.shell.notices import NOTICE, RED, NoticeBoard


class StorageWatch(QObject):
    """Speaks only while somebody is signed in; who signs in later is told then."""

    def __init__(self, room: RoomContext, board: NoticeBoard, parent: QObject) -> None:
        super().__init__(parent)
        self._room, self._board = room, board
        self._told: dict[str, StorageNotice] = {}
        room.health.changed.connect(self._look)
        room.session.changed.connect(self._look)

    def _look(self) -> None:
        if self._room.session.user is None or not self._room.health.link_connected:
            return
        notices = {one.key: one for one in self._room.health.health.storage_notices}
        for key in [key for key in self._told if key not in notices]:
            del self._told[key]
            self._board.settle(_card(key))
        for key, notice in notices.items():
            if self._told.get(key) != notice:
                self._told[key] = notice
                self._tell(notice)

    def _tell(self, notice: StorageNotice) -> None:
        card = _card(notice.key)
        known = any(
            kept.key == card and kept.title == notice.title and kept.at >= notice.at
            for kept in self._board.kept
        )
        if not known or notice.urgent:  # a window that was started anew has told it before
            level = RED if notice.urgent else NOTICE
            self._board.post(card, notice.title, notice.text, level)


def _card(key: str) -> str:
    return f"storage_{key}"
