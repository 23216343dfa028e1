"""申诉: what was asked, how it was decided, and whether the case left the count."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.assessment.figures import Appeal
from views.scoreboard.words import translate
from widgets.dialog_window import DialogWindow
from widgets.fact_table import Cell, FactColumn, FactTable
from widgets.plain_label import PlainLabel
from widgets.theme import NOTE_PX, STRONG_PX
from widgets.times import local

_SIZE_PX = (860, 480)


def state_word(state: str) -> str:
    """What the platform names otherwise stays as it is."""
    words = {
        "open": translate("scoreboard", "复审中"),
        "upheld": translate("scoreboard", "成立，已剔除"),
        "rejected": translate("scoreboard", "驳回"),
    }
    return words.get(state, state)


def appeal_line(appeal: Appeal) -> str:
    at = f"{local(appeal.at):%m-%d %H:%M}"
    reason = f"（{appeal.reason}）" if appeal.reason else ""
    return f"{at}  {appeal.case_id}  {state_word(appeal.state)}{reason}  {appeal.by}".rstrip()


class AppealsDialog(DialogWindow):
    def __init__(
        self, appeals: Sequence[Appeal], names: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("申诉与剔除"))
        self.resize(*_SIZE_PX)
        columns = (FactColumn(self.tr("时间"), 108), FactColumn(self.tr("单位"), 120),
                   FactColumn(self.tr("案卷号"), 172), FactColumn(self.tr("结果"), 112),
                   FactColumn(self.tr("理由")), FactColumn(self.tr("经办"), 96))  # fmt: skip
        self.table = FactTable(self.tr("申诉"), columns)
        note = PlainLabel(px=NOTE_PX, tone="text2")
        note.setText(self.tr("申诉成立的案件不计超期，保留“曾超时”标记"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(PlainLabel(self.tr("申诉与剔除"), STRONG_PX, bold=True))
        column.addWidget(self.table, 1)
        column.addWidget(note)
        newest = sorted(appeals, key=lambda one: one.at, reverse=True)
        self.table.show_rows(
            [
                (
                    Cell(f"{local(one.at):%m-%d %H:%M}", "text2"),
                    Cell(names.get(one.unit_id, one.unit_id)),
                    Cell(one.case_id, "text2"),
                    Cell(state_word(one.state)),
                    Cell(one.reason or "—", "text2"),
                    Cell(one.by or "—", "text2"),
                )
                for one in newest
            ]
        )
