"""A timer that costs nothing while nobody sees what it is for."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class SeenTimer(QTimer):
    """Calls `tick` at once when `widget` is shown, each `every_ms` while it is, and once more
    after it was hidden: what has to stop with the page stops there."""

    def __init__(self, widget: QWidget, every_ms: int, tick: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget, self._tick = widget, tick
        self.setInterval(every_ms)
        self.timeout.connect(self._turn)
        widget.installEventFilter(self)
        if widget.isVisible():
            self.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and not self.isActive():
            self.start()
            QTimer.singleShot(0, self, self._tick)
        return False

    def _turn(self) -> None:
        self._tick()
        if not self._widget.isVisible():
            self.stop()
