"""Notices: what, since when, what to do. Over the detail column, never over a picture; on a page
that has no such column the gravest is one line in a lane below it. The lane is always there: a
notice that comes neither covers a button nor moves one under the hand.

All of the last day can be read again, also after the window was started anew; a burst of one
kind is one notice that counts.
"""

from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop.clock import Clock
from desktop.ids import ulid
from desktop.shell.notice_list import NoticeList
from desktop.shell.preferences import DeskKeeping
from local_db.desk import NOTICES_KEPT_S, Desk, StoredNotice
from widgets import icons
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.theme import NOTE_PX
from widgets.times import hh_mm_ss

KEPT = 500
SHOWN = 3
FOLDED_AFTER_MS = 20_000
BURST_WITHIN_S = 60.0
_MARGIN_PX = 8
_LINE_PX = 36
LANE_PX = _LINE_PX + 2 * 4
_UNBOUND_PX = 16_777_215  # what Qt takes for no bound

NOTICE, RED = "notice", "red"
_FRAME = {NOTICE: "true", RED: "red"}


@dataclass(frozen=True)
class Notice:
    """`key` joins notices about one matter: the newest stands for the older ones on screen.

    `count`: how often the same was told in a burst; `at` is the last of these times.
    """

    key: str
    title: str
    text: str
    at: datetime
    level: str = NOTICE
    count: int = 1
    first_at: datetime | None = None
    is_read: bool = False
    notice_id: str = ""


