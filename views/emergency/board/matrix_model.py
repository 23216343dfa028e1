"""The receipt matrix as a table model; texts are made for the rows in sight only."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.emergency.receipt_matrix import Row, Standing
from views.emergency.board import words
from views.emergency.board.state import BoardState
from widgets.plain_label import plain_tip
from widgets.times import hh_mm_ss

WHO, CHANNEL, DELIVERED, READ, ANSWER, SCENE, NEXT = range(7)
ROW_ROLE = Qt.ItemDataRole.UserRole
"""(Standing, Row)."""

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class MatrixModel(QAbstractTableModel):
    """Follows a BoardState; `crews` None shows all, else crews or people alone."""

    def __init__(self, state: BoardState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._crews: bool | None = None
        self._rows: list[tuple[Standing, Row]] = []
        self._sight: Callable[[], range] = lambda: range(len(self._rows))
        self._looks: dict[int, tuple[Any, ...]] = {}
        self._now: datetime = state.now()
        state.rows_changed.connect(self.take)
        self.take()

    def show_only(self, crews: bool | None) -> None:
        self._crews = crews
        self.take()

    def take(self) -> None:
        """The selection stays on its row when rows change places."""
        self._now = self._state.now()
        rows = self._state.ordered
        if self._crews is not None:
            rows = [one for one in rows if one[1].is_crew is self._crews]
        before = self._rows
        if len(rows) != len(before):
            return self._reset(rows)
        changed = [n for n, one in enumerate(rows) if one is not before[n]]
        if all(_key(rows[n][1]) == _key(before[n][1]) for n in changed):
            self._rows = rows
            self._tell_sight()
        elif {_key(rows[n][1]) for n in changed} == {_key(before[n][1]) for n in changed}:
            self._move(rows)
        else:
            self._reset(rows)

    def ask_sight(self, sight: Callable[[], range]) -> None:
        """Who shows the rows says which are in sight; of no others changes are told."""
        self._sight = sight

    def _reset(self, rows: list[tuple[Standing, Row]]) -> None:
        self.beginResetModel()
        self._rows, self._looks = rows, {}
        self.endResetModel()

    def _tell_sight(self) -> None:
        """Cells that look different now: waiting times go on, most of the rest stays."""
        looks: dict[int, tuple[Any, ...]] = {}
        for number in self._sight():
            found, row = self._rows[number]
            looks[number] = now = self._look(found, row)
            was = self._looks.get(number)
            if was is None or was[0] != now[0]:
                changed = range(NEXT + 1)
            else:
                changed = [n for n in range(NEXT + 1) if was[1][n] != now[1][n]]
            for column in changed:
                cell = self.index(number, column)
                self.dataChanged.emit(cell, cell)
        self._looks = looks

    def _look(self, found: Standing, row: Row) -> tuple[Any, ...]:
        """What a row is painted of: what concerns all of it, then the texts."""
        ground = (_key(row), found, self.is_late(row), row.place, row.lead)
        return ground, tuple(self.text(found, row, column) for column in range(NEXT + 1))

    def _move(self, rows: list[tuple[Standing, Row]]) -> None:
        self.layoutAboutToBeChanged.emit()
        place = {_key(row): number for number, (_, row) in enumerate(rows)}
        held = self.persistentIndexList()
        keys = [_key(self._rows[one.row()][1]) for one in held]
        self._rows, self._looks = rows, {}
        moved = [self.index(place[key], one.column()) for key, one in zip(keys, held, strict=True)]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def row_at(self, number: int) -> tuple[Standing, Row] | None:
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def number_of(self, order_id: str, person_id: str) -> int:
        """-1 where it is not shown."""
        keys = [_key(row) for _, row in self._rows]
        return keys.index((order_id, person_id)) if (order_id, person_id) in keys else -1

    # ---- Qt's side --------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else NEXT + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                self.tr("对象"), self.tr("渠道"), self.tr("送达"), self.tr("已读"),
                self.tr("接受"), self.tr("到场"), self.tr("下一步"),
            )[section]  # fmt: skip
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found, row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(found, row, index.column())
        if role == ROW_ROLE:
            return found, row
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tip(found, row))
        return None

    def text(self, found: Standing, row: Row, column: int) -> str:
        now = self._now
        match column:
            case _ if column == WHO:
                return row.name
            case _ if column == CHANNEL:
                return words.channel_word(row.channel)
            case _ if column == DELIVERED:
                return words.delivered_text(row, found, now)
            case _ if column == READ:
                return words.read_text(row, found, now)
            case _ if column == ANSWER:
                return words.answer_text(row, found, now)
            case _ if column == SCENE:
                return words.scene_text(row, found, self._state.arrivals.get(row.order_id))
            case _:
                return self.next_text(row)

    def next_text(self, row: Row) -> str:
        if row.replaced_by:
            return self.tr("已改派 {0}").format(row.replaced_by)
        if not row.is_crew:
            return ""
        store = self._state.room.escalation
        step = self._state.next_steps.get(row.order_id)
        running = store.is_order_running(row.order_id)
        refusal = store.refusal(step.key) if step is not None else ""
        return words.next_text(step, self._now, running, refusal)

    def is_late(self, row: Row) -> bool:
        return words.is_late(self._state.arrivals.get(row.order_id))

    def _tip(self, found: Standing, row: Row) -> str:
        lines = [f"{row.name}  {row.place}".strip(), row.task]
        if row.sent_at is not None:
            lines.append(self.tr("发出 {0}").format(hh_mm_ss(row.sent_at)))
        notes = [one.note for one in row.steps.values() if one.note]
        refusal = self._state.room.escalation.refusal_of(row.order_id)
        return "\n".join([*lines, *notes, refusal]).strip()


def _key(row: Row) -> tuple[str, str]:
    return row.order_id, row.person_id
