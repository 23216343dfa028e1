"""Labels that never read their text as markup: text from outside stays text."""

import html

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption, QWidget

from desktop.domain.texts import clean_text
from widgets.theme import BODY_PX

MAX_TIP_BYTES = 3_000
"""About as much as a screen can hold; what is longer hides what the tip is about."""


class _PlainTip(str):
    """Has been escaped: a second time would show the escapes."""

    __slots__ = ()


def plain_tip(text: str) -> str:
    """A tooltip that shows `text` literally: Qt guesses markup in tooltips, so it is escaped."""
    if not text or isinstance(text, _PlainTip):
        return text
    escaped = html.escape(clean_text(text, MAX_TIP_BYTES)).replace("\n", "<br>")
    return _PlainTip(f"<span>{escaped}</span>")


def plain_caption(text: str) -> str:
    """For a button or an entry of a menu: an ampersand is a letter, and marks no key."""
    return clean_text(text).replace("&", "&&")


class PlainLabel(QLabel):
    """`px`, `bold` and `tone` (a token's name) are read by theme.qss."""

    def __init__(
        self,
        text: str = "",
        px: int = BODY_PX,
        bold: bool = False,
        tone: str = "text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("px", str(px))
        self.setProperty("bold", bold)
        self.setProperty("tone", tone)
        self.setText(text)

    def set_tone(self, tone: str) -> None:
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)

    def set_px(self, px: int) -> None:
        if self.property("px") != str(px):
            self.setProperty("px", str(px))
            self.style().unpolish(self)
            self.style().polish(self)
            self.updateGeometry()

    def setText(self, text: str) -> None:
        super().setText(clean_text(text))

    def setToolTip(self, text: str) -> None:
        super().setToolTip(plain_tip(text))


class ElidedLabel(PlainLabel):
    """One line, cut with an ellipsis; the whole text is in the tooltip when it was cut."""

    def __init__(
        self,
        text: str = "",
        px: int = BODY_PX,
        bold: bool = False,
        tone: str = "text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, px, bold, tone, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        super().setText(text.replace("\n", " "))
        self._tell_when_cut()

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_when_cut()

    def is_cut(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        rect = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, rect.width())
        painter.setPen(option.palette.color(self.foregroundRole()))
        painter.drawText(rect, int(self.alignment()), text)

    def _tell_when_cut(self) -> None:
        self.setToolTip(plain_tip(self.text()) if self.is_cut() else "")


class WrappedLabel(ElidedLabel):
    """As high as its text needs, two lines at most; the second is cut with an ellipsis."""

    def heightForWidth(self, width: int) -> int:
        return self.fontMetrics().lineSpacing() * len(self._lines(width))

    def is_cut(self) -> bool:
        width = self.contentsRect().width()
        return self.fontMetrics().horizontalAdvance(self._lines(width)[-1]) > width

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        painter.setPen(option.palette.color(self.foregroundRole()))
        metrics, rect = self.fontMetrics(), self.contentsRect()
        rect.setHeight(metrics.lineSpacing())
        for line in self._lines(rect.width()):
            text = metrics.elidedText(line, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(rect, int(self.alignment()), text)
            rect.translate(0, metrics.lineSpacing())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._tell_when_cut()

    def _tell_when_cut(self) -> None:
        super()._tell_when_cut()
        height = self.heightForWidth(self.contentsRect().width())
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def _lines(self, width_px: int) -> list[str]:
        """One line, or the first and all the rest."""
        text = self.text()
        layout = QTextLayout(text, self.font())
        layout.beginLayout()
        line = layout.createLine()
        if line.isValid():
            line.setLineWidth(max(width_px, 1))
        layout.endLayout()
        first_length = line.textLength() if line.isValid() else len(text)
        # QTextLayout counts UTF-16 units; a character outside the plane has two.
        first = text.encode("utf-16-le")[: 2 * first_length].decode("utf-16-le", "ignore")
        rest = text[len(first) :].strip()
        return [first.rstrip(), rest] if rest else [first]


if __name__ == "__main__":  # python -m widgets.plain_label
    from widgets.demo import run_demo

    run_demo(
        lambda: [
            PlainLabel("<b>不是粗体</b>", 16),
            PlainLabel("截至 03:12:05", 12, tone="text2"),
            ElidedLabel(
                "陆家嘴环路下穿通道由北向南的引道口积水，很长的一行文字会被截断", 20, bold=True
            ),
            WrappedLabel("望湖路下穿通道北引道 · 升速 16.4 cm/min，8 min 内到 50 cm 线，需要两行"),
        ],
        240,
    )
