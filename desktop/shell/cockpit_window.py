"""The cockpits' window on a monitor of its own, and what brings another cockpit to its front."""

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.context import RoomContext
from desktop.domain.cockpit.rotation import USUAL_S, causes
from desktop.domain.monitors import ScreenId, known_as
from desktop.domain.permissions import Action
from desktop.errors import OperatorError
from desktop.stores.throttle import Throttle
from views.cockpit import build_wall
from widgets import rights

TICK_MS, CAUSES_MS = 500, 1000


def put_on(room: RoomContext, cockpit_id: str, number: int) -> None:
    """One cockpit over a whole monitor. Raises OperatorError without the right or monitor."""
    user = room.session.user
    if refusal := rights.why_not(user.roles if user is not None else (), Action.WALL_PUSH):
        raise OperatorError(refusal)
    monitors = room.screens.monitors
    monitor = next((one for one in monitors if one.number == number), None)
    if monitor is None:
        text = QCoreApplication.translate("CockpitWindow", "没有第 {0} 块屏，现有 {1} 块")
        raise OperatorError(text.format(number, len(monitors)))
    now_s = room.clock.monotonic_s()
    room.cockpit_screen.push(monitor.screen, (cockpit_id,), USUAL_S, now_s)
    words = QCoreApplication.translate("CockpitWindow", "命令行投屏到屏 {0}").format(number)
    room.audit.note(Action.WALL_PUSH, f"cockpit/{cockpit_id}", reason=words)


class CockpitWindow(QWidget):
    """Full-screen without a frame. Esc takes it back; the other keys stay at the workstation."""

    def __init__(self, room: RoomContext) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("cockpit_window")
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self._room = room
        self.wall = build_wall(room)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.wall)

    def stand_on(self, screen: QScreen) -> None:
        self.setWindowTitle(self.tr("驾驶舱"))
        if self.isVisible() and self.geometry() == screen.geometry():
            return
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        store, now_s = self._room.cockpit_screen, self._room.clock.monotonic_s()
        match event.key():
            case Qt.Key.Key_Escape:
                store.recall()
            case Qt.Key.Key_Left | Qt.Key.Key_Right as key:
                store.step(1 if key == Qt.Key.Key_Right else -1, now_s)
            case Qt.Key.Key_Space:
                store.toggle_pause(now_s)
            case _:
                super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """By the window manager: it is taken back."""
        if event.spontaneous():
            event.ignore()
            self._room.cockpit_screen.recall()


class CockpitWindows(QObject):
    """Follows `room.cockpit_screen`: one window, gone with monitor, session or right."""

    refused = Signal(str)  # operator's text

    def __init__(self, room: RoomContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self.window: CockpitWindow | None = None
        self.wanted: tuple[str, int] | None = None
        """A cockpit and the number of a monitor."""
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self._causes = Throttle(self._tell_causes, CAUSES_MS, self)
        for changed in (
            room.cockpit_screen.changed, room.screens.changed, room.session.changed,
        ):  # fmt: skip
            changed.connect(self.place)
        room.alarms.changed.connect(self._causes.call)
        room.incidents.changed.connect(self._causes.call)

    def begin(self) -> None:
        """What the command line asked for, once somebody sits here and the monitors are known."""
        room = self._room
        if self.wanted is None or room.session.user is None or not room.screens.monitors:
            return
        wanted, self.wanted = self.wanted, None
        try:
            put_on(room, *wanted)
        except OperatorError as error:
            self.refused.emit(error.operator_text)

    def place(self) -> None:
        room = self._room
        user = room.session.user
        if room.cockpit_screen.screen is None or user is None:
            self.close()
            return
        if rights.why_not(user.roles, Action.WALL_PUSH):
            room.cockpit_screen.recall()
            return
        screen = self._screen()
        if screen is None:
            if self.window is not None:
                self.window.hide()  # unplugged: it waits
            return
        if self.window is None:
            self.window = CockpitWindow(room)
            self._tick.start()
            self._tell_causes()
        self.window.stand_on(screen)

    def close(self) -> None:
        self._tick.stop()
        if self.window is not None:
            self.window.hide()
            self.window.deleteLater()
            self.window = None

    def _on_tick(self) -> None:
        self._room.cockpit_screen.tick(self._room.clock.monotonic_s())

    def _tell_causes(self) -> None:
        room = self._room
        if room.cockpit_screen.screen is not None:
            found = causes(room.alarms.items().values(), room.incidents.open())
            room.cockpit_screen.tell(found, room.clock.monotonic_s())

    def _screen(self) -> QScreen | None:
        """Also the workstation's own: a machine that does nothing else has only one."""
        wanted = self._room.cockpit_screen.screen
        screens = QGuiApplication.screens()
        ids = [ScreenId(one.name(), one.serialNumber()) for one in screens]
        if wanted is None or (at := known_as(wanted, ids)) is None:
            return None
        return screens[at]
