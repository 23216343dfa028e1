"""Metrics x units in greys: who falls short where, every figure readable."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from desktop.domain.cockpit.metrics import Direction, Metric
from desktop.domain.cockpit.series import MetricSeries
from desktop.domain.levels import WarningLevel
from views.cockpit.painting import line_px
from views.cockpit.panel import CockpitPanel
from views.cockpit.panels import told
from views.cockpit.panels.writing import (
    Heading,
    fits,
    paint_triangle,
    width_of,
    write,
    write_heading,
    write_nothing,
)
from views.cockpit.words import stale_words
from widgets.hatch import paint_hatch
from widgets.level_badge import LevelLook, paint_level
from widgets.theme import colour

_ROW, _MOST = 1.25, 2.1  # of a row, in heights of the body type
_GROUNDS = ("bg2", "line", "border", "text2")
_INKS = ("text", "text", "ink", "ink")
"""By step: nothing to say, a little, more, most; the further from the ground, in day light too."""


class Cell(NamedTuple):
    """`step`: 0 to 3, how far on the worse side; `is_worse`: misses its target."""

    text: str
    step: int = 0
    is_worse: bool = False
    level: WarningLevel | None = None
    is_stale: bool = False


class MatrixRow(NamedTuple):
    """`cells`: None where nothing is known of the unit."""

    metric_id: str
    name: str
    unit: str
    cells: tuple[Cell | None, ...]


class MatrixState(NamedTuple):
    head: Heading
    units: tuple[str, ...] = ()
    rows: tuple[MatrixRow, ...] = ()
    has_targets: bool = False
    why: str = ""


class MatrixPanel(CockpitPanel):
    """Units as the platform names them; a limit leaves out the last ones and says so."""

    def state_now(self) -> MatrixState:
        store = self.context.room.metrics
        tables = {
            name: self.units_of(name) for name in self.panel.metrics if name in store.registry
        }
        scopes = sorted({scope for table in tables.values() for scope in table})
        series = [one for table in tables.values() for one in table.values()]
        metrics = [one for name in tables if (one := store.registry.get(name)) is not None]
        note = told.note_of(told.common_period(metrics), told.until(series, self.context.now()))
        known = [one for one in series if one.present.value is not None]
        if not known:
            why = told.why_nothing(self.context.room, self.panel.metrics)
            return MatrixState(Heading(self.panel.title, note), why=why)
        rows = tuple(self._row(one, tables[one.metric_id], scopes) for one in metrics)
        cells = [cell for row in rows for cell in row.cells if cell is not None]
        old = ""
        if all(cell.is_stale for cell in cells):
            now = self.context.now()
            old = stale_words(max((one.age_s(now) or 0.0 for one in known), default=None))
        names = told.short_names([row.name for row in rows], self.panel.title)
        rows = tuple(row._replace(name=name) for row, name in zip(rows, names, strict=True))
        return MatrixState(
            Heading(self.panel.title, note, old), tuple(store.unit_name(one) for one in scopes),
            rows, any(one.target is not None for one in metrics),
        )  # fmt: skip

    def _row(
        self, metric: Metric, table: Mapping[str, MetricSeries], scopes: list[str]
    ) -> MatrixRow:
        values = {key: one.present.value for key, one in table.items()}
        numbers = [value for value in values.values() if value is not None]
        store = self.context.room.metrics

        def cell(scope: str) -> Cell | None:
            value = values.get(scope)
            if value is None:
                return None
            worse = metric.meets(value, self.panel.target) is False
            return Cell(
                metric.text(value), step_of(metric, value, numbers, self.panel.target), worse,
                self.panel.level_of(value), store.is_stale(metric.metric_id, scope),
            )  # fmt: skip

        name = self.panel.names.get(metric.metric_id, metric.name)
        return MatrixRow(metric.metric_id, name, metric.unit, tuple(cell(one) for one in scopes))

    def spoken(self, state: object) -> str:
        assert isinstance(state, MatrixState)
        if state.why:
            return f"{self.panel.title}；{state.why}"
        worst: list[str] = []
        for row in state.rows:
            names = [
                f"{unit} {cell.text}"
                for unit, cell in zip(state.units, row.cells, strict=True)
                if cell is not None and (cell.is_worse or cell.level is not None)
            ]
            worst += [f"{row.name}：{'、'.join(names)}"] if names else []
        return "；".join([self.panel.title, *(worst or [self.tr("没有未达标")])])

    # ---- painting ---------------------------------------------------------------------------

    def paint(self, painter: QPainter, body: QRect, state: object) -> None:
        assert isinstance(state, MatrixState)
        scale = self.context.scale
        room = write_heading(painter, body, state.head, scale)
        if state.why:
            write_nothing(painter, room, scale, state.why)
            return
        foot = line_px(scale.body_px)
        legend = QRect(room.left(), room.bottom() - foot + 1, room.width(), foot)
        grid = _Grid(state, room.adjusted(0, 0, 0, -foot - scale.gap_px // 2), scale.body_px,
                     scale.digits_px)  # fmt: skip
        for column in range(grid.columns):
            box = grid.head(column)
            name = grid.unit_words(state.units[column])
            write(painter, box, name, scale.body_px, "text2", align="centre")
        for number, row in enumerate(state.rows[: grid.rows]):
            write(painter, grid.name(number), row.name, scale.body_px, "text")
            for column in range(grid.columns):
                self._paint_cell(painter, grid.cell(number, column), row.cells[column])
        self._paint_legend(painter, legend, state, grid)

    def _paint_cell(self, painter: QPainter, box: QRect, cell: Cell | None) -> None:
        if cell is None:
            paint_hatch(painter, QRectF(box), "border", 0.45)
            return
        px = self.context.scale.digits_px
        painter.fillRect(box, colour(_GROUNDS[cell.step]))
        ink = _INKS[cell.step]
        if cell.is_stale:
            painter.fillRect(box, colour("bg1"))
            paint_hatch(painter, QRectF(box), "line", 0.6)
            ink = "text2"
        wide = width_of(cell.text, px, cell.is_worse)
        text = QRect(box.left(), box.top(), box.width() - max(px // 3, 3), box.height())
        side = round(px * (0.9 if cell.level is not None else 0.55))
        left = max(text.right() + 1 - wide - px // 4 - side, box.left() + 2)
        mark = QRect(left, box.center().y() - side // 2, side, side)
        if cell.level is not None:
            paint_level(painter, QRectF(mark), cell.level, LevelLook.FILLED)
        elif cell.is_worse:
            paint_triangle(painter, mark, True, ink)
        write(painter, text, cell.text, px, ink, cell.is_worse, "right")

    def _paint_legend(
        self, painter: QPainter, line: QRect, state: MatrixState, grid: "_Grid"
    ) -> None:
        """The greys, the shape and the hatch in words, and what is left out."""
        px = self.context.scale.body_px
        rest = self._left_out(state, grid)
        if rest:
            write(painter, line, rest, px, "text2", align="right")
        end = line.right() - (width_of(rest, px) + self.context.scale.gap_px if rest else 0)
        side, x = round(px * 0.8), line.left()
        for ground, word in self._legend_marks(state):
            wide = side + px // 4 + width_of(word, px)
            if x + wide > end:
                return
            box = QRect(x, line.center().y() - side // 2, side, side)
            if ground == "▼":
                paint_triangle(painter, box.adjusted(2, 2, -2, -2), True, "text")
            elif ground:
                painter.fillRect(box, colour("line"))
                painter.fillRect(box.adjusted(1, 1, -1, -1), colour(ground))
            else:
                paint_hatch(painter, QRectF(box), "border", 0.6)
            write(painter, QRect(x + side + px // 4, line.top(), wide, line.height()), word, px,
                  "text2")  # fmt: skip
            x += wide + px // 2

    def _legend_marks(self, state: MatrixState) -> list[tuple[str, str]]:
        """Ground and word; ▼ and nothing for the mark and the hatch."""
        words = (
            (self.tr("达标"), self.tr("轻"), self.tr("中"), self.tr("重"))
            if state.has_targets
            else (self.tr("少"), self.tr("中"), self.tr("多"))
        )
        marks: list[tuple[str, str]] = list(zip(_GROUNDS, words, strict=False))
        marks += [("▼", self.tr("未达标"))] if state.has_targets else []
        return [*marks, ("", self.tr("缺数"))]

    def _left_out(self, state: MatrixState, grid: "_Grid") -> str:
        units, rows = len(state.units) - grid.columns, len(state.rows) - grid.rows
        words = [self.tr("另有 {0} 个单位").format(units)] if units > 0 else []
        words += [self.tr("另有 {0} 项指标").format(rows)] if rows > 0 else []
        return "，".join(words)


def step_of(metric: Metric, value: float, others: list[float], target: float | None = None) -> int:
    """How far on the worse side, among those of its row: from its target on; without one, from
    the better end of the row. A row of equal values says nothing."""
    aim = metric.target if target is None else target
    if metric.direction is Direction.NONE:
        return 0
    if aim is None:
        better = min(0.0, *others) if metric.direction is Direction.DOWN else max(others)
        misses = abs(value - better)
        most = max(abs(one - better) for one in others)
        if metric.direction is Direction.UP and min(others) == max(others):
            return 0
    elif metric.meets(value, aim):
        return 0
    else:
        misses = abs(value - aim)
        most = max(abs(one - aim) for one in others if not metric.meets(one, aim))
    if not most or not misses:
        return 0
    return min(int(misses / most * 3) + 1, 3) if aim is not None else min(int(misses / most * 3), 2)


class _Grid:
    """Where cells lie: as many units and metrics as there is room for."""

    def __init__(self, state: MatrixState, room: QRect, body_px: int, digits_px: int) -> None:
        self._room, self._px = room, body_px
        names = max((width_of(row.name, body_px) for row in state.rows), default=0)
        self._left = min(names + body_px // 2 + 2, room.width() * 2 // 5)
        texts = [cell.text for row in state.rows for cell in row.cells if cell is not None]
        least = max((width_of(one, digits_px, True) for one in texts), default=0)
        least += round(digits_px * 1.5)
        wide = room.width() - self._left
        self.columns = max(min(len(state.units), wide // max(least, 1)), 1)
        self._column = wide / self.columns
        self._head = line_px(body_px)
        low = round(body_px * _ROW)
        below = room.adjusted(0, self._head, 0, 0)
        self.rows = max(fits(below, len(state.rows), low), 1)
        self._row = min(below.height() / self.rows, body_px * _MOST)

    def unit_words(self, name: str) -> str:
        """Where it has no room: without its last character, which says what kind of unit it is."""
        narrow = width_of(name, self._px) > self._column - self._px // 3
        return name[:-1] if narrow and len(name) > 2 and not name.isascii() else name

    def head(self, column: int) -> QRect:
        return QRect(self._x(column), self._room.top(), self._x(column + 1) - self._x(column),
                     self._head)  # fmt: skip

    def name(self, row: int) -> QRect:
        return QRect(self._room.left(), self._y(row), self._left - self._px // 2,
                     self._y(row + 1) - self._y(row))  # fmt: skip

    def cell(self, row: int, column: int) -> QRect:
        """Two pixels between them."""
        return QRect(self._x(column), self._y(row), self._x(column + 1) - self._x(column) - 2,
                     self._y(row + 1) - self._y(row) - 2)  # fmt: skip

    def _x(self, column: int) -> int:
        return round(self._room.left() + self._left + column * self._column)

    def _y(self, row: int) -> int:
        return round(self._room.top() + self._head + row * self._row)
