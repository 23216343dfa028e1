"""The answer to an alarm: how long it waits, until when, and the order."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.context import RoomContext
from desktop.domain.alarms import Alarm, Condition, needs_acknowledgement
from desktop.domain.link_messages import ServiceCondition
from desktop.domain.permissions import Action
from views.alarm_desk.wording import span_text, translate
from widgets import rights
from widgets.command_button import CommandButton
from widgets.plain_label import ElidedLabel, PlainLabel, plain_tip
from widgets.theme import NOTE_PX
from widgets.times import age_text, hh_mm_ss

# Goals per level where the class of the alarm names none (seconds).
UNKNOWN_AFTER_S = 10.0  # of an order without an answer: one whole try of the link
USUAL_GOAL_S = {"red": 60, "orange": 180, "yellow": 600, "blue": 1800}


@dataclass
class _Sent:
    """An order that waits for the platform's own event."""

    at_s: float
    accepted: bool = False


class ActionArea(QWidget):
    """Never optimistic: it turns when the alarm in the store turns."""

    refused = Signal(str)  # operator's text

    def __init__(self, room: RoomContext, parent: QObject | None = None) -> None:
        super().__init__(parent)  # type: ignore[arg-type]
        self._room = room
        self._alarm_id = ""
        self._sent: dict[str, _Sent] = {}
        self._refusals: dict[str, str] = {}
        self.setProperty("ground", "2")
        self.setProperty("edge", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._wait = PlainLabel(px=NOTE_PX, bold=True)
        self._goal = ElidedLabel(px=NOTE_PX, tone="text2")
        self._reason = PlainLabel(px=NOTE_PX, tone="text2")
        self._reason.setWordWrap(True)
        self.button = CommandButton(
            self.tr("确认告警"), self._acknowledge, "Ctrl+Enter", primary=True, parent=self
        )
        self.button.refused.connect(self._on_refused)
        self.dispatch_button = QPushButton(self.tr("应急调度"))
        self.dispatch_button.clicked.connect(self.dispatch)
        self._lay_out()
        room.alarms.changed.connect(self.refresh)
        room.health.changed.connect(self.refresh)
        room.session.changed.connect(self.refresh)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._wait)
        line.addWidget(self._goal, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 12, 12)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self._reason)
        orders = QHBoxLayout()
        orders.setSpacing(8)
        orders.addWidget(self.button, 1)
        orders.addWidget(self.dispatch_button)
        column.addLayout(orders)

    def show_alarm(self, alarm_id: str) -> None:
        self._alarm_id = alarm_id
        self.refresh()

    def press(self) -> None:
        """Ctrl+Enter from anywhere in the window."""
        if self.button.isEnabled() and self.isVisible():
            self.button.click()

    def dispatch(self) -> None:
        """The draft of a response to this alarm: begun, or shown again."""
        if self._alarm_id and self.dispatch_button.isEnabled():
            self._room.emergency.begin([self._alarm_id], self._room.clock.now())

    def refresh(self) -> None:
        """Called by the stores and each second."""
        alarm = self._room.alarms.last_known(self._alarm_id)
        self.setVisible(alarm is not None)
        if alarm is None:
            return
        self._tell_wait(alarm)
        self._offer_dispatch(alarm)
        reason = self._why_not(alarm)
        self.button.offer(not reason)
        self.button.setText(self._words(alarm))
        words = reason or self._refusals.get(alarm.alarm_id, "")
        self._reason.setText(words or self._outlook())
        self._reason.set_tone("stale" if words and not reason else "text2")
        self._reason.setVisible(bool(self._reason.text()))
        self.button.setAccessibleDescription(self._reason.text())

    # ---- what it says -------------------------------------------------------------------

    def _tell_wait(self, alarm: Alarm) -> None:
        if alarm.ack is not None:
            self._wait.setText(self.tr("{0} 已确认").format(alarm.ack.by))
            self._wait.set_tone("text")
            note = f" · {alarm.ack.note}" if alarm.ack.note else ""
            self._goal.setText(hh_mm_ss(alarm.ack.at) + note)
            return
        waited_s = (self._room.clock.now() - alarm.raised_at).total_seconds()
        goal_s = self._goal_s(alarm)
        self._wait.setText(self.tr("未确认 {0}").format(age_text(waited_s)))
        red = alarm.level.rank == 1 or waited_s > goal_s
        self._wait.set_tone("p1" if red else "text")
        if waited_s > goal_s:
            over = age_text(waited_s - goal_s)
            self._goal.setText(self.tr("{0} 内须确认，已超 {1}").format(span_text(goal_s), over))
        else:
            left = age_text(goal_s - waited_s)
            self._goal.setText(self.tr("{0} 内须确认，还剩 {1}").format(span_text(goal_s), left))

    def _goal_s(self, alarm: Alarm) -> int:
        known = self._room.alarm_classes.get(alarm.class_id)
        goals = known.acknowledge_within_s if known is not None else {}
        return goals.get(alarm.level.value) or USUAL_GOAL_S[alarm.level.value]

    def _why_not(self, alarm: Alarm) -> str:
        """Why the order cannot be given now; empty when it can."""
        user = self._room.session.user
        if not alarm.is_open:
            return self.tr("告警已结束，不用再操作")
        if alarm.ack is not None:
            if alarm.condition is Condition.ACTIVE:
                return self.tr("已确认，等现场恢复")
            return self.tr("已确认，处置结束后平台收起")
        if not needs_acknowledgement(alarm):
            return self.tr("已搁置或抑制，不用确认")
        if user is None:
            return self.tr("未登录，不能确认")
        if no_right := rights.why_not(user.roles, Action.ALARM_ACKNOWLEDGE):
            return no_right
        if not self._room.health.link_connected:
            return self.tr("数据链路进程未连接，正在重启，连上即可确认")
        if (sent := self._sent.get(alarm.alarm_id)) is not None:
            waited = age_text(self._room.clock.monotonic_s() - sent.at_s)
            if sent.accepted:
                return self.tr("平台已受理，等平台回执 {0}").format(waited)
            if self._room.clock.monotonic_s() - sent.at_s > UNKNOWN_AFTER_S:
                words = self.tr("已发送 {0} 没有答复，结果未知；正在用同一编号查询，不会重复执行")
                return words.format(waited)
            return self.tr("已发送，等平台回执 {0}").format(waited)
        return ""

    def _words(self, alarm: Alarm) -> str:
        if alarm.ack is not None:
            return self.tr("已确认")
        if alarm.alarm_id in self._sent:
            return self.tr("已发送")
        return self.tr("确认告警")

    def _offer_dispatch(self, alarm: Alarm) -> None:
        user = self._room.session.user
        reason = rights.why_not(user.roles, Action.INCIDENT_DRAFT) if user is not None else ""
        if not alarm.is_open:
            reason = self.tr("告警已结束，不用再操作")
        self.dispatch_button.setEnabled(user is not None and not reason)
        tip = reason or self.tr("证据、预案、派队、通知，一次发出（Ctrl+Shift+E）")
        self.dispatch_button.setToolTip(plain_tip(tip))
        self.dispatch_button.setAccessibleDescription(tip)

    def _outlook(self) -> str:
        """What will become of the order when the platform cannot be reached."""
        if self._room.health.health.rest.condition in (
            ServiceCondition.UP,
            ServiceCondition.UNKNOWN,
        ):
            return ""
        return translate(
            "alarm_desk", "接口中断：确认先存入待发，恢复后自动送出，2 min 内送不到会告知"
        )

    # ---- the order ----------------------------------------------------------------------

    async def _acknowledge(self) -> None:
        alarm_id = self._alarm_id  # the operator may select another one meanwhile
        self._refusals.pop(alarm_id, None)
        self._sent[alarm_id] = sent = _Sent(self._room.clock.monotonic_s())
        self.refresh()
        try:
            await self._room.orders.acknowledge(alarm_id)
        except BaseException:
            self._sent.pop(alarm_id, None)
            raise
        sent.accepted = True
        self.refresh()

    def forget_answered(self) -> None:
        """Drops what the platform has answered by its event, and what was never answered."""
        now_s = self._room.clock.monotonic_s()
        for alarm_id, sent in tuple(self._sent.items()):
            alarm = self._room.alarms.get(alarm_id)
            silent = sent.accepted and now_s - sent.at_s > 60
            if alarm is None or alarm.ack is not None or silent:
                del self._sent[alarm_id]

    def _on_refused(self, text: str) -> None:
        self._refusals[self._alarm_id] = text
        self.refused.emit(text)
        self.refresh()
