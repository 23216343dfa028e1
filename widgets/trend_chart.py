"""The course of one measured value: the last 60 min, its lines, and when it reaches one."""

import itertools
import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.levels import WarningLevel
from widgets.hatch import paint_hatch
from widgets.level_badge import LevelLook, paint_level
from widgets.theme import NOTE_PX, colour, font, level_colour
from widgets.times import hh_mm

PAST_MIN, AHEAD_MIN = 60, 20
_RIGHT_PX, _BOTTOM_PX, _TOP_PX = 36, 24, 16
_SHAPE_PX = 14
_TICK_MIN = 20
# A pause of more than this many usual intervals is a gap, not a line.
_GAP_INTERVALS = 4


class TrendLine(NamedTuple):
    """A warning line in the chart's unit."""

    level: WarningLevel
    value: float
    text: str


class TrendForecast(NamedTuple):
    """Where the course ends if it goes on: the moment and the value of the line."""

    at: datetime
    value: float


class Trend(NamedTuple):
    """`course` oldest first, in the unit of the lines. `stale`: the newest is too old."""

    course: Sequence[tuple[datetime, float]]
    now: datetime
    lines: Sequence[TrendLine] = ()
    forecast: TrendForecast | None = None
    level: WarningLevel | None = None  # of the present value
    stale: bool = False
    empty_text: str = ""


