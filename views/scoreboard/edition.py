"""口径: which scheme and which formulas are in force, with targets and weights."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.assessment.board import Board
from desktop.domain.assessment.explaining import words_known, words_of
from desktop.domain.assessment.figures import Figures
from desktop.domain.assessment.periods import kind_of
from desktop.domain.assessment.standings import weights_of
from views.scoreboard.words import goal
from widgets.dialog_window import DialogWindow
from widgets.fact_table import Cell, FactColumn, FactTable
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.theme import NOTE_PX, STRONG_PX

_SIZE_PX = (940, 640)


class EditionDialog(DialogWindow):
    """Every edition with its days; the indicators as the board's one counts them."""

    def __init__(self, figures: Figures, board: Board, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("考评口径"))
        self.resize(*_SIZE_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(4)
        scheme = board.scheme
        if scheme is not None:
            column.addWidget(PlainLabel(f"{scheme.name} {scheme.edition}", STRONG_PX, bold=True))
        for one in figures.assessment.schemes:
            until = f"{one.until:%Y-%m-%d}" if one.until is not None else self.tr("今后")
            parts = "、".join(f"{part.name} {part.weight:g}%" for part in one.parts)
            text = self.tr("{0}：{1} 至 {2}，{3}")
            label = ElidedLabel(px=NOTE_PX, tone="text2")
            label.setText(text.format(one.edition, f"{one.since:%Y-%m-%d}", until, parts))
            column.addWidget(label)
        for one in figures.assessment.successions:
            text = self.tr("{0} 自 {1} 并入 {2}，以前各月一并计入：{3}")
            label = ElidedLabel(px=NOTE_PX, tone="text2")
            unit, into = (figures.names.get(name, name) for name in (one.unit, one.into))
            label.setText(text.format(unit, f"{one.since:%Y-%m-%d}", into, one.reason))
            column.addWidget(label)
        columns = (FactColumn(self.tr("编号"), 52), FactColumn(self.tr("指标"), 136),
                   FactColumn(self.tr("公式")), FactColumn(self.tr("目标"), 72, True),
                   FactColumn(self.tr("权重"), 60, True), FactColumn(self.tr("来源"), 60),
                   FactColumn(self.tr("责任人"), 88))  # fmt: skip
        self.table = FactTable(self.tr("指标"), columns)
        column.addWidget(self.table, 1)
        self.table.show_rows(self._rows(figures, board))

    def _rows(self, figures: Figures, board: Board) -> list[tuple[Cell, ...]]:
        words = words_known(figures)
        evaluated = figures.evaluated(kind_of(board.period))
        weights = weights_of(evaluated, board.scheme) if board.scheme is not None else {}
        shown = [one.indicator for one in evaluated.values() if one.indicator.code]
        return [
            (
                Cell(one.code, "text2"),
                Cell(one.name),
                Cell(words_of(one.text, words), "text2"),
                Cell(goal(one) or "—"),
                Cell(f"{weights.get(one.id, 0):g}"),
                Cell(one.source.word, "text2"),
                Cell(one.accountable or "—", "text2"),
            )
            for one in sorted(shown, key=lambda one: ("EQSAD".find(one.code[0]), int(one.code[1:])))
        ]
