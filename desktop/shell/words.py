"""What the station does for each word of its control socket."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QMainWindow

from desktop.context import RoomContext
from desktop.errors import OperatorError
from desktop.shell.control import Word
from desktop.shell.lateness import Lateness
from desktop.shell.screenshots import ScreenGrabber, ViewWindow
from desktop.shell.status import Readiness, build_status


class StationWords(QObject):
    """status, screenshot, view, raise and quit."""

    quit_asked = Signal()

    def __init__(
        self, window: QMainWindow, views: ViewWindow, room: RoomContext, readiness: Readiness
    ) -> None:
        super().__init__(window)
        self._window, self._views, self._room, self._readiness = window, views, room, readiness
        self._lateness = Lateness(self)
        self._lateness.start()

    def table(self) -> dict[str, Word]:
        return {
            "status": self._status,
            "screenshot": self._screenshot,
            "view": self._view,
            "raise": self._raise,
            "quit": self._quit,
        }

    async def _status(self, _order: dict[str, Any]) -> dict[str, Any]:
        return {"status": await build_status(self._room, self._readiness, self._lateness)}

    async def _screenshot(self, order: dict[str, Any]) -> dict[str, Any]:
        width, height = order["size"]
        grabber = ScreenGrabber(self._window, self._views, self._room)
        wanted = tuple(str(one) for one in order.get("views", ()))
        taken = await grabber.take(Path(order["folder"]), (int(width), int(height)), wanted)
        return {"files": list(taken), "faults": {f: lines for f, lines in taken.items() if lines}}

    async def _view(self, order: dict[str, Any]) -> dict[str, Any]:
        view_id, screen = str(order["view_id"]), order.get("screen")
        show_view(self._views, view_id)
        if isinstance(screen, int) and screen:
            from desktop.shell.cockpit_window import put_on  # views come after the environment

            put_on(self._room, view_id.partition("/")[2], screen)
        return {}

    async def _raise(self, _order: dict[str, Any]) -> dict[str, Any]:
        # Not showNormal: a maximised window would become small.
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        return {}

    async def _quit(self, _order: dict[str, Any]) -> dict[str, Any]:
        self.quit_asked.emit()
        return {}


def show_view(views: ViewWindow, view_id: str) -> None:
    """Raises OperatorError for a name that no view has."""
    if view_id.partition("/")[0] not in views.view_ids():
        text = QCoreApplication.translate("Words", "没有名为 {name} 的页面，可用：{known}")
        raise OperatorError(text.format(name=view_id, known=" ".join(views.view_ids())))
    views.show_view(view_id)
