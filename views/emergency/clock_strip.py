"""The seven clocks T0 to T6 in cells, and below them one axis of minutes after T0.

The axis carries what has happened, now, what is expected, the line of the water and the 28
minutes. Shared by the steps before the act and by the board behind it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.levels import WarningLevel
from widgets.level_badge import LevelLook, paint_level
from widgets.theme import NOTE_PX, STRONG_PX, colour, font

CELLS_PX, AXIS_PX = 48, 56
HEIGHT_PX = 8 + CELLS_PX + 4 + AXIS_PX
_SIDE_PX, _GAP_PX = 16, 4
_LEAST_AXIS_MIN, _TICK_MIN = 32, 4
_MOST_TICKS = 12


@dataclass(frozen=True)
class ClockCell:
    """`time` is a clock time, or the word that stands for it; `here`: the step in hand."""

    name: str  # T0 to T6
    title: str
    time: str
    note: str = ""
    come: bool = False
    here: bool = False
    late: bool = False


class MarkKind(StrEnum):
    COME = "come"
    NOW = "now"
    EXPECTED = "expected"
    LINE = "line"  # the water reaches its line
    TARGET = "target"  # the 28 minutes


@dataclass(frozen=True)
class ClockMark:
    minute: float  # after T0
    kind: MarkKind
    words: str


class ClockStrip(QWidget):
    """Painted whole: seven cells over one axis, which grows with the time that has gone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clock_strip")
        self._cells: tuple[ClockCell, ...] = ()
        self._marks: tuple[ClockMark, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT_PX)

    @property
    def cells(self) -> tuple[ClockCell, ...]:
        return self._cells

    @property
    def marks(self) -> tuple[ClockMark, ...]:
        return self._marks

    def show_clocks(self, cells: Sequence[ClockCell], marks: Sequence[ClockMark]) -> None:
        new = (tuple(cells), tuple(marks))
        if new != (self._cells, self._marks):
            self._cells, self._marks = new
            words = [f"{one.name} {one.title} {one.time} {one.note}" for one in self._cells]
            self.setAccessibleName("；".join(words))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(900, HEIGHT_PX)

    def axis_min(self) -> int:
        """Minutes at the right end: at least 32, as many as are needed."""
        most = max((mark.minute for mark in self._marks), default=0.0) * 1.06
        return max(_LEAST_AXIS_MIN, math.ceil(most / _TICK_MIN) * _TICK_MIN)

    # ---- painting ---------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), colour("bg1"))
        wide = (self.width() - 2 * _SIDE_PX + _GAP_PX) / max(1, len(self._cells))
        for number, cell in enumerate(self._cells):
            box = QRectF(_SIDE_PX + number * wide, 8, wide - _GAP_PX, CELLS_PX)
            self._paint_cell(painter, box, cell)
        self._paint_axis(painter)

    def _paint_cell(self, painter: QPainter, box: QRectF, cell: ClockCell) -> None:
        painter.fillRect(box, colour("selection" if cell.here else "bg2"))
        edge = "focus" if cell.here else "text2" if cell.come else "line"
        painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), colour(edge))
        painter.setFont(font(STRONG_PX, bold=True))
        live = cell.come or cell.here
        painter.setPen(colour("text" if live else "text2"))
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(box.adjusted(14, 0, 0, 0), left, cell.name)
        painter.setFont(font(NOTE_PX))
        painter.setPen(colour("text2"))
        painter.drawText(QPointF(box.left() + 48, box.top() + 18), cell.title)
        face = font(STRONG_PX, bold=True)
        painter.setFont(face)
        painter.setPen(colour("text" if live else "text2"))
        painter.drawText(QPointF(box.left() + 48, box.top() + 39), cell.time)
        used = 48 + max(QFontMetricsF(face).horizontalAdvance(cell.time), 28) + 12
        room = box.adjusted(used, 0, -12, 0)
        note_face = font(NOTE_PX, bold=cell.late)
        painter.setFont(note_face)
        painter.setPen(colour("text" if cell.late or cell.here else "text2"))
        measure, whole = QFontMetricsF(note_face), cell.note
        if measure.horizontalAdvance(whole) > room.width():
            whole = whole.partition(" · ")[0]  # the target is on the axis too
        note = measure.elidedText(whole, Qt.TextElideMode.ElideRight, max(0.0, room.width()))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(room, right, note)

    def _x(self, minute: float) -> float:
        wide = self.width() - 2 * _SIDE_PX - 8
        return _SIDE_PX + 4 + wide * min(max(minute / self.axis_min(), 0.0), 1.0)

    def _paint_axis(self, painter: QPainter) -> None:
        y = 8 + CELLS_PX + 4 + 27.0
        most = self.axis_min()
        painter.setPen(QPen(colour("line"), 2))
        painter.drawLine(QPointF(self._x(0), y), QPointF(self._x(most), y))
        now = next((one.minute for one in self._marks if one.kind is MarkKind.NOW), 0.0)
        painter.setPen(QPen(colour("text"), 3))
        painter.drawLine(QPointF(self._x(0), y), QPointF(self._x(now), y))
        self._paint_ticks(painter, y, most)
        taken: list[tuple[float, float]] = []
        order = (MarkKind.NOW, MarkKind.LINE, MarkKind.TARGET, MarkKind.EXPECTED, MarkKind.COME)
        for mark in sorted(self._marks, key=lambda one: order.index(one.kind)):
            self._paint_mark(painter, mark, y, taken)

    def _paint_ticks(self, painter: QPainter, y: float, most: int) -> None:
        step = _TICK_MIN
        while most / step > _MOST_TICKS:
            step *= 2
        painter.setFont(font(NOTE_PX))
        for minute in range(0, most + 1, step):
            x = self._x(minute)
            painter.setPen(QPen(colour("border"), 1))
            painter.drawLine(QPointF(x, y - 3), QPointF(x, y + 3))
            words = f"+{minute}" + (" min" if minute in (0, most // step * step) else "")
            wide = QFontMetricsF(painter.font()).horizontalAdvance(words)
            left = min(max(x - wide / 2, _SIDE_PX), self.width() - _SIDE_PX - wide)
            painter.setPen(colour("text2"))
            painter.drawText(QPointF(left, y + 23), words)

    def _paint_mark(
        self, painter: QPainter, mark: ClockMark, y: float, taken: list[tuple[float, float]]
    ) -> None:
        x = self._x(mark.minute)
        if mark.kind is MarkKind.COME:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("text"))
            painter.drawEllipse(QPointF(x, y), 5, 5)
        elif mark.kind is MarkKind.NOW:
            painter.fillRect(QRectF(x - 1, y - 14, 2, 28), colour("focus"))
        elif mark.kind is MarkKind.TARGET:
            painter.fillRect(QRectF(x - 1.5, y - 18, 3, 30), colour("focus"))
        elif mark.kind is MarkKind.EXPECTED:
            painter.setPen(QPen(colour("accent"), 2))
            painter.setBrush(colour("bg1"))
            painter.drawEllipse(QPointF(x, y), 6, 6)
        else:
            side = QRectF(x - 9, y - 9, 18, 18)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("bg1"))
            painter.drawEllipse(side)
            paint_level(painter, side, WarningLevel.RED, LevelLook.OUTLINE)
        self._paint_words(painter, mark, x, y, taken)

    def _paint_words(
        self, painter: QPainter, mark: ClockMark, x: float, y: float,
        taken: list[tuple[float, float]],
    ) -> None:  # fmt: skip
        """Above the axis; the more important come first, and what has no room is left out."""
        bold = mark.kind is not MarkKind.EXPECTED
        face = font(NOTE_PX, bold=bold)
        wide = QFontMetricsF(face).horizontalAdvance(mark.words)
        beside = mark.kind in (MarkKind.NOW,)
        left = x + 6 if beside else x - wide / 2
        if mark.kind is MarkKind.TARGET:
            left = x - wide - 6
        left = min(max(left, _SIDE_PX), self.width() - _SIDE_PX - wide)
        if any(left < end + 8 and start < left + wide + 8 for start, end in taken):
            return
        taken.append((left, left + wide))
        painter.setFont(face)
        painter.setPen(colour("p1") if mark.kind is MarkKind.LINE else colour("text"))
        painter.drawText(QPointF(left, y - 12), mark.words)


def minutes_after(t0: datetime, at: datetime) -> float:
    return (at - t0).total_seconds() / 60


if __name__ == "__main__":  # python -m views.emergency.clock_strip
    from widgets.demo import run_demo

    def build() -> list[QWidget]:
        strip = ClockStrip()
        titles = ("告警", "确认", "启动", "全部签收", "首到现场", "受控", "解除")
        strip.show_clocks(
            [
                ClockCell(f"T{n}", title, "03:11:27", "+0:52 · 限 1:00", n < 2, n == 2)
                for n, title in enumerate(titles)
            ],
            [
                ClockMark(0, MarkKind.COME, "T0"),
                ClockMark(4.25, MarkKind.NOW, "现在 +4:15"),
                ClockMark(28, MarkKind.TARGET, "28 min 线 03:39:27 · 剩 23:45"),
            ],
        )
        return [strip]

    run_demo(build)
