"""The steps of a tour in their order: moved by drag, removed by key."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from desktop.context import RoomContext
from desktop.domain.texts import clean_text
from widgets.theme import BODY_PX, colour, font

_KEY = Qt.ItemDataRole.UserRole


class TourList(QListWidget):
    """Cameras by id or walls by name; shown with their names, what is offline says so."""

    edited = Signal()

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room, self._of_walls = room, False
        self.setProperty("framed", True)
        self.setUniformItemSizes(True)
        self.setSpacing(2)
        self.setViewportMargins(6, 4, 6, 4)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setAccessibleName(self.tr("轮巡的步骤"))

    def items(self) -> tuple[str, ...]:
        return tuple(self.item(n).data(_KEY) for n in range(self.count()))

    def show_items(self, items: Iterable[str], of_walls: bool) -> None:
        self.clear()
        self._of_walls = of_walls
        for item in items:
            self._append(item)

    def add(self, items: Iterable[str], most: int) -> None:
        here = set(self.items())
        for item in dict.fromkeys(items):
            if item not in here and self.count() < most:
                self._append(item)

    def remove_selected(self) -> None:
        for item in self.selectedItems():
            self.takeItem(self.row(item))
        self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.remove_selected()
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self.edited.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.count():
            return
        words = self.tr("把摄像机、文件夹从左侧目录拖到这里，\n或用上面的按钮加入")
        if self._of_walls:
            words = self.tr("先在墙上用「布局方案」另存几个布局")
        painter = QPainter(self.viewport())
        painter.setFont(font(BODY_PX))
        painter.setPen(colour("text2"))
        painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, words)

    def _append(self, key: str) -> None:
        row = QListWidgetItem(clean_text(self._words(key)))
        row.setData(_KEY, key)
        self.addItem(row)

    def _words(self, key: str) -> str:
        if self._of_walls:
            return key
        camera = self._room.cameras.get(key)
        if camera is None:
            return self.tr("{0}（名册中没有）").format(key)
        return camera.name if camera.online else self.tr("{0}（离线，跳过）").format(camera.name)
