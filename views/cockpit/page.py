"""The cockpits at a desk: one at a time, the last few kept as they were built."""

from collections import OrderedDict

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.cockpit_rules import STATE_RULES, CockpitFiles
from desktop.context import RoomContext
from desktop.domain.cockpit.cockpit_file import Cockpit, Drill
from desktop.domain.links import ViewLink, link_text
from desktop.domain.marked_yaml import FileFault
from views.cockpit.access import refusal_of, scope_of
from views.cockpit.chooser import Chooser, Entry
from views.cockpit.going_out import GoingOut
from views.cockpit.grid import CockpitGrid
from views.cockpit.panel import PanelContext
from views.cockpit.type_scale import desk_scale
from widgets.empty_state import EmptyState

KEPT_GRIDS = 4
VIEW_ID = "cockpit"
_STEPS = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageDown: 1,
}  # fmt: skip


class CockpitPage(QWidget):
    """Reads the files' store; keeps only which cockpit is shown."""

    link_asked = Signal(str)  # chengkan:// address for the shell to open
    bare_asked = Signal()

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cockpit")
        self.setProperty("ground", "0")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._room = room
        self.chosen = ""
        self._wanted = ""  # by a link, before the files were read
        self._grids: OrderedDict[str, CockpitGrid] = OrderedDict()
        self._file = ""  # of the cockpit that is shown
        self._scope_id = ""
        self.chooser = Chooser()
        self.empty = EmptyState("timer-sand", self.tr("正在读取驾驶舱文件"))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.chooser)
        whole.addWidget(self.stack, 1)
        self.out = GoingOut(room, self.chooser, self)
        self.out.saving.clicked.connect(self.save)
        self.chooser.chosen.connect(self.choose)
        room.cockpits.changed.connect(self._on_files)
        room.session.changed.connect(self._on_session)
        room.orgs.changed.connect(self._on_session)

    # ---- choosing ---------------------------------------------------------------------------

    @property
    def grid(self) -> CockpitGrid | None:
        """What is shown, unless something is in the way of it."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, CockpitGrid) else None

    def open_part(self, part: str) -> str:
        """A link to one of the cockpits. Says what is wrong with it, else nothing."""
        files = self._room.cockpits.files
        if files is None:
            self._wanted = part
        elif part and part not in files.cockpits:
            known = " ".join(files.cockpits)
            return self.tr("没有名为 {0} 的驾驶舱，可用：{1}").format(part, known)
        elif part:
            self.choose(part)
        return ""

    def choose(self, cockpit_id: str) -> None:
        files = self._room.cockpits.files
        if files is None or cockpit_id not in files.cockpits:
            return
        self.chosen = cockpit_id
        cockpit = files.cockpits[cockpit_id]
        self._file = cockpit.file
        self.chooser.choose(cockpit_id)
        if refusal := self._refusal(cockpit):
            self._show_empty("lock-outline", refusal)
            return
        self.stack.setCurrentWidget(self._grid_of(cockpit))

    def step(self, by: int) -> None:
        if cockpit_id := self.chooser.next_to(self.chosen, by):
            self.choose(cockpit_id)

    def save(self) -> None:
        grid = self.grid
        if grid is not None and grid.cockpit is not None:
            self.out.open_menu(grid, grid.cockpit)

    def focus_search(self) -> None:
        self.chooser.search.setFocus()
        self.chooser.search.selectAll()

    def _refusal(self, cockpit: Cockpit) -> str:
        user = self._room.session.user
        return refusal_of(cockpit, user.roles if user is not None else ())

    def _grid_of(self, cockpit: Cockpit) -> CockpitGrid:
        grid = self._grids.get(cockpit.id)
        if grid is None:
            grid = CockpitGrid(self._context)
            grid.drilled.connect(self._drill)
            self.stack.addWidget(grid)
            self._grids[cockpit.id] = grid
        self._grids.move_to_end(cockpit.id)
        while len(self._grids) > KEPT_GRIDS:
            self._drop(next(iter(self._grids)))
        if grid.cockpit != cockpit:
            grid.setGeometry(self.stack.contentsRect())
            grid.show_cockpit(cockpit)
        return grid

    def _drop(self, cockpit_id: str) -> None:
        grid = self._grids.pop(cockpit_id)
        self.stack.removeWidget(grid)
        grid.hide()
        grid.deleteLater()

    def _context(self, size: QSize) -> PanelContext:
        return PanelContext(
            self._room, desk_scale(size.height()), self._files, self._scope_id or self._scope()
        )

    def _files(self) -> CockpitFiles | None:
        return self._room.cockpits.files

    def _scope(self) -> str:
        room = self._room
        return scope_of(room.session.user, room.orgs.rows())

    # ---- files ------------------------------------------------------------------------------

    def _on_files(self) -> None:
        files = self._room.cockpits.files
        if files is None:
            return
        self._show_entries(files)
        for cockpit_id, grid in tuple(self._grids.items()):
            cockpit = files.cockpits.get(cockpit_id)
            if cockpit is None:
                self._drop(cockpit_id)
            elif grid.cockpit != cockpit:
                grid.show_cockpit(cockpit)
        wanted, self._wanted = self._wanted, ""
        self._choose_among(files, wanted or self.chosen)

    def _choose_among(self, files: CockpitFiles, wanted: str) -> None:
        if wanted in files.cockpits:
            self.choose(wanted)
        elif wanted and (fault := _of_file(files, self._file)) is not None:
            place = self.tr("第 {0} 行").format(fault.line) if fault.line else ""
            title = self.tr("文件 {0} {1} 有错，改好保存后自动恢复").format(fault.file, place)
            self._show_empty("alert-outline", title, fault.reason)
        elif files.cockpits:
            self.choose(next(iter(files.cockpits)))
        else:
            told = "\n".join(str(one) for one in files.faults)
            self._show_empty("alert-outline", self.tr("没有可用的驾驶舱文件"), told)

    def _show_entries(self, files: CockpitFiles) -> None:
        self.chooser.show_entries(
            [
                Entry(one.id, one.title, one.industry, self._refusal(one))
                for one in files.cockpits.values()
            ]
        )
        self.chooser.show_faults(files.faults)

    def _show_empty(self, icon: str, title: str, note: str = "") -> None:
        self.empty.tell(icon, title, note)
        self.stack.setCurrentWidget(self.empty)

    def _on_session(self) -> None:
        """Another person: another district, other cockpits."""
        files = self._room.cockpits.files
        scope_id = self._scope()
        if scope_id != self._scope_id:
            self._scope_id = scope_id
            for grid in self._grids.values():
                grid.rescale()
        if files is not None:
            self._show_entries(files)
            self._choose_among(files, self.chosen)

    # ---- following --------------------------------------------------------------------------

    def _drill(self, drill: Drill) -> None:
        view, _, part = drill.view.partition("/")
        if view == VIEW_ID and part:
            self.choose(part)
            return
        link = ViewLink(view, part, tuple(sorted(drill.filter.items())))
        self.link_asked.emit(link_text(link))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = _STEPS.get(Qt.Key(event.key()))
        if by is None or event.modifiers():
            super().keyPressEvent(event)
        else:
            self.step(by)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._room.cockpits.watch()
        self._scope_id = self._scope()
        QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        """The page has its size by now."""
        if self.isVisible() and self.focusWidget() is None:
            self.setFocus()
        if self.grid is None:
            self._on_files()

    # ---- alone on the screen ----------------------------------------------------------------

    def set_bare(self, bare: bool) -> None:
        self.chooser.setVisible(not bare)

    def step_back(self) -> bool:
        return False


def _of_file(files: CockpitFiles, file: str) -> FileFault | None:
    """Why the file that is shown gives no cockpit any more."""
    known = (one for one in files.faults if one.file == file and file != STATE_RULES)
    return next(known, None) if file else None
