"""Words of the file's maker, as large as the room allows."""

from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QTextLayout, QTextOption

from views.cockpit.painting import cut, line_px, paint_title, paint_words, title_row
from views.cockpit.panel import CockpitPanel
from views.cockpit.type_scale import TypeScale
from widgets.theme import font

_SPACING = 1.5
_LEAST_PX = 12


class TextState(NamedTuple):
    title: str
    text: str


class TextPanel(CockpitPanel):
    def state_now(self) -> TextState:
        return TextState(self.panel.title, self.panel.text)

    def spoken(self, state: object) -> str:
        assert isinstance(state, TextState)
        return " ".join(one for one in state if one)

    def paint(self, painter: QPainter, body: QRect, state: object) -> None:
        assert isinstance(state, TextState)
        scale, rest = self.scale, body
        if state.title:
            row, rest = title_row(body, scale)
            paint_title(painter, row, state.title, "", scale)
        paint_paragraph(painter, rest, state.text, scale, "text2", Qt.AlignmentFlag.AlignTop)


def lines_of(text: str, px: int, width: float) -> list[str]:
    """The text in lines no wider; breaks of its own stay."""
    found: list[str] = []
    for paragraph in text.split("\n"):
        units = paragraph.encode("utf-16-le", "replace")  # as Qt counts
        layout = QTextLayout(paragraph, font(px))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1.0))
            begin, end = line.textStart() * 2, (line.textStart() + line.textLength()) * 2
            found.append(units[begin:end].decode("utf-16-le", "replace").rstrip())
        layout.endLayout()
    return found


def paint_paragraph(
    painter: QPainter, area: QRect, text: str, scale: TypeScale, token: str,
    upright: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter,
) -> None:  # fmt: skip
    """Smaller when it does not fit; what even then does not ends in dots."""
    px, lines = _fitted(text, area, scale)
    high = round(px * _SPACING)
    room = max(area.height() // high, 1)
    if len(lines) > room:
        lines = [*lines[: room - 1], cut("".join(lines[room - 1 :]), px, area.width())]
    top = area.top()
    if upright is Qt.AlignmentFlag.AlignVCenter:
        top += max((area.height() - high * len(lines)) // 2, 0)
    for number, line in enumerate(lines):
        base = top + number * high + (high - line_px(px)) / 2 + px * 1.0
        paint_words(painter, area.left(), base, line, px, token)


def _fitted(text: str, area: QRect, scale: TypeScale) -> tuple[int, list[str]]:
    px = scale.body_px
    while True:
        lines = lines_of(text, px, area.width())
        if len(lines) * round(px * _SPACING) <= area.height() or px <= _LEAST_PX:
            return px, lines
        px = max(int(px * 0.92), _LEAST_PX)
