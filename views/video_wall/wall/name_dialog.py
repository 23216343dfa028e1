"""Asks for one short name."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.domain.wall_tabs import NAME_CHARS
from widgets.dialog_window import DialogWindow
from widgets.plain_label import PlainLabel
from widgets.theme import STRONG_PX

_WIDTH_PX = 360


class NameDialog(DialogWindow):
    def __init__(
        self, title: str, name: str, take: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        """`take` gets what is not empty, once."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setFixedWidth(_WIDTH_PX)
        self._take = take
        self.field = QLineEdit(name)
        self.field.setMaxLength(NAME_CHARS)
        self.field.setProperty("large", True)
        self.field.setAccessibleName(title)
        self.field.selectAll()
        self.field.returnPressed.connect(self._done)
        self.button = QPushButton(self.tr("确定"))
        self.button.setProperty("primary", True)
        self.button.clicked.connect(self._done)
        cancel = QPushButton(self.tr("取消"))
        cancel.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel(title, STRONG_PX, bold=True))
        column.addWidget(self.field)
        column.addLayout(buttons)
        self.field.setFocus()

    def _done(self) -> None:
        name = self.field.text().strip()
        if name:
            self._take(name)
            self.close()
