"""Notices: what, since when, what to do. Over the detail column, never over a picture."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.clock import Clock
from widgets import icons
from widgets.plain_label import PlainLabel
from widgets.theme import NOTE_PX, STRONG_PX
from widgets.times import hh_mm_ss

KEPT = 50
SHOWN = 3
FOLDED_AFTER_MS = 20_000
_MARGIN_PX = 8


@dataclass(frozen=True)
class Notice:
    """`key` joins notices about one matter: the newest stands for the older ones."""

    key: str
    title: str
    text: str
    at: datetime


class NoticeCard(QFrame):
    """One notice on screen until it is dismissed, settled or folded away."""

    dismissed = Signal(str)  # key

    def __init__(self, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = notice
        self.setProperty("notice", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(f"{notice.title} {notice.text}")
        icon = PlainLabel()
        icon.setPixmap(icons.pixmap("alert-circle-outline", "text", 20, self.devicePixelRatioF()))
        close = QToolButton()
        close.setProperty("flat", True)
        close.setIcon(icons.icon("close", "text2", 16))
        close.setAccessibleName(self.tr("关闭通知"))
        close.clicked.connect(self._dismiss)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(icon)
        head.addWidget(PlainLabel(notice.title, bold=True), 1)
        head.addWidget(PlainLabel(hh_mm_ss(notice.at), NOTE_PX, tone="text2"))
        head.addWidget(close)
        words = PlainLabel(notice.text)
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 4, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(words)

    def _dismiss(self) -> None:
        self.dismissed.emit(self.notice.key)


class NoticeBoard(QWidget):
    """The stack of cards, and the last 50 to read again."""

    unread_changed = Signal(int)

    def __init__(self, clock: Clock, parent: QWidget) -> None:
        super().__init__(parent)
        self._clock = clock
        self._kept: deque[Notice] = deque(maxlen=KEPT)
        self._cards: dict[str, NoticeCard] = {}
        self._unread = 0
        self._place = QRect()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    @property
    def kept(self) -> tuple[Notice, ...]:
        """Newest first."""
        return tuple(reversed(self._kept))

    @property
    def shown(self) -> tuple[Notice, ...]:
        return tuple(card.notice for card in self._cards.values())

    def post(self, key: str, title: str, text: str) -> None:
        notice = Notice(key, title, text, self._clock.now())
        self._kept.append(notice)
        self._unread += 1
        self.unread_changed.emit(self._unread)
        self._drop(key)
        while len(self._cards) >= SHOWN:
            self._drop(next(iter(self._cards)))
        card = self._cards[key] = NoticeCard(notice, self)
        card.dismissed.connect(self.settle)
        self._column.insertWidget(0, card)
        fold = QTimer(card)
        fold.setSingleShot(True)
        fold.timeout.connect(card._dismiss)
        fold.start(FOLDED_AFTER_MS)
        self._lay()

    def settle(self, key: str) -> None:
        """The matter is over, or was read: the card goes, the list keeps it."""
        self._drop(key)
        self._lay()

    def dismiss_newest(self) -> bool:
        """Esc. False when there was nothing to dismiss."""
        if not self._cards:
            return False
        self.settle(next(reversed(self._cards)))
        return True

    def place(self, over: QRect) -> None:
        """`over`: what may be covered, in the parent's coordinates; the stack stands on its foot.

        The head of the detail, with the figures that decide, stays free.
        """
        self._place = over
        self._lay()

    def open_list(self, below: QPoint) -> None:
        """`below`: global place of the popover's right upper corner."""
        self._unread = 0
        self.unread_changed.emit(0)
        popover = NoticeList(self.kept, self)
        popover.move(below.x() - popover.width(), below.y())
        popover.show()

    def event(self, event: QEvent) -> bool:
        """Cards know how high they are only once they have their fonts."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._lay()
        return done

    def _drop(self, key: str) -> None:
        card = self._cards.pop(key, None)
        if card is not None:
            card.hide()
            self._column.removeWidget(card)
            card.deleteLater()

    def _lay(self) -> None:
        self.setVisible(bool(self._cards))
        if not self._cards or self._place.isEmpty():
            return
        width = self._place.width() - 2 * _MARGIN_PX
        self.setFixedWidth(width)
        height = self._column.heightForWidth(width)
        height = min(max(height, self._column.minimumSize().height()), self._place.height() - 160)
        foot = self._place.bottom() + 1 - _MARGIN_PX
        self.setGeometry(self._place.x() + _MARGIN_PX, foot - height, width, height)
        self.raise_()


class NoticeList(QFrame):
    """The last notices, newest first."""

    def __init__(self, notices: tuple[Notice, ...], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("popover", True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QWidget()
        inside.setProperty("ground", "2")
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 12, 16, 12)
        rows.setSpacing(4)
        rows.addWidget(PlainLabel(self.tr("最近通知"), STRONG_PX, bold=True))
        for notice in notices:
            head = f"{hh_mm_ss(notice.at)}  {notice.title}"
            rows.addWidget(PlainLabel(head, bold=True))
            words = PlainLabel(notice.text, NOTE_PX, tone="text2")
            words.setWordWrap(True)
            rows.addWidget(words)
        if not notices:
            rows.addWidget(PlainLabel(self.tr("还没有通知"), tone="text2"))
        rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(scroll)
        self.setFixedSize(400, min(560, 72 + 64 * max(1, len(notices))))
