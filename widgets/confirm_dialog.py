"""The password again, before an order that must not be given by whoever passes by."""

import asyncio
from collections.abc import Awaitable, Callable

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.domain.texts import clean_text
from desktop.errors import PlatformError
from widgets.command_button import CommandButton
from widgets.dialog_window import DialogWindow
from widgets.plain_label import PlainLabel
from widgets.theme import STRONG_PX

MOST_TRIES = 3
_WIDTH_PX = 400
_MOST_BYTES = 600  # of what is confirmed: the buttons must stay on the screen


class ConfirmDialog(DialogWindow):
    """Three wrong passwords close it. Nothing is kept of what was typed."""

    def __init__(
        self, what: str, confirm: Callable[[str], Awaitable[None]], parent: QWidget | None = None
    ) -> None:
        """`what` is the order as the operator reads it; `confirm` raises PlatformError."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("复核密码"))
        self._confirm = confirm
        self._tries = 0
        self.result: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.password = QLineEdit(placeholderText=self.tr("本人密码"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setProperty("large", True)
        self.password.setAccessibleName(self.password.placeholderText())
        self.password.returnPressed.connect(self._press)
        self.error = PlainLabel(tone="stale")
        self.error.setWordWrap(True)
        self.error.hide()
        self.button = CommandButton(self.tr("确认"), self._try, "Enter", primary=True, parent=self)
        self.button.setMinimumWidth(144)  # a primary button has its key inside
        self.button.accepted.connect(self._on_accepted)
        self.button.refused.connect(self._on_refused)
        self.cancel = QPushButton(self.tr("取消"))
        self.cancel.clicked.connect(self.close)
        self._lay_out(what)

    def _lay_out(self, what: str) -> None:
        words = PlainLabel(clean_text(what, _MOST_BYTES), STRONG_PX, bold=True)
        words.setWordWrap(True)
        hint = PlainLabel(self.tr("此操作须再输入一次本人密码，只对这一次有效，并记入审计。"))
        hint.setWordWrap(True)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addStretch(1)
        line.addWidget(self.cancel)
        line.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        for part in (words, hint, self.password, self.error):
            column.addWidget(part)
        column.addLayout(line)
        self.setFixedWidth(_WIDTH_PX)

    @classmethod
    async def ask(
        cls, parent: QWidget, what: str, confirm: Callable[[str], Awaitable[None]]
    ) -> bool:
        """True when the platform took the password; False when it was given up."""
        dialog = cls(what, confirm, parent)
        dialog.open_over(parent.window())
        return await dialog.result

    def open_over(self, window: QWidget) -> None:
        self.adjustSize()
        super().open_over(window)
        self.password.setFocus()

    def _press(self) -> None:
        if self.password.text():
            self.button.click()

    async def _try(self) -> None:
        password = self.password.text()
        self.password.clear()
        if not password:
            raise PlatformError(self.tr("请输入密码"))
        self._tries += 1
        await self._confirm(password)

    def _on_accepted(self) -> None:
        self._settle(True)
        self.close()

    def _on_refused(self, text: str) -> None:
        left = MOST_TRIES - self._tries
        if left <= 0:
            self.close()
            return
        self.error.setText(text + self.tr("（还可试 {0} 次）").format(left))
        self.error.show()
        self.adjustSize()
        self.password.setFocus()

    def _settle(self, confirmed: bool) -> None:
        if not self.result.done():
            self.result.set_result(confirmed)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.password.clear()
        self._settle(False)
        super().closeEvent(event)
