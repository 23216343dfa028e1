"""改派: another crew in the place of one that declined, is silent or comes too late."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.emergency.arrivals import Candidate
from desktop.domain.emergency.incidents import Incident, IncidentOrder
from desktop.errors import PlatformError
from desktop.tasks import TaskScope, loop_runs
from views.emergency.board.state import BoardState
from widgets.command_button import CommandButton
from widgets.dialog_window import DialogWindow
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.theme import NOTE_PX, STRONG_PX
from widgets.times import age_text

_SIZE_PX = (600, 440)
_ROW_PX = 32
_MOST_SHOWN = 8


class RedispatchDialog(DialogWindow):
    """Crews with the skill of the task, the nearest free one first and chosen."""

    def __init__(
        self,
        state: BoardState,
        incident: Incident,
        order: IncidentOrder,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("改派"))
        self._state, self._incident, self._order = state, incident, order
        self._scope = TaskScope(self)
        self.found = state.escalation.candidates(incident, order)[:_MOST_SHOWN]
        self._build()
        self._fill()
        if loop_runs():
            self._scope.spawn(self._look(), "crews by street")

    def _build(self) -> None:
        order = self._order
        title = ElidedLabel(px=STRONG_PX, bold=True)
        title.setText(self.tr("改派 {0} 的任务").format(order.unit_name))
        what = ElidedLabel(tone="text2")
        what.setText(f"{order.place}　{order.task}")
        self.table = QTableWidget(0, 4)
        self.table.setHorizontalHeaderLabels(
            [self.tr("队伍"), self.tr("预计到达"), self.tr("位置"), self.tr("状态")]
        )
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(_ROW_PX)
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        head = self.table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.error = PlainLabel(tone="stale")
        self.error.setWordWrap(True)
        self.error.hide()
        self.note = PlainLabel("", NOTE_PX, tone="text2")
        self.button = CommandButton(self.tr("改派"), self._send, primary=True, parent=self)
        self.button.setMinimumWidth(144)
        self.button.accepted.connect(self.close)
        self.button.refused.connect(self._on_refused)
        cancel = QPushButton(self.tr("取消"))
        cancel.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.note, 1)
        foot.addWidget(cancel)
        foot.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for part in (title, what):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(self.error)
        column.addLayout(foot)
        self.resize(*_SIZE_PX)

    async def _look(self) -> None:
        """By the streets that are open; who has chosen meanwhile keeps the crew."""
        found = await self._state.escalation.candidates_by_street(self._incident, self._order)
        chosen, was_first = self.chosen(), self.table.currentRow() <= 0
        self.found = found[:_MOST_SHOWN]
        self._fill()
        if chosen is not None and not was_first:
            ids = [one.unit_id for one in self.found]
            if chosen.unit_id in ids:
                self.table.selectRow(ids.index(chosen.unit_id))

    def _fill(self) -> None:
        plain = any(one.is_plain for one in self.found)
        self.note.setText(
            self.tr("时间按直线 × 1.3、25 km/h 估算")
            if plain
            else self.tr("时间按路网，绕开封闭和积水路段")
        )
        self.table.setRowCount(len(self.found))
        for line, one in enumerate(self.found):
            for column, text in enumerate(self._texts(one)):
                item = QTableWidgetItem(text)
                if column == 1:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                self.table.setItem(line, column, item)
        if self.found:
            self.table.selectRow(0)
        else:
            self._on_refused(self.tr("没有具备这项技能的在岗队伍；请联系邻区支援"))
        self.button.offer(bool(self.found))

    def _texts(self, one: Candidate) -> tuple[str, ...]:
        place = (
            self.tr("驻地") if one.age_s is None else self.tr("{0} 前").format(age_text(one.age_s))
        )
        return (
            one.name,
            (self.tr("约 {0:.0f} min") if one.is_plain else "{0:.0f} min").format(one.eta_min),
            place,
            self.tr("忙") if one.busy else self.tr("空闲"),
        )

    def chosen(self) -> Candidate | None:
        rows = self.table.selectionModel().selectedRows()
        return self.found[rows[0].row()] if rows else None

    async def _send(self) -> None:
        one = self.chosen()
        if one is None:
            raise PlatformError(self.tr("请先选一支队伍"))
        incident = self._state.room.incidents.get(self._incident.incident_id) or self._incident
        await self._state.escalation.reassign(incident, self._order, one)

    def _on_refused(self, text: str) -> None:
        self.error.setText(text)
        self.error.show()
