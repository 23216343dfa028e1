"""The frame of the window: red, once a second, while a red alarm waits for an answer."""

from PySide6.QtCore import QRect, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget

from desktop.stores.sound_state import SoundState
from widgets.theme import colour

FRAME_PX = 4
HALF_PERIOD_MS = 500


class RedFrame(QWidget):
    """Holds everything of the window inside a margin of FRAME_PX, which it paints.

    A margin of its own, and not a drawing above: a native picture would hide that.
    """

    def __init__(self, sound: SoundState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sound = sound
        self._lit = False
        self._blinking = QTimer(self)
        self._blinking.setInterval(HALF_PERIOD_MS)
        self._blinking.timeout.connect(self._blink)
        sound.changed.connect(self._tell)

    @property
    def lit(self) -> bool:
        return self._lit

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), colour("bg0"))
        if self._lit:
            for strip in self._strips():
                painter.fillRect(strip, colour("p1"))

    def _tell(self) -> None:
        if self._sound.red_waiting == self._blinking.isActive():
            return
        if self._sound.red_waiting:
            self._blinking.start()
            self._light(True)
        else:
            self._blinking.stop()
            self._light(False)

    def _blink(self) -> None:
        self._light(not self._lit)

    def _light(self, lit: bool) -> None:
        self._lit = lit
        region = QRegion()
        for strip in self._strips():
            region = region.united(QRegion(strip))
        self.update(region)

    def _strips(self) -> tuple[QRect, ...]:
        width, height = self.width(), self.height()
        return (
            QRect(0, 0, width, FRAME_PX),
            QRect(0, height - FRAME_PX, width, FRAME_PX),
            QRect(0, 0, FRAME_PX, height),
            QRect(width - FRAME_PX, 0, FRAME_PX, height),
        )
