"""To another monitor and back: what the workstation can throw there, what hangs there now."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from desktop.context import RoomContext
from desktop.domain.monitors import Monitor
from desktop.domain.wall_tabs import MOST_TABS
from desktop.stores.wall_screens import ScreenWall
from views.video_wall.wall.words import layout_name
from widgets.passing_menu import passing_menu
from widgets.plain_label import plain_caption


class ThrowMenu(QObject):
    """`room` is that of the page on which it opens; `here`: the monitor's wall that the page
    shows, None at the workstation. `tell`: one line for the strip."""

    def __init__(
        self,
        room: RoomContext,
        here: ScreenWall | None,
        tell: Callable[[str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._screens, self._wall = room.screens, room.wall
        self._here, self._tell, self._parent = here, tell, parent

    @property
    def is_elsewhere(self) -> bool:
        """Whether this page stands on another monitor than the workstation."""
        return self._here is not None

    def open(self, place: QPoint, tab: int | None = None) -> None:
        """For this tab; without one for that which is shown."""
        self.build(self._wall.chosen_tab if tab is None else tab).popup(place)

    def build(self, tab: int) -> QMenu:
        menu = passing_menu(self._parent)
        self.add_tab_lines(menu, tab)
        return menu

    def add_tab_lines(self, menu: QMenu, tab: int) -> None:
        """At the workstation where the tab can go; what hangs elsewhere, to be taken back."""
        if self._here is not None:
            menu.addAction(self.tr("收回到工作站"), partial(self.recall, self._here))
        else:
            self._add_targets(menu, tab)
            self._add_hung(menu)
        if self._screens.others():
            menu.addSeparator()
            menu.addAction(self.tr("标出屏号"), self._screens.numbers_asked.emit)

    def add_camera_lines(self, menu: QMenu, camera_id: str) -> None:
        """One picture to a wall that hangs elsewhere."""
        for monitor in self._screens.others():
            place = self._screens.on(monitor)
            if place is not None and place is not self._here:
                words = self.tr("这路也放到屏 {0}").format(monitor.number)
                menu.addAction(words, partial(self._send, camera_id, monitor))

    def recall(self, place: ScreenWall) -> None:
        if not self._screens.recall(place):
            self._tell_no_room()

    # ---- lines ------------------------------------------------------------------------------

    def _add_targets(self, menu: QMenu, tab: int) -> None:
        others = self._screens.others()
        if not others:
            menu.addAction(self.tr("只有一台显示器，没有别的屏可甩")).setEnabled(False)
        for monitor in others:
            words = self.tr("本页甩到屏 &{0}（{1}，{2}×{3}）")
            text = words.format(
                monitor.number, plain_caption(monitor.screen.name), monitor.width, monitor.height
            )
            menu.addAction(text, partial(self._throw, tab, monitor))

    def _add_hung(self, menu: QMenu) -> None:
        hung = self._screens.hung()
        if hung:
            menu.addSeparator()
        for place in hung:
            monitor = self._screens.monitor_of(place)
            tab = place.wall.tabs[place.wall.chosen_tab]
            name = plain_caption(tab.name) or layout_name(tab.wall.layout)
            if monitor is not None:
                words = self.tr("收回屏 {0}（{1}）").format(monitor.number, name)
            else:
                gone = plain_caption(place.screen.name) if place.screen is not None else ""
                words = self.tr("收回 {0} 的墙（{1}），显示器不在").format(gone, name)
            menu.addAction(words, partial(self.recall, place))

    # ---- acts -------------------------------------------------------------------------------

    def _throw(self, tab: int, monitor: Monitor) -> None:
        if self._screens.throw(tab, monitor):
            self._tell(self.tr("已甩到屏 {0}，右键或按 T 可收回").format(monitor.number))
        else:
            self._tell_no_room()

    def _send(self, camera_id: str, monitor: Monitor) -> None:
        if self._screens.send_camera(camera_id, monitor):
            self._tell(self.tr("这路已放到屏 {0}").format(monitor.number))
        else:
            self._tell(self.tr("屏 {0} 每一格都已固定，没有放上").format(monitor.number))

    def _tell_no_room(self) -> None:
        words = self.tr("工作站最多 {0} 页，放不下收回的页：请先关掉几页")
        self._tell(words.format(MOST_TABS))