class TrendChart(QWidget):
    """Paints what it was last given; keeps no time of its own."""

    def __init__(
        self, height_px: int = 188, type_px: int = NOTE_PX, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._height_px, self._type_px = height_px, type_px
        self._trend: Trend | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(288, self._height_px)

    def show_trend(self, trend: Trend) -> None:
        self._trend = trend
        nothing = "" if trend.course else trend.empty_text
        self.setAccessibleName(self._forecast_text() or nothing)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        trend = self._trend
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if trend is None:
            return
        larger = self._type_px / NOTE_PX  # read from far away everything is, not the type alone
        painter.scale(larger, larger)
        plot = QRectF(0, _TOP_PX, self.width() / larger - _RIGHT_PX, 0)
        plot.setBottom(self.height() / larger - _BOTTOM_PX)
        scale = _Scale(trend, plot)
        self._paint_axis(painter, scale)
        self._paint_lines(painter, scale)
        if not scale.shown:
            painter.setFont(font(NOTE_PX))
            painter.setPen(colour("border"))
            painter.drawText(plot, Qt.AlignmentFlag.AlignCenter, trend.empty_text)
            return
        self._paint_course(painter, scale)
        self._paint_now(painter, scale)

    def _paint_axis(self, painter: QPainter, scale: "_Scale") -> None:
        plot, now = scale.plot, scale.trend.now
        painter.setPen(QPen(colour("line"), 1))
        painter.drawLine(_crisp(plot.left(), plot.bottom()), _crisp(plot.right(), plot.bottom()))
        painter.setFont(font(NOTE_PX))
        for minutes in range(-PAST_MIN, AHEAD_MIN + 1, _TICK_MIN):
            at = now + timedelta(minutes=minutes)
            x = scale.x(at)
            painter.setPen(colour("text" if minutes == 0 else "text2"))
            box = QRectF(x - 24, plot.bottom() + 4, 48, 16)
            flag = Qt.AlignmentFlag.AlignHCenter
            if minutes == -PAST_MIN:
                box.moveLeft(x)
                flag = Qt.AlignmentFlag.AlignLeft
            elif minutes == AHEAD_MIN:
                box.moveRight(x)
                flag = Qt.AlignmentFlag.AlignRight
            painter.drawText(box, flag | Qt.AlignmentFlag.AlignVCenter, hh_mm(at))

    def _paint_lines(self, painter: QPainter, scale: "_Scale") -> None:
        painter.setFont(font(NOTE_PX))
        newest = scale.trend.course[-1][1] if scale.trend.course else None
        lowest_text_y = math.inf
        for line in sorted(scale.trend.lines, key=lambda one: one.value):
            y = scale.y(line.value)
            pen = QPen(colour("border"), 1, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([4, 4])
            painter.setPen(pen)
            painter.drawLine(_crisp(scale.plot.left(), y), _crisp(scale.plot.right() - 4, y))
            if lowest_text_y - y < _SHAPE_PX:
                continue  # two lines too near for two shapes: the lower one keeps its words
            lowest_text_y = y
            left = scale.plot.right() + 2
            reached = newest is not None and newest >= line.value
            look = LevelLook.FILLED if reached else LevelLook.OUTLINE
            paint_level(
                painter,
                QRectF(left, y - _SHAPE_PX / 2, _SHAPE_PX, _SHAPE_PX),
                line.level,
                look,
                colour("bg1"),
            )
            painter.setPen(colour("text"))
            box = QRectF(left + _SHAPE_PX + 4, y - 8, 32, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, line.text)

    def _paint_course(self, painter: QPainter, scale: "_Scale") -> None:
        trend = scale.trend
        token = "stale" if trend.stale else "text"
        for piece in scale.pieces():
            under = QPolygonF(piece)
            under.append(QPointF(piece[-1].x(), scale.plot.bottom()))
            under.append(QPointF(piece[0].x(), scale.plot.bottom()))
            path = QPainterPath()
            path.addPolygon(under)
            shade = colour("accent")
            painter.setOpacity(0.14)
            painter.fillPath(path, shade)
            painter.setOpacity(1.0)
            painter.setPen(QPen(colour(token), 2))
            painter.drawPolyline(piece)
        for left, right in scale.gaps():
            paint_hatch(painter, QRectF(left, scale.plot.top(), right - left, scale.plot.height()))

    def _paint_now(self, painter: QPainter, scale: "_Scale") -> None:
        trend, plot = scale.trend, scale.plot
        x = scale.x(trend.now)
        if trend.stale:
            last = scale.x(scale.shown[-1][0])
            paint_hatch(painter, QRectF(last, plot.top(), max(0.0, x - last), plot.height()))
        painter.setPen(QPen(colour("text"), 1))
        painter.drawLine(_crisp(x, plot.top() - 8), _crisp(x, plot.bottom()))
        at, value = scale.shown[-1]
        here = QPointF(scale.x(at), scale.y(value))
        if trend.forecast is not None and not trend.stale:
            self._paint_forecast(painter, scale, here)
        painter.setPen(QPen(colour("bg1"), 1))
        hue = level_colour(trend.level) if trend.level else colour("text")
        painter.setBrush(colour("stale") if trend.stale else hue)
        painter.drawEllipse(here, 4.5, 4.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_forecast(self, painter: QPainter, scale: "_Scale", here: QPointF) -> None:
        goal = scale.trend.forecast
        assert goal is not None
        there = QPointF(scale.x(goal.at), scale.y(goal.value))
        pen = QPen(colour("text"), 2, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([1.5, 2])
        painter.setPen(pen)
        painter.save()
        painter.setClipRect(scale.plot.adjusted(0, -8, 8, 0))
        painter.drawLine(here, there)
        painter.restore()
        if there.x() <= scale.plot.right():
            painter.setPen(QPen(colour("text"), 2))
            painter.setBrush(colour("bg1"))
            painter.drawEllipse(there, 4, 4)
        painter.setFont(font(NOTE_PX, bold=True))
        painter.setPen(colour("text"))
        x = scale.x(scale.trend.now) - 8
        box = QRectF(0, scale.y(goal.value) + 4, x, 16)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight, self._forecast_text())

    def _forecast_text(self) -> str:
        if self._trend is None or self._trend.forecast is None or self._trend.stale:
            return ""
        return self.tr("预计 {0} 到线").format(hh_mm(self._trend.forecast.at))


class _Scale:
    """Time and value to pixels; what lies before the window is left out."""

    def __init__(self, trend: Trend, plot: QRectF) -> None:
        self.trend, self.plot = trend, plot
        self._first = trend.now - timedelta(minutes=PAST_MIN)
        self.shown = [p for p in trend.course if p[0] >= self._first]
        values = [value for _, value in self.shown]
        tops = [*values, *(line.value for line in trend.lines)]
        self._low = min([0.0, *values])
        self._high = max([*tops, self._low + 1e-6])
        if self._high - self._low < 1e-3:
            self._high = self._low + 1.0

    def x(self, at: datetime) -> float:
        share = (at - self._first).total_seconds() / 60 / (PAST_MIN + AHEAD_MIN)
        return self.plot.left() + share * self.plot.width()

    def y(self, value: float) -> float:
        share = (value - self._low) / (self._high - self._low)
        return self.plot.bottom() - share * (self.plot.height() - 8)

    def _limit_s(self) -> float:
        steps = sorted(
            (b[0] - a[0]).total_seconds() for a, b in zip(self.shown, self.shown[1:], strict=False)
        )
        usual = steps[len(steps) // 2] if steps else 0.0
        return max(120.0, usual * _GAP_INTERVALS)

    def pieces(self) -> list[list[QPointF]]:
        """The course without its gaps."""
        limit_s, pieces, piece = self._limit_s(), [], list[QPointF]()
        before: datetime | None = None
        for at, value in self.shown:
            if before is not None and (at - before).total_seconds() > limit_s:
                pieces.append(piece)
                piece = []
            piece.append(QPointF(self.x(at), self.y(value)))
            before = at
        pieces.append(piece)
        return [piece for piece in pieces if piece]

    def gaps(self) -> list[tuple[float, float]]:
        pieces = self.pieces()
        return [(a[-1].x(), b[0].x()) for a, b in itertools.pairwise(pieces)]


def _crisp(x: float, y: float) -> QPointF:
    return QPointF(int(x) + 0.5, int(y) + 0.5)


if __name__ == "__main__":  # python -m widgets.trend_chart
    from datetime import UTC

    from widgets.demo import run_demo

    def build() -> list[QWidget]:
        now = datetime.now(UTC)
        course = [(now - timedelta(minutes=m), 31 * (1 - m / 60) ** 1.4) for m in range(60, -1, -1)]
        lines = [
            TrendLine(level, value, f"{value:g}")
            for level, value in zip(WarningLevel, (50.0, 27.0, 15.0, 5.0), strict=True)
        ]
        full, stale, empty = TrendChart(), TrendChart(), TrendChart()
        goal = TrendForecast(now + timedelta(minutes=16), 50.0)
        full.show_trend(Trend(course, now, lines, goal, WarningLevel.ORANGE))
        stale.show_trend(Trend(course[:40], now, lines, None, WarningLevel.YELLOW, stale=True))
        empty.show_trend(Trend((), now, lines, empty_text="近 60 min 没有读数"))
        return [full, stale, empty]

    run_demo(build, 320)
