"""A table of a quarter of a million rows of which only those in sight are in memory."""

from array import array
from collections import OrderedDict
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from desktop.context import RegisterReads
from desktop.domain.registers import RowKeys, TableRow
from desktop.tasks import TaskScope
from views.registers.tabs import Column
from views.registers.wording import Names
from widgets.theme import colour

PAGE = 100
KEPT_PAGES = 60
AT_ONCE = 6
GATHER_MS = 15  # a flick of the wheel asks for what it ends on

_Index = QModelIndex | QPersistentModelIndex
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ForegroundRole,
    Qt.ItemDataRole.ToolTipRole,
)


class RowsModel(QAbstractTableModel):
    """Rows come from cache.db in pages; what is not there yet is shown empty."""

    outdated = Signal()  # rows that were listed are gone: the register was replaced

    def __init__(self, reads: RegisterReads, parent: Any = None) -> None:
        super().__init__(parent)
        self._reads = reads
        self._scope = TaskScope(self)
        self._columns: tuple[Column, ...] = ()
        self._names = Names()
        self._keys = RowKeys("", "", array("q"))
        self._pages: OrderedDict[int, list[TableRow | None]] = OrderedDict()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._loading = False
        self._gather = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._gather.timeout.connect(self._start)

    # ---- what is shown --------------------------------------------------------------------

    def show_keys(self, keys: RowKeys, columns: tuple[Column, ...], names: Names) -> None:
        self.beginResetModel()
        self._keys, self._columns, self._names = keys, columns, names
        self._pages.clear()
        self._wanted.clear()
        self.endResetModel()

    @property
    def register(self) -> str:
        return self._keys.name

    def row(self, position: int) -> TableRow | None:
        """None where it is not read yet."""
        page = self._pages.get(position // PAGE)
        return page[position % PAGE] if page and position % PAGE < len(page) else None

    # ---- Qt's side ------------------------------------------------------------------------

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._keys.numbers)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ROLES:
            return None
        page = index.row() // PAGE
        if page not in self._pages:
            self._want(page)
            return None
        row = self.row(index.row())
        if row is None:
            return None
        column = self._columns[index.column()]
        if role != Qt.ItemDataRole.ForegroundRole:  # the tip is shown where the text is cut
            return column.text(row, self._names)
        return colour("text2") if column.quiet or row.state == "offline" else colour("text")

    # ---- pages ----------------------------------------------------------------------------

    def _want(self, page: int) -> None:
        self._wanted[page] = None
        self._wanted.move_to_end(page)
        while len(self._wanted) > AT_ONCE:
            self._wanted.popitem(last=False)  # scrolled past
        if not self._loading and not self._gather.isActive():
            self._gather.start()

    def _start(self) -> None:
        if self._wanted and not self._loading:
            self._scope.spawn(self._load(), name="rows of a register")

    async def _load(self) -> None:
        self._loading = True
        try:
            while self._wanted:
                page, _ = self._wanted.popitem()
                await self._load_page(page)
        finally:
            self._loading = False

    async def read_row(self, position: int) -> TableRow | None:
        """The row, read if need be; None where it is gone or the table shows others by now."""
        if position // PAGE not in self._pages:
            await self._load_page(position // PAGE)
        return self.row(position)

    async def _load_page(self, page: int) -> None:
        keys = self._keys
        numbers = keys.numbers[page * PAGE : (page + 1) * PAGE]
        rows = await self._reads.page(keys.table, numbers)
        if keys is not self._keys:
            return  # another register or filter meanwhile
        self._pages[page] = [rows.get(number) for number in numbers]
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        first = page * PAGE
        last = first + len(numbers) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))
        if len(rows) < len(numbers):
            self.outdated.emit()
