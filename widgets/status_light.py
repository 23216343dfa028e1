"""One light of the top bar: shape, name, word and age; the shape alone tells the condition."""

from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.hatch import paint_hatch
from widgets.plain_label import plain_tip
from widgets.theme import BODY_PX, NOTE_PX, colour, font

_SHAPE_PX, _GAP_PX, _PAD_PX, _HEIGHT_PX = 10, 6, 8, 28


class LightCondition(StrEnum):
    UP = "up"  # ● grey: normal is quiet
    WAITING = "waiting"  # ◐ connecting, not known yet
    STALE = "stale"  # ◐ on a pink hatch: what is shown is old
    DOWN = "down"  # ✕ on pink


class LightState(NamedTuple):
    """`word` is bold; `age` is small; `tip` says what, since when, and what is being done."""

    condition: LightCondition
    word: str = ""
    age: str = ""
    tip: str = ""


class StatusLight(QWidget):
    """Pressed (or Enter) it asks for its card."""

    pressed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.state = LightState(LightCondition.WAITING)
        self._brief = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, state: LightState) -> None:
        if state == self.state:
            return
        self.state = state
        self.setToolTip(plain_tip(state.tip))
        self.setAccessibleName(f"{self.name} {state.word} {state.age}".strip())
        self.setAccessibleDescription(state.tip)
        self.updateGeometry()
        self.update()

    def show_brief(self, brief: bool) -> None:
        """Where room is short a light that is up says its name only; trouble keeps its words."""
        if brief is not self._brief:
            self._brief = brief
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        width = 2 * _PAD_PX + _SHAPE_PX
        for text, px, bold in self._parts():
            width += _GAP_PX + _advance(text, px, bold)
        return QSize(width, _HEIGHT_PX)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def _parts(self) -> list[tuple[str, int, bool]]:
        parts = [(self.name, BODY_PX, False)]
        if self._brief and self.state.condition is LightCondition.UP:
            return parts
        if self.state.word:
            parts.append((self.state.word, BODY_PX, True))
        if self.state.age and not self._brief:
            parts.append((self.state.age, NOTE_PX, False))
        return parts

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        condition = self.state.condition
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        if condition is LightCondition.DOWN:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("stale"))
            painter.drawRoundedRect(box, 4, 4)
        elif condition is LightCondition.STALE:
            paint_hatch(painter, box, "stale", 0.16)
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 4, 4)
        centre = QPointF(_PAD_PX + _SHAPE_PX / 2, self.height() / 2)
        _paint_shape(painter, centre, condition)
        self._paint_words(painter, condition)

    def _paint_words(self, painter: QPainter, condition: LightCondition) -> None:
        quiet, loud = {
            LightCondition.UP: ("text2", "text"),
            LightCondition.WAITING: ("text2", "text"),
            LightCondition.STALE: ("stale", "stale"),
            LightCondition.DOWN: ("ink", "ink"),
        }[condition]
        x = _PAD_PX + _SHAPE_PX
        for text, px, bold in self._parts():
            x += _GAP_PX
            width = _advance(text, px, bold)
            painter.setFont(font(px, bold))
            painter.setPen(colour(loud if bold else quiet))
            painter.drawText(
                QRectF(x, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text
            )
            x += width


def _advance(text: str, px: int, bold: bool) -> int:
    return QFontMetrics(font(px, bold)).horizontalAdvance(text)


def _paint_shape(painter: QPainter, centre: QPointF, condition: LightCondition) -> None:
    radius = _SHAPE_PX / 2 - 1
    rect = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
    if condition is LightCondition.DOWN:
        painter.setPen(QPen(colour("ink"), 2.4))
        painter.drawLine(rect.topLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomLeft())
        return
    token = {LightCondition.UP: "normal", LightCondition.STALE: "stale"}.get(condition, "text2")
    painter.setPen(QPen(colour(token), 1.6))
    painter.setBrush(colour(token) if condition is LightCondition.UP else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(rect)
    if condition is not LightCondition.UP:
        painter.setBrush(colour(token))
        painter.drawPie(rect, 90 * 16, 180 * 16)


if __name__ == "__main__":  # python -m widgets.status_light
    from widgets.demo import run_demo

    def build() -> list[QWidget]:
        lights = []
        for condition, word in zip(LightCondition, ("正常", "连接中", "停滞", "中断"), strict=True):
            light = StatusLight("实时")
            light.show_state(LightState(condition, word, "0.8 s", "一行说明"))
            lights.append(light)
        return lights

    run_demo(build)
