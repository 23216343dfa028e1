"""预案与级别: which plan, which of its four levels, what holds for it, and who signs."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from desktop.domain.emergency.plans import ResponseLevel
from views.emergency.panel import Panel
from widgets.icons import paint_icon
from widgets.level_badge import LevelLook, paint_level
from widgets.plain_label import ElidedLabel, PlainLabel, plain_caption, plain_tip
from widgets.theme import BODY_PX, NOTE_PX, STRONG_PX, colour, font

SEGMENT_PX, CONDITION_PX = 40, 28
ORDER = (ResponseLevel.IV, ResponseLevel.III, ResponseLevel.II, ResponseLevel.I)


@dataclass(frozen=True)
class Segment:
    """`word`: 已过, 现行, 建议 or 未达; `there`: the plan knows this level."""

    level: ResponseLevel
    word: str
    there: bool = True


@dataclass(frozen=True)
class ConditionLine:
    """`holds` None: it cannot be told now."""

    text: str
    value: str
    holds: bool | None


@dataclass(frozen=True)
class LevelView:
    """`trouble`: why there is nothing to choose, in the words of the screen."""

    segments: tuple[Segment, ...] = ()
    chosen: ResponseLevel | None = None
    headline: str = ""
    aside: str = ""
    conditions: tuple[ConditionLine, ...] = ()
    signer: str = ""
    trouble: str = ""


class LevelSegment(QAbstractButton):
    """One of the four: shape, numeral and word; the chosen one with a white frame."""

    def __init__(self, level: ResponseLevel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.level = level
        self._word = ""
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(SEGMENT_PX)
        self.setMinimumWidth(60)

    @property
    def word(self) -> str:
        return self._word

    def tell(self, word: str, there: bool, chosen: bool) -> None:
        self._word = word
        self.setEnabled(there)
        self.setChecked(chosen)
        self.setAccessibleName(f"{self.level.warning.roman} {self.level.word} {word}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(90, SEGMENT_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("selection" if self.isChecked() else "bg2"))
        painter.drawRoundedRect(box, 4, 4)
        look = LevelLook.FILLED if self.isChecked() else LevelLook.OUTLINE
        face = font(BODY_PX, bold=self.isChecked())
        words = f"{self.level.warning.roman} {self._word}".strip()
        if QFontMetrics(face).horizontalAdvance(words) > self.width() - 44:
            words = self._word  # the shape says which level it is
        if QFontMetrics(face).horizontalAdvance(words) > self.width() - 36:
            face = font(NOTE_PX, bold=self.isChecked())
        wide = QFontMetrics(face).horizontalAdvance(words)
        left = max(4.0, (self.width() - 24 - 4 - wide) / 2)
        if not self.isEnabled():
            painter.setOpacity(0.45)
        paint_level(painter, QRectF(left, 8, 24, 24), self.level.warning, look)
        painter.setOpacity(1)
        painter.setFont(face)
        painter.setPen(colour("text" if self.isChecked() else "text2"))
        if not self.isEnabled():
            painter.setPen(colour("border"))
        painter.drawText(
            box.adjusted(left + 28, 0, 0, 0),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            words,
        )
        if self.isChecked() or self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("focus"), 2))
            painter.drawRoundedRect(box, 4, 4)


class ConditionList(QWidget):
    """A tick or a dash, the condition, and the value as it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[ConditionLine, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(0)

    @property
    def lines(self) -> tuple[ConditionLine, ...]:
        return self._lines

    def show_lines(self, lines: Sequence[ConditionLine]) -> None:
        self._lines = tuple(lines)
        self.setFixedHeight(len(self._lines) * CONDITION_PX)
        said = {True: self.tr("成立"), False: self.tr("未成立"), None: self.tr("未知")}
        self.setAccessibleName(
            "；".join(f"{one.text} {one.value} {said[one.holds]}" for one in self._lines)
        )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, line in enumerate(self._lines):
            top = number * CONDITION_PX
            mark = QRectF(0, top + 6, 16, 16)
            paint_icon(painter, mark, "check" if line.holds else "minus",
                       "text" if line.holds else "border")  # fmt: skip
            tone = "text" if line.holds else "border"
            strong = font(BODY_PX, bold=bool(line.holds))
            value_px = QFontMetrics(strong).horizontalAdvance(line.value)
            room = self.width() - 24 - value_px - 8
            painter.setFont(font(BODY_PX))
            painter.setPen(colour("text" if line.holds else "text2"))
            words = QFontMetrics(painter.font()).elidedText(
                line.text, Qt.TextElideMode.ElideRight, max(0, room)
            )
            side = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(24, top, max(0, room), CONDITION_PX), side, words)
            painter.setFont(strong)
            painter.setPen(colour(tone if line.holds is not None else "stale"))
            painter.drawText(
                QRectF(0, top, self.width(), CONDITION_PX),
                side | Qt.AlignmentFlag.AlignRight,
                line.value,
            )