class NoticeCard(QFrame):
    """One notice on screen until it is dismissed, settled or folded away."""

    dismissed = Signal(str)  # key

    def __init__(self, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = notice
        self.setProperty("notice", _FRAME[notice.level])
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(f"{notice.title} {notice.text}")
        red = notice.level == RED
        icon = PlainLabel()
        token = "p1" if red else "text"
        icon.setPixmap(icons.pixmap("alert-circle-outline", token, 20, self.devicePixelRatioF()))
        close = QToolButton()
        close.setProperty("flat", True)
        close.setIcon(icons.icon("close", "text2", 16))
        close.setAccessibleName(self.tr("关闭通知"))
        close.clicked.connect(self._dismiss)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(icon)
        title = PlainLabel(notice.title, bold=True, tone="p1" if red else "text")
        head.addWidget(title)
        self._line = ElidedLabel()
        head.addWidget(self._line, 1)
        head.addStretch(0)
        self._others = PlainLabel(px=NOTE_PX, bold=True)
        head.addWidget(self._others)
        if notice.count > 1:
            head.addWidget(PlainLabel(self.tr("{0} 次").format(notice.count), NOTE_PX, bold=True))
        head.addWidget(PlainLabel(hh_mm_ss(notice.at), NOTE_PX, tone="text2"))
        head.addWidget(close)
        self._words = PlainLabel(notice.text)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(4)
        self._column.addLayout(head)
        self._column.addWidget(self._words)
        self.be_line(False)

    def amend(self, notice: Notice) -> None:
        """The same notice with newer words."""
        self.notice = notice
        self.setAccessibleName(f"{notice.title} {notice.text}")
        self._words.setText(notice.text)
        self.be_line(self._line.isVisibleTo(self))

    def tell_others(self, count: int) -> None:
        """How many further notices wait behind this line."""
        self._others.setText(self.tr("另有 {0} 条").format(count) if count else "")
        self._others.setVisible(bool(count))

    def be_line(self, line: bool) -> None:
        """One line whose tip is the whole text, or the text below its title."""
        self._line.setText(" ".join(self.notice.text.split()) if line else "")
        self._line.setVisible(line)
        self._words.setVisible(not line)
        self._column.setContentsMargins(12, 0 if line else 4, 4, 0 if line else 12)
        if line:
            self.setFixedHeight(_LINE_PX)
        else:
            self.setMinimumHeight(0)
            self.setMaximumHeight(_UNBOUND_PX)

    def _dismiss(self) -> None:
        self.dismissed.emit(self.notice.key)


class NoticeBoard(QWidget):
    """The stack of cards, and what can be read again."""

    unread_changed = Signal(int)
    lane_wanted = Signal(bool)  # below a page

    def __init__(self, clock: Clock, parent: QWidget) -> None:
        super().__init__(parent)
        self._clock = clock
        self._keeping: DeskKeeping | None = None
        self._kept: deque[Notice] = deque(maxlen=KEPT)
        self._cards: dict[str, NoticeCard] = {}
        self._place = QRect()
        self._private = False
        self._as_lines = False
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

    async def keep_in(self, keeping: DeskKeeping) -> None:
        """From now on notices are kept in desk.db; brings back those of the last day."""
        since = self._clock.now() - timedelta(seconds=NOTICES_KEPT_S)
        stored = await keeping.ask(lambda desk: desk.notices(since), [])
        own = list(self._kept)
        self._kept.clear()
        self._kept.extend(_notice(row) for row in stored)
        self._kept.extend(own)
        self._keeping = keeping
        for notice in own:
            self._write(notice)
        self._tell_unread()

    def post(self, key: str, title: str, text: str, level: str = NOTICE) -> None:
        """The same title under the same key within a minute is counted, not listed again."""
        now = self._clock.now()
        notice = self._again(key, title, text, now)
        if notice is None:
            notice = Notice(key, title, text, now, level, first_at=now, notice_id=ulid())
        self._kept.append(notice)
        self._write(notice)
        self._tell_unread()
        self._drop(key)
        while len(self._cards) >= SHOWN:
            self._drop(self._least())
        self._show_card(notice)
        self._lay()

    def amend(self, key: str, text: str) -> None:
        """Newer words for the newest notice of this key: nobody is called to it once more."""
        for index in reversed(range(len(self._kept))):
            notice = self._kept[index]
            if notice.key != key:
                continue
            if notice.text != text:
                self._kept[index] = notice = replace(notice, text=text)
                self._write(notice)
                if key in self._cards:
                    self._cards[key].amend(notice)
            return

    def settle(self, key: str) -> None:
        """The matter is over, or was read: the card goes, the list keeps it."""
        self._drop(key)
        self._lay()

    def dismiss_newest(self) -> bool:
        """Esc. False when there was nothing to dismiss."""
        if not self._cards:
            return False
        self.settle(self._gravest() if self._as_lines else next(reversed(self._cards)))
        return True

    def keep_private(self, private: bool) -> None:
        """On a locked desk nothing is shown; the list has it afterwards."""
        self._private = private
        self._lay()

    def place(self, over: QRect, as_lines: bool = False) -> None:
        """`over`: what may be covered, in the parent's coordinates; the stack stands on its foot.

        The head of the detail, with the figures that decide, stays free. `as_lines`: only the
        lane at the foot that `lane_wanted` asks for is covered.
        """
        self._place = over
        if as_lines is not self._as_lines:
            self._as_lines = as_lines
            for card in self._cards.values():
                card.be_line(as_lines)
            self.lane_wanted.emit(as_lines)
        self._lay()

    def open_list(self, below: QPoint) -> None:
        """`below`: global place of the popover's right upper corner."""
        popover = NoticeList(self.kept, self)
        for index, notice in enumerate(self._kept):
            if not notice.is_read:
                self._kept[index] = replace(notice, is_read=True)
        if self._keeping is not None:
            self._keeping.write(Desk.mark_read)
        self._tell_unread()
        popover.move(below.x() - popover.width(), below.y())
        popover.show()

    def event(self, event: QEvent) -> bool:
        """Cards know how high they are only once they have their fonts."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._lay()
        return done

    # ---- keeping ----------------------------------------------------------------------------

    def _again(self, key: str, title: str, text: str, now: datetime) -> Notice | None:
        """Takes the former one out of the list: it comes back as the newest."""
        for notice in reversed(self._kept):
            if notice.key == key:
                age_s = (now - notice.at).total_seconds()
                if notice.title != title or not 0 <= age_s <= BURST_WITHIN_S:
                    return None
                self._kept.remove(notice)
                return replace(notice, text=text, at=now, count=notice.count + 1, is_read=False)
        return None

    def _write(self, notice: Notice) -> None:
        if self._keeping is not None:
            row = _stored(notice)
            self._keeping.write(lambda desk: desk.put_notice(row))

    def _tell_unread(self) -> None:
        self.unread_changed.emit(sum(not notice.is_read for notice in self._kept))

    # ---- the cards --------------------------------------------------------------------------

    def _show_card(self, notice: Notice) -> None:
        card = self._cards[notice.key] = NoticeCard(notice, self)
        card.be_line(self._as_lines)
        card.dismissed.connect(self.settle)
        self._column.insertWidget(0, card)
        if notice.level == RED:  # stays until it is read or settled
            return
        fold = QTimer(card)
        fold.setSingleShot(True)
        fold.timeout.connect(card._dismiss)
        fold.start(FOLDED_AFTER_MS)

    def _drop(self, key: str) -> None:
        card = self._cards.pop(key, None)
        if card is not None:
            card.hide()
            self._column.removeWidget(card)
            card.deleteLater()

    def _least(self) -> str:
        """The card that makes room: the oldest, a red one last."""
        cards = self._cards.items()
        calm = (key for key, card in cards if card.notice.level != RED)
        return next(calm, next(iter(self._cards)))

    def _height_for(self, width: int) -> int:
        height = self._column.heightForWidth(width)
        return max(height, self._column.minimumSize().height())

    def _gravest(self) -> str:
        """Whose line is shown: the newest, a red one first."""
        newest = list(reversed(self._cards.items()))
        red = (key for key, card in newest if card.notice.level == RED)
        return next(red, newest[0][0])

    def _show_cards(self) -> None:
        """All below each other, or of lines the gravest."""
        alone = self._gravest() if self._as_lines and self._cards else None
        for key, card in self._cards.items():
            card.setVisible(alone in (None, key))
            card.tell_others(len(self._cards) - 1 if key == alone else 0)

    def _lay(self) -> None:
        self.setVisible(bool(self._cards) and not self._private)
        self._show_cards()
        if not self._cards or self._place.isEmpty():
            return
        width = self._place.width() - 2 * _MARGIN_PX
        self.setFixedWidth(width)
        most = self._place.height() - 160
        while (height := self._height_for(width)) > most and len(self._cards) > 1:
            self._drop(self._least())  # half a notice is none: the list has it
        height = min(height, most)
        foot = (
            self._place.bottom() + 1 - ((LANE_PX - _LINE_PX) // 2 if self._as_lines else _MARGIN_PX)
        )
        self.setGeometry(self._place.x() + _MARGIN_PX, foot - height, width, height)
        self.raise_()


def _stored(notice: Notice) -> StoredNotice:
    return StoredNotice(
        notice.notice_id, notice.key, notice.level, notice.title, notice.text, notice.count,
        notice.first_at or notice.at, notice.at, notice.is_read,
    )  # fmt: skip


def _notice(row: StoredNotice) -> Notice:
    level = row.level if row.level in _FRAME else NOTICE
    return Notice(
        row.key, row.title, row.text, row.at, level, row.count, row.first_at, row.is_read,
        row.notice_id,
    )  # fmt: skip
