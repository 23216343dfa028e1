"""A few words to somebody's radio or handset, before they are sent."""

from collections.abc import Awaitable, Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.outreach import MOST_TEXT_CHARS
from widgets.command_button import CommandButton
from widgets.dialog_window import DialogWindow
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.theme import NOTE_PX, STRONG_PX

_WIDTH_PX = 600


class TextOrderDialog(DialogWindow):
    """Written by hand or put together of phrases; closes when it was taken."""

    def __init__(
        self, to: str, send: Callable[[str], Awaitable[None]], parent: QWidget | None = None
    ) -> None:
        """`to`: whom, as the operator reads it; `send` raises PlatformError."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("发文字"))
        self._send = send
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(self.tr("要发的文字，Ctrl+Enter 发送"))
        self.text.setAccessibleName(self.tr("要发的文字"))
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._count)
        self._left = PlainLabel(px=NOTE_PX, tone="text2")
        self.error = PlainLabel(tone="stale")
        self.error.setWordWrap(True)
        self.error.hide()
        words = self.tr("发送")
        self.button = CommandButton(words, self._order, "Ctrl+Enter", primary=True, parent=self)
        self.button.setMinimumWidth(176)
        self.button.accepted.connect(self.close)
        self.button.refused.connect(self._on_refused)
        self._lay_out(to)
        self._count()

    def _lay_out(self, to: str) -> None:
        who = ElidedLabel(px=STRONG_PX, bold=True)
        who.setText(self.tr("发给 {0}").format(to))
        phrases = QGridLayout()
        phrases.setSpacing(8)
        for number, words in enumerate(self.phrases()):
            button = QPushButton(words)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, words=words: self._add(words))
            phrases.addWidget(button, number // 2, number % 2)
        cancel = QPushButton(self.tr("取消"))
        cancel.clicked.connect(self.close)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._left)
        line.addStretch(1)
        line.addWidget(cancel)
        line.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(who)
        column.addWidget(self.text)
        column.addLayout(phrases)
        column.addWidget(self.error)
        column.addLayout(line)
        self.text.setFixedHeight(96)
        self.setFixedWidth(_WIDTH_PX)

    def phrases(self) -> Sequence[str]:
        """What is sent most."""
        return (
            self.tr("请报告当前位置和人数。"),
            self.tr("请立即到场处置，到场后回执。"),
            self.tr("设警戒，禁止车辆行人通行。"),
            self.tr("注意安全，原地待命。"),
        )

    def open_over(self, window: QWidget) -> None:
        self.adjustSize()
        super().open_over(window)
        self.text.setFocus()

    def _add(self, words: str) -> None:
        before = self.text.toPlainText()
        self.text.setPlainText(before + words)
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        self.text.setFocus()

    def _count(self) -> None:
        chars = len(self.text.toPlainText().strip())
        self._left.setText(self.tr("{0} / {1} 字").format(chars, MOST_TEXT_CHARS))
        self._left.set_tone("stale" if chars > MOST_TEXT_CHARS else "text2")
        self.button.offer(0 < chars <= MOST_TEXT_CHARS)

    async def _order(self) -> None:
        await self._send(self.text.toPlainText().strip())

    def _on_refused(self, text: str) -> None:
        self.error.setText(text)
        self.error.show()
        self.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.button.click()
        else:
            super().keyPressEvent(event)
