"""执行后将发生: what the one act will do, in numbers, and the message as it will be read."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from views.emergency.panel import Panel
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.theme import BODY_PX, NOTE_PX, TITLE_PX, colour, font

LINE_PX = 28
_NUMBER_PX, _GAP_PX = 56, 12


class Effect(NamedTuple):
    """`grave`: it is missing and somebody should know."""

    number: str
    words: str
    grave: bool = False


class EffectList(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._effects: tuple[Effect, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def effects(self) -> tuple[Effect, ...]:
        return self._effects

    def show_effects(self, effects: Sequence[Effect]) -> None:
        self._effects = tuple(effects)
        self.setFixedHeight(max(1, len(self._effects)) * LINE_PX)
        self.setAccessibleName("；".join(f"{one.number} {one.words}" for one in self._effects))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, max(1, len(self._effects)) * LINE_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        large = font(TITLE_PX, bold=True)
        widest = max(
            (QFontMetrics(large).horizontalAdvance(e.number) for e in self._effects), default=0
        )
        left = max(_NUMBER_PX, widest + _GAP_PX)
        for number, effect in enumerate(self._effects):
            top = number * LINE_PX
            painter.setFont(large)
            painter.setPen(colour("p1" if effect.grave else "text"))
            side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(QRect(0, top, left - _GAP_PX, LINE_PX), side, effect.number)
            face = font(BODY_PX, bold=effect.grave)
            painter.setFont(face)
            painter.setPen(colour("text"))
            room = self.width() - left
            words = QFontMetrics(face).elidedText(
                effect.words, Qt.TextElideMode.ElideRight, max(0, room)
            )
            box = QRect(left, top, room, LINE_PX)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)


class OutcomePanel(Panel):
    """Below the numbers the text of the first message, whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setObjectName("outcome_panel")
        self.title.setText(self.tr("执行后将发生"))
        self.tell(note=self.tr("一个事务，可按序撤回"))
        self.effects = EffectList()
        box = QWidget()
        box.setProperty("ground", "2")
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.preview_head = ElidedLabel(px=NOTE_PX, tone="text2")
        self.preview = PlainLabel()
        self.preview.setWordWrap(True)
        self.preview.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(box)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addWidget(self.preview_head)
        column.addWidget(self.preview)
        self._box = box
        self.body.addWidget(self.effects)
        self.body.addSpacing(4)
        self.body.addWidget(box)
        self.body.addStretch(1)

    def show_outcome(self, effects: Sequence[Effect], head: str, text: str) -> None:
        self.effects.show_effects(effects)
        self.preview_head.setText(head)
        self.preview.setText(text)
        self._box.setVisible(bool(text))
