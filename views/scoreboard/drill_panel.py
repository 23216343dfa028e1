"""From a figure down: formula and counts, the cases behind it, one case's file, and back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.assessment.evaluation import Status
from desktop.domain.assessment.explaining import Explanation
from desktop.domain.assessment.figures import Appeal, Level
from views.scoreboard.appeals import appeal_line
from views.scoreboard.case_card import CaseCard
from views.scoreboard.case_list import CaseList, ClassBar
from views.scoreboard.formula_card import FormulaCard, count_word
from views.scoreboard.source import CaseFile, CasePage
from views.scoreboard.words import difference, figure, status_word, unit_word
from widgets.plain_label import ElidedLabel, PlainLabel, WrappedLabel
from widgets.theme import BODY_PX, NOTE_PX, STRONG_PX
from widgets.times import local

HUGE_PX = 44
_FACTS, _APPEALS = 7, 3
_LOW_PX = 720


class DrillPanel(QWidget):
    case_asked = Signal(str)  # case_id
    link_asked = Signal(str)
    paper_asked = Signal(object)  # CaseFile

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "1")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.level = Level.DISTRICT
        self.back = QPushButton(self.tr("← 返回指标"))
        self.back.setProperty("flat", True)
        self.back.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.back.clicked.connect(self.show_figure)
        self.back.hide()
        self._crumb = ElidedLabel(px=STRONG_PX, bold=True)
        self._edition = PlainLabel(px=NOTE_PX, tone="text2")
        head = QHBoxLayout()
        head.addWidget(self.back)
        head.addWidget(self._crumb, 1)
        head.addWidget(self._edition)
        self.stack = QStackedWidget()
        self.case = CaseCard()
        self.case.link_asked.connect(self.link_asked)
        self.case.paper_asked.connect(self.paper_asked)
        self._figure = self._build_figure()
        self.stack.addWidget(self._figure)
        self.stack.addWidget(self.case)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.stack, 1)

    def _build_figure(self) -> QWidget:
        page = QWidget()
        self._value = PlainLabel(px=HUGE_PX, bold=True)
        self._unit = PlainLabel(px=STRONG_PX, tone="text2")
        self._gap = WrappedLabel(px=BODY_PX)
        self._interval = WrappedLabel(px=BODY_PX, tone="text2")
        self.formula = FormulaCard()
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._value)
        row.addWidget(self._unit)
        row.addSpacing(8)
        row.addWidget(self._gap, 1)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._interval)
        column.addWidget(self.formula)
        column.addLayout(self._build_facts())
        self._cases_title = ElidedLabel(px=STRONG_PX, bold=True)
        self.classes = ClassBar()
        self.cases = CaseList()
        self.cases.opened.connect(self.case_asked)
        column.addWidget(self._cases_title)
        column.addWidget(self.classes)
        column.addWidget(self.cases, 1)
        self._appeals = [ElidedLabel(px=NOTE_PX, tone="text2") for _ in range(_APPEALS)]
        self._appeals_title = PlainLabel(self.tr("申诉与剔除"), BODY_PX, bold=True)
        column.addWidget(self._appeals_title)
        for label in self._appeals:
            column.addWidget(label)
        return page

    def _build_facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self._names, self._facts = [], []
        for number in range(_FACTS):
            name, fact = PlainLabel(tone="text2"), ElidedLabel()
            fact.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(name, number, 0)
            grid.addWidget(fact, number, 1)
            self._names.append(name)
            self._facts.append(fact)
        return grid

    # ---- a figure ---------------------------------------------------------------------------

    def show_explanation(
        self, why: Explanation | None, appeals: Sequence[Appeal], anew: bool = True
    ) -> None:
        """`anew`: another figure than before; else what is open below it stays open."""
        if anew:
            self.show_figure()
        self.formula.show_explanation(why)
        if why is None:
            self._crumb.setText(self.tr("选择一个单位和指标"))
            for label in (self._value, self._unit, self._gap, self._interval, self._edition):
                label.setText("")
            self._show_facts([])
        else:
            self._show(why, appeals)
        self._show_appeals(appeals)
        if anew:
            self.show_waiting()

    def _show(self, why: Explanation, appeals: Sequence[Appeal]) -> None:
        one = why.indicator
        self._crumb.setText(f"{why.unit_name} › {one.name}")
        self._edition.setText(" · ".join(t for t in (one.code, why.edition, one.source.word) if t))
        state = status_word(why.status, self.level) if why.status else ""
        self._value.setText(state or figure(one, why.value))
        self._unit.setText("" if state else unit_word(one))
        self._gap.setText(self._gap_text(why))
        self._interval.setText(self._interval_text(why))
        facts = [(line.word, count_word(line.value))
                 for line in why.counts[: _FACTS - 3]]  # fmt: skip
        if removed := sum(appeal.state == "upheld" for appeal in appeals):
            facts.append((self.tr("已剔除，申诉成立"), self.tr("{0} 件").format(removed)))
        as_of = f"{local(why.as_of):%m-%d %H:%M}" if why.as_of is not None else "—"
        facts.append((self.tr("数据截至 · 来源"), f"{as_of} · {one.source.word}"))
        facts.append((self.tr("责任人"), one.accountable or "—"))
        self._show_facts(facts)

    def _gap_text(self, why: Explanation) -> str:
        if why.status is Status.NOTHING_DUE:
            return self.tr("本期没有应办，不计入得分")
        if why.status is Status.NOT_REPORTED and self.level is Level.PERSON:
            return self.tr("此岗位不考这项指标")
        if why.status is Status.NOT_REPORTED:
            return self.tr("本期未上报，不按 0 计")
        if why.status is Status.CONTRADICTORY:
            return self.tr("本期计数互相矛盾，已剔除")
        if why.gap is None:
            return why.indicator.note
        target = f"{why.indicator.target:g}"
        gap = difference(abs(why.gap), why.indicator).lstrip("+")
        if difference(0.0, why.indicator) == gap:
            side = self.tr("正在目标 {0} 上") if why.gap >= 0 else self.tr("▼ 略未达目标 {0}")
            return side.format(target)
        if why.gap >= 0:
            return self.tr("达到目标 {0}，余 {1}").format(target, gap)
        below = why.indicator.higher_is_better
        text = self.tr("▼ 低于目标 {0}，差 {1}") if below else self.tr("▼ 高于目标 {0}，差 {1}")
        return text.format(target, gap)

    def _interval_text(self, why: Explanation) -> str:
        if why.lower is None or why.upper is None:
            return ""
        one = why.indicator
        text = self.tr("95% 区间 {0} 至 {1}（Wilson）").format(
            figure(one, why.lower), figure(one, why.upper)
        )
        if why.is_small:
            return text + self.tr("，n = {0:.0f} 小样本").format(why.denominator or 0)
        if one.target is None:
            return text
        if why.is_certain:
            return text + self.tr("，全在目标一侧，非抽样波动")
        return text + self.tr("，区间跨过目标，可能是抽样波动")

    def _show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        for number in range(_FACTS):
            name, fact = facts[number] if number < len(facts) else ("", "")
            self._names[number].setText(name)
            self._facts[number].setText(fact)
            self._names[number].setVisible(bool(name))
            self._facts[number].setVisible(bool(name))

    def _show_appeals(self, appeals: Sequence[Appeal]) -> None:
        for number, label in enumerate(self._appeals):
            label.setText(appeal_line(appeals[number]) if number < len(appeals) else "")
        self._place_appeals()

    def _place_appeals(self) -> None:
        """In a low window the cases have their room: the appeals are behind their own button."""
        has_room = self.height() >= _LOW_PX
        self._appeals_title.setVisible(has_room and bool(self._appeals[0].text()))
        for label in self._appeals:
            label.setVisible(has_room and bool(label.text()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_appeals()

    # ---- cases ------------------------------------------------------------------------------

    def show_waiting(self) -> None:
        self._cases_title.setText(self.tr("案件"))
        self.classes.show_classes((), 0)
        self.cases.show_cases(())

    def show_cases(self, page: CasePage) -> None:
        shown = len(page.lines)
        more = self.tr("，列出前 {0} 件").format(shown) if shown < page.total else ""
        self._cases_title.setText(f"{page.title} {page.total:,}{more}")
        self.classes.show_classes(page.classes, page.total)
        self.cases.show_cases(page.lines)

    def show_refusal(self, text: str) -> None:
        self._cases_title.setText(text)

    def show_case(self, file: CaseFile) -> None:
        self.case.show_case(file)
        self.stack.setCurrentWidget(self.case)
        self.back.show()

    def show_figure(self) -> None:
        """Back from a case, to the line that it was opened from."""
        self.stack.setCurrentWidget(self._figure)
        self.back.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.stack.currentWidget() is self.case:
            self.show_figure()
            self.cases.setFocus()
        else:
            super().keyPressEvent(event)
