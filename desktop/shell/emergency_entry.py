"""The ways to the page of emergencies: an alarm, the badge of the top bar, the count beside it."""

from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.context import RoomContext
from desktop.shell.incident_watch import IncidentWatch
from desktop.shell.level_watch import LevelWatch
from desktop.shell.navigation import Navigation
from desktop.shell.notices import NoticeBoard
from desktop.shell.top_bar import TopBar

VIEW_ID = "emergency"


class Window(Protocol):
    """The part of the main window that is needed here."""

    navigation: Navigation
    top_bar: TopBar
    notices: NoticeBoard

    def view_ids(self) -> tuple[str, ...]: ...

    def show_view(self, view_id: str) -> None: ...

    def page(self, view_id: str) -> QWidget | None: ...


class EmergencyEntry(QObject):
    """Where the page is missing only the notices are left."""

    def __init__(self, room: RoomContext, window: QObject) -> None:
        super().__init__(window)
        self._room = room
        self._window: Window = window  # type: ignore[assignment] # the same object by its protocol
        self._watch = IncidentWatch(room, self._window.notices, self)
        LevelWatch(room, self._window.notices, self)
        self._watch.running_changed.connect(self._tell)
        self._window.top_bar.incidents.clicked.connect(self._show_first)
        room.emergency.opened.connect(self._show)

    def _tell(self, count: int) -> None:
        self._window.navigation.show_count(VIEW_ID, count)
        running = self._room.incidents.open() if count else []
        self._window.top_bar.incidents.show_incidents(running)

    def _show(self, _draft_id: str = "") -> None:
        if VIEW_ID in self._window.view_ids():
            self._window.show_view(VIEW_ID)

    def report(self) -> None:
        """态势专报 by its key, from wherever the operator is: of the one that is looked at, else
        of the gravest."""
        page = self._window.page(VIEW_ID)
        if page is None or not page.isVisible():
            self._show_first()
        board = getattr(self._window.page(VIEW_ID), "board", None)
        if board is not None and board.isVisible():
            board.make_report()

    def _show_first(self) -> None:
        """The gravest of those that run."""
        self._show()
        show = getattr(self._window.page(VIEW_ID), "show_incident", None)
        if show is not None:
            show(self._window.top_bar.incidents.incident_id)
