"""The course of one figure over the periods, beside its target and the median of its league."""

import math
from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.assessment.explaining import Course
from desktop.domain.assessment.periods import PeriodKind, kind_of
from views.scoreboard.words import figure, translate
from widgets.theme import BODY_PX, NOTE_PX, colour, font

_LEFT_PX, _RIGHT_PX, _TOP_PX, _BOTTOM_PX = 40, 24, 20, 24
_LABEL_PX = 44
_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CourseChart(QWidget):
    """Does not begin at 0: the axis is written out, and only a line may do so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._course: Course | None = None
        self._low, self._high, self._step = 0.0, 1.0, 1.0

    def sizeHint(self) -> QSize:
        return QSize(480, 180)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 96)

    def show_course(self, course: Course | None) -> None:
        self._course = course
        if course is not None:
            self._low, self._high, self._step = scale_of(course)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        course = self._course
        if course is None or all(point.value is None for point in course.points):
            painter.setFont(font(BODY_PX))
            painter.setPen(colour("border"))
            text = translate("scoreboard", "这些期间没有数")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
            return
        self._paint_axes(painter, course)
        self._paint_target(painter, course)
        self._paint_line(painter, [one.median for one in course.points], "border", 1)
        self._paint_line(painter, [one.value for one in course.points], "text", 2)
        self._paint_marks(painter, course)

    # ---- places -----------------------------------------------------------------------------

    def _x(self, number: int) -> float:
        count = max(len(self._course.points) - 1, 1) if self._course is not None else 1
        return _LEFT_PX + (self.width() - _LEFT_PX - _RIGHT_PX) * number / count

    def _y(self, value: float) -> float:
        share = (value - self._low) / (self._high - self._low)
        return self.height() - _BOTTOM_PX - share * (self.height() - _TOP_PX - _BOTTOM_PX)

    # ---- painting ---------------------------------------------------------------------------

    def _paint_axes(self, painter: QPainter, course: Course) -> None:
        painter.setFont(font(NOTE_PX))
        value = self._low
        while value <= self._high + self._step / 2:
            y = round(self._y(value)) + 0.5
            painter.setPen(colour("bg3"))
            painter.drawLine(QPointF(_LEFT_PX, y), QPointF(self.width() - _RIGHT_PX, y))
            painter.setPen(colour("text2"))
            painter.drawText(QRect(0, int(y) - 9, _LEFT_PX - 6, 18), _END, f"{value:g}")
            value += self._step
        wide = (self.width() - _LEFT_PX - _RIGHT_PX) / max(len(course.points) - 1, 1)
        each = max(1, math.ceil(_LABEL_PX / max(wide, 1)))
        last = len(course.points) - 1
        for number, point in enumerate(course.points):
            if (last - number) % each:
                continue
            box = QRect(int(self._x(number)) - 24, self.height() - 20, 48, 18)
            painter.setPen(colour("text" if number == last else "text2"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, short_period(point.period))

    def _paint_target(self, painter: QPainter, course: Course) -> None:
        target = course.indicator.target
        if target is None or not self._low <= target <= self._high:
            return
        y = round(self._y(target)) + 0.5
        painter.setPen(QPen(colour("text2"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(_LEFT_PX, y), QPointF(self.width() - _RIGHT_PX, y))
        text = translate("scoreboard", "目标 {0:g}").format(target)
        painter.setFont(font(NOTE_PX))
        painter.drawText(QRect(_LEFT_PX + 4, int(y) - 18, 90, 18), _CENTRE_LEFT, text)

    def _paint_line(
        self, painter: QPainter, values: Iterable[float | None], token: str, width: int
    ) -> None:
        """A period without a figure breaks the line."""
        painter.setPen(QPen(colour(token), width))
        piece: list[QPointF] = []
        for number, value in enumerate(values):
            if value is None:
                painter.drawPolyline(QPolygonF(piece))
                piece = []
            else:
                piece.append(QPointF(self._x(number), self._y(value)))
        painter.drawPolyline(QPolygonF(piece))

    def _paint_marks(self, painter: QPainter, course: Course) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("text"))
        for number, point in enumerate(course.points):
            if point.value is None:
                continue
            x, y = self._x(number), self._y(point.value)
            if point.is_missed:
                corners = [QPointF(x - 5, y - 4), QPointF(x + 5, y - 4), QPointF(x, y + 5)]
                painter.drawPolygon(QPolygonF(corners))
            else:
                painter.drawEllipse(QPointF(x, y), 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        last = course.points[-1]
        if last.value is not None:
            painter.setPen(colour("text"))
            painter.setFont(font(BODY_PX, bold=True))
            x, y = self._x(len(course.points) - 1), self._y(last.value)
            below = y < self.height() / 2
            top = int(y) + 6 if below else int(y) - 26
            box = QRect(int(x) - 80, top, 80 + _RIGHT_PX, 20)
            painter.drawText(box, _END, figure(course.indicator, last.value))


_CENTRE_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def scale_of(course: Course) -> tuple[float, float, float]:
    """Lowest and highest line of the axis and the step between, all round numbers."""
    known = [v for p in course.points for v in (p.value, p.median) if v is not None]
    if course.indicator.target is not None:
        known.append(course.indicator.target)
    low, high = min(known), max(known)
    rough = max((high - low) / 4, abs(high) * 0.001, 1e-6)
    base = 10 ** math.floor(math.log10(rough))
    step = next(base * times for times in (1, 2, 5, 10) if base * times >= rough)
    low, high = math.floor(low / step) * step, math.ceil(high / step) * step
    return low, high if high > low else low + step, step


def short_period(period: str) -> str:
    """`25-06`, `26Q2`, `2026`."""
    if kind_of(period) is PeriodKind.QUARTER:
        return f"{period[2:4]}{period[5:]}"
    return period[2:] if kind_of(period) is PeriodKind.MONTH else period
