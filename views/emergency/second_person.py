"""双人复核: who begins and who approves, each with a bar to hold, and what is approved.

The same widget serves the seat that begins, the seat that approves, and a level that needs only
one signature. It knows no order: it tells that a bar was held, or that a button was pressed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from views.emergency.hold_bar import LOW_PX, TALL_PX, HoldBar
from views.emergency.panel import Panel
from widgets.icons import paint_icon
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.theme import BODY_PX, NOTE_PX, STRONG_PX, colour, font


class PartState(StrEnum):
    """Of one of the two."""

    IDLE = "idle"  # not this one's turn, or not needed
    HOLD = "hold"  # this seat is asked to hold now
    DONE = "done"
    WAITING = "waiting"  # another seat is asked


@dataclass(frozen=True)
class Part:
    """`words`: on the bar; `why_not`: why it cannot be held; `note`: below it."""

    who: str
    state: PartState
    words: str
    why_not: str = ""
    note: str = ""


@dataclass(frozen=True)
class PairView:
    """`left_s` of `all_s`: until the time for the second person is over."""

    aside: str
    first: Part
    second: Part
    checks: tuple[tuple[str, bool], ...] = ()
    window: str = ""
    left_s: float | None = None
    all_s: float = 60.0
    can_withdraw: bool = False
    can_refuse: bool = False
    can_repeat: bool = False
    trouble: str = ""
    key: str = ""
    join: str = ""
    """incident_id of a response that runs for the same alarms."""


class PartBox(QWidget):
    """One of the two: who, the bar, and below it when it was signed or how long it can be."""

    held = Signal()

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._active = self._signed = False
        self._share: float | None = None
        self._word = PlainLabel(word, NOTE_PX, tone="text2")
        self.who = ElidedLabel(px=STRONG_PX, bold=True)
        self.left = PlainLabel(px=STRONG_PX, bold=True)
        self.bar = HoldBar()
        self.bar.held.connect(self.held)
        self.note = ElidedLabel(px=NOTE_PX, tone="text2")
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._word)
        top.addWidget(self.who, 1)
        top.addWidget(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.bar, 1)
        column.addWidget(self.note)

    def show_part(self, part: Part, left_s: float | None, all_s: float) -> None:
        self._active = part.state is PartState.HOLD and not part.why_not
        self._signed = part.state is PartState.DONE
        self.who.setText(part.who)
        self.note.setText(part.note)
        if part.state is PartState.HOLD:
            self.bar.tell(part.words, part.why_not)
        else:
            self.bar.tell_done(part.words)
        self.bar.setFocusPolicy(
            Qt.FocusPolicy.StrongFocus if self._active else Qt.FocusPolicy.NoFocus
        )
        self._share = None if left_s is None else max(0.0, min(1.0, left_s / max(all_s, 1.0)))
        words = "" if left_s is None else self.tr("剩 {0:.0f} s").format(max(0.0, left_s))
        self.left.setText(words)
        self.left.setVisible(bool(words))
        self.update()

    @property
    def countdown(self) -> float | None:
        """Share of the time that is left."""
        return self._share

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("selection" if self._active else "bg2"))
        painter.drawRoundedRect(box, 4, 4)
        if self._signed:
            paint_icon(painter, QRectF(self.width() - 34, 10, 20, 20), "check", "text")
        if self._share is not None:
            line = QRectF(12, self.height() - 8, self.width() - 24, 4)
            painter.setBrush(colour("bg0"))
            painter.drawRect(line)
            painter.setBrush(colour("text"))
            painter.drawRect(QRectF(line.left(), line.top(), line.width() * self._share, 4))
        if self._active:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("focus"), 2))
            painter.drawRoundedRect(box, 4, 4)


class CheckLine(QWidget):
    """A tick, or a dash where something is missing, and the words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._good = "", True
        self.setFixedHeight(24)

    def tell(self, words: str, good: bool) -> None:
        self._words, self._good = words, good
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        icon = "check" if self._good else "alert-outline"
        paint_icon(painter, QRectF(0, 4, 16, 16), icon, "text")
        face = font(BODY_PX, bold=not self._good)
        painter.setFont(face)
        painter.setPen(colour("text"))
        words = painter.fontMetrics().elidedText(
            self._words, Qt.TextElideMode.ElideRight, self.width() - 24
        )
        painter.drawText(self.rect().adjusted(24, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)


class PairPanel(Panel):
    """Begins, approves, withdraws: the page carries it out."""

    first_held = Signal()
    second_held = Signal()
    withdraw_asked = Signal()
    refuse_asked = Signal()
    repeat_asked = Signal()
    join_asked = Signal(str)  # incident_id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setObjectName("pair_panel")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.title.setText(self.tr("双人复核"))
        self.first, self.second = PartBox(self.tr("发起")), PartBox(self.tr("复核"))
        self.first.held.connect(self.first_held)
        self.second.held.connect(self.second_held)
        pair = QHBoxLayout()
        pair.setSpacing(8)
        pair.addWidget(self.first, 1)
        pair.addWidget(self.second, 1)
        self.window_words = ElidedLabel(tone="text2")
        self._checks = [CheckLine() for _ in range(6)]
        grid = QGridLayout()
        grid.setVerticalSpacing(2)
        grid.setHorizontalSpacing(12)
        for number, line in enumerate(self._checks):
            grid.addWidget(line, number // 2, number % 2)
        self._list = QWidget()
        self._list.setProperty("ground", "2")
        self._list.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(self._list)
        inside.setContentsMargins(12, 6, 12, 6)
        inside.setSpacing(2)
        inside.addWidget(self.window_words)
        inside.addLayout(grid)
        self.trouble = PlainLabel(tone="stale")
        self.trouble.setWordWrap(True)
        self.body.setSpacing(8)
        self.body.addLayout(pair)
        self.body.addWidget(self._list)
        self.body.addWidget(self.trouble)
        self.body.addLayout(self._build_foot())

    def _build_foot(self) -> QHBoxLayout:
        self.withdraw = QPushButton(self.tr("撤回发起"))
        self.refuse = QPushButton(self.tr("退回"))
        self.repeat = QPushButton(self.tr("重新发起"))
        self.join = QPushButton(self.tr("加入该响应"))
        self.join.setProperty("primary", True)
        self._join = ""
        self.join.clicked.connect(self._ask_to_join)
        for button, signal in (
            (self.withdraw, self.withdraw_asked),
            (self.refuse, self.refuse_asked),
            (self.repeat, self.repeat_asked),
        ):
            button.clicked.connect(signal)
        words = self.tr("松手即取消；超时自动作废，不发任何命令")
        self.foot = ElidedLabel(words, NOTE_PX, tone="text2")
        self.foot.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.join, self.withdraw, self.refuse, self.repeat):
            row.addWidget(button)
        row.addWidget(self.foot, 1)
        return row

    def show_pair(self, view: PairView) -> None:
        self.tell(view.aside, view.key)
        waits = view.second.state in (PartState.HOLD, PartState.WAITING)
        self.first.show_part(view.first, None, view.all_s)
        self.second.show_part(view.second, view.left_s if waits else None, view.all_s)
        self._show_checks(view.checks)
        self.window_words.setText(view.window)
        self.window_words.setVisible(bool(view.window))
        self._list.setVisible(bool(view.window or view.checks))
        self.trouble.setText(view.trouble)
        self.trouble.setVisible(bool(view.trouble))
        self.withdraw.setVisible(view.can_withdraw)
        self.refuse.setVisible(view.can_refuse)
        self.repeat.setVisible(view.can_repeat)
        self._join = view.join
        self.join.setVisible(bool(view.join))

    def _ask_to_join(self) -> None:
        self.join_asked.emit(self._join)

    def _show_checks(self, checks: Sequence[tuple[str, bool]]) -> None:
        for number, line in enumerate(self._checks):
            line.setVisible(number < len(checks))
            if number < len(checks):
                line.tell(*checks[number])

    def show_low(self, low: bool) -> None:
        """On a small screen, or with large text, the bars are less high."""
        for box in (self.first, self.second):
            box.bar.setFixedHeight(LOW_PX if low else TALL_PX)
