"""The frame of every question and card that stands as a window of its own."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget


class DialogWindow(QFrame):
    """Lies over map and video; the desk behind it goes on. Escape closes it, and so ends it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Dialog)
        self.setProperty("popover", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def open_over(self, window: QWidget) -> None:
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.adjustSize()  # what Qt gives before the first show is not what it will be
        self.move(window.frameGeometry().center() - self.rect().center())
        self.show()
        self.activateWindow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
