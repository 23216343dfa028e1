"""The sign-in page."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.context import RoomContext
from desktop.domain.link_messages import DemoAccount
from desktop.errors import PlatformError
from desktop.tasks import TaskScope
from views.sign_in.accounts import DemoAccounts
from views.sign_in.ground import CityGround
from views.sign_in.platform_line import PlatformLine
from widgets.command_button import CommandButton
from widgets.plain_label import PlainLabel
from widgets.theme import NOTE_PX, STRONG_PX

_FORM_PX, _ACCOUNTS_PX, _HEIGHT_PX = 400, 420, 484
# After this the page says that the answer is late and lets the operator try again.
PATIENCE_MS = 12_000


class SignInPage(CityGround):
    """Gone when the session has a user; the refusal stays until the next try."""

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sign_in")
        self._room = room
        self._scope = TaskScope(self)
        self._refused_unreachable = False  # the refusal shown came while nobody answered
        self._build()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._tell_late)
        room.session.changed.connect(self._tell_session)
        room.session.refused.connect(self._tell_refusal)
        room.health.changed.connect(self._tell_health)
        self._tell_session()

    # ---- building -----------------------------------------------------------------------

    def _build(self) -> None:
        self.accounts = DemoAccounts()
        self.accounts.setFixedSize(_ACCOUNTS_PX, _HEIGHT_PX)
        self.accounts.chosen.connect(self._take_account)
        cards = QHBoxLayout()
        cards.setSpacing(4)
        cards.addWidget(self._build_form())
        cards.addWidget(self.accounts)
        middle = QGridLayout(self)
        middle.setContentsMargins(24, 24, 24, 24)
        middle.addLayout(cards, 1, 1)
        for edge in (0, 2):
            middle.setRowStretch(edge, 1)
            middle.setColumnStretch(edge, 1)

    def _build_form(self) -> QFrame:
        form = QFrame()
        form.setProperty("ground", "1")
        form.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        form.setFixedSize(_FORM_PX, _HEIGHT_PX)
        self.user = QLineEdit(placeholderText=self.tr("用户名"))
        self.password = QLineEdit(placeholderText=self.tr("密码"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        for field in (self.user, self.password):
            field.setProperty("large", True)
            field.setAccessibleName(field.placeholderText())
            field.returnPressed.connect(self._press)
        self.password.installEventFilter(self)
        self._caps = PlainLabel(px=NOTE_PX, tone="text2")
        self._caps.hide()
        self.error = PlainLabel(tone="stale")
        self.error.setWordWrap(True)
        self.button = CommandButton(
            self.tr("登录"), self._sign_in, "Enter", primary=True, parent=form
        )
        self.button.refused.connect(self._tell_refusal)
        self.platform = PlatformLine(self._room)
        column = QVBoxLayout(form)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(12)
        column.addWidget(PlainLabel(self.tr("城瞰"), 44, bold=True))
        column.addWidget(PlainLabel(self.tr("城市运行指挥台"), STRONG_PX, tone="text2"))
        column.addSpacing(16)
        for part in (self.user, self.password, self._caps, self.error):
            column.addWidget(part)
        column.addStretch(1)
        column.addWidget(self.button)
        column.addSpacing(4)
        column.addWidget(self.platform)
        return form

    # ---- what the operator does ---------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.password and isinstance(event, QKeyEvent):
            self._look_at_caps(event)
        return super().eventFilter(watched, event)

    def _look_at_caps(self, event: QKeyEvent) -> None:
        """Qt does not tell the lock: a letter against the Shift key does."""
        text = event.text()
        if event.type() is not QEvent.Type.KeyPress or not (text.isascii() and text.isalpha()):
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        locked = text.isupper() is not shift
        self._caps.setText(self.tr("大写锁定已打开") if locked else "")
        self._caps.setVisible(locked)

    def _press(self) -> None:
        if not self.user.text().strip():
            self.user.setFocus()
        elif not self.password.text():
            self.password.setFocus()
        else:
            self.button.click()

    def _take_account(self, account: DemoAccount) -> None:
        self.user.setText(account.username)
        self.password.setText(account.password)
        self.button.click()

    async def _sign_in(self) -> None:
        username, password = self.user.text().strip(), self.password.text()
        if not username or not password:
            raise PlatformError(self.tr("请填写用户名和密码"))
        self._tell("")
        self._offer(False)
        self._patience.start()
        await self._room.orders.sign_in(username, password)

    # ---- what came ----------------------------------------------------------------------

    def _tell_session(self) -> None:
        platform = self._room.session.platform
        accounts = platform.demo_accounts if platform is not None and platform.standin else ()
        self.accounts.show_accounts(accounts)
        self.accounts.setVisible(bool(accounts))
        if self._room.session.user is not None:
            self.password.clear()
            self._tell("")
            self._patience.stop()
            self._offer(True)

    def _tell_refusal(self, text: str) -> None:
        self._patience.stop()
        self._offer(True)
        self._tell(text)
        if not self.user.text().strip():
            self.user.setFocus()
            return
        self.password.selectAll()
        self.password.setFocus()

    def _tell_health(self) -> None:
        """A platform that came back takes the word with it that it was away."""
        if not self.platform.reachable:
            self._refused_unreachable = self._refused_unreachable or bool(self.error.text())
        elif self._refused_unreachable:
            self._tell("")

    def _tell_late(self) -> None:
        self._offer(True)
        self._tell(self.tr("平台 12 s 没有答复，请看平台状态后再试"))

    def _offer(self, offered: bool) -> None:
        self.button.offer(offered)
        self.button.setText(self.tr("登录") if offered else self.tr("正在登录"))
        self.accounts.offer(offered)

    def _tell(self, text: str) -> None:
        self._refused_unreachable = bool(text) and not self.platform.reachable
        self.error.setText(text)
        self.error.setVisible(bool(text))
