"""Trend: the chart, and beside it 环比, 同比, distance to target and to the league's median."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.assessment.explaining import Course
from desktop.domain.assessment.periods import PeriodKind, earlier, kind_of, year_before
from views.scoreboard.course_chart import CourseChart, short_period
from views.scoreboard.words import difference, figure
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.theme import BODY_PX, KPI_PX, NOTE_PX, STRONG_PX

_FACTS_PX = 232


class CoursePanel(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "1")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = ElidedLabel(px=STRONG_PX, bold=True)
        self._legend = PlainLabel(px=NOTE_PX, tone="text2")
        self._legend.setText(self.tr("▼ 未达标　— 组中位数"))
        self.chart = CourseChart()
        self._value = PlainLabel(px=KPI_PX, bold=True)
        self._unit = PlainLabel(px=BODY_PX, tone="text2")
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._legend)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self.chart, 1)
        body.addWidget(self._build_facts())
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(body, 1)

    def _build_facts(self) -> QWidget:
        facts = QWidget()
        facts.setFixedWidth(_FACTS_PX)
        grid = QGridLayout(facts)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        value = QHBoxLayout()
        value.setSpacing(4)
        value.addWidget(self._value)
        value.addWidget(self._unit)
        value.addStretch(1)
        grid.addLayout(value, 0, 0, 1, 2)
        self._names, self._facts = [], []
        for number in range(1, 6):
            name, fact = PlainLabel(tone="text2"), PlainLabel()
            fact.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(name, number, 0)
            grid.addWidget(fact, number, 1)
            self._names.append(name)
            self._facts.append(fact)
        grid.setRowStretch(6, 1)
        return facts

    def show_course(self, course: Course | None, unit_name: str) -> None:
        self.chart.show_course(course)
        for label in (*self._names, *self._facts, self._value, self._unit, self._title):
            label.setText("")
        if course is None or not course.points:
            self._title.setText(self.tr("趋势"))
            return
        one, last = course.indicator, course.points[-1]
        words = self.tr("{0} · {1} 近 {2} 期")
        self._title.setText(words.format(unit_name, one.name, len(course.points)))
        self._value.setText(figure(one, last.value))
        self._unit.setText(one.unit.word)
        for place, (name, fact) in enumerate(self._rows(course)):
            self._names[place].setText(name)
            self._facts[place].setText(fact)

    def _rows(self, course: Course) -> list[tuple[str, str]]:
        one, last = course.indicator, course.points[-1]
        rows: list[tuple[str, str]] = []
        before = short_period(earlier(last.period))
        known = {point.period: point.value for point in course.points}
        value = figure(one, known.get(earlier(last.period)))
        rows.append((self.tr("环比 {0}  {1}").format(before, value),
                     difference(course.month_on_month, one)))  # fmt: skip
        if kind_of(last.period) is not PeriodKind.YEAR:
            same = None
            if last.value is not None and course.year_on_year is not None:
                same = last.value - course.year_on_year
            text = self.tr("同比 {0}  {1}")
            text = text.format(short_period(year_before(last.period)), figure(one, same))
            rows.append((text, difference(course.year_on_year, one)))
        if one.target is not None and last.value is not None:
            text = self.tr("距目标 {0:g}").format(one.target)
            rows.append((text, difference(last.value - one.target, one)))
        text = self.tr("距组中位数 {0}").format(figure(one, last.median))
        rows.append((text, difference(course.to_median, one)))
        if course.missed_in_a_row:
            text = self.tr("{0} 期").format(course.missed_in_a_row)
            rows.append((self.tr("连续未达标"), text))
        return rows
