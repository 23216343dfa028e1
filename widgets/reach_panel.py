"""One button to the person: the order, its clock, and what to do when nobody answers."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.clock import Clock
from desktop.domain.outreach import Outreach, is_call_over
from desktop.domain.permissions import Action
from widgets import reach_words, rights
from widgets.command_button import CommandButton
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.theme import NOTE_PX

SECOND_MS = 1000
LINES_AT_MOST = 3


class ReachActs(Protocol):
    """What the panel can order and read; each order raises PlatformError."""

    limit_s: float  # without an answer for so long the operator must go on

    async def notify(self) -> None: ...

    async def call(self) -> None: ...

    async def notify_next(self) -> None: ...

    async def hang_up(self, order_id: str) -> None: ...

    def read(self) -> Sequence[Outreach]: ...

    def roles(self) -> Sequence[str]: ...


class ReachPanel(QFrame):
    """Ages by itself while it is seen."""

    def __init__(self, clock: Clock, acts: ReachActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock, self._acts = clock, acts
        self._calling = ""  # order_id of the call that is on
        self.notify = CommandButton(self.tr("通知责任人"), acts.notify, parent=self)
        self.call = CommandButton(self.tr("语音呼叫"), self._call, parent=self)
        self.next = CommandButton(self.tr("通知下一位值班"), acts.notify_next, parent=self)
        self._overdue = PlainLabel(bold=True, tone="stale")
        self._overdue.setWordWrap(True)
        self._reason = PlainLabel(px=NOTE_PX, tone="text2")
        self._reason.setWordWrap(True)
        self._refusal = ""
        for button in (self.notify, self.call, self.next):
            button.refused.connect(self._on_refused)
            button.accepted.connect(self._on_accepted)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self._shown: list[tuple[str, str, str, bool]] = []
        self._lay_out()
        self._timer = QTimer(self, interval=SECOND_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.notify, 1)
        row.addWidget(self.call, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._reason)
        column.addLayout(self._lines)
        column.addWidget(self._overdue)
        column.addWidget(self.next)

    # ---- showing ----------------------------------------------------------------------------

    def refresh(self) -> None:
        now = self._clock.now()
        sent = list(self._acts.read())
        roles = tuple(self._acts.roles())
        no_message = rights.why_not(roles, Action.MESSAGE_SEND)
        no_call = rights.why_not(roles, Action.CALL_PLACE)
        messages = [one for one in sent if not one.is_call]
        calls = [one for one in sent if one.is_call and not is_call_over(one)]
        self._calling = calls[0].order_id if calls else ""
        self.call.setText(self.tr("挂断") if calls else self.tr("语音呼叫"))
        self.notify.setText(self.tr("再次通知") if messages else self.tr("通知责任人"))
        self.notify.offer(not no_message)
        self.call.offer(not no_call)
        newest = messages[0] if messages else None
        late = newest is not None and reach_words.needs_next_step(newest, now, self._acts.limit_s)
        self._overdue.setText(reach_words.overdue_line(newest, now) if newest and late else "")
        self._overdue.setVisible(late)
        self.next.setVisible(late)
        self.next.offer(not no_message)
        self._say(self._refusal or no_message or no_call)
        self._show_lines(sent)

    def _show_lines(self, sent: Sequence[Outreach]) -> None:
        now = self._clock.now()
        lines = [
            (
                f"{reach_words.channel_word(one)} {person.name}",
                reach_words.state_line(one, person, now),
                reach_words.step_line(one, person),
                reach_words.stage_of(one, person).trouble,
            )
            for one in sent[:LINES_AT_MOST]
            for person in one.people[:LINES_AT_MOST]
        ]
        if lines == self._shown:
            return
        self._shown = lines
        while (item := self._lines.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        for line in lines:
            self._lines.addWidget(_Line(*line))

    def _say(self, text: str) -> None:
        self._reason.setText(text)
        self._reason.set_tone("stale" if self._refusal else "text2")
        self._reason.setVisible(bool(text))

    def forget(self) -> None:
        """Another target: what was refused before is over."""
        self._refusal = ""
        self.refresh()

    def _tick(self) -> None:
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    # ---- orders -----------------------------------------------------------------------------

    async def _call(self) -> None:
        """Raises PlatformError."""
        if self._calling:
            await self._acts.hang_up(self._calling)
        else:
            await self._acts.call()

    def _on_refused(self, text: str) -> None:
        self._refusal = text
        self.refresh()

    def _on_accepted(self) -> None:
        self._refusal = ""
        self.refresh()


class _Line(QWidget):
    """Who, how far, and below it every step with its time."""

    def __init__(self, who: str, state: str, steps: str, trouble: bool) -> None:
        super().__init__()
        name = ElidedLabel()
        name.setText(who)
        word = PlainLabel(state, bold=True, tone="stale" if trouble else "text")
        times = PlainLabel(steps, NOTE_PX, tone="text2")
        times.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(name, 1)
        row.addWidget(word, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(times)
