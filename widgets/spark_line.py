"""A course of an hour in the height of a line, with the first warning line dashed."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from desktop.domain.levels import WarningLevel
from widgets.theme import colour, level_colour

_SIZE_PX = (96, 24)


class SparkLine(QWidget):
    """`course`: seconds and values, oldest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(*_SIZE_PX)
        self._course: Sequence[tuple[float, float]] = ()
        self._line: float | None = None
        self._level: WarningLevel | None = None
        self._stale = False

    def show_course(
        self,
        course: Sequence[tuple[float, float]],
        line: float | None = None,
        level: WarningLevel | None = None,
        stale: bool = False,
    ) -> None:
        """`line`: the first warning line, drawn only where the course comes near it."""
        self._course, self._line, self._level, self._stale = course, line, level, stale
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 3, -4, -3)
        if len(self._course) < 2:
            painter.setPen(QPen(colour("line"), 1, Qt.PenStyle.DotLine))
            middle = area.center().y()
            painter.drawLine(QPointF(area.left(), middle), QPointF(area.right(), middle))
            return
        low, high = self._range()
        first, last = self._course[0][0], self._course[-1][0]

        def place(second: float, value: float) -> QPointF:
            part = (second - first) / max(last - first, 1.0)
            return QPointF(
                area.left() + part * area.width(),
                area.bottom() - (value - low) / max(high - low, 1e-9) * area.height(),
            )

        if self._line is not None and low <= self._line <= high:
            painter.setPen(QPen(colour("border"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(place(first, self._line), place(last, self._line))
        ink = level_colour(self._level) if self._level else colour("text2")
        ink = colour("border") if self._stale else ink
        painter.setPen(QPen(ink, 1.5))
        painter.drawPolyline(QPolygonF([place(*one) for one in self._course]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(place(*self._course[-1]), 2.5, 2.5)

    def _range(self) -> tuple[float, float]:
        """A quiet sensor looks quiet: noise is not drawn as a mountain."""
        values = [value for _, value in self._course]
        low, high = min(values), max(values)
        least = 0.15 * abs(self._line) if self._line else 0.1 * max(abs(high), 1e-6)
        if self._line is not None and high > 0.8 * self._line:
            high = max(high, self._line)
        if high - low < least:
            middle = (high + low) / 2
            low, high = middle - least / 2, middle + least / 2
        return low, high
