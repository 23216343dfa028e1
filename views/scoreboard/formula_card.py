"""A formula as it is written on paper: name = numerator over denominator = value."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.assessment.explaining import Explanation
from desktop.domain.assessment.figures import Level
from views.scoreboard.words import figure, status_word
from widgets.painted_text import paint_text
from widgets.theme import BODY_PX, STRONG_PX, colour, font

_HEIGHT_PX = 84


class FormulaCard(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._why: Explanation | None = None
        self.level = Level.DISTRICT

    def sizeHint(self) -> QSize:
        return QSize(320, _HEIGHT_PX)

    def show_explanation(self, why: Explanation | None) -> None:
        self._why = why
        self.setAccessibleName(self.text())
        self.update()

    def text(self) -> str:
        """The same in one line, for who cannot see it and for the tip."""
        why = self._why
        if why is None:
            return ""
        value = self._value(why)
        if why.indicator.formula:
            return f"{why.indicator.name} = {why.formula} = {value}"
        above, below = (count_word(n) for n in (why.numerator, why.denominator))
        return (
            f"{why.indicator.name} = {why.numerator_words} {above} ÷ "
            f"{why.denominator_words} {below} = {value}"
        )

    def _value(self, why: Explanation) -> str:
        if why.status:
            return status_word(why.status, self.level)
        text = figure(why.indicator, why.value, decimals=2)
        return f"{text} {why.indicator.unit.word}".rstrip()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("bg2"))
        why = self._why
        if why is None:
            return
        box = self.rect().adjusted(12, 8, -12, -8)
        value = f"= {self._value(why)}"
        bold = QFontMetrics(font(STRONG_PX, bold=True))
        value_px = bold.horizontalAdvance(value) + 8
        painter.setFont(font(STRONG_PX, bold=True))
        painter.setPen(colour("text"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, right, value)
        middle = box.adjusted(0, 0, -value_px - 8, 0)
        if why.indicator.formula:
            painter.setFont(font(BODY_PX))
            painter.drawText(middle, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter),
                             why.formula)  # fmt: skip
            return
        self._paint_fraction(painter, why, middle)

    def _paint_fraction(self, painter: QPainter, why: Explanation, box: QRect) -> None:
        name_px = QFontMetrics(font(BODY_PX)).horizontalAdvance(why.indicator.name + " =") + 8
        if box.width() - name_px < 150:
            name_px = 0  # the head says which it is
        else:
            paint_text(painter, box, f"{why.indicator.name} =", BODY_PX, "text")
        part = box.adjusted(name_px, 0, 0, 0)
        middle = part.center().y()
        upper = QRect(part.left(), part.top(), part.width(), middle - part.top() - 2)
        lower = QRect(part.left(), middle + 3, part.width(), part.bottom() - middle - 3)
        painter.fillRect(part.left(), middle, part.width(), 1, colour("text"))
        self._paint_side(painter, upper, why.numerator_words, why.numerator)
        self._paint_side(painter, lower, why.denominator_words, why.denominator)

    def _paint_side(self, painter: QPainter, box: QRect, words: str, count: float | None) -> None:
        number = count_word(count)
        bold, plain = QFontMetrics(font(STRONG_PX, bold=True)), QFontMetrics(font(BODY_PX))
        number_px = bold.horizontalAdvance(number)
        room = box.width() - number_px - 8
        words = plain.elidedText(words, Qt.TextElideMode.ElideRight, max(room, 24))
        whole = plain.horizontalAdvance(words) + 8 + number_px
        left = box.left() + max(0, (box.width() - whole) // 2)
        painter.setPen(colour("text"))
        painter.setFont(font(BODY_PX))
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(left, box.top(), box.width(), box.height()), side, words)
        painter.setFont(font(STRONG_PX, bold=True))
        left += plain.horizontalAdvance(words) + 8
        painter.drawText(QRect(left, box.top(), number_px + 4, box.height()), side, number)


def count_word(value: float | None) -> str:
    if value is None:
        return "—"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
