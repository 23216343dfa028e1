"""The head of the scoreboard: period, level, edition, robust ranking, as of when, appeals, out."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QToolButton, QWidget

from desktop.domain.assessment.figures import Level
from desktop.domain.assessment.periods import PeriodKind
from views.scoreboard.words import level_word, period_word
from widgets.passing_menu import passing_menu
from widgets.plain_label import ElidedLabel, plain_tip
from widgets.theme import NOTE_PX
from widgets.times import local

BAR_PX = 48


class ScoreBar(QWidget):
    """Says what was pressed; what is on is told to it."""

    period_chosen = Signal(str)
    kind_chosen = Signal(object)  # PeriodKind
    level_chosen = Signal(object)  # Level
    robust_chosen = Signal(bool)
    appeals_asked = Signal()
    edition_asked = Signal()
    workbook_asked = Signal()
    bulletin_asked = Signal()
    screens_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(BAR_PX)
        self._periods: Sequence[str] = ()
        self.period = QPushButton()
        self.period.clicked.connect(self._open_periods)
        kinds = {
            PeriodKind.MONTH: self.tr("月"),
            PeriodKind.QUARTER: self.tr("季"),
            PeriodKind.YEAR: self.tr("年"),
        }
        self.kinds = self._group(kinds, self._press_kind)
        self.levels = self._group({one: level_word(one) for one in Level}, self._press_level)
        self.edition = QPushButton()
        self.edition.clicked.connect(self.edition_asked)
        self.robust = QToolButton()
        self.robust.setCheckable(True)
        self.robust.setProperty("segment", True)
        self.robust.setText(self.tr("稳健排名"))
        self.robust.toggled.connect(self.robust_chosen)
        self.appeals = QPushButton(self.tr("申诉"))
        self.appeals.clicked.connect(self.appeals_asked)
        self.out = QPushButton(self.tr("导出 Excel"))
        self.out.clicked.connect(self.workbook_asked)
        self.bulletin = QPushButton(self.tr("通报"))
        self.bulletin.clicked.connect(self.bulletin_asked)
        self.pushing = QPushButton(self.tr("投屏"))
        self.pushing.clicked.connect(self.screens_asked)
        self.age = ElidedLabel(px=NOTE_PX, tone="text2")
        self.age.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(8, 0, 8, 0)
        self.row.setSpacing(4)
        self._place()

    def _place(self) -> None:
        self.row.addWidget(self.period)
        for button in self.kinds.values():
            self.row.addWidget(button)
        self.row.addSpacing(12)
        for button in self.levels.values():
            self.row.addWidget(button)
        self.row.addSpacing(12)
        for widget in (self.edition, self.robust):
            self.row.addWidget(widget)
        self.row.addWidget(self.age, 1)
        self.row.addSpacing(8)
        for widget in (self.appeals, self.pushing, self.bulletin, self.out):
            self.row.addWidget(widget)

    def _group(self, choices: dict, pressed: object) -> dict:
        group, made = QButtonGroup(self), {}
        for value, words in choices.items():
            button = QToolButton()
            button.setText(words)
            button.setCheckable(True)
            button.setProperty("segment", True)
            button.setObjectName(value.value)
            button.clicked.connect(pressed)
            group.addButton(button)
            made[value] = button
        return made

    def show_choice(
        self, level: Level, kind: PeriodKind, period: str, periods: Sequence[str], edition: str
    ) -> None:
        """`periods`: oldest first; the newest is listed first."""
        self._periods = tuple(reversed(periods))
        self.period.setText((period_word(period) if period else self.tr("期间")) + "  ▾")
        self.period.setEnabled(bool(periods))
        self.kinds[kind].setChecked(True)
        self.levels[level].setChecked(True)
        self.edition.setText(edition)
        self.edition.setVisible(bool(edition))

    def show_nothing(self, level: Level, kind: PeriodKind) -> None:
        """No figures yet, or none for this user: nothing that would be empty is offered."""
        self.show_choice(level, kind, "", (), "")
        self.period.setEnabled(False)
        self.age.setText("")
        self.appeals.setText(self.tr("申诉"))
        for button in (self.appeals, self.out, self.bulletin, self.pushing):
            button.setEnabled(False)

    def show_age(
        self, sealed_at: datetime | None, as_of: datetime | None, is_whole: bool = True
    ) -> None:
        """Cases come oldest first: until all are there, the time says how far they reach."""
        self.age.set_tone("text2" if is_whole else "stale")
        if not is_whole:
            at = f"{local(as_of):%Y-%m-%d}" if as_of is not None else "—"
            text = self.tr("案件下载中，已到 {0}，数不全，名次未定")
            self.age.setText(text.format(at))
            return
        words = []
        if sealed_at is not None:
            words.append(self.tr("已封账 {0}").format(f"{local(sealed_at):%m-%d %H:%M}"))
        if as_of is not None:
            words.append(self.tr("数据截至 {0}").format(f"{local(as_of):%m-%d %H:%M}"))
        self.age.setText("　".join(words))

    def say(self, text: str) -> None:
        """In place of the age: what became of an export."""
        self.age.setText(text)

    def offer_out(self, refusal: str) -> None:
        """`refusal`: why this role may not, empty when it may."""
        self._offer(self.out, refusal, "")
        self._offer(self.bulletin, refusal, self.tr("绩效通报：预览、打印、存为 PDF"))

    def offer_screens(self, refusal: str, is_pushed: bool) -> None:
        self._offer(self.pushing, refusal, self.tr("把排名投到另一台显示器"))
        self.pushing.setText(self.tr("投屏中") if is_pushed else self.tr("投屏"))

    def _offer(self, button: QPushButton, refusal: str, tip: str) -> None:
        button.setEnabled(not refusal)
        button.setToolTip(plain_tip(refusal or tip))

    def show_appeals(self, count: int) -> None:
        self.appeals.setText(self.tr("申诉 {0}").format(count))
        self.appeals.setEnabled(count > 0)

    def _open_periods(self) -> None:
        menu = passing_menu(self)
        for period in self._periods:
            menu.addAction(period_word(period)).setData(period)
        menu.triggered.connect(self._on_period)
        menu.popup(self.period.mapToGlobal(self.period.rect().bottomLeft()))

    def _on_period(self, action: object) -> None:
        self.period_chosen.emit(action.data())  # type: ignore[attr-defined]

    def _press_kind(self) -> None:
        self.kind_chosen.emit(PeriodKind(self.sender().objectName()))

    def _press_level(self) -> None:
        self.level_chosen.emit(Level(self.sender().objectName()))
