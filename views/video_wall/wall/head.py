"""The line above the wall: its tabs, how it is cut, what was saved."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from desktop.domain.wall import FREE_LAYOUT, PRESETS
from desktop.domain.wall_tabs import MOST_TABS
from desktop.stores.wall import WallStore
from views.video_wall.wall.layout_button import LayoutButton
from widgets import icons
from widgets.passing_menu import passing_menu
from widgets.plain_label import plain_caption, plain_tip

HEAD_PX = 40


class TabButton(QToolButton):
    """A double click renames; the right button offers more."""

    rename_asked = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setProperty("segment", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.rename_asked.emit()

    def _ask_menu(self, point: QPoint) -> None:
        self.menu_asked.emit(self.mapToGlobal(point))


class WallHead(QFrame):
    """Shows `store`, acts on it; what needs a question is asked of the page."""

    rename_asked = Signal(int)  # tab
    directory_toggled = Signal(bool)
    saved_asked = Signal(QPoint)  # place on the screen for the list of saved walls
    throw_asked = Signal(QPoint)  # place on the screen: the shown tab to another monitor
    bare_asked = Signal()

    def __init__(
        self,
        store: WallStore,
        add_tab_lines: Callable[[QMenu, int], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`add_tab_lines`: what else the menu of a tab offers."""
        super().__init__(parent)
        self.setObjectName("wall_head")
        self._store, self._add_tab_lines = store, add_tab_lines
        self.setFixedHeight(HEAD_PX)
        self.tabs: list[TabButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(4, 4, 4, 4)
        self._row.setSpacing(2)
        self._add_tabs()
        self._row.addStretch(1)
        self._add_layouts()
        self.throw = self._tool("monitor-multiple", self.tr("甩到别的屏（T）"), self._ask_throw)
        self._row.addWidget(self.throw)
        self.bare = self._tool("fullscreen", self.tr("全屏，不留边框（F11）"), self.bare_asked.emit)
        self._row.addWidget(self.bare)
        store.changed.connect(self.refresh)
        self.refresh()

    def _add_tabs(self) -> None:
        self.directory = self._tool("cctv", self.tr("摄像机目录"), self._toggle_directory)
        self.directory.setCheckable(True)
        self.directory.setChecked(True)
        self._tabs_row = QHBoxLayout()
        self._tabs_row.setSpacing(2)
        self.add = self._tool("plus", self.tr("新建一页"), self._add)
        self._row.addWidget(self.directory)
        self._row.addSpacing(8)
        self._row.addLayout(self._tabs_row)
        self._row.addWidget(self.add)

    def _add_layouts(self) -> None:
        self.layouts = [self._layout_button(one) for one in range(len(PRESETS))]
        self.free = LayoutButton(PRESETS[0])
        self.free.setCheckable(False)
        self.free.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._row.addWidget(self.free)
        self._row.addSpacing(8)
        self.saved = QToolButton()
        self.saved.setText(self.tr("布局方案"))
        self.saved.setIcon(icons.icon("layers-outline", "text2", 16))
        self.saved.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.saved.clicked.connect(self._ask_saved)
        self._row.addWidget(self.saved)

    def refresh(self) -> None:
        store = self._store
        while len(self.tabs) < len(store.tabs):
            self._add_tab_button(len(self.tabs))
        while len(self.tabs) > len(store.tabs):
            self.tabs.pop().deleteLater()
        for number, (button, tab) in enumerate(zip(self.tabs, store.tabs, strict=True)):
            name = plain_caption(tab.name) or self.tr("视频墙 {0}").format(number + 1)
            if button.text() != name:
                button.setText(name)
            button.setChecked(number == store.chosen_tab)
        self.add.setEnabled(len(store.tabs) < MOST_TABS)
        layout = store.wall.layout
        for button in self.layouts:
            button.setChecked(button.layout_shown.layout_id == layout.layout_id)
        is_free = layout.layout_id == FREE_LAYOUT
        self.free.setVisible(is_free)
        if is_free:
            self.free.show_layout(layout)

    def _add_tab_button(self, number: int) -> None:
        button = TabButton(self)
        button.clicked.connect(partial(self._choose, number))
        button.rename_asked.connect(partial(self.rename_asked.emit, number))
        button.menu_asked.connect(partial(self._tab_menu, number))
        self.tabs.append(button)
        self._tabs_row.addWidget(button)

    def _choose(self, number: int) -> None:
        self._store.choose_tab(number)
        self.refresh()  # a second press must not take the mark away

    def _tab_menu(self, number: int, place: QPoint) -> None:
        menu = passing_menu(self)
        menu.addAction(self.tr("重命名…"), partial(self.rename_asked.emit, number))
        menu.addAction(self.tr("关闭此页"), partial(self._store.close_tab, number))
        if self._add_tab_lines is not None:
            menu.addSeparator()
            self._add_tab_lines(menu, number)
        menu.popup(place)

    def _layout_button(self, number: int) -> LayoutButton:
        button = LayoutButton(PRESETS[number])
        button.clicked.connect(partial(self._set_layout, number))
        self._row.addWidget(button)
        return button

    def _set_layout(self, number: int) -> None:
        self._store.set_layout(PRESETS[number])
        self.refresh()

    def _add(self) -> None:
        self._store.add_tab()

    def _toggle_directory(self) -> None:
        self.directory_toggled.emit(self.directory.isChecked())

    def _ask_saved(self) -> None:
        self.saved_asked.emit(self.saved.mapToGlobal(QPoint(0, self.saved.height())))

    def _ask_throw(self) -> None:
        self.throw_asked.emit(self.throw.mapToGlobal(QPoint(0, self.throw.height())))

    def _tool(self, icon: str, words: str, action: object) -> QToolButton:
        button = QToolButton()
        button.setIcon(icons.icon(icon, "text2", 20))
        button.setProperty("flat", True)
        button.setFixedSize(32, 32)
        button.setIconSize(QSize(20, 20))
        button.setToolTip(plain_tip(words))
        button.setAccessibleName(words)
        button.clicked.connect(action)
        return button
