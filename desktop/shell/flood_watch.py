"""The notice of a flood: its number follows until the flood is over."""

from PySide6.QtCore import QObject, QTimer

from desktop.context import RoomContext
from desktop.shell.notices import NoticeBoard
from desktop.shell.sound import Sound

FOLLOW_MS = 2_000
_KEY = "flood"


class FloodWatch(QObject):
    """One notice for each flood. No timer runs outside of one."""

    def __init__(
        self, room: RoomContext, sound: Sound, board: NoticeBoard, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._room, self._sound, self._board = room, sound, board
        self._following = QTimer(self, interval=FOLLOW_MS)
        self._following.timeout.connect(self.follow)
        sound.flooded.connect(self._tell)

    def follow(self) -> None:
        """Called by the timer while a flood lasts, and once when it is over."""
        if self._sound.in_flood:
            return self._board.amend(_KEY, self._words(len(self._room.alarms.waiting()) - 1))
        self._following.stop()
        left = len(self._room.alarms.waiting())
        text = self.tr("洪峰已过，提示音恢复逐条响起。还有 {0} 条未确认").format(left)
        self._board.amend(_KEY, text if left else self.tr("洪峰已过，没有未确认的告警"))

    def _tell(self, more: int) -> None:
        self._board.post(_KEY, self.tr("报警洪峰"), self._words(more))
        self._following.start()

    def _words(self, more: int) -> str:
        return self.tr("还有 {0} 条未确认。提示音不再逐条响起，红色和橙色按节奏继续").format(
            max(more, 0)
        )
