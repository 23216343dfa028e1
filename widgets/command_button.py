"""An order is a button that can be refused."""

from collections.abc import Awaitable, Callable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QWidget
from shiboken6 import isValid

from desktop.errors import PlatformError
from desktop.tasks import TaskScope
from widgets.theme import NOTE_PX, colour, font

_GAP_PX, _KEY_PADDING_PX, _KEY_HEIGHT_PX = 12, 6, 20


class CommandButton(QPushButton):
    """One press, one order. `key_hint` is painted inside at the right of the words."""

    refused = Signal(str)  # the operator's text
    accepted = Signal()  # the platform has accepted; its own event is still to come

    def __init__(
        self,
        text: str,
        command: Callable[[], Awaitable[None]],
        key_hint: str = "",
        primary: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._command = command
        self._key_hint = key_hint
        self._scope = TaskScope(self)
        self._offered = True
        self._running = False
        self.setProperty("primary", primary)
        self.setAccessibleName(f"{text} {key_hint}".strip())
        self.clicked.connect(self._start)

    @property
    def running(self) -> bool:
        return self._running

    def offer(self, offered: bool) -> None:
        """Whether the order can be given now; the reason why not stands beside the button."""
        self._offered = offered
        self._apply()

    def sizeHint(self) -> QSize:
        """With room for the key beside the words."""
        hint = super().sizeHint()
        return hint + QSize(self._key_px() + _GAP_PX, 0) if self._key_hint else hint

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _key_px(self) -> int:
        words = QFontMetrics(font(NOTE_PX)).horizontalAdvance(self._key_hint)
        return words + 2 * _KEY_PADDING_PX if self._key_hint else 0

    def _start(self) -> None:
        if self._running or not self._offered:
            return
        self._running = True
        self._apply()
        self._scope.spawn(self._run(), name=self.text())

    async def _run(self) -> None:
        try:
            await self._command()
        except PlatformError as error:
            if isValid(self):
                self._end()
                self.refused.emit(error.operator_text)
        else:
            if isValid(self):
                self._end()
                self.accepted.emit()
        finally:
            if isValid(self) and self._running:
                self._end()

    def _end(self) -> None:
        self._running = False
        self._apply()

    def _apply(self) -> None:
        self.setEnabled(self._offered and not self._running)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        text, option.text = option.text, ""
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        words = self.fontMetrics().horizontalAdvance(text)
        painter.setFont(font(NOTE_PX))
        key = self._key_px()
        left = (self.width() - words - (key + _GAP_PX if key else 0)) // 2
        ink = self._ink()
        if key:
            box = QRect(left + words + _GAP_PX, 0, key, _KEY_HEIGHT_PX)
            box.moveTop((self.height() - _KEY_HEIGHT_PX) // 2)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour("border"), 1))
            painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setPen(ink)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._key_hint)
        painter.setFont(self.font())
        painter.setPen(ink)
        rect = QRect(left, 0, words + 2, self.height())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _ink(self) -> QColor:
        primary = bool(self.property("primary"))
        if self.isEnabled():
            return colour("ink" if primary else "text")
        return colour("text2" if primary else "border")


if __name__ == "__main__":  # python -m widgets.command_button
    from widgets.demo import run_demo

    async def nothing() -> None: ...

    def build() -> list[QWidget]:
        off = CommandButton("已确认", nothing, "Ctrl+Enter", primary=True)
        off.offer(False)
        return [CommandButton("确认告警", nothing, "Ctrl+Enter", primary=True), off]

    run_demo(build)
