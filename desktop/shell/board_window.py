"""The scoreboard's window on another monitor."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.context import RoomContext
from desktop.domain.monitors import ScreenId, known_as
from desktop.domain.permissions import Action
from views.scoreboard import build_wall
from widgets import rights


class BoardWindow(QWidget):
    """Full-screen without a frame; keys stay at the workstation."""

    def __init__(self, room: RoomContext) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("board_window")
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._room = room
        self.board = build_wall(room)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.board)

    def stand_on(self, screen: QScreen) -> None:
        self.setWindowTitle(self.tr("综合考评"))
        if self.isVisible() and self.geometry() == screen.geometry():
            return
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()

    def closeEvent(self, event: QCloseEvent) -> None:
        """By the window manager: it is taken back."""
        if event.spontaneous():
            event.ignore()
            self._room.board_screen.recall()


class BoardWindows(QObject):
    """Follows `room.board_screen`: one window, gone with the monitor, the session or the right.

    A video wall that is thrown onto the same monitor stands before it: the board waits.
    """

    def __init__(self, room: RoomContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self.window: BoardWindow | None = None
        room.board_screen.changed.connect(self.place)
        room.screens.changed.connect(self.place)
        room.session.changed.connect(self.place)

    def place(self) -> None:
        room, pushed = self._room, self._room.board_screen.pushed
        if pushed is None or room.assessment is None:
            self.close()
            return
        user = room.session.user
        if user is None or rights.why_not(user.roles, Action.STATISTICS_EXPORT):
            self.close()
            return
        screen = self._screen()
        if screen is None or self._monitor_taken():
            self._hide()  # unplugged, or the workstation or a wall stands there: it waits
            return
        if self.window is None:
            self.window = BoardWindow(room)
        self.window.board.show_pushed(pushed)
        self.window.stand_on(screen)

    def close(self) -> None:
        if self.window is not None:
            self.window.hide()
            self.window.deleteLater()
            self.window = None

    def _hide(self) -> None:
        if self.window is not None:
            self.window.hide()

    def _monitor_taken(self) -> bool:
        """By a video wall."""
        screens, wanted = self._room.screens, self._room.board_screen.screen
        return any(
            one.screen == wanted and screens.on(one) is not None for one in screens.others()
        )  # fmt: skip

    def _screen(self) -> QScreen | None:
        wanted = self._room.board_screen.screen
        others = self._room.screens.others()
        if wanted is None or (at := known_as(wanted, [one.screen for one in others])) is None:
            return None
        found = (one for one in QGuiApplication.screens() if _id(one) == others[at].screen)
        return next(found, None)


def _id(screen: QScreen) -> ScreenId:
    return ScreenId(screen.name(), screen.serialNumber())
