"""变更级别: another level for a response that runs, with what holds for it and what it changes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.emergency.incidents import Incident
from desktop.domain.emergency.plans import Plan, ResponseLevel
from desktop.domain.link_messages import User
from views.emergency.advice import Advice
from views.emergency.hold_bar import LOW_PX, HoldBar
from views.emergency.level_choice import ORDER, ConditionList, LevelSegment
from views.emergency.level_words import bar_words, difference_words, signing_words
from views.emergency.pair_words import level_words
from widgets.dialog_window import DialogWindow
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.theme import STRONG_PX

_WIDTH_PX = 640


class LevelDialog(DialogWindow):
    """Nothing is chosen at first, unless the conditions of a graver level hold."""

    chosen = Signal(object)  # ResponseLevel, when the bar was held

    def __init__(
        self,
        incident: Incident,
        plan: Plan,
        advice: Advice | None,
        user: User | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("变更级别"))
        self.incident, self._plan, self._user = incident, plan, user
        self._conditions = advice.conditions if advice is not None else {}
        reached = advice.level if advice is not None else None
        self.level: ResponseLevel | None = None
        self._build()
        for level, segment in self.segments.items():
            there = level in plan.levels and level is not incident.level
            segment.tell(self._word(level, reached), there, False)
        graver = reached is not None and reached.rank < incident.level.rank
        self.choose(reached if graver and reached in plan.levels else None)
        first = self.level or next((one for one in ORDER if self.segments[one].isEnabled()), None)
        if first is not None:
            self.segments[first].setFocus()

    def _word(self, level: ResponseLevel, reached: ResponseLevel | None) -> str:
        if level is self.incident.level:
            return self.tr("现行")
        if level is reached:
            return self.tr("条件已达")
        return "" if level in self._plan.levels else self.tr("预案没有")

    def _build(self) -> None:
        title = ElidedLabel(px=STRONG_PX, bold=True)
        title.setText(self.incident.title)
        self.group = QButtonGroup(self)
        self.segments = {level: LevelSegment(level) for level in ORDER}
        row = QHBoxLayout()
        row.setSpacing(4)
        for segment in self.segments.values():
            segment.clicked.connect(self._press)
            self.group.addButton(segment)
            row.addWidget(segment)
        self.head = PlainLabel(bold=True)
        self.conditions = ConditionList()
        self.changes = PlainLabel(tone="text2")
        self.changes.setWordWrap(True)
        self.bar = HoldBar()
        self.bar.setFixedHeight(LOW_PX)
        self.bar.held.connect(self._on_held)
        self.trouble = PlainLabel(tone="stale")
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        cancel = QPushButton(self.tr("取消"))
        cancel.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.bar, 1)
        foot.addWidget(cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(title)
        column.addLayout(row)
        for part in (self.head, self.conditions, self.changes, self.trouble):
            column.addWidget(part)
        column.addStretch(1)
        column.addLayout(foot)
        self.setFixedWidth(_WIDTH_PX)

    def choose(self, level: ResponseLevel | None) -> None:
        self.level = level
        if level is not None:
            self.segments[level].setChecked(True)
        known = self._plan.levels.get(level) if level is not None else None
        if level is None or known is None:
            self.head.setText(self.tr("现行 {0}，选要变更到的级别").format(
                level_words(self.incident.level)
            ))  # fmt: skip
            self.conditions.show_lines(())
            self.changes.setText("")
            self.bar.tell(self.tr("变更级别"), self.tr("还没有选级别"))
            return
        self.head.setText(signing_words(level, known, self._user))
        self.conditions.show_lines(self._conditions.get(level, ()))
        before = self._plan.levels.get(self.incident.level)
        self.changes.setText("\n".join(difference_words(before, known)))
        self.bar.tell(bar_words(self.incident.level, level, known, self._user))
        self.adjustSize()

    def tell(self, trouble: str, busy: str) -> None:
        """What the platform said, or what is under way."""
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        if busy:
            self.bar.tell_done(busy)
        elif self.level is not None:
            known = self._plan.levels[self.level]
            self.bar.tell(bar_words(self.incident.level, self.level, known, self._user))

    def _press(self) -> None:
        button = self.sender()
        assert isinstance(button, LevelSegment)
        self.choose(button.level)

    def _on_held(self) -> None:
        self.chosen.emit(self.level)
