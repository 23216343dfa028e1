"""The stand-in's accounts as cards: one press signs in."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.domain.link_messages import DemoAccount
from widgets.icons import pixmap
from widgets.plain_label import PlainLabel
from widgets.theme import BODY_PX, NOTE_PX, STRONG_PX, colour, font

_ICONS = {
    "operator": "bell-alert",
    "dispatcher": "headset",
    "duty_officer": "clock-alert-outline",
    "leader": "eye-outline",
    "admin": "shield-account-outline",
}
CARD_PX = 56


class AccountCard(QPushButton):
    """Role, person and user name."""

    chosen = Signal(object)  # DemoAccount

    def __init__(self, account: DemoAccount, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.account = account
        self.setProperty("card", True)
        self.setObjectName(f"account_{account.role}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{account.role_name} {account.name} {account.username}")
        self.setFixedHeight(CARD_PX)
        self.clicked.connect(self._choose)

    def sizeHint(self) -> QSize:
        return QSize(320, CARD_PX)

    def _choose(self) -> None:
        self.chosen.emit(self.account)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        on = self.isEnabled()
        name = _ICONS.get(self.account.role, "account-outline")
        image = pixmap(name, "accent" if on else "border", 24, self.devicePixelRatioF())
        painter.drawPixmap(16, (self.height() - 24) // 2, image)
        painter.setFont(font(STRONG_PX, bold=True))
        painter.setPen(colour("text" if on else "border"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(56, 0, 112, self.height()), middle, self.account.role_name)
        painter.setFont(font(BODY_PX))
        painter.setPen(colour("text2" if on else "border"))
        painter.drawText(QRectF(160, 0, 96, self.height()), middle, self.account.name)
        painter.setFont(font(NOTE_PX))
        painter.setPen(colour("border"))
        box = QRectF(self.width() - 136, 0, 120, self.height())
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, self.account.username)


class DemoAccounts(QFrame):
    """Shown only for the stand-in; a real platform's accounts are never listed."""

    chosen = Signal(object)  # DemoAccount

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "1")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._cards: list[AccountCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(32, 32, 32, 32)
        self._column.setSpacing(8)
        self._column.addStretch(1)
        self._column.addWidget(PlainLabel(self.tr("演示账号"), STRONG_PX, bold=True))
        words = PlainLabel(self.tr("模拟城市的五个席位，点一下即可入席"), NOTE_PX, tone="text2")
        self._column.addWidget(words)
        self._column.addSpacing(8)
        self._column.addStretch(1)

    def show_accounts(self, accounts: Sequence[DemoAccount]) -> None:
        if [card.account for card in self._cards] == list(accounts):
            return
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = [AccountCard(account, self) for account in accounts]
        for place, card in enumerate(self._cards):
            card.chosen.connect(self.chosen)
            self._column.insertWidget(4 + place, card)

    def offer(self, offered: bool) -> None:
        for card in self._cards:
            card.setEnabled(offered)
