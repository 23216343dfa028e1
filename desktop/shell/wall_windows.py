"""A window on each other monitor that has a wall, and the number of each monitor when asked."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QScreen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.context import RoomContext
from desktop.domain.monitors import Monitor, ScreenId, numbered
from desktop.shell.keys import KeyRegistry
from desktop.stores.wall_screens import ScreenWall
from views.video_wall.wall import build_screen
from widgets.plain_label import PlainLabel

SETTLE_MS = 500  # an unplugged monitor is several changes
NUMBER_MS = 3_000
_NUMBER_BOX_PX = 320


class WallWindow(QWidget):
    """Full-screen on one monitor, without a frame. It goes only when its wall is taken back."""

    recall_asked = Signal()

    def __init__(self, room: RoomContext, place: ScreenWall, keys: KeyRegistry) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("wall_window")
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)  # the workstation decides
        self._keys = keys
        self.page = build_screen(room, place)
        self.page.bare_asked.connect(self.toggle_head)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self.setFocusProxy(self.page)

    def stand_on(self, monitor: Monitor, screen: QScreen) -> None:
        self.setWindowTitle(self.tr("视频墙 屏 {0}").format(monitor.number))
        if self.isVisible() and self.geometry() == screen.geometry():
            return
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)  # the hands stay at the desk
        self.showFullScreen()

    def toggle_head(self) -> None:
        """F11: tabs and layouts above the wall, for as long as somebody works at it."""
        self.page.set_bare(not self.page.is_bare)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the wall does not know itself is a key of the workstation."""
        if event.key() == Qt.Key.Key_F11:
            self.toggle_head()
        elif event.key() == Qt.Key.Key_Escape:
            if not self.page.step_back():
                self.page.set_bare(True)
        elif not self._keys.press(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """By the window manager: its wall goes back to the workstation, nothing is lost."""
        event.ignore()
        if event.spontaneous():
            self.recall_asked.emit()


class WallWindows(QObject):
    """Follows `room.screens` and the monitors. `window`: the workstation's."""

    told = Signal(str, str)  # title and text
    settled = Signal()

    def __init__(self, room: RoomContext, window: QWidget, keys: KeyRegistry) -> None:
        super().__init__(window)
        self._room, self._desk, self._keys = room, window, keys
        self._windows: dict[int, WallWindow] = {}
        self._away: tuple[str, ...] = ()
        self._numbers: list[QLabel] = []
        self._locked = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.look)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._on_screen)
        application.screenRemoved.connect(self._settle.start)
        application.primaryScreenChanged.connect(self._settle.start)
        for screen in application.screens():
            screen.geometryChanged.connect(self._settle.start)
        window.installEventFilter(self)
        room.screens.changed.connect(self.place)
        room.screens.numbers_asked.connect(self.show_numbers)
        room.session.changed.connect(self.place)

    def look(self) -> None:
        """Which monitors there are, and on which the workstation stands."""
        own = self._desk.screen()
        self._room.screens.show_monitors(
            numbered(_monitor(one, one is own) for one in QGuiApplication.screens())
        )
        self.place()

    def place(self) -> None:
        """Each wall on its monitor; where that is away, or the workstation stands, it waits."""
        screens, signed_in = self._room.screens, self._room.session.user is not None
        for place in screens.places:
            monitor = screens.monitor_of(place)
            if monitor is None or monitor.is_desk or not signed_in:
                if place.slot in self._windows:
                    self._windows[place.slot].hide()
                continue
            found = next(one for one in QGuiApplication.screens() if _id(one) == monitor.screen)
            self._window(place).stand_on(monitor, found)
        self._tell_away()

    def lock(self, locked: bool) -> None:
        """The room goes on seeing its pictures; nobody can change them."""
        self._locked = locked
        for window in self._windows.values():
            window.page.setEnabled(not locked)

    def show_numbers(self) -> None:
        """As large as an arm, in the middle of each monitor."""
        self._hide_numbers()
        self.look()
        for monitor in self._room.screens.monitors:
            number = PlainLabel(str(monitor.number))
            number.setObjectName("screen_number")
            number.setWindowFlags(
                Qt.WindowType.ToolTip
                | Qt.WindowType.FramelessWindowHint
                | Qt.WindowType.WindowStaysOnTopHint
            )
            number.setAlignment(Qt.AlignmentFlag.AlignCenter)
            left = monitor.x + (monitor.width - _NUMBER_BOX_PX) // 2
            top = monitor.y + (monitor.height - _NUMBER_BOX_PX) // 2
            number.setGeometry(left, top, _NUMBER_BOX_PX, _NUMBER_BOX_PX)
            number.show()
            self._numbers.append(number)
        QTimer.singleShot(NUMBER_MS, self, self._hide_numbers)

    def close(self) -> None:
        """Before the players end."""
        for window in self._windows.values():
            window.hide()
            window.deleteLater()
        self._windows.clear()
        self._hide_numbers()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Show):
            self._settle.start()
        return super().eventFilter(watched, event)

    # ---- inside -----------------------------------------------------------------------------

    def _window(self, place: ScreenWall) -> WallWindow:
        if place.slot not in self._windows:
            window = WallWindow(self._room, place, self._keys)
            window.page.setEnabled(not self._locked)
            window.recall_asked.connect(self._recaller(place))
            self._windows[place.slot] = window
        return self._windows[place.slot]

    def _recaller(self, place: ScreenWall) -> Callable[[], None]:
        return lambda: self._windows[place.slot].page.throwing.recall(place)

    def _on_screen(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._settle.start)
        self._settle.start()

    def _tell_away(self) -> None:
        """Once for each change; a monitor that comes back takes the words away."""
        screens = self._room.screens
        away = tuple(
            one.screen.name
            for one in screens.hung()
            if one.screen is not None and screens.monitor_of(one) is None
        )
        if away == self._away or not screens.monitors:
            return
        self._away = away
        if away:
            words = self.tr("显示器 {0} 不在，它的视频墙已收起；接回后自动回到原处")
            self.told.emit(self.tr("显示器不在"), words.format("、".join(away)))
        else:
            self.settled.emit()

    def _hide_numbers(self) -> None:
        for one in self._numbers:
            one.hide()
            one.deleteLater()
        self._numbers.clear()


def _id(screen: QScreen) -> ScreenId:
    return ScreenId(screen.name(), screen.serialNumber())


def _monitor(screen: QScreen, is_desk: bool) -> Monitor:
    at = screen.geometry()
    return Monitor(_id(screen), at.x(), at.y(), at.width(), at.height(), is_desk=is_desk)
