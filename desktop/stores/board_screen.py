"""The scoreboard on another monitor: which one, and what it shows there."""

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from desktop.domain.assessment.figures import Level
from desktop.domain.monitors import Monitor, ScreenId


class Pushed(NamedTuple):
    """Stays as it was pushed; its figures are as fresh as the desk's."""

    level: Level
    period: str
    robust: bool = False


class BoardScreen(QObject):
    """`screen` is None while nothing is shown. It is not kept: who signs in next pushes anew."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.screen: ScreenId | None = None
        self.pushed: Pushed | None = None

    def push(self, monitor: Monitor, pushed: Pushed) -> None:
        self.screen, self.pushed = monitor.screen, pushed
        self.changed.emit()

    def recall(self) -> None:
        if self.screen is not None:
            self.screen = self.pushed = None
            self.changed.emit()
