"""A part of the page: a head of 40 px with its title and a note at the right, and what is below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.theme import NOTE_PX, STRONG_PX

HEAD_PX, SIDE_PX = 40, 16


class Panel(QWidget):
    """`body` takes what the part shows; `head` more controls at its right."""

    def __init__(self, title: str, parent: QWidget | None = None, inset: bool = True) -> None:
        super().__init__(parent)
        self.setProperty("ground", "1")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = PlainLabel(title, STRONG_PX, bold=True)
        self.aside = ElidedLabel(px=NOTE_PX, tone="text2")
        self.note = PlainLabel(px=NOTE_PX, tone="text2")
        top = QWidget()
        top.setFixedHeight(HEAD_PX)
        self.head = QHBoxLayout(top)
        self.head.setContentsMargins(SIDE_PX, 0, SIDE_PX, 0)
        self.head.setSpacing(12)
        self.head.addWidget(self.title)
        self.head.addWidget(self.aside, 1)
        self.head.addWidget(self.note)
        self.body = QVBoxLayout()
        side = SIDE_PX if inset else 0
        self.body.setContentsMargins(side, 0, side, 12 if inset else 0)
        self.body.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addLayout(self.body, 1)

    def tell(self, aside: str = "", note: str = "") -> None:
        self.aside.setText(aside)
        self.note.setText(note)


def scrolling(column: QWidget) -> QScrollArea:
    """On a small screen, or with large text, a column is longer than the page."""
    column.setProperty("ground", "0")
    scroll = QScrollArea()
    scroll.setProperty("ground", "0")
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QScrollArea.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(column)
    return scroll
