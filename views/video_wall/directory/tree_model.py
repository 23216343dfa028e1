"""The directory as Qt walks it: folders with counts, cameras read where somebody looks."""

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from desktop.context import RegisterReads
from desktop.domain.camera_tree import (
    CAMERA_MIME,
    EMPTY_TREE,
    CameraRow,
    CameraTree,
    FolderPath,
    mime_of,
)
from desktop.domain.registers import TableRow
from desktop.tasks import TaskScope
from views.video_wall.directory.lines import LINE_ROLE, Line, camera_line
from views.video_wall.directory.words import FOLDER_ICONS, counts_text, folder_name
from widgets.plain_label import plain_tip

PAGE = 100
KEPT_PAGES = 40
GATHER_MS = 15
_NO_ROWS: "array[int]" = array("I")

_Index = QModelIndex | QPersistentModelIndex


class _Folder:
    """`number` is what Qt carries in the indexes of its children."""

    def __init__(self, number: int, path: FolderPath, parent: "_Folder | None", row: int) -> None:
        self.number, self.path, self.parent, self.row = number, path, parent, row
        self.folders: list[_Folder] | None = None  # made when first asked for
        self.pages: dict[int, dict[int, TableRow]] = {}


class DirectoryModel(QAbstractItemModel):
    """Children of a folder are made when it is opened; a camera's row when it is in sight."""

    outdated = Signal()  # listed rows are gone: the register was replaced

    def __init__(self, reads: RegisterReads, parent: Any = None) -> None:
        super().__init__(parent)
        self._reads = reads
        self._scope = TaskScope(self)
        self.tree: CameraTree = EMPTY_TREE
        self.favourites: frozenset[str] = frozenset()
        self._folders: list[_Folder] = []
        self._wanted: OrderedDict[tuple[int, int], None] = OrderedDict()
        self._kept: OrderedDict[tuple[int, int], None] = OrderedDict()
        self._loading = False
        self._gather = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._gather.timeout.connect(self._start)
        self._root = self._new_folder((), None, 0)

    # ---- what is shown ----------------------------------------------------------------------

    def show_tree(self, tree: CameraTree) -> bool:
        """False when only counts and states are others: then open folders stay as they are."""
        same = bool(self.tree.table) and tree.children == self.tree.children
        same = same and tree.leaves == self.tree.leaves and tree.ids == self.tree.ids
        if same:
            self.tree = tree
            for folder in self._folders:
                folder.pages.clear()
            self._kept.clear()
            self.layoutChanged.emit()
            return False
        self.beginResetModel()
        self.tree = tree
        self._folders.clear()
        self._wanted.clear()
        self._kept.clear()
        self._root = self._new_folder((), None, 0)
        self.endResetModel()
        return True

    def show_favourites(self, favourites: frozenset[str]) -> None:
        self.favourites = favourites
        self.layoutChanged.emit()

    def path(self, index: _Index) -> FolderPath | None:
        """None for a camera."""
        folder = self._folder_at(index)
        return folder.path if folder is not None else None

    def camera_id(self, index: _Index) -> str:
        """ "" for a folder; known before the row is read."""
        if not index.isValid() or self._folder_at(index) is not None:
            return ""
        folder = self._folders[index.internalId()]
        place = index.row() - len(self._children(folder))
        positions = self._positions(folder)
        return self.tree.ids[positions[place]] if 0 <= place < len(positions) else ""

    def index_of(self, path: FolderPath) -> QModelIndex:
        """Invalid where there is no such folder."""
        folder = self._root
        for depth in range(1, len(path) + 1):
            found = [one for one in self._children(folder) if one.path == path[:depth]]
            if not found:
                return QModelIndex()
            folder = found[0]
        return QModelIndex() if folder.parent is None else self._index_of_folder(folder)

    def index_of_camera(self, camera_id: str, within: Sequence[FolderPath]) -> QModelIndex:
        """Looks into the folders named only."""
        for path in within:
            positions, parent = self.tree.leaves.get(path, _NO_ROWS), self.index_of(path)
            for place, at in enumerate(positions):
                if self.tree.ids[at] == camera_id:
                    return self.index(place + self.folder_count(parent), 0, parent)
        return QModelIndex()

    def folder_count(self, parent: _Index) -> int:
        folder = self._folder_at(parent) if parent.isValid() else self._root
        return len(self._children(folder)) if folder is not None else 0

    # ---- Qt's side --------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: _Index | None = None) -> QModelIndex:
        folder = self._folder_at(parent) if parent is not None and parent.isValid() else self._root
        if folder is None or column or not 0 <= row < self._count(folder):
            return QModelIndex()
        return self.createIndex(row, 0, folder.number)

    def parent(self, index: _Index | None = None) -> Any:
        if index is None:
            return super().parent()
        if not index.isValid() or index.internalId() >= len(self._folders):
            return QModelIndex()
        folder = self._folders[index.internalId()]
        return QModelIndex() if folder.parent is None else self._index_of_folder(folder)

    def rowCount(self, parent: _Index | None = None) -> int:
        folder = self._folder_at(parent) if parent is not None and parent.isValid() else self._root
        return self._count(folder) if folder is not None else 0

    def columnCount(self, parent: _Index | None = None) -> int:
        return 1

    def hasChildren(self, parent: _Index | None = None) -> bool:
        if parent is None or not parent.isValid():
            return bool(self.tree.children)
        folder = self._folder_at(parent)
        return folder is not None and bool(self.tree.counts[folder.path].total)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        kind = Qt.ItemFlag
        return kind.ItemIsEnabled | kind.ItemIsSelectable | kind.ItemIsDragEnabled

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        roles = Qt.ItemDataRole
        if role not in (LINE_ROLE, roles.DisplayRole, roles.AccessibleTextRole, roles.ToolTipRole):
            return None
        line = self.line(index)
        if role == LINE_ROLE:
            return line
        if role == roles.DisplayRole:
            return line.title
        return plain_tip(line.spoken) if role == roles.ToolTipRole else line.spoken

    def line(self, index: _Index) -> Line:
        folder = self._folder_at(index)
        if folder is not None:
            note = counts_text(self.tree.counts[folder.path])
            icon = FOLDER_ICONS[min(len(folder.path), len(FOLDER_ICONS)) - 1]
            return Line(folder_name(self.tree, folder.path), note, icon)
        camera_id = self.camera_id(index)
        above = self._folders[index.internalId()]
        place = index.row() - len(self._children(above))
        page = above.pages.get(place // PAGE)
        if page is None:
            self._want(above.number, place // PAGE)
            return Line(camera_id, "", camera_id=camera_id)
        positions = self._positions(above)
        row = page.get(self.tree.numbers[positions[place]])
        if row is None:
            return Line(camera_id, "", camera_id=camera_id, state="gone")
        line = camera_line(CameraRow(row), self.tree, camera_id in self.favourites)
        return line._replace(note=row.id)  # where it stands, the folder says

    def mimeTypes(self) -> list[str]:
        return [CAMERA_MIME]

    def ids_of(self, indexes: list[QModelIndex], at_most: int) -> tuple[str, ...]:
        """Of a folder its first online cameras, as many as have a place."""
        found: dict[str, None] = {}
        for index in indexes:
            path = self.path(index)
            some = (self.camera_id(index),) if path is None else self.tree.online_ids(path, at_most)
            found |= dict.fromkeys(one for one in some if one)
        return tuple(found)

    # ---- folders ----------------------------------------------------------------------------

    def _new_folder(self, path: FolderPath, parent: _Folder | None, row: int) -> _Folder:
        folder = _Folder(len(self._folders), path, parent, row)
        self._folders.append(folder)
        return folder

    def _children(self, folder: _Folder) -> list[_Folder]:
        if folder.folders is None:
            paths = self.tree.children.get(folder.path, ())
            folder.folders = [self._new_folder(p, folder, row) for row, p in enumerate(paths)]
        return folder.folders

    def _positions(self, folder: _Folder) -> "array[int]":
        return self.tree.leaves.get(folder.path, _NO_ROWS)

    def _count(self, folder: _Folder) -> int:
        return len(self._children(folder)) + len(self._positions(folder))

    def _folder_at(self, index: _Index) -> _Folder | None:
        """None for a camera, and for what is no longer there."""
        if not index.isValid() or index.internalId() >= len(self._folders):
            return None
        children = self._children(self._folders[index.internalId()])
        return children[index.row()] if index.row() < len(children) else None

    def _index_of_folder(self, folder: _Folder) -> QModelIndex:
        assert folder.parent is not None
        return self.createIndex(folder.row, 0, folder.parent.number)

    # ---- pages of cameras -------------------------------------------------------------------

    def _want(self, folder: int, page: int) -> None:
        self._wanted[folder, page] = None
        self._wanted.move_to_end((folder, page))
        if not self._loading and not self._gather.isActive():
            self._gather.start()

    def _start(self) -> None:
        if self._wanted and not self._loading:
            self._scope.spawn(self._load(), name="cameras of a folder")

    async def _load(self) -> None:
        self._loading = True
        try:
            while self._wanted:
                (folder, page), _ = self._wanted.popitem()
                await self._load_page(folder, page)
        finally:
            self._loading = False

    async def _load_page(self, number: int, page: int) -> None:
        tree, folder = self.tree, self._folders[number]
        positions = self._positions(folder)[page * PAGE : (page + 1) * PAGE]
        rows = await self._reads.page(tree.table, [tree.numbers[at] for at in positions])
        if tree is not self.tree:
            return  # another picture of the register meanwhile
        folder.pages[page] = rows
        self._keep(number, page)
        first = page * PAGE + len(self._children(folder))
        last = first + len(positions) - 1
        self.dataChanged.emit(self.createIndex(first, 0, number), self.createIndex(last, 0, number))
        if len(rows) < len(positions):
            self.outdated.emit()

    def _keep(self, folder: int, page: int) -> None:
        self._kept[folder, page] = None
        while len(self._kept) > KEPT_PAGES:
            (old, gone), _ = self._kept.popitem(last=False)
            self._folders[old].pages.pop(gone, None)


def mime_data(camera_ids: tuple[str, ...]) -> QMimeData:
    made = QMimeData()
    made.setData(CAMERA_MIME, mime_of(camera_ids))
    return made
