"""Paints the scoreboard's table: ranking at the left, the matrix in greys beside it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from desktop.domain.assessment.board import MAIN, Board, BoardRow
from desktop.domain.levels import WarningLevel
from views.scoreboard.lines import CELL_PX, Line, Slot
from views.scoreboard.tiles import CENTRE as _CENTRE
from views.scoreboard.tiles import LEFT as _LEFT
from views.scoreboard.tiles import RIGHT as _RIGHT
from views.scoreboard.tiles import Figure, Words, paint_figure, paint_words
from views.scoreboard.words import figure, goal, status_word
from widgets.hatch import paint_hatch
from widgets.level_badge import LevelLook, paint_level
from widgets.painted_text import paint_text
from widgets.theme import BODY_PX, NOTE_PX, STRONG_PX, colour, font

translate = QCoreApplication.translate


class Look(NamedTuple):
    """What is painted. By row and column: `cells` texts, `shades`, `states`, `warned`; `shift_px`:
    of the matrix; `ratio`: pixels of the screen to a point."""

    board: Board
    cells: Sequence[Sequence[str]]
    shades: Sequence[Sequence[int]]
    states: Sequence[Sequence[int]]
    warned: Sequence[Sequence[bool]]
    ratio: float
    slots: tuple[Slot, ...]
    frozen_px: int
    shift_px: int
    width_px: int
    unit_id: str
    indicator_id: str
    axis: tuple[float, float]

    @property
    def shown_interval(self) -> int:
        """Column whose interval is drawn: the chosen one if it has any."""
        chosen = self.board.column(self.indicator_id)
        if chosen >= 0 and not np.isnan(self.board.lower[:, chosen]).all():
            return chosen
        return self.board.column(MAIN)

    def columns(self) -> range:
        """Those of the matrix that are seen."""
        first = max(self.shift_px // CELL_PX, 0)
        last = (self.shift_px + self.width_px - self.frozen_px) // CELL_PX + 1
        return range(first, min(last, len(self.board.columns)))

    def cell_left(self, column: int) -> int:
        return self.frozen_px + column * CELL_PX - self.shift_px


def cell_texts(board: Board) -> list[list[str]]:
    """Made once for a board, not at each repaint."""
    return [
        [
            status_word(state, board.level) if state else figure(one, value)
            for one, value, state in zip(board.columns, values, states, strict=True)
        ]
        for values, states in zip(board.values.tolist(), board.status.tolist(), strict=True)
    ]


def axis_of(board: Board, column: int) -> tuple[float, float]:
    """Left and right end of the intervals' scale: round, with the target on it."""
    if column < 0 or np.isnan(board.lower[:, column]).all():
        return (90.0, 100.0)
    target = board.columns[column].target
    rows = [row.at for one in board.leagues for row in one.rows if not row.is_small]
    known = board.lower[rows, column]
    if np.isnan(known).all():
        return (90.0, 100.0)
    low, high = np.nanmin(known), np.nanmax(board.upper[rows, column])
    if target is not None:
        low, high = min(low, target), max(high, target)
    step = 5.0 if high - low <= 30 else 10.0
    return (float(np.floor(low / step) * step), float(np.ceil(high / step) * step))


# ---- the lines --------------------------------------------------------------------------------


def paint_league(painter: QPainter, look: Look, line: Line, top: int) -> None:
    """Its name, and the targets above their columns."""
    box = QRect(0, top, look.width_px, line.height)
    painter.fillRect(box, colour("bg2"))
    painter.save()
    painter.setClipRect(look.frozen_px, top, look.width_px, line.height)
    painter.setFont(font(NOTE_PX))
    painter.setPen(colour("text2"))
    for number in look.columns():
        cell = QRect(look.cell_left(number), top, CELL_PX, line.height)
        painter.drawText(cell, _CENTRE, goal(look.board.columns[number]))
    painter.restore()
    assert line.league is not None
    name = line.league.name or translate("scoreboard", "全部")
    words = translate("scoreboard", "{0} {1} 个单位，n < 30 只展示不参与名次")
    text = words.format(name, len(line.league.rows))
    paint_text(painter, box.adjusted(12, 0, look.frozen_px - look.width_px - 44, 0), text, NOTE_PX,
               "text2")  # fmt: skip
    painter.setFont(font(NOTE_PX))
    right = QRect(look.frozen_px - 44, top, 36, line.height)
    painter.drawText(right, _RIGHT, translate("scoreboard", "目标"))


def paint_unreported(painter: QPainter, look: Look, line: Line, top: int) -> None:
    box = QRect(0, top, look.width_px, line.height)
    paint_hatch(painter, QRectF(12, top + 8, 14, 14))
    names = look.board.unreported
    text = translate("scoreboard", "未上报 {0}：{1}，不按 0 分计，不参与排名").format(
        len(names), "、".join(names[:12])
    )
    paint_text(painter, box.adjusted(36, 0, -12, 0), text, NOTE_PX, "stale")


def paint_row(painter: QPainter, look: Look, line: Line, top: int) -> None:
    row = line.row
    assert row is not None
    is_chosen = row.unit_id == look.unit_id
    painter.save()
    painter.setClipRect(look.frozen_px, top, look.width_px - look.frozen_px, line.height)
    if is_chosen:
        painter.fillRect(0, top, look.width_px, line.height, colour("bg2"))
    _paint_cells(painter, look, row, top, line.height)
    painter.restore()
    if is_chosen:
        painter.fillRect(0, top, look.frozen_px, line.height, colour("selection"))
    for slot in look.slots:
        _paint_slot(painter, look, row, slot, top, line.height)
    if is_chosen:
        painter.fillRect(0, top, 3, line.height, colour("focus"))
    painter.fillRect(0, top + line.height - 1, look.width_px, 1, colour("bg2"))


