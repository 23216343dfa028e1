"""Who looks at a shared picture, written across it: a photo of the screen names its place.

A video process draws into a native window, over which nothing of Qt can be painted, and its
player has no text of its own (`--no-spu`). This is a window of its own above the picture, cut to
the shape of the letters: it costs the player nothing, and is in every picture of the screen.
"""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QBitmap, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from widgets.theme import BODY_PX, colour, font

ANGLE_DEG = -22.0
_GAP_X_PX, _GAP_Y_PX = 72, 96
_LARGE_ABOVE_PX = 480


def write_across(painter: QPainter, size: QSize, text: str) -> None:
    """With the painter's pen; turns the painter."""
    large = size.height() > _LARGE_ABOVE_PX
    painter.setFont(font(BODY_PX + (6 if large else 0), bold=large))
    step_x = painter.fontMetrics().horizontalAdvance(text) + _GAP_X_PX
    step_y = _GAP_Y_PX * (2 if large else 1)
    painter.translate(QPointF(size.width() / 2, size.height() / 2))
    painter.rotate(ANGLE_DEG)
    reach = size.width() + size.height()
    for line, y in enumerate(range(-reach // step_y * step_y, reach, step_y)):
        shift = step_x // 2 if line % 2 else 0
        for x in range(-reach // step_x * step_x - shift, reach, step_x):
            painter.drawText(x, y, text)


class Watermark(QWidget):
    """Takes no mouse. Its text comes from the session, never from a message."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DontCreateNativeAncestors)
        self.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._text = ""
        self._cut_for: tuple[str, QSize] = ("", QSize())
        self.hide()

    @property
    def text(self) -> str:
        return self._text

    def show_text(self, text: str, seen: bool) -> None:
        """`seen`: whether there is a picture below; an empty text takes the mark away."""
        self._text = text
        wanted = seen and bool(text)
        if wanted:
            self._cut()
        if wanted == self.isHidden():
            self.setVisible(wanted)
        if wanted:
            self.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        """The window has the shape of its letters."""
        if not self._text or (self._text, self.size()) == self._cut_for:
            return
        self._cut_for = (self._text, self.size())
        shape = QBitmap(self.size())
        shape.clear()
        painter = QPainter(shape)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing, False)
        painter.setPen(Qt.GlobalColor.color1)
        write_across(painter, self.size(), self._text)
        painter.end()
        self.setMask(shape)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("border"))
