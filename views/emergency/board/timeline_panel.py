"""时间线: the chained entries with their check, what the desk adds, exports, the report."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.emergency.timeline import Line, as_csv, as_json, merged
from desktop.domain.permissions import Action
from desktop.stores.snapshots import Document
from views.emergency.board import words
from views.emergency.board.report_order import ReportOrder
from views.emergency.board.state import BoardState
from views.emergency.panel import Panel
from widgets import rights
from widgets.command_button import CommandButton
from widgets.fact_table import Cell, FactColumn, FactTable
from widgets.plain_label import PlainLabel, plain_tip
from widgets.theme import NOTE_PX
from widgets.times import hh_mm_ss

_SHOWN = 400
"""The newest; the export has all."""


class TimelinePanel(Panel):
    told = Signal(str)

    def __init__(
        self, state: BoardState, report: ReportOrder, parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent, inset=False)
        self.title.setText(self.tr("时间线"))
        self._state, self._report = state, report
        self.verdict = PlainLabel(px=NOTE_PX, bold=True)
        self.head.insertWidget(1, self.verdict)
        self.csv = self._button(self.tr("导出 CSV"))
        self.csv.clicked.connect(lambda: self.export(".csv"))
        self.json = self._button(self.tr("导出 JSON"))
        self.json.clicked.connect(lambda: self.export(".json"))
        self.paper = CommandButton(self.tr("态势专报"), report.make, "F8", parent=self)
        self.paper.refused.connect(self.told)
        for button in (self.csv, self.json, self.paper):
            self.head.addWidget(button)
        columns = (
            FactColumn(self.tr("序"), 48, is_number=True),
            FactColumn(self.tr("时间"), 80),
            FactColumn(self.tr("内容")),
            FactColumn(self.tr("何人"), 144),
        )
        self.table = FactTable(self.tr("时间线"), columns)
        self.body.addWidget(self.table, 1)
        state.timeline_changed.connect(self.refresh)
        state.incident_changed.connect(self.refresh)
        state.room.session.changed.connect(self.refresh)
        state.room.outreach.changed.connect(self.refresh)
        self.refresh()

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("flat", True)
        return button

    def refresh(self) -> None:
        state = self._state
        lines = self.lines()
        bar = self.table.verticalScrollBar()
        below_px = bar.maximum() - bar.value() if bar.value() else None
        self.table.show_rows([_row(line) for line in reversed(lines[-_SHOWN:])])
        if below_px is not None:  # what is read stays where it is
            bar.setValue(max(bar.maximum() - below_px, 1))
        self.verdict.setText(self._verdict())
        broken = state.check is not None and not state.check.holds
        self.verdict.set_tone("stale" if broken or state.timeline_refusal else "text")
        more = len(lines) - _SHOWN
        self.tell(aside=self.tr("只列最近 {0} 条，导出有全部").format(_SHOWN) if more > 0 else "")
        user = state.room.session.user
        reason = rights.why_not(user.roles, Action.INCIDENT_NOTE) if user is not None else ""
        able = state.incident is not None and not reason
        for button in (self.csv, self.json):
            button.setEnabled(able and bool(state.entries))
            button.setToolTip(plain_tip(reason))
        self.paper.offer(able)
        self.paper.setToolTip(plain_tip(reason))

    def lines(self) -> list[Line]:
        """The chain, and what this desk has sent or noted that is not in it."""
        one = self._state.incident
        if one is None:
            return []
        known = "\n".join(entry.text for entry in self._state.entries)
        own = [Line(0, n.at, n.text, n.by) for n in one.notes if n.text not in known]
        mine = {order.order_id for order in one.orders}
        for sent in self._state.room.outreach.items().values():
            if sent.about in mine and sent.text not in known:
                to = "、".join(person.name for person in sent.people)
                text = f"{words.channel_word(sent.channel)} → {to}　{sent.text}"
                own.append(Line(0, sent.made_at, text, sent.by))
        return merged(self._state.entries, own)

    def export(self, suffix: str) -> None:
        """As the platform gave it, with the head of the chain."""
        state = self._state
        if state.check is None or state.incident is None:
            return
        user = state.room.session.user
        now, by = state.now(), user.name if user is not None else ""
        make = as_csv if suffix == ".csv" else as_json
        data = make(state.incident_id, state.entries, state.check, now, by)
        stem = self.tr("时间线-{0}").format(state.incident_id)
        state.room.snapshots.file(Document(data, stem, suffix, state.incident_id, now))

    def _verdict(self) -> str:
        state = self._state
        if state.timeline_refusal:
            return self.tr("时间线未取得：{0}").format(state.timeline_refusal)
        if state.check is None or not state.check.length:
            return self.tr("还没有记录") if state.check is not None else ""
        if state.check.holds:
            text = self.tr("已校验 {0} 条 · 链首 {1}")
            return text.format(state.check.length, state.check.head[:12])
        return self.tr("第 {0} 条不符：{1}").format(state.check.broken, state.check.reason)


def _row(line: Line) -> tuple[Cell, ...]:
    number = Cell(str(line.number), "text2") if line.number else Cell("—", "border")
    tone = "text" if line.number else "text2"
    return (
        number,
        Cell(hh_mm_ss(line.at), "text2"),
        Cell(line.text, tone, f"{line.text}\n{line.hash}".strip()),
        Cell(line.by, "text2"),
    )
