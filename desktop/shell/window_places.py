"""Where the window stands: by screen and share of it, so that it survives another resolution.

Not saveGeometry: its bytes speak of screens by number, and a screen that is gone would put the
window where nobody sees it.
"""

import msgspec
from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from desktop.domain.monitors import ScreenId, known_as
from desktop.shell.preferences import DeskKeeping

WINDOW = "main"
SAVE_AFTER_MS = 500
SETTLE_MS = 500  # an unplugged monitor is several changes, and a window manager moves things, too
FILLED = 0.9  # of a screen by a maximised window: its frame takes a little
SEEN_PX = 100  # less than this of the window on any screen is as good as lost
_WATCHED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowStateChange)


class WindowPlace(msgspec.Struct, frozen=True):
    """The rectangle as shares of the screen's room, 0 to 1; `state` normal, maximised, full."""

    screen: ScreenId
    x: float
    y: float
    width: float
    height: float
    state: str = "normal"


class Room(msgspec.Struct, frozen=True):
    """A screen's room in logical pixels."""

    screen: ScreenId
    x: int
    y: int
    width: int
    height: int


def choose_room(place: WindowPlace, rooms: list[Room]) -> tuple[Room, bool]:
    """The screen it stood on, or the first (the primary) and False. `rooms` is never empty."""
    found = known_as(place.screen, [one.screen for one in rooms])
    return (rooms[0], False) if found is None else (rooms[found], True)


def rect_in(place: WindowPlace, room: Room, least: tuple[int, int]) -> tuple[int, int, int, int]:
    """x, y, width, height in logical pixels, wholly inside the room and not below `least`."""
    width = min(max(round(place.width * room.width), least[0]), room.width)
    height = min(max(round(place.height * room.height), least[1]), room.height)
    x = min(max(round(place.x * room.width), 0), room.width - width)
    y = min(max(round(place.y * room.height), 0), room.height - height)
    return room.x + x, room.y + y, width, height


def is_lost(window: QRect, screens: list[QRect]) -> bool:
    """Nobody could take hold of it: no screen shows enough of its upper edge."""
    head = QRect(window.x(), window.y(), window.width(), min(window.height(), SEEN_PX))
    seen = [head.intersected(screen) for screen in screens]
    return not any(one.width() >= SEEN_PX and one.height() >= SEEN_PX // 4 for one in seen)


class WindowPlaces(QObject):
    """Restores the place of one window and keeps it from then on.

    A window whose screen goes comes to the primary one, and back when the screen is there again.
    """

    told = Signal(str, str)  # title and text: the screen is not there
    settled = Signal()  # it is there again

    def __init__(self, window: QWidget, keeping: DeskKeeping) -> None:
        super().__init__(window)
        self._window, self._keeping = window, keeping
        self._last = ""
        self._home: WindowPlace | None = None  # on a screen that is gone
        self._screening = QTimer(self)
        self._screening.setSingleShot(True)
        self._screening.setInterval(SETTLE_MS)
        self._screening.timeout.connect(self._look_at_screens)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        for change in (application.screenAdded, application.screenRemoved):
            change.connect(self._on_screens)
        for screen in application.screens():
            screen.availableGeometryChanged.connect(self._on_screens)
        application.screenAdded.connect(self._watch_screen)
        self._save = QTimer(self)
        self._save.setSingleShot(True)
        self._save.setInterval(SAVE_AFTER_MS)
        self._save.timeout.connect(self.save)

    async def restore(self) -> None:
        """Before the window is shown. Without a kept place it takes the whole screen."""
        kept = await self._keeping.ask(lambda desk: desk.window_place(WINDOW), None)
        self._window.installEventFilter(self)
        place = _decoded(kept)
        self._last = kept if kept and place else ""
        if place is None:  # maximised: a window manager's frame must not push the foot out of sight
            self._window.setWindowState(Qt.WindowState.WindowMaximized)
        elif not self._put(place):
            self._home = place
            self._tell_gone()

    def save(self) -> None:
        if not self._window.isVisible() or self._window.isMinimized():
            return
        if self._home is not None or self._screening.isActive():
            return  # where it was parked is no place of its own
        place = msgspec.json.encode(self._place()).decode()
        if place != self._last:
            self._last = place
            self._keeping.write(lambda desk: desk.put_window_place(WINDOW, place))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _WATCHED:
            self._save.start()
        return super().eventFilter(watched, event)

    # ---- screens that come and go -----------------------------------------------------------

    def _watch_screen(self, screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(self._on_screens)

    def _on_screens(self) -> None:
        self._save.stop()  # Qt and the window manager move the window before we know why
        self._screening.start()

    def _look_at_screens(self) -> None:
        """After a monitor was plugged, unplugged or changed."""
        place = self._home or _decoded(self._last)
        if place is None or not self._window.isVisible():
            return
        there = choose_room(place, [_room(screen) for screen in _screens()])[1]
        if self._home is not None and there:
            self._home = None
            self._put(place)
            self.settled.emit()
        elif self._home is None and not there:
            self._home = place
            self._put(place)
            self._tell_gone()
        elif is_lost(self._window.frameGeometry(), [one.geometry() for one in _screens()]):
            self._put(place)

    def _tell_gone(self) -> None:
        if self._home is not None:
            text = self.tr("显示器 {0} 不在，窗口已移到主屏幕；接回后自动回到原处")
            self.told.emit(self.tr("显示器不在"), text.format(self._home.screen.name))

    # ---- one place --------------------------------------------------------------------------

    def _put(self, place: WindowPlace) -> bool:
        """False: on the primary screen, as its own is not there."""
        rooms = [_room(screen) for screen in _screens()]
        room, found = choose_room(place, rooms)
        least = self._window.minimumSize()
        if self._window.isVisible():  # a maximised window stays on its screen
            self._window.setWindowState(Qt.WindowState.WindowNoState)
        self._window.setGeometry(QRect(*rect_in(place, room, (least.width(), least.height()))))
        state = {
            "maximised": Qt.WindowState.WindowMaximized,
            "full": Qt.WindowState.WindowFullScreen,
        }.get(place.state, Qt.WindowState.WindowNoState)
        self._window.setWindowState(state)
        return found

    def _place(self) -> WindowPlace:
        window = self._window
        room = _room(window.screen())
        state = state_of(window)
        at = QRect() if state == "normal" else window.normalGeometry()
        at = at if at.isValid() else window.geometry()
        return WindowPlace(
            room.screen,
            (at.x() - room.x) / room.width,
            (at.y() - room.y) / room.height,
            at.width() / room.width,
            at.height() / room.height,
            state,
        )


def state_of(window: QWidget) -> str:
    """normal, maximised or full. A wish that no window manager has carried out does not count."""
    if window.isFullScreen():
        return "full"
    room = window.screen().availableSize()
    fills = window.width() >= room.width() * FILLED and window.height() >= room.height() * FILLED
    return "maximised" if window.isMaximized() and fills else "normal"


def _decoded(kept: str | None) -> WindowPlace | None:
    """None also for what another version has written."""
    try:
        return msgspec.json.decode(kept, type=WindowPlace) if kept else None
    except msgspec.DecodeError:
        return None


def _screens() -> list[QScreen]:
    """The primary one first."""
    primary = QGuiApplication.primaryScreen()
    return [primary, *(one for one in QGuiApplication.screens() if one is not primary)]


def _room(screen: QScreen) -> Room:
    at = screen.availableGeometry()
    return Room(
        ScreenId(screen.name(), screen.serialNumber()), at.x(), at.y(), at.width(), at.height()
    )
