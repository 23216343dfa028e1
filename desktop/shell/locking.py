"""When the desk is locked: by key, after a while without a hand on it, and after a restart."""

from datetime import UTC, datetime
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QWidget

from desktop.context import RoomContext
from desktop.domain.permissions import Action
from desktop.shell.lock import LockPage
from desktop.shell.notices import NoticeBoard

LOOK_EVERY_MS = 5_000
KEY = "locked"
_HANDS = frozenset({
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
})  # fmt: skip


class Covered(Protocol):
    """The window: puts a page in place of the work, None gives it back."""

    notices: NoticeBoard

    def cover(self, page: QWidget | None) -> None: ...


class Locking(QObject):
    """Owns the lock page. Keeps in the seat's preferences that the desk is locked."""

    changed = Signal(bool)

    def __init__(self, room: RoomContext, window: QWidget, covered: Covered) -> None:
        super().__init__(window)
        self._room, self._window, self._covered = room, window, covered
        self.page = LockPage(room)
        self.page.setParent(window)
        self.page.hide()
        self.page.unlocked.connect(self.unlock)
        self.page.leave_asked.connect(self.unlock)
        self._locked = False
        self._hand_s = room.clock.monotonic_s()
        self._cursor = QCursor.pos()
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_EVERY_MS)
        self._looking.timeout.connect(self.look)
        room.session.changed.connect(self._on_session)
        room.preferences.changed.connect(self._on_preference)

    @property
    def locked(self) -> bool:
        return self._locked

    def start(self) -> None:
        """Once the window has its native one: hands are counted there, not per widget."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)
        self._looking.start()

    def lock(self) -> None:
        user = self._room.session.user
        if self._locked or user is None:
            return
        at = self._room.clock.now()
        self._room.preferences.set(KEY, {"user_id": user.user_id, "at": at.isoformat()})
        self._cover(at)

    def unlock(self) -> None:
        if not self._locked:
            return
        self._locked = False
        self._room.audit.note("screen.unlock")
        self._hand_s = self._room.clock.monotonic_s()
        self._room.preferences.set(KEY, {})
        self._covered.notices.keep_private(False)
        self._covered.cover(None)
        self.changed.emit(False)

    def look(self) -> None:
        """Without a hand on mouse or keys for the wished time the desk locks itself."""
        now_s = self._room.clock.monotonic_s()
        if QCursor.pos() != self._cursor:  # over a native picture no event comes to us
            self._cursor, self._hand_s = QCursor.pos(), now_s
        after_min = self._room.preferences.get("lock_after_min")
        if after_min and now_s - self._hand_s >= after_min * 60:
            self.lock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _HANDS:
            self._hand_s = self._room.clock.monotonic_s()
        return super().eventFilter(watched, event)

    def _cover(self, since: datetime) -> None:
        if self._locked:  # the kept preference, set by `lock`, has covered it already
            return
        self._locked = True
        self._room.audit.note(Action.SCREEN_LOCK)
        for widget in QApplication.topLevelWidgets():
            if widget is not self._window and widget.isVisible():
                widget.close()
        self.page.begin(since)
        self._covered.cover(self.page)
        self._covered.notices.keep_private(True)
        self.changed.emit(True)

    def _on_session(self) -> None:
        """Signed out the sign-in page stands there: nothing is left to be locked."""
        if self._room.session.user is None:
            if self._locked and self._room.health.link_connected:
                self.unlock()
        else:
            self._lock_again()

    def _on_preference(self, key: str) -> None:
        if key == KEY and not self._locked:
            self._lock_again()

    def _lock_again(self) -> None:
        """A window that was started anew is as locked as the one before."""
        user, kept = self._room.session.user, self._room.preferences.get(KEY)
        if self._locked or user is None or kept.get("user_id") != user.user_id:
            return
        try:
            since = datetime.fromisoformat(str(kept.get("at")))
        except ValueError:
            since = self._room.clock.now()
        self._cover(since if since.tzinfo else since.replace(tzinfo=UTC))
