"""The table of a register: rows of one height, columns that share the width by weight."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QToolTip

from views.registers.model import RowsModel
from views.registers.tabs import Column
from widgets.plain_label import plain_tip

ROW_PX = 32
TEXT_MARGINS_PX = 22
"""Left and right of the text of a cell: padding of theme.qss and the style's own."""


class RowsTable(QTableView):
    """Moves by rows; the current row is the selected one."""

    def __init__(self, model: RowsModel) -> None:
        super().__init__()
        self.setObjectName("register_table")
        self.setAccessibleName(self.tr("名册"))
        self._columns: Sequence[Column] = ()
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_PX)
        rows.hide()
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionsClickable(False)
        heads.setFixedHeight(ROW_PX)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def fit(self, columns: Sequence[Column]) -> None:
        """Least widths first; what is left goes by weight."""
        self._columns = columns
        if self.model().columnCount() != len(columns):
            return
        left = self.viewport().width() - sum(column.least_px for column in columns)
        weights = sum(column.weight for column in columns)
        for place, column in enumerate(columns):
            more = max(0, left) * column.weight // weights
            self.setColumnWidth(place, column.least_px + more)

    def viewportEvent(self, event: QEvent) -> bool:
        """A text that its column cuts off has its whole as a tip."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            text = str(index.data(Qt.ItemDataRole.ToolTipRole) or "") if index.isValid() else ""
            room_px = self.columnWidth(index.column()) - TEXT_MARGINS_PX
            is_cut = self.fontMetrics().horizontalAdvance(text) > room_px
            QToolTip.showText(event.globalPos(), plain_tip(text) if is_cut else "", self)
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit(self._columns)
