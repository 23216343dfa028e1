"""Where the window stands: by screen and share of it, so that it survives another resolution.

Not saveGeometry: its bytes speak of screens by number, and a screen that is gone would put the
window where nobody sees it.
"""

import msgspec
from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from desktop.shell.preferences import DeskKeeping

WINDOW = "main"
SAVE_AFTER_MS = 500
_WATCHED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowStateChange)


class ScreenId(msgspec.Struct, frozen=True):
    """Serial numbers are often empty or equal; then the name of the output decides."""

    name: str
    serial: str = ""


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
    wanted = place.screen
    by_serial = [r for r in rooms if wanted.serial and r.screen.serial == wanted.serial]
    by_name = [r for r in rooms if r.screen.name == wanted.name]
    both = [r for r in by_serial if r.screen.name == wanted.name]
    for found in (both, by_serial if len(by_serial) == 1 else [], by_name):
        if found:
            return found[0], True
    return rooms[0], False


def rect_in(place: WindowPlace, room: Room, least: tuple[int, int]) -> tuple[int, int, int, int]:
    """x, y, width, height in logical pixels, wholly inside the room and not below `least`."""
    width = min(max(round(place.width * room.width), least[0]), room.width)
    height = min(max(round(place.height * room.height), least[1]), room.height)
    x = min(max(round(place.x * room.width), 0), room.width - width)
    y = min(max(round(place.y * room.height), 0), room.height - height)
    return room.x + x, room.y + y, width, height


class WindowPlaces(QObject):
    """Restores the place of one window and keeps it from then on."""

    told = Signal(str, str)  # title and text: the screen is not there

    def __init__(self, window: QWidget, keeping: DeskKeeping) -> None:
        super().__init__(window)
        self._window, self._keeping = window, keeping
        self._last = ""
        self._save = QTimer(self)
        self._save.setSingleShot(True)
        self._save.setInterval(SAVE_AFTER_MS)
        self._save.timeout.connect(self.save)

    async def restore(self) -> None:
        """Before the window is shown. Without a kept place it stays where it is."""
        kept = await self._keeping.ask(lambda desk: desk.window_place(WINDOW), None)
        self._window.installEventFilter(self)
        if not kept:
            return
        try:
            place = msgspec.json.decode(kept, type=WindowPlace)
        except msgspec.DecodeError:
            return  # of another version: the window stands as on the first day
        self._put(place)

    def save(self) -> None:
        if not self._window.isVisible() or self._window.isMinimized():
            return
        place = msgspec.json.encode(self._place()).decode()
        if place != self._last:
            self._last = place
            self._keeping.write(lambda desk: desk.put_window_place(WINDOW, place))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _WATCHED:
            self._save.start()
        return super().eventFilter(watched, event)

    def _put(self, place: WindowPlace) -> None:
        rooms = [_room(screen) for screen in _screens()]
        room, found = choose_room(place, rooms)
        least = self._window.minimumSize()
        self._window.setGeometry(QRect(*rect_in(place, room, (least.width(), least.height()))))
        state = {
            "maximised": Qt.WindowState.WindowMaximized,
            "full": Qt.WindowState.WindowFullScreen,
        }.get(place.state, Qt.WindowState.WindowNoState)
        self._window.setWindowState(state)
        if not found:
            text = self.tr("上次所在的显示器 {0} 不在，窗口已移到主屏幕")
            self.told.emit(self.tr("显示器不在"), text.format(place.screen.name))

    def _place(self) -> WindowPlace:
        window = self._window
        room = _room(window.screen())
        at = window.normalGeometry() if window.isMaximized() or window.isFullScreen() else QRect()
        at = at if at.isValid() else window.geometry()
        state = "full" if window.isFullScreen() else "maximised" if window.isMaximized() else ""
        return WindowPlace(
            room.screen,
            (at.x() - room.x) / room.width,
            (at.y() - room.y) / room.height,
            at.width() / room.width,
            at.height() / room.height,
            state or "normal",
        )


def _screens() -> list[QScreen]:
    """The primary one first."""
    primary = QGuiApplication.primaryScreen()
    return [primary, *(one for one in QGuiApplication.screens() if one is not primary)]


def _room(screen: QScreen) -> Room:
    at = screen.availableGeometry()
    return Room(
        ScreenId(screen.name(), screen.serialNumber()), at.x(), at.y(), at.width(), at.height()
    )