def _paint_cells(painter: QPainter, look: Look, row: BoardRow, top: int, height: int) -> None:
    """The hot one: hundreds in a repaint."""
    texts, shades, states = look.cells[row.at], look.shades[row.at], look.states[row.at]
    warned, ground = look.warned[row.at], "bg2" if row.unit_id == look.unit_id else "bg1"
    for number in look.columns():
        box = QRect(look.cell_left(number), top, CELL_PX, height - 1)
        figure = Figure(texts[number], shades[number], states[number] > 0)
        paint_figure(painter, box, figure, ground, look.ratio)
        if warned[number]:
            painter.setPen(QPen(colour("p3"), 2))
            painter.drawRect(box.adjusted(2, 1, -1, -1))
            badge = QRectF(box.right() - 13, box.top() + 2, 11, 11)
            paint_level(painter, badge, WarningLevel.YELLOW, LevelLook.FILLED)
    chosen = look.board.column(look.indicator_id) if row.unit_id == look.unit_id else -1
    if chosen in look.columns():
        painter.setPen(QPen(colour("focus"), 2))
        box = QRect(look.cell_left(chosen), top, CELL_PX, height - 1)
        painter.drawRect(box.adjusted(2, 1, -1, -1))


def _paint_slot(
    painter: QPainter, look: Look, row: BoardRow, slot: Slot, top: int, height: int
) -> None:
    box = QRect(slot.left, top, slot.width, height)
    if slot.id == "interval":
        _paint_interval(painter, look, row, box)
        return
    ground = "selection" if row.unit_id == look.unit_id else "bg1"
    paint_words(painter, box, _slot_text(look, row, slot.id), ground, look.ratio)
    if slot.id == "n" and row.is_small:
        _paint_small(painter, box)


def _slot_text(look: Look, row: BoardRow, slot: str) -> Words:
    score = row.score
    match slot:
        case "rank" if row.rank is None:
            return Words(translate("scoreboard", "不排"), NOTE_PX, "text2", _CENTRE, False)
        case "rank":
            return Words(str(row.rank), STRONG_PX, "text", _CENTRE, True)
        case "change":
            return Words(change_text(row.change), NOTE_PX, "text2", _CENTRE, False)
        case "name":
            return Words(row.name, BODY_PX, "text", _LEFT, False)
        case "score":
            if (points := look.board.points(row)) is None:
                return Words(score.excluded, NOTE_PX, "text2", _RIGHT, False)
            return Words(f"{points:.2f}", STRONG_PX, "text", _RIGHT, True)
        case "platform":
            return Words(*_platform(row), _RIGHT, False)
        case "n":
            return Words(f"{row.n:,.0f}", BODY_PX, "text2", _RIGHT, False)
    parts = look.board.scheme.parts if look.board.scheme is not None else ()
    value = score.parts.get(parts[int(slot.removeprefix("parts"))].id)
    return Words(("—" if value is None else f"{value:.1f}"), BODY_PX, "text2", _RIGHT, False)


def _platform(row: BoardRow) -> tuple[str, int, str]:
    """What the platform has published; `≠` where it is not ours."""
    if row.published is None:
        return "—", BODY_PX, "border"
    if row.score.total is not None and abs(row.published - row.score.total) >= 0.005:
        return f"≠ {row.published:.2f}", BODY_PX, "text"
    return f"{row.published:.2f}", BODY_PX, "text2"


def change_text(change: int | None) -> str:
    if not change:
        return "—"
    return f"▲ {change}" if change > 0 else f"▼ {-change}"


def _paint_small(painter: QPainter, box: QRect) -> None:
    painter.setFont(font(NOTE_PX))
    badge = QRect(box.left() + 2, box.center().y() - 9, 42, 19)
    painter.setPen(QPen(colour("border"), 1, Qt.PenStyle.DashLine))
    painter.drawRect(badge)
    painter.setPen(colour("text"))
    painter.drawText(badge, _CENTRE, translate("scoreboard", "小样本"))


def _paint_interval(painter: QPainter, look: Look, row: BoardRow, box: QRect) -> None:
    column = look.shown_interval
    if column < 0:
        return
    low, high = look.axis
    left, span = box.left() + 4, box.width() - 16

    def x(value: float) -> float:
        return left + span * (min(max(value, low), high) - low) / max(high - low, 1e-9)

    target = look.board.columns[column].target
    middle = box.center().y() + 0.5
    if target is not None:
        painter.setPen(QPen(colour("border"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x(target), box.top()), QPointF(x(target), box.bottom()))
    value, lower, upper = (
        float(a[row.at, column]) for a in (look.board.values, look.board.lower, look.board.upper)
    )
    if np.isnan(lower):
        return
    bar = QRectF(x(lower), middle - 3, max(x(upper) - x(lower), 3.0), 6)
    painter.fillRect(bar, colour("border" if row.is_small else "text2"))
    if lower < low:  # it goes on beyond the scale
        corners = [QPointF(left - 4, middle), QPointF(left + 3, middle - 6),
                   QPointF(left + 3, middle + 6)]  # fmt: skip
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("border"))
        painter.drawPolygon(QPolygonF(corners))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.fillRect(QRectF(x(value) - 1.5, middle - 6, 3, 12), colour("text"))