class LevelPanel(Panel):
    """The suggestion preselects; the officer may choose otherwise."""

    level_chosen = Signal(object)  # ResponseLevel
    plan_chosen = Signal(str)  # plan_id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setObjectName("level_panel")
        self.title.setText(self.tr("预案与级别"))
        self._menu = QMenu(self)
        self.plan = QPushButton()
        self.plan.setProperty("small", True)
        self.plan.setMenu(self._menu)
        self.plan.setAccessibleName(self.tr("选预案"))
        self.plan.setMaximumWidth(230)
        self.head.addWidget(self.plan)
        self.group = QButtonGroup(self)
        self.segments = {level: LevelSegment(level) for level in ORDER}
        row = QHBoxLayout()
        row.setSpacing(4)
        for segment in self.segments.values():
            segment.clicked.connect(self._choose)
            self.group.addButton(segment)
            row.addWidget(segment)
        self.headline = PlainLabel(px=STRONG_PX, bold=True)
        self.reason = ElidedLabel(px=NOTE_PX, tone="text2")
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.headline)
        line.addWidget(self.reason, 1)
        self.conditions = ConditionList()
        self.signer = ElidedLabel()
        self.trouble = PlainLabel(tone="stale")
        self.trouble.setWordWrap(True)
        self.body.addLayout(row)
        self.body.addLayout(line)
        for part in (self.conditions, self.signer, self.trouble):
            self.body.addWidget(part)

    def show_view(self, view: LevelView) -> None:
        known = {one.level: one for one in view.segments}
        self.group.setExclusive(False)
        for level, button in self.segments.items():
            one = known.get(level)
            there = one is not None and one.there
            button.tell(one.word if one else "", there, level is view.chosen)
        self.group.setExclusive(view.chosen is not None)
        self.headline.setText(view.headline)
        self.reason.setText(view.aside)
        self.conditions.show_lines(view.conditions)
        self.signer.setText(view.signer)
        self.trouble.setText(view.trouble)
        self.trouble.setVisible(bool(view.trouble))
        self.headline.setVisible(bool(view.headline))

    def show_plans(self, plans: Sequence[tuple[str, str]], chosen: str, note: str) -> None:
        """`plans`: id and name with its edition."""
        self._menu.clear()
        self.plan.setText(plain_caption(dict(plans).get(chosen) or self.tr("没有预案")))
        self.plan.setEnabled(bool(plans))
        self.plan.setToolTip(plain_tip(note))
        for plan_id, name in plans:
            action = self._menu.addAction(plain_caption(name), partial(self._choose_plan, plan_id))
            action.setCheckable(True)
            action.setChecked(plan_id == chosen)

    def _choose_plan(self, plan_id: str) -> None:
        self.plan_chosen.emit(plan_id)

    def _choose(self) -> None:
        button = self.sender()
        assert isinstance(button, LevelSegment)
        self.level_chosen.emit(button.level)
