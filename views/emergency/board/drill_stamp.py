"""演练 across the whole board: nobody takes a drill for the real thing, nor a picture of it."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from widgets.theme import colour, font

_ANGLE_DEG = -24.0
_SIZE_PX, _STEP_X_PX, _STEP_Y_PX = 84, 460, 250
_ALPHA = 0.10


class DrillStamp(QWidget):
    """Above everything of its parent, takes no mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("演练"))
        parent.installEventFilter(self)
        self.hide()

    def tell(self, drill: bool) -> None:
        self.setVisible(drill)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return False

    def _fit(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
            self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        hue = QColor(colour("text"))
        hue.setAlphaF(_ALPHA)
        stamp(painter, self.width(), self.height(), self.tr("演练"), hue)


def stamp(painter: QPainter, width: int, height: int, text: str, hue: QColor) -> None:
    """Rows of the word, turned; each second row is shifted."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font(_SIZE_PX, bold=True))
    painter.setPen(hue)
    for line, y in enumerate(range(_STEP_Y_PX // 2, height + _STEP_Y_PX, _STEP_Y_PX)):
        shift = _STEP_X_PX // 2 if line % 2 else 0
        for x in range(-shift, width + _STEP_X_PX, _STEP_X_PX):
            painter.save()
            painter.translate(QPointF(x, y))
            painter.rotate(_ANGLE_DEG)
            painter.drawText(0, 0, text)
            painter.restore()
