"""Makes or changes a tour: its name, how long a picture stands, which cameras or walls."""

from functools import partial

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIntValidator
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.context import RoomContext
from desktop.domain.camera_tree import CAMERA_MIME, EMPTY_TREE, CameraTree, FolderPath, ids_of
from desktop.domain.tours import (
    FIRST_DWELL_S,
    LONGEST_DWELL_S,
    MOST_CAMERAS,
    NAME_CHARS,
    SHORTEST_DWELL_S,
    Tour,
    TourOrder,
)
from desktop.tasks import TaskScope, loop_runs
from views.video_wall.directory import entries
from views.video_wall.directory.words import folder_name
from views.video_wall.tour_list import TourList
from widgets.dialog_window import DialogWindow
from widgets.passing_menu import passing_menu
from widgets.plain_label import PlainLabel, plain_caption
from widgets.theme import NOTE_PX, STRONG_PX

_WIDTH_PX, _HEIGHT_PX, _SEARCH_MS = 620, 600, 250
_FOLDERS_SHOWN = 40


class TourEditor(DialogWindow):
    """`name`: of the tour that is changed, "" for a new one."""

    def __init__(self, room: RoomContext, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room, self._former = room, name
        self._scope = TaskScope(self)
        self._tree: CameraTree = EMPTY_TREE
        self._found: tuple[str, ...] = ()
        tour = room.tours.get(name) or Tour("", dwell_s=FIRST_DWELL_S)
        self.setObjectName("tour_editor")
        self.setWindowTitle(self.tr("编辑轮巡") if name else self.tr("新建轮巡"))
        self.setFixedSize(_WIDTH_PX, _HEIGHT_PX)
        self.setAcceptDrops(True)
        self._searching = QTimer(self)
        self._searching.setSingleShot(True)
        self._searching.setInterval(_SEARCH_MS)
        self._searching.timeout.connect(self._search)
        self._build(tour)
        self._choose_kind(tour.of_walls)
        if loop_runs():
            self._scope.spawn(self._read_tree(), name="folders of a tour")

    # ---- what it makes ----------------------------------------------------------------------

    def tour(self) -> Tour:
        """As it is set now."""
        of_walls = self.walls.isChecked()
        order = next(one for one, button in self.orders.items() if button.isChecked())
        items = self.list.items()
        return Tour(
            self.name.text(),
            () if of_walls else items,
            items if of_walls else (),
            int(self.dwell.text() or FIRST_DWELL_S),
            order,
        ).sound()

    def add(self, ids: tuple[str, ...]) -> None:
        """Behind what is there; a camera comes once."""
        if self.cameras.isChecked():
            self.list.add(ids, MOST_CAMERAS)
            self._tell()

    # ---- building ---------------------------------------------------------------------------

    def _build(self, tour: Tour) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(PlainLabel(self.windowTitle(), STRONG_PX, bold=True))
        column.addLayout(self._head(tour))
        column.addLayout(self._kinds(tour))
        self.sources = self._sources()
        column.addWidget(self.sources)
        self.list = TourList(self._room)
        self.list.show_items(tour.wall_names or tour.camera_ids, tour.of_walls)
        self.list.edited.connect(self._tell)
        column.addWidget(self.list, 1)
        column.addLayout(self._foot())

    def _head(self, tour: Tour) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.name = QLineEdit(tour.name)
        self.name.setMaxLength(NAME_CHARS)
        self.name.setPlaceholderText(self.tr("名称，如 早高峰路口"))
        self.name.setAccessibleName(self.tr("轮巡名称"))
        self.name.setProperty("large", True)
        self.name.textChanged.connect(self._tell)
        self.dwell = QLineEdit(str(tour.dwell_s))
        self.dwell.setValidator(QIntValidator(1, LONGEST_DWELL_S, self))
        self.dwell.setFixedWidth(72)
        self.dwell.setProperty("large", True)
        self.dwell.setAccessibleName(self.tr("每步停留秒数"))
        self.dwell.textChanged.connect(self._tell)
        words = self.tr("秒（{0}–{1}）").format(SHORTEST_DWELL_S, LONGEST_DWELL_S)
        row.addWidget(PlainLabel(self.tr("名称")))
        row.addWidget(self.name, 1)
        row.addSpacing(8)
        row.addWidget(PlainLabel(self.tr("每步停留")))
        row.addWidget(self.dwell)
        row.addWidget(PlainLabel(words, NOTE_PX, tone="text2"))
        return row

    def _kinds(self, tour: Tour) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        self.cameras = self._segment(self.tr("摄像机"), not tour.of_walls)
        self.walls = self._segment(self.tr("布局方案"), tour.of_walls)
        self._kind = QButtonGroup(self)
        for button in (self.cameras, self.walls):
            self._kind.addButton(button)
            row.addWidget(button)
        self.walls.toggled.connect(self._change_kind)
        row.addStretch(1)
        row.addWidget(PlainLabel(self.tr("顺序")))
        row.addSpacing(6)
        words = {
            TourOrder.LISTED: self.tr("从上到下"),
            TourOrder.BACKWARD: self.tr("从下到上"),
            TourOrder.MIXED: self.tr("打乱"),
        }
        self._order = QButtonGroup(self)
        self.orders = {one: self._segment(text, one is tour.order) for one, text in words.items()}
        for button in self.orders.values():
            self._order.addButton(button)
            row.addWidget(button)
        return row

    def _sources(self) -> QWidget:
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        on_wall = self._on_wall()
        kept = tuple(self._room.preferences.get("camera_favourites"))
        self.from_wall = self._source(self.tr("当前墙 {0} 路").format(len(on_wall)), on_wall)
        self.from_kept = self._source(self.tr("收藏 {0} 路").format(len(kept)), kept)
        self.folder = QPushButton(self.tr("目录文件夹…"))
        self.folder.clicked.connect(self._offer_folders)
        self.folder.setEnabled(False)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("搜名称、拼音、标签"))
        self.search.setProperty("large", True)
        self.search.setAccessibleName(self.tr("搜索摄像机"))
        self.search.textChanged.connect(self._search_soon)
        self.search.returnPressed.connect(self._add_found)
        self.from_search = QPushButton(self.tr("加入 0 路"))
        self.from_search.setEnabled(False)
        self.from_search.clicked.connect(self._add_found)
        for part in (self.from_wall, self.from_kept, self.folder):
            row.addWidget(part)
        row.addWidget(self.search, 1)
        row.addWidget(self.from_search)
        return place

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.state = PlainLabel(px=NOTE_PX, tone="text2")
        row.addWidget(self.state, 1)
        remove = QPushButton(self.tr("移除所选"))
        remove.setEnabled(False)
        remove.clicked.connect(self.list.remove_selected)
        self.list.itemSelectionChanged.connect(
            lambda: remove.setEnabled(bool(self.list.selectedItems()))
        )
        cancel = QPushButton(self.tr("取消"))
        cancel.clicked.connect(self.close)
        self.keep = QPushButton(self.tr("保存"))
        self.keep.clicked.connect(self._save)
        self.begin = QPushButton(self.tr("保存并开始"))
        self.begin.setProperty("primary", True)
        self.begin.clicked.connect(self._save_and_begin)
        for button in (remove, cancel, self.keep, self.begin):
            row.addWidget(button)
        return row

    def _segment(self, text: str, chosen: bool) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setCheckable(True)
        button.setChecked(chosen)
        button.setProperty("segment", True)
        return button

    def _source(self, text: str, ids: tuple[str, ...]) -> QPushButton:
        button = QPushButton(text)
        button.setEnabled(bool(ids))
        button.clicked.connect(partial(self.add, ids))
        return button

    # ---- cameras or walls -------------------------------------------------------------------

    def _change_kind(self, of_walls: bool) -> None:
        names = tuple(one.name for one in self._room.wall.saved) if of_walls else ()
        self.list.show_items(names, of_walls)
        self._choose_kind(of_walls)

    def _choose_kind(self, of_walls: bool) -> None:
        self.sources.setEnabled(not of_walls)
        self._tell()

    def _on_wall(self) -> tuple[str, ...]:
        cells = self._room.wall.wall.cells
        return tuple(dict.fromkeys(one.camera_id for one in cells if one.camera_id))

    def _tell(self) -> None:
        """What is missing, or how long one round takes."""
        tour = self.tour()
        size = len(self.list.items())
        self.keep.setEnabled(bool(tour.name and size))
        self.begin.setEnabled(bool(tour.name and size))
        if not size:
            words = self.tr("加入摄像机，或从目录拖进来")
            if self.walls.isChecked():
                words = self.tr("还没有布局方案，先在墙上另存")
        elif not tour.name:
            words = self.tr("还要一个名称")
        else:
            minutes = size * tour.dwell_s / 60
            words = self.tr("{0} 项，单格一圈 {1} min").format(size, f"{minutes:.1f}")
        self.state.setText(words)

    # ---- folders and search -----------------------------------------------------------------

    async def _read_tree(self) -> None:
        self._tree = await self._room.questions.registers.camera_tree()
        self.folder.setEnabled(bool(self._tree.children))

    def _offer_folders(self) -> None:
        menu = passing_menu(self)
        self._fill_menu(menu, ())
        menu.popup(self.folder.mapToGlobal(QPoint(0, self.folder.height())))

    def _fill_menu(self, menu: QMenu, path: FolderPath) -> None:
        """The folders below, each made when it is opened: there are some hundred of them."""
        if path:
            count = self._tree.counts[path].online
            words = self.tr("整个文件夹，在线 {0} 路").format(count)
            menu.addAction(words, partial(self._add_folder, path)).setEnabled(count > 0)
            menu.addSeparator()
        for child in self._tree.children.get(path, ())[:_FOLDERS_SHOWN]:
            name = plain_caption(folder_name(self._tree, child))
            if self._tree.children.get(child):
                below = menu.addMenu(name)
                below.aboutToShow.connect(partial(self._fill_once, below, child))
            else:
                menu.addAction(name, partial(self._add_folder, child))

    def _fill_once(self, menu: QMenu, path: FolderPath) -> None:
        if menu.isEmpty():
            self._fill_menu(menu, path)

    def _add_folder(self, path: FolderPath) -> None:
        self.add(self._tree.online_ids(path, MOST_CAMERAS))

    def _search_soon(self) -> None:
        self._searching.start()

    def _search(self) -> None:
        if loop_runs():
            self._scope.spawn(self._find(self.search.text().strip()), name="cameras for a tour")

    async def _find(self, text: str) -> None:
        found: tuple[str, ...] = ()
        if text and self._tree.table:
            rows, _ = await entries.finds(self._room.questions.registers, self._tree, text)
            found = tuple(one.camera_id for one in rows)
        if text == self.search.text().strip():
            self._found = found
            self.from_search.setText(self.tr("加入 {0} 路").format(len(found)))
            self.from_search.setEnabled(bool(found))

    def _add_found(self) -> None:
        self.add(self._found)

    # ---- dropped from the directory ---------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(CAMERA_MIME) and self.cameras.isChecked():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add(ids_of(bytes(event.mimeData().data(CAMERA_MIME).data())))
        event.acceptProposedAction()

    # ---- the end ----------------------------------------------------------------------------

    def _save(self) -> None:
        self._room.tours.save(self.tour(), self._former)
        self.close()

    def _save_and_begin(self) -> None:
        tour = self.tour()
        self._save()
        self._room.tours.ask(tour.name)
