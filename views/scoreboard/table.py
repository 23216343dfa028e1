"""The scoreboard's one table: a row is one unit, from its rank to its last indicator."""

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from desktop.domain.assessment.board import MAIN, Board, BoardRow
from views.scoreboard import painting
from views.scoreboard.heading import paint_head
from views.scoreboard.lines import CELL_PX, HEAD_PX, LOW_ROW_PX, ROW_PX, Lines, slots
from views.scoreboard.words import figure, goal, unit_word
from widgets.plain_label import plain_tip

_STEP_PX = 3 * LOW_ROW_PX


class ScoreTable(QAbstractScrollArea):
    """Painted by itself, only what is seen; the ranking stands, the matrix moves beside it."""

    chosen = Signal(str, str)  # unit_id, indicator_id
    opened = Signal()  # Enter, or a double click: the cases behind the chosen figure

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("score_table")
        self.setAccessibleName(self.tr("考评排名与指标"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self._board: Board | None = None
        self._cells: list[list[str]] = []
        self._shades: list[list[int]] = []
        self._states: list[list[int]] = []
        self._warned: list[list[bool]] = []
        self._lines = Lines(None, ROW_PX)
        self.unit_id, self.indicator_id = "", MAIN

    @property
    def board(self) -> Board | None:
        return self._board

    def show_board(self, board: Board | None) -> None:
        """What was chosen stays chosen where it still is; else the first row."""
        self._board = board
        self._cells = painting.cell_texts(board) if board is not None else []
        self._shades = board.shades.tolist() if board is not None else []
        self._states = board.status.tolist() if board is not None else []
        self._warned = board.warned.tolist() if board is not None else []
        self._fit()
        if board is not None and self._lines.rows:
            if self._lines.of_unit(self.unit_id) < 0:
                first = self._lines.rows[0].row
                self.unit_id = first.unit_id if first is not None else ""
            if board.column(self.indicator_id) < 0:
                at = max(board.column(MAIN), 0)
                self.indicator_id = board.columns[at].id if board.columns else ""
        self.viewport().update()

    def choose(self, unit_id: str, indicator_id: str) -> None:
        if (unit_id, indicator_id) == (self.unit_id, self.indicator_id):
            return
        self.unit_id, self.indicator_id = unit_id, indicator_id
        self._tell()
        self._bring_into_sight()
        self.viewport().update()
        self.chosen.emit(unit_id, indicator_id)

    # ---- geometry ---------------------------------------------------------------------------

    def _row_px(self) -> int:
        return ROW_PX if self.height() >= 600 else LOW_ROW_PX

    def _slots(self) -> tuple[painting.Slot, ...]:
        scheme = self._board.scheme if self._board is not None else None
        return slots(self.viewport().width(), len(scheme.parts) if scheme is not None else 0)

    def _frozen_px(self) -> int:
        last = self._slots()[-1]
        return last.left + last.width

    def _fit(self) -> None:
        self._lines = Lines(self._board, self._row_px())
        view = self.viewport()
        columns = len(self._board.columns) if self._board is not None else 0
        wide = columns * CELL_PX - (view.width() - self._frozen_px())
        self.horizontalScrollBar().setRange(0, max(wide, 0))
        self.horizontalScrollBar().setPageStep(max(view.width() - self._frozen_px(), CELL_PX))
        self.horizontalScrollBar().setSingleStep(CELL_PX)
        self.verticalScrollBar().setRange(
            0, max(self._lines.height_px - (view.height() - HEAD_PX), 0)
        )
        self.verticalScrollBar().setPageStep(max(view.height() - HEAD_PX, 1))
        self.verticalScrollBar().setSingleStep(_STEP_PX // 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def _bring_into_sight(self) -> None:
        at, column = self._lines.of_unit(self.unit_id), self._column()
        if at >= 0:
            line, bar = self._lines.rows[at], self.verticalScrollBar()
            room = self.viewport().height() - HEAD_PX
            if line.top < bar.value():
                bar.setValue(line.top)
            elif line.top + line.height > bar.value() + room:
                bar.setValue(line.top + line.height - room)
        if column >= 0:
            left, bar = column * CELL_PX, self.horizontalScrollBar()
            room = self.viewport().width() - self._frozen_px()
            if left < bar.value():
                bar.setValue(left)
            elif left + CELL_PX > bar.value() + room:
                bar.setValue(left + CELL_PX - room)

    def _column(self) -> int:
        return self._board.column(self.indicator_id) if self._board is not None else -1

    # ---- pointer and keys -------------------------------------------------------------------

    def _what(self, at: QPoint) -> tuple[BoardRow | None, int]:
        """The row and the column of the matrix at a point; -1: none."""
        column = -1
        if self._board is not None and at.x() >= self._frozen_px():
            column = (at.x() - self._frozen_px() + self.horizontalScrollBar().value()) // CELL_PX
            column = column if column < len(self._board.columns) else -1
        if at.y() < HEAD_PX:
            return None, column
        line = self._lines.at(at.y() - HEAD_PX + self.verticalScrollBar().value())
        return (line.row if line is not None else None), column

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row, column = self._what(event.position().toPoint())
        if self._board is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        on_head = event.position().y() < HEAD_PX
        if row is None and not (on_head and column >= 0):
            return
        indicator = self._board.columns[column].id if column >= 0 else self.indicator_id
        self.choose(row.unit_id if row is not None else self.unit_id, indicator)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row, _ = self._what(event.position().toPoint())
        if row is not None:
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1), Qt.Key.Key_PageUp: (-8, 0), Qt.Key.Key_PageDown: (8, 0),
            Qt.Key.Key_Home: (0, -99), Qt.Key.Key_End: (0, 99),
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key in moves and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._move(*moves[key])
        else:
            super().keyPressEvent(event)

    def _move(self, rows: int, columns: int) -> None:
        if self._board is None or not self._lines.rows or not self._board.columns:
            return
        at = max(self._lines.of_unit(self.unit_id), 0) + rows
        row = self._lines.rows[min(max(at, 0), len(self._lines.rows) - 1)].row
        column = min(max(self._column() + columns, 0), len(self._board.columns) - 1)
        if row is not None:
            self.choose(row.unit_id, self._board.columns[column].id)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row, column = self._what(event.pos())
            QToolTip.showText(event.globalPos(), plain_tip(self._tip(row, column)), self)
            return True
        return super().viewportEvent(event)

    def _tip(self, row: BoardRow | None, column: int) -> str:
        if self._board is None:
            return ""
        if column < 0:
            return self._row_tip(row) if row is not None else ""
        one = self._board.columns[column]
        lines = [f"{one.code} {one.name} {goal(one)} {unit_word(one)}".strip()]
        if row is not None:
            lines.append(f"{row.name} {self._cells[row.at][column]} {unit_word(one)}".rstrip())
            low, high = (float(a[row.at, column]) for a in (self._board.lower, self._board.upper))
            if low == low:
                text = self.tr("95% 区间 {0} 至 {1}")
                lines.append(text.format(figure(one, low), figure(one, high)))
        return "\n".join(lines)

    def _row_tip(self, row: BoardRow) -> str:
        score = row.score
        lines = [row.name]
        if row.delta is not None:
            lines.append(self.tr("比上期 {0:+.2f} 分").format(row.delta))
        if score.robust is not None:
            lines.append(self.tr("稳健得分 {0:.2f}（按区间下限计）").format(score.robust))
        if score.covered < 0.999:
            lines.append(self.tr("有数的指标占权重 {0:.0f}%").format(score.covered * 100))
        if score.excluded:
            lines.append(score.excluded)
        lines += [f"{one.points:+g} {one.reason}" for one in score.adjustments]
        return "\n".join(lines)

    def _tell(self) -> None:
        """For who cannot see it: the chosen figure in words."""
        if self._board is None or (row := self._board.row(self.unit_id)) is None:
            return
        column = self._column()
        if column >= 0:
            one = self._board.columns[column]
            text = f"{row.name} {one.name} {self._cells[row.at][column]} {unit_word(one)}"
            self.setAccessibleDescription(text)

    # ---- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if self._board is None:
            return
        look = self._look(self._board)
        shift = self.verticalScrollBar().value()
        height = self.viewport().height()
        painter.setClipRect(QRect(0, HEAD_PX, look.width_px, height - HEAD_PX))
        for line in self._lines.between(shift, shift + height - HEAD_PX):
            top = HEAD_PX + line.top - shift
            if line.row is not None:
                painting.paint_row(painter, look, line, top)
            elif line.league is not None:
                painting.paint_league(painter, look, line, top)
            else:
                painting.paint_unreported(painter, look, line, top)
        painter.setClipping(False)
        paint_head(painter, look)
        painter.fillRect(look.frozen_px, 0, 1, height, painting.colour("line"))

    def _look(self, board: Board) -> painting.Look:
        look = painting.Look(
            board,
            self._cells,
            self._shades,
            self._states,
            self._warned,
            self.viewport().devicePixelRatioF(),
            self._slots(),
            self._frozen_px(),
            self.horizontalScrollBar().value(),
            self.viewport().width(),
            self.unit_id,
            self.indicator_id,
            (0.0, 0.0),
        )
        return look._replace(axis=painting.axis_of(board, look.shown_interval))
