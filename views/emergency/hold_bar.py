"""A button that has to be held: nobody leans on two seconds by accident.

The words are painted twice, cut at the edge of the fill, so that they are read on both grounds.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.theme import BODY_PX, NOTE_PX, STRONG_PX, colour, font

HOLD_S = 2.0
TALL_PX, LOW_PX = 96, 64
_FRAME_MS = 16
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class HoldBar(QWidget):
    """By the mouse, or by holding Enter or Space. Letting go before the end does nothing."""

    held = Signal()  # once for each whole hold
    let_go = Signal()  # before the end

    def __init__(
        self,
        words: str = "",
        parent: QWidget | None = None,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("hold_bar")
        self._now_s = now_s
        self._words, self._why_not, self._done = words, "", ""
        self._since_s: float | None = None
        self._fired = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(LOW_PX)
        self.setAccessibleName(words)
        self._frames = QTimer(self)
        self._frames.setInterval(_FRAME_MS)
        self._frames.setTimerType(Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self.look)

    # ---- what it shows ----------------------------------------------------------------------

    @property
    def share(self) -> float:
        """How far the hold is, 0 to 1."""
        if self._done:
            return 0.0
        return min(1.0, self._held_s() / HOLD_S)

    @property
    def text(self) -> str:
        """The words as they stand on it now."""
        if self._done:
            return self._done
        if self._since_s is None:
            return self._words
        return self.tr("正在按住 {0:.1f} / {1:.1f} s").format(self._held_s(), HOLD_S)

    @property
    def why_not(self) -> str:
        return self._why_not

    def tell(self, words: str, why_not: str = "") -> None:
        """`why_not`: it cannot be held now, and the reason stands on it."""
        if (words, why_not, "") == (self._words, self._why_not, self._done):
            return
        self._words, self._why_not, self._done = words, why_not, ""
        if why_not:
            self._stop()
        self.setAccessibleName(words)
        self.setAccessibleDescription(why_not or self.tr("按住鼠标、Enter 或空格 2 秒；松开即取消"))
        self.setCursor(Qt.CursorShape.ArrowCursor if why_not else Qt.CursorShape.PointingHandCursor)
        self.update()

    def tell_done(self, words: str) -> None:
        """It was held, and what follows is on its way: it takes nothing any more."""
        self._stop()
        self._done, self._why_not = words, ""
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, TALL_PX)

    # ---- the hand ---------------------------------------------------------------------------

    def look(self) -> None:
        """Each frame while it is held."""
        if self._since_s is None:
            return
        if self._held_s() >= HOLD_S and not self._fired:
            self._fired = True
            self._frames.stop()
            self.update()
            self.held.emit()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._start()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.rect().contains(event.position().toPoint()):
            self._release()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._release()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _KEYS:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self._start()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _KEYS:
            super().keyReleaseEvent(event)
        elif not event.isAutoRepeat():
            self._release()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._release()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._release()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.EnabledChange and not self.isEnabled():
            self._release()

    def _start(self) -> None:
        if self._why_not or self._done or not self.isEnabled() or self._since_s is not None:
            return
        self._since_s, self._fired = self._now_s(), False
        self._frames.start()
        self.update()

    def _release(self) -> None:
        if self._since_s is None:
            return
        self.look()  # the last frame may be older than the hand
        early = not self._fired
        self._stop()
        if early:
            self.let_go.emit()

    def _stop(self) -> None:
        self._frames.stop()
        self._since_s, self._fired = None, False
        self.update()

    def _held_s(self) -> float:
        held = 0.0 if self._since_s is None else self._now_s() - self._since_s
        return min(max(held, 0.0), HOLD_S)

    # ---- painting ---------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        dead = bool(self._why_not or self._done)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("bg3" if dead else "bg0"))
        painter.drawRoundedRect(box, 4, 4)
        filled = QRectF(box.left(), box.top(), box.width() * self.share, box.height())
        if self.share > 0:
            painter.save()
            painter.setClipRect(filled)
            painter.setBrush(colour("text"))
            painter.drawRoundedRect(box, 4, 4)
            painter.restore()
        rest = QRectF(filled.right(), box.top(), box.right() - filled.right(), box.height())
        for clip, ink in ((filled, "ink"), (rest, "text")):
            if clip.width() > 0:
                painter.save()
                painter.setClipRect(clip)
                self._paint_words(painter, box, colour(ink))
                painter.restore()
        if not dead:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            edge = "focus" if self.hasFocus() else "text"
            painter.setPen(QPen(colour(edge), 2 if self.hasFocus() else 1))
            painter.drawRoundedRect(box, 4, 4)

    def _paint_words(self, painter: QPainter, box: QRectF, ink: QColor) -> None:
        """The words, smaller where they would be cut, and below them a hint if it has room."""
        room = box.width() - 16
        strong = next(
            (
                face
                for px in (STRONG_PX, BODY_PX)
                if _wide(face := font(px, True), self.text) <= room
            ),
            font(NOTE_PX, True),
        )
        small = self._why_not or (self._hint() if self._since_s is None else "")
        if not self._why_not and _wide(font(NOTE_PX), small) > room:
            small = ""
        painter.setFont(strong)
        painter.setPen(colour("border") if self._why_not else ink)
        if not small:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text)
            return
        tall = self.height() > 80
        middle = box.center().y() - (0 if tall else 4)
        upper = QRectF(box.left() + 8, middle - 24, room, 24)
        lower = QRectF(box.left() + 8, middle + 2, room, box.bottom() - middle - 2)
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, self.text)
        painter.setFont(font(BODY_PX if self._why_not and tall else NOTE_PX))
        painter.setPen(colour("text2") if ink == colour("text") else ink)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(lower, int(flags | Qt.TextFlag.TextWordWrap), small)

    def _hint(self) -> str:
        return "" if self._done else self.tr("鼠标、Enter 或空格；松手即取消")


def _wide(face: QFont, words: str) -> float:
    return QFontMetricsF(face).horizontalAdvance(words)


if __name__ == "__main__":  # python -m views.emergency.hold_bar
    from widgets.demo import run_demo

    def build() -> list[QWidget]:
        able, dead = HoldBar("按住 2 秒 发起 Ⅱ 级响应"), HoldBar()
        dead.tell("发起 Ⅱ 级响应", "值班员无权下达调度令，请调度员处理")
        return [able, dead]

    run_demo(build)
