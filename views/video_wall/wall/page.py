"""The video wall as a page: directory, tabs and layouts, the cells, the strip below."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.context import RoomContext
from desktop.domain.cameras import own_id
from desktop.domain.links import CameraLink, link_text
from desktop.domain.wall import Fit, Layout, preset_for
from desktop.stores.feed_watch import FeedWatch
from desktop.stores.wall_screens import ScreenWall
from views.video_wall.aids import WallAids
from views.video_wall.directory import CameraDirectory
from views.video_wall.focus_seat import FocusSeat
from views.video_wall.mask_editor import MaskEditor
from views.video_wall.wall.grid import WallGrid
from views.video_wall.wall.head import WallHead
from views.video_wall.wall.level_counts import LevelCounts
from views.video_wall.wall.menus import CellMenu, SavedMenu
from views.video_wall.wall.name_dialog import NameDialog
from views.video_wall.wall.still import still_of, whole_picture
from views.video_wall.wall.strip import WallStrip
from views.video_wall.wall.throw_menu import ThrowMenu
from views.video_wall.wall.words import count
from widgets.seen_timer import SeenTimer

_GAP_PX = 4
_SECOND_MS = 1000


class WallPage(QWidget):
    """Everything that changes the wall goes to `room.wall`."""

    link_asked = Signal(str)  # chengkan:// of what is to be shown elsewhere
    bare_asked = Signal()  # the whole screen without the frame of the window, and back

    def __init__(
        self, room: RoomContext, place: ScreenWall | None = None, parent: QWidget | None = None
    ) -> None:
        """`place`: the wall of another monitor, without a directory of its own."""
        super().__init__(parent)
        self.setObjectName("wall_page")
        if place is not None:
            room = _room_of(room, place)
        self._room, self._store = room, room.wall
        self._bare = False
        self._undo_step: int | None = None  # of the store, while the strip offers to take it back
        self.grid = WallGrid(room, place.slot + 1 if place is not None else 0)
        self.throwing = ThrowMenu(room, place, self._tell, self)
        self.head = WallHead(room.wall, self.throwing.add_tab_lines)
        self.strip = WallStrip(FeedWatch(room.health, "alarms", room.clock, self), room.clock)
        self.directory = self._make_directory() if place is None else None
        self.aids = WallAids(room, self.grid, self)
        for control in self.aids.controls:
            self.strip.add_control(control)
        self.levels = LevelCounts(room.alarms)
        self.levels.hide()
        self.strip.add_control(self.levels)
        self.aids.told.connect(self.strip.tell)
        self.aids.scenes.stood.connect(self._tell_undo)
        room.wall.changed.connect(self._lapse_undo)
        self._lay_out()
        self._cell_menu = CellMenu(room, self.grid, self.throwing)
        self._saved_menu = SavedMenu(room, self._ask_name, self)
        self._connect()
        SeenTimer(self, _SECOND_MS, self.strip.tick)
        self._sum = QTimer(self)  # many tiles speak in one turn of the loop: one sum
        self._sum.setSingleShot(True)
        self._sum.setInterval(100)
        self._sum.timeout.connect(self._tell_counts)
        self._tell_counts()

    def focus_search(self) -> None:
        """Ctrl+F."""
        if not self._bare and self.directory is not None:
            self.head.directory.setChecked(True)
            self.directory.show()
            self.directory.focus_search()

    def set_bare(self, bare: bool) -> None:
        """Only the wall and its strip: for a big screen that many look at."""
        self._bare = bare
        self.head.setVisible(not bare)
        self.levels.setVisible(bare)
        self.strip.read_from_far(bare)
        self.grid.read_from_far(bare)
        if self.directory is not None:
            self.directory.setVisible(not bare and self.head.directory.isChecked())
        self.grid.setFocus()

    @property
    def is_bare(self) -> bool:
        return self._bare

    def step_back(self) -> bool:
        """Esc gives an enlarged cell its place back, before anything else is left."""
        was_enlarged = self._store.focused is not None
        self._store.focus(None)
        return was_enlarged

    def choose_cameras(self, ids: Sequence[str]) -> None:
        """Chosen in the directory: into the chosen cell if it is empty, else where is room."""
        chosen = self._store.wall.cells[self._store.selected]
        if len(ids) == 1 and chosen.camera_id is None and not chosen.held:
            self.take_cameras(ids, self._store.selected)
            return
        room = len(self._store.wall.places_to_add())
        if not room:
            self.strip.tell(self.tr("每一格都已固定，没有换"))
            return
        places = self._store.wall.places_to_add()
        self._tell_filled(list(ids), 0, self._store.add(ids))
        if len(ids) == 1:
            self._store.select(places[0])
            self._note_opened(ids)

    def take_cameras(self, ids: Sequence[str], index: int) -> None:
        """Dropped over a cell: from there on, held ones stay."""
        if len(ids) == 1:
            self._put_one(ids[0], index)
        elif ids:
            self._tell_filled(list(ids), index, self._store.fill(ids, index))

    def showEvent(self, event: QShowEvent) -> None:
        """The keys of the wall work at once."""
        super().showEvent(event)
        QTimer.singleShot(0, self.grid, self.grid.setFocus)

    # ---- building ---------------------------------------------------------------------------

    def _make_directory(self) -> CameraDirectory:
        directory = CameraDirectory(self._room)
        directory.cameras_chosen.connect(self.choose_cameras)
        directory.link_asked.connect(self.link_asked)
        return directory

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(_GAP_PX)
        middle.addWidget(self.head)
        middle.addWidget(self.grid, 1)
        upper = QHBoxLayout()
        upper.setSpacing(_GAP_PX)
        if self.directory is not None:
            upper.addWidget(self.directory)
        upper.addLayout(middle, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP_PX)
        column.addLayout(upper, 1)
        column.addWidget(self.strip)
        self.setFocusProxy(self.grid)

    def _connect(self) -> None:
        self.grid.dropped.connect(self.take_cameras)
        self.grid.menu_asked.connect(self._cell_menu.open)
        self._cell_menu.cleared.connect(self._tell_cleared)
        self.grid.map_asked.connect(self._show_on_map)
        self.grid.snapshot_asked.connect(self._take_still)
        self.grid.masking_asked.connect(self._edit_masks)
        self._room.snapshots.answered.connect(self.strip.tell)
        self._room.masks.answered.connect(self.strip.tell)
        self.grid.counted.connect(self._sum_soon)
        self.head.saved_asked.connect(self._saved_menu.open)
        self.head.rename_asked.connect(self._rename)
        self.head.throw_asked.connect(self.throwing.open)
        self.grid.keys.add(Qt.Key.Key_T, self._throw_by_key)
        if self.directory is not None:
            self.head.directory_toggled.connect(self.directory.setVisible)
        else:
            self.head.directory.hide()
        self.head.bare_asked.connect(self.bare_asked)

    # ---- what is told -----------------------------------------------------------------------

    def _put_one(self, camera_id: str, index: int) -> None:
        self._store.select(index)
        if not self._store.wall.cells[index].held:
            self._store.put(index, camera_id)
            self._note_opened((camera_id,))
            self.strip.forget()
            return
        words = self.tr("{0} 号格已固定，没有换").format(index + 1)
        over = partial(self._store.put, index, camera_id, over_held=True)
        self.strip.tell(words, self.tr("仍要替换"), over)

    def _tell_filled(self, ids: list[str], start: int, placed: int) -> None:
        """What found no place, and the layout that would have one for all."""
        self._note_opened(ids[:placed])
        if placed == len(ids):
            self.strip.forget()
            return
        wall = self._store.wall
        words = self.tr("选了 {0} 路，放入 {1} 路：格子不够").format(len(ids), placed)
        held = sum(cell.held for cell in wall.cells[start:])
        if held:
            words += self.tr("，固定的 {0} 格没有动").format(held)
        larger = preset_for(wall.layout.count + len(ids) - placed)
        if larger.count <= wall.layout.count:
            self.strip.tell(words)
            return
        text = self.tr("改用 {0} 格").format(larger.count)
        self.strip.tell(words, text, partial(self._enlarge, larger, ids[placed:]))

    def _enlarge(self, layout: Layout, rest: list[str]) -> None:
        self._store.set_layout(layout)
        self._note_opened(rest[: self._store.add(rest)])

    def _note_opened(self, ids: Sequence[str]) -> None:
        if self.directory is not None:
            self.directory.opened(*ids)

    def _tell_undo(self, text: str) -> None:
        """What has changed much at once, with the way back, until something else is done."""
        self.strip.tell(text, self.tr("撤销"), self._store.undo, passes=True)
        self._undo_step = self._store.steps

    def _lapse_undo(self) -> None:
        """It would take back another step by now."""
        if self._undo_step is not None and self._store.steps != self._undo_step:
            self._undo_step = None
            if self.strip.way_out == self.tr("撤销"):
                self.strip.forget()

    def _tell_cleared(self) -> None:
        self._tell_undo(self.tr("已清空，固定的格没有动"))

    def _tell(self, text: str) -> None:
        self.strip.tell(text)

    def _throw_by_key(self) -> None:
        """Below the head, or in the middle of a bare wall."""
        anchor = self.grid.rect().center() if self._bare else self.grid.rect().topLeft()
        self.throwing.open(self.grid.mapToGlobal(anchor))

    def _sum_soon(self) -> None:
        if not self._sum.isActive():
            self._sum.start()

    def _tell_counts(self) -> None:
        focused = self._store.focused
        seen = range(len(self._store.wall.cells)) if focused is None else (focused,)
        statuses = [self.grid.status_of(n) for n in seen]
        self.strip.show_counts(count(one for one in statuses if one is not None))

    # ---- asked ------------------------------------------------------------------------------

    def _show_on_map(self, camera_id: str) -> None:
        self._room.selection.select_camera(camera_id)
        self.link_asked.emit(link_text(CameraLink(camera_id)))

    def _take_still(self, index: int) -> None:
        seat = self.grid.tiles_of(index).front
        if isinstance(seat, FocusSeat) and seat.ask_still():
            return  # the true picture comes by itself
        still = still_of(seat, self._room.clock) if seat is not None else None
        if still is None:
            self.strip.tell(self.tr("{0} 号格没有实时画面，没有截图").format(index + 1))
        else:
            self._room.snapshots.take(still)

    def _edit_masks(self, index: int) -> None:
        """Over the whole picture: a part of it would not tell where in the whole it lies."""
        cell, seat = self._store.wall.cells[index], self.grid.tiles_of(index).front
        if cell.fit is Fit.FILL or not self.grid.tiles_of(index).zoom.is_whole:
            self.strip.tell(self.tr("请先取消放大和填满，再画遮挡：要看到整个画面"))
            return
        picture = whole_picture(seat, self._room.clock) if seat is not None else None
        camera = seat.camera if seat is not None else None
        if camera is None or picture is None:
            self.strip.tell(self.tr("{0} 号格没有实时画面，不能画遮挡").format(index + 1))
            return
        editor = MaskEditor(self._room.masks, own_id(camera), camera.name, picture, self)
        editor.open_over(self.window())

    def _rename(self, number: int) -> None:
        tab = self._store.tabs[number]
        self._ask_name(self.tr("这一页的名称"), tab.name, partial(self._store.rename_tab, number))

    def _ask_name(self, title: str, name: str, take: Callable[[str], None]) -> None:
        NameDialog(title, name, take, self).open_over(self.window())


def _room_of(room: RoomContext, place: ScreenWall) -> RoomContext:
    """The same room; what moves a wall is that of the other monitor."""
    return replace(
        room,
        wall=place.wall,
        tours=place.tours,
        tile_linkage=place.linkage,
        scenes=place.scenes,
    )
