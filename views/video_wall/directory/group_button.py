"""A button for a whole list of cameras: pressed it sends them to the wall, dragged to a cell."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from views.video_wall.directory.rows_view import drag_cameras


class GroupButton(QPushButton):
    """`ids` and `words` are asked when the drag begins."""

    def __init__(
        self,
        ids: Callable[[], tuple[str, ...]],
        words: Callable[[int], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ids, self._words = ids, words
        self._pressed_at: QPoint | None = None
        self.setProperty("small", True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        start, far = self._pressed_at, QApplication.startDragDistance()
        if start is None or (event.position().toPoint() - start).manhattanLength() < far:
            super().mouseMoveEvent(event)
            return
        self._pressed_at = None
        self.setDown(False)
        if ids := self._ids():
            drag_cameras(self, ids, self._words(len(ids)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = None
        super().mouseReleaseEvent(event)
