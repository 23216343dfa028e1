"""回执: the matrix with its totals, and what can be done about the chosen row."""

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QToolButton,
    QWidget,
)

from desktop.domain.emergency.incidents import Incident, IncidentOrder, IncidentState
from desktop.domain.emergency.ladder import is_held
from desktop.domain.emergency.receipt_matrix import Row, Standing, Totals
from desktop.domain.permissions import Action
from views.emergency.board import words
from views.emergency.board.matrix_delegate import ROW_PX, MatrixDelegate
from views.emergency.board.matrix_model import (
    ANSWER,
    CHANNEL,
    DELIVERED,
    NEXT,
    READ,
    SCENE,
    WHO,
    MatrixModel,
)
from views.emergency.board.redispatch import RedispatchDialog
from views.emergency.board.state import BoardState
from views.emergency.panel import Panel
from widgets import rights
from widgets.command_button import CommandButton
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.theme import NOTE_PX
from widgets.times import hh_mm_ss

_WIDTHS_PX = {CHANNEL: 56, DELIVERED: 96, READ: 80, ANSWER: 136, SCENE: 156, NEXT: 140}
_HEAD_PX, _FOOT_PX = 28, 48


class MatrixPanel(Panel):
    told = Signal(str)  # what was refused, in the operator's words
    crew_chosen = Signal(str)  # order_id, empty for none

    def __init__(self, state: BoardState, parent: QWidget | None = None) -> None:
        super().__init__("", parent, inset=False)
        self.setObjectName("matrix_panel")
        self.title.setText(self.tr("回执"))
        self._state = state
        self.model = MatrixModel(state, self)
        self.table = self._make_table()
        self.model.ask_sight(self._sight)
        self.body.addLayout(self._make_filter())
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._make_foot())
        state.rows_changed.connect(self.refresh)
        state.incident_changed.connect(self.refresh)
        state.room.session.changed.connect(self.refresh)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.refresh()

    # ---- building ---------------------------------------------------------------------------

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setAccessibleName(self.tr("回执"))
        table.setModel(self.model)
        table.setItemDelegate(MatrixDelegate(self.model, table))
        table.setShowGrid(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(ROW_PX)
        head = table.horizontalHeader()
        head.setFixedHeight(_HEAD_PX)
        head.setHighlightSections(False)
        head.setSectionResizeMode(WHO, QHeaderView.ResizeMode.Stretch)
        for column, width_px in _WIDTHS_PX.items():
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            table.setColumnWidth(column, width_px)
        return table

    def _make_filter(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(16, 0, 16, 8)
        line.setSpacing(4)
        self._filter = QButtonGroup(self)
        for number, text in enumerate((self.tr("全部"), self.tr("队伍"), self.tr("通知"))):
            button = QToolButton()
            button.setText(text)
            button.setCheckable(True)
            button.setProperty("flat", True)
            button.setChecked(number == 0)
            self._filter.addButton(button, number)
            line.addWidget(button)
        self._filter.idClicked.connect(self._show_only)
        self.totals = PlainLabel(bold=True)
        line.addStretch(1)
        line.addWidget(self.totals)
        return line

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        foot.setFixedHeight(_FOOT_PX)
        foot.setProperty("edge", "top")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = QHBoxLayout(foot)
        line.setContentsMargins(16, 0, 16, 0)
        line.setSpacing(8)
        self.reason = ElidedLabel(px=NOTE_PX, tone="text2")
        self.step = CommandButton(self.tr("现在催办"), self._climb, parent=self)
        self.hold = CommandButton(self.tr("暂停催办"), self._hold, parent=self)
        self.redispatch = QPushButton(self.tr("改派"))
        self.redispatch.clicked.connect(self._ask_crew)
        for button in (self.step, self.hold):
            button.refused.connect(self.told)
        line.addWidget(self.reason, 1)
        for button in (self.step, self.hold, self.redispatch):
            line.addWidget(button)
        return foot

    # ---- showing ----------------------------------------------------------------------------

    def refresh(self) -> None:
        one = self._state.incident
        self.totals.setText(words.totals_text(self._shown_totals()))
        if one is None:
            self.tell()
            return
        sent = min((o.sent_at for o in one.orders if o.sent_at), default=None)
        word = self.tr("演练，未发到真实渠道") if one.drill else ""
        if not word and sent is not None:
            word = self.tr("调度令 {0} 发出").format(hh_mm_ss(sent))
        self.tell(aside=word)
        self._tell_acts(one)

    def _shown_totals(self) -> Totals:
        chosen = self._filter.checkedId()
        matrix = self._state.matrix
        return matrix.totals if chosen <= 0 else matrix.totals_of(crews=chosen == 1)

    def _show_only(self, number: int) -> None:
        self.model.show_only({0: None, 1: True, 2: False}[number])
        self.refresh()

    def _sight(self) -> range:
        """Rows that can be seen, also in part."""
        count, high = self.model.rowCount(), self.table.viewport().height()
        if not count:
            return range(0)
        first, last = self.table.rowAt(0), self.table.rowAt(high - 1)
        return range(max(first, 0), (last if last >= 0 else count - 1) + 1)

    def chosen(self) -> tuple[Standing, Row] | None:
        rows = self.table.selectionModel().selectedRows()
        return self.model.row_at(rows[0].row()) if rows else None

    def choose(self, order_id: str, person_id: str) -> None:
        """From the map: the row comes into sight."""
        number = self.model.number_of(order_id, person_id)
        if number < 0:
            return
        index = self.model.index(number, WHO)
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.table.scrollTo(index)

    def _on_row(self) -> None:
        self.refresh()
        chosen = self.chosen()
        self.crew_chosen.emit(chosen[1].order_id if chosen and chosen[1].is_crew else "")

    def _tell_acts(self, one: Incident) -> None:
        """What can be done about the chosen row, or why nothing can."""
        chosen = self.chosen()
        order = self._order_of(one, chosen[1]) if chosen is not None else None
        reason = self._why_not(one, chosen, order)
        step = self._state.next_steps.get(order.order_id) if order is not None else None
        able = order is not None and not reason
        waits = chosen is not None and not _is_answered(chosen[0])
        self.step.offer(able and step is not None and waits)
        self.step.setText(words.step_name(step) if able and step and waits else self.tr("现在催办"))
        held = order is not None and is_held(order.order_id, one.notes)
        self.hold.setText(self.tr("恢复催办") if held else self.tr("暂停催办"))
        self.hold.offer(able and step is not None and waits)
        self.redispatch.setEnabled(able)
        self.reason.setText(reason or self._about(chosen))

    def _why_not(
        self, one: Incident, chosen: tuple[Standing, Row] | None, order: IncidentOrder | None
    ) -> str:
        user = self._state.room.session.user
        refusal = rights.why_not(user.roles, Action.INCIDENT_ORDER) if user is not None else ""
        if refusal:
            return refusal
        if one.state is not IncidentState.ACTIVE:
            return self.tr("{0}，不再催办或改派").format(words.state_word(one.state))
        if chosen is None:
            return self.tr("选中一行，可提前催办、暂停或改派")
        if order is None:
            return self.tr("通知不改派；需要时请再发一条或拨打电话")
        if chosen[0] in (Standing.REPLACED, Standing.RECALLED, Standing.RECALL_UNREAD):
            return self.tr("这条调度令已改派或撤回")
        if chosen[0] in (Standing.ON_SCENE, Standing.DONE):
            return self.tr("队伍已到场")
        return ""

    def _about(self, chosen: tuple[Standing, Row] | None) -> str:
        """Of the chosen row: what the ladder was told last, else where the crew goes."""
        if chosen is None:
            return ""
        row = chosen[1]
        refusal = self._state.room.escalation.refusal_of(row.order_id)
        return refusal or f"{row.name} → {row.place}　{row.task}"

    def _order_of(self, one: Incident, row: Row) -> IncidentOrder | None:
        return next((o for o in one.orders if o.order_id == row.order_id), None)

    def _chosen_order(self) -> tuple[Incident, IncidentOrder] | None:
        one, chosen = self._state.incident, self.chosen()
        if one is None or chosen is None:
            return None
        order = self._order_of(one, chosen[1])
        return (one, order) if order is not None else None

    # ---- ordering ---------------------------------------------------------------------------

    async def _climb(self) -> None:
        found = self._chosen_order()
        if found is None:
            return
        one, order = found
        step = self._state.next_steps.get(order.order_id)
        if step is not None:
            await self._state.escalation.carry_out(one, order, step)

    async def _hold(self) -> None:
        found = self._chosen_order()
        if found is not None:
            one, order = found
            await self._state.escalation.hold(one, order, not is_held(order.order_id, one.notes))

    def _ask_crew(self) -> None:
        found = self._chosen_order()
        if found is not None:
            one, order = found
            dialog = RedispatchDialog(self._state, one, order, self)
            dialog.open_over(self.window())


def _is_answered(found: Standing) -> bool:
    return found in (Standing.ACCEPTED, Standing.ON_SCENE, Standing.DONE)
