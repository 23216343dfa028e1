"""解除: held, with a reason and the password; then each recall with its state, in reverse order."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.emergency.clocks import T5, T6
from desktop.domain.emergency.incidents import (
    CLOCK,
    STAND_DOWN,
    Incident,
    IncidentState,
    OrderState,
)
from desktop.domain.permissions import Action
from desktop.errors import PlatformError
from desktop.tasks import TaskScope
from views.emergency.board import words
from views.emergency.board.checklist import why_no_note
from views.emergency.board.state import BoardState
from views.emergency.hold_bar import HoldBar
from views.emergency.panel import Panel
from widgets import rights
from widgets.command_button import CommandButton
from widgets.confirm_dialog import ConfirmDialog
from widgets.fact_table import Cell, FactColumn, FactTable
from widgets.plain_label import PlainLabel
from widgets.theme import NOTE_PX
from widgets.times import hh_mm_ss

_MOST_REASON = 200
_BAR_PX = 64
_ACT_PX, _WHOLE_PX = 200, 16_777_215  # the latter: as much as there is, QWIDGETSIZE_MAX
_OUT = (OrderState.SENT, OrderState.BLOCKED)
_BACK = (OrderState.RECALLED, OrderState.DONE)


class StandDownPanel(Panel):
    """Before: reason and hold bar. After: what was taken back, the newest order first."""

    told = Signal(str)

    def __init__(self, state: BoardState, parent: QWidget | None = None) -> None:
        super().__init__("", parent, inset=False)
        self.setObjectName("stand_down")
        self.title.setText(self.tr("解除响应"))
        self._state = state
        self._about = ""
        self._scope = TaskScope(self)
        self.clocks = {
            T5: CommandButton(self.tr("记 T5 受控"), self._mark_controlled, parent=self),
            T6: CommandButton(self.tr("记 T6 解除"), self._mark_cleared, parent=self),
        }
        for button in self.clocks.values():
            button.refused.connect(self.told)
            self.head.addWidget(button)
        self.clocks[T5].setToolTip(self.tr("现场报告险情受控：记 T5，写入时间线"))
        self.clocks[T6].setToolTip(self.tr("处置完毕、恢复正常：记 T6，写入时间线；解除响应之前记"))
        self._pages = QStackedWidget()
        self._pages.addWidget(self._make_act())
        columns = (
            FactColumn(self.tr("撤回对象")),
            FactColumn(self.tr("渠道"), 64),
            FactColumn(self.tr("状态"), 168),
        )
        self.recalls = FactTable(self.tr("撤回"), columns)
        self._pages.addWidget(self.recalls)
        self.body.addWidget(self._pages, 1)
        state.incident_changed.connect(self.refresh)
        state.rows_changed.connect(self._tell_note)
        state.room.session.changed.connect(self.refresh)
        self.refresh()

    def _make_act(self) -> QWidget:
        page = QWidget()
        page.setProperty("ground", "1")
        self.reason = QLineEdit(placeholderText=self.tr("解除原因，必填：如 水位回落至 10 cm 以下"))
        self.reason.setMaxLength(_MOST_REASON)
        self.reason.setAccessibleName(self.tr("解除原因"))
        self.reason.textChanged.connect(self.refresh)
        self.bar = HoldBar(self.tr("按住 2 秒 解除响应"))
        self.bar.setFixedHeight(_BAR_PX)
        self.bar.held.connect(self._on_held)
        hint = PlainLabel(
            self.tr("后发先撤：撤回调度令和通知，大屏、标记依次恢复；每一条的撤回状态都会列出"),
            NOTE_PX,
            tone="text2",
        )
        hint.setWordWrap(True)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 0, 16, 12)
        column.setSpacing(8)
        for part in (self.reason, self.bar, hint):
            column.addWidget(part)
        column.addStretch(1)
        return page

    # ---- showing ----------------------------------------------------------------------------

    def refresh(self) -> None:
        one = self._state.incident
        about = one.incident_id if one is not None else ""
        if about != self._about:  # the reason of one response is none for the next
            self._about = about
            self.reason.clear()
        ending = one is not None and one.state in (
            IncidentState.STANDING_DOWN,
            IncidentState.CLOSED,
        )
        self._pages.setCurrentIndex(1 if ending else 0)
        self.setMaximumHeight(_WHOLE_PX if ending else _ACT_PX)
        if one is not None and ending:
            self.recalls.show_rows(recall_rows(one))
        self.bar.tell(self.tr("按住 2 秒 解除响应"), self._why_not(one))
        able = one is not None and not why_no_note(self._state, one)
        for name, button in self.clocks.items():
            at = one.clocks.get(name) if one is not None else None
            button.setVisible(one is not None and (at is not None or able))
            button.offer(able and at is None)
            if at is not None:
                button.setText(f"{name} {hh_mm_ss(at)}")
            else:
                button.setText(self.tr("记 T5 受控") if name == T5 else self.tr("记 T6 解除"))
        self.reason.setEnabled(one is not None and one.state is IncidentState.ACTIVE)
        self._tell_note()

    def _tell_note(self) -> None:
        one = self._state.incident
        if one is None:
            self.tell()
        elif self._pages.currentIndex():
            total = [o.state for o in (*one.orders, *one.messages)]
            back = sum(state in _BACK for state in total)
            word = words.state_word(one.state)
            self.tell(aside=one.end_reason, note=f"{word} {back}/{len(total)}")
        else:
            waiting = self._state.totals()
            left = waiting.accepted - waiting.done
            self.tell(note=self.tr("{0} 项未完成").format(left) if left > 0 else "")

    def _why_not(self, one: Incident | None) -> str:
        user = self._state.room.session.user
        refusal = rights.why_not(user.roles, Action.INCIDENT_STAND_DOWN) if user else ""
        if refusal:
            return refusal
        if one is None:
            return self.tr("没有进行中的响应")
        if one.state is not IncidentState.ACTIVE:
            return words.state_word(one.state)
        return "" if self.reason.text().strip() else self.tr("请先写解除原因")

    # ---- ordering ---------------------------------------------------------------------------

    async def _mark_controlled(self) -> None:
        await self._mark(T5)

    async def _mark_cleared(self) -> None:
        await self._mark(T6)

    async def _mark(self, name: str) -> None:
        """T5 and T6 are told by people; the others come by themselves."""
        state = self._state
        body = {"name": name, "at": state.now().isoformat()}
        await state.room.orders.incident(CLOCK, state.incident_id, body)

    def _on_held(self) -> None:
        self.bar.tell_done(self.tr("待复核密码"))
        self._scope.spawn(self._stand_down(), "stand-down")

    async def _stand_down(self) -> None:
        room, one = self._state.room, self._state.incident
        reason = self.reason.text().strip()
        try:
            if one is None or self._why_not(one):
                return
            action = Action.INCIDENT_STAND_DOWN
            what = self.tr("解除「{0}」，撤回 {1} 条调度令、{2} 条通知").format(
                one.title,
                *(sum(o.state in _OUT for o in some) for some in (one.orders, one.messages)),
            )

            async def confirm(password: str) -> None:
                await room.orders.confirm(password, action)

            if await ConfirmDialog.ask(self, what, confirm):
                self.bar.tell_done(self.tr("正在解除…"))
                body = {"reason": reason}
                await room.orders.incident(STAND_DOWN, one.incident_id, body)
        except PlatformError as error:
            self.told.emit(error.operator_text)
        finally:
            self.refresh()


def recall_rows(one: Incident) -> list[tuple[Cell, ...]]:
    """As it is taken back: crews from the last sent to the first, then messages likewise."""
    rows = list[tuple[Cell, ...]]()
    for order in reversed(one.orders):
        at = f" {hh_mm_ss(order.recalled_at)}" if order.recalled_at is not None else ""
        rows.append(
            (Cell(order.unit_name, tip=f"{order.unit_name}\n{order.place} {order.task}"),
             Cell(words.channel_word(None), "text2"), _state(order.state, at))
        )  # fmt: skip
    for message in reversed(one.messages):
        names = "、".join(message.names[:3]) or "、".join(message.to[:3])
        more = f" +{len(message.to) - 3}" if len(message.to) > 3 else ""
        rows.append(
            (Cell(names + more, tip=message.text),
             Cell(words.channel_word(message.channel), "text2"), _state(message.state, ""))
        )  # fmt: skip
    return rows


def _state(state: OrderState, at: str) -> Cell:
    quiet = state in (*_BACK, OrderState.HELD)
    return Cell(words.recall_word(state) + (at if not quiet else ""), "text2" if quiet else "text")
