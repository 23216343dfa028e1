"""The rows of the directory: keys, dragging, folds. Tree and lists are the same view."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QDrag, QFontMetrics, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView, QWidget

from views.video_wall.directory.lines import LinePainter
from views.video_wall.directory.list_model import LinesModel
from views.video_wall.directory.tree_model import DirectoryModel, mime_data
from widgets.icons import pixmap
from widgets.theme import BODY_PX, colour, font

INDENT_PX, _FOLD_PX = 14, 14
_OWN_KEYS = frozenset({
    Qt.Key.Key_Space, Qt.Key.Key_F, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up,
    Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End,
    Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
})  # fmt: skip
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class CameraRows(QTreeView):
    """Enter and double click choose, Space and F mark, Up from the first row leaves."""

    chosen = Signal(list)  # camera_ids
    marked = Signal(list)  # camera_ids to add to the favourites, or to take out
    left_above = Signal()

    def __init__(
        self,
        model: DirectoryModel | LinesModel,
        places: Callable[[], int],
        drag_words: Callable[[int], str],
        parent: QWidget | None = None,
    ) -> None:
        """`places`: how many cameras the wall has room for now."""
        super().__init__(parent)
        self._rows, self._places, self._drag_words = model, places, drag_words
        self.setModel(model)
        self.setItemDelegate(LinePainter(self))
        is_tree = isinstance(model, DirectoryModel)
        self.setRootIsDecorated(is_tree)
        self.setIndentation(INDENT_PX if is_tree else 0)
        self.setUniformRowHeights(True)  # 50,000 rows are not measured one by one
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setExpandsOnDoubleClick(is_tree)
        self.header().setStretchLastSection(True)
        self.doubleClicked.connect(self._on_double_click)

    def chosen_ids(self, at_most: int | None = None) -> tuple[str, ...]:
        """Of what is selected, in the order of the rows."""
        indexes = sorted(self.selectedIndexes(), key=lambda one: self.visualRect(one).top())
        return self._rows.ids_of(indexes, self._places() if at_most is None else at_most)

    def selected_cameras(self) -> list[str]:
        """Without what stands in selected folders."""
        found = (self._rows.camera_id(index) for index in self.selectedIndexes())
        return [camera_id for camera_id in found if camera_id]

    def enter(self) -> None:
        """The focus comes from the field above."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.selectedIndexes():  # Qt sets the cursor with the focus, but selects nothing
            current = self.currentIndex()
            self.setCurrentIndex(current if current.isValid() else self._rows.index(0, 0))

    # ---- keys -------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Our keys are not those of the wall while the rows have the focus."""
        is_key = isinstance(event, QKeyEvent) and event.key() in _OWN_KEYS
        if is_key and event.type() is QEvent.Type.ShortcutOverride and _is_plain(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        match Qt.Key(event.key()):
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose(current)
            case Qt.Key.Key_Space | Qt.Key.Key_F if not event.modifiers() & _COMMANDS:
                if ids := self.selected_cameras():
                    self.marked.emit(ids)
            case Qt.Key.Key_Up if not self.indexAbove(current).isValid():
                self.left_above.emit()
            case _:
                super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """The field above searches; letters here do not jump."""

    def _choose(self, current: QModelIndex) -> None:
        if ids := self.selected_cameras():
            self.chosen.emit(ids)
        elif current.isValid():
            self.setExpanded(current, not self.isExpanded(current))

    def _on_double_click(self, index: QModelIndex) -> None:
        if camera_id := self._rows.camera_id(index):
            self.chosen.emit([camera_id])

    # ---- dragging ---------------------------------------------------------------------------

    def startDrag(self, supported: Qt.DropAction) -> None:
        ids = self.chosen_ids()
        if ids:
            drag_cameras(self, ids, self._drag_words(len(ids)))

    # ---- painting ---------------------------------------------------------------------------

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        if self.selectionModel().isSelected(index):
            painter.fillRect(rect, colour("selection"))
        if not self.model().hasChildren(index):
            return
        name = "chevron-down" if self.isExpanded(index) else "chevron-right"
        image = pixmap(name, "text2", _FOLD_PX, self.devicePixelRatioF())
        painter.drawPixmap(rect.right() - _FOLD_PX + 1, rect.center().y() - _FOLD_PX // 2, image)


def _is_plain(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and not event.modifiers() & _COMMANDS


def drag_cameras(source: QWidget, camera_ids: tuple[str, ...], words: str) -> None:
    """Runs until it is dropped or given up."""
    drag = QDrag(source)
    drag.setMimeData(mime_data(camera_ids))
    drag.setPixmap(_drag_picture(words, source.devicePixelRatioF()))
    drag.setHotSpot(QPoint(-12, -8))
    drag.exec(Qt.DropAction.CopyAction)


def _drag_picture(words: str, ratio: float) -> QPixmap:
    width = QFontMetrics(font(BODY_PX, bold=True)).horizontalAdvance(words) + 46
    made = QPixmap(round(width * ratio), round(32 * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(colour("selection"))
    painter = QPainter(made)
    painter.drawPixmap(8, 6, pixmap("cctv", "text", 20, ratio))
    painter.setFont(font(BODY_PX, bold=True))
    painter.setPen(colour("text"))
    painter.drawText(QRect(36, 0, width - 40, 32), Qt.AlignmentFlag.AlignVCenter, words)
    painter.end()
    return made
