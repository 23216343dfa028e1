"""The left panel of the wall: 50,000 cameras as a tree, by words, and in short lists."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.context import RoomContext
from desktop.domain.camera_tree import CameraFinds, CameraTree, opened, toggled
from desktop.domain.links import CameraLink, MapLink, link_text
from desktop.domain.permissions import Action, why_not
from desktop.tasks import TaskScope
from views.video_wall.directory import entries
from views.video_wall.directory.entries import Centre, Entry
from views.video_wall.directory.heads import PAD_PX, ListHeading, ShelfBar
from views.video_wall.directory.list_model import LinesModel
from views.video_wall.directory.menu import MenuActs, camera_menu, folder_menu
from views.video_wall.directory.notes import (
    Nothing,
    Shelf,
    finds_note,
    foot_text,
    no_register,
    nothing_found,
    nothing_on,
    shelf_note,
)
from views.video_wall.directory.rows_view import CameraRows
from views.video_wall.directory.tree_model import DirectoryModel
from views.video_wall.directory.tree_view import TreeRows
from widgets.empty_state import EmptyState
from widgets.plain_label import ElidedLabel
from widgets.search_field import SearchField
from widgets.seen_timer import SeenTimer
from widgets.theme import NOTE_PX

LEAST_PX, USUAL_PX, MOST_PX = 300, 324, 340
SEARCH_MS, READ_AGAIN_MS, AGE_MS = 60, 400, 5000
PLACE_ZOOM = 17.0
_FIELD_KEYS = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FAVOURITES, _RECENT = "camera_favourites", "camera_recent"


class CameraDirectory(QWidget):
    """Reads cache.db through room.questions.registers; keeps favourites and the last watched
    in the preferences of the user. `opened` is called by who shows a camera."""

    cameras_chosen = Signal(list)  # camera_ids, to be shown on the wall
    link_asked = Signal(str)  # chengkan:// address for the shell to open

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("camera_directory")
        self.setAccessibleName(self.tr("摄像机目录"))
        self.setProperty("ground", "1")
        self.setProperty("edge", "right")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(LEAST_PX)
        self.setMaximumWidth(MOST_PX)
        self._room = room
        self._reads = room.questions.registers
        self._scope = TaskScope(self)
        self._shelf = Shelf.TREE
        self._centre: Centre | None = None
        self._entries: list[Entry] = []
        self._turn = 0  # of the newest reading: an older one says nothing any more
        self._is_old = True
        self.tree_model = DirectoryModel(self._reads, self)
        self.list_model = LinesModel(self)
        self._build()
        self._connect()
        self._show_empty(Nothing("timer-sand", self.tr("正在读取摄像机目录")))

    @property
    def tree(self) -> CameraTree:
        return self.tree_model.tree

    # ---- building ---------------------------------------------------------------------------

    def _build(self) -> None:
        self.search = SearchField(self.tr("名称、拼音、标签、地点、编号"))
        self.search.setMaxLength(64)
        self.search.installEventFilter(self)
        self.shelves = ShelfBar()
        self.heading = ListHeading(self._group_ids, self._drag_words)
        self.heading.hide()
        self.tree_view = TreeRows(self.tree_model, self.places, self._drag_words)
        self.tree_view.setAccessibleName(self.tr("平台、区、街道目录"))
        self.list_view = CameraRows(self.list_model, self.places, self._drag_words)
        self.list_view.setAccessibleName(self.tr("摄像机列表"))
        self.empty = EmptyState("cctv")
        self.stack = QStackedWidget()
        for page in (self.tree_view, self.list_view, self.empty):
            self.stack.addWidget(page)
        self.foot = ElidedLabel(px=NOTE_PX, tone="text2")
        self.foot.setContentsMargins(PAD_PX + 4, 6, PAD_PX, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)  # its edge line stays whole
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(PAD_PX, PAD_PX, PAD_PX, 4)
        head.setSpacing(6)
        head.addWidget(self.search)
        head.addWidget(self.shelves)
        column.addLayout(head)
        column.addWidget(self.heading)
        column.addWidget(self.stack, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        self._searching = QTimer(self, singleShot=True, interval=SEARCH_MS)
        self._searching.timeout.connect(self.read)
        self._again = QTimer(self, singleShot=True, interval=READ_AGAIN_MS)
        self._again.timeout.connect(self.read)
        SeenTimer(self, AGE_MS, self._tell_foot)
        self.search.textChanged.connect(self._on_text)
        self.shelves.pressed.connect(self._press)
        self.heading.group.clicked.connect(self._choose_group)
        self.tree_model.outdated.connect(self._again.start)
        for view in (self.tree_view, self.list_view):
            view.chosen.connect(self.choose)
            view.marked.connect(self.mark)
            view.left_above.connect(self.focus_search)
            view.customContextMenuRequested.connect(self._on_menu)
        room = self._room
        room.register_ages.changed.connect(self._on_register)
        room.session.changed.connect(self._again.start)
        room.preferences.changed.connect(self._on_preference)
        room.wall.changed.connect(self.heading.tell_group)
        room.selection.alarm_changed.connect(self._on_alarm)
        room.selection.camera_changed.connect(self._on_camera)
        room.map_state.near_asked.connect(self._on_near_asked)
        self._on_alarm(room.selection.alarm_id)

    def sizeHint(self) -> QSize:
        return QSize(USUAL_PX, super().sizeHint().height())

    # ---- what others call -------------------------------------------------------------------

    def opened(self, *camera_ids: str) -> None:
        """These cameras are being watched: they lead the last watched."""
        recent = self._room.preferences.get(_RECENT)
        if camera_ids:
            self._room.preferences.set(_RECENT, opened(recent, camera_ids))

    def choose_shelf(self, shelf: Shelf) -> None:
        """Ends a search."""
        self._shelf = shelf
        self.shelves.mark(shelf)
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._searching.stop()
        self.read()

    def focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def places(self) -> int:
        """For how many cameras the wall has room: its empty cells, else all that nobody holds."""
        return len(self._room.wall.wall.places_to_add())

    def choose(self, camera_ids: list[str]) -> None:
        if not self._refusal():
            self.cameras_chosen.emit(list(camera_ids))

    def mark(self, camera_ids: list[str]) -> None:
        """Into the favourites, or out of them if all are there."""
        preferences = self._room.preferences
        preferences.set(_FAVOURITES, toggled(preferences.get(_FAVOURITES), camera_ids))

    # ---- what happens -----------------------------------------------------------------------

    def _press(self, shelf: str) -> None:
        self.choose_shelf(Shelf(shelf))

    def _on_text(self, text: str) -> None:
        self._turn += 1  # an answer on its way is for other words
        self.shelves.mark(None if text.strip() else self._shelf)
        self._searching.start()

    def _on_register(self, name: str) -> None:
        """Other rows are read when somebody looks."""
        if name in ("cameras", "layers", "districts"):
            self._is_old = True
            if self.isVisible():
                self._again.start()

    def _on_preference(self, key: str) -> None:
        if key == _FAVOURITES:
            self.tree_model.show_favourites(self._favourites())
            self._show_lines()
        shown = {Shelf.FAVOURITES: _FAVOURITES, Shelf.RECENT: _RECENT}.get(self._shelf)
        if key == shown and not self.search.text():
            self.read()

    def _on_alarm(self, alarm_id: str) -> None:
        self._move_to(entries.centre_of(self._room, alarm_id, self._room.selection.camera_id))

    def _on_camera(self, camera_id: str) -> None:
        """A camera chosen after the alarm is the newer place."""
        if camera_id:
            self._move_to(entries.centre_of(self._room, "", camera_id))

    def _on_near_asked(self, lon_deg: float, lat_deg: float, place: str) -> None:
        self._move_to(Centre(place or self.tr("地图上的位置"), lon_deg, lat_deg))

    def _move_to(self, centre: Centre | None) -> None:
        self._centre = centre
        if self._shelf is Shelf.NEAR and not self.search.text():
            self._is_old = True
            if self.isVisible():
                self.read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_old:
            self.read()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.key() in _FIELD_KEYS:
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()  # else the wall's own arrows would hear it
                return True
            if event.type() is QEvent.Type.KeyPress:
                if event.key() != Qt.Key.Key_Down:
                    self._choose_first()
                elif isinstance(view := self.stack.currentWidget(), CameraRows):
                    view.enter()
                return True
        return super().eventFilter(watched, event)

    def _choose_first(self) -> None:
        """Enter in the field opens the best find, once it is there."""
        shown = self.stack.currentWidget() is self.list_view and not self._searching.isActive()
        if shown and self.list_model.lines:
            self.choose([self.list_model.lines[0].camera_id])

    # ---- reading ----------------------------------------------------------------------------

    def read(self) -> None:
        """What is asked for now, beside the GUI loop."""
        self._turn += 1
        self._is_old = False
        self._scope.spawn(self._read(self._turn), name="camera directory")

    def _refusal(self) -> str:
        user = self._room.session.user
        if user is None:
            return self.tr("登录后可查看摄像机目录")
        return why_not(user.roles, Action.VIDEO_LIVE)

    async def _read(self, turn: int) -> None:
        if refusal := self._refusal():
            self.heading.hide()
            self._show_empty(Nothing("lock-outline", refusal))
            self.foot.setText("")
            return
        if not self.tree.table:
            await self._read_first(turn)
        tree = await self._reads.camera_tree()
        if tree is not self.tree:
            self.tree_view.show_tree(tree)
        text, found = self.search.text().strip(), CameraFinds()
        if text:
            listed, found = await entries.finds(self._reads, tree, text)
        else:
            listed = await self._listed()
        if turn == self._turn:
            self._entries = listed
            self._show_lines()
            self._tell(found)

    async def _read_first(self, turn: int) -> None:
        """Counts and the short lists stand at once; the whole tree of 50,000 takes a moment."""
        outline = await self._reads.camera_outline()
        listed = [] if self.search.text() else await self._listed()
        if turn == self._turn and outline.children and not self.tree.table:
            self.tree_view.show_tree(outline)
            self._entries = listed
            self._show_lines()
            self._tell(None if self.search.text() else CameraFinds())

    async def _listed(self) -> list[Entry]:
        if self._shelf in (Shelf.FAVOURITES, Shelf.RECENT):
            key = _FAVOURITES if self._shelf is Shelf.FAVOURITES else _RECENT
            return await entries.by_ids(self._reads, self._room.preferences.get(key))
        if self._shelf is Shelf.NEAR and self._centre is not None:
            return await entries.near(self._reads, self._centre)
        return []

    def _show_lines(self) -> None:
        row, favourites = self.list_view.currentIndex().row(), self._favourites()
        self.list_model.replace([entries.line_of(e, self.tree, favourites) for e in self._entries])
        if self.list_view.hasFocus() and not self.list_view.currentIndex().isValid():
            row = min(max(row, 0), len(self._entries) - 1)
            self.list_view.setCurrentIndex(self.list_model.index(row))

    def _favourites(self) -> frozenset[str]:
        return frozenset(self._room.preferences.get(_FAVOURITES))

    # ---- telling ----------------------------------------------------------------------------

    def _tell(self, found: CameraFinds | None = None) -> None:
        """`found` is None while it is still being read."""
        text, shelf = self.search.text().strip(), self._shelf
        shows_list = bool(text) or shelf is not Shelf.TREE
        self.heading.setVisible(shows_list and bool(self._entries))
        self._tell_foot()
        if not self.tree.children:
            self._show_empty(no_register(bool(self.tree.stamp)))
        elif not shows_list:
            self.stack.setCurrentWidget(self.tree_view)
        elif self._entries:
            self.stack.setCurrentWidget(self.list_view)
            count, found = len(self._entries), found or CameraFinds()
            on_shelf = shelf_note(shelf, count, self._centre)
            self.heading.tell(finds_note(found, count) if text else on_shelf)
        elif found is not None:
            self._show_empty(nothing_found(text) if text else nothing_on(shelf, self._centre))

    def _show_empty(self, nothing: Nothing) -> None:
        self.empty.tell(*nothing)
        self.stack.setCurrentWidget(self.empty)

    def _tell_foot(self) -> None:
        age = self._room.register_ages.get("cameras")
        if age is None or not self.tree.children:
            self.foot.setText("")
            return
        text, warns = foot_text(self.tree.counts[()], age, self._room.clock.now())
        self.foot.setText(text)
        self.foot.set_tone("stale" if warns else "text2")

    # ---- a whole list -----------------------------------------------------------------------

    def _group_ids(self) -> tuple[str, ...]:
        online = (e.camera_id for e in self._entries if e.found and e.found.row.state == "online")
        return tuple(online)[: self.places()]

    def _choose_group(self) -> None:
        self.choose(list(self._group_ids()))

    def _drag_words(self, count: int) -> str:
        return self.tr("{0} 路摄像机").format(count)

    # ---- the menu ---------------------------------------------------------------------------

    def _on_menu(self, at: QPoint) -> None:
        view = self.sender()
        if isinstance(view, CameraRows) and view.indexAt(at).isValid():
            menu = self.menu_for(view)
            menu.popup(view.viewport().mapToGlobal(at))

    def menu_for(self, view: CameraRows) -> QMenu:
        """For what is selected there."""
        acts = MenuActs(self.choose, self.mark, self.locate, self._show_register)
        if ids := view.selected_cameras():
            return camera_menu(view, ids, self._favourites().issuperset(ids), acts)
        return folder_menu(view, view.chosen_ids(), acts)

    def locate(self, camera_id: str) -> None:
        """Selects the camera, and asks the shell for its place on the map."""
        self._room.selection.select_camera(camera_id)
        self._scope.spawn(self._locate(camera_id), name="place of a camera")

    async def _locate(self, camera_id: str) -> None:
        found = (await self._reads.camera_rows([camera_id])).get(camera_id)
        if found is None:
            return
        lon_deg, lat_deg = found.row.lon_deg, found.row.lat_deg
        if lon_deg is not None and lat_deg is not None:
            self.link_asked.emit(link_text(MapLink(lon_deg, lat_deg, PLACE_ZOOM)))

    def _show_register(self, camera_id: str) -> None:
        self.link_asked.emit(link_text(CameraLink(camera_id)))
