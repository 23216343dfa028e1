"""The menus of the wall: of one cell, and of the walls that were saved."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.context import RoomContext
from desktop.domain.permissions import Action, why_not
from desktop.domain.wall import PRESETS, CellProfile, Fit
from desktop.domain.wall_tabs import SavedWall
from views.video_wall.wall.grid import WallGrid
from views.video_wall.wall.throw_menu import ThrowMenu
from views.video_wall.wall.words import layout_name
from widgets.passing_menu import passing_menu
from widgets.plain_label import plain_caption

_MENU_GONE_MS = 150


class CellMenu(QObject):
    """What can be done with one cell, with the keys that do the same."""

    cleared = Signal()  # every cell

    def __init__(self, room: RoomContext, grid: WallGrid, throwing: ThrowMenu) -> None:
        super().__init__(grid)
        self._room, self._store, self._grid = room, room.wall, grid
        self._throwing = throwing

    def open(self, index: int, place: QPoint) -> None:
        self.build(index).popup(place)

    def build(self, index: int) -> QMenu:
        store, cell = self._store, self._store.wall.cells[index]
        menu = passing_menu(self._grid)
        if cell.camera_id is not None:
            enlarged = store.focused == index
            words = self.tr("还原\tEnter") if enlarged else self.tr("放大到全墙\tEnter")
            menu.addAction(words, partial(store.toggle_focus, index))
            self._streams(menu, index, cell.profile)
            fills = cell.fit is Fit.FILL
            words = self.tr("保持比例\tA") if fills else self.tr("填满此格，裁去边缘\tA")
            menu.addAction(words, partial(store.set_fit, index, Fit.KEEP if fills else Fit.FILL))
            if not self._grid.tiles_of(index).zoom.is_whole:
                menu.addAction(self.tr("取消放大"), partial(self._grid.hand.reset_zoom, index))
            on_map = partial(self._grid.map_asked.emit, cell.camera_id)
            menu.addAction(self.tr("在地图上看\tG"), on_map)
            menu.addAction(self.tr("截图\tS"), partial(self._take_still, index))
            self._add_masking(menu, index)
            self._throwing.add_camera_lines(menu, cell.camera_id)
            menu.addSeparator()
        words = self.tr("取消固定\tH") if cell.held else self.tr("固定此格\tH")
        menu.addAction(words, partial(store.toggle_hold, index))
        span = store.wall.layout.spans[index]
        if span.rows * span.cols > 1:
            menu.addAction(self.tr("拆分此格\tX"), partial(store.split, index))
        if cell.camera_id is not None:
            menu.addAction(self.tr("清空此格\tDel"), partial(store.clear, index))
        menu.addAction(self.tr("清空全部（固定的不动）"), self._clear_all)
        if store.steps:
            menu.addAction(self.tr("撤销上一步\tCtrl+Z"), store.undo)
        if self._throwing.is_elsewhere:
            self._add_layouts(menu)
            menu.addSeparator()
            self._throwing.add_tab_lines(menu, store.chosen_tab)
        return menu

    def _clear_all(self) -> None:
        self._store.clear_all()
        self.cleared.emit()

    def _add_layouts(self, menu: QMenu) -> None:
        """A monitor of its own has no line above the wall."""
        layouts = menu.addMenu(self.tr("画面布局"))
        for one in PRESETS:
            action = layouts.addAction(layout_name(one), partial(self._store.set_layout, one))
            action.setCheckable(True)
            action.setChecked(one.layout_id == self._store.wall.layout.layout_id)

    def _add_masking(self, menu: QMenu, index: int) -> None:
        """Only for who may: to the others it would be one line more that does nothing."""
        user = self._room.session.user
        if why_not(user.roles if user is not None else (), Action.VIDEO_MASK):
            return
        edit = partial(self._grid.masking_asked.emit, index)
        menu.addAction(
            self.tr("画面遮挡…"), lambda: QTimer.singleShot(_MENU_GONE_MS, self, edit)
        ).setEnabled(self._room.masks.is_known)

    def _take_still(self, index: int) -> None:
        """Once the menu is gone from the screen: it may lie over the picture."""
        take = partial(self._grid.snapshot_asked.emit, index)
        QTimer.singleShot(_MENU_GONE_MS, self, take)

    def _streams(self, menu: QMenu, index: int, now: CellProfile) -> None:
        words = {
            CellProfile.AUTO: self.tr("码流：按大小"),
            CellProfile.MAIN: self.tr("码流：主"),
            CellProfile.SUB: self.tr("码流：子"),
        }
        for profile, text in words.items():
            action = menu.addAction(text, partial(self._store.set_profile, index, profile))
            action.setCheckable(True)
            action.setChecked(profile is now)


class SavedMenu(QObject):
    """Walls to come back to. `ask_name`: the page asks, for the name goes to a function."""

    def __init__(
        self,
        room: RoomContext,
        ask_name: Callable[[str, str, Callable[[str], None]], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._room, self._store, self._ask_name = room, room.wall, ask_name
        self._parent = parent

    def open(self, place: QPoint) -> None:
        self.build().popup(place)

    def build(self) -> QMenu:
        store, menu = self._store, passing_menu(self._parent)
        menu.addAction(self.tr("把当前墙另存为…"), self._ask_save)
        own = [one for one in store.saved if not one.shared]
        shared = [one for one in store.saved if one.shared]
        self._list(menu, self.tr("我的方案"), own)
        self._list(menu, self.tr("共用方案"), shared)
        if own:
            remove = menu.addMenu(self.tr("删除我的方案"))
            for one in own:
                remove.addAction(plain_caption(one.name), partial(store.remove_saved, one.name))
        user = self._room.session.user
        refusal = why_not(user.roles if user is not None else (), Action.WALL_EDIT)
        menu.addSeparator()
        if refusal:
            menu.addAction(refusal).setEnabled(False)
            return menu
        menu.addAction(self.tr("把当前墙设为共用方案…"), self._ask_share)
        if shared:
            drop = menu.addMenu(self.tr("删除共用方案"))
            for one in shared:
                drop.addAction(plain_caption(one.name), partial(store.unshare_asked.emit, one.name))
        return menu

    def _list(self, menu: QMenu, title: str, rows: list[SavedWall]) -> None:
        if not rows:
            return
        menu.addSeparator()
        menu.addAction(title).setEnabled(False)
        for one in rows:
            words = f"{plain_caption(one.name)}\t{layout_name(one.wall.layout)}"
            menu.addAction(words, partial(self._store.open_saved, one))

    def _ask_save(self) -> None:
        self._ask_name(self.tr("方案名称"), self._name_now(), self._store.save_as)

    def _ask_share(self) -> None:
        self._ask_name(self.tr("共用方案的名称"), self._name_now(), self._store.share_as)

    def _name_now(self) -> str:
        return self._store.tabs[self._store.chosen_tab].name
