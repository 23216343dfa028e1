"""The strip over the map that says what it does not show, and why."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from widgets.plain_label import PlainLabel


class Notice(QFrame):
    """One line; with a button where the operator can do something."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = PlainLabel()
        self.button = QPushButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(self._text)
        row.addWidget(self.button)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.hide()

    def text(self) -> str:
        return "" if self.isHidden() else self._text.text()

    def tell(self, text: str, *, stale: bool = False, button: str = "") -> None:
        """An empty text hides the strip."""
        look = "stale" if stale else "true"
        if self.property("notice") != look:
            self.setProperty("notice", look)
            self.style().unpolish(self)
            self.style().polish(self)
        self._text.setText(text)
        self.setAccessibleName(text)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.setVisible(bool(text))
        self.place()

    def place(self) -> None:
        """In the middle of the upper edge, clear of the buttons at the right."""
        self.adjustSize()
        parent = self.parentWidget()
        room = parent.width() if parent is not None else 0
        self.move(max(8, (room - self.width()) // 2), 8)
        self.raise_()
