"""The layers at the left of the map: what there is, how many, how old, and what is shown."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.context import RoomContext
from views.city_map.layer_choice import LayerChoice
from views.city_map.layer_tree import Figure, Row, figures, group_figure, leaves, tree
from views.city_map.live_layers import platform_now
from views.city_map.unit_sheet import UnitSheet
from widgets.icons import icon
from widgets.plain_label import PlainLabel, plain_tip
from widgets.theme import NOTE_PX, STRONG_PX, colour, font

WIDTH_PX = 268
FIGURES_EVERY_MS = 1000
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROW = Qt.ItemDataRole.UserRole
_CHECKED, _PARTLY, _OPEN = (
    Qt.CheckState.Checked,
    Qt.CheckState.PartiallyChecked,
    Qt.CheckState.Unchecked,
)


class LayerPanel(QFrame):
    """Three-state tree; the choice is told to LayerChoice and read from it."""

    closed = Signal()

    def __init__(
        self, room: RoomContext, choice: LayerChoice, sheet: UnitSheet, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("map_layers")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH_PX)
        self._room, self._choice, self._sheet = room, choice, sheet
        self._items: dict[str, QTreeWidgetItem] = {}
        self._groups: list[QTreeWidgetItem] = []
        self._filling = False
        self.tree = self._make_tree()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_head())
        column.addWidget(self.tree)
        self._build()
        choice.changed.connect(self._show_choice)
        room.points.changed.connect(self._build)
        timer = QTimer(self, interval=FIGURES_EVERY_MS)
        timer.timeout.connect(self._tell_figures)
        timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell_figures()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme: the figures keep the colour they were given, so they get theirs anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            for item in (*self._items.values(), *self._groups):
                for column in (1, 2):
                    item.setForeground(column, colour("text2"))

    # ---- building ------------------------------------------------------------------------

    def _make_head(self) -> QHBoxLayout:
        title = PlainLabel(self.tr("图层"))
        title.setFont(font(STRONG_PX, bold=True))
        close = QPushButton(icon("close", "text2"), "")
        close.setFlat(True)
        close.setFixedSize(28, 28)
        close.setAccessibleName(self.tr("收起图层"))
        close.setToolTip(self.tr("收起图层"))
        close.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.setContentsMargins(12, 6, 6, 6)
        row.addWidget(title)
        row.addStretch(1)
        row.addWidget(close)
        return row

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setColumnCount(3)
        tree.setHeaderLabels([self.tr("类"), self.tr("数量"), self.tr("龄")])
        tree.setRootIsDecorated(True)
        tree.setIndentation(14)
        tree.setUniformRowHeights(True)
        tree.setFrameShape(QFrame.Shape.NoFrame)
        tree.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, 82), (2, 46)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, width)
            tree.headerItem().setTextAlignment(column, _RIGHT)
        tree.itemChanged.connect(self._on_item)
        return tree

    def _build(self) -> None:
        classes = dict.fromkeys(point.class_id for point in self._room.points.rows())
        self._filling = True
        self.tree.clear()
        self._items.clear()
        self._groups.clear()
        for row in tree(classes):
            if row.rows or row.layer_id:
                self._add(self.tree.invisibleRootItem(), row)
        self._filling = False
        self._show_choice()
        self._tell_figures()

    def _add(self, above: QTreeWidgetItem, row: Row) -> None:
        item = QTreeWidgetItem(above, [row.title])
        item.setData(0, _ROW, row)
        for column in (1, 2):
            item.setTextAlignment(column, _RIGHT)
            item.setFont(column, font(NOTE_PX))
            item.setForeground(column, colour("text2"))
        item.setToolTip(0, plain_tip(row.hint or row.title))
        flags = item.flags() & ~Qt.ItemFlag.ItemIsSelectable
        if row.fixed:
            flags &= ~Qt.ItemFlag.ItemIsUserCheckable
        item.setFlags(flags)
        if row.layer_id:
            self._items[row.layer_id] = item
        else:
            self._groups.append(item)
        for below in row.rows:
            self._add(item, below)
        item.setExpanded(row.is_open)

    # ---- the choice ----------------------------------------------------------------------

    def _on_item(self, item: QTreeWidgetItem, column: int) -> None:
        if self._filling or column != 0:
            return
        row: Row = item.data(0, _ROW)
        wanted = item.checkState(0) is not _OPEN
        ids = frozenset(leaf.layer_id for leaf in leaves(row) if not leaf.fixed)
        self._choice.show(ids, wanted)

    def _show_choice(self) -> None:
        self._filling = True
        root = self.tree.invisibleRootItem()
        for item in _below(root):
            self._show_item(item)
        self._filling = False

    def _show_item(self, item: QTreeWidgetItem) -> None:
        row: Row = item.data(0, _ROW)
        if not row.rows:
            shown = row.fixed or row.layer_id not in self._choice.hidden
            item.setCheckState(0, _CHECKED if shown else _OPEN)
            return
        for below in _below(item):
            self._show_item(below)
        states = {below.checkState(0) for below in _below(item)}
        item.setCheckState(0, states.pop() if len(states) == 1 else _PARTLY)

    # ---- figures -------------------------------------------------------------------------

    def _tell_figures(self) -> None:
        if not self.isVisible():
            return
        self._filling = True
        known = figures(self._room, self._sheet, platform_now(self._room))
        for layer_id, item in self._items.items():
            _show_figure(item, known.get(layer_id, Figure()))
        for item in self._groups:
            _show_figure(item, group_figure(item.data(0, _ROW), known))
        self._filling = False


def _below(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = (item.child(number) for number in range(item.childCount()))
    return [one for one in found if one is not None]


def _show_figure(item: QTreeWidgetItem, figure: Figure) -> None:
    if item.text(1) != figure.count:
        item.setText(1, figure.count)
    if item.text(2) != figure.age:
        item.setText(2, figure.age)
    item.setForeground(2, colour("stale" if figure.stale else "text2"))
