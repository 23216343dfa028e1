"""A small drawing of a layout, as a button: how the wall would be cut."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.domain.wall import Layout
from views.video_wall.wall.words import layout_name
from widgets.plain_label import plain_tip
from widgets.theme import NOTE_PX, colour, font

WIDTH_PX, HEIGHT_PX = 32, 32
_DRAWN_WIDE_PX, _DRAWN_HIGH_PX = 22, 14
_TOP_PX, _WORD_PX = 3, 14


class LayoutButton(QAbstractButton):
    """Checked: the wall is cut so."""

    def __init__(self, layout: Layout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.layout_shown = layout
        self.setCheckable(True)
        self.setFixedSize(WIDTH_PX, HEIGHT_PX)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_layout(layout)

    def show_layout(self, layout: Layout) -> None:
        self.layout_shown = layout
        name = layout_name(layout)
        self.setToolTip(plain_tip(name))
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH_PX, HEIGHT_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("selection" if self.isChecked() else "bg3"))
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        left = (self.width() - _DRAWN_WIDE_PX) / 2
        ground = QRectF(left, _TOP_PX, _DRAWN_WIDE_PX, _DRAWN_HIGH_PX)
        paint_layout(painter, ground, self.layout_shown, self.isChecked())
        painter.setFont(font(NOTE_PX, bold=True))
        painter.setPen(colour("text" if self.isChecked() else "text2"))
        line = self.rect().adjusted(0, self.height() - _WORD_PX - 1, 0, -1)
        count = str(self.layout_shown.count)  # 25, 30 and 36 are not told apart at a glance
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, count)


def paint_layout(painter: QPainter, ground: QRectF, layout: Layout, strong: bool) -> None:
    """Filled cells with a hair of room between them: readable at 22 px."""
    wide, high = ground.width() / layout.cols, ground.height() / layout.rows
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("text" if strong else "text2"))
    for span in layout.spans:
        cell = QRectF(
            ground.left() + span.col * wide, ground.top() + span.row * high,
            span.cols * wide, span.rows * high,
        ).adjusted(0.5, 0.5, -0.5, -0.5)  # fmt: skip
        painter.drawRect(cell)
