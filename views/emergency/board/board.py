"""The execution board: receipts, crews, ladder, checklist, timeline and stand-down of one incident.

It orders by `room.orders` only and shows what `room.incidents` tells.
"""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.context import RoomContext
from desktop.domain.emergency.incidents import IncidentState
from views.emergency.board.checklist import ChecklistPanel, NotesPanel
from views.emergency.board.crew_map import CrewMap
from views.emergency.board.drill_stamp import DrillStamp
from views.emergency.board.matrix_panel import MatrixPanel
from views.emergency.board.report_order import ReportOrder
from views.emergency.board.score_line import ScoreLine
from views.emergency.board.stand_down import StandDownPanel
from views.emergency.board.state import BoardState
from views.emergency.board.timeline_panel import TimelinePanel
from views.emergency.panel import Panel
from widgets.empty_state import EmptyState
from widgets.plain_label import PlainLabel
from widgets.seen_timer import SeenTimer

_GAP_PX = 4
_TICK_MS = 1000
_TOLD_MS = 12_000
_LEFT_PX, _RIGHT_SHARE, _MIDDLE_SHARE = 320, 58, 42


class ExecutionBoard(QWidget):
    """Step 6 of the page 「应急」."""

    told = Signal(str)  # refusals and where files lie, in the operator's words

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("execution_board")
        self.setProperty("ground", "0")
        self._room = room
        self.state = BoardState(room, self)
        self.report = ReportOrder(self.state, self)
        self.map = CrewMap(self.state)
        self.matrix = MatrixPanel(self.state)
        self.checklist = ChecklistPanel(self.state)
        self.notes = NotesPanel(self.state)
        self.timeline = TimelinePanel(self.state, self.report)
        self.stand_down = StandDownPanel(self.state)
        self.score = ScoreLine(self.state)
        self.message = PlainLabel(bold=True)
        self.message.setProperty("notice_line", True)
        self.message.setWordWrap(True)
        self.message.setContentsMargins(16, 8, 16, 8)
        self.message.hide()
        self._lay_out()
        self.stamp = DrillStamp(self)
        self._forget = QTimer(self, singleShot=True, interval=_TOLD_MS)
        self._forget.timeout.connect(self.message.hide)
        self._connect()
        SeenTimer(self, _TICK_MS, self._tick)
        self._on_incident()

    @property
    def incident_id(self) -> str:
        return self.state.incident_id

    def show_incident(self, incident_id: str) -> None:
        """Empty: nothing is going on."""
        if incident_id != self.state.incident_id:
            self.message.hide()
        self.state.show_incident(incident_id)

    def make_report(self) -> None:
        """As its button does: one at a time, refused where the role may not."""
        self.timeline.paper.click()

    # ---- building ---------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.map_panel = map_panel = Panel("", inset=False)
        map_panel.title.setText(self.tr("队伍与到达"))
        self._tell_ways()
        map_panel.body.addWidget(self.map, 1)
        left = _column((self.checklist, 5), (self.notes, 4))
        left.setFixedWidth(_LEFT_PX)
        middle = _column((map_panel, 6), (self.timeline, 4))
        right = _column((self.matrix, 7), (self.stand_down, 3))
        body = QWidget()
        line = QHBoxLayout(body)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(_GAP_PX)
        line.addWidget(left)
        line.addWidget(middle, _MIDDLE_SHARE)
        line.addWidget(right, _RIGHT_SHARE)
        full = QWidget()
        rows = QVBoxLayout(full)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(_GAP_PX)
        self._score_row = QWidget()
        self._score_row.setProperty("ground", "1")
        score_line = QHBoxLayout(self._score_row)
        score_line.setContentsMargins(16, 6, 16, 6)
        score_line.addWidget(self.score)
        rows.addWidget(self.message)
        rows.addWidget(self._score_row)
        rows.addWidget(body, 1)
        self.empty = EmptyState("truck-outline")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(full)

    def _connect(self) -> None:
        self.state.incident_changed.connect(self._on_incident)
        self.state.ways.changed.connect(self._tell_ways)
        self.map.crew_clicked.connect(self._on_crew)
        self.matrix.crew_chosen.connect(self.map.choose)
        for part in (self.matrix, self.checklist, self.notes, self.timeline, self.stand_down):
            part.told.connect(self.told)
        self._room.snapshots.filing_answered.connect(self._on_filed)
        self.told.connect(self._tell)

    # ---- showing ----------------------------------------------------------------------------

    def _tick(self) -> None:
        """Waiting times, timers and lateness go on without news."""
        if self.state.incident_id and self.isVisible():
            self.state.refresh()
            self.state.look_at_ways()

    def _tell_ways(self) -> None:
        """By what the minutes are, and what is shut."""
        ways = self.state.ways
        if ways.has_streets is None:
            words = self.tr("正在按路网计算剩余时间…")
        elif not ways.has_streets:
            words = self.tr("没有路网：剩余时间按直线 × 1.3、25 km/h 估算；粗 = 晚于承诺或无应答")
        elif ways.shut:
            words = self.tr("剩余时间按路网，绕开封闭和积水路段 {0} 处（×）；粗 = 晚于承诺或无应答")
        else:
            words = self.tr("剩余时间按路网；粗 = 晚于承诺或无应答")
        self.map_panel.tell(note=words.format(len(ways.shut)))

    def _on_incident(self) -> None:
        one = self.state.incident
        self.state.look_at_ways()  # seen or not: who opens the page finds them there
        self.stamp.tell(one is not None and one.drill)
        self._score_row.setVisible(one is not None and one.drill)
        never_sent = (IncidentState.DRAFT, IncidentState.WITHDRAWN, IncidentState.EXPIRED)
        if one is None or one.state in never_sent:
            note = self.tr("发起并复核之后，这里显示每支队伍的回执和到达")
            self.empty.tell("truck-outline", self.tr("没有执行中的响应"), note)
        self._stack.setCurrentIndex(0 if one is None or one.state in never_sent else 1)

    def _on_crew(self, order_id: str) -> None:
        one = self.state.incident
        for order in one.orders if one is not None else ():
            if order.order_id == order_id:
                self.matrix.choose(order_id, order.unit_id)

    def _on_filed(self, text: str) -> None:
        if self.isVisible():
            self.told.emit(text)

    def _tell(self, text: str) -> None:
        self.message.setText(text)
        self.message.show()
        self._forget.start()


def _column(*parts: tuple[QWidget, int]) -> QWidget:
    """Parts below each other with their shares of the height."""
    column = QWidget()
    rows = QVBoxLayout(column)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(_GAP_PX)
    for part, share in parts:
        rows.addWidget(part, share)
    return column
