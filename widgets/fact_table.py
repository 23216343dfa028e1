"""A quiet table of texts: what is normal is grey, what is not has a tone and a tip."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from widgets.plain_label import plain_tip
from widgets.theme import BODY_PX, NOTE_PX, colour, font

ROW_PX, HEAD_PX = 28, 28
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Cell(NamedTuple):
    """`tone` is a token; `tip` the whole story, the text itself when empty."""

    text: str
    tone: str = "text"
    tip: str = ""


class FactColumn(NamedTuple):
    """`width_px` 0: takes what is left."""

    title: str
    width_px: int = 0
    is_number: bool = False


class _Model(QAbstractTableModel):
    def __init__(self, columns: Sequence[FactColumn]) -> None:
        super().__init__()
        self._columns = columns
        self._rows: tuple[tuple[Cell, ...], ...] = ()

    def show(self, rows: tuple[tuple[Cell, ...], ...]) -> None:
        """The same number of rows only changes what stands in them: the eye keeps its place."""
        before, self._rows = self._rows, rows
        if len(before) != len(rows):
            self._rows = before
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        elif before != rows and rows:
            last = self.index(len(rows) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self._rows[index.row()][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.ForegroundRole:
                return colour(cell.tone)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(cell.tip or cell.text)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(self._columns[index.column()])
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self._columns[section])
        return None


def _alignment(column: FactColumn) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class FactTable(QTableView):
    """Read only; the columns are given once."""

    def __init__(
        self,
        name: str,
        columns: Sequence[FactColumn],
        parent: QWidget | None = None,
        wraps: bool = False,
    ) -> None:
        """`wraps`: rows grow with their text, for few rows that must be read whole."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("facts", True)
        model = _Model(columns)
        model.setParent(self)
        self._facts = model
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(wraps)
        self._wraps = wraps
        self.setFont(font(BODY_PX))
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setTabKeyNavigation(False)  # Tab goes on to what comes after the table
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        self.verticalHeader().setMinimumSectionSize(ROW_PX)
        head = self.horizontalHeader()
        head.setFont(font(NOTE_PX))
        head.setFixedHeight(HEAD_PX)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(24)
        for index, column in enumerate(columns):
            if column.width_px:
                head.setSectionResizeMode(index, QHeaderView.ResizeMode.Fixed)
                self.setColumnWidth(index, column.width_px)
            else:
                head.setSectionResizeMode(index, QHeaderView.ResizeMode.Stretch)

    def show_rows(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        self._facts.show(tuple(rows))
        if self._wraps:
            self.resizeRowsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wraps:
            self.resizeRowsToContents()

    def whole_height_px(self) -> int:
        """Of the header and every row, so that short tables need no scroll bar."""
        return HEAD_PX + ROW_PX * self._facts.rowCount() + 2


if __name__ == "__main__":  # python -m widgets.fact_table
    from widgets.demo import run_demo

    def build() -> list[QWidget]:
        table = FactTable("数据源", (FactColumn("数据源"), FactColumn("收到", 80, True)))
        table.show_rows(((Cell("告警"), Cell("12,345")), (Cell("水位", "stale"), Cell("0"))))
        return [table]

    run_demo(build)
